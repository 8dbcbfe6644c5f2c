//! The manual and the list of codes say what the program says: every key, term, command and code.

use jingshi::diag::{Class, Code};
use jingshi::embedded::NEW_CONFIG;
use jingshi::lint::RULES;
use jingshi::notice::{Status, keys};
use jingshi::standards;
use jingshi::vocabulary::{Vocabularies, Vocabulary};
use jingshi::workdays;
use jingshi::yaml::Key;
use std::collections::BTreeSet;
use std::error::Error;
use std::process::Command;

const MANUAL: &str = include_str!("../docs/manual.zh.md");
const CODES: &str = include_str!("../docs/codes.zh.md");

/// Rows of tables, one line each.
fn has_row(text: &str, row: &str) -> bool {
    text.lines().any(|line| line.starts_with(row))
}

#[test]
fn every_key_stands_in_the_manual_in_both_spellings() {
    let tables = [
        keys::NOTICE,
        keys::PRODUCT,
        keys::SAMPLING,
        keys::FINDINGS,
        keys::IMAGE,
        keys::ATTACHMENT,
        keys::ORIGIN,
        keys::CHANGE,
        keys::EXCEPTION,
        keys::SIGN_OFF,
    ];
    let missing: Vec<String> = tables.iter().flat_map(|keys| keys.iter()).filter_map(wrong_row).collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// What the row of a key should begin with, where there is none that says what the table of keys says.
fn wrong_row(key: &Key) -> Option<String> {
    let wanted = format!("| {} | `{}` | {} |", key.zh, key.name, key.about);
    let example = format!("`{}: {}`", key.zh, key.example);
    let right = |row: &str| {
        let mut cells = row.trim_end_matches('|').rsplit(" | ").map(str::trim);
        let (shown, need) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let elsewhere = key.example.is_empty() || shown.starts_with('见');
        let asked =
            if need == "系统写" { key.example.is_empty() || !key.needed } else { (need == "是") == key.needed };
        asked && (elsewhere || shown == example)
    };
    let mut rows = MANUAL.lines().filter(|line| line.starts_with(&wanted));
    (!rows.any(right)).then(|| format!("{wanted} … | {example} |"))
}

#[test]
fn every_column_of_the_tables_of_a_site_stands_in_the_manual() {
    let need = |key: &Key| if key.needed { " 是 |" } else { "  |" };
    let columns = standards::COLUMNS.iter().chain(workdays::COLUMNS);
    let rows = columns.map(|key| format!("| {} | `{}` | {} |{}", key.zh, key.name, key.about, need(key)));
    let missing: Vec<String> = rows.filter(|row| !has_row(MANUAL, row)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_term_stands_in_the_manual_with_its_slug() {
    let all = Vocabularies::default();
    let vocabularies: [&Vocabulary; 7] =
        [&all.kind, &all.risk_level, &all.category, &all.audience, &all.hazard, &all.source, &all.measure];
    let terms = vocabularies.iter().flat_map(|vocabulary| vocabulary.terms());
    let missing: Vec<String> = terms
        .map(|term| match &term.group {
            Some(group) => format!("| {} | `{}` | {} |", term.name, term.slug, group.name),
            None => format!("| {} | `{}` |", term.name, term.slug),
        })
        .filter(|row| !has_row(MANUAL, row))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
    assert!(Status::ALL.iter().all(|status| MANUAL.contains(status.name())));
}

#[test]
fn every_command_and_option_stands_in_the_manual() {
    let missing: Vec<String> =
        words_of_help(&[]).unwrap().into_iter().filter(|word| !MANUAL.contains(word.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// `jingshi new`, `--category`: the commands and options of a command's help, and of the commands below it.
fn words_of_help(command: &[&str]) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_jingshi")).args(command).arg("--help").output()?;
    let help = String::from_utf8(output.stdout)?;
    assert!(output.status.success(), "{command:?}");
    let mut words = BTreeSet::new();
    let mut in_commands = false;
    for line in help.lines() {
        if !line.starts_with(' ') {
            in_commands = line.starts_with("命令");
            continue;
        }
        let word = line.split_whitespace().next().unwrap_or_default();
        if in_commands {
            let below = [command, &[word]].concat();
            words.insert(format!("jingshi {}", below.join(" ")));
            words.extend(words_of_help(&below)?);
        }
        words.extend(line.split_whitespace().find(|word| word.starts_with("--")).map(str::to_owned));
    }
    Ok(words)
}

#[test]
fn every_key_of_the_configuration_stands_in_the_manual() {
    let keys = NEW_CONFIG.lines().filter(|line| !line.trim_start().starts_with('#'));
    let keys = keys.filter_map(|line| line.split_once(':')).map(|(key, _)| key.trim_start_matches(['-', ' ']));
    let sections = NEW_CONFIG.lines().filter(|line| !line.starts_with([' ', '#']));
    let sections: BTreeSet<&str> = sections.filter_map(|line| line.split_once(':')).map(|(key, _)| key).collect();
    // What the comments of the file itself explain need not be repeated: the parts of `portal` and `footer`.
    let missing: Vec<&str> =
        keys.filter(|key| sections.contains(key) && !MANUAL.contains(&format!("`{key}`"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_code_is_listed_once_with_its_exit_code() {
    let rows: Vec<(&str, &str)> = CODES
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(id, rest)| (id, rest.trim_end_matches([' ', '|']).rsplit("| ").next().unwrap_or_default()))
        .collect();
    let listed: Vec<&str> = rows.iter().map(|(id, _)| *id).collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    let mut known: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    known.sort_unstable();
    assert_eq!(sorted, known);
    for (id, exit) in rows {
        let class = Code::ALL.iter().find(|code| code.id() == id).map(|code| code.class());
        let expected = match class {
            Some(Class::Content) => "1",
            Some(Class::Usage) => "2",
            Some(Class::Gate) => "3",
            Some(Class::Io) => "4",
            None => "",
        };
        assert!(exit == "提醒" || exit.split('／').next() == Some(expected), "{id}: {exit}");
    }
}

/// The rules as the page for the staff lists them.
fn rules_page() -> String {
    let mut page = include_str!("../docs/rules.zh.md").split("\n## ").next().unwrap_or_default().trim_end().to_owned();
    for rule in RULES {
        page += &format!(
            "\n\n## {}\n\n`{}`，默认：{}\n\n- 查什么：{}\n- 为什么：{}\n- 怎么改：{}",
            rule.title,
            rule.code,
            rule.severity.label(),
            rule.what,
            rule.why,
            rule.how
        );
    }
    page + "\n"
}

/// `UPDATE_RULES=1 cargo test --test manual` writes the page anew.
#[test]
fn the_page_of_rules_says_what_the_rules_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.zh.md");
    let expected = rules_page();
    if std::env::var_os("UPDATE_RULES").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), expected, "run UPDATE_RULES=1 cargo test --test manual");
}

#[test]
fn codes_that_the_manual_explains_exist() {
    let codes = MANUAL.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let table: Vec<&str> = codes
        .filter(|(id, _)| id.contains('-') && !id.contains(' '))
        .map(|(id, _)| id)
        .filter(|id| !Code::ALL.iter().any(|code| code.id() == *id))
        .collect();
    assert_eq!(table, Vec::<&str>::new());
}

#[test]
fn nginx_is_told_the_type_of_every_text_that_it_does_not_know_and_compresses_them() {
    let text = include_str!("../docs/deploy.md");
    for media_type in ["application/feed+json", "application/cap+xml", "application/x-ndjson", "text/csv"] {
        assert!(text.contains(&format!("default_type {media_type};")), "{media_type} has no location");
    }
    let compressed = text.lines().find(|line| line.trim_start().starts_with("gzip_types ")).unwrap_or_default();
    for media_type in ["application/xml", "text/xml", "application/json", "application/cap+xml", "text/csv"] {
        assert!(compressed.contains(media_type), "{media_type} is not compressed");
    }
}
