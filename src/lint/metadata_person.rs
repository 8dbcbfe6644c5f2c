//! `metadata-person`: attachments and pictures that name who made them.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::metadata::{Entry, Kind};
use crate::text;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "metadata-person",
    title: "附件或图片里写着作者、修改人或单位",
    severity: Severity::Warning,
    what: "图片、PDF、Office 文件属性里的作者、最后修改者、主管、所有者、单位、版权。本单位的名称不算；Administrator、User、微软用户、WPS 等不说明是谁的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "属性里常留着承办人的姓名、帮忙制作的公司、文件最初是从哪里抄来的，公众下载后都看得到。",
    how: "在 Office 或 WPS 里用“检查文档”删去文档属性和个人信息，再另存；图片右键，属性、详细信息、删除属性和个人信息。",
    check: Check::Notice(check),
    bad: &[Part::Described("名单.xlsx", Kind::Person, "最后修改者", "张三")],
    good: &[
        Part::Described("名单.xlsx", Kind::Person, "作者", "Administrator"),
        Part::Described("名单.xlsx", Kind::Company, "单位", "示例局"),
    ],
};

/// Names that computers come with.
const NOBODY: &[&str] = &[
    "administrator",
    "admin",
    "user",
    "users",
    "owner",
    "author",
    "unknown",
    "root",
    "pc",
    "hp",
    "dell",
    "lenovo",
    "asus",
    "acer",
    "apple",
    "microsoft",
    "wps",
    "wps office",
    "windows user",
    "microsoft office user",
    "openpyxl",
    "python-docx",
    "calc",
    "writer",
    "impress",
    "draw",
];
const NOBODY_HERE: [&str; 8] = ["微软用户", "微软中国", "用户", "作者", "未定义", "匿名", "雨林木风", "番茄花园"];

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for file in &subject.bundle.files {
        let named = file.metadata.entries.iter().filter(|entry| matches!(entry.kind, Kind::Person | Kind::Company));
        let named: Vec<&Entry> =
            named.filter(|entry| !is_nobody(&entry.value) && !is_own(&entry.value, scope)).collect();
        if named.is_empty() {
            continue;
        }
        let path = format!("{}/{}", subject.bundle.folder, file.path);
        let mut finding = findings.file(&path, "文件属性里写着是谁做的");
        for entry in named {
            finding = finding.fact(format!("{}：{}", text::printable(&entry.name), text::printable(&entry.value)));
        }
        finding.hint("请删去文件的属性和个人信息，另存后再放进来");
    }
}

fn is_nobody(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    NOBODY.contains(&name.as_str()) || NOBODY_HERE.contains(&name.as_str())
}

/// Whether a name is the bureau's, or one that may stand.
fn is_own(name: &str, scope: &Scope<'_>) -> bool {
    let config = scope.config;
    let own = [&config.bureau.name, &config.footer.sponsor, &config.portal.site_name];
    own.iter().any(|own| !own.is_empty() && name.contains(own.as_str())) || scope.allows(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked_in;
    use super::*;

    #[test]
    fn names_of_nobody_and_of_the_bureau_pass() {
        let found = |value| marked_in(&RULE, &[Part::Described("a.docx", Kind::Person, "作者", value)]).len();
        for value in ["user", "Microsoft Office User", "微软用户", "示例局办公室", "WPS"] {
            assert_eq!(found(value), 0, "{value}");
        }
        for value in ["张三", "zhangsan", "示例公司", "李四; 王五"] {
            assert_eq!(found(value), 1, "{value}");
        }
    }

    #[test]
    fn what_a_file_says_about_itself_is_read_for_personal_data() {
        let rule = super::super::find("personal-mobile").unwrap();
        let part = Part::Described("a.docx", Kind::Text, "备注", "联系张三 13800138000");
        assert_eq!(marked_in(rule, &[part]), ["content/drafts/T1/a.docx"]);
    }
}
