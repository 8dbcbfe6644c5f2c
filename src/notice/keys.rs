//! The keys of the front matter, in both spellings. The one table from which decoding, suggestions, the manual and the
//! schema are made.

use super::Status;
use crate::yaml::{Form, Key};

/// The top level, in the order `new` writes it.
pub const NOTICE: &[Key] = &[
    Key::new("id", "编号", "永久编号，与文件夹同名，例如 2024-017").form(Form::Id).needed().example("\"2026-017\""),
    Key::new("kind", "类型", "风险警示 或 消费提示").form(Form::Term("kind")).needed().example("风险警示"),
    Key::new("title", "标题", "一句话说清什么产品、什么危险").needed().example("某型移动电源充电时会过热起火"),
    Key::new("summary", "摘要", "一两句话，列表和订阅里显示")
        .needed()
        .example("某型移动电源充电时会过热起火，请立即停用。"),
    Key::new("risk_level", "风险等级", "高风险、较高风险、一般风险、低风险；风险警示必填")
        .form(Form::Term("risk_level"))
        .example("高风险"),
    Key::new("category", "产品类别", "产品类别或产品种类").form(Form::Term("category")).example("移动电源"),
    Key::new("audience", "人群", "与哪些人有关").form(Form::Terms("audience")).example("[儿童, 老年人]"),
    Key::new("hazards", "危害", "会造成什么伤害").form(Form::Terms("hazard")).example("[火灾, 烧烫伤]"),
    Key::new("products", "产品", "涉及的产品")
        .form(Form::Maps(PRODUCT))
        .example("[{名称: 移动电源, 型号: X-1, 批号: C14-P6/P7}]"),
    Key::new("sampling", "抽样", "抽了多少批次、多少不合格").form(Form::Map(SAMPLING)).example("{批次: 20, 不合格: 3}"),
    Key::new("monitored_on", "监测日期", "监测、抽检或研判完成的日期，显示在“依据和来源”里，也用来统计几天后发布")
        .form(Form::Day)
        .example("2026-02-27"),
    Key::new("findings", "检测结果", "检测结果表（同一文件夹里的 CSV 文件）")
        .form(Form::Map(FINDINGS))
        .example("{文件: 检测结果.csv, 表题: 不合格情况}"),
    Key::new("actions", "应对措施", "消费者该怎么做，最要紧的写在最前")
        .form(Form::Texts)
        .example("[立即停止使用, 核对型号和批号]"),
    Key::new("standards", "标准", "引用的标准号").form(Form::Texts).example("[GB 31241-2022]"),
    Key::new("sources", "信息来源", "风险信息从哪里来").form(Form::Terms("source")).example("[消费者投诉举报]"),
    Key::new("measures", "处置措施", "监管部门做了什么").form(Form::Terms("measure")).example("[发布警示提示, 约谈]"),
    Key::new("image", "图片", "题图").form(Form::Map(IMAGE)).example("{文件: 电源外观.png, 说明: 移动电源的背面}"),
    Key::new("attachments", "附件", "供下载的文件")
        .form(Form::Maps(ATTACHMENT))
        .example("[{文件: 不合格名单.xlsx, 名称: 不合格名单}]"),
    Key::new("related", "相关", "相关信息的编号").form(Form::Ids).example("[2025-004]"),
    Key::new("origin", "来源", "转载时填写原发布机构")
        .form(Form::Map(ORIGIN))
        .example("{机构: 某某省市场监督管理局, 日期: 2026-03-05}"),
    Key::new("publish_at", "发布时间", "不早于这个时间发布").form(Form::Moment).example("2026-12-01T09:00:00+08:00"),
    Key::new("expires", "有效期至", "提示的最后有效日").form(Form::Day).example("2027-03-31"),
    Key::new("review_by", "复核日期", "最迟哪天重新核对").form(Form::Day).example("2027-06-30"),
    Key::new("version", "版本", "第几版，由系统填写").form(Form::Number(1)).example("2"),
    Key::new("status", "状态", "现行、更正 或 撤销").form(Form::Word(STATUS)).example("更正"),
    Key::new("change", "变更", "第二版起必填：改了什么、为什么改")
        .form(Form::Map(CHANGE))
        .example("{内容: 补充两个批号, 原因: 生产者补报}"),
    Key::new("exceptions", "例外", "自查提示有误时，说明哪一处、为什么可以这样写")
        .form(Form::Maps(EXCEPTION))
        .example("[{规则: personal-mobile, 原文: 值班手机, 理由: 单位公开的值班手机}]"),
    REVIEW,
];

/// The last key: the sign-offs, written by the program.
pub const REVIEW: Key = Key::new("review", "审签", "审签记录，由系统填写，请勿手工改动").form(Form::Maps(SIGN_OFF));

/// The keys that the program writes and nobody types.
pub const SYSTEM: &[&str] = &["version", "status", "change", "review"];

const STATUS: &[&str] = &[Status::ALL[0].name(), Status::ALL[1].name(), Status::ALL[2].name()];

/// An entry of `products`.
pub const PRODUCT: &[Key] = &[
    Key::new("name", "名称", "产品名称").needed().example("移动电源"),
    Key::new("brand", "品牌", "商标").example("品牌甲"),
    Key::new("model", "型号", "规格型号").example("X-1"),
    Key::new("batch", "批号", "生产日期或批号，照包装上写").example("C14-P6/P7"),
    Key::new("barcode", "条码", "商品条码").example("\"2010000010075\""),
    Key::new("maker", "生产者", "标称生产单位").example("示例生产者A"),
    Key::new("sold", "销售渠道", "在哪里销售").example("网络店铺"),
];

/// `sampling`.
pub const SAMPLING: &[Key] = &[
    Key::new("batches", "批次", "抽样批次数").form(Form::Number(0)).needed().example("20"),
    Key::new("failed", "不合格", "不合格批次数").form(Form::Number(0)).needed().example("3"),
];

/// `findings`.
pub const FINDINGS: &[Key] = &[
    Key::new("file", "文件", "CSV 文件名").form(Form::Path).needed().example("检测结果.csv"),
    Key::new("caption", "表题", "表格的标题").needed().example("移动电源不合格情况"),
];

/// `image`.
pub const IMAGE: &[Key] = &[
    Key::new("file", "文件", "图片文件名").form(Form::Path).needed().example("电源外观.png"),
    Key::new("alt", "说明", "图片画的是什么，读给看不见的人听")
        .form(Form::Text)
        .needed()
        .example("移动电源背面，标签右下角写着批号"),
];

/// An entry of `attachments`.
pub const ATTACHMENT: &[Key] = &[
    Key::new("file", "文件", "文件名").form(Form::Path).needed().example("不合格名单.xlsx"),
    Key::new("title", "名称", "显示的名称").form(Form::Text).example("不合格名单"),
];

/// `origin`.
pub const ORIGIN: &[Key] = &[
    Key::new("source", "机构", "原发布机构").needed().example("某某省市场监督管理局"),
    Key::new("url", "网址", "原文网址").form(Form::Url).example("https://www.example.gov.cn/a.html"),
    Key::new("date", "日期", "原发布日期").form(Form::Day).needed().example("2026-03-05"),
];

/// `change`.
pub const CHANGE: &[Key] = &[
    Key::new("what", "内容", "改了什么").needed().example("补充两个批号"),
    Key::new("why", "原因", "为什么改").needed().example("生产者补报"),
];

/// An entry of `exceptions`.
pub const EXCEPTION: &[Key] = &[
    Key::new("rule", "规则", "自查规则的代码，例如 personal-mobile").needed().example("personal-mobile"),
    Key::new("text", "原文", "所指的那几个字，照抄").needed().example("值班手机"),
    Key::new("reason", "理由", "为什么可以这样写").needed().example("单位公开的值班手机"),
];

/// An entry of `review`.
pub const SIGN_OFF: &[Key] = &[
    Key::new("stage", "环节", "审签环节").needed(),
    Key::new("by", "签署人", "签署人").needed(),
    Key::new("at", "时间", "签署时间").form(Form::Moment).needed(),
    Key::new("digest", "摘要值", "所签内容的 SHA-256").needed(),
    Key::new("urgent", "紧急理由", "紧急发布的理由"),
    Key::new("signature", "签名", "SSH 签名").form(Form::Text),
];
