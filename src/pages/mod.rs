//! The pages of the site, as artifacts: home, lists, notices with their versions, and what stands beside them.

mod frame;
mod home;
mod json_ld;
mod ledger;
mod list;
mod lookup;
mod notice;
mod plain;
mod search;
mod service;
mod sitemap;
mod split;
mod statistics;
mod subscribe;
mod table;
mod terms;

pub use frame::Frame;
pub(crate) use frame::notice_href;
pub(crate) use json_ld::{bureau_ref, graph};
pub use notice::find as find_of_notice;
pub(crate) use notice::{folder as version_folder, notice_view, outline_view};
pub(crate) use service::{Service, page as service_page};

use crate::artifact::Artifact;
use rayon::prelude::*;

/// All pages, pictures and attachments of the site, kind by kind.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Vec<Artifact<'a>>> {
    let kinds = [
        list::artifacts,
        notice::artifacts,
        lookup::artifacts,
        statistics::artifacts,
        search::artifacts,
        plain::artifacts,
        ledger::artifacts,
        sitemap::artifacts,
    ];
    let alone = vec![home::artifact(frame), subscribe::artifact(frame)];
    kinds.par_iter().map(|kind| kind(frame)).chain([alone]).collect()
}
