//! `manifest.json`: every file of the output with its SHA-256, and the end of the ledger on which it rests.

use crate::digest::Digest;
use crate::review::ledger::Head;
use crate::route::OutPath;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Its name in the output.
pub const MANIFEST: &str = "manifest.json";

const FORMAT: &str = "jingshi-manifest-v1";

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    ledger: LedgerHead,
    /// Every file but the manifest itself, by path.
    pub files: BTreeMap<String, Entry>,
}

/// A file that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

impl Entry {
    /// A file that is announced, and perhaps not there yet.
    fn announced() -> Self {
        Self { sha256: String::new(), bytes: 0 }
    }

    /// Whether it is there, and not only announced.
    pub fn is_there(&self) -> bool {
        !self.sha256.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LedgerHead {
    rows: u32,
    hash: String,
}

impl Manifest {
    /// A manifest of files and the ledger on which they rest.
    pub fn new(ledger: Head, files: BTreeMap<String, Entry>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            ledger: LedgerHead { rows: ledger.seq, hash: ledger.hash.to_string() },
            files,
        }
    }

    /// Reads a manifest; none where it is not one of ours, or where a path in it leads out of its folder.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let inside = manifest.files.keys().all(|path| OutPath::parse(path).is_ok());
        (manifest.format == FORMAT && inside && Digest::parse(&manifest.ledger.hash).is_some()).then_some(manifest)
    }

    /// What a place bears while this one is being brought there: all that was there as it was, and all that is to come, of
    /// no length and digest yet. So whatever interrupts it, the next run knows what is its own and what still differs.
    #[must_use]
    pub fn underway(&self, before: Option<&Self>) -> Self {
        let nothing = Self { files: BTreeMap::new(), ..self.clone() };
        let mut underway = before.unwrap_or(&nothing).clone();
        for path in self.files.keys() {
            underway.files.entry(path.clone()).or_insert_with(Entry::announced);
        }
        underway
    }

    /// The end of the ledger on which it rests.
    pub fn ledger(&self) -> Option<Head> {
        Some(Head { seq: self.ledger.rows, hash: Digest::parse(&self.ledger.hash)? })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Maps with text keys and numbers always serialise.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
