//! Pictures, documents and archives: what their headers say, and what they say about themselves.

use jingshi::disk::content_of;
use jingshi::inputs::FileContent;
use jingshi::metadata;
use jingshi::route::RelPath;

/// The bytes are a file of any kind.
pub fn run(data: &[u8]) {
    for extension in ["png", "jpg", "gif", "webp"] {
        let path = RelPath::parse(&format!("a.{extension}")).unwrap();
        let content = content_of(&path, data.to_vec());
        match content {
            FileContent::Image(width, height) => assert!(width > 0 && height > 0),
            other => assert_eq!(other, FileContent::BrokenImage),
        }
    }
    // What kind it is, its first bytes say.
    let found = metadata::read("zip", data);
    assert_eq!(found, metadata::read("zip", data));
    for entry in &found.entries {
        assert!(!entry.name.is_empty());
        assert!(entry.value.chars().count() <= 201, "{entry:?}");
        assert!(!entry.value.contains(['\n', '\r']), "{entry:?}");
    }
    assert!(found.entries.len() < 100_000);
}
