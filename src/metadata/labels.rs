//! What the names of properties mean: one table for XMP, Office, OFD, PDF and PNG, whose names agree where they meet.

use super::Kind;

/// Name of a property, without prefix; kind; what it is called here.
const LABELS: &[(&str, Kind, &str)] = &[
    // People.
    ("creator", Kind::Person, "作者"),
    ("Author", Kind::Person, "作者"),
    ("Artist", Kind::Person, "作者"),
    ("AuthorsPosition", Kind::Person, "作者职务"),
    ("CaptionWriter", Kind::Person, "说明撰写人"),
    ("contributor", Kind::Person, "参与者"),
    ("lastModifiedBy", Kind::Person, "最后修改者"),
    ("Manager", Kind::Person, "主管"),
    ("OwnerName", Kind::Person, "相机所有者"),
    ("CameraOwnerName", Kind::Person, "相机所有者"),
    ("PersonInImage", Kind::Person, "画面中的人"),
    ("CiEmailWork", Kind::Person, "作者邮箱"),
    ("CiTelWork", Kind::Person, "作者电话"),
    // Organisations.
    ("Company", Kind::Company, "单位"),
    ("publisher", Kind::Company, "发布者"),
    ("Credit", Kind::Company, "供稿"),
    ("rights", Kind::Company, "版权"),
    ("Copyright", Kind::Company, "版权"),
    // Places.
    ("City", Kind::Position, "城市"),
    ("State", Kind::Position, "省份"),
    ("Country", Kind::Position, "国家"),
    ("Location", Kind::Position, "地点"),
    ("Sublocation", Kind::Position, "地点"),
    ("CiAdrExtadr", Kind::Position, "作者地址"),
    ("CiAdrCity", Kind::Position, "作者地址"),
    // Devices and programs.
    ("Make", Kind::Device, "设备厂商"),
    ("Model", Kind::Device, "设备型号"),
    ("SerialNumber", Kind::Device, "机身序列号"),
    ("BodySerialNumber", Kind::Device, "机身序列号"),
    ("LensSerialNumber", Kind::Device, "镜头序列号"),
    ("CreatorTool", Kind::Software, "制作软件"),
    ("Creator", Kind::Software, "制作软件"),
    ("CreatorVersion", Kind::Software, "制作软件版本"),
    ("softwareAgent", Kind::Software, "制作软件"),
    ("Producer", Kind::Software, "生成软件"),
    ("Application", Kind::Software, "制作软件"),
    ("AppVersion", Kind::Software, "制作软件版本"),
    ("Software", Kind::Software, "制作软件"),
    ("KSOProductBuildVer", Kind::Software, "WPS 版本"),
    // Times.
    ("created", Kind::Time, "创建时间"),
    ("modified", Kind::Time, "修改时间"),
    ("lastPrinted", Kind::Time, "打印时间"),
    ("CreateDate", Kind::Time, "创建时间"),
    ("CreationDate", Kind::Time, "创建时间"),
    ("Creation Time", Kind::Time, "创建时间"),
    ("ModifyDate", Kind::Time, "修改时间"),
    ("ModDate", Kind::Time, "修改时间"),
    ("MetadataDate", Kind::Time, "修改时间"),
    ("SourceModified", Kind::Time, "原稿修改时间"),
    ("DateCreated", Kind::Time, "拍摄时间"),
    ("DateTimeOriginal", Kind::Time, "拍摄时间"),
    ("when", Kind::Time, "修改时间"),
    // Text.
    ("title", Kind::Text, "标题"),
    ("Title", Kind::Text, "标题"),
    ("Headline", Kind::Text, "标题"),
    ("subject", Kind::Text, "主题"),
    ("Subject", Kind::Text, "主题"),
    ("keywords", Kind::Text, "关键词"),
    ("Keywords", Kind::Text, "关键词"),
    ("Keyword", Kind::Text, "关键词"),
    ("category", Kind::Text, "类别"),
    ("contentStatus", Kind::Text, "状态"),
    ("revision", Kind::Text, "修订次数"),
    ("description", Kind::Text, "说明"),
    ("Description", Kind::Text, "说明"),
    ("Abstract", Kind::Text, "摘要"),
    ("Comment", Kind::Text, "备注"),
    ("Comments", Kind::Text, "备注"),
    ("UserComment", Kind::Text, "备注"),
    ("Instructions", Kind::Text, "特别说明"),
    ("Source", Kind::Text, "来源"),
    ("TransmissionReference", Kind::Text, "稿件编号"),
    ("Template", Kind::Text, "模板"),
    ("HyperlinkBase", Kind::Text, "链接基础地址"),
    ("Disclaimer", Kind::Text, "声明"),
    ("Warning", Kind::Text, "声明"),
];

/// The kind and the Chinese name of a property, if it tells anything.
pub(super) fn of(name: &str) -> Option<(Kind, &'static str)> {
    LABELS.iter().find(|(known, ..)| *known == name).map(|(_, kind, label)| (*kind, *label))
}
