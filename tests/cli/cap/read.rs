//! Reads alerts, and checks what the schema of OASIS and CAP itself demand of every one.

use crate::site::{Site, files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// The texts of an alert's elements in order, each by its name; what lies below `parameter` too.
pub struct Alert(Vec<(String, String)>);

impl Alert {
    pub fn parse(text: &str) -> Self {
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let leaves =
            document.descendants().filter(|node| node.is_element() && !node.children().any(|n| n.is_element()));
        let namespace = document.root_element().tag_name().namespace();
        assert_eq!(namespace, Some("urn:oasis:names:tc:emergency:cap:1.2"));
        Self(leaves.map(|n| (n.tag_name().name().to_owned(), n.text().unwrap_or_default().to_owned())).collect())
    }

    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let name = name.to_owned();
        self.0.iter().filter(move |(found, _)| *found == name).map(|(_, text)| text.as_str())
    }

    #[track_caller]
    pub fn one(&self, name: &str) -> &str {
        let mut all = self.all(name);
        let first = all.next().unwrap_or_else(|| panic!("no {name}: {:?}", self.0));
        assert!(all.next().is_none(), "{name} twice");
        first
    }

    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let at = self.0.iter().position(|(element, text)| element == "valueName" && text == name)?;
        Some(&self.0[at + 1].1)
    }

    /// `sender,identifier,sent`
    pub fn name(&self) -> String {
        format!("{},{},{}", self.one("sender"), self.one("identifier"), self.one("sent"))
    }

    pub fn sent(&self) -> chrono::DateTime<chrono::FixedOffset> {
        time(self.one("sent"))
    }
}

/// A time as CAP writes it.
fn time(text: &str) -> chrono::DateTime<chrono::FixedOffset> {
    assert!(text.len() == 25 && text.ends_with("+08:00"), "{text}");
    chrono::DateTime::parse_from_rfc3339(text).unwrap()
}

/// Every alert of a built site, by its path below `cap/`; checked against the schema and against what CAP says beyond it.
pub fn alerts(site: &Site) -> BTreeMap<String, Alert> {
    let folder = site.path("public/cap");
    let paths: Vec<String> =
        files(&folder).into_keys().filter(|path| path.ends_with(".xml") && !path.ends_with("atom.xml")).collect();
    validate(&folder, &paths);
    let alerts: BTreeMap<_, _> =
        paths.into_iter().map(|path| (path.clone(), Alert::parse(&site.read(&format!("public/cap/{path}"))))).collect();
    alerts.values().for_each(|alert| alert_keeps_its_promises(site, alert));
    references_lead_to_earlier_alerts(&alerts);
    alerts
}

fn validate(folder: &Path, paths: &[String]) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cap/CAP-v1.2.xsd");
    let mut command = Command::new("xmllint");
    command.current_dir(folder).args(["--noout", "--nonet", "--schema"]).arg(schema).args(paths);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn alert_keeps_its_promises(site: &Site, alert: &Alert) {
    for name in ["identifier", "sender"] {
        assert!(!alert.one(name).contains([' ', ',', '<', '&']) && !alert.one(name).is_empty(), "{}", alert.one(name));
    }
    let sent = alert.sent();
    assert_eq!(alert.one("effective"), alert.one("sent"));
    assert!(alert.all("expires").all(|expires| time(expires) > sent), "{}", alert.name());
    assert_eq!(alert.has("references"), alert.one("msgType") != "Alert", "{}", alert.name());
    assert_ne!(alert.one("severity"), "Extreme");
    assert_eq!((alert.one("language"), alert.one("scope")), ("zh-CN", "Public"));
    assert!(!alert.one("description").is_empty() && !alert.one("headline").is_empty());
    let root = "https://www.example.gov.cn/fxjs/";
    let local = |address: &str| {
        let path = address.strip_prefix(root).unwrap_or_else(|| panic!("{address}"));
        percent_encoding::percent_decode_str(path).decode_utf8().unwrap().into_owned()
    };
    assert!(site.has(&format!("public/{}index.html", local(alert.one("web")))), "{}", alert.one("web"));
    for (uri, size) in alert.all("uri").zip(alert.all("size")) {
        assert_eq!(site.bytes(&format!("public/{}", local(uri))).len().to_string(), size, "{uri}");
    }
}

fn references_lead_to_earlier_alerts(alerts: &BTreeMap<String, Alert>) {
    let named: BTreeMap<String, &Alert> = alerts.values().map(|alert| (alert.name(), alert)).collect();
    let identifiers: BTreeSet<&str> = alerts.values().map(|alert| alert.one("identifier")).collect();
    assert_eq!(identifiers.len(), alerts.len(), "an identifier is used twice");
    for alert in alerts.values() {
        for reference in alert.all("references").flat_map(str::split_whitespace) {
            let earlier = named.get(reference).unwrap_or_else(|| panic!("no alert {reference}"));
            assert!(earlier.sent() <= alert.sent() && earlier.one("web") == alert.one("web"), "{reference}");
        }
    }
}
