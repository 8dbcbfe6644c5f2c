//! Open data as its readers take it: whole files of a small site, the same on every day, and none over another file.

use crate::samples::{CONFIG, PIXEL, notice};
use crate::site::{Site, Tree};

/// More lines of the front matter of [`notice`].
fn with(text: &str, lines: &str) -> String {
    text.replacen("audience:", &format!("{lines}\naudience:"), 1)
}

const FULL: &str = "category: 水晶泥
products:
  - {name: 磁力珠, brand: 品牌甲, model: X-1, batch: \"C14-P6/P7,20240101～20240103\", barcode: \"2010000010075\", maker: 示例生产者A, sold: 网络店铺}
  - {name: \"=磁力球\", model: X-2, batch: 见说明书}
sampling: {batches: 20, failed: 3}
findings: {file: found.csv, caption: 检测结果（示例）}
monitored_on: 2024-04-10
standards: [GB 6675.2-2014, GB 6675.1-2014]
sources: [消费者投诉举报]
measures: [约谈]
image: {file: a.png, alt: 磁力珠的样子}
attachments: [{file: b.txt, title: 说明}]
related: [2024-002]
origin: {source: 邻县市场监督管理局（示例）, url: \"https://www.example.gov.cn/x\", date: 2024-04-20}
expires: 2024-08-01";

/// A site with a notice that has everything, one that was withdrawn, one that waits for its other sign-offs.
fn site() -> Site {
    let license = "license: {name: 署名许可（示例）, url: \"https://www.example.gov.cn/license\"}\n";
    let site = Site::with_config(&format!("{CONFIG}banner: 示例。\n{license}"));
    site.draft("2024-002", &with(&notice("2024-002", "甲类产品的警示（示例）"), "standards: [GB 1-2024]"))
        .publish("2024-002");
    site.draft("2024-001", &with(&notice("2024-001", "磁力珠会造成肠穿孔（示例）"), FULL));
    site.put("content/drafts/2024-001/found.csv", "序号,型号,项目\n1,X-1,磁通量\n2,X-2,磁通量\n");
    site.put("content/drafts/2024-001/a.png", PIXEL);
    site.put("content/drafts/2024-001/b.txt", "说明\n");
    site.clock("2024-06-02T09:00:00+08:00").publish("2024-001");
    site.clock("2024-06-03T09:00:00+08:00");
    site.run(&["withdraw", "2024-002", "--reason", "样品登记有误"]).exits(0);
    site.publish("2024-002");
    site.draft("2024-003", &notice("2024-003", "乙类产品的警示（示例）"));
    site.clock("2024-06-04T09:00:00+08:00");
    let urgent =
        ["review", "sign", "--stage", "终审", "--by", "终审员", "--urgent", "--reason", "已有人受伤", "2024-003"];
    site.run(&urgent).exits(0);
    site
}

/// The files of the open data.
fn data(site: &Site) -> Tree {
    let is_data = |path: &String| path.ends_with("notice.json") || path.starts_with("data/");
    site.files("public").into_iter().filter(|(path, _)| is_data(path) && !path.ends_with(".html")).collect()
}

#[test]
fn whole_files_of_a_small_site() {
    let site = site();
    site.build().exits(0);
    for (path, bytes) in data(&site) {
        let text = String::from_utf8(bytes).unwrap();
        // The lines of one file are those of the other, and every notice stands in a file of its own.
        if path.ends_with("notice.json") || path.ends_with(".csv") || path.starts_with("data/schema/") {
            insta::assert_snapshot!(path.replace('/', "_"), text);
        }
    }
}

#[test]
fn lines_and_the_whole_hold_the_same_records() {
    let site = site();
    site.build().exits(0);
    let whole = site.read("public/data/notices.json");
    let (head, rest) = whole.split_once("\"hasPart\":[\n").unwrap();
    assert!(rest.ends_with("\n]}\n"));
    let records: Vec<&str> = rest.trim_end_matches("\n]}\n").split(",\n").collect();
    assert_eq!(records, site.read("public/data/notices.ndjson").lines().collect::<Vec<_>>());
    insta::assert_snapshot!(head);
}

#[test]
fn no_byte_depends_on_the_day_of_the_build() {
    let site = site();
    let on = |day: &str| {
        site.clock(&format!("{day}T09:00:00+08:00")).build().exits(0);
        data(&site)
    };
    let first = on("2024-06-05");
    assert_eq!(first.len(), 3 + 6 + 6);
    // By then a notice has expired, and another has waited for its sign-offs for long.
    assert!(on("2025-01-01") == first);
    assert!(site.read("public/n/2024-001/index.html").contains("已过期"));
}

#[test]
fn a_site_without_notices_has_empty_data_and_one_without_a_licence_says_so() {
    let site = Site::new();
    site.build().exits(0);
    assert_eq!(site.read("public/data/notices.ndjson"), "");
    assert!(site.read("public/data/notices.json").ends_with("\"numberOfItems\":0,\"hasPart\":[\n]}\n"));
    assert_eq!(site.read("public/data/standards.csv"), "\u{feff}标准,编号,标题,网址\r\n");
    let page = site.read("public/data/index.html");
    assert!(page.contains("本站没有写明使用许可") && !page.contains("使用许可："));
    assert!(!site.read("public/data/notices.json").contains("license"));
}

#[test]
fn no_file_of_a_bundle_can_stand_in_the_way_of_the_data() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "甲类产品的警示（示例）"));
    for name in ["notice.json", "NOTICE.JSON"] {
        site.put(&format!("content/drafts/2024-001/{name}"), "{}");
        site.sign("初审", "2024-001").exits(1).says("不发布这种类型的文件（.json）");
        std::fs::remove_file(site.path(&format!("content/drafts/2024-001/{name}"))).unwrap();
    }
}

#[test]
fn each_notice_names_its_data_and_an_earlier_version_has_none() {
    let site = site();
    site.build().exits(0);
    let link = "<link rel=\"alternate\" type=\"application/json\" title=\"本条信息的数据\" href=\"../../n/2024-002/notice.json\">";
    assert!(site.read("public/n/2024-002/index.html").contains(link));
    let earlier = site.read("public/n/2024-002/v1/index.html");
    assert!(!earlier.contains("application/json") && !site.has("public/n/2024-002/v1/notice.json"));
}
