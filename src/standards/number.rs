//! Standard numbers, parsed once and shown in one form.

use super::folded::Folded;
use super::spelling::Spelling;
use std::cmp::Ordering;
use std::fmt;

/// The number of a standard: `GB 811-2022`, `GB/T 28004.2-2021`, `T/ZZB 0609-2018`, or undated `GB 4806.1`.
///
/// Ordered by serial, part and year, so that the editions of a standard stand together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number {
    prefix: String,
    serial: String,
    year: Option<u16>,
}

impl Number {
    /// A number of parts that the grammar has found.
    pub(super) fn new(prefix: String, serial: String, year: Option<u16>) -> Self {
        Self { prefix, serial, year }
    }

    /// Reads a number and nothing else. Spaces, full-width signs and every kind of dash make no difference (GB/T 1.1
    /// prints `GB 811—2022` where data have `GB 811-2022`); a year of two digits is one of the last century.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = Folded::new(text.trim());
        let spelling = Spelling::at(&folded.signs, 0)?;
        let is_whole = spelling.end == folded.signs.len() && !spelling.is_faulty() && spelling.last_part.is_none();
        is_whole.then_some(spelling.number)
    }

    /// The code in front: `GB`, `GB/T`, `DB14/T`, `T/ZZB`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The serial number with its part: `811`, `28004.2`.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The year, if the number names an edition.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// The number without its year.
    #[must_use]
    pub fn undated(&self) -> Self {
        Self { year: None, ..self.clone() }
    }

    /// The number with another part and the same year, for series such as `GB 6675.1～4`.
    pub(super) fn with_part(&self, part: u32) -> Self {
        let main = self.serial.split('.').next().unwrap_or_default();
        Self { serial: format!("{main}.{part}"), ..self.clone() }
    }

    /// Whether both name the same standard, whatever the year and whether it binds.
    pub fn is_edition_of(&self, other: &Self) -> bool {
        self.family() == other.family() && self.serial == other.serial
    }

    /// The code without what says whether it binds.
    fn family(&self) -> &str {
        self.prefix.strip_suffix("/T").or_else(|| self.prefix.strip_suffix("/Z")).unwrap_or(&self.prefix)
    }

    /// The parts of the serial as numbers.
    fn parts(&self) -> impl Iterator<Item = u32> {
        self.serial.split('.').map(|part| part.parse().unwrap_or(u32::MAX))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts()
            .cmp(other.parts())
            .then(self.year.cmp(&other.year))
            .then_with(|| self.prefix.cmp(&other.prefix))
            .then_with(|| self.serial.cmp(&other.serial))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.prefix, self.serial)?;
        self.year.map_or(Ok(()), |year| write!(formatter, "-{year}"))
    }
}
