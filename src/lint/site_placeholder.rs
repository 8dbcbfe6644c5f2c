//! `site-placeholder`: what a new site begins with and nobody has filled in.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Survey};
use crate::config::{Config, FILE};
use crate::diag::{Position, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "site-placeholder",
    title: "网站配置或说明页里还有样例文字",
    severity: Severity::Warning,
    what: "site.yaml 的各项和 content/pages/ 里的页面，还写着“某某市”“××县”“示例”、example.gov.cn 之类的网址、全是 0 的标识码和备案号。横幅（banner）里写明“示例”“演示”“测试”的网站不查。",
    why: "这些文字会出现在每一页的页头、页脚和订阅里；网址和订阅标识错了，订阅的人就收不到。",
    how: "照实际情况填写；没有的先空着，程序会提醒，页面上不显示。",
    check: Check::Site(check),
    bad: &[Part::Site("banner: \"\"\nbureau: {name: 某某市市场监督管理局}")],
    good: &[Part::Site("banner: 演示网站\nbureau: {name: 某某市市场监督管理局}")],
};

static PLACEHOLDER: Pattern = Pattern::new(|| {
    pattern(r"(?:某某|××|XX|xx)[省市县区局]|(?-u:\b)example\.(?:gov\.cn|com\.cn|com|cn|org|net)|(?-u:\b)0{8,}")
});
const DEMONSTRATIONS: &[&str] = &["示例", "演示", "测试"];

fn check(survey: &Survey<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let config = scope.config;
    if DEMONSTRATIONS.iter().any(|word| config.banner.contains(word)) {
        return;
    }
    let is_sample = |value: &str| value.contains("示例") || PLACEHOLDER.is_match(value);
    let left: Vec<String> = values(config)
        .into_iter()
        .filter(|(_, value)| is_sample(value))
        .map(|(key, value)| format!("{key}（{value}）"))
        .collect();
    if !left.is_empty() {
        findings
            .file(FILE, format!("还有 {} 项是样例文字：{}", left.len(), left.join("、")))
            .hint("请照实际情况填写，没有的先空着；演示用的网站请在 banner 里写明“示例”");
    }
    for page in survey.pages {
        let Ok(text) = std::str::from_utf8(&page.bytes) else { continue };
        for found in PLACEHOLDER.find_iter(text) {
            findings
                .at(
                    page.path.as_str(),
                    Position::of(text, found.start()),
                    format!("“{}”是样例文字", found.as_str().trim()),
                )
                .hint("请照实际情况填写");
        }
    }
}

/// The values that the public sees, by their keys.
fn values(config: &Config) -> [(&'static str, &str); 18] {
    let Config { bureau, portal, footer, .. } = config;
    [
        ("title", &config.title),
        ("description", &config.description),
        ("base_url", config.base_url.as_str()),
        ("tag", &config.tag),
        ("bureau.name", &bureau.name),
        ("bureau.phone", &bureau.phone),
        ("bureau.address", &bureau.address),
        ("portal.site_name", &portal.site_name),
        ("portal.site_domain", &portal.site_domain),
        ("portal.site_id_code", &portal.site_id_code),
        ("portal.column_name", &portal.column_name),
        ("portal.column_description", &portal.column_description),
        ("footer.sponsor", &footer.sponsor),
        ("footer.contact", &footer.contact),
        ("footer.icp", &footer.icp),
        ("footer.police", &footer.police),
        ("footer.government_mark_url", &footer.government_mark_url),
        ("footer.error_report_url", &footer.error_report_url),
    ]
}

#[cfg(test)]
mod tests {
    use super::PLACEHOLDER;

    #[test]
    fn placeholders_are_told_from_real_values() {
        for bad in [
            "某某市市场监督管理局",
            "××县人民政府",
            "XX市",
            "https://www.example.gov.cn/fxjs/",
            "example.com",
            "0000000000",
            "晋ICP备00000000号",
            "晋公网安备00000000000000号",
        ] {
            assert!(PLACEHOLDER.is_match(bad), "{bad}");
        }
        for good in [
            "原平市市场监督管理局",
            "https://www.yuanping.gov.cn/fxjs/",
            "1409810001",
            "1400000000",
            "晋ICP备05000000号",
            "0350-8222222",
            "counterexample.gov.cn.cn",
            "某某型号的产品",
            "www.xxsz.gov.cn",
        ] {
            assert!(!PLACEHOLDER.is_match(good), "{good}");
        }
    }
}
