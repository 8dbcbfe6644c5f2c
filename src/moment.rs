//! Points in time. China has one time zone and no daylight saving, so every moment is kept and shown at +08:00.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};
use std::fmt;

/// An instant, to the second, shown at +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime<FixedOffset>);

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

const BEIJING_SECONDS: i32 = 8 * 3600;

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
        self.0.format("%Y-%m-%d %H:%M").to_string()
    }

    /// `09:00`.
    pub fn to_clock(self) -> String {
        self.0.format("%H:%M").to_string()
    }

    /// `2024年4月22日`.
    pub fn to_chinese_day(self) -> String {
        self.day().to_chinese()
    }

    /// As it is written, with a fraction of a second that tells moments of one second apart, in the order of the ordinal
    /// (`2024-04-22T09:00:00.000001+08:00`); nothing for 0.
    pub fn with_ordinal(self, ordinal: usize) -> String {
        match ordinal {
            0 => self.to_string(),
            more => format!("{}.{more:06}{}", self.0.format("%Y-%m-%dT%H:%M:%S"), self.0.format("%:z")),
        }
    }

    /// RFC 822 with a four-digit year, as RSS 2.0 wants it.
    pub fn to_rfc2822(self) -> String {
        self.0.to_rfc2822()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y-%m-%dT%H:%M:%S%:z"))
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

    /// How many days it lies after another one.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// `2024年4月22日`.
    pub fn to_chinese(self) -> String {
        format!("{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }

    /// Reads the forms people type (`2024年4月22日`, `2024-4-22`, `2024/4/22`, `2024.4.22`), to offer the right one.
    pub fn guess(text: &str) -> Option<Self> {
        let parts: Vec<&str> =
            text.split(['年', '月', '日', '-', '/', '.']).map(str::trim).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [year, month, day] => {
                Some(Self(NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y-%m-%d"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
