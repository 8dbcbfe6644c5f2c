//! PDF: document information of every revision, XMP, comments and attachments.
//!
//! A PDF keeps what was there before it was changed. So the file is not read as a viewer reads it, by its index of the
//! last revision, but searched from end to end for trailers and objects: former authors are found too, a damaged index
//! does not matter, and the cost is bounded. (Libraries read the index: hayro-syntax inflates whatever a file asks for;
//! lopdf bounds each stream but not their sum, and for metadata alone it reads the last revision only.)

use super::gathered::Gathered;
use super::pdf_syntax::{Dictionary, Object, Syntax};
use super::{Budget, Kind, properties, xmp};
use crate::archive;
use memchr::memmem;
use std::collections::BTreeSet;

/// Bytes among which a PDF must say that it is one.
const HEAD: usize = 1024;

/// Bytes of one object at most, without its stream.
const OBJECT: usize = 64 << 10;

/// Objects in one stream of objects at most.
const OBJECTS: usize = 100_000;

/// How often all bytes may be read, in all attempts to read objects.
const PASSES: usize = 2;

/// What an attempt costs beside the bytes it reads.
const ATTEMPT: usize = 16;

/// Whether bytes are a PDF.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").is_some()
}

/// Notes what a PDF says.
pub(super) fn read(bytes: &[u8], found: &mut Gathered, budget: &mut Budget) {
    let mut search =
        Search { bytes, steps: PASSES * bytes.len() + OBJECT, infos: BTreeSet::new(), is_encrypted: false };
    search.trailers();
    if search.is_encrypted {
        found.unreadable();
    } else {
        search.objects(found, budget);
    }
    if search.steps == 0 || memmem::find(bytes, b"startxref").is_none() {
        found.unreadable();
    }
    xmp::scan(bytes, found);
}

/// A search through a file.
struct Search<'a> {
    bytes: &'a [u8],
    /// Bytes that may still be looked at.
    steps: usize,
    /// The numbers of objects that a trailer calls information.
    infos: BTreeSet<usize>,
    is_encrypted: bool,
}

impl<'a> Search<'a> {
    /// Reads every trailer, those in streams too.
    fn trailers(&mut self) {
        for at in memmem::find_iter(self.bytes, b"trailer") {
            if let Some((trailer, _)) = self.dictionary(at + b"trailer".len()) {
                self.trailer(&trailer);
            }
        }
        for (_, at) in objects(self.bytes) {
            // Most objects have no such word near: only these are read twice.
            let near = &self.bytes[at..self.bytes.len().min(at + OBJECT.min(512))];
            if memmem::find(near, b"XRef").is_some()
                && let Some((trailer, _)) = self.dictionary(at)
                && trailer.is("Type", "XRef")
            {
                self.trailer(&trailer);
            }
        }
    }

    fn trailer(&mut self, trailer: &Dictionary) {
        self.infos.extend(trailer.reference("Info"));
        self.is_encrypted |= trailer.get("Encrypt").is_some();
    }

    /// The dictionary at a position, and where it ends.
    fn dictionary(&mut self, at: usize) -> Option<(Dictionary, usize)> {
        let end = self.bytes.len().min(at + OBJECT.min(self.steps));
        let mut syntax = Syntax::new(self.bytes.get(at..end)?);
        let dictionary = syntax.dictionary();
        self.steps = self.steps.saturating_sub(syntax.at() + ATTEMPT);
        Some((dictionary?, at + syntax.at()))
    }

    /// Reads every object.
    fn objects(&mut self, found: &mut Gathered, budget: &mut Budget) {
        for (number, at) in objects(self.bytes) {
            let Some((dictionary, end)) = self.dictionary(at) else { continue };
            self.object(number, &dictionary, found);
            let is_objects = dictionary.is("Type", "ObjStm");
            let is_packed_xmp = dictionary.is("Type", "Metadata") && dictionary.get("Filter").is_some();
            if !is_objects && !is_packed_xmp {
                continue;
            }
            match self.stream(&dictionary, end, budget) {
                Some(stream) if is_objects => self.packed(&stream, &dictionary, found),
                Some(stream) => xmp::scan(&stream, found),
                None => found.unreadable(),
            }
        }
    }

    /// The bytes of a stream behind its dictionary, inflated.
    fn stream(&mut self, dictionary: &Dictionary, end: usize, budget: &mut Budget) -> Option<Vec<u8>> {
        let rest = self.bytes.get(end..)?.trim_ascii_start().strip_prefix(b"stream")?;
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let window = &rest[..rest.len().min(self.steps)];
        let length = match dictionary.number("Length").filter(|length| *length <= rest.len()) {
            Some(length) => length,
            None => memmem::find(window, b"endstream").unwrap_or(window.len()),
        };
        self.steps = self.steps.saturating_sub(length);
        let stream = match dictionary.get("Filter") {
            None => Some(rest[..length].to_vec()),
            Some(_) if dictionary.is("Filter", "FlateDecode") => archive::unzlib(&rest[..length], budget.bytes),
            Some(_) => None,
        };
        let spent = stream.as_ref().map_or_else(|| archive::at_most(&rest[..length]), Vec::len);
        budget.bytes = budget.bytes.saturating_sub(spent);
        stream
    }

    /// Reads the objects of a stream: pairs of number and place, then the objects.
    fn packed(&self, stream: &[u8], dictionary: &Dictionary, found: &mut Gathered) {
        let (Some(count), Some(first)) = (dictionary.number("N"), dictionary.number("First")) else {
            return found.unreadable();
        };
        let mut index = Syntax::new(stream);
        let mut steps = PASSES * stream.len();
        for _ in 0..count.min(OBJECTS) {
            let (Some(number), Some(place)) = (index.number(), index.number()) else { return found.unreadable() };
            let object = first.checked_add(place).and_then(|at| stream.get(at..)).unwrap_or_default();
            let mut syntax = Syntax::new(&object[..object.len().min(OBJECT.min(steps))]);
            let dictionary = syntax.dictionary();
            steps = steps.saturating_sub(syntax.at());
            if let Some(dictionary) = dictionary {
                self.object(number, &dictionary, found);
            }
        }
        if steps == 0 {
            found.unreadable();
        }
    }

    /// Notes what an object says, if it is information, a comment or an attachment.
    fn object(&self, number: usize, dictionary: &Dictionary, found: &mut Gathered) {
        if self.infos.contains(&number) {
            information(dictionary, found);
        }
        if dictionary.get("Subtype").is_some()
            && dictionary.get("Rect").is_some()
            && !dictionary.is("Subtype", "Widget")
        {
            dictionary.text("T").iter().for_each(|author| found.note(Kind::Person, "批注者或修订者", author));
            dictionary.text("Contents").iter().for_each(|text| found.note(Kind::Hidden, "批注", text));
        }
        if dictionary.get("EF").is_some() {
            let name = dictionary.text("UF").or_else(|| dictionary.text("F")).unwrap_or_else(|| "？".to_owned());
            found.note(Kind::Hidden, "附件", &name);
        }
    }
}

fn information(dictionary: &Dictionary, found: &mut Gathered) {
    for (key, value) in &dictionary.0 {
        let Object::String(_) = value else { continue };
        let text = value.text().unwrap_or_default();
        properties::custom(key, text.strip_prefix("D:").unwrap_or(&text), found);
    }
}

/// The number and the place of every object, by `12 0 obj`.
fn objects(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    memmem::find_iter(bytes, b"obj").filter_map(|at| {
        let head = bytes[..at].trim_ascii_end();
        let generation = head.iter().rev().take(5).take_while(|byte| byte.is_ascii_digit()).count();
        let head = head[..head.len() - generation].trim_ascii_end();
        let digits = head.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&head[head.len() - digits..]).ok()?.parse().ok()?;
        (generation > 0).then_some((number, at + b"obj".len()))
    })
}
