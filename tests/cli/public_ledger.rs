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
    for number in 1..=205 {
        let id = format!("2024-{number:03}");
        site.draft(&id, &notice(&id, "磁力珠"));
    }
    site.publish("content/drafts").build().exits(0);
    let (front, first) = ("public/ledger/index.html", "public/ledger/p/1/index.html");
    assert_eq!(rows(&site, front), (101..=205).rev().collect::<Vec<_>>());
    assert_eq!(rows(&site, first), (1..=100).rev().collect::<Vec<_>>());
    assert!(!site.has("public/ledger/p/2"));
    assert!(site.read(front).contains("共 205 行") && site.read(front).contains("../ledger/p/1/index.html"));
    assert!(site.read(first).contains("../../../ledger/index.html") && site.read(first).contains("第 1 页"));

    // What is added changes the front; what is corrected, the page of its row too: that version lies elsewhere now.
    let before = site.bytes(first);
    site.draft("2024-300", &notice("2024-300", "水晶泥")).publish("2024-300").build().exits(0);
    assert_eq!(rows(&site, front).first(), Some(&206));
    assert!(site.bytes(first) == before, "a full page stays as it is");
    site.run(&["revise", "2024-001", "--what", "改了型号", "--why", "笔误"]).exits(0);
    site.publish("2024-001").build().exits(0);
    assert!(site.read(first).contains("../../../n/2024-001/v1/index.html"));
    assert_eq!(rows(&site, front).first(), Some(&207));
}
