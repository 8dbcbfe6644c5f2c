//! Parts of Office files since 2007 (ECMA-376): properties, comments, tracked changes, hidden parts, what is embedded.

use super::gathered::Gathered;
use super::zip::{Part, extension, file_name};
use super::{Kind, of_interest, properties};
use crate::xml::{Element, Node, nodes};

/// Bytes of text that are kept for one entry, or a piece more.
const LONG: usize = 4096;

/// What an entry is read as; what its mere presence tells is noted.
pub(super) fn part(name: &str, found: &mut Gathered) -> Part {
    let file = file_name(name);
    let folder = name.strip_suffix(file).unwrap_or_default();
    match extension(name) {
        "rels" => Part::Xml(links),
        "bin" if file == "vbaProject.bin" => {
            found.note(Kind::Hidden, "宏", "文件里有宏程序");
            Part::Ignored
        }
        _ if folder.ends_with("/embeddings/") => {
            found.note(Kind::Hidden, "内嵌的文件", file);
            if of_interest(extension(name)) { Part::File } else { Part::Ignored }
        }
        _ if name.starts_with("docProps/thumbnail") => {
            found.note(Kind::Hidden, "缩略图", "文件里另存有首页的小图");
            Part::Ignored
        }
        "jpg" | "jpeg" | "png" | "gif" | "webp" if folder.ends_with("/media/") => Part::File,
        "xml" => xml_part(folder, file),
        _ => Part::Ignored,
    }
}

fn xml_part(folder: &str, file: &str) -> Part {
    match (folder, file) {
        ("docProps/", _) => Part::Xml(|_, xml, found| properties::read(xml, found)),
        ("word/", "people.xml")
        | ("ppt/", "commentAuthors.xml" | "authors.xml")
        | ("xl/persons/" | "xl/comments/" | "xl/threadedComments/" | "ppt/comments/", _) => Part::Xml(comments),
        ("word/" | "xl/", _) if file.starts_with("comments") => Part::Xml(comments),
        ("word/", _) => Part::Xml(text_part),
        ("xl/", "workbook.xml") => Part::Xml(workbook),
        ("xl/worksheets/", _) => Part::Xml(worksheet),
        ("ppt/notesSlides/", _) => Part::Xml(speaker_notes),
        ("ppt/slides/", _) => Part::Xml(slide),
        _ => Part::Ignored,
    }
}

/// Calls a function at every piece; says so if the document does not end well.
fn each(xml: &str, found: &mut Gathered, mut take: impl FnMut(Node<'_>, &mut Gathered)) {
    for node in nodes(xml, properties::PIECES) {
        match node {
            Ok(node) => take(node, found),
            Err(_) => return found.unreadable(),
        }
    }
}

/// Adds a piece of text, unless there is more already than anybody will be shown.
fn push(text: &mut String, piece: &str) {
    if text.len() < LONG {
        text.push_str(piece);
    }
}

/// Links to files of the writer's computer or network, which tell names of users and servers.
fn links(_: &str, xml: &str, found: &mut Gathered) {
    each(xml, found, |node, found| {
        let Node::Start(element) = node else { return };
        let target = element.attribute("Target").unwrap_or_default();
        let is_drive = target.as_bytes().get(1) == Some(&b':');
        if is_drive
            || target.starts_with("\\\\")
            || target.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("file:"))
        {
            found.note(Kind::Text, "链接到本机或内网的文件", &target);
        }
    });
}

/// Comments of every kind, and who wrote them: the text of each, the names in attributes and in `author` elements.
pub(super) fn comments(_: &str, xml: &str, found: &mut Gathered) {
    let mut path: Vec<bool> = Vec::new();
    let mut text = String::new();
    each(xml, found, |node, found| match node {
        Node::Start(element) => {
            let name = element.name();
            for (key, value) in element.attributes() {
                let is_person = matches!(key, "author" | "displayName" | "Creator")
                    || (key == "name" && matches!(name, "cmAuthor" | "author"));
                if is_person {
                    found.note(Kind::Person, "批注者或修订者", &value);
                }
            }
            path.push(matches!(name, "author" | "comment" | "threadedComment" | "cm" | "Annot" | "reply"));
            if path.last() == Some(&true) {
                text.clear();
            }
            if name == "author" {
                text.push('\u{1}');
            }
        }
        Node::Text(piece) => {
            if path.contains(&true) {
                push(&mut text, &piece);
            }
        }
        Node::End => {
            if path.pop() == Some(true) {
                match text.strip_prefix('\u{1}') {
                    Some(author) => found.note(Kind::Person, "批注者或修订者", author),
                    None => found.note(Kind::Hidden, "批注", &text),
                }
                text.clear();
            }
        }
    });
}

/// What an element of a text means for the text inside it.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Plain,
    Inserted,
    Deleted,
    Run,
}

/// The text of one mark, gathered while elements of that mark are open.
#[derive(Default)]
struct Marked {
    open: usize,
    text: String,
}

/// Tracked changes and hidden text in a document, its headers, footers and notes.
fn text_part(_: &str, xml: &str, found: &mut Gathered) {
    let mut path = Vec::new();
    let (mut inserted, mut deleted, mut hidden) = (Marked::default(), Marked::default(), Marked::default());
    let mut is_hidden = false;
    each(xml, found, |node, found| match node {
        Node::Start(element) => {
            element.attribute("author").iter().for_each(|author| found.note(Kind::Person, "批注者或修订者", author));
            let mark = mark(&element);
            if mark == Mark::Run {
                is_hidden = false;
            }
            // The properties of a run, not those of the mark at the end of a paragraph.
            let is_of_run = path.last_chunk() == Some(&[Mark::Run, Mark::Plain]);
            is_hidden |= element.name() == "vanish" && is_of_run && is_on(&element);
            path.push(mark);
            marked(mark, &mut inserted, &mut deleted, &mut hidden).for_each(|(_, marked)| marked.open += 1);
        }
        Node::Text(piece) => {
            for marked in [&mut inserted, &mut deleted].into_iter().chain(is_hidden.then_some(&mut hidden)) {
                if marked.open > 0 {
                    push(&mut marked.text, &piece);
                }
            }
        }
        Node::End => {
            let mark = path.pop().unwrap_or(Mark::Plain);
            for (name, marked) in marked(mark, &mut inserted, &mut deleted, &mut hidden) {
                marked.open -= 1;
                if !marked.text.is_empty() {
                    found.note(Kind::Hidden, name, &marked.text);
                    marked.text.clear();
                }
            }
        }
    });
}

/// The text that belongs to a mark, and what it is called.
fn marked<'a>(
    mark: Mark,
    inserted: &'a mut Marked,
    deleted: &'a mut Marked,
    hidden: &'a mut Marked,
) -> impl Iterator<Item = (&'static str, &'a mut Marked)> {
    match mark {
        Mark::Inserted => Some(("修订：插入的文字", inserted)),
        Mark::Deleted => Some(("修订：删去的文字", deleted)),
        Mark::Run => Some(("隐藏的文字", hidden)),
        Mark::Plain => None,
    }
    .into_iter()
}

fn mark(element: &Element<'_>) -> Mark {
    match element.name() {
        "ins" | "moveTo" => Mark::Inserted,
        "del" | "moveFrom" => Mark::Deleted,
        "r" => Mark::Run,
        _ => Mark::Plain,
    }
}

/// Whether a switch is on: it is, unless its value says otherwise.
fn is_on(element: &Element<'_>) -> bool {
    !matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off"))
}

/// Hidden sheets, the folder in which the workbook was saved, and who has reserved it.
fn workbook(_: &str, xml: &str, found: &mut Gathered) {
    each(xml, found, |node, found| {
        let Node::Start(element) = node else { return };
        match element.name() {
            "sheet" if matches!(element.attribute("state").as_deref(), Some("hidden" | "veryHidden")) => {
                found.note(Kind::Hidden, "隐藏的工作表", &element.attribute("name").unwrap_or_default());
            }
            "absPath" => found.note(Kind::Text, "保存位置", &element.attribute("url").unwrap_or_default()),
            "fileSharing" => found.note(Kind::Person, "占用者", &element.attribute("userName").unwrap_or_default()),
            _ => {}
        }
    });
}

/// Hidden rows and columns, by the number of the sheet's part.
fn worksheet(name: &str, xml: &str, found: &mut Gathered) {
    let sheet = file_name(name).trim_end_matches(".xml");
    each(xml, found, |node, found| {
        let Node::Start(element) = node else { return };
        if !matches!(element.name(), "row" | "col")
            || !matches!(element.attribute("hidden").as_deref(), Some("1" | "true"))
        {
            return;
        }
        let number = |name| element.attribute(name).unwrap_or_default();
        match element.name() {
            "row" => found.note(Kind::Hidden, "隐藏的行", &format!("{sheet} 第 {} 行", number("r"))),
            _ => found.note(Kind::Hidden, "隐藏的列", &format!("{sheet} 第 {} 至 {} 列", number("min"), number("max"))),
        }
    });
}

/// The text of a page of notes, without fields such as its number.
fn speaker_notes(_: &str, xml: &str, found: &mut Gathered) {
    let mut path: Vec<bool> = Vec::new();
    let mut text = String::new();
    each(xml, found, |node, _| match node {
        Node::Start(element) => path.push(element.name() == "fld"),
        Node::Text(piece) if !path.contains(&true) => push(&mut text, &piece),
        Node::Text(_) => {}
        Node::End => drop(path.pop()),
    });
    found.note(Kind::Hidden, "演讲者备注", &text);
}

/// Whether a slide is hidden.
fn slide(name: &str, xml: &str, found: &mut Gathered) {
    each(xml, found, |node, found| {
        let Node::Start(element) = node else { return };
        if element.name() == "sld" && matches!(element.attribute("show").as_deref(), Some("0" | "false")) {
            found.note(Kind::Hidden, "隐藏的幻灯片", file_name(name).trim_end_matches(".xml"));
        }
    });
}
