//! What `site.yaml` says of passing on what is published: the licence, the WebSub hub, CAP.

use super::read::{section, wrong};
use super::{Cap, CapStatus, License};
use crate::diag::Diagnostic;
use crate::yaml::{Fields, Key};

pub(super) const LICENSE: &[Key] = &[Key::new("name", "名称", "许可的名称"), Key::new("url", "网址", "许可全文的地址")];
pub(super) const CAP: &[Key] = &[
    Key::new("sender", "发送方", "CAP sender：永不更改的标识，例如单位的电子邮箱"),
    Key::new("status", "状态", "Actual 正式、Exercise 演练、Test 测试"),
    Key::new("area", "区域", "适用的区域，例如“山西省忻州市原平市”"),
    Key::new("geocode", "区划代码", "行政区划代码，例如 140981"),
    Key::new("since", "起始", "从这一天起的发布、更正、撤销才发报文；不写就全部都发"),
];

/// The hub that tells subscribers at once; none where the site has none.
pub(super) fn hub(fields: &mut Fields<'_>) -> Option<String> {
    let hub = fields.text("hub")?;
    if !is_address(&hub.value) {
        fields.push(wrong(hub.at, "推送中心应当是以 http:// 或 https:// 开头的地址"));
        return None;
    }
    Some(hub.value)
}

/// The licence; none where the site names none.
pub(super) fn license(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<License> {
    fields.position("license")?;
    let mut inner = section(fields, "license", LICENSE);
    let name = inner.required_text("name", "名称");
    let url = inner.text("url");
    if let Some(url) = url.as_ref().filter(|url| !is_address(&url.value)) {
        inner.push(wrong(url.at, "许可的网址应当以 http:// 或 https:// 开头"));
    }
    diagnostics.extend(inner.finish());
    Some(License { name: name?.value, url: url.map(|url| url.value).unwrap_or_default() })
}

/// How alerts are sent; none where they are not.
pub(super) fn cap(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Cap> {
    fields.position("cap")?;
    let mut inner = section(fields, "cap", CAP);
    let sender = inner.required_text("sender", "发送方");
    // CAP 1.2, 3.2.1: no spaces, commas or restricted characters.
    if let Some(sender) = sender.as_ref().filter(|sender| sender.value.contains([' ', ',', '<', '&', '\u{3000}', '，']))
    {
        inner.push(wrong(sender.at, "发送方不能含有空格、逗号、“<”和“&”").hint("例如 fxjs@example.gov.cn"));
    }
    let area = inner.required_text("area", "区域");
    let status = inner.text("status");
    let parsed = status.as_ref().map_or(Some(CapStatus::Actual), |status| CapStatus::parse(&status.value));
    if let (None, Some(status)) = (parsed, status) {
        inner.push(wrong(status.at, "状态应当是 Actual（正式）、Exercise（演练）或 Test（测试）"));
    }
    let geocode = inner.text("geocode").map(|code| code.value).unwrap_or_default();
    let since = inner.day("since").map(|day| day.value);
    diagnostics.extend(inner.finish());
    Some(Cap { sender: sender?.value, status: parsed?, area: area?.value, geocode, since })
}

/// Whether it may stand in a link: an absolute address without what would need escaping, and without a password, which
/// everybody could read in the feeds.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`' | b'{' | b'}');
    let has_user = |rest: &str| rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('@'));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(plain) && !has_user(rest))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn with(more: &str) -> crate::diag::Outcome<Option<super::super::Config>> {
        read(&format!(
            "标题: 甲\n网址: https://example.gov.cn/a\ntag: \"example.gov.cn,2024\"\nbureau: {{name: 乙局}}\n{more}"
        ))
    }

    #[test]
    fn nothing_is_passed_on_unless_it_is_asked_for() {
        let config = with("").value.unwrap();
        assert_eq!((config.hub, config.license, config.cap), (None, None, None));
    }

    #[test]
    fn what_is_asked_for_is_read() {
        let config = with("推送中心: https://hub.example.gov.cn/\n许可: {名称: 署名, 网址: \"https://example.gov.cn/l\"}\ncap: {sender: a@example.gov.cn, area: 原平市, status: 演练, 区划代码: '140981'}\n").value.unwrap();
        assert_eq!(config.hub.unwrap(), "https://hub.example.gov.cn/");
        assert_eq!(
            config.license.unwrap(),
            License { name: "署名".to_owned(), url: "https://example.gov.cn/l".to_owned() }
        );
        let cap = config.cap.unwrap();
        assert_eq!((cap.status, cap.area.as_str(), cap.geocode.as_str()), (CapStatus::Exercise, "原平市", "140981"));
    }

    #[test]
    fn what_receivers_could_not_use_is_an_error() {
        for bad in [
            "hub: hub.example.gov.cn\n",
            "hub: 'https://a b/'\n",
            "hub: 'https://user:password@hub.example.gov.cn/'\n",
            "license: {url: 'https://example.gov.cn/'}\n",
            "license: {name: 甲, url: 'javascript:x'}\n",
            "cap: {area: 原平市}\n",
            "cap: {sender: 'a, b', area: 原平市}\n",
            "cap: {sender: a@b, area: 原平市, status: Draft}\n",
        ] {
            let outcome = with(bad);
            assert!(outcome.value.is_none() && crate::diag::has_errors(&outcome.diagnostics), "{bad}");
        }
    }
}
