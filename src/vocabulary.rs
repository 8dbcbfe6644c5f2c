//! The controlled vocabularies: each term has a Chinese name and a permanent ASCII slug.
//!
//! The defaults are those of 原市监发〔2024〕41号 and its annex; `site.yaml` may add terms and never removes one.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Term {
    /// Its place in the vocabulary, from 0; levels run from the gravest to the lightest.
    pub rank: usize,
    /// The Chinese name.
    pub name: String,
    /// The permanent ASCII name, used in addresses.
    pub slug: String,
    /// The group it belongs to (categories only).
    pub group: Option<Arc<Self>>,
}

/// The terms of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    terms: Vec<Arc<Term>>,
}

/// A term to add that clashes with one that is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// The name or the slug is taken.
    #[error("名称或代码与已有的“{0}”重复")]
    Taken(String),
    /// The slug is not lower-case ASCII.
    #[error("代码“{0}”只能用小写英文字母、数字和连字符")]
    Slug(String),
    /// The group is not a top-level term.
    #[error("没有“{0}”这个分组")]
    Group(String),
}

impl Vocabulary {
    /// A vocabulary of names and slugs.
    fn of(terms: &[(&str, &str)]) -> Self {
        let terms = terms.iter().enumerate().map(|(rank, (name, slug))| term(rank, name, slug, None)).collect();
        Self { terms }
    }

    /// The terms, in order.
    pub fn terms(&self) -> &[Arc<Term>] {
        &self.terms
    }

    /// The term of a name or slug.
    pub fn find(&self, typed: &str) -> Option<&Arc<Term>> {
        self.terms.iter().find(|term| term.name == typed || term.slug == typed)
    }

    /// Adds a term at the end.
    ///
    /// # Errors
    /// Says what the new term clashes with.
    pub fn add(&mut self, name: &str, slug: &str, group: Option<&str>) -> Result<(), TermError> {
        if slug.is_empty()
            || !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        {
            return Err(TermError::Slug(slug.to_owned()));
        }
        if let Some(taken) = self.find(name).or_else(|| self.find(slug)) {
            return Err(TermError::Taken(taken.name.clone()));
        }
        let group = match group {
            None => None,
            Some(typed) => match self.find(typed).filter(|group| group.group.is_none()) {
                Some(group) => Some(Arc::clone(group)),
                None => return Err(TermError::Group(typed.to_owned())),
            },
        };
        self.terms.push(term(self.terms.len(), name, slug, group));
        Ok(())
    }
}

fn term(rank: usize, name: &str, slug: &str, group: Option<Arc<Term>>) -> Arc<Term> {
    Arc::new(Term { rank, name: name.to_owned(), slug: slug.to_owned(), group })
}

/// All vocabularies of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabularies {
    /// 类型. The slug is also the folder of the list.
    pub kind: Vocabulary,
    /// 风险等级, the gravest first.
    pub risk_level: Vocabulary,
    /// 产品类别: groups and, within them, product lines.
    pub category: Vocabulary,
    /// 人群.
    pub audience: Vocabulary,
    /// 危害.
    pub hazard: Vocabulary,
    /// 信息来源, the nine of annex 1.
    pub source: Vocabulary,
    /// 处置措施.
    pub measure: Vocabulary,
}

impl Vocabularies {
    /// The vocabulary of a name: that of its field.
    pub fn named(&self, name: &str) -> Option<&Vocabulary> {
        match name {
            "kind" => Some(&self.kind),
            "risk_level" => Some(&self.risk_level),
            "category" => Some(&self.category),
            "audience" => Some(&self.audience),
            "hazard" => Some(&self.hazard),
            "source" => Some(&self.source),
            "measure" => Some(&self.measure),
            _ => None,
        }
    }
}

/// The slug of the kind that must state a risk level.
pub const RISK_WARNING: &str = "risk-warnings";

impl Default for Vocabularies {
    fn default() -> Self {
        Self {
            kind: Vocabulary::of(&[("风险警示", RISK_WARNING), ("消费提示", "consumer-tips")]),
            risk_level: Vocabulary::of(&[
                ("高风险", "high"),
                ("较高风险", "elevated"),
                ("一般风险", "moderate"),
                ("低风险", "low"),
            ]),
            category: categories(),
            audience: Vocabulary::of(&[
                ("儿童", "children"),
                ("老年人", "elderly"),
                ("孕产妇", "maternity"),
                ("所有消费者", "all-consumers"),
            ]),
            hazard: Vocabulary::of(HAZARDS),
            source: Vocabulary::of(SOURCES),
            measure: Vocabulary::of(MEASURES),
        }
    }
}

/// Groups with their product lines, 附件1 二 (1)–(4).
type Group<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

const CATEGORIES: &[Group<'_>] = &[
    (
        "重要工业品",
        "industrial",
        &[
            ("危险化学品及其包装物", "hazardous-chemicals"),
            ("钢筋", "rebar"),
            ("水泥", "cement"),
            ("电线电缆", "wire-and-cable"),
            ("建筑防水卷材", "waterproof-membranes"),
        ],
    ),
    (
        "电力设备",
        "power-equipment",
        &[
            ("配电变压器", "distribution-transformers"),
            ("电力金具", "power-fittings"),
            ("高压开关设备和控制设备", "high-voltage-switchgear"),
        ],
    ),
    (
        "食品相关产品",
        "food-contact",
        &[
            ("食品接触用塑料制品", "food-contact-plastic"),
            ("食品接触用不锈钢制品", "food-contact-stainless-steel"),
            ("食品接触用木制品", "food-contact-wood"),
            ("食品接触用纸制品", "food-contact-paper"),
            ("食品接触用银制器皿", "food-contact-silver"),
            ("食品接触用玻璃器皿", "food-contact-glass"),
        ],
    ),
    (
        "儿童用品",
        "children-products",
        &[("爬行地垫", "crawling-mats"), ("水晶泥", "slime"), ("其他玩具", "other-toys")],
    ),
    ("老年用品", "elderly-products", &[("老年鞋", "elderly-shoes"), ("纸尿裤", "diapers")]),
    (
        "日用消费品",
        "daily-goods",
        &[
            ("健身器材", "fitness-equipment"),
            ("电子鞭炮", "electronic-firecrackers"),
            ("电动自行车头盔", "e-bike-helmets"),
            ("降噪耳机", "noise-cancelling-headphones"),
            ("移动电源", "power-banks"),
        ],
    ),
    ("新兴产品", "emerging-products", &[]),
];

fn categories() -> Vocabulary {
    let mut vocabulary = Vocabulary { terms: Vec::new() };
    for (name, slug, lines) in CATEGORIES {
        let group = term(vocabulary.terms.len(), name, slug, None);
        vocabulary.terms.push(Arc::clone(&group));
        for (name, slug) in *lines {
            let line = term(vocabulary.terms.len(), name, slug, Some(Arc::clone(&group)));
            vocabulary.terms.push(line);
        }
    }
    vocabulary
}

const HAZARDS: &[(&str, &str)] = &[
    ("窒息", "suffocation"),
    ("哽塞", "choking"),
    ("烧烫伤", "burns"),
    ("火灾", "fire"),
    ("爆炸", "explosion"),
    ("触电", "electric-shock"),
    ("化学危害", "chemical"),
    ("割伤", "cuts"),
    ("夹伤卡陷", "entrapment"),
    ("勒颈", "strangulation"),
    ("跌落", "falls"),
    ("听力损伤", "hearing-damage"),
    ("视力损伤", "eye-damage"),
    ("溺水", "drowning"),
    ("误食", "ingestion"),
    ("磁体误吞", "magnet-ingestion"),
    ("微生物", "microbial"),
    ("环境危害", "environmental"),
    ("计量失准", "inaccurate-measurement"),
    ("其他伤害", "other-injury"),
];

const SOURCES: &[(&str, &str)] = &[
    ("生产者销售者报告", "producer-report"),
    ("消费者投诉举报", "consumer-complaint"),
    ("日常监管发现", "routine-supervision"),
    ("政府部门社会组织通报", "official-notification"),
    ("检验检测机构检测", "laboratory-test"),
    ("网络媒体报道", "media-report"),
    ("召回预警信息", "recall-information"),
    ("产品伤害信息", "injury-information"),
    ("其他渠道", "other-source"),
];

const MEASURES: &[(&str, &str)] = &[
    ("发布警示提示", "warning-published"),
    ("发放告知书", "risk-notification"),
    ("约谈", "interview"),
    ("通报行业主管部门", "authority-informed"),
    ("通报行业协会", "association-informed"),
    ("通报地方政府", "government-informed"),
    ("责令召回", "recall-ordered"),
    ("下架", "taken-off-sale"),
    ("监督抽查", "spot-check"),
    ("反馈标准化管理部门", "standards-feedback"),
    ("移送其他部门", "referred"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_slugs_are_unique_in_each_vocabulary() {
        let all = Vocabularies::default();
        for vocabulary in
            [&all.kind, &all.risk_level, &all.category, &all.audience, &all.hazard, &all.source, &all.measure]
        {
            let names: BTreeSet<_> = vocabulary.terms().iter().flat_map(|term| [&term.name, &term.slug]).collect();
            assert_eq!(names.len(), vocabulary.terms().len() * 2);
        }
    }

    #[test]
    fn a_site_adds_terms_but_cannot_redefine_one() {
        let mut category = Vocabularies::default().category;
        assert_eq!(category.add("电热毯", "electric-blankets", Some("日用消费品")), Ok(()));
        assert_eq!(category.find("electric-blankets").unwrap().group.as_ref().unwrap().name, "日用消费品");
        assert!(matches!(category.add("钢筋", "steel", None), Err(TermError::Taken(_))));
        assert!(matches!(category.add("甲", "Jia", None), Err(TermError::Slug(_))));
        assert!(matches!(category.add("甲", "jia", Some("钢筋")), Err(TermError::Group(_))));
    }
}
