//! What is a zip archive: Office files since 2007, OFD, and plain archives, with the files inside them.

use super::gathered::Gathered;
use super::{Budget, Kind, gather, of_interest, office, properties};
use crate::archive::{Archive, Limits};
use crate::text;

/// Entries listed at most.
const ENTRIES: usize = 20_000;

/// What a part of an archive is read as.
pub(super) enum Part {
    /// Not at all.
    Ignored,
    /// XML, by a function.
    Xml(fn(&str, &str, &mut Gathered)),
    /// A file of its own.
    File,
}

/// Notes what an archive says, and what the files inside it say.
pub(super) fn read(bytes: &[u8], found: &mut Gathered, budget: &mut Budget) {
    let limits = Limits { entries: ENTRIES, entry_bytes: budget.bytes, total_bytes: budget.bytes };
    let Ok(mut archive) = Archive::open(bytes, limits) else { return found.unreadable() };
    let part_of = match () {
        () if archive.position("[Content_Types].xml").is_some() => office::part,
        () if archive.position("OFD.xml").is_some() => ofd_part,
        () => plain_part,
    };
    let mut parts: Vec<(usize, String)> =
        archive.entries().iter().enumerate().map(|(index, entry)| (index, entry.name.clone())).collect();
    // Properties first: they are small, and what is behind large parts may be beyond the limits.
    parts.sort_by_key(|(_, name)| (!name.starts_with("docProps/"), !name.ends_with(".xml")));
    for (index, name) in parts {
        match part_of(&name, found) {
            Part::Ignored => {}
            Part::Xml(read) => match archive.read(index) {
                Ok(Some(xml)) => {
                    let text = text::decode(&xml);
                    drop(xml);
                    read(&name, &text, found);
                }
                _ => found.unreadable(),
            },
            Part::File if budget.depth == 0 => found.unreadable(),
            Part::File => match archive.read(index) {
                Ok(Some(inner)) => {
                    let mut rest = Budget { bytes: archive.left(), depth: budget.depth - 1 };
                    found.within(file_name(&name), |found| gather(&inner, found, &mut rest));
                    archive.spend(archive.left() - rest.bytes);
                }
                _ => found.unreadable(),
            },
        }
    }
    budget.bytes = archive.left();
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The extension of a path, without dot.
pub(super) fn extension(path: &str) -> &str {
    file_name(path).rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// What an entry of a plain archive is read as; its name is noted.
fn plain_part(name: &str, found: &mut Gathered) -> Part {
    if name.ends_with('/') {
        return Part::Ignored;
    }
    found.note(Kind::Name, "压缩文件内的文件", name);
    if of_interest(extension(name)) { Part::File } else { Part::Ignored }
}

/// What an entry of an OFD is read as (GB/T 33190).
fn ofd_part(name: &str, found: &mut Gathered) -> Part {
    match extension(name) {
        "xml" if name == "OFD.xml" => Part::Xml(|_, xml, found| properties::read(xml, found)),
        "xml" if name.contains("/Annot") => Part::Xml(office::comments),
        "jpg" | "jpeg" | "png" => Part::File,
        _ if name.contains("/Attach") && extension(name) != "xml" => {
            found.note(Kind::Hidden, "附件", file_name(name));
            if of_interest(extension(name)) { Part::File } else { Part::Ignored }
        }
        _ => Part::Ignored,
    }
}
