//! Decodes `site.yaml`.

use super::check::{self, CHECK};
use super::{Bureau, Config, EarlierStages, Footer, Portal, ReviewRules, Reviewer};
use super::{reuse, targets};
use crate::diag::{Code, Diagnostic, Located, Outcome, Position};
use crate::route::BaseUrl;
use crate::ssh::PublicKey;
use crate::vocabulary::{Vocabularies, Vocabulary};
use crate::yaml::{self, Fields, Key, Node, Source, Value};

const SITE: &[Key] = &[
    Key::new("title", "标题", "网站名称"),
    Key::new("description", "简介", "一两句话说明网站"),
    Key::new("base_url", "网址", "网站对外地址"),
    Key::new("tag", "订阅标识", "订阅条目编号的前缀：域名,年份；启用后永不更改"),
    Key::new("banner", "横幅", "每页顶部的提示语，可不填"),
    Key::new("bureau", "发布单位", "发布单位"),
    Key::new("portal", "门户标签", "国办发〔2017〕47号规定的页面标签"),
    Key::new("footer", "页脚", "国办发〔2017〕47号规定的页脚"),
    Key::new("review", "审签", "审签环节与人员"),
    Key::new("vocabularies", "词表", "本站增加的词"),
    Key::new("page_size", "每页条数", "列表每页条数"),
    Key::new("feed_items", "订阅条数", "订阅源条数"),
    Key::new("theme", "主题", "界面主题"),
    Key::new("check", "自查", "自查规则的调整"),
    Key::new("hub", "推送中心", "WebSub 推送中心的地址"),
    Key::new("license", "许可", "订阅源和数据按什么许可使用"),
    Key::new("cap", "预警协议", "按 CAP 1.2 发布；不写就不发"),
    Key::new("targets", "发布目标", "jingshi publish 把网站送到哪里"),
    Key::new("site_key", "网站公钥", "给清单 manifest.json 签名的 OpenSSH 公钥；私钥不放在网站文件夹里"),
];
const BUREAU: &[Key] = &[
    Key::new("name", "名称", "单位全称，即落款"),
    Key::new("phone", "电话", "公众联系电话"),
    Key::new("address", "地址", "地址"),
];
const PORTAL: &[Key] = &[
    Key::new("site_name", "网站名称", "SiteName"),
    Key::new("site_domain", "网站域名", "SiteDomain"),
    Key::new("site_id_code", "网站标识码", "SiteIDCode，10 位"),
    Key::new("column_name", "栏目名称", "ColumnName"),
    Key::new("column_description", "栏目介绍", "ColumnDescription"),
    Key::new("column_keywords", "栏目关键词", "ColumnKeywords"),
    Key::new("column_type", "栏目类别", "ColumnType"),
];
const FOOTER: &[Key] = &[
    Key::new("sponsor", "主办单位", "主办单位"),
    Key::new("contact", "联系方式", "联系方式"),
    Key::new("icp", "ICP备案号", "ICP备案号"),
    Key::new("police", "公安备案号", "公安备案号"),
    Key::new("government_mark_url", "党政机关网站标识", "标识链接地址"),
    Key::new("error_report_url", "找错", "“我为政府网站找错”链接地址"),
];
const REVIEW: &[Key] = &[
    Key::new("stages", "环节", "审签环节，按先后排列"),
    Key::new("earlier", "以前的环节", "改动环节以前的规定，按时间先后"),
    Key::new("urgent_hours", "补审时限", "紧急发布后补审的小时数"),
    Key::new("reviewers", "人员", "审签人员"),
];
const EARLIER: &[Key] = &[Key::new("until", "截止", "最后适用的日期"), Key::new("stages", "环节", "当时的审签环节")];
const REVIEWER: &[Key] = &[
    Key::new("name", "姓名", "姓名"),
    Key::new("stages", "环节", "可签的环节"),
    Key::new("keys", "公钥", "OpenSSH 公钥"),
    Key::new("signed_from", "签名起始", "从哪天起必须带签名；以前没带签名的签署仍有效"),
    Key::new("until", "截止", "最后可签的日期"),
];
const VOCABULARIES: &[Key] = &[
    Key::new("kind", "类型", "类型"),
    Key::new("category", "产品类别", "产品类别"),
    Key::new("audience", "人群", "人群"),
    Key::new("hazard", "危害", "危害"),
    Key::new("source", "信息来源", "信息来源"),
    Key::new("measure", "处置措施", "处置措施"),
];
const TERM: &[Key] = &[
    Key::new("name", "名称", "中文名称"),
    Key::new("slug", "代码", "网址中的英文代码"),
    Key::new("group", "分组", "所属分组（产品类别）"),
];

/// All tables, for what may be a mistyped key.
const KEYS: &[&[Key]] = &[
    SITE,
    BUREAU,
    PORTAL,
    FOOTER,
    REVIEW,
    EARLIER,
    REVIEWER,
    VOCABULARIES,
    TERM,
    CHECK,
    check::RULE,
    check::WORD,
    reuse::LICENSE,
    reuse::CAP,
    targets::TARGET,
];

/// The name of the file, for diagnostics.
pub const FILE: &str = "site.yaml";

/// Reads `site.yaml`. None where a required value is missing or wrong; then there is at least one error.
pub fn read(text: &str) -> Outcome<Option<Config>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let known = |typed: &str| KEYS.iter().any(|keys| keys.iter().any(|key| key.name == typed || key.zh == typed));
    let Outcome { value: node, mut diagnostics } =
        yaml::read(Source { file: FILE, text: &text, lines_before: 0 }, &known);
    let config = node.and_then(|node| site(node, &mut diagnostics));
    let config = config.filter(|_| !crate::diag::has_errors(&diagnostics));
    Outcome::new(config, diagnostics)
}

fn site(node: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let mut fields = Fields::open(FILE, node, SITE);
    let title = fields.required_text("title", "标题");
    let description = optional(&mut fields, "description");
    let base_url = base_url(&mut fields);
    let tag = tag(&mut fields);
    let banner = optional(&mut fields, "banner");
    let bureau = bureau(&mut fields, diagnostics);
    let portal = portal(&mut fields, diagnostics);
    let footer = footer(&mut fields, diagnostics);
    let review = review(&mut fields, diagnostics);
    let vocabularies = vocabularies(&mut fields, diagnostics);
    let page_size = bounded(&mut fields, "page_size", 20, 5..=200);
    let feed_items = bounded(&mut fields, "feed_items", 50, 10..=200);
    let theme = fields.text("theme").map_or_else(|| "default".to_owned(), |theme| theme.value);
    let check = check::check(section(&mut fields, "check", CHECK), diagnostics);
    let hub = reuse::hub(&mut fields);
    let license = reuse::license(&mut fields, diagnostics);
    let cap = reuse::cap(&mut fields, diagnostics);
    let targets = targets::targets(&mut fields, diagnostics);
    let site_key = targets::site_key(&mut fields);
    diagnostics.extend(fields.finish());
    Some(Config {
        title: title?.value,
        description,
        base_url: base_url?,
        tag: tag?,
        banner,
        bureau,
        portal,
        footer,
        review,
        vocabularies,
        page_size,
        feed_items,
        theme,
        check,
        hub,
        license,
        cap,
        targets,
        site_key,
    })
}

fn optional(fields: &mut Fields<'_>, name: &str) -> String {
    fields.text(name).map(|text| text.value).unwrap_or_default()
}

pub(super) fn wrong(at: Position, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::ConfigValue, message).at(FILE, at)
}

fn base_url(fields: &mut Fields<'_>) -> Option<BaseUrl> {
    let text = fields.required_text("base_url", "网址")?;
    let parsed = BaseUrl::parse(&text.value);
    if parsed.is_none() {
        fields.push(
            wrong(text.at, "网址无法识别")
                .hint("请写成以 http:// 或 https:// 开头的地址，例如 https://www.example.gov.cn/fxjs/"),
        );
    }
    parsed
}

/// RFC 4151: an authority (a domain) and a date, joined by a comma.
fn tag(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.required_text("tag", "订阅标识")?;
    let domain = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    };
    let date = |text: &str| {
        (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())) || crate::moment::Day::parse(text).is_some()
    };
    match text.value.split_once(',') {
        Some((authority, year)) if domain(authority) && date(year) => Some(text.value),
        _ => {
            fields.push(
                wrong(text.at, "订阅标识应当是“域名,年份”")
                    .hint("例如 tag: \"www.example.gov.cn,2024\"；启用后不要再改，否则订阅者会把旧信息当成新信息"),
            );
            None
        }
    }
}

fn bounded(fields: &mut Fields<'_>, name: &str, default: usize, range: std::ops::RangeInclusive<u32>) -> usize {
    let Some(number) = fields.number(name) else { return default };
    if !range.contains(&number.value) {
        let message = format!("{name} 应在 {} 到 {} 之间", range.start(), range.end());
        fields.push(wrong(number.at, message));
    }
    number.value as usize
}

pub(super) fn section(fields: &mut Fields<'_>, name: &str, keys: &'static [Key]) -> Fields<'static> {
    let node = fields.take(name).unwrap_or(Node { value: Value::Null, at: fields.at() });
    Fields::open(FILE, node, keys)
}

/// Takes each key of a table as text; reports the empty ones that government pages must carry.
fn wanted<const N: usize>(
    fields: &mut Fields<'_>,
    keys: &[Key; N],
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> [String; N] {
    let values = keys.map(|key| optional(fields, key.name));
    let empty: Vec<&str> =
        keys.iter().zip(&values).filter(|(_, value)| value.is_empty()).map(|(key, _)| key.zh).collect();
    if !empty.is_empty() {
        diagnostics.push(
            Diagnostic::warning(Code::ConfigEmpty, format!("{what}缺少：{}", empty.join("、")))
                .at(FILE, fields.at())
                .fact("国办发〔2017〕47号要求政府网站页面具备这些内容；空缺的不会显示，也不会编造")
                .hint("请在 site.yaml 中补上"),
        );
    }
    values
}

fn bureau(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Bureau {
    let mut inner = section(fields, "bureau", BUREAU);
    let name = inner.required_text("name", "名称").map(|text| text.value).unwrap_or_default();
    let bureau = Bureau { name, phone: optional(&mut inner, "phone"), address: optional(&mut inner, "address") };
    diagnostics.extend(inner.finish());
    bureau
}

fn portal(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Portal {
    let mut inner = section(fields, "portal", PORTAL);
    let Ok(keys) = <&[Key; 7]>::try_from(PORTAL) else { return Portal::default() };
    let code_at = inner.position("site_id_code");
    let values = wanted(&mut inner, keys, "页面标签（portal）", diagnostics);
    let [site_name, site_domain, site_id_code, column_name, column_description, column_keywords, column_type] = values;
    if let Some(at) = code_at.filter(|_| site_id_code.chars().count() != 10 && !site_id_code.is_empty()) {
        diagnostics.push(wrong(at, "网站标识码应当是 10 位").hint("标识码由全国政府网站信息报送系统分配"));
    }
    diagnostics.extend(inner.finish());
    Portal { site_name, site_domain, site_id_code, column_name, column_description, column_keywords, column_type }
}

fn footer(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Footer {
    let mut inner = section(fields, "footer", FOOTER);
    let Ok(keys) = <&[Key; 6]>::try_from(FOOTER) else { return Footer::default() };
    let places = [inner.position("government_mark_url"), inner.position("error_report_url")];
    let [sponsor, contact, icp, police, government_mark_url, error_report_url] =
        wanted(&mut inner, keys, "页脚（footer）", diagnostics);
    for (url, at) in [&government_mark_url, &error_report_url].into_iter().zip(places) {
        if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
            diagnostics.push(wrong(at.unwrap_or(inner.at()), "这里应当是以 http:// 或 https:// 开头的地址"));
        }
    }
    diagnostics.extend(inner.finish());
    Footer { sponsor, contact, icp, police, government_mark_url, error_report_url }
}

fn review(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> ReviewRules {
    let mut inner = section(fields, "review", REVIEW);
    let mut stages = stages(&mut inner, diagnostics);
    if stages.is_empty() {
        stages = ["初审", "复审", "终审"].map(str::to_owned).to_vec();
    }
    let earlier = earlier(&mut inner, diagnostics);
    let known: Vec<String> = earlier.iter().flat_map(|earlier| &earlier.stages).chain(&stages).cloned().collect();
    let urgent_hours = bounded(&mut inner, "urgent_hours", 24, 1..=720);
    let mut reviewers: Vec<Reviewer> = Vec::new();
    for node in inner.list("reviewers") {
        let at = node.at;
        let Some(reviewer) = reviewer(node, &known, diagnostics) else { continue };
        if reviewers.iter().any(|known| known.name == reviewer.name) {
            diagnostics.push(wrong(at, format!("审签人员“{}”写了两次", reviewer.name)));
        } else {
            reviewers.push(reviewer);
        }
    }
    diagnostics.extend(inner.finish());
    ReviewRules { stages, earlier, urgent_hours: u32::try_from(urgent_hours).unwrap_or(24), reviewers }
}

fn stages(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut stages: Vec<String> = Vec::new();
    for stage in fields.texts("stages") {
        if stages.contains(&stage.value) {
            diagnostics.push(wrong(stage.at, format!("环节“{}”写了两次", stage.value)));
        } else {
            stages.push(stage.value);
        }
    }
    stages
}

fn earlier(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<EarlierStages> {
    let mut all: Vec<EarlierStages> = Vec::new();
    for node in fields.list("earlier") {
        let at = node.at;
        let mut inner = Fields::open(FILE, node, EARLIER);
        let until = inner.required("until", "截止", |inner| inner.day("until"));
        let stages = stages(&mut inner, diagnostics);
        if stages.is_empty() {
            inner.missing("stages", "环节");
        }
        diagnostics.extend(inner.finish());
        let Some(until) = until else { continue };
        if all.last().is_some_and(|last| last.until >= until.value) {
            diagnostics.push(wrong(at, "以前的环节要按时间先后排列"));
        }
        all.push(EarlierStages { until: until.value, stages });
    }
    all
}

fn reviewer(node: Node, stages: &[String], diagnostics: &mut Vec<Diagnostic>) -> Option<Reviewer> {
    let mut inner = Fields::open(FILE, node, REVIEWER);
    let name = inner.required_text("name", "姓名");
    let mut may_sign = Vec::new();
    for Located { value, at } in inner.texts("stages") {
        if stages.contains(&value) {
            may_sign.push(value);
        } else {
            diagnostics
                .push(wrong(at, format!("没有“{value}”这个环节")).hint(format!("可用的环节：{}", stages.join("、"))));
        }
    }
    let mut keys = Vec::new();
    for key in inner.texts("keys") {
        match PublicKey::parse(&key.value) {
            Ok(key) => keys.push(key),
            Err(error) => diagnostics
                .push(wrong(key.at, format!("公钥：{error}")).hint("请填写 .pub 文件里的一整行，以 ssh-ed25519 开头")),
        }
    }
    let signed_from = inner.day("signed_from");
    if let Some(from) = signed_from.as_ref().filter(|_| keys.is_empty()) {
        diagnostics.push(
            wrong(from.at, "写了签名起始（signed_from），却没有公钥（keys）").hint("请登记公钥，或删掉 signed_from"),
        );
    }
    let signed_from = signed_from.map(|day| day.value);
    let until = inner.day("until").map(|day| day.value);
    diagnostics.extend(inner.finish());
    Some(Reviewer { name: name?.value, stages: may_sign, keys, signed_from, until })
}

fn vocabularies(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vocabularies {
    let mut all = Vocabularies::default();
    let mut inner = section(fields, "vocabularies", VOCABULARIES);
    let targets: [(&str, &mut Vocabulary); 6] = [
        ("kind", &mut all.kind),
        ("category", &mut all.category),
        ("audience", &mut all.audience),
        ("hazard", &mut all.hazard),
        ("source", &mut all.source),
        ("measure", &mut all.measure),
    ];
    for (name, vocabulary) in targets {
        for node in inner.list(name) {
            let at = node.at;
            let mut term = Fields::open(FILE, node, TERM);
            let (Some(name), Some(slug)) = (term.required_text("name", "名称"), term.required_text("slug", "代码"))
            else {
                diagnostics.extend(term.finish());
                continue;
            };
            let group = term.text("group").map(|group| group.value);
            diagnostics.extend(term.finish());
            if let Err(error) = vocabulary.add(&name.value, &slug.value, group.as_deref()) {
                diagnostics.push(wrong(at, format!("词表：{error}")));
            }
        }
    }
    diagnostics.extend(inner.finish());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str =
        "标题: 甲\n网址: https://example.gov.cn/a\ntag: \"example.gov.cn,2024\"\nbureau:\n  name: 乙局\n";

    #[test]
    fn a_small_site_has_defaults_and_hears_what_is_missing() {
        let outcome = read(SMALL);
        let config = outcome.value.unwrap();
        assert_eq!(config.review.stages, ["初审", "复审", "终审"]);
        assert_eq!((config.page_size, config.feed_items), (20, 50));
        let codes: Vec<_> = outcome.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::ConfigEmpty, Code::ConfigEmpty]);
    }

    #[test]
    fn every_error_is_reported_in_one_run() {
        let outcome = read(
            "标题: 甲\n网址: example\ntag: x\nbureau: {}\npage_size: 0\nthem: x\nreview:\n  reviewers:\n    - {name: 乙, stages: [末审], keys: [abc]}\nvocabularies:\n  hazard:\n    - {name: 火灾, slug: fire2}\n",
        );
        assert!(outcome.value.is_none());
        let lines: Vec<_> = outcome
            .diagnostics
            .iter()
            .map(|found| format!("{} {}", found.place.as_ref().unwrap().at.unwrap().line, found.code.id()))
            .collect();
        assert_eq!(
            lines,
            [
                "4 key-missing",
                "1 config-empty",
                "1 config-empty",
                "9 config-value",
                "9 config-value",
                "12 config-value",
                "6 key-unknown",
                "2 config-value",
                "3 config-value",
                "5 config-value"
            ]
        );
    }
}
