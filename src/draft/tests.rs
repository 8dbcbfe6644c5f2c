use super::*;
use crate::front_matter::{Text, decode, split};
use crate::notice::{Notice, keys};
use crate::yaml::{self, Source};

fn draft(kind: &str, vocabularies: &Vocabularies) -> String {
    let (id, kind) = (NoticeId::parse("2026-001").unwrap(), vocabularies.kind.find(kind).unwrap());
    let title = r#" 甲“乙”: "{audience}" \ #1 "#;
    let draft = Draft { id: &id, kind, title, category: vocabularies.category.find("power-banks").map(|term| &**term) };
    front_matter(&draft, vocabularies) + body(kind)
}

/// The notice, and what is wrong.
fn read(text: &str) -> (Option<Notice>, Vec<String>) {
    let text = Text::decode("t", text.as_bytes()).unwrap();
    let parts = split("t", &text).unwrap();
    let node = yaml::read(Source { file: "t", text: parts.yaml, lines_before: 1 }, &crate::front_matter::is_key);
    let mut faults = node.diagnostics;
    let notice = decode("t", node.value.unwrap(), &Vocabularies::default()).drain_into(&mut faults).notice;
    (notice, faults.iter().map(|found| found.message.clone()).collect())
}

/// The draft as one who completes everything leaves it: the comment signs before keys are gone.
fn uncommented(text: &str) -> String {
    let mut inside = false;
    let mut lines = String::new();
    for line in text.lines() {
        let bare = line.strip_prefix("# ");
        let keyed = bare.and_then(|bare| bare.split_once(':')).map(|(key, _)| key);
        inside = match bare {
            Some(bare) if inside => bare.starts_with("  "),
            _ => keyed.is_some_and(|key| keys::NOTICE.iter().any(|known| known.zh == key)),
        };
        lines.push_str(if inside { bare.unwrap_or(line) } else { line });
        lines.push('\n');
    }
    lines.replace("摘要: \"\"", "摘要: 甲").replace("风险等级: \"\"", "风险等级: 高风险")
}

#[test]
fn a_draft_explains_every_key_and_its_examples_are_right() {
    for kind in ["风险警示", "消费提示"] {
        let text = uncommented(&draft(kind, &Vocabularies::default()));
        let typed = keys::NOTICE.iter().filter(|key| !keys::SYSTEM.contains(&key.name));
        for key in typed.filter(|key| kind == "风险警示" || key.name != "risk_level") {
            assert!(text.contains(&format!("\n{}:", key.zh)), "{} in\n{text}", key.zh);
        }
        let (notice, faults) = read(&text);
        assert_eq!(faults, [""; 0], "{text}");
        let notice = notice.unwrap();
        assert_eq!(notice.title, r#"甲“乙”: "{audience}" \ #1"#);
        assert_eq!(
            (notice.category.unwrap().name.as_str(), notice.products[0].sold.as_str()),
            ("移动电源", "网络店铺")
        );
        assert!(
            notice.origin.is_some()
                && notice.review_by.is_some()
                && notice.monitored_on.is_some()
                && notice.attachments.len() == 1
        );
    }
}

#[test]
fn a_fresh_draft_asks_for_what_is_needed_and_nothing_else() {
    let needed = |kind| read(&draft(kind, &Vocabularies::default())).1;
    assert_eq!(needed("风险警示"), ["“摘要”（summary）还没有填", "“风险等级”（risk_level）还没有填"]);
    assert_eq!(needed("消费提示"), ["“摘要”（summary）还没有填"]);
}

#[test]
fn the_terms_of_the_site_are_offered_each_in_its_group() {
    let mut vocabularies = Vocabularies::default();
    vocabularies.category.add("电热毯", "electric-blankets", Some("日用消费品")).unwrap();
    vocabularies.hazard.add("中毒", "poisoning", None).unwrap();
    vocabularies.kind.add("风险提示", "notes", None).unwrap();
    let text = draft("风险提示", &vocabularies);
    assert!(
        text.contains(
            "\n#   日用消费品：健身器材、电子鞭炮、电动自行车头盔、降噪耳机、移动电源、电热毯\n#   新兴产品\n"
        ),
        "{text}"
    );
    assert!(text.contains("、其他伤害、中毒\n"), "{text}");
    let all = [&vocabularies.hazard, &vocabularies.source, &vocabularies.measure, &vocabularies.audience];
    for term in all.iter().flat_map(|vocabulary| vocabulary.terms()) {
        assert!(text.contains(&term.name), "{}", term.name);
    }
}

#[test]
fn marks_are_found_with_their_place() {
    let found = unwritten("t", "---\n标题: 甲\n---\n甲【请写：乙，丙】丁\n\n## 【请写\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "这里还没有写：乙，丙");
    assert_eq!(found[0].place.as_ref().and_then(|place| place.at), Some(Position::new(4, 2)));
    for kind in ["风险警示", "消费提示"] {
        assert_eq!(unwritten("t", &draft(kind, &Vocabularies::default())).len(), 5);
    }
}
