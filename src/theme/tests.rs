use super::fields::{FIELDS, ROOTS};
use super::{Theme, ThemeFile, default_files, samples};
use crate::diag::{Code, Diagnostic, Position};
use crate::view::FeedItemView;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

fn file(path: &str, text: &str) -> ThemeFile {
    ThemeFile { path: path.to_owned(), bytes: Arc::from(text.as_bytes()) }
}

/// The default theme with files replaced or added.
fn compile(files: &[(&str, &str)]) -> Result<Theme, Vec<Diagnostic>> {
    let mut all = default_files();
    all.extend(files.iter().map(|(path, text)| file(path, text)));
    let outcome = Theme::compile("default", all);
    outcome.value.ok_or(outcome.diagnostics)
}

fn default_theme() -> Theme {
    compile(&[]).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
}

fn rendered(theme: &Theme, template: &str, view: &impl Serialize) -> String {
    let page = theme.render(template, view).unwrap_or_else(|diagnostic| panic!("{diagnostic:#?}"));
    String::from_utf8(page).unwrap()
}

/// What a page template is told about: message, line, column, hint.
fn told(template: &str) -> Vec<(String, Position, Option<String>)> {
    let diagnostics = compile(&[("templates/page.html", template)]).err().unwrap_or_default();
    diagnostics
        .into_iter()
        .map(|diagnostic| {
            assert_eq!(diagnostic.code, Code::ThemeTemplate);
            let place = diagnostic.place.unwrap();
            assert_eq!(place.file, "themes/default/templates/page.html");
            (diagnostic.message, place.at.unwrap(), diagnostic.hints.first().cloned())
        })
        .collect()
}

fn paths(value: &Value, path: &str, all: &mut BTreeSet<String>) {
    if !path.is_empty() {
        all.insert(path.to_owned());
    }
    match value {
        // Its keys are the files of the theme.
        Value::Object(_) if path == "site.assets" => {}
        Value::Object(map) => {
            for (name, value) in map {
                paths(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, all);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| paths(value, &format!("{path}[]"), all)),
        _ => {}
    }
}

fn views(full: bool) -> Vec<(&'static str, Value)> {
    fn json(view: impl Serialize) -> Value {
        serde_json::to_value(view).unwrap()
    }
    let notice = if full { samples::full_notice() } else { samples::bare_notice() };
    let withdrawn = if full { samples::withdrawn_notice() } else { samples::bare_notice() };
    let item = FeedItemView { root: "https://example.gov.cn/jingshi/", notice: notice.clone() };
    vec![
        ("404.html", json(samples::not_found(full))),
        ("data.html", json(samples::data(full))),
        ("feed_item.html", json(item)),
        ("home.html", json(samples::home(full))),
        ("ledger.html", json(samples::ledger(full))),
        ("list.html", json(samples::list(full))),
        ("lookup.html", json(samples::lookup(full))),
        ("map.html", json(samples::map(full))),
        ("notice.html", json(samples::notice_page(notice, full))),
        ("page.html", json(samples::prose(full))),
        ("search.html", json(samples::search(full))),
        ("statistics.html", json(samples::statistics(full))),
        ("subscribe.html", json(samples::subscribe(full))),
        ("tombstone.html", json(samples::notice_page(withdrawn, full))),
    ]
}

#[test]
fn field_list_equals_what_views_serialise() {
    let mut all = BTreeSet::new();
    for (template, view) in views(true) {
        paths(&view, "", &mut all);
        let given: Vec<&str> = view.as_object().unwrap().keys().map(String::as_str).collect();
        let listed = ROOTS.iter().find(|(name, _)| *name == template).map(|(_, roots)| roots.to_vec());
        assert_eq!(listed, Some(given), "{template}");
    }
    let all = all.into_iter().collect::<Vec<_>>().join("\n") + "\n";
    if std::env::var_os("UPDATE_FIELDS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/theme/fields.txt"), &all).unwrap();
        return;
    }
    assert!(
        all == FIELDS,
        "UPDATE_FIELDS=1 cargo test --lib theme writes src/theme/fields.txt, which must read:\n{all}"
    );
}

#[test]
fn every_default_template_renders_full_and_empty_views() {
    let theme = default_theme();
    for full in [true, false] {
        for (template, view) in views(full) {
            let page = rendered(&theme, template, &view);
            if template == "feed_item.html" {
                assert!(page.trim_start().starts_with("<p>") && !page.contains("<尖括号>"), "{page}");
                continue;
            }
            assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"), "{template}");
            assert_eq!(page.matches("<h1").count(), 1, "{template}");
            assert!(!page.contains("<尖括号>"), "{template}");
        }
    }
}

#[test]
fn draft_and_preview_are_marked_on_the_page() {
    let theme = default_theme();
    let mut notice = samples::full_notice();
    let page = rendered(&theme, "notice.html", &samples::notice_page(notice.clone(), true));
    assert!(!page.contains("watermark") && !page.contains("ribbon"));
    notice.marks = vec![samples::mark("draft")];
    let view = crate::view::NoticePageView { site: samples::preview(), ..samples::notice_page(notice, true) };
    let page = rendered(&theme, "notice.html", &view);
    assert!(page.contains("草稿 · 未经审签 · 不得发布") && page.contains("预览（含草稿，未发布）"));
}

#[test]
fn empty_fields_leave_no_empty_section() {
    let theme = default_theme();
    for (template, view) in views(false) {
        let page = rendered(&theme, template, &view);
        let page: String = page.split_whitespace().collect::<Vec<_>>().join("");
        for empty in ["<ul></ul>", "<ol></ol>", "<dl></dl>", "<p></p>", "<tbody></tbody>", "<dd></dd>"] {
            assert!(!page.contains(empty), "{template}: {empty}");
        }
        assert!(!page.contains("</h2></section>"), "{template}");
    }
}

#[test]
fn unknown_field_is_found_in_output_and_in_conditions() {
    let expected =
        |message: &str, column, hint: &str| (message.to_owned(), Position::new(1, column), Some(hint.to_owned()));
    let titel = |column| vec![expected("模板里的“page.titel”没有这个字段", column, "是不是“page.title”？")];
    assert_eq!(told("{{ page.titel }}"), titel(9));
    assert_eq!(told("{% if page.titel %}{% endif %}"), titel(12));
    assert_eq!(
        told("{% for feed in page.feeds %}{% if not feed.lable %}{% endif %}{% endfor %}"),
        [expected("模板里的“feed.lable”没有这个字段", 44, "是不是“feed.label”？")]
    );
    assert_eq!(
        told("{% if bodyhtml %}{% endif %}"),
        [expected("模板里的“bodyhtml”没有这个变量", 7, "是不是“body_html”？")]
    );
    assert_eq!(
        told("{{ site.assets[\"styles.css\"] }}"),
        [expected("主题的 static 文件夹里没有“styles.css”", 16, "把文件放进 static/，或改正模板里的文件名")]
    );
}

#[test]
fn other_templates_fields_are_unknown_here() {
    assert_eq!(told("{% if notice.title %}{% endif %}")[0].0, "模板里的“notice”没有这个变量");
}

#[test]
fn correct_names_are_not_reported() {
    let template = "{# notice.nosuch #}{% raw %}{{ x.y }}{% endraw %}{% set first = page.feeds[0] %}{{ first.label }}
        {% for feed in page.feeds | reverse %}{{ loop.index }}{{ feed.label | upper }}{% endfor %}
        {% if notice is defined and page.title is not containing(pat=\"}}\") %}{{ page?.title or site.title }}{% endif %}
        {{ [feed.href for feed in page.feeds] }}{{ <breadcrumbs /> }}{{ body_html | safe | replace(from=\"a\", to=page.root) }}";
    assert_eq!(told(template), []);
}

#[test]
fn an_included_part_sees_the_variables_around_it() {
    let part = "{{ item.label }}{% if item.labl %}{% endif %}";
    let page = "{% for item in page.feeds %}{% include \"partials/item.html\" %}{% endfor %}";
    let diagnostics = compile(&[("templates/partials/item.html", part), ("templates/page.html", page)]).err().unwrap();
    let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages, ["模板里的“item.labl”没有这个字段"]);
}

#[test]
fn engine_errors_are_told_with_their_place() {
    assert_eq!(told("甲\n乙{{ page.title | uper }}")[0].0, "没有“uper”这个过滤器");
    assert_eq!(told("甲\n乙{{ page.title | uper }}")[0].1, Position::new(2, 18));
    assert_eq!(told("{{ <nosuch /> }}")[0].0, "没有“nosuch”这个组件");
    assert_eq!(told("{% include \"x.html\" %}")[0].0, "没有“x.html”这个模板");
    assert_eq!(told("甲{% if %}")[0].0, "模板语法有误");
    assert_eq!(told("甲{% if %}")[0].1, Position::new(1, 8));
}

#[test]
fn every_syntax_error_of_a_theme_is_told_at_once() {
    let broken = [("templates/page.html", "{% if %}"), ("templates/map.html", "{{ x")];
    let files: Vec<_> =
        compile(&broken).err().unwrap().into_iter().map(|diagnostic| diagnostic.place.unwrap().file).collect();
    assert_eq!(files, ["themes/default/templates/map.html", "themes/default/templates/page.html"]);
}

#[test]
fn missing_value_at_render_is_told_with_its_path() {
    let theme = compile(&[("templates/page.html", "{{ page.title }}\n{{ page.feeds[0].label }}")]).unwrap();
    let diagnostic = theme.render("page.html", &serde_json::json!({"page": {"titel": "甲"}})).unwrap_err();
    assert_eq!(diagnostic.message, "模板里的“page.title”没有这个字段");
    assert_eq!(diagnostic.hints, ["是不是“titel”？"]);
    assert_eq!(diagnostic.place.unwrap().at, Some(Position::new(1, 9)));
}

#[test]
fn missing_template_stops_the_theme() {
    let files = default_files().into_iter().filter(|file| file.path != "templates/ledger.html").collect();
    let outcome = Theme::compile("default", files);
    assert!(outcome.value.is_none());
    assert_eq!(outcome.diagnostics[0].code, Code::ThemeMissing);
}

#[test]
fn static_names_follow_the_content() {
    let theme = default_theme();
    let changed = compile(&[("static/style.css", "a{}")]).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"));
    assert_ne!(theme.assets()["style.css"], changed.assets()["style.css"]);
    assert_eq!(theme.assets()["favicon.svg"], changed.assets()["favicon.svg"]);
    assert_ne!(theme.digest(), changed.digest());
    assert_eq!(changed.text("style.css"), Some("a{}"));
    assert!(theme.text("404.css").is_some() && !theme.assets().contains_key("404.css"));
    assert!(theme.statics().all(|(path, _)| path.as_str().starts_with("assets/")));
}

#[test]
fn all_files_of_the_default_theme_are_in_the_program() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");
    let mut on_disk: Vec<_> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    on_disk.sort();
    let mut embedded: Vec<_> = default_files().into_iter().map(|file| file.path).collect();
    embedded.sort();
    assert_eq!(on_disk, embedded);
}
