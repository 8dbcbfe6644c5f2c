//! Entries of a zip archive in memory, inflated within bounds: bytes from anybody in, bytes of one entry at a time out.
//!
//! The only module that names the zip and the inflate libraries. What an archive claims about its sizes is believed
//! nowhere: every byte that comes out is counted, so an archive of overlapping or endless entries ends in an error.

use crate::text;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive, ZipVerification};

/// How much of an archive may be read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Entries listed.
    pub entries: usize,
    /// Bytes of one entry, inflated.
    pub entry_bytes: usize,
    /// Bytes of all entries read, inflated.
    pub total_bytes: usize,
}

/// Why an archive or an entry cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Not an archive, or its directory is damaged.
    #[error("不是完好的 zip 压缩文件")]
    Unreadable,
    /// More entries than the limit.
    #[error("压缩文件内的文件多于 {0} 个")]
    TooMany(usize),
    /// An entry inflates to more than the limits allow.
    #[error("压缩文件内的 {0} 解压后过大")]
    TooLarge(String),
    /// An entry needs a password.
    #[error("压缩文件内的 {0} 已加密")]
    Encrypted(String),
    /// An entry is packed by a method other than store and deflate.
    #[error("压缩文件内的 {0} 用了不支持的压缩方法")]
    Method(String),
    /// An entry's bytes do not inflate, or not to what the directory says.
    #[error("压缩文件内的 {0} 已损坏")]
    Damaged(String),
}

/// An entry of the directory.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The path as stored, with `/`; never to be used as a path on disk. Names that are not UTF-8 are read as GB 18030,
    /// as Windows in Chinese writes them.
    pub name: String,
    /// Whether a password is needed.
    pub encrypted: bool,
    method: CompressionMethod,
    place: ZipArchiveEntryWayfinder,
}

impl Entry {
    /// Whether it stands for a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// An archive whose directory was read.
pub struct Archive<'a> {
    zip: ZipSliceArchive<&'a [u8]>,
    entries: Vec<Entry>,
    limits: Limits,
    left: usize,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// `Unreadable` or `TooMany`.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, ArchiveError> {
        let zip = ZipArchive::from_slice(bytes).map_err(|_| ArchiveError::Unreadable)?;
        let mut entries = Vec::new();
        for record in zip.entries() {
            let record = record.map_err(|_| ArchiveError::Unreadable)?;
            if entries.len() == limits.entries {
                return Err(ArchiveError::TooMany(limits.entries));
            }
            entries.push(Entry {
                name: text::decode(record.file_path().as_bytes()).replace('\\', "/"),
                encrypted: record.flags().is_encrypted(),
                method: record.compression_method(),
                place: record.wayfinder(),
            });
        }
        Ok(Self { zip, entries, limits, left: limits.total_bytes })
    }

    /// The entries, in order of the directory.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many bytes may still be read.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Counts bytes that were inflated elsewhere, from what was read here.
    pub fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }

    /// The first entry of a name, letters compared without case as Office does.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of the entry at a position of `entries`, inflated and checked against their checksum; none beyond the
    /// end.
    ///
    /// # Errors
    /// All but `Unreadable` and `TooMany`. `TooLarge` also when all entries read so far exceed `total_bytes`.
    pub fn read(&mut self, index: usize) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(entry) = self.entries.get(index) else { return Ok(None) };
        let damaged = || ArchiveError::Damaged(entry.name.clone());
        if entry.encrypted {
            return Err(ArchiveError::Encrypted(entry.name.clone()));
        }
        let packed = self.zip.get_entry(entry.place).map_err(|_| damaged())?;
        let limit = self.limits.entry_bytes.min(self.left);
        let bytes = match entry.method {
            CompressionMethod::STORE if packed.data().len() > limit => Err(Stopped::TooLarge),
            CompressionMethod::STORE => Ok(packed.data().to_vec()),
            CompressionMethod::DEFLATE => {
                inflated(miniz_oxide::inflate::decompress_to_vec_with_limit, packed.data(), limit)
            }
            _ => return Err(ArchiveError::Method(entry.name.clone())),
        };
        // What was inflated in vain has cost time as well.
        self.left -= bytes.as_ref().map_or_else(|_| limit.min(at_most(packed.data())), Vec::len);
        let bytes = bytes.map_err(|stopped| match stopped {
            Stopped::TooLarge => ArchiveError::TooLarge(entry.name.clone()),
            Stopped::Damaged => damaged(),
        })?;
        let found = ZipVerification { crc: rawzip::crc32(&bytes), uncompressed_size: bytes.len() as u64 };
        packed.claim_verifier().valid(found).map_err(|_| damaged())?;
        Ok(Some(bytes))
    }

    /// The bytes of the first entry of a name, if there is one.
    ///
    /// # Errors
    /// As `read`.
    pub fn read_named(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        self.position(name).map_or(Ok(None), |index| self.read(index))
    }
}

/// Inflates a zlib stream to at most `limit` bytes; none if it is damaged or longer.
pub fn unzlib(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    inflated(miniz_oxide::inflate::decompress_to_vec_zlib_with_limit, bytes, limit).ok()
}

/// The most bytes to which deflated bytes can inflate.
pub fn at_most(packed: &[u8]) -> usize {
    // A match of 258 bytes takes two bits at least.
    packed.len().saturating_mul(1032)
}

/// Why inflating stopped.
enum Stopped {
    TooLarge,
    Damaged,
}

/// How the library inflates.
type Inflate = fn(&[u8], usize) -> Result<Vec<u8>, miniz_oxide::inflate::DecompressError>;

fn inflated(inflate: Inflate, bytes: &[u8], limit: usize) -> Result<Vec<u8>, Stopped> {
    inflate(bytes, limit).map_err(|error| match error.status {
        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => Stopped::TooLarge,
        _ => Stopped::Damaged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    const LIMITS: Limits = Limits { entries: 4, entry_bytes: 1000, total_bytes: 1500 };

    /// An archive of entries; what is longer than ten bytes is deflated.
    fn archive(entries: &[(&[u8], &[u8])]) -> Vec<u8> {
        let mut writer = rawzip::ZipArchiveWriter::new(Vec::new());
        for (name, content) in entries {
            let (method, packed) = match content.len() {
                ..=10 => (CompressionMethod::STORE, content.to_vec()),
                _ => (CompressionMethod::DEFLATE, miniz_oxide::deflate::compress_to_vec(content, 6)),
            };
            let path = rawzip::path::EntryPath::verbatim(*name);
            let (mut entry, config) = writer.new_file(path).compression_method(method).start().unwrap();
            let mut counted = config.wrap(std::io::sink());
            counted.write_all(content).unwrap();
            let (_, descriptor) = counted.finish().unwrap();
            entry.write_all(&packed).unwrap();
            entry.finish(descriptor).unwrap();
        }
        writer.finish().unwrap()
    }

    #[test]
    fn entries_are_read_whole_and_by_any_case() {
        let bytes = archive(&[(b"a.txt", b"short"), (b"docProps/core.xml", &[b'x'; 900])]);
        let mut archive = Archive::open(&bytes, LIMITS).unwrap();
        let names: Vec<_> = archive.entries().iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "docProps/core.xml"]);
        assert_eq!(archive.read(0), Ok(Some(b"short".to_vec())));
        assert_eq!(archive.read_named("DOCPROPS/core.XML"), Ok(Some(vec![b'x'; 900])));
        assert_eq!(archive.read(2), Ok(None));
        assert_eq!(archive.read_named("b"), Ok(None));
    }

    #[test]
    fn names_of_chinese_windows_are_readable() {
        let bytes = archive(&[(b"\xca\xbe\xc0\xfd\\\xca\xbe\xc0\xfd.txt", b""), ("夹/".as_bytes(), b"")]);
        let archive = Archive::open(&bytes, LIMITS).unwrap();
        assert_eq!(archive.entries()[0].name, "示例/示例.txt");
        assert_eq!(archive.entries()[1].name, "夹/");
        assert!(archive.entries()[1].is_folder());
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bytes = archive(&[(b"bomb", &vec![0; 50_000_000])]);
        assert!(bytes.len() < 100_000);
        assert_eq!(Archive::open(&bytes, LIMITS).unwrap().read(0), Err(ArchiveError::TooLarge("bomb".into())));
    }

    #[test]
    fn many_entries_share_one_limit() {
        let bytes = archive(&[(b"a", &[0; 900]), (b"b", &[0; 900]), (b"c", &[0; 600])]);
        let mut archive = Archive::open(&bytes, LIMITS).unwrap();
        assert!(archive.read(0).is_ok());
        assert_eq!(archive.read(1), Err(ArchiveError::TooLarge("b".into())));
        assert_eq!(archive.read(2), Err(ArchiveError::TooLarge("c".into())));
    }

    #[test]
    fn a_long_directory_is_refused() {
        let bytes = archive(&[(b"a", b""), (b"b", b""), (b"c", b""), (b"d", b""), (b"e", b"")]);
        assert_eq!(Archive::open(&bytes, LIMITS).err(), Some(ArchiveError::TooMany(4)));
        assert_eq!(Archive::open(b"no archive", LIMITS).err(), Some(ArchiveError::Unreadable));
    }

    #[test]
    fn changed_bytes_and_passwords_are_named() {
        let mut bytes = archive(&[(b"a", b"content")]);
        let at = bytes.windows(7).position(|window| window == b"content").unwrap();
        bytes[at] ^= 1;
        assert_eq!(Archive::open(&bytes, LIMITS).unwrap().read(0), Err(ArchiveError::Damaged("a".into())));
        let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        bytes[directory + 8] |= 1;
        assert_eq!(Archive::open(&bytes, LIMITS).unwrap().read(0), Err(ArchiveError::Encrypted("a".into())));
        bytes[directory + 8] &= !1;
        bytes[directory + 10] = 14;
        assert_eq!(Archive::open(&bytes, LIMITS).unwrap().read(0), Err(ArchiveError::Method("a".into())));
    }

    #[test]
    fn zlib_streams_are_bounded_too() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&[7; 500], 6);
        assert_eq!(unzlib(&packed, 500), Some(vec![7; 500]));
        assert_eq!(unzlib(&packed, 499), None);
        assert_eq!(unzlib(&packed[..packed.len() / 2], 500), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_bytes_make_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12), cut in any::<prop::sample::Index>()) {
            let mut bytes = archive(&[(b"a.txt", b"short"), (b"docProps/core.xml", &[b'x'; 900]), (b"c", &[1; 40])]);
            for (index, byte) in changes {
                let at = index.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.index(bytes.len() * 4).max(1));
            if let Ok(mut archive) = Archive::open(&bytes, LIMITS) {
                let read: usize = (0..archive.entries().len()).filter_map(|index| archive.read(index).ok()?).map(|bytes| bytes.len()).sum();
                prop_assert!(read <= LIMITS.total_bytes);
            }
        }
    }
}
