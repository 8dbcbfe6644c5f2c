//! `metadata-position`: pictures and papers that say where they were made.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::metadata::Kind;
use crate::text;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "metadata-position",
    title: "图片或附件里带着拍摄位置",
    severity: Severity::Error,
    what: "图片、PDF、Office 文件、压缩包里的图片的属性中，GPS 位置、地点、作者地址等。只写着国家、省份、城市的不算。",
    why: "手机拍的照片常带着 GPS 坐标，拍摄人的住处、受害人的家、举报的地点，谁下载了图片都能看到。",
    how: "在手机或电脑上删去照片的位置信息再放进来：Windows 里右键点图片，属性、详细信息、删除属性和个人信息；或者截图另存。",
    check: Check::Notice(check),
    bad: &[Part::Described("外观.jpg", Kind::Position, "GPS 位置", "北纬 38.0000，东经 112.0000")],
    good: &[Part::Described("外观.jpg", Kind::Position, "省份", "山西")],
};

/// Names of places that tell nothing of a door.
const WIDE: [&str; 3] = ["国家", "省份", "城市"];

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for file in &subject.bundle.files {
        let places = file.metadata.entries.iter().filter(|entry| entry.kind == Kind::Position);
        for entry in places.filter(|entry| !WIDE.iter().any(|wide| entry.name.ends_with(wide))) {
            findings
                .file(&format!("{}/{}", subject.bundle.folder, file.path), "文件里带着拍摄或制作的位置")
                .fact(format!("{}：{}", text::printable(&entry.name), text::printable(&entry.value)))
                .hint("请删去文件的位置信息再放进来，办法见 jingshi explain metadata-position");
        }
    }
}
