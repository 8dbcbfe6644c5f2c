//! The page on how to subscribe: what a feed is, which there are, how to use one.

use super::frame::Frame;
use super::list::feed_href;
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::route::OutPath;
use crate::site::{Dimension, List};
use crate::view::{FeedGroupView, FeedView, SubscribePageView};

/// The dimensions whose feeds have a QR code: the few that most people want.
const WITH_CODES: [Dimension; 3] = [Dimension::Kind, Dimension::Level, Dimension::Audience];

pub(super) fn artifact<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    service::page(frame, Service::Subscribe, "subscribe.html", |page, intro_html| SubscribePageView {
        site: &frame.view,
        page,
        intro_html,
        whole: with_code(feed(frame, "全部信息", "feed.xml".to_owned())),
        groups: Dimension::ALL.into_iter().filter_map(|dimension| group(frame, dimension)).collect(),
    })
}

fn group(frame: &Frame<'_>, dimension: Dimension) -> Option<FeedGroupView> {
    let lists = frame.site.lists.iter().filter(|list| list.dimension == dimension);
    let feeds: Vec<FeedView> = lists
        .map(|list| of_list(frame, list))
        .map(|feed| if WITH_CODES.contains(&dimension) { with_code(feed) } else { feed })
        .collect();
    (!feeds.is_empty()).then(|| FeedGroupView { title: dimension.name().to_owned(), feeds })
}

fn of_list(frame: &Frame<'_>, list: &List) -> FeedView {
    let nested = list.term.as_ref().is_some_and(|term| term.group.is_some());
    FeedView { nested, ..feed(frame, &list.title, feed_href(list)) }
}

fn feed(frame: &Frame<'_>, label: &str, href: String) -> FeedView {
    let address = frame.base_url.join(&OutPath::known(href.clone()));
    FeedView { label: label.to_owned(), address, href, nested: false, qr: None }
}

fn with_code(feed: FeedView) -> FeedView {
    let qr = super::frame::qr(&feed.address);
    FeedView { qr, ..feed }
}
