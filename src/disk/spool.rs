//! Narratives that lie in a file until they are asked for.

use super::if_there;
use crate::digest::Checksum;
use crate::markdown::{Html, Rendered};
use crate::read::{Spool, Spooled};
use crate::text::utf8;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// So many bytes stay in the memory: a site of some thousands of notices has no more, and is built faster so.
const IN_MEMORY: u64 = 16 << 20;

/// The name of the file, as long as it has one.
const NAME: &str = "narratives";

/// A file without a name, which is gone with the run, however that ends.
#[derive(Debug)]
pub struct SpoolFile {
    file: Arc<File>,
    end: AtomicU64,
    /// How many bytes may still stay in the memory.
    in_memory: AtomicU64,
}

impl SpoolFile {
    /// A file on the disk of this folder; none where there can be none.
    pub fn new(folder: &Path) -> Option<Self> {
        Self::sparing(folder, IN_MEMORY)
    }

    /// The same, of which the first so many bytes stay in the memory.
    pub fn sparing(folder: &Path, in_memory: u64) -> Option<Self> {
        let file = Arc::new(unnamed(&folder.join(NAME)).ok()?);
        Some(Self { file, end: AtomicU64::new(0), in_memory: AtomicU64::new(in_memory) })
    }

    /// Whether there is room for so many bytes in the memory, which is then less.
    fn stays(&self, length: u64) -> bool {
        let left = |left: u64| left.checked_sub(length);
        self.in_memory.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).is_ok()
    }
}

/// A file that has lost its name. Where a run ended between the two, the next one takes the name away.
fn unnamed(place: &Path) -> io::Result<File> {
    if_there(fs::remove_file(place))?;
    let file = File::options().read(true).write(true).create_new(true).open(place)?;
    fs::remove_file(place)?;
    Ok(file)
}

impl Spool for SpoolFile {
    fn put(&self, rendered: &Rendered) -> io::Result<Option<Arc<dyn Spooled>>> {
        let Rendered { html, plain } = rendered;
        if self.stays((html.parts().0.len() + plain.len()) as u64) {
            return Ok(None);
        }
        let (bytes, shape) = packed(html, plain)?;
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(&self.file, &bytes, at)?;
        let slice = Slice { file: Arc::clone(&self.file), at, length: bytes.len() };
        Ok(Some(Arc::new(Lying { slice, shape, sum: None })))
    }
}

/// How a narrative lies in its bytes: its HTML, where prefixes are to stand in it, its plain text, one after the other.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Shape {
    html: usize,
    slots: usize,
    plain: usize,
}

impl Shape {
    /// How many bytes it takes.
    pub fn length(self) -> usize {
        self.html.saturating_add(self.slots).saturating_add(self.plain)
    }
}

/// A narrative as it lies in a file.
///
/// # Errors
/// There is no room for it.
pub fn packed(html: &Html, plain: &str) -> io::Result<(Vec<u8>, Shape)> {
    let (html, slots) = html.parts();
    let slots = postcard::to_stdvec(slots).map_err(io::Error::other)?;
    let shape = Shape { html: html.len(), slots: slots.len(), plain: plain.len() };
    Ok(([html.as_bytes(), &slots, plain.as_bytes()].concat(), shape))
}

/// A narrative in a file.
#[derive(Debug)]
pub struct Lying {
    slice: Slice,
    shape: Shape,
    /// Of its bytes, where others than this process may write into the file.
    sum: Option<Checksum>,
}

impl Lying {
    /// The narrative of this checksum that begins there in a part; none where the part is not so long.
    pub fn at(part: &Slice, at: usize, (shape, sum): (Shape, Checksum)) -> Option<Self> {
        Some(Self { slice: part.part(at, shape.length())?, shape, sum: Some(sum) })
    }

    /// Some of its bytes; where they may have been changed, all of them are looked at.
    fn read(&self, inside: Range<usize>) -> io::Result<Vec<u8>> {
        let Some(sum) = self.sum else { return self.slice.read(inside) };
        let bytes = self.slice.read(0..self.slice.length)?;
        let is_same = Checksum::of(&bytes) == sum;
        bytes.get(inside).filter(|_| is_same).map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

impl Spooled for Lying {
    fn html(&self) -> io::Result<Html> {
        let bytes = self.read(0..self.shape.html + self.shape.slots)?;
        let (html, slots) = bytes.split_at(self.shape.html);
        let slots = postcard::from_bytes(slots).map_err(io::Error::other)?;
        Html::of_parts(text(html)?, slots).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn plain(&self) -> io::Result<String> {
        text(&self.read(self.shape.html + self.shape.slots..self.shape.length())?)
    }
}

fn text(bytes: &[u8]) -> io::Result<String> {
    let text = utf8(bytes).ok_or(io::ErrorKind::InvalidData)?;
    Ok(text.to_owned())
}

/// A part of a file, into which nobody writes any more.
#[derive(Debug, Clone)]
pub struct Slice {
    pub(super) file: Arc<File>,
    pub(super) at: u64,
    pub(super) length: usize,
}

impl Slice {
    /// A part of it; none where it is not so long.
    fn part(&self, at: usize, length: usize) -> Option<Self> {
        let is_inside = at.checked_add(length).is_some_and(|end| end <= self.length);
        is_inside.then(|| Self { file: Arc::clone(&self.file), at: self.at + at as u64, length })
    }

    pub(super) fn read(&self, inside: Range<usize>) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; inside.len()];
        read_at(&self.file, &mut bytes, self.at + inside.start as u64)?;
        Ok(bytes)
    }
}

/// Fills the bytes with those that begin there.
///
/// # Errors
/// There are not so many, or they cannot be read.
pub fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_exact_at(file, bytes, at);
    #[cfg(not(unix))]
    {
        let _ = (file, bytes, at);
        Err(io::ErrorKind::Unsupported.into())
    }
}

fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::write_all_at(file, bytes, at);
    #[cfg(not(unix))]
    {
        let _ = (file, bytes, at);
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Context, render};
    use std::io::Write as _;

    fn rendered(text: &str) -> Rendered {
        render(text, &Context { file: "index.md", first_line: 1, assets: &|_| None }).value.rendered
    }

    fn packed(rendered: &Rendered) -> io::Result<(Vec<u8>, Shape)> {
        super::packed(&rendered.html, &rendered.plain)
    }

    fn is(spooled: &dyn Spooled, text: &Rendered) -> bool {
        spooled.html().unwrap() == text.html && spooled.plain().unwrap() == text.plain
    }

    #[test]
    fn many_at_once_come_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let spool = SpoolFile::sparing(folder.path(), 0).unwrap();
        let put = |thread: usize| {
            let texts = (0..50).map(|number| rendered(&format!("{}[甲](https://a.cn/){number}", "乙".repeat(thread))));
            texts.map(|text| (spool.put(&text).unwrap().unwrap(), text)).collect::<Vec<_>>()
        };
        let all: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|thread| scope.spawn(move || put(thread))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(all.len(), 200);
        assert!(all.iter().all(|(spooled, text)| is(spooled.as_ref(), text)));
        assert_eq!(folder.path().read_dir().unwrap().count(), 0, "nothing is left lying");
    }

    #[test]
    fn the_first_stay_in_the_memory() {
        let (folder, text) = (tempfile::tempdir().unwrap(), rendered("请停用。"));
        let length = packed(&text).unwrap().0.len() as u64;
        let spool = SpoolFile::sparing(folder.path(), 2 * length + 1).unwrap();
        let aside: Vec<bool> = (0..4).map(|_| spool.put(&text).unwrap().is_some()).collect();
        assert_eq!(aside, [false, false, true, true]);
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("texts");
        let (bytes, shape) = packed(&rendered("请停用")).unwrap();
        File::create(&place).unwrap().write_all(&bytes[..bytes.len() - 1]).unwrap();
        let slice = Slice { file: Arc::new(File::open(&place).unwrap()), at: 0, length: bytes.len() };
        let lying = Lying { slice: slice.clone(), shape, sum: None };
        assert!(lying.html().is_ok() && lying.plain().is_err());
        let summed = (shape, Checksum::of(&bytes));
        assert!(Lying::at(&slice, 1, summed).is_none());
        assert!(Lying::at(&slice, usize::MAX, summed).is_none());
    }

    #[test]
    fn what_others_have_written_over_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("texts");
        let (bytes, shape) = packed(&rendered("请停用")).unwrap();
        fs::write(&place, &bytes).unwrap();
        let slice = Slice { file: Arc::new(File::open(&place).unwrap()), at: 0, length: bytes.len() };
        let lying = Lying::at(&slice, 0, (shape, Checksum::of(&bytes))).unwrap();
        assert!(is(&lying, &rendered("请停用")));
        let other = packed(&rendered("请使用")).unwrap().0;
        assert_eq!(other.len(), bytes.len());
        fs::write(&place, other).unwrap();
        assert!(lying.html().is_err() && lying.plain().is_err());
    }

    #[test]
    fn what_an_interrupted_run_left_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "甲").unwrap();
        assert!(SpoolFile::new(folder.path()).is_some());
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}
