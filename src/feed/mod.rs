//! Feeds: one item for every publication, correction and withdrawal, whole and with absolute addresses.
//!
//! An item's identity is the site's tag, the notice and the version: never its address, title or text. An item that is
//! overtaken stays, with a mark in its title; what overtook it is an item of its own.

mod rss;

use crate::artifact::Artifact;
use crate::diag::Diagnostic;
use crate::moment::Moment;
use crate::notice::Status;
use crate::pages::{Frame, notice_view};
use crate::review::Standing;
use crate::route::OutPath;
use crate::site::{Dimension, Event, List};
use crate::text;
use crate::view::FeedItemView;

/// A feed, ready to be written in any format.
struct Feed<'a> {
    title: String,
    description: String,
    /// The page it belongs to, absolute.
    page: String,
    /// Its own address.
    own: String,
    /// From its folder to the style sheet for people who open it in a browser.
    style: Option<String>,
    items: Vec<Item<'a>>,
}

/// A publication, correction or withdrawal.
struct Item<'a> {
    title: String,
    link: String,
    /// `tag:` URI, RFC 4151.
    guid: String,
    published: Moment,
    /// Plain text.
    summary: String,
    /// HTML with absolute addresses.
    content: String,
    /// Domain (a dimension's address) and term.
    categories: Vec<(String, &'a str)>,
}

/// The feeds of the site and of every list.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let whole = std::iter::once(None);
    whole.chain(frame.site.lists.iter().map(Some)).map(|list| artifact(frame, list)).collect()
}

fn artifact<'a>(frame: &'a Frame<'a>, list: Option<&'a List>) -> Artifact<'a> {
    let path = OutPath::known(list.map_or_else(|| "feed.xml".to_owned(), |list| format!("{}feed.xml", list.folder)));
    let own = path.clone();
    Artifact::rendered(path, move || rss::write(frame, &feed(frame, list, &own)?))
}

fn feed<'a>(frame: &'a Frame<'a>, list: Option<&List>, own: &OutPath) -> Result<Feed<'a>, Box<Diagnostic>> {
    let config = frame.site.config;
    let wanted = |event: &&Event| list.is_none_or(|list| list.members.binary_search(&event.dossier).is_ok());
    let events = frame.site.events.iter().filter(wanted).take(config.feed_items);
    let page =
        OutPath::known(list.map_or_else(|| "index.html".to_owned(), |list| format!("{}index.html", list.folder)));
    let title = list.map_or_else(|| config.title.clone(), |list| format!("{} · {}", list.title, config.title));
    let description = if config.banner.is_empty() {
        config.description.clone()
    } else {
        format!("{}{}", config.banner, config.description)
    };
    Ok(Feed {
        title,
        description,
        page: frame.base_url.join(&page),
        own: frame.base_url.join(own),
        style: frame.view.assets.get("feed.css").map(|address| format!("{}{address}", own.to_root())),
        items: events.map(|event| item(frame, *event)).collect::<Result<_, _>>()?,
    })
}

fn item<'a>(frame: &'a Frame<'a>, event: Event) -> Result<Item<'a>, Box<Diagnostic>> {
    let dossier = &frame.site.dossiers[event.dossier];
    let version = &dossier.versions()[event.version];
    let notice = &version.manuscript().notice;
    let root = frame.base_url.as_str();
    let is_last = event.version + 1 == dossier.versions().len();
    let own =
        if is_last { format!("{root}n/{}/", notice.id) } else { format!("{root}n/{}/v{}/", notice.id, notice.version) };
    let view = FeedItemView { root, notice: notice_view(frame, dossier, version, &own, root) };
    let mark = match (is_last, notice.status, version.standing()) {
        (false, ..) if dossier.is_withdrawn() => "【已撤销】",
        (false, ..) => "【已更正】",
        (true, _, Standing::Urgent { .. }) => "【紧急发布，待补审】",
        (true, Status::Current, _) => "",
        (true, Status::Corrected, _) => "【更正】",
        (true, Status::Withdrawn, _) => "【撤销】",
    };
    let change =
        notice.change.as_ref().map(|change| format!("{}（原因：{}）", change.what, change.why)).unwrap_or_default();
    let terms = [
        (Dimension::Kind, std::slice::from_ref(&notice.kind)),
        (Dimension::Level, notice.risk_level.as_slice()),
        (Dimension::Category, notice.category.as_slice()),
        (Dimension::Audience, notice.audience.as_slice()),
        (Dimension::Hazard, notice.hazards.as_slice()),
    ];
    let domain = |dimension: Dimension| format!("{root}{}", dimension.folder());
    let categories =
        terms.iter().flat_map(|(dimension, terms)| terms.iter().map(|term| (domain(*dimension), term.name.as_str())));
    Ok(Item {
        title: format!("{mark}{}", notice.title),
        link: format!("{root}n/{}/", notice.id),
        guid: format!("tag:{}:{}/v{}", frame.site.config.tag, notice.id, notice.version),
        published: event.at,
        summary: text::excerpt(&format!("{change}{}", notice.summary), 200),
        content: frame.theme.render("feed_item.html", &view)?,
        categories: categories.collect(),
    })
}
