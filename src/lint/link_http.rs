//! `link-http`: links by http to sites that are reached by https.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "link-http",
    title: "用 http 链接到只用 https 的网站",
    severity: Severity::Warning,
    what: "正文的链接和来源网址（origin.url）以 http:// 开头，而那个网站是用 https 的：中国政府网、市场监管总局、国家标准平台、认证信息查询（cx.cnca.cn）等几个国家网站，本网站自己，以及 site.yaml 的 check.https_hosts 里登记的（连同它们的下级域名）。别的网站不查。",
    why: "http 的内容在路上会被人改掉，有的浏览器还会先弹出“不安全”，读者就不敢点了。",
    how: "把 http:// 改成 https://，点开看看对不对。",
    check: Check::Notice(check),
    bad: &[Part::Body("证书可以到[查询平台](http://cx.cnca.cn/)查。")],
    good: &[Part::Body("证书可以到[查询平台](https://cx.cnca.cn/)查。")],
};

/// Sites of the state that answer by https.
const HOSTS: &[&str] = &[
    "www.gov.cn",
    "www.samr.gov.cn",
    "std.samr.gov.cn",
    "openstd.samr.gov.cn",
    "www.miit.gov.cn",
    "beian.miit.gov.cn",
    "www.mps.gov.cn",
    "www.12315.cn",
    "cx.cnca.cn",
];

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for link in &subject.study.addresses {
        if let Some(message) = message(&link.address, scope) {
            findings.at(&subject.study.file, link.at, message).hint(hint(&link.address));
        }
    }
    for url in subject.fields("origin.url") {
        if let Some(message) = message(&url.text, scope) {
            findings.whole(url, message).hint(hint(&url.text));
        }
    }
}

fn message(address: &str, scope: &Scope<'_>) -> Option<String> {
    let host = host(address, "http://").filter(|host| is_secure(host, scope))?;
    Some(format!("“{host}”要用 https 打开，这里写的是 http"))
}

fn hint(address: &str) -> String {
    let rest = address.get("http://".len()..).unwrap_or_default();
    format!("请改成 https://{}", crate::text::printable(rest))
}

/// The host of an address of a scheme, in small letters; none where a port makes it another service.
fn host(address: &str, scheme: &str) -> Option<String> {
    let start = address.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
    let host = address[start.len()..].split(['/', '?', '#']).next()?;
    (!host.is_empty() && !host.contains(':')).then(|| host.to_ascii_lowercase())
}

fn is_secure(host: &str, scope: &Scope<'_>) -> bool {
    let own = self::host(scope.config.base_url.as_str(), "https://");
    let is_below = |known: &String| {
        let known = known.trim().to_ascii_lowercase();
        host == known || host.strip_suffix(&known).is_some_and(|rest| rest.ends_with('.'))
    };
    HOSTS.contains(&host) || own.as_deref() == Some(host) || scope.config.check.https_hosts.iter().any(is_below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    fn found(parts: &[Part]) -> bool {
        codes(parts).contains(&RULE.code)
    }

    #[test]
    fn sites_that_are_known_to_use_https_are_found() {
        for part in [
            Part::Body("见[公告](http://www.samr.gov.cn/a.html)。"),
            Part::Body("见[公告](HTTP://WWW.SAMR.GOV.CN)。"),
            Part::Body("见<http://www.gov.cn/zhengce/>。"),
            Part::Body("见[本站](http://www.example.gov.cn/fxjs/)。"),
            Part::Body("见[公告][1]。\n\n[1]: http://std.samr.gov.cn?a=b"),
            Part::Front("origin: {source: 甲局, url: \"http://www.samr.gov.cn/a\", date: 2026-01-01}"),
        ] {
            assert!(found(&[part]), "{part:?}");
        }
        let hosts = Part::Site("check: {https_hosts: [example.cn]}");
        assert!(found(&[hosts, Part::Body("见[甲](http://a.example.cn/)。")]));
        assert!(found(&[hosts, Part::Body("见[甲](http://example.cn#b)。")]));
        assert!(!found(&[hosts, Part::Body("见[甲](http://badexample.cn/)。")]));
    }

    #[test]
    fn other_addresses_pass() {
        for body in [
            "见[公告](https://www.samr.gov.cn/a.html)。",
            "见[别处](http://www.example.com/)。",
            "见[别处](http://www.samr.gov.cn.example.com/)。",
            "见[别处](http://example.com/www.samr.gov.cn)。",
            "见[端口](http://www.samr.gov.cn:8080/)。",
            "打 [12315](tel:12315)。",
            "见[另一节](#为什么危险)。",
            "网址 http://www.samr.gov.cn 不是链接。",
        ] {
            assert!(!found(&[Part::Body(body)]), "{body}");
        }
    }
}
