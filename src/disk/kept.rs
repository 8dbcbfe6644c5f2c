//! Files in which a run keeps what saves the next one work.
//!
//! In: a value. Out: the same value in the next run, or nothing, where the file is missing, damaged, or of another form. They
//! may be deleted at any time.

use super::if_there;
use super::plain::open_plain;
use super::spool::Slice;
use crate::digest::{Checksum, Summing};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// Keeps a value; the form changes with whatever is kept under it.
///
/// # Errors
/// It cannot be written.
pub fn keep(place: &Path, form: &str, value: &impl Serialize) -> io::Result<()> {
    keep_with_tail(place, form, value, &[])
}

/// Keeps a value, and bytes behind it that need not be read with it.
///
/// # Errors
/// It cannot be written.
pub fn keep_with_tail(place: &Path, form: &str, value: &impl Serialize, tail: &[u8]) -> io::Result<()> {
    // Somebody may still read from the tail of the old one; through a link or into a pipe nothing is written either.
    if_there(fs::remove_file(place))?;
    let mut file = File::create_new(place)?;
    file.write_all(form.as_bytes())?;
    let summed = BufWriter::with_capacity(64 << 10, Summed { file, sum: Summing::default() });
    let mut body = postcard::to_io(value, summed).map_err(io::Error::other)?;
    body.write_all(tail)?;
    let Summed { mut file, sum } = body.into_inner()?;
    file.write_all(&sum.finish().bytes())
}

/// A file with the checksum of what was written into it: in memory it would be as large as what is kept.
struct Summed {
    file: File,
    sum: Summing,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What was kept in a file of no more bytes than this; nothing where there is nothing of use.
pub fn kept<T: DeserializeOwned>(place: &Path, form: &str, largest: u64) -> Option<T> {
    let (value, tail) = kept_with_tail(place, form, largest)?;
    (tail.length == 0).then_some(value)
}

/// The same, with what lies behind it.
pub fn kept_with_tail<T: DeserializeOwned>(place: &Path, form: &str, largest: u64) -> Option<(T, Slice)> {
    let (file, bytes) = open_plain(place, largest).ok()?;
    let (body, sum) = bytes.strip_prefix(form.as_bytes())?.split_last_chunk()?;
    if *sum != Checksum::of(body).bytes() {
        return None;
    }
    let (value, tail) = postcard::take_from_bytes(body).ok()?;
    let at = (bytes.len() - sum.len() - tail.len()) as u64;
    Some((value, Slice { file: Arc::new(file), at, length: tail.len() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_behind_a_value_stays_that_of_the_file_it_was_kept_in() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("kept");
        keep_with_tail(&place, "a\n", &7_u32, b"tail").unwrap();
        let (value, tail) = kept_with_tail::<u32>(&place, "a\n", 1_000).unwrap();
        assert_eq!(kept::<u32>(&place, "a\n", 1_000), None, "a value alone is another thing");
        keep_with_tail(&place, "a\n", &8_u32, b"other, and longer").unwrap();
        assert_eq!((value, tail.read(0..tail.length).unwrap().as_slice()), (7, b"tail".as_slice()));
    }

    #[test]
    fn what_is_damaged_or_of_another_form_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("kept");
        let read = |form: &str, largest: u64| kept::<Vec<u32>>(&place, form, largest);
        assert_eq!(read("a\n", 1_000), None);
        keep(&place, "a\n", &vec![1_u32, 2, 3]).unwrap();
        assert_eq!(read("a\n", 1_000), Some(vec![1, 2, 3]));
        assert_eq!([read("b\n", 1_000), read("a\n", 9)], [None, None]);
        let whole = fs::read(&place).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&place, damaged).unwrap();
            assert_eq!(read("a\n", 1_000), None, "byte {at}");
            fs::write(&place, &whole[..at]).unwrap();
            assert_eq!(read("a\n", 1_000), None, "cut at {at}");
        }
    }
}
