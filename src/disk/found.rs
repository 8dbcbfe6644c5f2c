//! What is found in a folder: whether its name and its size will do, and what its first bytes say it is.

use crate::diag::{Code, Diagnostic};
use crate::inputs::FileContent;
use crate::route::RelPath;
use walkdir::DirEntry;

/// The most files of a notice, and the most bytes of all of them.
const MOST_FILES: usize = 1_000;
const LARGEST_BUNDLE: u64 = 200 << 20;

/// Whether a notice has no more files, and no larger ones, than can be read.
pub(super) fn check_size(folder: &str, entries: &[DirEntry]) -> Result<(), Box<Diagnostic>> {
    let refused = |message: String, hint: &str| {
        Err(Box::new(Diagnostic::error(Code::FileTooLarge, message).in_file(folder).hint(hint)))
    };
    if entries.len() > MOST_FILES {
        let message = format!("一条信息的文件夹里有 {} 个文件（上限 {MOST_FILES} 个）", entries.len());
        return refused(message, "请只留下要公开的文件；文件很多的，打成 zip 作附件");
    }
    let bytes: u64 = entries.iter().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum();
    if bytes > LARGEST_BUNDLE {
        let message = format!("一条信息的文件一共 {} MB（上限 {} MB）", bytes >> 20, LARGEST_BUNDLE >> 20);
        return refused(message, "请压缩图片，去掉不公开的文件");
    }
    Ok(())
}

/// A name that can be part of an address on every system; `whole` says where it stands.
pub(super) fn checked_name(path: &str, whole: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<RelPath> {
    let fault = match RelPath::parse(path) {
        Ok(_) if path.contains('\u{fffd}') => "文件名不是 UTF-8".to_owned(),
        Ok(parsed) => return Some(parsed),
        Err(error) => error.to_string(),
    };
    diagnostics.push(
        Diagnostic::error(Code::FileName, format!("文件名不能使用：{fault}"))
            .in_file(crate::text::printable(whole))
            .hint("请改名，只用汉字、字母、数字、连字符和点"),
    );
    None
}

/// What is learnt from the bytes of a file: by its extension, and by what it says it is.
pub fn content_of(path: &RelPath, bytes: Vec<u8>) -> FileContent {
    use imagesize::ImageType;
    let wanted = match path.extension().as_str() {
        "csv" => return FileContent::Csv(bytes),
        "png" => ImageType::Png,
        "jpg" | "jpeg" => ImageType::Jpeg,
        "gif" => ImageType::Gif,
        "webp" => ImageType::Webp,
        _ => return FileContent::Other,
    };
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    match (imagesize::image_type(&bytes), imagesize::blob_size(&bytes)) {
        (Ok(found), Ok(size)) if found == wanted && size.width > 0 && size.height > 0 => {
            FileContent::Image(side(size.width), side(size.height))
        }
        _ => FileContent::BrokenImage,
    }
}
