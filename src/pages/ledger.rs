//! 信息台账: every publication, correction and withdrawal, without what waits for its `publish_at`.

use super::frame::{Frame, home_link, notice_href, time, version_href};
use super::json_ld;
use super::split::{self, Split};
use crate::artifact::{Artifact, Key};
use crate::review::ledger::Row;
use crate::route::OutPath;
use crate::view::{LedgerPageView, LedgerRowView, LedgerView};
use std::sync::Arc;

/// Its folder.
const FOLDER: &str = "ledger/";

/// Rows on a page: 50 KB of HTML, which a phone shows at once; ten years of a county's would be megabytes.
const ROWS: usize = 100;

/// A row and the page of its version.
struct Shown<'a> {
    row: &'a Row,
    href: String,
}

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let rows: Arc<[Shown<'a>]> = frame.site.ledger.rows().iter().filter_map(|row| shown(frame, row)).collect();
    let split = Split::of(rows.len(), ROWS);
    split.numbers().map(|number| page(frame, &rows, split, number)).collect()
}

fn shown<'a>(frame: &Frame<'_>, row: &'a Row) -> Option<Shown<'a>> {
    let entry = &row.entry;
    let dossier = frame.site.find(&entry.id)?;
    let is_public = dossier.versions().iter().any(|version| version.manuscript().notice.version == entry.version);
    let is_current = dossier.current().manuscript().notice.version == entry.version;
    let href = || if is_current { notice_href(&entry.id) } else { version_href(&entry.id, entry.version) };
    is_public.then(|| Shown { row, href: href() })
}

fn page<'a>(frame: &'a Frame<'a>, rows: &Arc<[Shown<'a>]>, split: Split, number: usize) -> Artifact<'a> {
    let (rows, members) = (Arc::clone(rows), split.members(number));
    let path = OutPath::known(split::href(FOLDER, number));
    let newer = split.newer(FOLDER, number, "较新的记录");
    let older = split.older(FOLDER, number, "较早的记录");
    let count = if number == 0 { split.total } else { 0 };
    let around = Key::of([format!("{count} {newer:?} {older:?}")]);
    let own = rows[members.clone()].iter().map(|shown| Key::of([shown.row.hash.bytes(), shown.href.as_bytes()]));
    let key = frame.key(std::iter::once(around).chain(own));
    frame.page((path, key), "ledger.html", move |mut page| {
        page.title =
            if number == 0 { "信息台账".to_owned() } else { format!("信息台账（第 {number} 页）") };
        page.description = "本站每一次发布、更正和撤销的记录".to_owned();
        page.breadcrumbs = vec![home_link()];
        page.section = split::href(FOLDER, 0);
        page.json_ld_html = json_ld::graph(frame, &page, json_ld::plain(frame, &page));
        let rows = rows[members.clone()].iter().rev().map(row_view).collect();
        let ledger = LedgerView { count, rows, number, newer: newer.clone(), older: older.clone() };
        LedgerPageView { site: &frame.view, page, ledger }
    })
}

fn row_view(Shown { row, href }: &Shown<'_>) -> LedgerRowView {
    let entry = &row.entry;
    LedgerRowView {
        seq: row.seq,
        time: time(entry.time),
        event: entry.event.to_string(),
        id: entry.id.to_string(),
        version: entry.version,
        title: entry.title.clone(),
        href: href.clone(),
        hash: row.hash.short(),
    }
}
