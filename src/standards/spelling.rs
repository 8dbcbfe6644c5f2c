//! The grammar of standard numbers as people type them, right or wrong. A hand-written reader: it looks at the signs on
//! both sides of a number and remembers what was wrong, and no other part of the program needs regular expressions.

use super::folded::is_word;
use super::number::Number;

/// Codes of trades (行业标准), of measurement (JJG, JJF), of military and of special equipment (GJB, TSG).
const TRADES: &[&str] = &[
    "AQ", "BB", "CB", "CH", "CJ", "CY", "DA", "DL", "DZ", "EJ", "FZ", "GA", "GC", "GH", "GJB", "GM", "GY", "HB", "HG",
    "HJ", "HS", "HY", "JB", "JC", "JG", "JJF", "JJG", "JR", "JT", "JY", "KA", "LB", "LD", "LS", "LY", "MH", "MT", "MZ",
    "NB", "NY", "QB", "QC", "QJ", "QX", "RB", "RF", "SB", "SC", "SF", "SH", "SJ", "SL", "SN", "SW", "SY", "TB", "TD",
    "TSG", "TY", "WB", "WH", "WJ", "WM", "WS", "WW", "XB", "XF", "YB", "YC", "YD", "YJ", "YS", "YY", "YZ", "ZY",
];

/// The longest list that `GB 6675.1～4` may stand for.
const LONGEST_SERIES: u32 = 30;

/// What may be wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Small letters.
    Letters,
    /// The `/T` or `/Z`.
    Kind,
    /// What stands between the code and the serial.
    Gap,
    /// What stands after the serial.
    Tail,
}

/// A standard number as it was typed.
pub(super) struct Spelling {
    /// What was meant.
    pub number: Number,
    /// The last part of a series: the 4 of `GB 6675.1～4`.
    pub last_part: Option<u32>,
    /// The sign after it.
    pub end: usize,
    faults: Vec<Fault>,
}

impl Spelling {
    /// The number that begins at a sign; none where there is none, or what follows shows that it is something else, such
    /// as the name of a product.
    pub(super) fn at(signs: &[char], start: usize) -> Option<Self> {
        let mut reader = Reader { signs, at: start };
        let (prefix, mut faults) = reader.prefix()?;
        faults.extend(reader.gap_before_serial());
        let number = Number::new(prefix, reader.serial()?, None);
        let mut spelling = Self { number, last_part: None, end: reader.at, faults };
        spelling.tail(&mut reader)?;
        spelling.end = reader.at;
        let next = reader.peek();
        let goes_on = matches!(next, Some('-' | '_')) && reader.after(1).is_some_and(is_word);
        (!next.is_some_and(is_word) && !goes_on).then_some(spelling)
    }

    /// Whether anything is wrong.
    pub(super) fn is_faulty(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Whether a certain thing is wrong.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// The right way to write it.
    pub(super) fn suggestion(&self) -> String {
        let Some(last) = self.last_part else { return self.number.to_string() };
        let year = self.number.year().map(|year| format!("-{year}")).unwrap_or_default();
        format!("{}～{last}{year}", self.number.undated())
    }

    /// Reads the series and the year. None where they show that this is no standard.
    fn tail(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        if let Some((year, main)) = self.year_after_point() {
            self.number = Number::new(self.number.prefix().to_owned(), main, Some(year));
            self.faults.push(Fault::Tail);
            return Some(());
        }
        self.last_part = reader.series(self.number.serial());
        match reader.year() {
            Year::None => {}
            Year::Right(year) => self.date(year),
            Year::Wrong(year) => {
                self.faults.push(Fault::Tail);
                year.into_iter().for_each(|year| self.date(year));
            }
            Year::Part(last) => {
                part(self.number.serial()).filter(|first| *first < last)?;
                self.faults.push(Fault::Tail);
                self.last_part = Some(last);
            }
            Year::Impossible => return None,
        }
        Some(())
    }

    fn date(&mut self, year: u16) {
        self.number = Number::new(self.number.prefix().to_owned(), self.number.serial().to_owned(), Some(year));
    }

    /// The year and the serial of `GB 811.2022`.
    fn year_after_point(&self) -> Option<(u16, String)> {
        let (main, last) = self.number.serial().rsplit_once('.')?;
        Some((full_year(last)?, main.to_owned()))
    }
}

/// What follows a serial.
enum Year {
    None,
    Right(u16),
    /// Badly written, or missing after its dash.
    Wrong(Option<u16>),
    /// A single digit: a part, as in `GB 6675.1-4`.
    Part(u32),
    /// What no standard has: the number of a product or batch.
    Impossible,
}

struct Reader<'a> {
    signs: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn after(&self, steps: usize) -> Option<char> {
        self.signs.get(self.at + steps).copied()
    }

    fn peek(&self) -> Option<char> {
        self.after(0)
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let taken: String = self.signs.iter().skip(self.at).copied().take_while(|sign| belongs(*sign)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn spaces(&mut self) -> usize {
        self.take(|sign| sign == ' ').len()
    }

    fn digits(&mut self) -> String {
        self.take(|sign| sign.is_ascii_digit())
    }

    /// Runs a step; goes back where it finds nothing.
    fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        step(self).or_else(|| {
            self.at = before;
            None
        })
    }

    /// The code in front in its right form, and what is wrong with it.
    fn prefix(&mut self) -> Option<(String, Vec<Fault>)> {
        let typed = self.take(|sign| sign.is_ascii_alphabetic());
        let code = typed.to_ascii_uppercase();
        let (prefix, kind) = match code.as_str() {
            "GBT" => ("GB/T".to_owned(), Some(Fault::Kind)),
            "GB" | "GBZ" => self.kind(&code)?,
            "T" | "Q" => (self.owner(&code)?, None),
            "DB" => {
                let place = self.digits();
                (2..=6).contains(&place.len()).then_some(())?;
                self.kind(&format!("DB{place}"))?
            }
            trade if TRADES.contains(&trade) => self.kind(&code)?,
            _ => return None,
        };
        let letters = (typed != code).then_some(Fault::Letters);
        Some((prefix, letters.into_iter().chain(kind).collect()))
    }

    /// `/T` or `/Z` after a code, and whether it was typed otherwise.
    fn kind(&mut self, code: &str) -> Option<(String, Option<Fault>)> {
        let kind = self.attempt(|reader| {
            let gap = reader.spaces();
            let sign = reader.peek().filter(|sign| matches!(sign, '/' | '-' | '—' | '_' | '\\' | '|' | '.' | '·'));
            reader.at += usize::from(sign.is_some());
            let gap = gap + reader.spaces();
            let letter = reader.peek().filter(|letter| matches!(letter, 'T' | 'Z' | 't' | 'z'))?;
            reader.at += 1;
            let is_alone = !reader.peek().is_some_and(|next| next.is_ascii_alphabetic());
            let fault = (sign != Some('/') || letter.is_ascii_lowercase()).then_some(Fault::Kind);
            (is_alone && (sign.is_some() || gap > 0))
                .then(|| (format!("{code}/{}", letter.to_ascii_uppercase()), fault))
        });
        // A slash before anything else means two things side by side, not one number.
        if kind.is_none() && self.peek() == Some('/') {
            return None;
        }
        Some(kind.unwrap_or_else(|| (code.to_owned(), None)))
    }

    /// The association of `T/` or the enterprise of `Q/`.
    fn owner(&mut self, code: &str) -> Option<String> {
        (self.peek()? == '/').then_some(())?;
        self.at += 1;
        let spaced = self.attempt(|reader| {
            let owner = reader.take(is_word);
            (reader.peek() == Some(' ') && owner.len() > 1).then_some(owner)
        });
        let owner = spaced.unwrap_or_else(|| self.take(|sign| sign.is_ascii_uppercase()));
        (owner.len() > 1 && owner.chars().all(|sign| !sign.is_ascii_lowercase())).then(|| format!("{code}/{owner}"))
    }

    /// Steps to the serial; only spaces may stand before it.
    fn gap_before_serial(&mut self) -> Option<Fault> {
        self.spaces();
        let fault = matches!(self.peek(), Some('-' | '—' | '_')).then_some(Fault::Gap);
        self.at += usize::from(fault.is_some());
        self.spaces();
        fault
    }

    /// `811`, `28004.2`; at most five digits before the first point.
    fn serial(&mut self) -> Option<String> {
        let mut serial = self.digits();
        (1..=5).contains(&serial.len()).then_some(())?;
        while let Some(part) = self.attempt(|reader| {
            (reader.peek()? == '.').then(|| reader.at += 1)?;
            let part = reader.digits();
            (1..=4).contains(&part.len()).then_some(part)
        }) {
            serial = format!("{serial}.{part}");
        }
        Some(serial)
    }

    /// The last part of `6675.1～4` or `6675.1～6675.4`.
    fn series(&mut self, serial: &str) -> Option<u32> {
        let first = part(serial)?;
        let main = serial.split('.').next().unwrap_or_default();
        self.attempt(|reader| {
            reader.spaces();
            (reader.peek()? == '~').then(|| reader.at += 1)?;
            reader.spaces();
            let typed = reader.take(|sign| sign.is_ascii_digit() || sign == '.');
            let last = typed.strip_prefix(main).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&typed);
            last.parse().ok().filter(|last| (first + 1..=first.saturating_add(LONGEST_SERIES)).contains(last))
        })
    }

    fn year(&mut self) -> Year {
        let before = self.at;
        let year = self.read_year();
        if matches!(year, Year::None) {
            self.at = before;
        }
        year
    }

    fn read_year(&mut self) -> Year {
        let gap = self.spaces();
        let sign = self.take(|sign| matches!(sign, '-' | '—' | '_' | ':' | '一'));
        let after_sign = self.at;
        let is_tight = gap + self.spaces() == 0;
        let digits = self.digits();
        let is_dash = matches!(sign.as_str(), "-" | "—");
        let is_slip = matches!(sign.as_str(), "--" | "——" | "_" | ":" | "一");
        match (digits.len(), full_year(&digits)) {
            (4, Some(year)) if is_dash => Year::Right(year),
            // “GB 811:2022年” tells of a year, “GB 811——2022年” may.
            (4, Some(year)) if is_slip && is_tight && self.peek() != Some('年') => Year::Wrong(Some(year)),
            (0, _) if sign == "-" && gap == 0 => {
                self.at = after_sign;
                if self.peek().is_some_and(is_word) { Year::Impossible } else { Year::Wrong(None) }
            }
            (2, _) if is_dash && is_tight => two_digits(&digits),
            (1, _) if sign == "-" && is_tight => digits.parse().map_or(Year::Impossible, Year::Part),
            (3.., _) if is_dash || sign == "_" => Year::Impossible,
            _ => Year::None,
        }
    }
}

/// A year of two digits: until 1994 that was the rule, today it is a slip.
fn two_digits(digits: &str) -> Year {
    match digits.parse::<u16>() {
        Ok(year @ 50..) => Year::Right(1900 + year),
        Ok(year @ ..=35) => Year::Wrong(Some(2000 + year)),
        _ => Year::Impossible,
    }
}

fn full_year(digits: &str) -> Option<u16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2100).contains(year))
}

/// The part of a serial of two: the 2 of `28004.2`.
fn part(serial: &str) -> Option<u32> {
    serial.split_once('.')?.1.parse().ok()
}
