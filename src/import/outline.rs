//! The outline of an official document: headings and lists whose numbers are typed, captions of pictures.

use super::document::{Block, Inline, Paragraph, cut, text, tidy};
use super::numbering::{Marker, marker};
use super::official::{has_image, line};

/// The most characters of a heading.
const HEADING: usize = 40;

/// Makes headings and lists of paragraphs whose numbers are typed.
pub(super) fn structure(blocks: &mut Vec<Block>) {
    let mut made = Vec::with_capacity(blocks.len());
    let mut has_chapter = false;
    for block in std::mem::take(blocks) {
        let Block::Paragraph(paragraph) = block else {
            made.push(block);
            continue;
        };
        let level = match marker(text(&paragraph.content).trim_start()) {
            Some(Marker::Chapter) => 2,
            Some(Marker::Section) if has_chapter => 3,
            Some(Marker::Section) => 2,
            _ => 0,
        };
        match heading(&paragraph, level) {
            Some((head, rest)) => {
                has_chapter |= level == 2 && text(&head).contains('、');
                made.push(Block::Heading { level, content: head });
                if !rest.is_empty() {
                    made.push(Block::Paragraph(Paragraph { content: rest, ..Paragraph::default() }));
                }
            }
            None => made.push(Block::Paragraph(paragraph)),
        }
    }
    *blocks = lists(made);
}

/// The heading a paragraph is, or begins with, and what follows it.
fn heading(paragraph: &Paragraph, level: u8) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let content = tidy(paragraph.content.clone());
    let all = text(&content);
    if level == 0 || content.iter().any(|part| matches!(part, Inline::Image { .. })) {
        return None;
    }
    let end = all.find(['。', '\n']).map_or(all.len(), |at| at + all[at..].chars().next().map_or(0, char::len_utf8));
    if all[..end].chars().count() > HEADING {
        return None;
    }
    let (head, rest) = split(content, end)?;
    Some((tidy(head), tidy(rest)))
}

/// A run of text in two, if the place is not inside of a link.
fn split(content: Vec<Inline>, mut at: usize) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let (mut head, mut rest) = (Vec::new(), Vec::new());
    for part in content {
        let length = text(std::slice::from_ref(&part)).len();
        match part {
            part if at == 0 && !(rest.is_empty() && matches!(part, Inline::Note(_))) => rest.push(part),
            part if length <= at => {
                at -= length;
                head.push(part);
            }
            Inline::Text(text, style) => {
                head.push(Inline::Text(text[..at].to_owned(), style));
                rest.push(Inline::Text(text[at..].to_owned(), style));
                at = 0;
            }
            _ => return None,
        }
    }
    Some((head, rest))
}

/// Makes items of paragraphs that count on, or stand together under the same sign.
fn lists(blocks: Vec<Block>) -> Vec<Block> {
    let markers: Vec<Option<Marker>> =
        blocks.iter().map(|block| line(block).and_then(|line| marker(&line)).filter(|_| !has_image(block))).collect();
    let mut made: Vec<Block> = Vec::with_capacity(blocks.len());
    let (mut items, mut points) = (0, 0);
    for (index, block) in blocks.into_iter().enumerate() {
        let ends = matches!(block, Block::Heading { .. });
        let Block::Paragraph(paragraph) = block else {
            (items, points) = if ends { (0, 0) } else { (items, points) };
            made.push(block);
            continue;
        };
        let after = &markers[index + 1..];
        let is_nested = matches!(made.last(), Some(Block::Item { .. })) && items > 0;
        let item = match markers[index] {
            Some(Marker::Item(number, length))
                if goes_on(items, number, after, |marker| matches!(marker, Marker::Item(2, _))) =>
            {
                (items, points) = (number, 0);
                Some((0, Some(number), length))
            }
            Some(Marker::Point(number, length))
                if goes_on(points, number, after, |marker| matches!(marker, Marker::Point(2, _))) =>
            {
                points = number;
                Some((u8::from(is_nested), Some(number), length))
            }
            Some(Marker::Bullet(length)) => {
                let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
                let mut beside = beside.filter_map(|at| markers.get(at).copied().flatten());
                beside.any(|marker| matches!(marker, Marker::Bullet(_))).then_some((0, None, length))
            }
            _ => None,
        };
        made.push(match item {
            Some((level, number, length)) => {
                let mut content = tidy(paragraph.content);
                cut(&mut content, length);
                Block::Item { level, number, content }
            }
            None => Block::Paragraph(paragraph),
        });
    }
    made
}

/// Whether a number follows the last one, or begins a count that goes on before the next heading.
fn goes_on(last: u64, number: u64, after: &[Option<Marker>], is_second: impl Fn(Marker) -> bool) -> bool {
    let same = |marker: &&Option<Marker>| !matches!(marker, Some(Marker::Chapter | Marker::Section));
    number > 1 && number == last + 1
        || number == 1 && after.iter().take_while(same).flatten().any(|marker| is_second(*marker))
}

/// `图1 …` below a picture is its caption, and its description where it has none.
pub(super) fn captions(blocks: &mut Vec<Block>) {
    let mut index = 0;
    while index + 1 < blocks.len() {
        let below = line(&blocks[index + 1]).filter(|line| is_caption(line)).filter(|_| !has_image(&blocks[index + 1]));
        if let (Some(caption), Block::Paragraph(paragraph)) = (below, &mut blocks[index])
            && let [Inline::Image { alt, caption: place, .. }] = &mut paragraph.content[..]
        {
            if alt.trim().is_empty() {
                alt.clone_from(&caption);
            }
            *place = caption;
            blocks.remove(index + 1);
        }
        index += 1;
    }
}

fn is_caption(line: &str) -> bool {
    let number = line.strip_prefix('图').map(str::trim_start).and_then(|rest| rest.chars().next());
    let is_number =
        |sign: char| sign.is_ascii_digit() || matches!(sign, '：' | ':') || "一二三四五六七八九十".contains(sign);
    number.is_some_and(is_number) && line.chars().count() <= HEADING && !line.contains(['。', '\n'])
}

/// Headings begin with the second level and go down step by step.
pub(super) fn level_headings(blocks: &mut [Block]) {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let Some(highest) = levels.min() else { return };
    let mut last = 1;
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            *level = (*level - highest.min(*level) + 2).min(last + 1).min(6);
            last = *level;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_or_a_single_number_makes_no_list() {
        let paragraph =
            |text: &str| Block::Paragraph(Paragraph { content: vec![Inline::plain(text)], ..Paragraph::default() });
        let single = vec![paragraph("1.只有一条"), paragraph("正文")];
        assert_eq!(lists(single.clone()), single);
        let made = lists(vec![
            paragraph("1.甲"),
            paragraph("说明"),
            paragraph("2.乙"),
            paragraph("（1）丙"),
            paragraph("（2）丁"),
        ]);
        let levels: Vec<_> = made
            .iter()
            .map(|block| match block {
                Block::Item { level, number, .. } => Some((*level, *number)),
                _ => None,
            })
            .collect();
        assert_eq!(levels, [Some((0, Some(1))), None, Some((0, Some(2))), Some((1, Some(1))), Some((1, Some(2)))]);
    }
}
