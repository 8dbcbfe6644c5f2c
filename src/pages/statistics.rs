//! The page of the statistics, and its numbers to download.

use super::frame::{Frame, size};
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::moment::Day;
use crate::route::OutPath;
use crate::statistics::{self, Figure, Panel};
use crate::view::{DownloadView, EntryView, FigureTableView, FigureView, PanelView, StatisticsPageView};
use std::sync::Arc;

const CSV: &str = "statistics/statistics.csv";

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let figures: Arc<[Figure]> = statistics::figures(frame.site).into();
    let bytes: Arc<[u8]> = statistics::csv(&figures).into();
    let download = (!figures.is_empty()).then(|| DownloadView {
        name: "statistics.csv".to_owned(),
        href: CSV.to_owned(),
        size: size(bytes.len() as u64),
    });
    let file =
        download.as_ref().map(|_| Artifact::rendered(OutPath::known(CSV), frame.whole(), move || Ok(bytes.to_vec())));
    let page =
        service::page(frame, Service::Statistics, "statistics.html", move |page, intro_html| StatisticsPageView {
            site: &frame.view,
            page,
            intro_html,
            until: statistics::until(frame.site).map(Day::to_chinese).unwrap_or_default(),
            figures: figures.iter().map(figure).collect(),
            withdrawn: withdrawn(frame),
            download: download.clone(),
        });
    std::iter::once(page).chain(file).collect()
}

fn figure(figure: &Figure) -> FigureView {
    FigureView {
        id: figure.id,
        title: figure.title.clone(),
        finding: figure.finding.clone(),
        note: figure.note.clone(),
        panels: figure.panels.iter().map(panel).collect(),
        table: FigureTableView {
            caption: format!("{}：数字", figure.title),
            head: figure.head.clone(),
            rows: figure.rows.clone(),
        },
    }
}

fn panel(panel: &Panel) -> PanelView {
    PanelView { title: panel.title.clone(), finding: panel.finding.clone(), chart: panel.chart.clone() }
}

fn withdrawn(frame: &Frame<'_>) -> Vec<EntryView> {
    let dossiers = frame.site.dossiers.iter().rev().filter(|dossier| dossier.is_withdrawn());
    dossiers.map(|dossier| frame.entry(dossier)).collect()
}
