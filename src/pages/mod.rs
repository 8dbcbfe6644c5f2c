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

/// All pages, pictures and attachments of the site.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let parts = [
        list::artifacts,
        notice::artifacts,
        lookup::artifacts,
        statistics::artifacts,
        search::artifacts,
        plain::artifacts,
        ledger::artifacts,
        sitemap::artifacts,
    ];
    let alone = [home::artifact(frame), subscribe::artifact(frame)];
    parts.par_iter().flat_map_iter(|part| part(frame)).chain(alone).collect()
}
