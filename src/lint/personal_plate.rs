//! `personal-plate`: number plates of motor vehicles.

use super::number::{Called, called};
use super::pattern::{Pattern, pattern};
use super::plain::{Plain, has_digits};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-plate",
    title: "出现机动车号牌",
    severity: Severity::Warning,
    what: "机动车号牌（GA 36）：省份简称、一个字母、五位字母或数字，其中至少三位是数字，末位可以是挂、学、警、港、澳；新能源号牌六位；中间有点、空格、横线，用全角字的也算。“晋A类”“晋A-7”这样的型号不算；型号、批号、许可证等编号栏里的和这些字样后面的不算；“最新”“全新”后面的不算；打了星号的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "车牌号能查到车主，是个人信息；说明车辆的情况，一般用不着车牌号。",
    how: "删去，或把后几位改成星号；确有必要的（例如寻找载有问题产品的车辆），写一条例外。",
    check: Check::Notice(check),
    bad: &[Part::Body("当天由晋H12345货车运到市场。")],
    good: &[Part::Body("当天由晋H\\*\\*\\*45货车运到市场；晋A类、型号晋A-7的头盔不在其内。")],
};

static PLATE: Pattern = Pattern::new(|| {
    pattern(
        r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新][A-HJ-NP-Z][ ·•・-]?(?:[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])",
    )
});
static CAR: Pattern = Pattern::new(|| pattern(r"车牌|号牌|牌照|驾驶|车辆|货车|客车|轿车|罐车"));

/// Words that end with the short name of a province and go before the model of a product: 最新A12345.
const WORDS: [&str; 12] =
    ["最新", "全新", "更新", "刷新", "翻新", "创新", "崭新", "焕新", "上新", "漆黑", "哑黑", "亮黑"];

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for passage in subject.study.passages.iter().filter(|passage| has_digits(&passage.text, 3)) {
        let plain = Plain::of(&passage.text);
        let text = plain.text();
        for found in PLATE.find_iter(text) {
            let name = found.as_str().chars().next().map_or(0, char::len_utf8);
            let bare: String = found.as_str().chars().filter(|sign| !matches!(sign, '·' | '•' | '・')).collect();
            let is_word = WORDS.iter().any(|word| text[..found.start() + name].ends_with(word))
                || found.as_str().starts_with("新GB");
            if is_word || !is_whole(text, found.end()) || !has_digits(found.as_str(), 3) || scope.allows(&bare) {
                continue;
            }
            let range = plain.written(&found.range());
            if called(subject, passage, range.start, &CAR) != Called::Code {
                let shown: String = found.as_str().chars().take(2).collect();
                findings.mark(passage, range, "有车牌号").hint(format!("请删去，或写成 {shown}***** 的样子"));
            }
        }
    }
}

/// Whether nothing goes on behind a plate.
fn is_whole(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match (rest.next(), rest.next()) {
        (Some(sign), _) if sign.is_ascii_alphanumeric() || sign == '*' => false,
        (Some('-' | '/'), Some(next)) => !next.is_ascii_alphanumeric(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn plates_in_every_form_are_found() {
        for (text, plate) in [
            ("由晋H12345货车运到", "晋H12345"),
            ("车牌号：晋H·12345", "晋H·12345"),
            ("晋H A123B", "晋H A123B"),
            ("晋H-1A2B3", "晋H-1A2B3"),
            ("新能源车晋AD12345", "晋AD12345"),
            ("晋A12345D", "晋A12345D"),
            ("晋H1234挂", "晋H1234挂"),
            ("晋Ｈ１２３４５", "晋Ｈ１２３４５"),
            ("京AB1234、", "京AB1234"),
            ("新A12345 号车", "新A12345"),
            ("粤Z1234港", "粤Z1234港"),
        ] {
            assert_eq!(marked(&RULE, text), [plate], "{text}");
        }
        let table = "| 型号 | 车牌号 |\n|---|---|\n| 晋H12345 | 晋H12345 |";
        assert_eq!(marked(&RULE, table), ["晋H12345"]);
        assert_eq!(marked_in(&RULE, &[Part::File("晋H12345.jpg", "")]).len(), 1);
    }

    #[test]
    fn other_signs_pass() {
        for text in [
            "晋A类、晋A-7、晋A级",
            "晋H\\*\\*\\*45、晋H123\\*\\*",
            "晋ICP备12345678号",
            "京B2-20240018",
            "晋XK16-204-00123",
            "型号：晋A12345",
            "许可证编号 晋B12345",
            "最新A12345型、全新X20240",
            "晋A123456",
            "晋H12345-01",
            "新GB17761标准",
            "云K1234",
            "晋市监发〔2024〕41号",
            "晋SABCDE",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let allowed = Part::Site("check: {allow: [晋H12345]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("监督检查车晋H·12345、晋H 12345"), allowed]), [""; 0]);
    }
}
