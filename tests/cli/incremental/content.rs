//! What the site that changes holds at first: one of everything that a page, a feed or a list may depend on.

use crate::samples::{CONFIG, PIXEL};
use crate::site::{Site, Tree};
use std::fs;

/// The stages of this site: two, so that an urgent release has somebody to wait for.
pub const STAGES: [&str; 2] = ["初审", "终审"];

/// The rest of `site.yaml`: short pages and feeds, so that there are several of each; and all that may be switched on.
const SETTINGS: &str = "banner: 示例。
page_size: 5
feed_items: 10
hub: https://hub.example.gov.cn/
license: {name: 署名许可（示例）, url: \"https://www.example.gov.cn/license\"}
theme: own
cap: {sender: fxjs@example.gov.cn, area: 示例县, geocode: \"000000\", since: 2024-05-01}
vocabularies:
  category:
    - {name: 电热毯, slug: electric-blankets, group: 日用消费品}
";

/// Makes the draft of a correction.
#[track_caller]
pub fn revise(site: &Site, id: &str, edit: impl Fn(String) -> String) {
    site.run(&["revise", id, "--what", "改了一处", "--why", "原来写错了"]).exits(0);
    let path = format!("content/drafts/{id}/index.md");
    site.write(&path, edit(site.read(&path)));
}

/// Signs urgently.
#[track_caller]
pub fn sign_urgently(site: &Site, id: &str) {
    let words = ["review", "sign", "--stage", "终审", "--by", "终审员", "--urgent", "--reason", "已有人受伤", id];
    site.run(&words).exits(0);
}

/// The text of a notice with this value of a key, in its front matter, on one line.
pub fn with(text: &str, key: &str, value: &str) -> String {
    let line = format!("{key}: {value}");
    let is_key = |line: &&str| line.starts_with(&format!("{key}:"));
    match text.lines().find(is_key) {
        Some(old) => text.replacen(old, &line, 1),
        None => text.replacen("\nactions:", &format!("\n{line}\nactions:"), 1),
    }
}

/// A complete notice on one line a key.
pub fn notice(id: &str, title: &str) -> String {
    format!(
        "---\nid: {id}\nkind: 风险警示\ntitle: {title}\nsummary: {title}，摘要。\nrisk_level: 一般风险\ncategory: 水晶泥\n\
         audience: [儿童]\nhazards: [窒息]\nactions: [收好]\n---\n\n{title}的正文。\n\n## 怎样避免\n\n放在孩子够不到的地方。\n"
    )
}

/// What is special in which notice.
const LINES: &[(&str, &str, &str)] = &[
    ("2024-001", "risk_level", "高风险"),
    ("2024-001", "category", "其他玩具"),
    ("2024-001", "audience", "[儿童, 老年人]"),
    ("2024-001", "hazards", "[窒息, 磁体误吞]"),
    ("2024-001", "sampling", "{batches: 20, failed: 3}"),
    ("2024-001", "findings", "{file: found.csv, caption: 检测结果（示例）}"),
    ("2024-001", "monitored_on", "2024-04-10"),
    ("2024-001", "standards", "[GB 6675.2-2014, GB 6675.1-2014]"),
    ("2024-001", "sources", "[消费者投诉举报]"),
    ("2024-001", "measures", "[约谈]"),
    ("2024-001", "image", "{file: a.png, alt: 磁力珠的样子}"),
    ("2024-001", "attachments", "[{file: b.txt, title: 说明}, {file: 册/c.txt, title: 又一份说明}]"),
    ("2024-001", "related", "[2024-002, 2024-003]"),
    ("2024-005", "category", "日用消费品"),
    ("2024-006", "category", "电热毯"),
    (
        "2024-006",
        "origin",
        "{source: 邻县市场监督管理局（示例）, url: \"https://www.example.gov.cn/x\", date: 2024-04-20}",
    ),
    ("2024-006", "monitored_on", "2024-04-11"),
    ("2024-008", "expires", "2024-12-30"),
    ("2024-008", "products", "[{name: 水晶泥, brand: 品牌丙, model: S-2}]"),
    ("2024-009", "expires", "2024-12-31"),
    ("2024-009", "publish_at", "2024-12-31T06:00:00+08:00"),
    ("2024-009", "related", "[2024-008, 2024-010]"),
    ("2024-010", "publish_at", "2025-01-02T08:00:00+08:00"),
    ("2023-001", "kind", "消费提示"),
    ("2023-001", "expires", "2024-03-01"),
];

/// Writes a draft with its files.
fn draft(site: &Site, id: &str) {
    let mut text = notice(id, &format!("第{id}号警示（示例）"));
    for (_, key, value) in LINES.iter().filter(|(of, ..)| *of == id) {
        text = with(&text, key, value);
    }
    if id == "2024-004" {
        // Of this a build warns, also when it does not read it again.
        text = text.replace("## 怎样避免", "# 怎样避免");
    }
    if id == "2024-001" {
        text = with(&text, "products", &products());
        text = text.replace("的正文。", "的正文，见[另一条](../2024-004/)和[图](a.png)。\n\n![图里的样子](a.png)");
        let put = |name: &str, bytes: &[u8]| site.put(&format!("content/drafts/{id}/{name}"), bytes);
        put("found.csv", "序号,型号,项目\n1,X-1,磁通量\n2,X-2,磁通量\n".as_bytes());
        put("a.png", PIXEL);
        put("b.txt", "说明\n".as_bytes());
        put("册/c.txt", "又一份\n".as_bytes());
    }
    site.draft(id, &text);
}

/// More products than one file of the look-up holds.
fn products() -> String {
    let product =
        |number: usize| format!("{{name: 磁力珠, brand: 品牌甲, model: X-{number}, batch: 2024010{}}}", number % 9);
    format!("[{}]", (1..=22).map(product).collect::<Vec<_>>().join(", "))
}

/// The site's own theme: one template and one static file of the default one are overridden.
fn theme(site: &Site) {
    let default = |path: &str| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        fs::read_to_string(root.join(path)).unwrap()
    };
    site.put("themes/own/templates/map.html", default("templates/map.html"));
    site.put("themes/own/static/data.css", default("static/data.css") + "/* 本站 */\n");
}

/// The site without a notice.
fn empty() -> Site {
    let config = CONFIG.replace("stages: [初审, 复审, 终审]", "stages: [初审, 终审]");
    let config = config.replace("    - name: 复审员\n      stages: [复审]\n", "");
    let site = Site::with_config(&(config + SETTINGS));
    site.put("content/pages/about.md", "---\ntitle: 关于本站\nsummary: 本站是什么。\n---\n见[一条](../2024-004/)。\n");
    site.put("content/pages/search.md", "---\ntitle: 找一找\n---\n输入几个字。\n");
    theme(&site);
    site
}

/// Signs all drafts at every stage.
fn sign_all(site: &Site) {
    STAGES.iter().for_each(|stage| drop(site.sign(stage, "content/drafts").exits(0)));
}

/// Lives up to the first build, with the notices that are wanted.
pub fn live(is_wanted: impl Fn(&str) -> bool) -> Tree {
    let site = empty();
    let publish = |now: &str, ids: &[&str]| {
        site.clock(now);
        ids.iter().filter(|id| is_wanted(id)).for_each(|id| draft(&site, id));
        if fs::read_dir(site.path("content/drafts")).is_ok_and(|mut drafts| drafts.next().is_some()) {
            sign_all(&site);
        }
    };
    publish("2023-11-01T09:00:00+08:00", &["2023-001"]);
    let first = ["2024-002", "2024-003", "2024-004", "2024-005", "2024-006", "2024-007", "2024-008", "2024-010"];
    publish("2024-05-01T09:00:00+08:00", &first);
    publish("2024-05-02T09:00:00+08:00", &["2024-001", "2024-009"]);
    site.clock("2024-06-01T09:00:00+08:00");
    site.run(&["withdraw", "2024-003", "--reason", "样品登记有误"]).exits(0);
    revise(&site, "2024-004", |text| with(&text, "title", "第2024-004号警示，更正过（示例）"));
    // Now the two name each other.
    let named = if is_wanted("2024-001") { "[2024-001]" } else { "[2024-004]" };
    revise(&site, "2024-002", |text| with(&text, "related", named));
    publish("2024-06-01T10:00:00+08:00", &[]);
    site.clock("2024-12-30T08:00:00+08:00");
    draft(&site, "2024-011");
    sign_urgently(&site, "2024-011");
    site.files("")
}

/// A few notices of which nothing is to be said; one of them waits.
pub fn quiet() -> Tree {
    let site = empty();
    site.put("content/pages/about.md", "---\ntitle: 关于本站\nsummary: 本站是什么。\n---\n见[一条](../2024-005/)。\n");
    site.clock("2024-05-01T09:00:00+08:00");
    ["2024-005", "2024-007", "2024-010"].iter().for_each(|id| draft(&site, id));
    site.draft("2024-004", &notice("2024-004", "第2024-004号警示（示例）"));
    let attached = with(&notice("2024-001", "第2024-001号警示（示例）"), "attachments", "[{file: b.txt, title: 说明}]");
    site.draft("2024-001", &attached);
    site.put("content/drafts/2024-001/b.txt", "说明\n".as_bytes());
    sign_all(&site);
    site.files("")
}

/// Fourteen notices of one kind and of one group of products, so that one more makes a page more. Five of them once had a
/// hazard that only the newest still has: their ten events are its whole archive.
pub fn long() -> Tree {
    let site = empty();
    let write = |number: usize, key: &str, value: &str| {
        let id = format!("2024-{number:03}");
        site.draft(&id, &with(&notice(&id, &format!("第{number}号警示（示例）")), key, value));
    };
    site.clock("2024-05-01T09:00:00+08:00");
    (1..=5).for_each(|number| write(number, "hazards", "[爆炸]"));
    sign_all(&site);
    site.clock("2024-05-02T09:00:00+08:00");
    (1..=5).for_each(|number| revise(&site, &format!("2024-{number:03}"), |text| with(&text, "hazards", "[窒息]")));
    (6..=13).for_each(|number| write(number, "audience", "[老年人]"));
    sign_all(&site);
    site.clock("2024-05-03T09:00:00+08:00");
    write(14, "hazards", "[爆炸]");
    sign_all(&site);
    site.files("")
}
