//! What a draft does not carry of the file it was made from, or carries in another form: each kind once, with examples.

use crate::diag::{Code, Diagnostic};
use crate::text::{excerpt, printable};
use std::collections::BTreeMap;

/// The most examples of a kind that are shown, and the most characters of one.
const EXAMPLES: usize = 5;
const LENGTH: usize = 40;

/// A kind of loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// Text that a tracked change inserted: taken.
    Inserted,
    /// Text that a tracked change deleted or moved away: left out.
    Deleted,
    /// Comments.
    Comment,
    /// Hidden text.
    Hidden,
    /// Headers and footers.
    Margin,
    /// The letterhead.
    Letterhead,
    /// A table of contents.
    Contents,
    /// Embedded objects.
    Embedded,
    /// Pictures of a type that is not published, or not in the file.
    Picture,
    /// Drawn shapes and charts.
    Drawing,
    /// Links that lead nowhere, or where nothing may lead.
    Link,
    /// Web code.
    Code,
    /// Front matter of its own.
    FrontMatter,
    /// Markdown the reader refuses.
    Fault,
    /// Characters no page may carry.
    Character,
    /// Parts that could not be read.
    Unreadable,
    /// Emphasis that Markdown cannot write where it stood.
    Emphasis,
    /// Coloured or highlighted text.
    Colour,
    /// Underlined text.
    Underline,
    /// Text above or below the line.
    Script,
    /// Text boxes, whose place may be another.
    TextBox,
    /// Pictures whose place is not known.
    Placeless,
    /// Formulas.
    Formula,
    /// Merged cells.
    Merged,
    /// Several lines or a table in one cell.
    Cell,
}

impl Loss {
    /// The code, what is said before and after the number, and what to do.
    fn words(self) -> (Code, &'static str, &'static str, &'static str) {
        use Code::{ImportChanged, ImportDropped, ImportRevision};
        let check = "请对照原文件核对";
        match self {
            Self::Inserted => (
                ImportRevision,
                "有修订痕迹，",
                "处新增已按“接受修订”写入草稿",
                "请核对草稿；最好先在 WPS 里接受或拒绝全部修订，再导入",
            ),
            Self::Deleted => (
                ImportRevision,
                "有修订痕迹，",
                "处删除或移走的文字没有带入",
                "请核对草稿；最好先在 WPS 里接受或拒绝全部修订，再导入",
            ),
            Self::Comment => (ImportRevision, "", "条批注没有带入", "请先处理批注里的意见"),
            Self::Hidden => (ImportDropped, "", "处隐藏文字没有带入", "要公开的话，请在原文件里取消隐藏再导入"),
            Self::Margin => (ImportDropped, "", "处页眉、页脚没有带入", "要公开的内容请写进正文"),
            Self::Letterhead => (ImportDropped, "", "行发文机关标志（红头）没有带入", "页面上有发布单位，一般不用补"),
            Self::Contents => (ImportDropped, "目录没有带入（", "行）", "页面按标题自动排列，不用补"),
            Self::Embedded => {
                (ImportDropped, "", "个嵌入对象没有带入", "要公开的表格、文件请另存出来，放进文件夹作附件")
            }
            Self::Picture => (
                ImportDropped,
                "",
                "张图片没有带入",
                "请另存为 png 或 jpg，放进草稿的文件夹，在正文里写 ![图片说明](文件名)",
            ),
            Self::Drawing => (ImportDropped, "", "个图形、图表没有带入", "请截图存成 png，放进草稿的文件夹"),
            Self::Link => (ImportDropped, "", "个链接只留下文字", "只能链接 http、https、mailto、tel 地址"),
            Self::Code => (ImportDropped, "", "处网页代码没有带入", check),
            Self::FrontMatter => (ImportDropped, "原有的信息栏没有带入（", "行）", "请把要用的项填进草稿的信息栏"),
            Self::Fault => {
                (ImportChanged, "正文里有", "处写法还不能用", "请在草稿里改好，用 jingshi review status 检查")
            }
            Self::Character => (ImportDropped, "", "个不可见或不能发布的字符没有带入", check),
            Self::Unreadable => (ImportDropped, "", "个部分读不出来", "请在 WPS 里打开原文件另存一次，再导入"),
            Self::Emphasis => (ImportDropped, "", "处加粗、倾斜没有保留", check),
            Self::Colour => (ImportDropped, "", "处文字颜色或底色没有保留", "有强调意思的请改成加粗：**文字**"),
            Self::Underline => (ImportDropped, "", "处下划线没有保留", "有强调意思的请改成加粗：**文字**"),
            Self::Script => (ImportChanged, "", "处上标、下标改成了普通文字", "请核对单位、化学式，例如 m²、CO₂"),
            Self::TextBox => (ImportChanged, "", "个文本框里的文字放在了它所在的段落之后", "请核对位置"),
            Self::Placeless => (ImportChanged, "", "张图片不知道原来的位置，放在了文末", "请移到该在的地方"),
            Self::Formula => (ImportChanged, "", "个公式改成了一行文字", check),
            Self::Merged => (ImportChanged, "", "个表格有合并单元格，已经拆开", "请对照原文件核对表格"),
            Self::Cell => (ImportChanged, "", "个单元格里有分段、列表或小表格，已经并成一行", check),
        }
    }
}

/// What was lost so far.
#[derive(Debug, Default)]
pub(super) struct Losses(BTreeMap<Loss, (usize, Vec<String>)>);

impl Losses {
    /// Adds a loss, with the text it concerns or nothing.
    pub(super) fn add(&mut self, loss: Loss, example: &str) {
        self.add_many(loss, 1);
        self.show(loss, example);
    }

    /// Adds an example to a loss that is counted elsewhere.
    pub(super) fn show(&mut self, loss: Loss, example: &str) {
        let example = excerpt(&printable(example), LENGTH);
        let (_, examples) = self.0.entry(loss).or_default();
        if !example.is_empty() && examples.len() < EXAMPLES && !examples.contains(&example) {
            examples.push(example);
        }
    }

    /// Adds a number of losses.
    pub(super) fn add_many(&mut self, loss: Loss, number: usize) {
        if number > 0 {
            self.0.entry(loss).or_default().0 += number;
        }
    }

    /// What is to be said about a file.
    pub(super) fn finish(self, file: &str) -> Vec<Diagnostic> {
        let each = self.0.into_iter().map(|(loss, (number, examples))| {
            let (code, before, after, hint) = loss.words();
            let message = format!("{before}{number} {after}");
            let diagnostic = Diagnostic::warning(code, message).in_file(file).hint(hint);
            examples.into_iter().fold(diagnostic, |diagnostic, example| diagnostic.fact(format!("“{example}”")))
        });
        each.collect()
    }
}
