//! Faults of RSS.

use super::super::sites::{hostile, long};
use super::edit::{element, in_item, item, once, without};
use super::{CORRECTION, Fault, HOSTILE, SECOND, WITHDRAWAL};

const fn fault(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: long, path: "feed.xml", change }
}

const fn of_list(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: long, path: "levels/high/feed.xml", change }
}

const fn of_hostile(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: hostile, path: "feed.xml", change }
}

const fn of_page(check: u8, what: &'static str, path: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: long, path, change }
}

/// What a feed says of itself.
pub const FORM: &[Fault] = &[
    of_list(1, "a control character", |text| once(text, "<description>", "<description>\u{b}")),
    of_list(1, "a control character as a reference", |text| once(text, "<description>", "<description>&#11;")),
    of_list(1, "a byte order mark", |text| format!("\u{feff}{text}")),
    of_list(1, "an entity of HTML", |text| once(text, "<description>", "<description>&nbsp;")),
    of_list(1, "cut off", |text| text.chars().take(text.chars().count() / 2).collect()),
    of_list(1, "another encoding", |text| once(text, "UTF-8", "GBK")),
    of_hostile(1, "the end of CDATA in CDATA", |text| once(text, "<code>]]&gt;", "<code>]]>")),
    fault(2, "another version", |text| once(text, "version=\"2.0\"", "version=\"0.91\"")),
    fault(2, "no title", |text| element(text, "title", |_| String::new())),
    fault(2, "no description", |text| element(text, "description", |_| String::new())),
    fault(3, "another language", |text| once(text, "zh-CN", "zh")),
    fault(3, "no language", |text| element(text, "language", |_| String::new())),
    fault(4, "by another scheme", |text| {
        once(text, "href=\"https://www.example.gov.cn/fxjs/feed.xml", "href=\"http://www.example.gov.cn/fxjs/feed.xml")
    }),
    fault(4, "relative", |text| once(text, "href=\"https://www.example.gov.cn/fxjs/feed.xml", "href=\"feed.xml")),
    of_list(4, "by the address of another feed", |text| once(text, "fxjs/levels/high/feed.xml", "fxjs/feed.xml")),
    fault(5, "the wrong weekday", |text| in_item(text, SECOND, "<pubDate>Wed,", "<pubDate>Thu,")),
    fault(5, "a year of two digits", |text| in_item(text, SECOND, " Oct 2024 ", " Oct 24 ")),
    fault(5, "of Greenwich", |text| in_item(text, SECOND, "+0800", "+0000")),
    fault(5, "as Atom writes it", |text| once(text, "Wed, 2 Oct 2024 08:00:00 +0800", "2024-10-02T08:00:00+08:00")),
];

/// What happened, and when.
pub const EVENTS: &[Fault] = &[
    fault(6, "1970", |text| in_item(text, "2024-105/v1", "Mon, 10 Jun 2024", "Thu, 1 Jan 1970")),
    fault(6, "the future", |text| once(text, "Wed, 2 Oct 2024", "Thu, 2 Oct 2025")),
    fault(7, "the hour of the build", |text| once(text, "08:00:00", "09:00:00")),
    fault(7, "no time of the last change", |text| element(text, "lastBuildDate", |_| String::new())),
    fault(8, "no title", |text| without(text, SECOND, "title")),
    fault(8, "no link", |text| without(text, SECOND, "link")),
    fault(8, "no date", |text| without(text, SECOND, "pubDate")),
    fault(8, "no description", |text| without(text, SECOND, "description")),
    fault(8, "no content", |text| without(text, SECOND, "content:encoded")),
    fault(9, "a permanent link that is none", |text| {
        in_item(text, SECOND, "isPermaLink=\"false\"", "isPermaLink=\"true\"")
    }),
    fault(9, "not said to be no link", |text| in_item(text, SECOND, " isPermaLink=\"false\"", "")),
    fault(9, "the address as identity", |text| {
        in_item(text, SECOND, "tag:www.example.gov.cn,2024:2024-113/v1", "https://www.example.gov.cn/fxjs/n/2024-113/")
    }),
    fault(9, "no event in it", |text| in_item(text, SECOND, "2024-113/v1</guid>", "2024-113</guid>")),
    fault(10, "twice the same", |text| in_item(text, SECOND, "2024-113/v1</guid>", "2024-114/v1</guid>")),
    of_list(10, "for another thing elsewhere", |text| once(text, "2024-114/v1</guid>", "2024-113/v1</guid>")),
    fault(12, "a correction dated as what it corrects", |text| {
        in_item(text, CORRECTION, "Thu, 1 Aug 2024 10:00:00", "Wed, 5 Jun 2024 09:00:00")
    }),
    fault(12, "planned, dated as signed", |text| {
        in_item(text, SECOND, "Wed, 2 Oct 2024 08:00:00", "Tue, 1 Oct 2024 09:00:00")
    }),
    fault(13, "a correction that is not called so", |text| in_item(text, CORRECTION, "【更正】", "")),
    fault(13, "a withdrawal that is not called so", |text| in_item(text, WITHDRAWAL, "【撤销】", "")),
    fault(13, "what was corrected is not marked", |text| in_item(text, "2024-002/v2", "【已更正】", "")),
    fault(13, "does not say what changed", |text| item(text, CORRECTION, |item| item.replace("又改了第50号", "改了"))),
    fault(13, "does not lead to the original", |text| in_item(text, CORRECTION, "/n/2024-050/v1/", "/n/2024-051/")),
    fault(14, "an item left out", |text| item(text, SECOND, |_| String::new())),
    of_list(14, "an item of another list", |text| {
        item(text, "2024-114/v1", |item| format!("{item}{}", item.replace("2024-114", "2024-060")))
    }),
    fault(22, "two items exchanged", |text| {
        once(
            &once(text, "Wed, 2 Oct 2024 08:00:00 +0800</pubDate>", "Tue, 1 Oct 2024 08:00:00 +0800</pubDate>"),
            "2024-114",
            "2024-114",
        )
    }),
    fault(22, "one item too many", |text| once(text, "</channel>", "<item><title>x</title></item></channel>")),
    fault(22, "too long", |text| once(text, "<channel>", &format!("<channel><!--{}-->", "x".repeat(900_000)))),
];

/// What people read.
pub const CONTENT: &[Fault] = &[
    of_hostile(15, "a summary escaped twice", |text| {
        item(text, "2024-005/v1", |item| element(item, "description", |it| it.replace("&lt;", "&amp;lt;")))
    }),
    fault(15, "a long summary", |text| {
        in_item(text, SECOND, "<description>", &format!("<description>{}", "长".repeat(200)))
    }),
    fault(16, "a section left out", |text| in_item(text, SECOND, "放在孩子够不到的地方。", "")),
    fault(16, "cut off", |text| {
        in_item(text, SECOND, "<h2 id=\"怎样避免\">怎样避免</h2>", "<h2 id=\"怎样避免\">怎样避免")
    }),
    fault(16, "escaped twice", |text| {
        item(text, SECOND, |item| element(item, "content:encoded", |it| once(it, "<h2", "&lt;h2")))
    }),
    of_hostile(17, "a file of the bundle", |text| {
        in_item(
            text,
            HOSTILE,
            "\"https://www.example.gov.cn/fxjs/n/2024-001/%E9%99%84%E4%BB%B6.pdf",
            "\"%E9%99%84%E4%BB%B6.pdf",
        )
    }),
    of_hostile(17, "another notice", |text| {
        in_item(text, HOSTILE, "\"https://www.example.gov.cn/fxjs/n/2023-001/", "\"../2023-001/")
    }),
    of_hostile(17, "a footnote", |text| {
        in_item(text, HOSTILE, "href=\"https://www.example.gov.cn/fxjs/n/2024-001/#fn", "href=\"#fn")
    }),
    of_hostile(17, "a heading", |text| {
        in_item(text, HOSTILE, "href=\"https://www.example.gov.cn/fxjs/n/2024-001/#%E4", "href=\"#%E4")
    }),
    of_hostile(17, "a query", |text| {
        in_item(text, HOSTILE, "href=\"https://www.example.gov.cn/fxjs/n/2024-001/#fn", "href=\"?fn")
    }),
    of_hostile(17, "a host without a scheme", |text| in_item(text, HOSTILE, "src=\"https:", "src=\"")),
    fault(18, "a script", |text| {
        in_item(text, SECOND, "</content:encoded>", "<![CDATA[<script>x</script>]]></content:encoded>")
    }),
    of_hostile(18, "a summary that is taken for HTML", |text| {
        item(text, "2024-006/v1", |item| element(item, "description", |it| it.replace("&amp;lt;", "&lt;")))
    }),
    fault(18, "a frame", |text| {
        in_item(text, SECOND, "</content:encoded>", "<![CDATA[<iframe></iframe>]]></content:encoded>")
    }),
    fault(18, "a form", |text| {
        in_item(text, SECOND, "</content:encoded>", "<![CDATA[<form></form>]]></content:encoded>")
    }),
    fault(18, "a style", |text| in_item(text, SECOND, "<h2 id", "<h2 style=\"x\" id")),
    fault(18, "a handler", |text| in_item(text, SECOND, "<h2 id", "<h2 OnClick=\"x\" id")),
    fault(18, "an address that acts", |text| {
        in_item(text, SECOND, "</content:encoded>", "<![CDATA[<a href=\"java\nSCRIPT:x\">x</a>]]></content:encoded>")
    }),
    fault(18, "an address that holds a page", |text| {
        in_item(text, SECOND, "</content:encoded>", "<![CDATA[<a href=\"data:text/html,x\">x</a>]]></content:encoded>")
    }),
    of_hostile(19, "a title escaped twice", |text| in_item(text, "2024-005/v1", "<title>&lt;", "<title>&amp;lt;")),
    of_hostile(19, "a title not escaped", |text| {
        item(text, "2024-002/v1", |item| element(item, "title", |it| it.replace("&lt;", "<").replace("&gt;", ">")))
    }),
    of_hostile(19, "a title in which entities were resolved", |text| {
        in_item(text, "2024-002/v1", "&amp;amp;", "&amp;")
    }),
    of_hostile(23, "a picture without a description", |text| in_item(text, HOSTILE, "alt=", "title=")),
    of_hostile(23, "an empty description", |text| {
        item(text, HOSTILE, |item| item.replace(" alt=\"图", " alt=\"\" title=\"图"))
    }),
    of_hostile(23, "a relative picture", |text| {
        in_item(text, HOSTILE, "src=\"https://www.example.gov.cn/fxjs/n/2024-001/", "src=\"")
    }),
];

/// What goes with other files.
pub const TOGETHER: &[Fault] = &[
    fault(11, "leads nowhere", |text| {
        in_item(
            text,
            SECOND,
            "<link>https://www.example.gov.cn/fxjs/n/2024-113/",
            "<link>https://www.example.gov.cn/fxjs/n/2024-999/",
        )
    }),
    fault(11, "not encoded", |text| {
        once(text, "<link>https://www.example.gov.cn/fxjs/", "<link>https://www.example.gov.cn/fxjs/页/")
    }),
    of_hostile(11, "a place that is not on the page", |text| in_item(text, HOSTILE, "2024-001/#fn", "2024-001/#nf")),
    fault(11, "a path without a host", |text| {
        in_item(text, SECOND, "<link>https://www.example.gov.cn/fxjs/", "<link>/fxjs/")
    }),
    fault(20, "a person as author", |text| in_item(text, SECOND, "<dc:creator>", "<author>张某</author><dc:creator>")),
    fault(20, "another office", |text| in_item(text, SECOND, "<dc:creator>", "<dc:creator>某")),
    fault(21, "without a domain", |text| {
        in_item(text, SECOND, " domain=\"https://www.example.gov.cn/fxjs/levels/\"", "")
    }),
    fault(21, "a term left out", |text| item(text, SECOND, |item| element(item, "category", |_| String::new()))),
    of_page(24, "a page that names no feed", "subscribe/index.html", |text| {
        once(text, "rel=\"alternate\"", "rel=\"next\"")
    }),
    of_page(24, "a list that does not name its feed", "levels/high/index.html", |text| {
        once(text, "href=\"../../levels/high/feed.xml\"", "href=\"../../feed.xml\"")
    }),
    fault(25, "another media type", |text| once(text, "type=\"application/rss+xml\"", "type=\"text/xml\"")),
    of_page(25, "named by another media type", "levels/high/index.html", |text| {
        once(text, "application/rss+xml", "application/xml")
    }),
    Fault {
        check: 25,
        what: "empty and without itself",
        site: super::super::sites::empty,
        path: "feed.xml",
        change: |text| once(text, "rel=\"self\"", "rel=\"alternate\""),
    },
];
