//! The page on how to subscribe: what a feed is, which there are, how to use one.

use super::frame::{self, Frame};
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::cap;
use crate::route::OutPath;
use crate::site::{Channel, Dimension, Format};
use crate::view::{FeedFormView, FeedGroupView, FeedView, SubscribePageView};

/// The dimensions whose feeds have a QR code: the few that most people want.
const WITH_CODES: [Dimension; 3] = [Dimension::Kind, Dimension::Level, Dimension::Audience];

pub(super) fn artifact<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    service::page(frame, Service::Subscribe, "subscribe.html", |page, intro_html| SubscribePageView {
        site: &frame.view,
        page,
        intro_html,
        whole: with_code(feed(frame, "全部信息", "")),
        groups: Dimension::ALL.into_iter().filter_map(|dimension| group(frame, dimension)).collect(),
        data_href: Service::Data.href(),
        alerts_href: frame.site.config.cap.as_ref().map(|_| cap::index_href()).unwrap_or_default(),
    })
}

fn group(frame: &Frame<'_>, dimension: Dimension) -> Option<FeedGroupView> {
    let channels = frame.site.channels.iter().filter_map(|channel| of_term(frame, channel, dimension));
    let feeds: Vec<FeedView> =
        channels.map(|feed| if WITH_CODES.contains(&dimension) { with_code(feed) } else { feed }).collect();
    (!feeds.is_empty()).then(|| FeedGroupView { title: dimension.name().to_owned(), feeds })
}

fn of_term(frame: &Frame<'_>, channel: &Channel, wanted: Dimension) -> Option<FeedView> {
    let (_, term) = channel.subject.as_ref().filter(|(dimension, _)| *dimension == wanted)?;
    Some(FeedView { nested: term.group.is_some(), ..feed(frame, &term.name, &channel.folder) })
}

fn feed(frame: &Frame<'_>, label: &str, folder: &str) -> FeedView {
    let href = |format: Format| format!("{folder}{}", format.file());
    let others = [Format::Atom, Format::Json];
    FeedView {
        label: label.to_owned(),
        address: frame.base_url.join(&OutPath::known(href(Format::Rss))),
        href: href(Format::Rss),
        others: others.map(|format| FeedFormView { name: format.name(), href: href(format) }).to_vec(),
        nested: false,
        qr: None,
    }
}

fn with_code(feed: FeedView) -> FeedView {
    let qr = frame::qr(&feed.address);
    FeedView { qr, ..feed }
}
