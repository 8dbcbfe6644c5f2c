//! Points in time. China has one time zone and no daylight saving, so every moment is kept and shown at +08:00.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant, to the second, shown at +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Moment(DateTime<FixedOffset>);

/// A calendar month, kept as its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Day(NaiveDate);

const BEIJING_SECONDS: i32 = 8 * 3600;

/// The same, as it is written.
const ZONE: &str = "+08:00";

fn beijing() -> FixedOffset {
    // 8 h is always within range; the fallback keeps this free of panics.
    FixedOffset::east_opt(BEIJING_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc))
}

impl Moment {
    /// Reads RFC 3339 (`2024-04-22T09:00:00+08:00`); fractions of a second are dropped. Years outside 1970–9999 are refused.
    pub fn parse(text: &str) -> Option<Self> {
        let moment = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&beijing()).with_nanosecond(0)?;
        (1970..=9999).contains(&moment.year()).then_some(Self(moment))
    }

    /// Reads what RFC 3339 writes, exactly as [`Display`](fmt::Display) writes it; for machine-written files.
    pub fn parse_canonical(text: &str) -> Option<Self> {
        Self::parse(text).filter(|moment| moment.to_string() == text)
    }

    /// The moment of a Unix time in seconds.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let moment = DateTime::from_timestamp(seconds, 0)?.with_timezone(&beijing());
        (1970..=9999).contains(&moment.year()).then_some(Self(moment))
    }

    /// The day on which it falls in China.
    pub fn day(self) -> Day {
        Day(self.0.date_naive())
    }

    /// This moment and some hours.
    pub fn plus_hours(self, hours: u32) -> Self {
        Self(self.0.checked_add_signed(chrono::TimeDelta::hours(i64::from(hours))).unwrap_or(self.0))
    }

    /// `2024-04-22 09:00`, the form 国办发〔2017〕47号 asks for in `PubDate`.
    pub fn to_minute(self) -> String {
        format!("{} {}", self.day(), self.to_clock())
    }

    /// `09:00`.
    pub fn to_clock(self) -> String {
        let (hour, minute) = self.clock();
        let mut text = *b"00:00";
        two(&mut text, hour);
        two(&mut text[3..], minute);
        ascii(&text).to_owned()
    }

    /// `2024年4月22日`.
    pub fn to_chinese_day(self) -> String {
        self.day().to_chinese()
    }

    /// Hour and minute, as clocks in China show them.
    pub fn clock(self) -> (u32, u32) {
        let local = self.0.naive_local();
        (local.hour(), local.minute())
    }

    /// As it is written, with a fraction of a second that tells moments of one second apart, in the order of the ordinal
    /// (`2024-04-22T09:00:00.000001+08:00`); nothing for 0.
    pub fn with_ordinal(self, ordinal: usize) -> String {
        match ordinal {
            0 => self.to_string(),
            more => {
                let whole = self.to_string();
                let (seconds, zone) = whole.split_at(whole.len() - ZONE.len());
                format!("{seconds}.{more:06}{zone}")
            }
        }
    }

    /// RFC 822 with a four-digit year, as RSS 2.0 wants it.
    pub fn to_rfc2822(self) -> String {
        self.0.to_rfc2822()
    }
}

impl TryFrom<i64> for Moment {
    type Error = &'static str;

    fn try_from(seconds: i64) -> Result<Self, Self::Error> {
        Self::from_unix(seconds).ok_or("not a moment")
    }
}

impl From<Moment> for i64 {
    fn from(moment: Moment) -> Self {
        moment.0.timestamp()
    }
}

impl TryFrom<i32> for Day {
    type Error = &'static str;

    fn try_from(days: i32) -> Result<Self, Self::Error> {
        NaiveDate::from_num_days_from_ce_opt(days).map(Self).ok_or("not a day")
    }
}

impl From<Day> for i32 {
    fn from(day: Day) -> Self {
        day.0.num_days_from_ce()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // By hand: the library reads its pattern anew each time, and that was a tenth of a build.
        let mut text = *b"0000-00-00T00:00:00+08:00";
        let local = self.0.naive_local();
        digits(&mut text[..10], Day(local.date()));
        for (place, number) in [(11, local.hour()), (14, local.minute()), (17, local.second())] {
            two(&mut text[place..], number);
        }
        formatter.write_str(ascii(&text))
    }
}

impl Day {
    /// Reads `2024-04-22`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let day = Self(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?);
        // The library also reads `2024- 4-22` and `+2024-4-22`.
        ((1900..=9999).contains(&day.year()) && day.to_string() == text).then_some(day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        // The calendar goes on for a quarter of a million years.
        Self(self.0.succ_opt().unwrap_or(self.0))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// `星期一`.
    pub fn weekday(self) -> &'static str {
        const NAMES: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
        NAMES[self.0.weekday().num_days_from_monday() as usize]
    }

    /// How many days it lies after another one.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// `2024年4月22日`.
    pub fn to_chinese(self) -> String {
        let mut year = *b"0000";
        four(&mut year, self.0.year().unsigned_abs());
        let mut text = String::with_capacity("2024年12月31日".len());
        text.push_str(ascii(&year));
        text.push('年');
        push_short(&mut text, self.0.month());
        text.push('月');
        push_short(&mut text, self.0.day());
        text.push('日');
        text
    }

    /// Reads the forms people type (`2024年4月22日`, `2024-4-22`, `2024/4/22`, `2024.4.22`), to offer the right one.
    pub fn guess(text: &str) -> Option<Self> {
        let parts: Vec<&str> =
            text.split(['年', '月', '日', '-', '/', '.']).map(str::trim).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [year, month, day] => {
                let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
                (1900..=9999).contains(&day.year()).then_some(Self(day))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"0000-00-00";
        digits(&mut text, *self);
        formatter.write_str(ascii(&text))
    }
}

/// Writes a day over `0000-00-00`; years have four digits, see [`Moment::parse`] and [`Day::parse`].
fn digits(text: &mut [u8], day: Day) {
    four(text, day.year().unsigned_abs());
    two(&mut text[5..], day.month());
    two(&mut text[8..], day.day_of_month());
}

/// Writes the last four digits of a number over the first four of a text.
fn four(text: &mut [u8], number: u32) {
    two(text, number / 100);
    two(&mut text[2..], number);
}

/// Adds a number of one or two digits.
fn push_short(text: &mut String, number: u32) {
    let mut digits = *b"00";
    two(&mut digits, number);
    text.push_str(ascii(if number < 10 { &digits[1..] } else { &digits }));
}

/// Digits and signs as text.
fn ascii(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

/// Writes the last two digits of a number over the first two of a text.
fn two(text: &mut [u8], number: u32) {
    const DIGITS: &[u8; 10] = b"0123456789";
    for (place, digit) in text.iter_mut().zip([number / 10 % 10, number % 10]) {
        *place = DIGITS[digit as usize];
    }
}

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self(day.0.with_day(1).unwrap_or(day.0))
    }

    /// Reads `2024-06`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        Day::parse(&format!("{text}-01")).map(Self::of).filter(|month| month.to_string() == text)
    }

    /// Reads the forms people type (`2024年6月`, `2024-6`, `2024/06`, `202406`, `6月` of the year of a day), to offer the
    /// right one.
    pub fn guess(text: &str, today: Day) -> Option<Self> {
        let parts: Vec<&str> =
            text.split(['年', '月', '-', '/', '.']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let (year, month) = match parts[..] {
            [year, month] => (year.parse().ok()?, month.parse().ok()?),
            [both] if both.len() == 6 && both.is_ascii() => (both[..4].parse().ok()?, both[4..].parse().ok()?),
            [month] => (today.year(), month.parse().ok()?),
            _ => return None,
        };
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        (1900..=9999).contains(&first.year()).then_some(Self(first))
    }

    /// Its first day.
    pub fn first(self) -> Day {
        Day(self.0)
    }

    /// Its last day.
    pub fn last(self) -> Day {
        let next = self.0.checked_add_months(chrono::Months::new(1));
        Day(next.and_then(|next| next.pred_opt()).unwrap_or(self.0))
    }

    /// A day of it by its number; the last one where it has fewer.
    pub fn day(self, number: u32) -> Day {
        self.0.with_day(number).map_or_else(|| self.last(), Day)
    }

    /// `2024年6月`.
    pub fn to_chinese(self) -> String {
        format!("{}年{}月", self.0.year(), self.0.month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y-%m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn moments_and_days_are_written_as_the_library_writes_them(seconds in 0_i64..253_402_214_400) {
            let moment = Moment::from_unix(seconds).unwrap();
            assert_eq!(moment.to_string(), moment.0.format("%Y-%m-%dT%H:%M:%S%:z").to_string());
            assert_eq!(moment.to_minute(), moment.0.format("%Y-%m-%d %H:%M").to_string());
            assert_eq!(moment.to_clock(), moment.0.format("%H:%M").to_string());
            assert_eq!(moment.day().to_string(), moment.0.format("%Y-%m-%d").to_string());
            assert_eq!(moment.to_chinese_day(), moment.0.format("%-Y年%-m月%-d日").to_string());
            assert_eq!(Moment::parse_canonical(&moment.to_string()), Some(moment));
        }
    }

    #[test]
    fn every_offset_is_shown_at_beijing_time() {
        let moment = Moment::parse("2024-04-22T01:00:00.5Z").unwrap();
        assert_eq!(moment.to_string(), "2024-04-22T09:00:00+08:00");
        assert_eq!(moment.to_minute(), "2024-04-22 09:00");
        assert_eq!(moment.to_rfc2822(), "Mon, 22 Apr 2024 09:00:00 +0800");
        assert_eq!(Moment::parse_canonical("2024-04-22T01:00:00Z"), None);
    }

    #[test]
    fn only_the_iso_form_is_a_day_and_others_are_guessed() {
        assert_eq!(Day::parse("2024-4-22"), None);
        assert_eq!(Day::parse("2024-02-30"), None);
        assert_eq!((Day::parse("2024- 4-22"), Day::parse("+2024-4-22")), (None, None));
        assert_eq!(Day::guess("2024年4月22日").unwrap().to_string(), "2024-04-22");
        assert_eq!(Day::guess("2024/4/22").unwrap().to_string(), "2024-04-22");
        assert_eq!(Day::guess("下周"), None);
    }

    #[test]
    fn only_the_iso_form_is_a_month_and_others_are_guessed() {
        let month = Month::parse("2024-02").unwrap();
        assert_eq!((month.first().to_string(), month.last().to_string()), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!((month.day(20).to_string(), month.day(31)), ("2024-02-20".into(), month.last()));
        assert_eq!((month.to_string(), month.to_chinese()), ("2024-02".into(), "2024年2月".into()));
        for wrong in ["2024-2", "2024-13", "2024/02", "2月", "202402", "2024-02-01", "+2024-02", "1899-12", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
        let today = Day::parse("2024-06-30").unwrap();
        for typed in ["2024-2", "2024/02", "2024年2月", "2024.2", "202402", "2月", "2"] {
            assert_eq!(Month::guess(typed, today), Some(month), "{typed}");
        }
        assert_eq!(["2024-13", "上月", "2024-06-01", ""].map(|typed| Month::guess(typed, today)), [None; 4]);
    }

    #[test]
    fn weeks_begin_on_monday_and_a_day_follows_on_another() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!((day("2024-06-21").weekday(), day("2024-06-21").is_weekend()), ("星期五", false));
        assert_eq!(day("2024-02-29").next(), day("2024-03-01"));
        assert!(day("2024-06-22").is_weekend() && day("2024-06-23").is_weekend() && !day("2024-06-24").is_weekend());
    }
}
