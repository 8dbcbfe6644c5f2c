//! `report`: the monthly report as files for the superior office, or the day on which it is due.

mod due;
mod place;
mod result;

use super::args::ReportArgs;
use super::{Report, Session, build};
use crate::artifact::Edition;
use crate::compose::{self, Options, Readings};
use crate::diag::{Class, Code, Diagnostic, Outcome, alone, has_errors};
use crate::disk::SiteDir;
use crate::moment::{Day, Month};
use crate::monthly::{self, Monthly, NoReport};
use crate::output::Target;
use crate::review::Ledger;
use crate::{sheet, workspace};
use std::path::Path;

/// Writes the report of a month, or says when it is due.
pub(super) fn run(session: &Session, args: &ReportArgs) -> Report {
    let month = match month(args.month.as_deref(), session.now.day()) {
        Ok(month) => month,
        Err(error) => return Report::refused(alone(error), ""),
    };
    if args.due {
        return due::run(session, month).unwrap_or_else(|diagnostics| Report::refused(diagnostics, ""));
    }
    let folder = args.output.as_deref().unwrap_or(Path::new(""));
    write(session, month, folder).unwrap_or_else(|diagnostics| Report::refused(diagnostics, "没有写出月报。"))
}

/// The month named; that of today where none is.
fn month(typed: Option<&str>, today: Day) -> Result<Month, Box<Diagnostic>> {
    let Some(typed) = typed else { return Ok(Month::of(today)) };
    Month::parse(typed).ok_or_else(|| {
        let right = Month::guess(typed, today).unwrap_or_else(|| Month::of(today));
        let typed = crate::text::excerpt(&crate::text::printable(typed), 20);
        Box::new(
            Diagnostic::error(Code::Usage, format!("--month 的月份“{typed}”无法识别"))
                .hint(format!("年份四位、月份两位，中间一个减号：--month {right}")),
        )
    })
}

fn write(session: &Session, month: Month, folder: &Path) -> Result<Report, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    place::outside(&site, folder).map_err(alone)?;
    let _reading = site.lock_reading().map_err(alone)?;
    let configuration = workspace::configuration(&site);
    let Outcome { value: config, mut diagnostics } = configuration;
    let Some(config) = config else { return Err(diagnostics) };
    let ledger = workspace::ledger(&site).drain_into(&mut diagnostics);
    let inputs = site.load(Edition::Public).drain_into(&mut diagnostics);
    diagnostics.extend(rewound(&site, &ledger));
    let options = Options { now: session.now, edition: Edition::Public, base_url: config.base_url.clone() };
    let assembled =
        compose::site(&config, Readings::of(inputs, &config), &ledger, &options).drain_into(&mut diagnostics);
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    let report = Monthly::of(&assembled, month).map_err(|error| vec![no_report(error, session.now.day())])?;
    let bytes = sheet::xlsx(&monthly::book(&report)).map_err(|error| {
        vec![Diagnostic::error(Code::WriteFailed, error.to_string()).hint("请把这条消息交给管电脑的同志")]
    })?;
    let name = report.name();
    let files = [(format!("{name}.xlsx"), bytes), (format!("{name}.csv"), monthly::csv(&report))];
    let files = place::put(folder, &files)?;
    Ok(Report { diagnostics, ..result::of(&report, &files) })
}

/// What has been published here and is no longer in the ledger would be missing from the report, too.
fn rewound(site: &SiteDir, ledger: &Ledger) -> Option<Diagnostic> {
    match Target::inspect(&site.join("public")) {
        Ok(target) => build::rewound(ledger, &target),
        Err(error) => (error.code.class() == Class::Io).then_some(*error),
    }
}

fn no_report(error: NoReport, today: Day) -> Diagnostic {
    let (earliest, latest) = match error {
        NoReport::Before { first, .. } => (Month::of(first), Month::of(today)),
        NoReport::Ahead(_) | NoReport::Never(_) => (Month::of(today), Month::of(today)),
    };
    let hint = match error {
        NoReport::Before { .. } => format!("能报的是 {earliest} 到 {latest}：jingshi report --month {earliest}"),
        NoReport::Ahead(_) | NoReport::Never(_) => format!("本月是 {latest}：jingshi report --month {latest}"),
    };
    Diagnostic::error(Code::ReportMonth, error.to_string()).hint(hint)
}
