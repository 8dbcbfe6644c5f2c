//! The tags of a template and their words, as far as names are concerned.
//!
//! In: the text of a template. Out: the insides of its tags, as tokens with their offsets. Whether they make sense is for
//! the template engine to say.

/// The dotted path that ends at an offset.
pub(super) fn path_ending_at(source: &str, end: usize) -> Option<&str> {
    let before = source.get(..end)?;
    let part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.' | '[' | ']' | '?');
    let start = before.char_indices().rev().take_while(|(_, character)| part(*character)).last()?.0;
    before.get(start..)
}

/// The insides of `{{ … }}` and `{% … %}` with their offsets; comments and raw parts left out.
pub(super) fn tags(text: &str) -> Vec<(usize, &str)> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('{')).map(|index| at + index) {
        let close = match text.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let inside = start + 2;
        let end = end_of_tag(text, inside, close);
        let body = text.get(inside..end).unwrap_or_default();
        at = end + 2;
        if close == "#}" {
            continue;
        }
        if close == "%}" && body.trim_matches(['-', ' ', '\n']) == "raw" {
            at = text.get(at..).and_then(|rest| rest.find("endraw")).map_or(text.len(), |index| at + index);
            continue;
        }
        tags.push((inside, body));
    }
    tags
}

/// Where a tag closes: outside quotes, unless it is a comment.
fn end_of_tag(text: &str, inside: usize, close: &str) -> usize {
    let mut quote = None;
    for (index, character) in text.get(inside..).unwrap_or_default().char_indices() {
        match quote {
            Some(open) if open == character => quote = None,
            Some(_) => {}
            None if close != "#}" && matches!(character, '"' | '\'' | '`') => quote = Some(character),
            None if text.get(inside + index..).is_some_and(|rest| rest.starts_with(close)) => return inside + index,
            None => {}
        }
    }
    text.len()
}

/// A word, a quoted text or any other sign, blanks left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Word(&'a str, usize),
    Text(&'a str, usize),
    Sign(char),
}

/// The tokens of the inside of a tag; offsets count from the beginning of the template.
pub(super) fn tokens(inside: &str, offset: usize) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = inside.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        let word = |character: char| character.is_alphanumeric() || character == '_';
        if word(character) {
            let mut end = start + character.len_utf8();
            while let Some((index, next)) = rest.next_if(|(_, next)| word(*next)) {
                end = index + next.len_utf8();
            }
            tokens.push(Token::Word(inside.get(start..end).unwrap_or_default(), offset + start));
        } else if matches!(character, '"' | '\'' | '`') {
            let mut end = inside.len();
            for (index, next) in rest.by_ref() {
                if next == character {
                    end = index;
                    break;
                }
            }
            tokens.push(Token::Text(inside.get(start + 1..end).unwrap_or_default(), offset + start));
        } else if !character.is_whitespace() {
            tokens.push(Token::Sign(character));
        }
    }
    tokens
}

impl<'a> Token<'a> {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&'a str> {
        match self {
            Self::Word(word, _) => Some(word),
            _ => None,
        }
    }
}
