//! Under which keys a product is found.
//!
//! In: a product of a notice. Out: its keys, each with the column it comes from. More keys than a reader will type do no
//! harm; one too few hides a warning. Only of batches there is an end, see [`Written`]: beyond it a range is found as it is
//! printed, and by its beginning.

use super::batches::{self, Written};
use super::form::{fold, normal};
use super::gtin;
use crate::notice::{Product, batch};
use std::collections::BTreeSet;

/// Which column a key comes from, as one letter in the shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// 产品名称.
    Name,
    /// 品牌.
    Brand,
    /// 型号.
    Model,
    /// 批号.
    Batch,
    /// 条码.
    Barcode,
    /// 生产者.
    Maker,
    /// Two columns, as people type them in one go: 品牌甲X-1.
    Joined,
}

impl Column {
    /// Its letter.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::Name => 'n',
            Self::Brand => 'b',
            Self::Model => 'm',
            Self::Batch => 'l',
            Self::Barcode => 'g',
            Self::Maker => 'k',
            Self::Joined => 'j',
        }
    }
}

/// The keys of a product, and what models and batches look like in print. Either may name one twice.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Keys with their columns.
    pub found: Vec<(String, Column)>,
    /// Models and batches: the place of the key among those found, and the text a reader recognises.
    pub printed: Vec<(usize, String)>,
}

/// Longer texts are sentences or whole lists: nobody types them.
const LONGEST: usize = 40;
/// Nothing shorter tells products apart.
const SHORTEST: usize = 2;

/// The keys of a product; `written` counts those of its notice.
pub(super) fn of(product: &Product, written: &mut Written) -> Keys {
    let mut keys = Keys::default();
    for (column, text) in
        [(Column::Name, &product.name), (Column::Brand, &product.brand), (Column::Maker, &product.maker)]
    {
        for part in whole_and_listed(text).chain(beside_brackets(text)) {
            keys.add(part, column);
        }
    }
    let models = models(&product.model);
    for (model, form) in &models {
        keys.add_form_printed(form.clone(), model, Column::Model);
    }
    batches::add(&mut keys, &product.batch, written);
    for code in whole_and_listed(&product.barcode) {
        match gtin::key(code) {
            Some(key) => keys.found.push((key, Column::Barcode)),
            None => keys.add(code, Column::Barcode),
        }
    }
    join(&mut keys, product, &models);
    keys
}

impl Keys {
    /// Adds a text as a key, if it is one.
    pub(super) fn add(&mut self, text: &str, column: Column) {
        self.add_form(normal(text), column);
    }

    /// The same, of a text's form; whether it is one.
    fn add_form(&mut self, form: String, column: Column) -> bool {
        let is_key = (SHORTEST..=LONGEST).contains(&form.chars().count());
        if is_key {
            self.found.push((form, column));
        }
        is_key
    }

    /// The same, of a model or batch that a reader may have begun to type.
    pub(super) fn add_printed(&mut self, text: &str, column: Column) {
        self.add_form_printed(normal(text), text, column);
    }

    fn add_form_printed(&mut self, form: String, text: &str, column: Column) {
        if self.add_form(form, column) {
            self.printed.push((self.found.len() - 1, text.trim().to_owned()));
        }
    }
}

/// Brand and model, brand and name, name and model: so that two words that are both frequent still name one product.
fn join(keys: &mut Keys, product: &Product, models: &[(String, String)]) {
    let (name, brand) = (normal(&product.name), normal(&product.brand));
    let with_model = |first| models.iter().map(move |(_, model)| (first, model));
    let pairs = std::iter::once((&brand, &name)).chain(with_model(&brand)).chain(with_model(&name));
    for (first, second) in pairs {
        if !first.is_empty() && !second.is_empty() {
            keys.add(&format!("{first}{second}"), Column::Joined);
        }
    }
}

/// The parts of a text between signs that separate what is listed.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// A text, and its parts where it has several.
fn whole_and_listed(text: &str) -> impl Iterator<Item = &str> {
    std::iter::once(text).chain(listed(text).filter(move |part| *part != text))
}

/// `甲牌（Alpha）` is known as 甲牌 and as Alpha.
fn beside_brackets(text: &str) -> impl Iterator<Item = &str> {
    let has_brackets = text.contains(['（', '(']);
    text.split(['（', '）', '(', ')']).map(str::trim).filter(move |part| has_brackets && !part.is_empty())
}

/// A field of models: whole, each that is listed, each without what stands in brackets, each word that looks like a model,
/// and what a slash stands for (`YD-1/2`). With their forms, no form twice.
fn models(text: &str) -> Vec<(String, String)> {
    let mut models = vec![formed(text)];
    for part in outside_brackets(text).iter().flat_map(|part| listed(part)) {
        models.push(formed(part));
        let words = part.split(['/', '／', ' ', '　']).map(formed);
        models.extend(words.filter(|(_, form)| tells_apart(form)));
        if fold(part).contains('/') {
            models.extend(batch::expand(part).unwrap_or_default().iter().map(|model| formed(model)));
        }
    }
    models.retain(|(model, _)| !model.is_empty());
    let mut seen = BTreeSet::new();
    models.retain(|(_, form)| seen.insert(form.clone()));
    models
}

fn formed(text: &str) -> (String, String) {
    (text.to_owned(), normal(text))
}

/// The text without its brackets and what they hold; nothing where that is all of it.
fn outside_brackets(text: &str) -> Option<String> {
    let mut depth = 0_u32;
    let outside = text.chars().filter(|sign| {
        match sign {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    let outside: String = outside.collect();
    (!outside.trim().is_empty()).then_some(outside)
}

/// Whether a word of a field of models may be a model by itself, and not a size: its form has letters and digits, Chinese,
/// or is long.
fn tells_apart(form: &str) -> bool {
    let has = |kind: fn(&char) -> bool| form.chars().any(|sign| kind(&sign));
    let is_mixed = has(char::is_ascii_alphabetic) && has(char::is_ascii_digit);
    let signs = form.chars().count();
    is_mixed || signs > 3 || (signs > 1 && has(|sign| !sign.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(product: &Product) -> Keys {
        super::of(product, &mut Written::default())
    }

    fn keys(product: &Product) -> Vec<String> {
        let found: BTreeSet<_> = of(product).found.into_iter().collect();
        found.into_iter().map(|(key, column)| format!("{}{key}", column.letter())).collect()
    }

    fn finds(product: &Product, wanted: &[&str]) {
        let keys = keys(product);
        let missing: Vec<_> = wanted.iter().filter(|key| !keys.iter().any(|found| found == *key)).collect();
        assert!(missing.is_empty(), "{missing:?} not in {keys:?}");
    }

    #[test]
    fn every_column_has_its_keys() {
        let text = |text: &str| text.to_owned();
        let product = Product {
            name: text("移动电源（充电宝）"),
            brand: text("品牌甲"),
            model: text("X-1"),
            batch: text("C14-P6/P7，M14-P6/P7"),
            barcode: text("2130000010919"),
            maker: text("示例生产者A"),
            sold: text("网络店铺（示例）"),
        };
        let batches = ["lC14P6", "lC14P7", "lM14P6", "lM14P7", "lC14P6P7", "lC14P6P7M14P6P7"];
        finds(&product, &batches);
        finds(
            &product,
            &["n移动电源充电宝", "n移动电源", "n充电宝", "b品牌甲", "mX1", "g#213000001091", "k示例生产者A"],
        );
        finds(&product, &["j品牌甲移动电源充电宝", "j品牌甲X1", "j移动电源充电宝X1"]);
        assert!(!keys(&product).iter().any(|key| key.contains("网络")));
        let Keys { found, printed } = of(&product);
        let printed: Vec<(&str, &str)> =
            printed.iter().map(|(key, text)| (found[*key].0.as_str(), text.as_str())).collect();
        assert!(printed.contains(&("C14P7", "C14-P7")));
    }

    #[test]
    fn long_texts_are_left_unread() {
        let text = "批号:".repeat(100_000);
        assert!(
            keys(&Product { name: text.clone(), model: text.clone(), batch: text, ..Product::default() }).is_empty()
        );
    }

    #[test]
    fn models_are_found_one_by_one() {
        let of = |model: &str| keys(&Product { model: model.to_owned(), ..Product::default() });
        assert_eq!(of("X-1、X-2；X-3"), ["mX1", "mX1X2X3", "mX2", "mX3"]);
        assert_eq!(of("PN-20（20000 mAh，74 Wh）"), ["mPN20", "mPN2020000MAH74WH"]);
        assert_eq!(of("X-2 Pro"), ["mX2", "mX2PRO"]);
        assert_eq!(of("YD-1/2"), ["mYD1", "mYD12", "mYD2"]);
        assert_eq!(of("（通用）"), ["m通用"]);
        assert_eq!(of("宝宝碗 Φ90mm"), ["mΦ90MM", "m宝宝碗", "m宝宝碗Φ90MM"]);
        assert!(of("").is_empty() && of("1").is_empty());
    }

    #[test]
    fn batches_that_cannot_be_written_out_are_found_as_they_stand() {
        let of = |batch: &str| keys(&Product { batch: batch.to_owned(), ..Product::default() });
        assert_eq!(of("2405 2406"), ["l2405", "l24052406", "l2406"]);
        assert_eq!(of("LOT 2405-03"), ["l240503"]);
        assert!(of("2024年3月1日～2024年3月3日").contains(&"l20240302".to_owned()));
    }
}
