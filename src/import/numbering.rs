//! Numbers of headings and items: read where they are typed, the way official documents do it, and written where a word
//! processor counts them itself.

/// What a paragraph begins with, and how many bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// `一、`: a heading of the first level.
    Chapter,
    /// `（一）`: a heading of the second level.
    Section,
    /// `1.`, `1．` or `1、`, and how many bytes.
    Item(u64, usize),
    /// `（1）`, and how many bytes.
    Point(u64, usize),
    /// `●` and the like, and how many bytes.
    Bullet(usize),
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const BULLETS: &[char] = &['●', '•', '◆', '■', '▪', '◦', '○', '➢', '·', '\u{f06c}', '\u{f0d8}'];

/// The marker at the beginning of a text, if it has one.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    if BULLETS.contains(&first) {
        let rest = &text[first.len_utf8()..];
        return (!rest.trim().is_empty()).then(|| Marker::Bullet(text.len() - rest.trim_start().len()));
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let end = inner.find(['）', ')'])?;
        let (number, rest) = inner.split_at(end);
        let rest = rest[rest.chars().next()?.len_utf8()..].trim_start();
        return match number.parse() {
            Ok(number) if !rest.is_empty() => Some(Marker::Point(number, text.len() - rest.len())),
            _ => (is_chinese(number) && !rest.is_empty()).then_some(Marker::Section),
        };
    }
    if let Some((number, rest)) = text.split_once('、').filter(|(number, _)| is_chinese(number)) {
        return (!number.is_empty() && !rest.is_empty()).then_some(Marker::Chapter);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', '．', '、'])?;
    // `1.5 毫米` is no item, and an item has text.
    if rest.starts_with(|sign: char| sign.is_ascii_digit()) || rest.trim().is_empty() {
        return None;
    }
    Some(Marker::Item(text[..digits].parse().ok()?, text.len() - rest.trim_start().len()))
}

fn is_chinese(number: &str) -> bool {
    !number.is_empty()
        && number.chars().count() <= 4
        && number.chars().all(|sign| sign == '十' || DIGITS.contains(&sign))
}

/// A number up to 99 in Chinese (`二十一`); a greater one in digits.
pub(super) fn chinese(number: u64) -> String {
    let digit = |value: u64| usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or('〇');
    let ones = |value: u64| if value.is_multiple_of(10) { String::new() } else { digit(value % 10).to_string() };
    match number {
        0..=9 => digit(number).to_string(),
        10..=19 => format!("十{}", ones(number)),
        20..=99 => format!("{}十{}", digit(number / 10), ones(number)),
        _ => number.to_string(),
    }
}

/// A number as a word processor's format writes it; none for a bullet or a format without numbers.
pub(super) fn formatted(number: u64, format: &str) -> String {
    let letter = |first: u8| {
        let turn = u8::try_from((number.max(1) - 1) % 26).unwrap_or(0);
        char::from(first + turn).to_string()
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_ascii_uppercase(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        _ if is_chinese_format(format) => chinese(number),
        _ => number.to_string(),
    }
}

/// Whether a word processor's format counts 一、二、三.
pub(super) fn is_chinese_format(format: &str) -> bool {
    let format = format.to_ascii_lowercase();
    ["chinese", "japanese", "ideograph", "taiwanese", "korean"].iter().any(|name| format.starts_with(name))
}

fn circled(number: u64) -> String {
    let sign = u32::try_from(number).ok().filter(|number| (1..=20).contains(number));
    sign.and_then(|number| char::from_u32(0x2460 + number - 1)).map_or_else(|| number.to_string(), String::from)
}

fn roman(mut number: u64) -> String {
    if number > 3999 {
        return number.to_string();
    }
    let signs = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in signs {
        while number >= value {
            number -= value;
            text.push_str(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_are_read_and_decimals_are_none() {
        assert_eq!(marker("一、认识风险"), Some(Marker::Chapter));
        assert_eq!(marker("十二、其他"), Some(Marker::Chapter));
        assert_eq!(marker("（一）看起来"), Some(Marker::Section));
        assert_eq!(marker("(二)看起来"), Some(Marker::Section));
        assert_eq!(marker("1.硼"), Some(Marker::Item(1, 2)));
        assert_eq!(marker("12． 硼"), Some(Marker::Item(12, 6)));
        assert_eq!(marker("（3）缺"), Some(Marker::Point(3, 7)));
        assert_eq!(marker("● 停用"), Some(Marker::Bullet(4)));
        for text in ["1.5 毫米", "2024年", "一般情况", "（示例）", "1.", "一、", "（）甲", "", "、甲", "第一、二条"]
        {
            assert_eq!(marker(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_their_format_says() {
        let numbers: Vec<String> = [1, 10, 11, 20, 21, 99, 100].into_iter().map(chinese).collect();
        assert_eq!(numbers, ["一", "十", "十一", "二十", "二十一", "九十九", "100"]);
        assert_eq!(formatted(4, "lowerRoman"), "iv");
        assert_eq!(formatted(3, "upperLetter"), "C");
        assert_eq!(formatted(3, "decimalEnclosedCircle"), "③");
        assert_eq!(formatted(3, "chineseCountingThousand"), "三");
    }
}
