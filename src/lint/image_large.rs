//! `image-large`: pictures that a telephone on a slow line waits for.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::inputs::FileContent;

/// The rule. A warning however large the picture: the text around it is there at once, and a warning must not wait for
/// somebody who can shrink a picture.
pub(super) static RULE: Rule = Rule {
    code: "image-large",
    title: "图片太大，手机上打开慢",
    severity: Severity::Warning,
    what: "文件夹里的图片超过 1 MB，或者长边超过 2400 像素。",
    why: "许多人在手机上、信号不好的地方看；一张 5 MB 的照片要等将近一分钟，还费流量。",
    how: "用看图软件把长边缩到 1600 像素，另存为 jpg（照片）或 png（线条图），一般不到 300 KB。",
    check: Check::Notice(check),
    bad: &[Part::Picture("a.jpg", 4000, 3 << 20), Part::Body("![充电器背面的标签和批号](a.jpg)")],
    good: &[Part::Picture("a.jpg", 1600, 300 << 10), Part::Body("![充电器背面的标签和批号](a.jpg)")],
};

const MOST_BYTES: u64 = 1 << 20;
const LONGEST_SIDE: u32 = 2400;
/// What a telephone receives in a second where the signal is weak.
const BYTES_A_SECOND: u64 = 100 << 10;

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for file in &subject.bundle.files {
        let FileContent::Image(width, height) = file.content else { continue };
        let path = format!("{}/{}", subject.bundle.folder, file.path);
        let hint = "请把长边缩到 1600 像素后另存，网页上就够清楚";
        if file.len > MOST_BYTES {
            let tenths = file.len * 10 / (1 << 20);
            findings
                .file(&path, format!("图片有 {}.{} MB（{width}×{height} 像素）", tenths / 10, tenths % 10))
                .fact(format!("信号不好时，手机要等 {} 秒左右", file.len / BYTES_A_SECOND))
                .hint(hint);
        } else if width.max(height) > LONGEST_SIDE {
            findings.file(&path, format!("图片有 {width}×{height} 像素，比屏幕能显示的大得多")).hint(hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn either_bytes_or_pixels_are_too_many() {
        let found = |side, bytes| {
            let body = Part::Body("![充电器背面的标签和批号](a.png)");
            codes(&[Part::Picture("a.png", side, bytes), body]).contains(&RULE.code)
        };
        assert!(found(2401, 1000) && found(800, (1 << 20) + 1));
        assert!(!found(2400, 1 << 20));
    }
}
