//! The sites whose feeds are checked, each built once for all tests: the sample, an empty one, one with hostile content
//! and one with a long life.

use super::published::Published;
use crate::samples::{CONFIG, MARKER, PIXEL, STAGES, notice};
use crate::site::Site;
use std::sync::OnceLock;

/// The office of all sites but the sample.
pub const BUREAU: &str = "示例县市场监督管理局";

/// The sample, long after its last notice.
pub fn sample() -> &'static Published {
    static SAMPLE: OnceLock<Published> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let site = Site::fresh();
        let root = site.path("");
        site.run(&["init", "--sample", root.to_str().unwrap()]).exits(0);
        Published::of(&site, "原平市市场监督管理局", "2030-01-01T00:00:00+08:00")
    })
}

/// A site without a notice.
pub fn empty() -> &'static Published {
    static EMPTY: OnceLock<Published> = OnceLock::new();
    EMPTY.get_or_init(|| Published::of(&Site::new(), BUREAU, "2024-06-01T09:00:00+08:00"))
}

/// Titles that end, open or double what they stand in.
pub const TITLES: [&str; 8] = [
    "a ]]> b",
    "<b>粗</b> & 细 &amp; &#x4e00;",
    "‘引’ \"号\" 😀👨‍👩‍👧",
    "]]&gt;<!--",
    "<5mg/kg 的 A&B",
    "<script>alert(1)</script>",
    "【更正】不是更正；שלום ومرحبا",
    "𠮷野家 e\u{301} {{ title }} {% raw %} $& \\1 %s",
];

/// Every form of address and markup that a body may have.
const BODY: &str = "## 一节 & “二” <三>\n\n`]]>` `<script>` \\<b> &lt;b&gt; &amp;amp; 😀 👨‍👩‍👧 \u{2028}𠮷 שלום\n\n[同级](附件.pdf)、[点](./附件.pdf)、[页](附件.pdf#page=2)、\
[另一条](../2023-001/)、[另一条的一节](../2023-001/index.md)、[上文](#一节-二-三)、[外](https://例子.example/路?查=一&b=\"x\"#段)、\
[信](mailto:a@example.gov.cn)、[电](tel:12315)，注[^1]、再注[^1]、又注[^二]。\n\n![图 \"a\" \\<b> & ]]>](图.png)\n\n行里![小图](./图.png \"题 ]]>\")的图。\n\n\
> 引[^1]\n\n- [x] 做了\n- [ ] 没做\n\n| 甲 | 乙 |\n|---|---|\n| `]]>` | [附件](附件.pdf) |\n\n```html\n<iframe src=\"x\" onload=\"alert(1)\"></iframe>\n```\n\n\
[^1]: 脚注 ]]> 的话。\n[^二]: 又一个[脚注](#一节-二-三)。\n";

/// A site whose titles, texts and files try to break out of every format.
pub fn hostile() -> &'static Published {
    static HOSTILE: OnceLock<Published> = OnceLock::new();
    HOSTILE.get_or_init(|| {
        let site = Site::new();
        site.clock("2024-05-01T09:00:00+08:00").draft("2023-001", &notice("2023-001", "平常的")).publish("2023-001");
        for (number, title) in TITLES.iter().enumerate() {
            let quoted = format!("'{}'", title.replace('\'', "''"));
            let id = format!("2024-00{}", number + 1);
            let lead = "image: {file: 图.png, alt: '图 ]]> \"a\" <b>'}\n---\n\n";
            let text = notice(&id, "占位").replace("占位", &quoted).replace(&format!("{quoted}，摘要。"), &quoted);
            site.draft(&id, &text.replace("---\n\n", lead).replace(&format!("{MARKER}。"), BODY));
            site.write(&format!("content/drafts/{id}/图.png"), PIXEL);
            site.write(&format!("content/drafts/{id}/附件.pdf"), "%PDF-1.4");
            site.clock(&format!("2024-06-0{}T09:00:00+08:00", number + 1)).publish(&id);
        }
        revise(&site, "2024-002", "`]]>` 改了 <b> & 😀", |text| text.replace("脚注 ]]> 的话", "新的脚注"));
        site.publish("2024-002");
        Published::of(&site, BUREAU, "2024-07-01T00:00:00+08:00")
    })
}

/// Makes the draft of the next version.
pub fn revise(site: &Site, id: &str, what: &str, edit: impl Fn(String) -> String) {
    site.run(&["revise", id, "--what", what, "--why", "原因里的 ]]> & <x>"]).exits(0);
    let path = format!("content/drafts/{id}/index.md");
    site.write(&path, edit(site.read(&path)));
}

/// Signs every draft at every stage in one second.
pub fn publish_all(site: &Site, now: &str) {
    for stage in STAGES {
        site.clock(now).sign(stage, "content/drafts").exits(0);
    }
}

/// The notice of a number, of one of three categories, audiences and levels; every seventh has a picture; all expire in
/// December.
pub fn numbered(number: usize) -> (String, String) {
    let id = format!("2024-{number:03}");
    let category = ["其他玩具", "水晶泥", "爬行地垫"][number % 3];
    let lead = if number.is_multiple_of(7) { "image: {file: 图.png, alt: 图}\n" } else { "" };
    let more = format!("category: {category}\nexpires: 2024-12-{:02}\n{lead}---\n\n", number % 28 + 1);
    let text = notice(&id, &format!("第{number}号警示")).replace("---\n\n", &more);
    let text = if number.is_multiple_of(5) {
        text.replace("[窒息]", "[火灾, 触电]").replace("高风险", "低风险")
    } else {
        text
    };
    (id, text)
}

/// Writes drafts with these numbers.
pub fn write(site: &Site, numbers: std::ops::Range<usize>) {
    for number in numbers {
        let (id, text) = numbered(number);
        site.draft(&id, &text);
        if number % 7 == 0 {
            site.write(&format!("content/drafts/{id}/图.png"), PIXEL);
        }
    }
}

/// A site of over 130 events: many in one second, corrected, moved, withdrawn, urgent, planned.
pub fn long() -> &'static Published {
    static LONG: OnceLock<Published> = OnceLock::new();
    LONG.get_or_init(|| Published::of(&long_lived(), BUREAU, "2024-12-01T00:00:00+08:00"))
}

/// The same, as a site that can go on; its last event is of October 2024.
pub fn long_lived() -> Site {
    let site = Site::with_config(&format!(
        "{CONFIG}hub: https://hub.example.gov.cn/\nlicense: {{name: 署名, url: 'https://www.example.gov.cn/license'}}\n"
    ));
    for batch in 0..10 {
        write(&site, batch * 11 + 1..batch * 11 + 12);
        publish_all(&site, &format!("2024-06-{:02}T09:00:00+08:00", batch + 1));
    }
    corrected(&site);
    urgent_and_planned(&site);
    site
}

/// Corrections, some of which move a notice to another list; corrections of corrections; withdrawals.
fn corrected(site: &Site) {
    site.clock("2024-07-01T09:00:00+08:00");
    for number in 1..=12 {
        let moved = move |text: String| match number % 4 {
            0 => {
                text.replace("category: 其他玩具", "category: 老年鞋").replace("category: 水晶泥", "category: 其他玩具")
            }
            _ => text.replace(MARKER, "新的说法").replace("号警示", "号警示改题"),
        };
        revise(site, &format!("2024-{number:03}"), &format!("改了第{number}号"), moved);
    }
    publish_all(site, "2024-07-01T10:00:00+08:00");
    site.clock("2024-08-01T09:00:00+08:00");
    for number in [2, 3, 4, 50] {
        revise(site, &format!("2024-{number:03}"), &format!("又改了第{number}号"), |text| text);
    }
    for number in [5, 6, 60, 61] {
        site.run(&["withdraw", &format!("2024-{number:03}"), "--reason", "样品拿错了 ]]>"]).exits(0);
    }
    publish_all(site, "2024-08-01T10:00:00+08:00");
}

/// Urgent notices, one reviewed since; planned ones, one of them still to come.
fn urgent_and_planned(site: &Site) {
    site.clock("2024-09-01T09:00:00+08:00");
    write(site, 111..113);
    for id in ["2024-111", "2024-112"] {
        let words = ["review", "sign", "--stage", "终审", "--by", "终审员", "--urgent", "--reason", "已有人受伤", id];
        site.run(&words).exits(0);
    }
    site.clock("2024-09-01T12:00:00+08:00").sign("初审", "2024-111").exits(0);
    site.sign("复审", "2024-111").exits(0);
    for (number, at) in
        [(113, "2024-10-02T08:00:00+08:00"), (114, "2024-10-02T08:00:00+08:00"), (115, "2025-01-01T00:00:00+08:00")]
    {
        write(site, number..number + 1);
        let path = format!("content/drafts/2024-{number}/index.md");
        site.write(&path, site.read(&path).replacen("kind:", &format!("publish_at: {at}\nkind:"), 1));
    }
    publish_all(site, "2024-10-01T09:00:00+08:00");
}
