//! Feeds as a feed reader takes them: well-formed, whole, absolute, and with identities that never change.

use crate::samples::{MARKER, PIXEL, notice};
use crate::site::Site;
use quick_xml::events::Event;
use std::collections::BTreeSet;

/// An element's text by its name, in the order of the feed; attributes stand as `name@attribute`.
type Fields = Vec<(String, String)>;

/// The fields of the channel and of each item. Fails where the feed is not well-formed.
fn parse(text: &str) -> (Fields, Vec<Fields>) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut channel, mut items) = (Fields::new(), Vec::<Fields>::new());
    let mut open: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{text}")) {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if name == "item" {
                    items.push(Fields::new());
                }
                attributes(&start, items.last_mut().unwrap_or(&mut channel));
                open.push((name, String::new()));
            }
            Event::Empty(empty) => attributes(&empty, items.last_mut().unwrap_or(&mut channel)),
            Event::Text(piece) => push(&mut open, &piece.xml10_content()),
            Event::CData(piece) => push(&mut open, &piece.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = |name: &str| quick_xml::escape::resolve_predefined_entity(name).unwrap().to_owned();
                let character = reference.resolve_char_ref().unwrap().map(String::from);
                push(&mut open, &character.unwrap_or_else(|| named(&reference)));
            }
            Event::End(_) => items.last_mut().unwrap_or(&mut channel).push(open.pop().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    (channel, items)
}

fn push(open: &mut [(String, String)], text: &str) {
    if let Some((_, content)) = open.last_mut() {
        content.push_str(text);
    }
}

fn attributes(start: &quick_xml::events::BytesStart<'_>, fields: &mut Fields) {
    for attribute in start.attributes().map(Result::unwrap) {
        let name = format!("{}@{}", start.name().as_ref(), attribute.key.as_ref());
        fields.push((name, quick_xml::escape::unescape(&attribute.value).unwrap().into_owned()));
    }
}

#[track_caller]
fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    &fields.iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("no {name}")).1
}

/// Every address in a piece of HTML.
fn addresses(html: &str) -> Vec<&str> {
    let of = |name: &str| html.split(name).skip(1).map(|rest| rest.split('"').next().unwrap()).collect::<Vec<_>>();
    [of(" href=\""), of(" src=\"")].concat()
}

/// Everything a feed promises, of one feed.
fn check(path: &str, text: &str) {
    assert!(!text.starts_with('\u{feff}') && text.starts_with("<?xml"), "{path}");
    let (channel, items) = parse(text);
    assert_eq!(field(&channel, "language"), "zh-CN");
    assert_eq!(field(&channel, "atom:link@href"), format!("https://www.example.gov.cn/fxjs/{path}"));
    let time = |text: &str| {
        assert!(text.ends_with(" +0800"), "{text}");
        chrono::DateTime::parse_from_rfc2822(text).unwrap()
    };
    let times: Vec<_> = items.iter().map(|item| time(field(item, "pubDate"))).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{path}: newest first");
    assert_eq!(times.first(), Some(&time(field(&channel, "lastBuildDate"))), "{path}");
    let mut guids = BTreeSet::new();
    for item in &items {
        let guid = field(item, "guid");
        assert!(guid.starts_with("tag:www.example.gov.cn,2024:") && guids.insert(guid.to_owned()), "{path}: {guid}");
        assert_eq!(field(item, "guid@isPermaLink"), "false");
        assert!(field(item, "link").starts_with("https://www.example.gov.cn/fxjs/n/"), "{path}");
        let description = field(item, "description");
        assert!(!description.is_empty() && description.chars().count() <= 201, "{path}: {description}");
        let content = field(item, "content:encoded");
        for address in addresses(content) {
            assert!(address.starts_with("https://") || address.starts_with("tel:"), "{path}: {address}");
        }
        for forbidden in ["<script", "<style", "<iframe", "<form", "javascript:", " onclick", " style="] {
            assert!(!content.contains(forbidden), "{path}: {forbidden}");
        }
        assert!(!item.iter().any(|(name, _)| name == "author"), "{path}: author must be an e-mail address");
        assert!(!field(item, "dc:creator").is_empty());
    }
    assert!(items.len() <= 50 && text.len() < 900_000, "{path}");
}

#[test]
fn every_feed_of_the_sample_keeps_what_feeds_promise() {
    let site = Site::fresh();
    let root = site.path("");
    site.run(&["init", "--sample", root.to_str().unwrap()]).exits(0);
    site.clock("2030-01-01T00:00:00+08:00").build().exits(0);
    let feeds: Vec<_> = site.files("public").into_iter().filter(|(path, _)| path.ends_with("feed.xml")).collect();
    assert!(feeds.len() > 10);
    for (path, bytes) in feeds {
        check(&path, &String::from_utf8(bytes).unwrap());
    }
}

#[test]
fn hostile_titles_arrive_as_they_were_written() {
    let titles = ["a ]]> b", "<b>粗</b> & 细 &amp; &#x4e00;", "‘引’ \"号\" 😀👨‍👩‍👧", "]]&gt;<!--", "<5mg/kg 的 A&B"];
    let site = Site::new();
    for (number, title) in titles.iter().enumerate() {
        let quoted = format!("'{}'", title.replace('\'', "''"));
        let id = format!("2024-00{}", number + 1);
        let text = notice(&id, "占位").replace("占位，摘要", "摘要").replace("占位", &quoted);
        site.draft(&id, &text.replace(MARKER, "正文里也有 `]]>` 和 `<b>`，&amp; 和 😀"));
        site.clock(&format!("2024-06-0{}T09:00:00+08:00", number + 1)).publish(&id);
    }
    site.build().exits(0);
    let text = site.read("public/feed.xml");
    check("feed.xml", &text);
    let (_, items) = parse(&text);
    let found: Vec<&str> = items.iter().rev().map(|item| field(item, "title")).collect();
    assert_eq!(found, titles);
    for item in &items {
        assert!(field(item, "content:encoded").contains("<code>]]&gt;</code> 和 <code>&lt;b&gt;</code>"));
    }
    for (number, title) in titles.iter().enumerate() {
        let page = site.read(&format!("public/n/2024-00{}/index.html", number + 1));
        assert!(!page.contains(title) || !title.contains('<'), "a title is HTML on its page: {title}");
    }
}

#[test]
fn an_item_carries_the_whole_text_with_absolute_addresses() {
    let site = Site::new();
    let body = "## 一节\n\n见[另一条](../2024-001/)、[上文](#一节)、[附件](附件.pdf)，注[^1]。\n\n![说明](图.png)\n\n[^1]: 脚注的话。\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n结尾的话。\n";
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
    let text = notice("2024-002", "水晶泥").replace(&format!("{MARKER}。"), body);
    site.draft("2024-002", &text);
    site.write("content/drafts/2024-002/图.png", PIXEL).write("content/drafts/2024-002/附件.pdf", "%PDF-1.4");
    site.clock("2024-06-02T09:00:00+08:00").publish("2024-002").build().exits(0);
    let text = site.read("public/feed.xml");
    check("feed.xml", &text);
    let (_, items) = parse(&text);
    let content = field(&items[0], "content:encoded");
    for part in ["一节", "脚注的话", "<td>二</td>", "结尾的话", "怎样避免", "放在孩子够不到的地方", "收好", "高风险"]
    {
        assert!(content.contains(part), "{part}:\n{content}");
    }
    let root = "https://www.example.gov.cn/fxjs/n/";
    for address in ["2024-002/%E5%9B%BE.png", "2024-002/%E9%99%84%E4%BB%B6.pdf", "2024-001/", "2024-002/#"] {
        assert!(content.contains(&format!("\"{root}{address}")), "{address}:\n{content}");
    }
}

#[test]
fn the_feed_of_a_list_holds_what_the_list_holds() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
    let other = notice("2024-002", "水晶泥").replace("[窒息]", "[火灾]");
    site.draft("2024-002", &other).clock("2024-06-02T09:00:00+08:00").publish("2024-002").build().exits(0);
    let titles = |path: &str| {
        let text = site.read(&format!("public/{path}"));
        check(path, &text);
        let (_, items) = parse(&text);
        items.iter().map(|item| field(item, "title").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("hazards/suffocation/feed.xml"), ["磁力珠"]);
    assert_eq!(titles("hazards/fire/feed.xml"), ["水晶泥"]);
    assert!(!site.has("public/hazards/burns"), "no empty lists");
    assert!(!site.has("public/years/2024/feed.xml"), "a year's feed would fall silent unnoticed");
}

#[test]
fn a_correction_reaches_the_subscribers_of_what_it_corrects() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠").replace("[窒息]", "[火灾]")).publish("2024-001");
    site.run(&["revise", "2024-001", "--what", "危害改为窒息", "--why", "原来写错了"]).exits(0);
    let draft = site.read("content/drafts/2024-001/index.md").replace("[火灾]", "[窒息]");
    site.write("content/drafts/2024-001/index.md", &draft);
    site.clock("2024-06-02T09:00:00+08:00").publish("2024-001").build().exits(0);
    let titles = |path: &str| {
        let (_, items) = parse(&site.read(&format!("public/{path}")));
        items.iter().map(|item| field(item, "title").to_owned()).collect::<Vec<_>>()
    };
    assert!(!site.has("public/hazards/fire/index.html"), "the list is empty and gone");
    assert_eq!(titles("hazards/fire/feed.xml"), ["【更正】磁力珠", "【已更正】磁力珠"]);
    assert_eq!(titles("hazards/suffocation/feed.xml"), ["【更正】磁力珠"], "what was said before was never said of it");
    let (channel, _) = parse(&site.read("public/hazards/fire/feed.xml"));
    assert_eq!(field(&channel, "link"), "https://www.example.gov.cn/fxjs/", "no link to a list that is not there");
}

#[test]
fn an_empty_feed_is_a_feed() {
    let site = Site::new();
    site.build().exits(0);
    let (channel, items) = parse(&site.read("public/feed.xml"));
    assert!(items.is_empty());
    assert_eq!(field(&channel, "title"), "示例风险警示");
}
