//! `personal-address`: addresses of homes, down to the door.

use super::number::heads;
use super::pattern::{Pattern, pattern};
use super::plain::Plain;
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::passage::Passage;
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-address",
    title: "出现具体到门牌的家庭住址",
    severity: Severity::Error,
    what: "两种情况：一、“家住”“住址”“家庭地址”“现住”“户籍”“收货地址”等字样后面，写到了村的组、号，小区的楼、单元，街巷的门牌号；二、不论前面有没有这些字样，写到了几号楼几单元几室、小区几号楼几室、小区 3-2-501。写到乡镇、街道，或者写到村名、小区名、街名为止的不算；店铺、市场、企业、机关、受检单位的地址（同一句、同一行或表头里有“店”“公司”“市场”“经营”“受检单位”等字样的，或只有路名和门牌号的）是经营地址，不算；“示例小区3号楼2单元电梯”没有门号，不算；写了“某”、×、星号的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "家庭住址是个人信息，乡镇、街道以下的部分能让人找上门；发布以后收不回来。",
    how: "写到乡镇、街道为止，例如“家住某镇的李先生”。",
    check: Check::Notice(check),
    bad: &[Part::Body("投诉人家住光明小区3号楼2单元501室。")],
    good: &[Part::Body("投诉人家住城区。被抽样的店在光明路12号光明小区底商3号。")],
};

const HOME: &str = r"家住|家庭住址|家庭地址|住址|现住|暂住|居住地|居住于|居住在|住在|户籍|户口所在地|收货地址|收件地址";
const PLACE: &str = r"(?:村|小区|社区|路|街|巷|大道|胡同|弄|苑|花园|家园|公寓|院|屯|庄|家属楼|宿舍)";
const ESTATE: &str = r"(?:小区|花园|家园|苑|新村|公寓|家属院|家属楼|宿舍楼?)";
const COUNT: &str = r"[0-9A-Za-z零〇一二三四五六七八九十百]{1,5}";
/// A few signs between the parts of an address, that hold no sentence and no date.
const THROUGH: &str = r"[^。；！？，、：的月年日居民\n]";

static AFTER_HOME: Pattern = Pattern::new(|| {
    pattern(&format!(
        r"(?:{HOME})[^。；！？\n]{{0,30}}?{PLACE}{THROUGH}{{0,8}}?{COUNT}(?:号楼|号院|号|栋|幢|座|单元|室|组|队|排)(?:{THROUGH}{{0,2}}{COUNT}(?:号楼|单元|层|室|号|户|[0-9]))*"
    ))
});
static DWELLING: Pattern = Pattern::new(|| {
    let room = format!(r"(?:{COUNT}层)?(?:{COUNT}[室户]|[0-9]{{3,4}}号?)");
    pattern(&format!(
        r"{COUNT}(?:号楼|栋|幢|座|号院){THROUGH}{{0,4}}?{COUNT}单元{room}|{ESTATE}{THROUGH}{{0,6}}?{COUNT}单元{room}|{ESTATE}{THROUGH}{{0,6}}?{COUNT}(?:号楼|栋|幢|座)(?:{COUNT}层)?{COUNT}[室户]|{ESTATE}[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{3,4}}"
    ))
});
/// What makes an address that of a business.
static BUSINESS: Pattern = Pattern::new(|| {
    pattern(
        r"公司|店|厂|超市|市场|商行|商贸|商户|经营|门市|底商|商铺|受检|抽样|生产[者企]|销售者|注册|营业|住所|诊所|药房|工作室|驿站|合作社|大厦|商厦|写字楼|商务|广场|产业园|工业园|科技园|办公|机构|酒店|宾馆|民宿|幼儿园|学校",
    )
});
static RESIDENT: Pattern =
    Pattern::new(|| pattern(&format!(r"{HOME}|业主|住户|投诉人|举报人|受害|患者|伤者|送到|送货|家中")));

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for passage in subject.study.passages.iter().filter(|passage| is_likely(&passage.text)) {
        let plain = Plain::of(&passage.text);
        let text = plain.text();
        let homes = AFTER_HOME.find_iter(text).map(|found| found.range());
        let dwellings = DWELLING.find_iter(text).map(|found| found.range());
        let dwellings = dwellings.filter(|range| !is_business(subject, passage, text, range));
        let mut end = 0;
        for range in homes.chain(dwellings) {
            let found = &text[range.clone()];
            if range.start < end || found.contains(['某', '×', '*', '○', '□']) || scope.allows(found) {
                continue;
            }
            end = range.end;
            findings
                .mark(passage, plain.written(&range), "家庭住址写到了门牌")
                .hint("请写到乡镇、街道为止；是经营场所的，请写明是哪家店、哪个单位");
        }
    }
}

/// The cheap question before the patterns.
fn is_likely(text: &str) -> bool {
    const WORDS: [&str; 11] = ["住", "单元", "室", "户", "小区", "地址", "花园", "家园", "苑", "新村", "公寓"];
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether the sentence or the head of the cell speaks of a business, and of nobody's home.
fn is_business(subject: &Subject<'_>, passage: &Passage, text: &str, range: &Range<usize>) -> bool {
    let ends = ['。', '；', '！', '？'];
    let before = text[..range.start].rsplit(ends).next().unwrap_or_default();
    let after = text[range.end..].split(ends).next().unwrap_or_default();
    let heads = heads(subject, passage);
    let around = [heads.as_str(), before, after];
    let is_business = || {
        let mut cells = subject.study.row(passage).chain(subject.study.head_row(passage));
        around.iter().any(|text| BUSINESS.is_match(text)) || cells.any(|cell| BUSINESS.is_match(&cell.text))
    };
    !around.iter().any(|text| RESIDENT.is_match(text)) && is_business()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn addresses_of_homes_are_found() {
        for (text, address) in [
            ("李某家住光明小区3号楼2单元501室。", "家住光明小区3号楼2单元501室"),
            ("住址：示例镇示例村3组12号", "住址：示例镇示例村3组12号"),
            ("户籍所在地为示例县东大街十二号。", "户籍所在地为示例县东大街十二号"),
            ("住在和平巷5号院", "住在和平巷5号院"),
            ("收货地址是光明路8号，请核对", "收货地址是光明路8号"),
            ("送到光明小区３号楼２单元５０１室", "小区３号楼２单元５０１室"),
            ("光明小区3号楼501室起火", "小区3号楼501室"),
            ("光明家园2单元501号的住户", "家园2单元501号"),
            ("光明小区3-2-501", "小区3-2-501"),
            ("三号楼二单元五零一室", "三号楼二单元五零一室"),
            ("在示例店购买，送到光明里3号楼2单元501室", "3号楼2单元501室"),
            ("家住示例街道光明社区8号楼", "家住示例街道光明社区8号楼"),
        ] {
            assert_eq!(marked(&RULE, text), [address], "{text}");
        }
        let table = Part::File("a.csv", "投诉人,住址\n甲,光明花园3幢2单元501室\n");
        assert_eq!(marked_in(&RULE, &[table]), ["花园3幢2单元501室"]);
    }

    #[test]
    fn other_addresses_pass() {
        for text in [
            "示例市场位于光明路12号",
            "受检单位地址：光明小区3号楼2单元101室",
            "光明小区3号楼2单元101室的示例便利店",
            "示例公司（光明苑3号楼501室）",
            "光明大厦A座2单元1203室",
            "家住某小区3号楼2单元的李先生",
            "家住示例村的张先生",
            "住在老旧小区的居民，8月5号以前登记",
            "住在示例社区的3户居民",
            "光明小区3号楼2单元电梯停用",
            "光明小区3号楼2单元2号电梯",
            "居住在高层住宅的，每层配2具灭火器",
            "小区3号楼下的充电棚",
            "检验室、3号实验室 201 室",
            "单元格 3-2-501",
            "家住光明小区\\*号楼\\*单元",
            "地址：示例市光明路12号，电话12315",
            "卫生间、浴室3处",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let table = "| 序号 | 受检单位 | 地址 |\n|---|---|---|\n| 1 | 某商行 | 光明小区3号楼2单元101室 |";
        assert_eq!(marked(&RULE, table), [""; 0]);
        let allowed = Part::Site("check: {allow: [光明小区3-2-501, 小区3-2-501]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("光明小区3-2-501"), allowed]), [""; 0]);
    }
}
