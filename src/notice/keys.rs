//! The keys of the front matter, in both spellings. The one table from which decoding, suggestions, the manual and the
//! schema are made.

use crate::yaml::Key;

/// The top level, in the order `new` writes it.
pub const NOTICE: &[Key] = &[
    Key::new("id", "编号", "永久编号，与文件夹同名，例如 2024-017"),
    Key::new("kind", "类型", "风险警示 或 消费提示"),
    Key::new("title", "标题", "一句话说清什么产品、什么危险"),
    Key::new("summary", "摘要", "一两句话，列表和订阅里显示"),
    Key::new("risk_level", "风险等级", "高风险、较高风险、一般风险、低风险；风险警示必填"),
    Key::new("category", "产品类别", "产品类别或产品种类"),
    Key::new("audience", "人群", "与哪些人有关"),
    Key::new("hazards", "危害", "会造成什么伤害"),
    Key::new("products", "产品", "涉及的产品"),
    Key::new("sampling", "抽样", "抽了多少批次、多少不合格"),
    Key::new("findings", "检测结果", "检测结果表（同一文件夹里的 CSV 文件）"),
    Key::new("actions", "应对措施", "消费者该怎么做，最要紧的写在最前"),
    Key::new("standards", "标准", "引用的标准号"),
    Key::new("sources", "信息来源", "风险信息从哪里来"),
    Key::new("measures", "处置措施", "监管部门做了什么"),
    Key::new("image", "图片", "题图"),
    Key::new("attachments", "附件", "供下载的文件"),
    Key::new("related", "相关", "相关信息的编号"),
    Key::new("origin", "来源", "转载时填写原发布机构"),
    Key::new("publish_at", "发布时间", "不早于这个时间发布"),
    Key::new("expires", "有效期至", "提示的最后有效日"),
    Key::new("review_by", "复核日期", "最迟哪天重新核对"),
    Key::new("version", "版本", "第几版，由系统填写"),
    Key::new("status", "状态", "现行、更正 或 撤销"),
    Key::new("change", "变更", "第二版起必填：改了什么、为什么改"),
    Key::new("exceptions", "例外", "自查提示有误时，说明哪一处、为什么可以这样写"),
    REVIEW,
];

/// The last key: the sign-offs, written by the program.
pub const REVIEW: Key = Key::new("review", "审签", "审签记录，由系统填写，请勿手工改动");

/// An entry of `products`.
pub const PRODUCT: &[Key] = &[
    Key::new("name", "名称", "产品名称"),
    Key::new("brand", "品牌", "商标"),
    Key::new("model", "型号", "规格型号"),
    Key::new("batch", "批号", "生产日期或批号，照包装上写"),
    Key::new("barcode", "条码", "商品条码"),
    Key::new("maker", "生产者", "标称生产单位"),
    Key::new("sold", "销售渠道", "在哪里销售"),
];

/// `sampling`.
pub const SAMPLING: &[Key] = &[Key::new("batches", "批次", "抽样批次数"), Key::new("failed", "不合格", "不合格批次数")];

/// `findings`.
pub const FINDINGS: &[Key] = &[Key::new("file", "文件", "CSV 文件名"), Key::new("caption", "表题", "表格的标题")];

/// `image`.
pub const IMAGE: &[Key] =
    &[Key::new("file", "文件", "图片文件名"), Key::new("alt", "说明", "图片画的是什么，读给看不见的人听")];

/// An entry of `attachments`.
pub const ATTACHMENT: &[Key] = &[Key::new("file", "文件", "文件名"), Key::new("title", "名称", "显示的名称")];

/// `origin`.
pub const ORIGIN: &[Key] = &[
    Key::new("source", "机构", "原发布机构"),
    Key::new("url", "网址", "原文网址"),
    Key::new("date", "日期", "原发布日期"),
];

/// `change`.
pub const CHANGE: &[Key] = &[Key::new("what", "内容", "改了什么"), Key::new("why", "原因", "为什么改")];

/// An entry of `exceptions`.
pub const EXCEPTION: &[Key] = &[
    Key::new("rule", "规则", "自查规则的代码，例如 personal-mobile"),
    Key::new("text", "原文", "所指的那几个字，照抄"),
    Key::new("reason", "理由", "为什么可以这样写"),
];

/// An entry of `review`.
pub const SIGN_OFF: &[Key] = &[
    Key::new("stage", "环节", "审签环节"),
    Key::new("by", "签署人", "签署人"),
    Key::new("at", "时间", "签署时间"),
    Key::new("digest", "摘要值", "所签内容的 SHA-256"),
    Key::new("urgent", "紧急理由", "紧急发布的理由"),
    Key::new("signature", "签名", "SSH 签名"),
];

/// The keys of the maps that stand under a key of the top level.
pub fn inner(name: &str) -> &'static [Key] {
    match name {
        "products" => PRODUCT,
        "sampling" => SAMPLING,
        "findings" => FINDINGS,
        "image" => IMAGE,
        "attachments" => ATTACHMENT,
        "origin" => ORIGIN,
        "change" => CHANGE,
        "exceptions" => EXCEPTION,
        "review" => SIGN_OFF,
        _ => &[],
    }
}
