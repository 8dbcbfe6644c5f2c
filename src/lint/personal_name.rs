//! `personal-name`: full names of those who were hurt or who complained.

use super::number::heads;
use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-name",
    title: "出现受害人、投诉人等的全名",
    severity: Severity::Warning,
    what: "三种写法：“姓名：”后面的全名；“受害人”“患者”“伤者”“投诉人”“举报人”“当事人”等后面的全名，而全名后面跟着性别或岁数；表头是“姓名”“受害人”“投诉人”等的一栏里的全名。只认常见姓氏加一两个字。“张某”“李先生”“王女士”不算；负责人、联系人、检验员的名字不算；别的写法里的名字看不出来，请人工看。",
    why: "受害人、患者、投诉人、举报人的姓名是个人信息；举报人的信息依法应当保密。",
    how: "写成“张某”“李女士”。",
    check: Check::Notice(check),
    bad: &[Part::Body("患者张三，男，45岁，右手烫伤。")],
    good: &[Part::Body("患者张某，男，45岁，右手烫伤。")],
};

const SURNAMES: &str = "欧阳|上官|司马|诸葛|皇甫|尉迟|令狐|慕容|夏侯|司徒|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦柳邢岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍位覃霍翁隋植甘景薄包司柏宁柯阮桂闵丛华车冉房辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫]";
const PEOPLE: &str = "受害人|受害者|患者|患儿|伤者|死者|投诉人|举报人|当事人";

static LABELLED: Pattern = Pattern::new(|| {
    pattern(&format!(
        r"(?:姓名|{PEOPLE})[：:] ?((?:{SURNAMES})\p{{Han}}{{1,2}}?)(?:$|[^\p{{Han}}]|身份证|性别|电话|年龄|联系)"
    ))
});
static DESCRIBED: Pattern = Pattern::new(|| {
    pattern(&format!(
        r"(?:{PEOPLE})((?:{SURNAMES})\p{{Han}}{{1,2}}?)[，,、（( ]{{1,2}}(?:[男女][，,、。；）) ]|[0-9]{{1,3}}周?岁)"
    ))
});
static NAME: Pattern = Pattern::new(|| pattern(&format!(r"^(?:{SURNAMES})\p{{Han}}{{1,2}}$")));
static HEAD: Pattern = Pattern::new(|| pattern(&format!(r"(?:^| )(?:(?:{PEOPLE})?姓名|{PEOPLE})$")));

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for passage in &subject.study.passages {
        let text = passage.text.as_str();
        let mut names = Vec::new();
        // Before a name stands a colon or a person; the patterns are dear, the words are rare.
        if text.contains('名') || text.contains('者') || text.contains('人') || text.contains("患儿") {
            let patterns = [&LABELLED, &DESCRIBED];
            names.extend(patterns.iter().flat_map(|one| one.captures_iter(text)).filter_map(|found| found.get(1)));
        } else if is_short(text) && NAME.is_match(text) && HEAD.is_match(&heads(subject, passage)) {
            names.extend(NAME.find(text));
        }
        for name in names.into_iter().filter(|name| !is_veiled(name.as_str())) {
            let hint = format!("请写成“{}某”", name.as_str().chars().next().unwrap_or('某'));
            findings.mark(passage, name.range(), format!("有全名“{}”", name.as_str())).hint(hint);
        }
    }
}

fn is_short(text: &str) -> bool {
    (6..=12).contains(&text.len())
}

/// Whether a name hides whose it is.
fn is_veiled(name: &str) -> bool {
    name.contains('某')
        || ["先生", "女士", "大爷", "大妈", "阿姨", "同学", "师傅"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn full_names_of_those_concerned_are_found() {
        for (text, name) in [
            ("姓名：张三，身份证号略", "张三"),
            ("姓名：李小明身份证号略", "李小明"),
            ("投诉人：王五。", "王五"),
            ("患者张三，男，45岁", "张三"),
            ("伤者李小明（女，5岁）", "李小明"),
            ("受害人欧阳小明，7岁", "欧阳小明"),
            ("举报人姓名：赵六", "赵六"),
            ("患儿王小五，3周岁", "王小五"),
        ] {
            assert_eq!(marked(&RULE, text), [name], "{text}");
        }
        let table = "| 序号 | 姓名 |\n|---|---|\n| 1 | 张三 |\n| 2 | 张某 |";
        assert_eq!(marked(&RULE, table), ["张三"]);
        assert_eq!(marked_in(&RULE, &[Part::File("a.csv", "投诉人,商品\n王五,黄金\n")]), ["王五"]);
    }

    #[test]
    fn others_pass() {
        for text in [
            "患者张某，男，45岁",
            "投诉人李女士，女，30岁",
            "举报人王先生",
            "姓名：必填",
            "姓名、电话都要写清",
            "姓名：",
            "儿童用品，3岁以下不适用",
            "患者常见，男，女均可",
            "消费者应当核对",
            "当事人：示例公司",
            "联系人：张三",
            "受害人于次日就医",
            "检验员张三",
            "患者和家属，60岁以上的",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let table = "| 姓名 | 商品 |\n|---|---|\n| 李某某 | 黄金 |";
        assert_eq!(marked(&RULE, table), [""; 0]);
    }
}
