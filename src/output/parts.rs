//! Files of many parts: what has not changed of one since it was last made is taken from what stands in the output.

use super::records::{Known, PartRecord, Records};
use super::tree::Fault;
use crate::artifact::{Key, Parts};
use crate::diag::{Code, Diagnostic};
use crate::digest::Checksum;
use crate::disk::{self, Mark};
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
    mark: Mark,
    /// Where each part begins, and what is remembered of it.
    places: HashMap<Key, (u64, PartRecord)>,
}

impl Before {
    /// A file that is known; none where it was not made in parts, or may have been touched.
    pub(super) fn of(standing: &Records, known: &Known) -> Option<Self> {
        let (parts, mark) = known.record.parts();
        let file = File::open(standing.folder().join(&known.path)).ok().filter(|_| !parts.is_empty())?;
        let mut end = 0;
        let places = parts.iter().map(|part| {
            let start = end;
            end += part.bytes;
            (part.key, (start, *part))
        });
        let before = Self { places: places.collect(), mark, file };
        (before.now()? == mark).then_some(before)
    }

    fn now(&self) -> Option<Mark> {
        Mark::of(&self.file.metadata().ok()?)
    }

    /// Whether nobody has written into it since; it may have lost the name that it had in the other tree.
    fn has_same_bytes(&self) -> bool {
        self.now().is_some_and(|now| now.is_of_same_bytes(self.mark))
    }

    /// Where a part stands, and what is remembered of it.
    fn find(&self, key: Key) -> Option<(u64, PartRecord)> {
        self.places.get(&key).copied()
    }

    /// The bytes of parts that stand one after the other; none where they are not as they were written.
    fn read(&self, parts: &[(u64, PartRecord)]) -> Option<Vec<u8>> {
        let bytes: u64 = parts.iter().map(|(_, record)| record.bytes).sum();
        let mut bytes = vec![0; usize::try_from(bytes).ok()?];
        disk::read_at(&self.file, &mut bytes, parts.first()?.0).ok()?;
        let mut rest = bytes.as_slice();
        let is_same = parts.iter().all(|(_, record)| {
            let part = rest.split_off(..record.bytes as usize);
            part.is_some_and(|part| Checksum::of(part) == record.sum)
        });
        is_same.then_some(bytes)
    }
}

/// Parts of a file that come one after the other, with what is to be remembered of each.
type Piece = (Vec<PartRecord>, Vec<u8>);

/// A part to be written: its place and its key, and where it stands already.
type Wanted = (usize, Key, Option<(u64, PartRecord)>);

/// Whether a part stands behind another one, so that both are read at once.
fn follows((.., one): &Wanted, (.., other): &Wanted) -> bool {
    let end = one.map(|(start, record)| start + record.bytes);
    end.is_some() && end == other.map(|(start, _)| start)
}

/// Parts of which each follows the one before: as they stand, or made.
fn piece(parts: &dyn Parts, before: Option<&Before>, wanted: &[Wanted]) -> Result<Piece, Box<Diagnostic>> {
    let standing: Option<Vec<(u64, PartRecord)>> = wanted.iter().map(|(.., standing)| *standing).collect();
    if let Some((standing, bytes)) =
        standing.and_then(|standing| before?.read(&standing).map(|bytes| (standing, bytes)))
    {
        return Ok((standing.into_iter().map(|(_, record)| record).collect(), bytes));
    }
    let make = |(place, key, _): &Wanted| {
        let bytes = parts.make(*place)?;
        Ok::<_, Box<Diagnostic>>((
            PartRecord { key: *key, sum: Checksum::of(&bytes), bytes: bytes.len() as u64 },
            bytes,
        ))
    };
    let made: Vec<(PartRecord, Vec<u8>)> = wanted.iter().map(make).collect::<Result<_, _>>()?;
    let (records, bytes): (_, Vec<Vec<u8>>) = made.into_iter().unzip();
    // What is made is nearly always one part: there is nothing to be put together then.
    Ok((records, <[Vec<u8>; 1]>::try_from(bytes).map_or_else(|bytes| bytes.concat(), |[bytes]| bytes)))
}

/// Writes a file part by part; what is to be remembered of them.
///
/// # Errors
/// A part cannot be made, the bytes are not taken, or somebody writes into what stands before.
pub(super) fn write(
    parts: &dyn Parts,
    before: Option<&Before>,
    sink: &mut dyn Write,
) -> Result<Vec<PartRecord>, Fault> {
    let mut sink = BufWriter::with_capacity(PIECE, sink);
    let places: Vec<usize> = (0..parts.count()).collect();
    let mut written = Vec::with_capacity(places.len());
    let wanted = |place: &usize| {
        let key = parts.key(*place);
        (*place, key, before.and_then(|before| before.find(key)))
    };
    for places in places.chunks(TOGETHER) {
        let wanted: Vec<Wanted> = places.par_iter().map(wanted).collect();
        let runs: Vec<&[Wanted]> = wanted.chunk_by(follows).collect();
        let made: Vec<_> = runs.par_iter().map(|run| piece(parts, before, run)).collect();
        for made in made {
            let (records, bytes) = made?;
            sink.write_all(&bytes)?;
            written.extend(records);
        }
    }
    sink.flush()?;
    // Checksums tell of accidents only: what somebody has put there meanwhile must not be published with ours.
    match before.is_none_or(Before::has_same_bytes) {
        true => Ok(written),
        false => Err(Box::new(touched()).into()),
    }
}

fn touched() -> Diagnostic {
    Diagnostic::error(Code::ReadFailed, "输出文件夹里的文件在生成过程中被改动")
        .hint("请找出是谁在改动输出文件夹，然后再运行一次")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::output::records::{Filed, Record};
    use proptest::prelude::*;
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

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

    fn before(standing: &Records) -> Option<Before> {
        Before::of(standing, standing.along(std::iter::once("a"))[0]?)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn with_parts_of_before_come_the_same_bytes(
            old in proptest::collection::vec("[ab]{0,3}", 0..200),
            new in proptest::collection::vec("[ab]{0,3}", 0..200),
        ) {
            let (_folder, standing) = published(&old);
            let before = before(&standing);
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
        assert!(before(&standing).is_some());
        fs::write(folder.path().join("tree/a"), "丙丁").unwrap();
        assert!(before(&standing).is_none());
    }

    #[test]
    fn what_somebody_writes_into_meanwhile_is_not_taken() {
        let texts = ["甲".to_owned(), "乙".to_owned()];
        // Cut, or changed, after its marks were looked at.
        for now in ["甲", "甲丙", "丙乙", ""] {
            let (folder, standing) = published(&texts);
            let before = before(&standing).unwrap();
            // A tick of the file system's clock.
            std::thread::sleep(Duration::from_millis(20));
            fs::write(folder.path().join("tree/a"), now).unwrap();
            let parts: Vec<_> = texts.iter().filter_map(|text| before.find(Key::of([text]))).collect();
            assert!(parts.len() == 2 && before.read(&parts).is_none(), "{now}");
            let (parts, mut bytes) = (Texts(&texts, AtomicUsize::new(0)), Vec::new());
            // As a disk may have made it, it is made anew.
            let wanted: Vec<Wanted> =
                (0..2).map(|place| (place, parts.key(place), before.find(parts.key(place)))).collect();
            let Ok((records, whole)) = piece(&parts, Some(&before), &wanted) else { panic!("texts can be made") };
            assert_eq!((String::from_utf8(whole).unwrap().as_str(), records.len()), ("甲乙", 2), "{now}");
            assert_eq!(parts.1.load(Ordering::Relaxed), 2, "{now}");
            assert!(matches!(write(&parts, Some(&before), &mut bytes), Err(Fault::Content(_))), "{now}");
        }
    }
}
