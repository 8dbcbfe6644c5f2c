//! Whether a workbook on disk is still as [`xlsx`](super::xlsx()) left it.
//!
//! Its properties name a digest of all its other parts. Whatever an office program saves has other parts, even where
//! nobody has changed a cell, and keeps the digest or loses it.

use crate::archive::{Archive, ArchiveError, Limits};
use crate::digest::Digest;

/// Where the digest stands, and the one part that it cannot cover.
const PROPERTIES: &str = "docProps/core.xml";

const LIMITS: Limits = Limits { entries: 200, entry_bytes: 64 << 20, total_bytes: 64 << 20 };

/// What the properties say of bytes whose properties do not yet say it.
pub(super) fn sealed(bytes: &[u8]) -> String {
    seal(bytes).map(|(_, seal)| seal).unwrap_or_default()
}

/// Whether these are the bytes of a workbook that nothing but this program has written.
pub fn is_untouched_xlsx(bytes: &[u8]) -> bool {
    seal(bytes).is_ok_and(|(properties, seal)| properties.contains(&format!("<dc:description>{seal}</dc:description>")))
}

/// The properties as they are, and what they say if nothing was changed.
fn seal(bytes: &[u8]) -> Result<(String, String), ArchiveError> {
    let mut archive = Archive::open(bytes, LIMITS)?;
    let names: Vec<String> = archive.entries().iter().map(|entry| entry.name.clone()).collect();
    let (mut properties, mut parts) = (String::new(), String::new());
    for (index, name) in names.iter().enumerate() {
        let part = archive.read(index)?.unwrap_or_default();
        match name.as_str() {
            PROPERTIES => properties = String::from_utf8_lossy(&part).into_owned(),
            _ => parts += &format!("{name}\n{}\n", Digest::of(&part)),
        }
    }
    Ok((properties, format!("由 jingshi 生成（{}）", Digest::of(parts.as_bytes()))))
}
