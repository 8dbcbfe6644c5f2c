//! Rebuilds the program when the content or theme that is embedded in it changes, also by a new file.
fn main() {
    for path in ["content", "themes/default", "site.yaml"] {
        println!("cargo:rerun-if-changed={path}");
    }
}
