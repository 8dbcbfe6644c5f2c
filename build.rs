//! Rebuilds the program when the content or theme that is embedded in it changes, also by a new file; and tells it what
//! it was built from, so that it takes nothing another program has made for its own.

use std::fs;
use std::path::Path;

fn main() {
    let mut print = Print(0xcbf2_9ce4_8422_2325);
    for path in ["content", "themes/default", "site.yaml", "src", "Cargo.toml", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={path}");
        print.path(Path::new(path));
    }
    println!("cargo:rustc-env=JINGSHI_SOURCES={:016x}", print.0);
}

/// FNV-1a over all files, in order of path. It guards against mix-ups, not against anybody.
struct Print(u64);

impl Print {
    fn path(&mut self, path: &Path) {
        if let Ok(entries) = fs::read_dir(path) {
            let mut inside: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
            inside.sort();
            inside.iter().for_each(|path| self.path(path));
        } else {
            self.bytes(path.to_string_lossy().as_bytes());
            // Text in a repository may have other line ends; then it is another program, which does no harm.
            self.bytes(&fs::read(path).unwrap_or_default());
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        // With its length, so that no two lists of files run into one.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
