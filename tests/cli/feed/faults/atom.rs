//! Faults of Atom.

use super::super::sites::{empty, hostile, long};
use super::edit::{element, in_item, item, once, without};
use super::{CORRECTION, Fault, HOSTILE, SECOND, WITHDRAWAL};

const fn fault(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: long, path: "atom.xml", change }
}

const fn of_hostile(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: hostile, path: "atom.xml", change }
}

const fn of_archive(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: long, path: "archive/50/1/atom.xml", change }
}

/// What a feed says of itself, and what happened when.
pub const FORM: &[Fault] = &[
    fault(1, "a control character", |text| once(text, "<summary>", "<summary>\u{b}")),
    fault(1, "a prefix that is not declared", |text| once(text, "<generator>", "<x:y/><generator>")),
    fault(1, "another namespace", |text| once(text, "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")),
    fault(2, "no identity", |text| element(text, "id", |_| String::new())),
    fault(2, "an address as identity", |text| {
        once(text, "<id>tag:www.example.gov.cn,2024:feed</id>", "<id>https://www.example.gov.cn/fxjs/atom.xml</id>")
    }),
    Fault {
        check: 2,
        what: "the identity of another feed",
        site: long,
        path: "levels/high/atom.xml",
        change: |text| once(text, ":feed/levels/high<", ":feed<"),
    },
    fault(3, "no language", |text| once(text, " xml:lang=\"zh-CN\"", "")),
    fault(4, "no own address", |text| once(text, "rel=\"self\"", "rel=\"related\"")),
    fault(5, "of Greenwich", |text| in_item(text, SECOND, "+08:00</published>", "Z</published>")),
    fault(5, "as RSS writes it", |text| in_item(text, SECOND, "<updated>2024-10-02T", "<updated>Wed, 2 Oct 2024 ")),
    fault(6, "the year 1", |text| in_item(text, SECOND, "<updated>2024", "<updated>0001")),
    fault(7, "the day of the build", |text| once(text, "<updated>2024-10-02T08:00:00", "<updated>2024-11-02T08:00:00")),
    fault(8, "no summary", |text| without(text, SECOND, "summary")),
    fault(8, "no content", |text| without(text, SECOND, "content")),
    fault(9, "the title in it", |text| in_item(text, SECOND, "2024-113/v1</id>", "2024-113/第113号警示</id>")),
    fault(10, "twice the same", |text| in_item(text, SECOND, "2024-113/v1</id>", "2024-114/v1</id>")),
    fault(12, "a correction dated as what it corrects", |text| {
        in_item(text, CORRECTION, "<published>2024-08-01T10:00:00", "<published>2024-06-05T09:00:00")
    }),
    fault(12, "changed at another time than published", |text| {
        in_item(text, CORRECTION, "<updated>2024-08-01T10:00:00", "<updated>2024-08-01T10:00:01")
    }),
    fault(13, "a withdrawal that is not called so", |text| in_item(text, WITHDRAWAL, "【撤销】", "")),
    fault(14, "an item left out", |text| item(text, SECOND, |_| String::new())),
    fault(14, "an archive that is not linked", |text| once(text, "rel=\"prev-archive\"", "rel=\"next-archive\"")),
    of_archive(14, "an item left out of an archive", |text| item(text, "2024-020/v1", |_| String::new())),
    Fault {
        check: 14,
        what: "archives in a circle",
        site: long,
        path: "archive/50/2/atom.xml",
        change: |text| text.replace("/archive/50/1/", "/archive/50/2/"),
    },
    Fault {
        check: 14,
        what: "the archive of another feed",
        site: long,
        path: "levels/high/atom.xml",
        change: |text| text.replace("levels/high/archive/", "archive/"),
    },
    of_archive(22, "an archive that is not full", |text| item(text, "2024-020/v1", |_| String::new())),
    fault(22, "two entries exchanged", |text| {
        once(text, "<published>2024-10-02T08:00:00", "<published>2024-07-02T08:00:00")
    }),
];

/// What people read, and what goes with other files.
pub const CONTENT: &[Fault] = &[
    of_hostile(15, "a summary escaped twice", |text| {
        item(text, "2024-005/v1", |item| element(item, "summary", |it| it.replace("&lt;", "&amp;lt;")))
    }),
    fault(15, "a summary that is HTML", |text| in_item(text, SECOND, "<summary>", "<summary type=\"html\">")),
    fault(16, "escaped twice", |text| {
        item(text, SECOND, |item| element(item, "content", |it| it.replace("&lt;", "&amp;lt;")))
    }),
    fault(15, "content that is no HTML", |text| {
        in_item(text, SECOND, "<content type=\"html\">", "<content type=\"text\">")
    }),
    of_hostile(17, "a footnote", |text| {
        in_item(text, HOSTILE, "href=&quot;https://www.example.gov.cn/fxjs/n/2024-001/#fn", "href=&quot;#fn")
    }),
    fault(18, "a script", |text| in_item(text, SECOND, "</content>", "&lt;script>x&lt;/script></content>")),
    of_hostile(19, "a title that is HTML", |text| {
        in_item(text, "2024-005/v1", "<title>&lt;", "<title type=\"html\">&amp;lt;")
    }),
    fault(11, "content that leads nowhere", |text| in_item(text, SECOND, "/n/2024-113/\" type", "/n/2024-999/\" type")),
    Fault {
        check: 11,
        what: "content elsewhere that is not there",
        site: long,
        path: "levels/high/archive/50/1/atom.xml",
        change: |text| {
            once(text, "src=\"https://www.example.gov.cn/fxjs/n/", "src=\"https://www.example.gov.cn/fxjs/m/")
        },
    },
    Fault {
        check: 8,
        what: "content elsewhere that is nowhere",
        site: long,
        path: "levels/high/archive/50/1/atom.xml",
        change: |text| element(text, "entry", |entry| once(entry, "src=", "source=")),
    },
    fault(20, "no author", |text| text.replace("<name>示例县市场监督管理局</name>", "")),
    fault(21, "without a scheme", |text| {
        in_item(text, SECOND, " scheme=\"https://www.example.gov.cn/fxjs/levels/\"", "")
    }),
    fault(21, "a term twice", |text| {
        item(text, SECOND, |item| {
            once(
                item,
                "<summary>",
                "<category term=\"高风险\" scheme=\"https://www.example.gov.cn/fxjs/levels/\"/><summary>",
            )
        })
    }),
    fault(23, "the wrong length", |text| in_item(text, "2024-112/v1", "length=\"", "length=\"1")),
    fault(23, "the wrong type", |text| in_item(text, "2024-112/v1", "image/png", "image/jpeg")),
    fault(23, "two enclosures", |text| {
        in_item(
            text,
            "2024-112/v1",
            "<summary>",
            "<link rel=\"enclosure\" href=\"https://www.example.gov.cn/fxjs/n/2024-112/图.png\"/><summary>",
        )
    }),
    fault(23, "an enclosure left out", |text| in_item(text, "2024-112/v1", "rel=\"enclosure\"", "rel=\"related\"")),
    fault(24, "another title than in RSS", |text| in_item(text, SECOND, "号警示", "号提示")),
    fault(24, "two entries updated at once", |text| {
        in_item(text, "2024-114/v1", ".000001+08:00</updated>", "+08:00</updated>")
    }),
    fault(25, "another media type", |text| once(text, "application/atom+xml", "application/xml")),
    Fault {
        check: 25,
        what: "empty and without itself",
        site: empty,
        path: "atom.xml",
        change: |text| once(text, "rel=\"self\"", "rel=\"related\""),
    },
];
