//! Decodes the YAML of a front matter into a typed notice, gathering every error.

use crate::diag::{Code, Diagnostic, Located, Outcome, Position};
use crate::notice::{
    Attachment, Change, Exception, FindingsRef, LONGEST_TITLE, Notice, NoticeId, Origin, Picture, Product, Sampling,
    Status, keys,
};
use crate::route::RelPath;
use crate::text;
use crate::vocabulary::{RISK_WARNING, Term, Vocabularies, Vocabulary};
use crate::yaml::{Fields, Key, Node};
use std::sync::Arc;

/// A decoded front matter.
pub struct Decoded {
    /// The notice; none where a required value is missing or wrong.
    pub notice: Option<Notice>,
    /// Whether there is a key `review`, with or without a value.
    pub has_review: bool,
    /// The value of `review`, for the review stage to read.
    pub review: Option<Node>,
}

/// Decodes a front matter.
pub fn decode(file: &str, node: Node, vocabularies: &Vocabularies) -> Outcome<Decoded> {
    let mut decoder = Decoder { file, vocabularies, inner: Vec::new(), fields: Fields::open(file, node, keys::NOTICE) };
    let has_review = decoder.fields.position("review").is_some();
    let review = decoder.fields.take("review");
    let notice = decoder.notice();
    let mut diagnostics = decoder.fields.finish();
    diagnostics.extend(decoder.inner);
    let notice = notice.filter(|_| !crate::diag::has_errors(&diagnostics));
    Outcome::new(Decoded { notice, has_review, review }, diagnostics)
}

struct Decoder<'a> {
    file: &'a str,
    vocabularies: &'a Vocabularies,
    fields: Fields<'a>,
    /// What is wrong inside nested maps and values.
    inner: Vec<Diagnostic>,
}

impl<'a> Decoder<'a> {
    fn title(&mut self) -> Option<Located<String>> {
        let title = self.fields.required_text("title", "标题")?;
        if title.value.chars().count() > LONGEST_TITLE {
            let message = format!("标题太长，不超过 {LONGEST_TITLE} 字");
            let error = Diagnostic::error(Code::ValueType, message).at(self.file, title.at);
            self.inner.push(error.hint("一句话说清什么产品、什么危险；其余的写进摘要"));
            return None;
        }
        Some(title)
    }

    fn notice(&mut self) -> Option<Notice> {
        let vocabularies = self.vocabularies;
        let id = self.id();
        let kind = self.required_term("kind", "类型", &vocabularies.kind);
        let title = self.title();
        let summary = self.fields.required_text("summary", "摘要");
        let risk_level = self.risk_level(kind.as_ref());
        let category = self.term("category", &vocabularies.category);
        let audience = self.terms("audience", &vocabularies.audience);
        let hazards = self.terms("hazards", &vocabularies.hazard);
        let products = self.products();
        let sampling = self.sampling();
        let monitored_on = self.fields.day("monitored_on").map(|day| day.value);
        let findings = self.findings();
        let actions = plain(self.fields.texts("actions"));
        let standards = plain(self.fields.texts("standards"));
        let sources = self.terms("sources", &vocabularies.source);
        let measures = self.terms("measures", &vocabularies.measure);
        let image = self.image();
        let attachments = self.attachments();
        let related = self.related();
        let origin = self.origin();
        let publish_at = self.fields.moment("publish_at").map(|moment| moment.value);
        let expires = self.fields.day("expires").map(|day| day.value);
        let review_by = self.fields.day("review_by").map(|day| day.value);
        let (version, status, change) = self.revision();
        let exceptions = self.exceptions();
        Some(Notice {
            id: id?,
            version,
            status,
            kind: kind?,
            title: title?.value,
            summary: summary?.value,
            risk_level,
            category,
            audience,
            hazards,
            products,
            sampling,
            monitored_on,
            findings,
            actions,
            standards,
            sources,
            measures,
            image,
            attachments,
            related,
            origin,
            publish_at,
            expires,
            review_by,
            change,
            exceptions,
        })
    }

    fn id(&mut self) -> Option<NoticeId> {
        let typed = self.fields.required_text("id", "编号")?;
        let id = NoticeId::parse(&typed.value);
        if id.is_none() {
            self.fields.push(
                Diagnostic::error(Code::NoticeId, format!("编号“{}”不合规定", text::printable(&typed.value)))
                    .at(self.file, typed.at)
                    .hint("编号只用英文字母、数字和连字符，例如 2024-017"),
            );
        }
        id
    }

    fn risk_level(&mut self, kind: Option<&Arc<Term>>) -> Option<Arc<Term>> {
        if kind.is_some_and(|kind| kind.slug == RISK_WARNING) {
            self.required_term("risk_level", "风险等级", &self.vocabularies.risk_level)
        } else {
            self.term("risk_level", &self.vocabularies.risk_level)
        }
    }

    /// Version, status and change belong together: 1 is 现行, later ones are 更正 or 撤销 and say what changed.
    fn revision(&mut self) -> (u32, Status, Option<Change>) {
        let version_at = self.fields.position("version").unwrap_or(self.fields.at());
        let version = self.fields.number("version").map_or(1, |version| version.value);
        let status_at = self.fields.position("status").unwrap_or(version_at);
        let status = self.fields.text("status").map_or(Some(Status::Current), |typed| self.status(&typed));
        let before = self.inner.len();
        let change = self.change();
        // A part of it that is missing has been reported already.
        let incomplete = self.inner.len() > before;
        let conflict = |at: Position, message: &str, hint: &str| {
            Diagnostic::error(Code::ValueConflict, message).at(self.file, at).hint(hint)
        };
        if version == 0 {
            self.inner.push(conflict(version_at, "版本从 1 开始", "新稿写 1 或不写"));
        }
        if version == 1 && status.is_some_and(|status| status != Status::Current) {
            self.inner.push(conflict(
                status_at,
                "第一版的状态只能是“现行”",
                "更正请用 jingshi revise，撤销请用 jingshi withdraw",
            ));
        }
        if version > 1 && status == Some(Status::Current) {
            self.inner.push(conflict(
                status_at,
                "第二版起，状态应当是“更正”或“撤销”",
                "请写 status: 更正 或 status: 撤销",
            ));
        }
        if version > 1 && change.is_none() && !incomplete {
            self.inner.push(
                Diagnostic::error(Code::KeyMissing, "第二版起必须说明改了什么、为什么改（change）")
                    .at(self.file, version_at)
                    .hint("请加上 change: {what: …, why: …}"),
            );
        }
        (version, status.unwrap_or(Status::Current), change)
    }

    fn status(&mut self, typed: &Located<String>) -> Option<Status> {
        let status = Status::parse(&typed.value);
        if status.is_none() {
            self.unknown(&typed.value, typed.at, "状态", &Status::ALL.map(Status::name));
        }
        status
    }

    fn change(&mut self) -> Option<Change> {
        let mut inner = self.open("change", keys::CHANGE)?;
        let what = inner.required_text("what", "内容");
        let why = inner.required_text("why", "原因");
        self.close(inner);
        Some(Change { what: what?.value, why: why?.value })
    }

    fn products(&mut self) -> Vec<Product> {
        let nodes = self.fields.list("products");
        let mut products: Vec<Product> = nodes.into_iter().filter_map(|node| self.product(node)).collect();
        // Most notices have one, and all are kept until the end of a build.
        products.shrink_to_fit();
        products
    }

    fn product(&mut self, node: Node) -> Option<Product> {
        let mut inner = Fields::open(self.file, node, keys::PRODUCT);
        let name = inner.required_text("name", "名称");
        let mut optional = |key| inner.line(key).map(|text| text.value).unwrap_or_default();
        let product = Product {
            name: name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
            brand: optional("brand"),
            model: optional("model"),
            batch: optional("batch"),
            barcode: optional("barcode"),
            maker: optional("maker"),
            sold: optional("sold"),
        };
        self.close(inner);
        name.map(|_| product)
    }

    fn sampling(&mut self) -> Option<Sampling> {
        let mut inner = self.open("sampling", keys::SAMPLING)?;
        let at = inner.at();
        let batches = inner.required("batches", "批次", |inner| inner.number("batches"));
        let failed = inner.required("failed", "不合格", |inner| inner.number("failed"));
        if let (Some(batches), Some(failed)) = (&batches, &failed)
            && failed.value > batches.value
        {
            inner.push(
                Diagnostic::error(
                    Code::ValueConflict,
                    format!("不合格 {} 批次，多于抽样 {} 批次", failed.value, batches.value),
                )
                .at(self.file, at)
                .hint("请核对两个数字"),
            );
        }
        self.close(inner);
        Some(Sampling { batches: batches?.value, failed: failed?.value })
    }

    fn findings(&mut self) -> Option<FindingsRef> {
        let mut inner = self.open("findings", keys::FINDINGS)?;
        let file = self.path(&mut inner, "file");
        let caption = inner.required_text("caption", "表题");
        self.close(inner);
        Some(FindingsRef { file: file?, caption: caption?.value })
    }

    fn image(&mut self) -> Option<Picture> {
        let mut inner = self.open("image", keys::IMAGE)?;
        let at = inner.at();
        let file = self.path(&mut inner, "file");
        let alt = inner.text("alt");
        if alt.is_none() {
            inner.push(
                Diagnostic::error(Code::ImageAlt, "题图缺少文字说明（alt）")
                    .at(self.file, at)
                    .hint("请加上 alt: …，说清图上画的是什么，读给看不见的人听"),
            );
        }
        self.close(inner);
        Some(Picture { file: file?, alt: alt?.value })
    }

    fn attachments(&mut self) -> Vec<Attachment> {
        let nodes = self.fields.list("attachments");
        nodes
            .into_iter()
            .filter_map(|node| {
                let mut inner = Fields::open(self.file, node, keys::ATTACHMENT);
                let file = self.path(&mut inner, "file");
                let title = inner.text("title").map(|title| title.value);
                self.close(inner);
                let file = file?;
                Some(Attachment { title: title.unwrap_or_else(|| file.value.name().to_owned()), file })
            })
            .collect()
    }

    fn exceptions(&mut self) -> Vec<Exception> {
        let nodes = self.fields.list("exceptions");
        nodes.into_iter().filter_map(|node| self.exception(node)).collect()
    }

    fn exception(&mut self, node: Node) -> Option<Exception> {
        let mut inner = Fields::open(self.file, node, keys::EXCEPTION);
        let rule = inner.required_text("rule", "规则");
        let text = inner.required_text("text", "原文");
        let reason = inner.required_text("reason", "理由");
        self.close(inner);
        Some(Exception { rule: rule?, text: text?.value, reason: reason?.value })
    }

    fn related(&mut self) -> Vec<Located<NoticeId>> {
        let typed = self.fields.texts("related");
        let mut related = Vec::new();
        for id in typed {
            match NoticeId::parse(&id.value) {
                Some(parsed) => related.push(Located::new(parsed, id.at)),
                None => self.inner.push(
                    Diagnostic::error(Code::NoticeId, format!("“{}”不是编号", text::printable(&id.value)))
                        .at(self.file, id.at)
                        .hint("请填写另一条信息的编号，例如 2024-017"),
                ),
            }
        }
        related
    }

    fn origin(&mut self) -> Option<Origin> {
        let mut inner = self.open("origin", keys::ORIGIN)?;
        let source = inner.required_text("source", "机构");
        let date = inner.required("date", "日期", |inner| inner.day("date"));
        let url = inner.text("url");
        if let Some(url) = &url
            && !url.value.starts_with("https://")
            && !url.value.starts_with("http://")
        {
            inner.push(
                Diagnostic::error(Code::MarkdownUrl, "原文网址应当以 http:// 或 https:// 开头")
                    .at(self.file, url.at)
                    .hint("请从浏览器地址栏复制完整网址"),
            );
        }
        self.close(inner);
        Some(Origin { source: source?.value, url: url.map(|url| url.value), date: date?.value })
    }

    fn open(&mut self, name: &str, keys: &'static [Key]) -> Option<Fields<'a>> {
        self.fields.take(name).map(|node| Fields::open(self.file, node, keys))
    }

    fn close(&mut self, inner: Fields<'_>) {
        self.inner.extend(inner.finish());
    }

    /// A file of the bundle.
    fn path(&mut self, inner: &mut Fields<'_>, name: &'static str) -> Option<Located<RelPath>> {
        let typed = inner.required_text(name, "文件")?;
        match RelPath::parse(&typed.value) {
            Ok(path) => Some(Located::new(path, typed.at)),
            Err(error) => {
                inner.push(
                    Diagnostic::error(Code::FileOutside, format!("“{}”：{error}", text::printable(&typed.value)))
                        .at(self.file, typed.at)
                        .hint("请把文件放进这条信息的文件夹，这里只写文件名"),
                );
                None
            }
        }
    }

    fn required_term(&mut self, name: &'static str, zh: &'static str, vocabulary: &Vocabulary) -> Option<Arc<Term>> {
        let typed = self.fields.required_text(name, zh)?;
        self.find(&typed, name, vocabulary)
    }

    fn term(&mut self, name: &str, vocabulary: &Vocabulary) -> Option<Arc<Term>> {
        let typed = self.fields.text(name)?;
        self.find(&typed, name, vocabulary)
    }

    fn terms(&mut self, name: &str, vocabulary: &Vocabulary) -> Vec<Arc<Term>> {
        let typed = self.fields.texts(name);
        let mut terms: Vec<Arc<Term>> = typed.iter().filter_map(|typed| self.find(typed, name, vocabulary)).collect();
        terms.sort();
        terms.dedup();
        terms
    }

    fn find(&mut self, typed: &Located<String>, name: &str, vocabulary: &Vocabulary) -> Option<Arc<Term>> {
        if let Some(term) = vocabulary.find(&typed.value) {
            return Some(Arc::clone(term));
        }
        let zh = keys::NOTICE.iter().find(|key| key.name == name).map_or(name, |key| key.zh);
        let names: Vec<&str> = vocabulary.terms().iter().map(|term| term.name.as_str()).collect();
        self.unknown(&typed.value, typed.at, zh, &names);
        None
    }

    fn unknown(&mut self, typed: &str, at: Position, zh: &str, names: &[&str]) {
        let error = Diagnostic::error(Code::ValueUnknown, format!("“{zh}”没有“{}”这个选项", text::printable(typed)))
            .at(self.file, at);
        self.inner.push(match text::suggest(typed, names.iter().copied()) {
            Some(near) => error.hint(format!("您是不是想写“{near}”？")),
            None => error.hint(format!("可用的选项：{}", names.join("、"))),
        });
    }
}

fn plain(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{self, Source};

    fn missing(more: &str) -> Vec<String> {
        let text = format!("id: T1\ntitle: 甲\nsummary: 乙\n{more}\n");
        let node = yaml::read(Source { file: "t", text: &text, lines_before: 0 }, &|_| true).value.unwrap();
        let outcome = decode("t", node, &Vocabularies::default());
        assert!(outcome.value.notice.is_none());
        outcome.diagnostics.iter().map(|found| format!("{} {}", found.code.id(), found.message)).collect()
    }

    #[test]
    fn a_key_without_a_value_does_not_pass_for_a_value() {
        assert_eq!(missing("kind:"), ["key-missing “类型”（kind）还没有填"]);
        assert_eq!(missing("kind: 风险警示"), ["key-missing 缺少“风险等级”（risk_level）"]);
        assert_eq!(missing("kind: 风险警示\nrisk_level: \"\""), ["key-missing “风险等级”（risk_level）还没有填"]);
        let tip = |more: &str| missing(&format!("kind: 消费提示\n{more}"));
        assert_eq!(tip("sampling: {batches: 3, failed: }"), ["key-missing “不合格”（failed）还没有填"]);
        assert_eq!(tip("origin: {source: 甲局, date: \"\"}"), ["key-missing “日期”（date）还没有填"]);
        let second = |change: &str| tip(&format!("version: 2\nstatus: 更正\n{change}"));
        let why = ["key-missing 第二版起必须说明改了什么、为什么改（change）"];
        assert_eq!((second(""), second("change:")), (why.map(str::to_owned).to_vec(), why.map(str::to_owned).to_vec()));
        assert_eq!(second("change: {what: \"\", why: 丙}"), ["key-missing “内容”（what）还没有填"]);
    }
}
