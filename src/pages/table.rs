//! The tables of a notice, as pages show them: without empty columns, and with what all rows share said once.

use crate::notice::Product;
use crate::read::Manuscript;
use crate::view::{FactView, TableView};

/// The columns of the product table: head and field.
type Column = (&'static str, fn(&Product) -> &str);

const COLUMNS: [Column; 7] = [
    ("产品名称", |product| &product.name),
    ("品牌", |product| &product.brand),
    ("型号", |product| &product.model),
    ("批号", |product| &product.batch),
    ("条码", |product| &product.barcode),
    ("生产者", |product| &product.maker),
    ("销售渠道", |product| &product.sold),
];

/// The products meant; none where there are none.
pub(super) fn products(products: &[Product]) -> Option<TableView<'_>> {
    if products.is_empty() {
        return None;
    }
    let head = COLUMNS.iter().map(|(head, _)| *head).collect();
    let rows = products.iter().map(|product| COLUMNS.iter().map(|(_, field)| field(product)).collect()).collect();
    Some(table("涉及的产品".to_owned(), head, rows))
}

/// The table of findings; none where there is none.
pub(super) fn findings(manuscript: &Manuscript) -> Option<TableView<'_>> {
    let table = manuscript.findings.as_ref()?;
    let caption = manuscript.notice.findings.as_ref()?.caption.clone();
    let rows = table.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    Some(self::table(caption, table.head.iter().map(String::as_str).collect(), rows))
}

/// Twenty rows that say the same brand twenty times hide the one column that tells them apart: on a phone each row is a
/// card. So a column with one value stands above the table; one without any is left out.
fn table<'a>(caption: String, head: Vec<&'a str>, rows: Vec<Vec<&'a str>>) -> TableView<'a> {
    let values = |column: usize| rows.iter().map(move |row| row.get(column).copied().unwrap_or_default());
    let is_empty = |column: &usize| values(*column).all(str::is_empty);
    let first = rows.first();
    let shared = |column: &usize| {
        let value = first.and_then(|row| row.get(*column)).copied().unwrap_or_default();
        rows.len() > 1 && !value.is_empty() && values(*column).all(|other| other == value)
    };
    let filled: Vec<usize> = (0..head.len()).filter(|column| !is_empty(column)).collect();
    let (mut common, mut shown): (Vec<usize>, Vec<usize>) = filled.into_iter().partition(shared);
    if shown.is_empty() {
        std::mem::swap(&mut common, &mut shown);
    }
    TableView {
        caption,
        common: common
            .iter()
            .filter_map(|column| Some(FactView { label: head[*column], value: first?.get(*column).copied()? }))
            .collect(),
        head: shown.iter().map(|column| head[*column]).collect(),
        rows: rows
            .iter()
            .map(|row| shown.iter().map(|column| row.get(*column).copied().unwrap_or_default()).collect())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(head: &[&'a str], rows: &[&[&'a str]]) -> TableView<'a> {
        table("表".to_owned(), head.to_vec(), rows.iter().map(|row| row.to_vec()).collect())
    }

    #[test]
    fn what_all_rows_share_is_said_once_and_nothing_is_lost() {
        let shown = of(&["品牌", "型号", "批号"], &[&["甲", "X-1", ""], &["甲", "X-2", ""]]);
        assert_eq!(shown.common, [FactView { label: "品牌", value: "甲" }]);
        assert_eq!(shown.head, ["型号"]);
        assert_eq!(shown.rows, [["X-1"], ["X-2"]]);
    }

    #[test]
    fn a_single_row_and_rows_that_are_alike_stay_a_table() {
        for rows in [&[&["甲", "X-1"][..]][..], &[&["甲", "X-1"], &["甲", "X-1"]]] {
            let shown = of(&["品牌", "型号"], rows);
            assert_eq!((shown.common.len(), shown.head.len(), shown.rows.len()), (0, 2, rows.len()));
        }
    }

    #[test]
    fn a_value_that_one_row_lacks_is_not_shared() {
        let shown = of(&["品牌", "型号"], &[&["甲", "X-1"], &["", "X-2"]]);
        assert_eq!((shown.common.len(), shown.head.len()), (0, 2));
    }
}
