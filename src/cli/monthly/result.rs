//! What `report` says when it has written: the paths, a sentence, and everything as JSON.

use super::super::Report;
use crate::monthly::{self, Breakdown, Counts, Entry, LateReview, Monthly};
use serde_json::{Value, json};

/// The result of a report that has been written.
pub(super) fn of(report: &Monthly<'_>, files: &[String]) -> Report {
    Report {
        output: files.iter().map(|file| format!("{file}\n")).collect(),
        data: data(report, files),
        conclusion: monthly::sentence(report),
        ..Report::default()
    }
}

fn data(report: &Monthly<'_>, files: &[String]) -> Value {
    let days = report.days.as_ref().map(
        |days| json!({ "notices": days.count(), "median": days.median(), "least": days.least(), "most": days.most() }),
    );
    let sampled = report.sampled;
    json!({
        "files": files,
        "bureau": report.bureau,
        "month": report.month.to_string(),
        "until": report.until.to_string(),
        "whole": report.is_whole(),
        "counts": counts(report.counts),
        "breakdowns": report.breakdowns.iter().map(breakdown).collect::<Value>(),
        "sampling": { "notices": sampled.notices, "batches": sampled.batches, "failed": sampled.failed },
        "days": days,
        "events": report.entries.iter().map(event).collect::<Value>(),
    })
}

fn counts(counts: Counts) -> Value {
    json!({
        "published": counts.published, "corrected": counts.corrected, "withdrawn": counts.withdrawn, "total": counts.total(),
    })
}

fn breakdown(breakdown: &Breakdown) -> Value {
    let line = |line: &monthly::Line| json!({ "name": line.name, "part": line.is_part, "counts": counts(line.counts) });
    json!({ "id": breakdown.id, "title": breakdown.title, "lines": breakdown.lines.iter().map(line).collect::<Value>() })
}

fn event(entry: &Entry<'_>) -> Value {
    let notice = entry.notice;
    json!({
        "at": entry.at.to_string(), "id": notice.id.as_str(), "version": notice.version, "event": entry.event(),
        "title": notice.title, "days": entry.delay().map(|(_, days)| days),
        "late_review": entry.late_review.as_ref().map(LateReview::words), "url": entry.address,
    })
}
