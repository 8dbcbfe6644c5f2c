//! What is read from files made by real programs (`tests/fixtures/metadata/README.md` says how), and what happens with
//! broken and hostile ones.

use super::*;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The files, in order of their names.
static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/metadata");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files = paths.into_iter().filter(|path| !matches!(path.extension().unwrap().to_str(), Some("md" | "py")));
    files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
});

fn extension(path: &Path) -> &str {
    path.extension().unwrap().to_str().unwrap()
}

fn file(name: &str) -> &'static [u8] {
    &FILES.iter().find(|(path, _)| path.ends_with(name)).unwrap().1
}

fn shown(metadata: &Metadata) -> String {
    let line = |entry: &Entry| format!("{:?} {}：{}\n", entry.kind, entry.name, entry.value);
    metadata.entries.iter().map(line).chain(metadata.unreadable.then(|| "unreadable\n".to_owned())).collect()
}

#[test]
fn real_files_say_what_their_programs_wrote() {
    let all: String = FILES
        .iter()
        .map(|(path, bytes)| {
            format!("# {}\n{}\n", path.file_name().unwrap().to_str().unwrap(), shown(&read(extension(path), bytes)))
        })
        .collect();
    insta::assert_snapshot!(all);
}

#[test]
fn a_wrong_extension_changes_nothing_and_other_files_are_left_alone() {
    assert_eq!(read("doc", file("python-docx.docx")), read("docx", file("python-docx.docx")));
    assert_eq!(read("JPG", file("pillow.jpg")), read("jpg", file("pillow.jpg")));
    assert_eq!(read("txt", file("pillow.jpg")), Metadata::default());
    assert!(read("pdf", b"no pdf").unreadable);
    assert!(read("jpg", b"").unreadable);
    assert!(of_interest("DOCX") && !of_interest("csv") && !of_interest(""));
}

#[test]
fn a_picture_in_a_document_in_an_archive_is_read() {
    let bytes = stored(&[("内部.docx", file("python-docx.docx"))]);
    let found = shown(&read("zip", &bytes));
    assert!(found.contains("Position 内部.docx：image1.jpg：GPS 位置：北纬 0.500000°，东经 0.500000°"), "{found}");
    let nested = (0..4).fold(file("pillow.jpg").to_vec(), |inner, _| stored(&[("a.zip", &inner)]));
    assert!(read("zip", &nested).unreadable);
}

#[test]
fn many_entries_of_one_name_are_counted() {
    let names: Vec<String> = (0..50).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let entries = read("zip", &stored(&files)).entries;
    assert_eq!(entries.len(), 21);
    assert_eq!(entries.last().unwrap().value, "（另有 30 处）");
}

#[test]
fn former_authors_stay_in_a_changed_pdf() {
    let mut bytes = file("ghostscript.pdf").to_vec();
    bytes.extend_from_slice(b"\n900 0 obj\n<</Author(Second Author)>>\nendobj\ntrailer\n<</Info 900 0 R>>\n");
    let found = shown(&read("pdf", &bytes));
    assert!(found.contains("作者：Example Author\n") && found.contains("作者：Second Author\n"), "{found}");
}

#[test]
fn positions_name_their_hemispheres_and_lie_on_the_map() {
    assert_eq!(exif::coordinates(-0.5, -0.25).unwrap(), "南纬 0.500000°，西经 0.250000°");
    for (latitude, longitude) in [(0.0, 0.0), (90.5, 0.0), (0.0, 180.5), (f64::NAN, 1.0)] {
        assert_eq!(exif::coordinates(latitude, longitude), None);
    }
}

#[test]
fn endless_values_and_bombs_end_soon() {
    let many = [b"\xFF\xD8".as_slice(), &b"\xFF\xFE\0\x04ab".repeat(300_000), b"\xFF\xD9"].concat();
    assert!(read("jpg", &many).unreadable);
    let few = [b"\xFF\xD8".as_slice(), &b"\xFF\xFE\0\x04ab".repeat(1000), b"\xFF\xD9"].concat();
    assert!(!read("jpg", &few).unreadable);
    let stream =
        "%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 4>>stream\nxxxx\nendstream startxref";
    assert!(read("pdf", stream.as_bytes()).unreadable);
    let open = format!("%PDF-1.5\n{} startxref", "1 0 obj<</A(".repeat(20_000));
    assert!(read("pdf", open.as_bytes()).unreadable);
}

#[test]
fn a_truncated_file_says_so_or_nothing_new() {
    for (path, bytes) in FILES.iter() {
        let whole = read(extension(path), bytes);
        for part in 0..64 {
            let cut = read(extension(path), &bytes[..bytes.len() * part / 64]);
            assert!(cut.unreadable || cut.entries.len() <= whole.entries.len(), "{} {part}/64", path.display());
        }
    }
}

/// An archive of files that are stored as they are.
fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
        let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
        let sum = checksum(content).to_le_bytes();
        let common = [
            &[20, 0, 0, 8, 0, 0, 0, 0, 0, 0],
            sum.as_slice(),
            &long(content.len()),
            &long(content.len()),
            &short(name.len()),
            &[0, 0],
        ]
        .concat();
        directory
            .extend([b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 10], &long(bytes.len()), name.as_bytes()].concat());
        bytes.extend([b"PK\x03\x04".as_slice(), &common, name.as_bytes(), content].concat());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let start = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    [bytes.as_slice(), &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &size, &start, &[0, 0]].concat()
}

/// CRC-32, bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

/// A change of some bytes: where, how many, to what.
type Change = (prop::sample::Index, usize, u8);

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, count, value) in changes {
        let at = at.index(bytes.len());
        let end = bytes.len().min(at + count);
        bytes[at..end].fill(*value);
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_change_of_bytes_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), 1..5usize, any::<u8>()), 1..8)) {
        for (path, bytes) in FILES.iter() {
            let _ = read(extension(path), &changed(bytes, &changes));
        }
    }

    /// The parts of an archive are checked by their sums: changed text reaches its reader only when packed anew.
    #[test]
    fn no_change_inside_an_office_file_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), 1..5usize, any::<u8>()), 1..8)) {
        for (path, bytes) in FILES.iter() {
            let limits = crate::archive::Limits { entries: 100, entry_bytes: 1 << 20, total_bytes: 1 << 20 };
            let Ok(mut archive) = crate::archive::Archive::open(bytes, limits) else { continue };
            let parts: Vec<(String, Vec<u8>)> = (0..archive.entries().len())
                .map(|index| (archive.entries()[index].name.clone(), changed(&archive.read(index).unwrap().unwrap(), &changes)))
                .collect();
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
            let _ = read(extension(path), &stored(&parts));
        }
    }
}
