//! The day on which a month is to be reported: the 20th, or the next working day where that is none (原市监发〔2024〕41号
//! 五（二）).
//!
//! In: a month, the calendar of working days, today. Out: the day, why it was moved, and how far it is off.

use crate::moment::{Day, Month};
use crate::workdays::{Calendar, Workday, YearUnknown};

/// The day of the month that the notice names.
const NAMED: u32 = 20;

/// The reporting day of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The month.
    pub month: Month,
    /// The 20th.
    pub named: Day,
    /// When people work on or after it.
    pub workday: Workday,
}

impl Due {
    /// The reporting day of a month.
    ///
    /// # Errors
    /// The holidays of its year are not known.
    pub fn of(month: Month, calendar: &Calendar) -> Result<Self, YearUnknown> {
        let named = month.day(NAMED);
        Ok(Self { month, named, workday: calendar.workday_from(named)? })
    }

    /// The day.
    pub fn day(&self) -> Day {
        self.workday.day
    }

    /// `2026年2月的报送日是2026年2月24日（星期二），因20日遇春节而顺延；还有 4 天。`
    pub fn sentence(&self, today: Day) -> String {
        let mut reasons: Vec<&str> = self.workday.passed.iter().map(|(_, reason)| reason.as_str()).collect();
        reasons.dedup();
        let moved = match reasons[..] {
            [] => String::new(),
            _ => format!("，因{NAMED}日遇{}而顺延", reasons.join("、")),
        };
        let (day, month) = (self.day(), self.month.to_chinese());
        format!("{month}的报送日是{}（{}）{moved}；{}。", day.to_chinese(), day.weekday(), self.off(today))
    }

    fn off(&self, today: Day) -> String {
        match self.day().days_since(today) {
            0 => "就是今天".to_owned(),
            left if left > 0 => format!("还有 {left} 天"),
            past => format!("已过 {} 天", past.unsigned_abs()),
        }
    }
}
