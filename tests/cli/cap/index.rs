//! The Atom index of the alerts, followed through its archives.

use super::{SECTION, alerts, sample, sending};
use crate::site::Site;
use std::collections::BTreeSet;

/// The addresses of alerts in the index, from the newest document through all archives; below `cap/`.
fn indexed(site: &Site) -> Vec<String> {
    let atom = "http://www.w3.org/2005/Atom";
    let root = "https://www.example.gov.cn/fxjs/";
    let (mut found, mut ids) = (Vec::new(), BTreeSet::new());
    let mut next = Some("cap/atom.xml".to_owned());
    while let Some(path) = next {
        let text = site.read(&format!("public/{path}"));
        let document = roxmltree::Document::parse(&text).unwrap();
        let link = |rel: &str| {
            let mut links = document.root_element().children().filter(|node| node.has_tag_name((atom, "link")));
            let link = links.find(|link| link.attribute("rel") == Some(rel));
            link.map(|link| link.attribute("href").unwrap().strip_prefix(root).unwrap().to_owned())
        };
        assert_eq!(link("self").unwrap(), path);
        for entry in document.root_element().children().filter(|node| node.has_tag_name((atom, "entry"))) {
            let child = |name: &str| entry.children().find(|node| node.has_tag_name((atom, name))).unwrap();
            assert!(!child("summary").text().unwrap().is_empty());
            let content = child("content");
            assert_eq!((content.attribute("type"), content.text()), (Some("application/cap+xml"), None));
            // The feed overlaps its last archive.
            if ids.insert(child("id").text().unwrap().to_owned()) {
                found.push(content.attribute("src").unwrap().strip_prefix(&format!("{root}cap/")).unwrap().to_owned());
            }
        }
        next = link("prev-archive");
    }
    assert!(
        ids.iter().all(|id| !site.read("public/atom.xml").contains(&format!("<id>{id}</id>"))),
        "two entries, one id"
    );
    found
}

#[test]
fn the_index_leads_to_every_alert_newest_first() {
    let site = sample();
    let mut found = indexed(&site);
    let alerts = alerts(&site);
    let times: Vec<_> = found.iter().map(|path| alerts[path].sent()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{found:?}");
    found.sort();
    assert_eq!(found, alerts.into_keys().collect::<Vec<_>>());
}

#[test]
fn older_alerts_stand_in_the_archives_of_the_index() {
    let site = Site::fresh();
    site.run(&["init", "--sample", site.path("").to_str().unwrap()]).exits(0);
    site.write("site.yaml", format!("{}{SECTION}feed_items: 10\n", site.read("site.yaml")));
    site.clock("2030-01-01T00:00:00+08:00").build().exits(0);
    assert!(site.has("public/cap/archive/10/3/atom.xml") && !site.has("public/cap/feed.xml"));
    assert_eq!(indexed(&site).len(), alerts(&site).len());
}

#[test]
fn a_site_without_notices_has_an_empty_index() {
    let site = sending();
    site.build().exits(0);
    assert_eq!(indexed(&site), Vec::<String>::new());
}
