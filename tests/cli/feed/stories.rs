//! What feeds do for their readers, told with single notices.

use super::document::{Document, read};
use crate::samples::{MARKER, PIXEL, notice};
use crate::site::Site;

/// The feeds of a folder, in all three formats.
fn feeds(site: &Site, folder: &str) -> Vec<Document> {
    let read = |name: &str| {
        let path = format!("{folder}{name}");
        read(&path, &site.bytes(&format!("public/{path}"))).unwrap().unwrap()
    };
    ["feed.xml", "atom.xml", "feed.json"].map(read).into()
}

fn titles(site: &Site, folder: &str) -> Vec<String> {
    let feeds = feeds(site, folder);
    let titles = |feed: &Document| feed.items.iter().map(|item| item.title.clone()).collect::<Vec<_>>();
    assert!(feeds.iter().all(|feed| titles(feed) == titles(&feeds[0])));
    titles(&feeds[0])
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
    for feed in feeds(&site, "") {
        let content = &feed.items[0].content;
        for part in ["一节", "脚注的话", "<td>二</td>", "结尾的话", "怎样避免", "收好", "高风险"] {
            assert!(content.contains(part), "{part}:\n{content}");
        }
        let root = "https://www.example.gov.cn/fxjs/n/";
        for address in ["2024-002/%E5%9B%BE.png", "2024-002/%E9%99%84%E4%BB%B6.pdf", "2024-001/", "2024-002/#"] {
            assert!(content.contains(&format!("\"{root}{address}")), "{address}:\n{content}");
        }
    }
}

#[test]
fn the_feed_of_a_list_holds_what_the_list_holds() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
    let other = notice("2024-002", "水晶泥").replace("[窒息]", "[火灾]");
    site.draft("2024-002", &other).clock("2024-06-02T09:00:00+08:00").publish("2024-002").build().exits(0);
    assert_eq!(titles(&site, "hazards/suffocation/"), ["磁力珠"]);
    assert_eq!(titles(&site, "hazards/fire/"), ["水晶泥"]);
    assert_eq!(titles(&site, ""), ["水晶泥", "磁力珠"]);
    assert!(!site.has("public/hazards/burns"), "no empty lists");
    assert!(!site.has("public/years/2024/feed.xml"), "a year's feed would fall silent unnoticed");
}

#[test]
fn a_correction_reaches_the_subscribers_of_what_it_corrects() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠").replace("[窒息]", "[火灾]")).publish("2024-001");
    site.run(&["revise", "2024-001", "--what", "危害改为窒息", "--why", "原来写错了"]).exits(0);
    site.edit("content/drafts/2024-001/index.md", "[火灾]", "[窒息]");
    site.clock("2024-06-02T09:00:00+08:00").publish("2024-001").build().exits(0);
    assert!(!site.has("public/hazards/fire/index.html"), "the list is empty and gone");
    assert_eq!(titles(&site, "hazards/fire/"), ["【更正】磁力珠", "【已更正】磁力珠"]);
    assert_eq!(titles(&site, "hazards/suffocation/"), ["【更正】磁力珠"], "what was said before was never said of it");
    let pages: Vec<String> = feeds(&site, "hazards/fire/").into_iter().map(|feed| feed.page).collect();
    assert_eq!(pages, ["https://www.example.gov.cn/fxjs/"; 3], "no link to a list that is not there");
}

#[test]
fn an_identity_outlives_the_address_and_the_title_of_the_site() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    let known =
        |site: &Site| feeds(site, "").into_iter().map(|feed| (feed.id, feed.items[0].id.clone())).collect::<Vec<_>>();
    let before = known(&site);
    site.edit("site.yaml", "https://www.example.gov.cn/fxjs/", "http://news.example.com/");
    site.edit("site.yaml", "title: 示例风险警示", "title: 别的名称").build().exits(0);
    assert_eq!(known(&site), before);
    assert!(feeds(&site, "").iter().all(|feed| feed.items[0].link == "http://news.example.com/n/2024-001/"));
}
