//! What the form of an official document says: its title, number, date and issuing body, the headings and lists whose
//! numbers are typed, the captions of its pictures. What is recognised is taken out of the text, or becomes structure.

use super::document::{Block, Document, Inline, text};
use super::losses::{Loss, Losses};
use super::outline::{captions, level_headings, structure};
use super::signature::{BODY, day, is_body, take_number, take_signature};
use crate::moment::Day;

/// Among how many blocks the head of a document is looked for.
pub(super) const HEAD: usize = 8;
/// The most characters of a title.
const TITLE: usize = 100;

/// Words a title without any style is known by.
const TITLES: &[&str] = &["警示", "提示", "提醒", "通告", "公告", "通报"];
/// What was recognised.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// The title.
    pub title: Option<String>,
    /// 成文日期.
    pub date: Option<Day>,
    /// 文号.
    pub document_number: Option<String>,
    /// 落款.
    pub issuing_body: Option<String>,
}

/// Takes the marks of an official document out of it, and gives the rest its structure.
pub(super) fn recognise(document: &mut Document, losses: &mut Losses) -> Marks {
    let blocks = &mut document.blocks;
    let mut marks = Marks { document_number: take_number(blocks), ..Marks::default() };
    take_letterhead(blocks, losses);
    let (title, at) = take_title(blocks).unzip();
    marks.title = title.or_else(|| document.title.take());
    take_signature(blocks, at.unwrap_or(0), &mut marks);
    structure(blocks);
    captions(blocks);
    level_headings(blocks);
    marks
}

/// The text of a paragraph, without the white space that centres or indents it.
pub(super) fn line(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph) => Some(text(&paragraph.content).trim().to_owned()),
        _ => None,
    }
}

/// `某某县市场监督管理局文件` above the title.
fn take_letterhead(blocks: &mut Vec<Block>, losses: &mut Losses) {
    let is_letterhead = |block: &Block| match block {
        Block::Paragraph(paragraph) if paragraph.is_centred => {
            let line = text(&paragraph.content).split_whitespace().collect::<String>();
            line.chars().count() <= BODY + 2 && line.strip_suffix("文件").is_some_and(is_body)
        }
        _ => false,
    };
    if let Some(at) = blocks.iter().take(HEAD).position(is_letterhead) {
        losses.add(Loss::Letterhead, &line(&blocks.remove(at)).unwrap_or_default());
    }
}

/// The title, and where it stood.
fn take_title(blocks: &mut Vec<Block>) -> Option<(String, usize)> {
    while blocks.first().is_some_and(|block| line(block).is_some_and(|line| line.is_empty() && !has_image(block))) {
        blocks.remove(0);
    }
    let head = blocks.iter().take(HEAD);
    let is_title = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.is_title);
    let is_first = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    let range = if let Some(at) = head.clone().position(is_title) {
        at..at + blocks[at..].iter().take_while(|block| is_title(block)).count()
    } else if let Some(at) = head.clone().position(is_first).filter(|at| *at == 0 || count(blocks, is_first) == 1) {
        at..at + 1
    } else {
        centred(blocks).or_else(|| plain_title(blocks))?
    };
    let at = range.start;
    let parts: Vec<String> = blocks.drain(range).map(|block| one_line(&content(&block))).collect();
    let title = parts.concat();
    (!title.is_empty()).then_some((title, at))
}

fn count(blocks: &[Block], is_meant: impl Fn(&Block) -> bool) -> usize {
    blocks.iter().filter(|block| is_meant(block)).count()
}

pub(super) fn content(block: &Block) -> Vec<Inline> {
    match block {
        Block::Heading { content, .. } | Block::Item { content, .. } | Block::Quote(content) => content.clone(),
        Block::Paragraph(paragraph) => paragraph.content.clone(),
        Block::Table(_) | Block::Code(_) | Block::Rule => Vec::new(),
    }
}

/// A text on one line: a break between Chinese signs is nothing, else a space.
fn one_line(content: &[Inline]) -> String {
    let all = text(content);
    let mut joined = String::new();
    for part in all.lines().map(str::trim).filter(|part| !part.is_empty()) {
        let meets = |sign: Option<char>| sign.is_none_or(crate::text::is_cjk);
        if !(meets(joined.chars().next_back()) || meets(part.chars().next())) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

/// The first lines that stand in the middle and are of one size.
fn centred(blocks: &[Block]) -> Option<std::ops::Range<usize>> {
    let size = |block: &Block| match block {
        Block::Paragraph(paragraph) if paragraph.is_centred && !has_image(block) => {
            Some(paragraph.size).filter(|_| line(block).is_some_and(|line| !line.is_empty() && day(&line).is_none()))
        }
        _ => None,
    };
    let start = blocks.iter().take(HEAD).position(|block| size(block).is_some())?;
    let first = size(&blocks[start]);
    let length = blocks[start..].iter().take(4).take_while(|block| size(block) == first).count();
    let characters: usize =
        blocks[start..start + length].iter().filter_map(line).map(|line| line.chars().count()).sum();
    (characters <= TITLE).then_some(start..start + length)
}

/// The text of a block, of all cells of a table.
pub(super) fn words(block: &Block) -> String {
    match block {
        Block::Table(rows) => rows.iter().flatten().map(|cell| text(cell)).collect::<Vec<_>>().join(" "),
        Block::Code(code) => code.clone(),
        other => text(&content(other)).trim().to_owned(),
    }
}

/// Whether a line has a word that titles have.
pub(super) fn reads_like_a_title(line: &str) -> bool {
    TITLES.iter().any(|word| line.contains(word))
}

/// The first line, if it reads like a title.
fn plain_title(blocks: &[Block]) -> Option<std::ops::Range<usize>> {
    let first = line(blocks.first()?)?;
    let fits = first.chars().count() <= TITLE / 2
        && !first.ends_with(['。', '：', '；', '，', ':'])
        && reads_like_a_title(&first);
    fits.then_some(0..1)
}

pub(super) fn has_image(block: &Block) -> bool {
    content(block).iter().any(|part| matches!(part, Inline::Image { .. }))
}
