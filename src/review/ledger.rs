//! The ledger (台账): an append-only, hash-chained record of every publication, correction and withdrawal.
//!
//! A CSV with BOM, so that it opens in Excel and WPS. Each row's hash covers the row and the hash before it: a row that
//! is changed, removed or inserted breaks the chain from there on.

use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::digest::Digest;
use crate::moment::Moment;
use crate::notice::{LONGEST_TITLE, NoticeId, Status};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;

/// Its path relative to the site.
pub const FILE: &str = "content/ledger.csv";

/// The most bytes of a line: what a title can take, each quotation mark in it doubled, and all else.
const LONGEST: usize = 4 * LONGEST_TITLE + 1_000;

const HEAD: [&str; 10] = ["seq", "time", "id", "version", "event", "title", "digest", "signoffs", "prev", "hash"];

/// What a row records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A version went public: by all stages, or urgently, before all have signed.
    Published {
        /// Whether it is new, a correction or a withdrawal.
        status: Status,
        /// Whether stages were still missing.
        urgent: bool,
    },
    /// 补审: the missing stages of an urgent publication have signed.
    Completed,
}

impl Event {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Published { status: Status::Current, urgent: false }, "发布"),
        (Self::Published { status: Status::Corrected, urgent: false }, "更正"),
        (Self::Published { status: Status::Withdrawn, urgent: false }, "撤销"),
        (Self::Published { status: Status::Current, urgent: true }, "紧急发布"),
        (Self::Published { status: Status::Corrected, urgent: true }, "紧急更正"),
        (Self::Published { status: Status::Withdrawn, urgent: true }, "紧急撤销"),
        (Self::Completed, "补审"),
    ];

    /// The word in the ledger.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(event, _)| *event == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(event, _)| *event)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The publication time; never before that of the row above.
    pub time: Moment,
    /// The notice.
    pub id: NoticeId,
    /// Its version.
    pub version: u32,
    /// What happened.
    pub event: Event,
    /// Its title.
    pub title: String,
    /// The digest of its content.
    pub digest: Digest,
    /// The [seal](super::sign_off::seal) of the sign-offs on which it happened.
    pub sign_offs: Digest,
}

/// A row: an entry in its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1.
    pub seq: u32,
    /// What is recorded.
    pub entry: Entry,
    /// The hash of the row before; of an empty text for the first.
    pub prev: Digest,
    /// The hash of this row.
    pub hash: Digest,
}

impl Row {
    /// The hash of a row of this number and entry, after one of that hash.
    fn hash(seq: u32, entry: &Entry, prev: Digest) -> Digest {
        let Entry { time, id, version, event, title, digest, sign_offs } = entry;
        let text = format!(
            "jingshi-ledger-v1\n{seq}\n{time}\n{id}\n{version}\n{event}\n{}\n{digest}\n{sign_offs}\n{prev}\n",
            // A line break in a title could make two rows look like one.
            title.replace(['\r', '\n'], " ")
        );
        Digest::of(text.as_bytes())
    }
}

/// An intact chain of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    rows: Vec<Row>,
    /// Where the rows of each notice stand.
    lives: BTreeMap<NoticeId, Vec<usize>>,
}

/// The end of a ledger at some time: how many rows, and the hash of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of rows.
    pub seq: u32,
    /// The hash of the last one.
    pub hash: Digest,
}

impl Ledger {
    /// The rows, oldest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The end of the chain.
    pub fn head(&self) -> Head {
        self.rows
            .last()
            .map_or_else(|| Head { seq: 0, hash: Digest::of(b"") }, |row| Head { seq: row.seq, hash: row.hash })
    }

    /// The time of the last row.
    pub fn last_time(&self) -> Option<Moment> {
        self.rows.last().map(|row| row.entry.time)
    }

    /// The rows of a notice, oldest first.
    pub fn of(&self, id: &NoticeId) -> impl Iterator<Item = &Row> {
        self.at(self.lives.get(id).map_or(&[], Vec::as_slice))
    }

    /// The rows of each notice, oldest first; in the order of ids.
    pub fn lives(&self) -> impl ParallelIterator<Item = Vec<&Row>> {
        self.lives.par_iter().map(|(_, places)| self.at(places).collect())
    }

    fn at<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Row> {
        places.iter().filter_map(|place| self.rows.get(*place))
    }

    /// Adds an entry. The caller has checked that its time is not before the last row's.
    pub fn append(&mut self, entry: Entry) {
        let Head { seq, hash: prev } = self.head();
        let seq = seq.saturating_add(1);
        self.push(Row { hash: Row::hash(seq, &entry, prev), seq, entry, prev });
    }

    fn push(&mut self, row: Row) {
        match self.lives.get_mut(&row.entry.id) {
            Some(places) => places.push(self.rows.len()),
            None => drop(self.lives.insert(row.entry.id.clone(), vec![self.rows.len()])),
        }
        self.rows.push(row);
    }

    /// Whether this ledger goes on from a head that was seen before.
    pub fn continues(&self, head: Head) -> bool {
        head.seq == 0 || self.rows.get(head.seq as usize - 1).is_some_and(|row| row.hash == head.hash)
    }

    /// The bytes of the CSV.
    ///
    /// # Errors
    /// The CSV library refuses to write (never seen: the target is memory).
    pub fn to_csv(&self) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.write().map_err(|error| Box::new(Diagnostic::error(Code::WriteFailed, error.to_string()).in_file(FILE)))
    }

    fn write(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(HEAD)?;
        for Row { seq, entry, prev, hash } in &self.rows {
            let Entry { time, id, version, event, title, digest, sign_offs } = entry;
            let record = [
                seq.to_string(),
                time.to_string(),
                id.to_string(),
                version.to_string(),
                event.to_string(),
                title.clone(),
                digest.to_string(),
                sign_offs.to_string(),
                prev.to_string(),
                hash.to_string(),
            ];
            writer.write_record(record)?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// Reads a ledger and checks its chain; a missing file is an empty ledger. After an error the value is the intact
    /// part above it.
    pub fn read(bytes: Option<&[u8]>) -> Outcome<Self> {
        let mut ledger = Self::default();
        let Some(bytes) = bytes else { return Outcome::clean(ledger) };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if let Some(line) = misshapen(bytes) {
            return Outcome::new(ledger, vec![broken(line, "这一行太长，或引号没有成对")]);
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        for (index, record) in reader.records().enumerate() {
            let record = match record {
                Ok(record) => record,
                Err(_) => return Outcome::new(ledger, vec![broken(line(index), "这一行的列数不对，或不是 UTF-8")]),
            };
            if index == 0 {
                if record.iter().ne(HEAD) {
                    return Outcome::new(ledger, vec![broken(1, "表头不对")]);
                }
                continue;
            }
            let Some(row) = parse(&record) else {
                return Outcome::new(ledger, vec![broken(line(index), "这一行有无法识别的内容")]);
            };
            if let Some(fault) = ledger.fault(&row) {
                return Outcome::new(ledger, vec![broken(line(index), fault)]);
            }
            ledger.push(row);
        }
        let respelt = ledger.respelt(bytes).map(|line| broken(line, "这一行的写法被改动（引号、空行或空格）"));
        Outcome::new(ledger, respelt.into_iter().collect())
    }

    /// The first line that is not spelt as the program spells it. BOM and line ends are for editors and git to choose.
    fn respelt(&self, bytes: &[u8]) -> Option<u32> {
        let own = self.write().ok()?;
        let own = own.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&own);
        let mut pairs = lines(own).zip(lines(bytes));
        let differs = pairs.position(|(own, found)| own != found);
        let (own, found) = (lines(own).count(), lines(bytes).count());
        differs.or((own != found).then(|| own.min(found))).map(line)
    }

    /// Why a row cannot follow the rows so far.
    fn fault(&self, row: &Row) -> Option<&'static str> {
        let Head { seq, hash } = self.head();
        if row.seq != seq.saturating_add(1) || row.prev != hash {
            Some("这一行接不上前一行（有行被删除、插入或调换）")
        } else if Row::hash(row.seq, &row.entry, row.prev) != row.hash {
            Some("这一行的内容被改动")
        } else if self.last_time().is_some_and(|last| row.entry.time < last) {
            Some("这一行的时间早于前一行")
        } else {
            None
        }
    }
}

fn parse(record: &csv::StringRecord) -> Option<Row> {
    let field = |index: usize| record.get(index);
    // Numbers and times are compared with their own spelling, so that `01` is no 1.
    let number =
        |index: usize| field(index)?.parse::<u32>().ok().filter(|number| field(index) == Some(&number.to_string()));
    let entry = Entry {
        time: Moment::parse_canonical(field(1)?)?,
        id: NoticeId::parse(field(2)?)?,
        version: number(3)?,
        event: Event::parse(field(4)?)?,
        // In the hash a line break counts as a space, so that none may stand in the file in place of one.
        title: field(5).filter(|title| !title.contains(['\r', '\n']))?.to_owned(),
        digest: Digest::parse(field(6)?)?,
        sign_offs: Digest::parse(field(7)?)?,
    };
    Some(Row { seq: number(0)?, entry, prev: Digest::parse(field(8)?)?, hash: Digest::parse(field(9)?)? })
}

/// The lines of a file, without their ends and without empty ones after the last.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let last = bytes.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
    bytes[..last].split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// The first line that can be no row, whatever stands in it: no field goes on in the next line, so that quotation marks come
/// in pairs. It is found before anything is taken apart.
fn misshapen(bytes: &[u8]) -> Option<u32> {
    let marks = |line: &[u8]| line.iter().filter(|byte| **byte == b'"').count();
    let is_row = |line: &[u8]| line.len() <= LONGEST && marks(line).is_multiple_of(2);
    bytes.split(|byte| *byte == b'\n').position(|line| !is_row(line)).map(line)
}

fn line(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

fn broken(line: u32, fact: &str) -> Diagnostic {
    Diagnostic::error(Code::LedgerBroken, "台账被改动，与链条对不上")
        .at(FILE, Position::new(line, 1))
        .fact(fact)
        .hint("台账只由程序追加，请从备份或版本库恢复 content/ledger.csv，不要手工编辑")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u32) -> Entry {
        Entry {
            time: Moment::from_unix(1_700_000_000 + i64::from(number)).unwrap(),
            id: NoticeId::parse(&format!("2024-00{number}")).unwrap(),
            version: 1,
            event: Event::Published { status: Status::Current, urgent: false },
            title: format!("标题,“{number}”"),
            digest: Digest::of(b"content"),
            sign_offs: Digest::of(b"sign-offs"),
        }
    }

    fn ledger() -> Ledger {
        let mut ledger = Ledger::default();
        (1..=4).for_each(|number| ledger.append(entry(number)));
        ledger
    }

    #[test]
    fn csv_round_trips_with_bom() {
        let bytes = ledger().to_csv().unwrap();
        assert!(bytes.starts_with("\u{feff}seq,".as_bytes()));
        assert_eq!(Ledger::read(Some(&bytes)), Outcome::clean(ledger()));
        assert_eq!(Ledger::read(None), Outcome::clean(Ledger::default()));
        let crlf = String::from_utf8(bytes).unwrap().replace('\n', "\r\n").replace('\u{feff}', "");
        assert_eq!(Ledger::read(Some(crlf.as_bytes())), Outcome::clean(ledger()), "as git may hand it out on Windows");
    }

    #[test]
    fn the_longest_title_is_read_again() {
        for sign in ["\"", "甲", "😀"] {
            let mut ledger = Ledger::default();
            ledger.append(Entry { title: sign.repeat(LONGEST_TITLE), ..entry(1) });
            assert_eq!(Ledger::read(Some(&ledger.to_csv().unwrap())), Outcome::clean(ledger), "{sign}");
        }
    }

    #[test]
    fn a_changed_removed_inserted_or_moved_row_is_found() {
        let text = String::from_utf8(ledger().to_csv().unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let join = |order: &[usize]| order.iter().map(|index| format!("{}\n", lines[*index])).collect::<String>();
        let mut with_space = Ledger::default();
        with_space.append(Entry { title: "标题 ,“1”".to_owned(), ..entry(1) });
        let spaced = String::from_utf8(with_space.to_csv().unwrap()).unwrap();
        let cases = [
            ("changed", text.replacen("“2”", "“3”", 1), 3),
            ("changed time", text.replacen("T", "t", 1), 2),
            ("zero before a number", text.replacen("\n2,", "\n02,", 1), 3),
            ("removed", join(&[0, 1, 3, 4]), 3),
            ("inserted", join(&[0, 1, 2, 2, 3, 4]), 4),
            ("moved", join(&[0, 2, 1, 3, 4]), 2),
            ("head", text.replacen("seq", "Seq", 1), 1),
            ("quoted", text.replacen("\n2,", "\n\"2\",", 1), 3),
            ("blank line", text.replacen("\n2,", "\n\n2,", 1), 3),
            ("short row", text.replacen(",发布", "", 1), 2),
            ("line break for a space", spaced.replacen("标题 ", "标题\r", 1), 2),
        ];
        for (name, case, line) in cases {
            let outcome = Ledger::read(Some(case.as_bytes()));
            let at = outcome.diagnostics.first().and_then(|found| found.place.as_ref()?.at);
            assert_eq!(at.map(|at| at.line), Some(line), "{name}: {:?}", outcome.diagnostics);
        }
    }

    #[test]
    fn a_shorter_or_other_ledger_does_not_continue_a_head() {
        let head = ledger().head();
        let mut longer = ledger();
        longer.append(entry(5));
        assert!(longer.continues(head));
        let mut other = Ledger::default();
        (2..=6).for_each(|number| other.append(entry(number)));
        assert!(!other.continues(head));
        assert!(!Ledger::default().continues(head));
    }
}
