//! The rows of the tables: one source for heads, meanings and cells.
//!
//! Every column is always there, and a cell is text, as a spreadsheet shows it. What a notice says once stands in each of
//! its rows, so that a table can be filtered without another one.

use schemars::JsonSchema;

/// A row of a table.
pub(super) trait Row {
    /// Its cells, in the order of the heads.
    fn cells(self) -> Vec<String>;
}

/// Declares a row: each field is a cell, and its name in the schema the head.
macro_rules! row {
    ($(#[$of_row:meta])* $visibility:vis struct $name:ident { $($(#[$of_cell:meta])* pub $cell:ident: String,)* }) => {
        $(#[$of_row])*
        $visibility struct $name {
            $($(#[$of_cell])* pub $cell: String,)*
        }

        impl Row for $name {
            fn cells(self) -> Vec<String> {
                vec![$(self.$cell),*]
            }
        }
    };
}

row! {
    /// A notice, flat: `notices.csv`.
    #[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
    #[schemars(
        title = "notices.csv 的一行",
        description = "一条信息。几项写在一格里的，用“；”隔开。检测结果表、涉及的产品、各个版本不在这张表里"
    )]
    pub(super) struct NoticeRow {
        /// The permanent name.
        #[serde(rename = "编号")]
        #[schemars(description = "永久编号，更正、撤销都不变")]
        pub id: String,
        /// The title.
        #[serde(rename = "标题")]
        #[schemars(description = "一句话说清什么产品、什么危险")]
        pub title: String,
        /// 风险警示 or 消费提示.
        #[serde(rename = "类型")]
        #[schemars(description = "风险警示或消费提示")]
        pub kind: String,
        /// The level.
        #[serde(rename = "风险等级")]
        #[schemars(description = "风险等级；消费提示可以没有")]
        pub level: String,
        /// 现行, 更正 or 撤销.
        #[serde(rename = "状态")]
        #[schemars(description = "现行、更正（已更正，有效）或撤销（不再有效）", extend("enum" = ["现行", "更正", "撤销"]))]
        pub status: String,
        /// From 1.
        #[serde(rename = "版本")]
        #[schemars(description = "第几版", regex(pattern = r"^[1-9]\d*$"))]
        pub version: String,
        /// `2024-04-22 09:00`.
        #[serde(rename = "首次发布时间")]
        #[schemars(description = "首次发布的时间，北京时间", regex(pattern = r"^\d{4}-\d\d-\d\d \d\d:\d\d$"))]
        pub published: String,
        /// The same of this version.
        #[serde(rename = "本版发布时间")]
        #[schemars(description = "现行版本的发布时间，北京时间", regex(pattern = r"^\d{4}-\d\d-\d\d \d\d:\d\d$"))]
        pub modified: String,
        /// `2024-04-22`.
        #[serde(rename = "有效期至")]
        #[schemars(description = "有效期的最后一天；没有的是空格子", regex(pattern = r"^(\d{4}-\d\d-\d\d)?$"))]
        pub expires: String,
        /// The summary.
        #[serde(rename = "摘要")]
        #[schemars(description = "一两句话说清要点；已撤销的是空格子")]
        pub summary: String,
        /// The category, after its group.
        #[serde(rename = "产品类别")]
        #[schemars(description = "先大类，后产品种类")]
        pub categories: String,
        /// Whom it concerns.
        #[serde(rename = "涉及人群")]
        #[schemars(description = "与哪些人有关")]
        pub audience: String,
        /// How people are hurt.
        #[serde(rename = "危害")]
        #[schemars(description = "会造成什么伤害")]
        pub hazards: String,
        /// What to do.
        #[serde(rename = "要做什么")]
        #[schemars(description = "要做什么，最要紧的在最前")]
        pub actions: String,
        /// How many products.
        #[serde(rename = "产品数")]
        #[schemars(description = "列出几种产品，见 products.csv", regex(pattern = r"^\d+$"))]
        pub products: String,
        /// Batches tested.
        #[serde(rename = "抽检批次")]
        #[schemars(description = "抽检批次数", regex(pattern = r"^\d*$"))]
        pub batches: String,
        /// Batches failed.
        #[serde(rename = "不合格批次")]
        #[schemars(description = "不合格批次数", regex(pattern = r"^\d*$"))]
        pub failed: String,
        /// When the monitoring was completed.
        #[serde(rename = "监测完成日期")]
        #[schemars(description = "监测、抽检或研判完成的日期", regex(pattern = r"^(\d{4}-\d\d-\d\d)?$"))]
        pub monitored: String,
        /// What is being done.
        #[serde(rename = "采取的措施")]
        #[schemars(description = "正在采取的措施")]
        pub measures: String,
        /// Standards cited.
        #[serde(rename = "标准")]
        #[schemars(description = "依据的标准，逐个列出的见 standards.csv")]
        pub standards: String,
        /// Where the information came from.
        #[serde(rename = "信息来源")]
        #[schemars(description = "风险信息从哪里来")]
        pub sources: String,
        /// Who issued it first.
        #[serde(rename = "转载自")]
        #[schemars(description = "转载的，原发布机构和日期")]
        pub origin: String,
        /// What this version changed.
        #[serde(rename = "改了什么")]
        #[schemars(description = "更正或撤销的内容")]
        pub what: String,
        /// Why.
        #[serde(rename = "为什么改")]
        #[schemars(description = "更正或撤销的原因")]
        pub why: String,
        /// Marks.
        #[serde(rename = "备注")]
        #[schemars(description = "需要留意的情况，例如紧急发布、转载")]
        pub marks: String,
        /// The narrative, plain.
        #[serde(rename = "正文")]
        #[schemars(description = "正文，纯文本")]
        pub body: String,
        /// Files to download.
        #[serde(rename = "附件")]
        #[schemars(description = "附件的名称和网址")]
        pub attachments: String,
        /// Who says so.
        #[serde(rename = "发布机构")]
        #[schemars(description = "发布机构")]
        pub publisher: String,
        /// The permanent address.
        #[serde(rename = "网址")]
        #[schemars(description = "永久网址", extend("format" = "uri"))]
        pub url: String,
    }
}

row! {
    /// A product of a notice that holds: `products.csv`.
    #[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
    #[schemars(title = "products.csv 的一行", description = "一条信息涉及的一种产品。已撤销的信息不在这张表里")]
    pub(super) struct ProductRow {
        /// The permanent name of the notice.
        #[serde(rename = "编号")]
        #[schemars(description = "信息的永久编号")]
        pub id: String,
        /// From 1.
        #[serde(rename = "序号")]
        #[schemars(description = "在这条信息里是第几种产品", regex(pattern = r"^[1-9]\d*$"))]
        pub number: String,
        /// 名称.
        #[serde(rename = "产品名称")]
        #[schemars(description = "产品名称")]
        pub name: String,
        /// 品牌.
        #[serde(rename = "品牌")]
        #[schemars(description = "品牌、商标")]
        pub brand: String,
        /// 型号.
        #[serde(rename = "型号")]
        #[schemars(description = "规格型号")]
        pub model: String,
        /// 批号, as printed.
        #[serde(rename = "批号")]
        #[schemars(description = "生产日期或批号，照包装上的写法；空格子表示没有注明批号")]
        pub batch: String,
        /// How many batches that is.
        #[serde(rename = "批号个数")]
        #[schemars(description = "逐个写出来有几个；看不出来的是空格子", regex(pattern = r"^\d*$"))]
        pub count: String,
        /// 批号, one by one.
        #[serde(rename = "逐个批号")]
        #[schemars(description = "逐个写出来，用“；”隔开；一格放不下的在 batches.csv 里")]
        pub batches: String,
        /// 条码.
        #[serde(rename = "条码")]
        #[schemars(description = "商品条码，照包装上的写法")]
        pub barcode: String,
        /// 生产者.
        #[serde(rename = "生产者")]
        #[schemars(description = "标称生产者")]
        pub maker: String,
        /// 销售渠道.
        #[serde(rename = "销售渠道")]
        #[schemars(description = "销售渠道")]
        pub sold: String,
        /// The level.
        #[serde(rename = "风险等级")]
        #[schemars(description = "信息的风险等级")]
        pub level: String,
        /// `2024-04-22`.
        #[serde(rename = "有效期至")]
        #[schemars(description = "信息有效期的最后一天；没有的是空格子", regex(pattern = r"^(\d{4}-\d\d-\d\d)?$"))]
        pub expires: String,
        /// The title of the notice.
        #[serde(rename = "标题")]
        #[schemars(description = "信息的标题")]
        pub title: String,
        /// The permanent address of the notice.
        #[serde(rename = "网址")]
        #[schemars(description = "信息的永久网址", extend("format" = "uri"))]
        pub url: String,
    }
}

row! {
    /// A batch of a product of a notice that holds: `batches.csv`.
    #[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
    #[schemars(title = "batches.csv 的一行", description = "一种产品的一个批号，用来筛选、查找。已撤销的信息不在这张表里")]
    pub(super) struct BatchRow {
        /// One batch.
        #[serde(rename = "批号")]
        #[schemars(description = "一个批号或生产日期：字母大写，日期写成 20240315；没有逐个写出来的，照包装上的写法")]
        pub code: String,
        /// Whether it was written out.
        #[serde(rename = "写法")]
        #[schemars(description = "逐个：已逐个写出来；照原文：看不出一共有哪些或个数太多，照包装上的写法", extend("enum" = ["逐个", "照原文"]))]
        pub form: String,
        /// The permanent name of the notice.
        #[serde(rename = "编号")]
        #[schemars(description = "信息的永久编号")]
        pub id: String,
        /// The product, from 1.
        #[serde(rename = "序号")]
        #[schemars(description = "在这条信息里是第几种产品", regex(pattern = r"^[1-9]\d*$"))]
        pub number: String,
        /// 名称.
        #[serde(rename = "产品名称")]
        #[schemars(description = "产品名称")]
        pub name: String,
        /// 品牌.
        #[serde(rename = "品牌")]
        #[schemars(description = "品牌、商标")]
        pub brand: String,
        /// 型号.
        #[serde(rename = "型号")]
        #[schemars(description = "规格型号")]
        pub model: String,
        /// The permanent address of the notice.
        #[serde(rename = "网址")]
        #[schemars(description = "信息的永久网址", extend("format" = "uri"))]
        pub url: String,
    }
}

row! {
    /// A standard that a notice cites: `standards.csv`.
    #[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
    #[schemars(title = "standards.csv 的一行", description = "一条信息引用的一个标准。已撤销的信息不在这张表里")]
    pub(super) struct StandardRow {
        /// As typed.
        #[serde(rename = "标准")]
        #[schemars(description = "标准号，照信息里的写法")]
        pub standard: String,
        /// The permanent name of the notice.
        #[serde(rename = "编号")]
        #[schemars(description = "信息的永久编号")]
        pub id: String,
        /// The title of the notice.
        #[serde(rename = "标题")]
        #[schemars(description = "信息的标题")]
        pub title: String,
        /// The permanent address of the notice.
        #[serde(rename = "网址")]
        #[schemars(description = "信息的永久网址", extend("format" = "uri"))]
        pub url: String,
    }
}
