//! `manifest.json`: every file of the output with its SHA-256, and the end of the ledger on which it rests.

use crate::digest::Digest;
use crate::review::ledger::Head;
use crate::route::OutPath;
use crate::ssh::{self, PublicKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::io;

/// Its name in the output.
pub const MANIFEST: &str = "manifest.json";

/// The largest manifest that is read, in bytes: that of a hundred thousand notices is a third of it.
pub const LARGEST_MANIFEST: u64 = 128 << 20;

/// The largest signature that is read, in bytes.
pub const LARGEST_SIGNATURE: u64 = 16 << 10;

/// The name of its signature, beside it: an SSHSIG over its bytes. `ssh-keygen -Y sign` gives it the same name.
pub const SIGNATURE: &str = "manifest.json.sig";

/// The namespace of the signature, so that no signature over anything else can stand for it.
pub const NAMESPACE: &str = "jingshi-manifest";

const FORMAT: &str = "jingshi-manifest-v1";

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    format: String,
    ledger: LedgerHead,
    /// Every file but the manifest itself and its signature, by path.
    pub files: BTreeMap<String, Entry>,
}

/// A file that was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 of its bytes, hexadecimal.
    sha256: Told,
    /// Its length.
    pub bytes: u64,
}

/// What a manifest says of the bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Their digest.
    Digest(Digest),
    /// Nothing: the file is announced, and perhaps not there yet.
    Announced,
    /// Something that is no digest, and so is that of no bytes.
    Garbled,
}

impl Entry {
    /// A file with bytes of this digest and length.
    pub fn new(digest: Digest, bytes: u64) -> Self {
        Self { sha256: Told::Digest(digest), bytes }
    }

    /// The entry of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::new(Digest::of(bytes), bytes.len() as u64)
    }

    /// Whether it is there, and not only announced.
    pub fn is_there(&self) -> bool {
        self.sha256 != Told::Announced
    }

    /// Whether bytes of this digest are its own.
    pub fn is_of(&self, digest: Digest) -> bool {
        self.sha256 == Told::Digest(digest)
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Digest(digest) => serializer.collect_str(digest),
            Self::Announced => serializer.serialize_str(""),
            Self::Garbled => serializer.serialize_str("?"),
        }
    }
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let garbled = if text.is_empty() { Self::Announced } else { Self::Garbled };
        Ok(Digest::parse(&text).map_or(garbled, Self::Digest))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LedgerHead {
    rows: u32,
    hash: String,
}

/// A manifest as it stands somewhere, with its signature if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What it says.
    pub manifest: Manifest,
    /// Its bytes, which the signature is over.
    pub bytes: Vec<u8>,
    /// The bytes of the signature.
    pub signature: Option<Vec<u8>>,
}

impl Sealed {
    /// Reads a manifest; none where it is not one of ours.
    pub fn read(bytes: Vec<u8>, signature: Option<Vec<u8>>) -> Option<Self> {
        Some(Self { manifest: Manifest::parse(&bytes)?, bytes, signature })
    }

    /// Whether its bytes are those this program writes: a manifest has one form, so that no byte of it is free.
    pub fn is_canonical(&self) -> bool {
        self.manifest.to_bytes() == self.bytes
    }

    /// Whether it is signed by this key, in the one form in which signatures are stored.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.signature.as_deref().is_some_and(|signature| is_signed(&self.bytes, signature, key))
    }
}

/// Whether this is the signature of a manifest of these bytes by this key, in the one form in which signatures are stored.
pub(super) fn is_signed(bytes: &[u8], signature: &[u8], key: &PublicKey) -> bool {
    std::str::from_utf8(signature).is_ok_and(|text| {
        key.verifies(NAMESPACE, bytes, text) && ssh::canonical(text).is_ok_and(|canonical| canonical == text)
    })
}

/// Writes the manifest of these files, in order of path, and the ledger on which they rest. Of a site of a hundred thousand
/// notices there are half a million, so they are listed nowhere else.
///
/// # Errors
/// It is not taken.
pub(super) fn write<'p>(
    ledger: Head,
    files: impl Iterator<Item = (&'p str, Entry)> + Clone,
    into: impl io::Write,
) -> io::Result<()> {
    write_form(&LedgerHead::of(ledger), files, into)
}

fn write_form<'p>(
    ledger: &LedgerHead,
    files: impl Iterator<Item = (&'p str, Entry)> + Clone,
    mut into: impl io::Write,
) -> io::Result<()> {
    /// A map that is written as it is gone through.
    struct Files<I>(I);

    impl<'p, I: Iterator<Item = (&'p str, Entry)> + Clone> Serialize for Files<I> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.clone())
        }
    }

    #[derive(Serialize)]
    struct Written<'a, F> {
        format: &'a str,
        ledger: &'a LedgerHead,
        files: F,
    }

    serde_json::to_writer_pretty(&mut into, &Written { format: FORMAT, ledger, files: Files(files) })?;
    into.write_all(b"\n")
}

impl LedgerHead {
    fn of(head: Head) -> Self {
        Self { rows: head.seq, hash: head.hash.to_string() }
    }
}

impl Manifest {
    /// A manifest of files and the ledger on which they rest.
    pub fn new(ledger: Head, files: BTreeMap<String, Entry>) -> Self {
        Self { format: FORMAT.to_owned(), ledger: LedgerHead::of(ledger), files }
    }

    /// Reads a manifest; none where it is not one of ours, or where a path in it leads out of its folder.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let is_plain = |path: &String| path != MANIFEST && path != SIGNATURE && OutPath::parse(path).is_ok();
        let inside = manifest.files.keys().all(is_plain);
        (manifest.format == FORMAT && inside && Digest::parse(&manifest.ledger.hash).is_some()).then_some(manifest)
    }

    /// What a place bears while this one is being brought there: all that was there as it was, and all that is to come, of
    /// no length and digest yet. So whatever interrupts it, the next run knows what is its own and what still differs.
    #[must_use]
    pub fn underway(&self, before: Option<&Self>) -> Self {
        let nothing = Self { files: BTreeMap::new(), ..self.clone() };
        let mut underway = before.unwrap_or(&nothing).clone();
        for path in self.files.keys() {
            underway.files.entry(path.clone()).or_insert(Entry { sha256: Told::Announced, bytes: 0 });
        }
        underway
    }

    /// The end of the ledger on which it rests.
    pub fn ledger(&self) -> Option<Head> {
        Some(Head { seq: self.ledger.rows, hash: Digest::parse(&self.ledger.hash)? })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let files = self.files.iter().map(|(path, entry)| (path.as_str(), *entry));
        // Maps with text keys and numbers always serialise, and memory takes all.
        let _ = write_form(&self.ledger, files, &mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_is_garbled_is_that_of_no_bytes_and_the_manifest_still_ours() {
        let ledger = Head { seq: 0, hash: Digest::of(b"") };
        let digest = Digest::of(b"a");
        let manifest = Manifest::new(ledger, BTreeMap::from([("a".to_owned(), Entry::of(b"a"))]));
        let bytes = manifest.to_bytes();
        assert_eq!(Manifest::parse(&bytes).as_ref(), Some(&manifest));
        let text = String::from_utf8(bytes).unwrap();
        let (upper, garbled) = (digest.to_string().to_uppercase(), format!("g{}", &digest.to_string()[1..]));
        for (told, is_there) in [(upper.as_str(), true), (&garbled, true), ("?", true), ("", false)] {
            let altered = text.replace(&digest.to_string(), told).into_bytes();
            let sealed = Sealed::read(altered, None).unwrap();
            let entry = sealed.manifest.files["a"];
            assert_eq!((entry.is_of(digest), entry.is_there()), (false, is_there), "{told}");
        }
    }
}
