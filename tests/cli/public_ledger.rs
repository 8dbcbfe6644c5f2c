//! The ledger as the public reads it: in pages, of which a full one stays as it is.

use crate::samples::notice;
use crate::site::Site;

/// The numbers of the rows of a page, from the top.
fn rows(site: &Site, page: &str) -> Vec<u32> {
    let html = site.read(page);
    let cells = html.split(r#"<th scope="row" data-label="序号">"#).skip(1);
    cells.map(|cell| cell.split('<').next().unwrap().parse().unwrap()).collect()
}

#[test]
fn every_row_stands_on_one_page_and_the_pages_lead_to_each_other() {
    let site = Site::new();
    for number in 1..=305 {
        let id = format!("2024-{number:03}");
        site.draft(&id, &notice(&id, "磁力珠"));
    }
    site.publish("content/drafts").build().exits(0);
    let [front, second, first] = ["", "p/2/", "p/1/"]
        .map(|folder| format!("public/ledger/{folder}index.html"))
        .map(|page| (site.read(&page), page));
    assert_eq!(rows(&site, &front.1), (201..=305).rev().collect::<Vec<_>>());
    assert_eq!(rows(&site, &second.1), (101..=200).rev().collect::<Vec<_>>());
    assert_eq!(rows(&site, &first.1), (1..=100).rev().collect::<Vec<_>>());
    assert!(!site.has("public/ledger/p/3") && front.0.contains("共 305 行") && first.0.contains("第 1 页"));
    let leads = |page: &str, class: &str, rel: &str| {
        let start = format!("<a class=\"pager-{class}\" rel=\"{rel}\" href=\"");
        let href = page.split_once(&start).and_then(|(_, rest)| rest.split('"').next());
        href.map(|href| href.trim_start_matches("../").to_owned())
    };
    let older = [&front, &second, &first].map(|(page, _)| leads(page, "older", "next"));
    assert_eq!(older, [Some("ledger/p/2/index.html".to_owned()), Some("ledger/p/1/index.html".to_owned()), None]);
    let newer = [&front, &second, &first].map(|(page, _)| leads(page, "newer", "prev"));
    assert_eq!(newer, [None, Some("ledger/index.html".to_owned()), Some("ledger/p/2/index.html".to_owned())]);
    let (front, first) = (front.1.as_str(), first.1.as_str());

    // What is added changes the front; what is corrected, the page of its row too: that version lies elsewhere now.
    let before = site.bytes(first);
    site.draft("2024-400", &notice("2024-400", "水晶泥")).publish("2024-400").build().exits(0);
    assert_eq!(rows(&site, front).first(), Some(&306));
    assert!(site.bytes(first) == before, "a full page stays as it is");
    site.run(&["revise", "2024-001", "--what", "改了型号", "--why", "笔误"]).exits(0);
    site.publish("2024-001").build().exits(0);
    assert!(site.read(first).contains("../../../n/2024-001/v1/index.html"));
    assert_eq!(rows(&site, front).first(), Some(&307));
}
