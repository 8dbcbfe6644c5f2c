//! The pages of the site, as artifacts: home, lists, notices with their versions, and what stands beside them.

mod frame;
mod home;
mod json_ld;
mod list;
mod lookup;
mod notice;
mod plain;
mod search;
mod service;
mod sitemap;
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

/// All pages, pictures and attachments of the site.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let mut artifacts = vec![home::artifact(frame)];
    artifacts.extend(list::artifacts(frame));
    artifacts.extend(notice::artifacts(frame));
    artifacts.extend(lookup::artifacts(frame));
    artifacts.extend(statistics::artifacts(frame));
    artifacts.extend(search::artifacts(frame));
    artifacts.push(subscribe::artifact(frame));
    artifacts.extend(plain::artifacts(frame));
    artifacts.extend(sitemap::artifacts(frame));
    artifacts
}
