//! What of a web page would take its parser too long: looked at before it is asked.
//!
//! In: the text of a page. Out: whether its elements stand too deep in one another, or have too many attributes. Both are
//! reckoned by the signs alone, so that it takes one look.

/// How deep elements may stand in one another: the parser's time grows with the square of the depth.
const DEPTH: usize = 5_000;

/// How often the parser may compare one attribute with another: it compares each with all before it in the same tag.
const COMPARISONS: usize = 20_000_000;

/// Whether a page is beyond the limits.
pub(super) fn is_too_much(page: &str) -> bool {
    depth(page) > DEPTH || comparisons(page) > COMPARISONS
}

/// How many elements are open at most, reckoned by the tags: those that need no end do not count.
fn depth(page: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for (at, _) in page.match_indices('<') {
        let rest = &page[at + 1..];
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
        let ends_itself = matches!(
            name.to_ascii_lowercase().as_str(),
            "" | "p"
                | "br"
                | "img"
                | "hr"
                | "li"
                | "td"
                | "tr"
                | "th"
                | "meta"
                | "link"
                | "input"
                | "option"
                | "dt"
                | "dd"
        );
        match rest.starts_with('/') {
            true => open = open.saturating_sub(1),
            false if !ends_itself => open += 1,
            false => {}
        }
        most = most.max(open);
    }
    most
}

/// How often attributes are compared with each other.
fn comparisons(page: &str) -> usize {
    let bytes = page.as_bytes();
    let (mut at, mut all) = (0, 0_usize);
    while let Some(open) = bytes[at..].windows(2).position(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic()) {
        let (attributes, end) = attributes(bytes, at + open + 1);
        all = all.saturating_add(attributes.saturating_mul(attributes) / 2);
        at = end;
    }
    all
}

/// How many attributes a tag has at most, and where it ends; a quoted value may hold anything.
fn attributes(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut at, mut count, mut before) = (start, 0, b'a');
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if before == b'=' => {
                let close = bytes[at + 1..].iter().position(|other| *other == byte);
                at = close.map_or(bytes.len(), |close| at + 1 + close);
            }
            _ => {}
        }
        // Between two attributes stands white space, a slash or the end of a quoted value.
        let is_gap = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'');
        count += usize::from(is_gap(byte) && !is_gap(before));
        before = if byte.is_ascii_whitespace() && before == b'=' { before } else { byte };
        at += 1;
    }
    (count, at.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_seen_before() {
        let many = |count: usize| (0..count).map(|index| format!("a{index}=b ")).collect::<String>();
        assert!(is_too_much(&format!("<p {}>甲", many(10_000))));
        assert!(is_too_much(&format!("<p a=\">\" {}>甲", many(10_000))));
        assert!(is_too_much(&format!("<p {}>甲", many(200)).repeat(2_000)));
        assert!(is_too_much(&"<div>".repeat(DEPTH + 1)));
        let page = format!("<p class=\"a b\" id=x {}>甲</p>", many(20));
        assert!(!is_too_much(&page.repeat(5_000)));
        assert!(!is_too_much(&format!("<p title='{}'>甲", "a ".repeat(100_000))));
        assert!(!is_too_much(&"<".repeat(1_000_000)));
    }
}
