//! Files of many parts: what has not changed of one since it was last made is taken from what stands in the output.

use super::records::{PartRecord, Records};
use super::tree::Fault;
use crate::artifact::{Key, Parts};
use crate::digest::Checksum;
use crate::disk;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};

/// How many bytes are handed over at a time.
const PIECE: usize = 1 << 17;

/// How many parts are made at the same time, and kept until they are written.
const TOGETHER: usize = 64;

/// A file as it stands in the output, untouched since it was made.
pub(super) struct Before {
    file: File,
    /// Where each part begins, and what is remembered of it.
    places: HashMap<Key, (u64, PartRecord)>,
}

impl Before {
    /// The file of a path; none where it was not made in parts, or may have been touched.
    pub(super) fn of(standing: &Records, path: &str) -> Option<Self> {
        let parts = standing.parts(path)?;
        let file = File::open(standing.folder().join(path)).ok()?;
        let mut end = 0;
        let places = parts.iter().map(|part| {
            let start = end;
            end += part.bytes;
            (part.key, (start, *part))
        });
        Some(Self { places: places.collect(), file })
    }

    /// A part, with what is remembered of it; none where it is not there, or not as it was written.
    fn part(&self, key: Key) -> Option<(PartRecord, Vec<u8>)> {
        let (start, record) = *self.places.get(&key)?;
        let mut bytes = vec![0; usize::try_from(record.bytes).ok()?];
        let is_same = disk::read_at(&self.file, &mut bytes, start).is_ok() && Checksum::of(&bytes) == record.sum;
        is_same.then_some((record, bytes))
    }
}

/// Writes a file part by part; what is to be remembered of them.
///
/// # Errors
/// A part cannot be made, or the bytes are not taken.
pub(super) fn write(
    parts: &dyn Parts,
    before: Option<&Before>,
    sink: &mut dyn Write,
) -> Result<Vec<PartRecord>, Fault> {
    let part = |place: &usize| {
        let key = parts.key(*place);
        if let Some(standing) = before.and_then(|before| before.part(key)) {
            return Ok(standing);
        }
        let bytes = parts.make(*place)?;
        Ok((PartRecord { key, sum: Checksum::of(&bytes), bytes: bytes.len() as u64 }, bytes))
    };
    let mut sink = BufWriter::with_capacity(PIECE, sink);
    let places: Vec<usize> = (0..parts.count()).collect();
    let mut written = Vec::with_capacity(places.len());
    for places in places.chunks(TOGETHER) {
        let made: Vec<Result<_, Fault>> = places.par_iter().map(part).collect();
        for made in made {
            let (record, bytes) = made?;
            sink.write_all(&bytes)?;
            written.push(record);
        }
    }
    sink.flush()?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;
    use crate::digest::Digest;
    use crate::disk::Mark;
    use crate::output::records::{Filed, Record};
    use proptest::prelude::*;
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Texts as parts, counted when they are made.
    struct Texts<'a>(&'a [String], AtomicUsize);

    impl Parts for Texts<'_> {
        fn count(&self) -> usize {
            self.0.len()
        }

        fn key(&self, place: usize) -> Key {
            Key::of([&self.0[place]])
        }

        fn make(&self, place: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
            self.1.fetch_add(1, Ordering::Relaxed);
            Ok(self.0[place].clone().into_bytes())
        }
    }

    /// The bytes of texts, how many were made for them, and what is remembered.
    fn written(texts: &[String], before: Option<&Before>) -> (Vec<u8>, usize, Vec<PartRecord>) {
        let (parts, mut bytes) = (Texts(texts, AtomicUsize::new(0)), Vec::new());
        let Ok(records) = write(&parts, before, &mut bytes) else { panic!("memory takes all") };
        (bytes, parts.1.into_inner(), records)
    }

    /// A workshop and a tree with one file, made of texts.
    fn published(texts: &[String]) -> (tempfile::TempDir, Records) {
        let folder = tempfile::tempdir().unwrap();
        let (tree, workshop) = (folder.path().join("tree"), folder.path().join("workshop"));
        [&tree, &workshop].into_iter().for_each(|place| fs::create_dir(place).unwrap());
        let (bytes, _, parts) = written(texts, None);
        fs::write(tree.join("a"), &bytes).unwrap();
        let mark = Mark::of(&fs::metadata(tree.join("a")).unwrap()).unwrap();
        let record = Record::new(Digest::of(&bytes), parts, mark);
        let filed = Filed { path: "a", key: Key::of(["a"]), record: &record };
        Records::default().keep(&workshop, &tree, std::iter::once(filed)).unwrap();
        let records = Records::of_tree(&workshop, &tree);
        (folder, records)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn with_parts_of_before_come_the_same_bytes(
            old in proptest::collection::vec("[ab]{0,3}", 0..200),
            new in proptest::collection::vec("[ab]{0,3}", 0..200),
        ) {
            let (_folder, standing) = published(&old);
            let before = Before::of(&standing, "a");
            let (bytes, made, records) = written(&new, before.as_ref());
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), new.concat());
            prop_assert_eq!(made, new.iter().filter(|text| !old.contains(text)).count());
            prop_assert_eq!(records.len(), new.len());
        }
    }

    #[test]
    fn of_a_file_that_was_touched_nothing_is_taken() {
        let texts = ["甲".to_owned(), "乙".to_owned()];
        let (folder, standing) = published(&texts);
        assert!(Before::of(&standing, "a").is_some());
        assert!(Before::of(&standing, "b").is_none());
        fs::write(folder.path().join("tree/a"), "丙丁").unwrap();
        assert!(Before::of(&standing, "a").is_none());
    }

    #[test]
    fn what_is_no_longer_as_it_was_written_is_made() {
        let texts = ["甲".to_owned(), "乙".to_owned()];
        // Cut, or changed, after its marks were looked at.
        for (now, expected) in [("甲", 1), ("甲丙", 1), ("丙乙", 1), ("", 2)] {
            let (folder, standing) = published(&texts);
            let before = Before::of(&standing, "a").unwrap();
            fs::write(folder.path().join("tree/a"), now).unwrap();
            let (bytes, made, _) = written(&texts, Some(&before));
            assert_eq!((String::from_utf8(bytes).unwrap().as_str(), made), ("甲乙", expected), "{now}");
        }
    }
}
