//! `personal-email`: addresses of e-mail at services for private persons.

use super::pattern::{Pattern, pattern};
use super::plain::Plain;
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-email",
    title: "出现个人邮箱",
    severity: Severity::Warning,
    what: "公众邮箱服务（qq.com、163.com、126.com、sina.com、139.com、gmail.com 等）上的邮箱地址，写成全角＠、藏在邮件链接里的也算。政府、企业自己域名的邮箱不算；图片名里的 @（图@2x.png）不算；打了星号的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "这样的邮箱多半是某一个人的，QQ 邮箱里还带着 QQ 号、手机号；公开要有本人同意。",
    how: "改用单位的邮箱；确是单位对外公布的，写进 site.yaml 的 check.allow；企业公布的召回邮箱，在稿件里写一条例外。",
    check: Check::Notice(check),
    bad: &[Part::Body("线索请发到 example-01@163.com。")],
    good: &[Part::Body("线索请发到 example@example.gov.cn，图见“外观@2x.png”。")],
};

const SERVICES: [&str; 41] = [
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "vip.163.com",
    "126.com",
    "vip.126.com",
    "yeah.net",
    "188.com",
    "netease.com",
    "sina.com",
    "sina.cn",
    "vip.sina.com",
    "sohu.com",
    "vip.sohu.com",
    "tom.com",
    "21cn.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "263.net",
    "aliyun.com",
    "2980.com",
    "88.com",
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "live.cn",
    "msn.com",
    "msn.cn",
    "icloud.com",
    "me.com",
    "mac.com",
    "yahoo.com",
    "yahoo.cn",
    "yahoo.com.cn",
    "ymail.com",
    "proton.me",
    "protonmail.com",
];

static ADDRESS: Pattern =
    Pattern::new(|| pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9_])? ?@ ?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"));

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let with_sign = |text: &str| text.contains('@') || text.contains('＠');
    for passage in subject.study.passages.iter().filter(|passage| with_sign(&passage.text)) {
        let plain = Plain::of(&passage.text);
        for found in ADDRESS.captures_iter(plain.text()) {
            let (Some(whole), Some(host)) = (found.get(0), found.get(1)) else { continue };
            let is_masked = plain.text()[..whole.start()].ends_with(['*', '…']);
            let is_private = SERVICES.iter().any(|service| host.as_str().eq_ignore_ascii_case(service));
            if is_private && !is_masked && !allows(scope, whole.as_str()) {
                findings
                    .mark(passage, plain.written(&whole.range()), "有公众邮箱服务上的邮箱，像是个人的")
                    .hint("请改用单位邮箱；确是单位公布的，写进 site.yaml 的 check.allow");
            }
        }
    }
}

fn allows(scope: &Scope<'_>, address: &str) -> bool {
    let address = address.replace(' ', "");
    scope.config.check.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(&address))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn private_mailboxes_are_found() {
        for (text, address) in [
            ("发到 example-01@163.com。", "example-01@163.com"),
            ("邮箱：a.b_c@qq.com", "a.b_c@qq.com"),
            ("邮箱：Example@QQ.COM", "Example@QQ.COM"),
            ("邮箱a@vip.sina.com，", "a@vip.sina.com"),
            ("13800138000@139.com", "13800138000@139.com"),
            ("ａｂ１＠126．com", "ａｂ１＠126．com"),
            ("a @ foxmail.com", "a @ foxmail.com"),
            ("<example@gmail.com>", "example@gmail.com"),
        ] {
            assert_eq!(marked(&RULE, text), [address], "{text}");
        }
        assert_eq!(marked(&RULE, "[写信](mailto:a@qq.com)").len(), 1);
        assert_eq!(marked_in(&RULE, &[Part::File("a.csv", "甲,邮箱\n乙,a@163.com\n")]), ["a@163.com"]);
    }

    #[test]
    fn other_addresses_pass() {
        for text in [
            "example@example.gov.cn",
            "recall@example.com.cn",
            "外观@2x.png、外观@3x.jpg",
            "@12315 和 a@b",
            "a\\*\\*\\*@163.com",
            "\\*\\*@qq.com",
            "单价 5@元",
            "https://mail.163.com/",
            "关注 @示例发布 微博",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let allowed = Part::Site("check: {allow: [Example-01@163.com]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("example-01@163.com"), allowed]), [""; 0]);
    }
}
