//! QR codes (ISO/IEC 18004) for addresses printed on paper or shown on a screen.
//!
//! In: a text. Out: a square of modules as one SVG path; the template writes the `<svg>` around it, dark on light in
//! every colour scheme, for many readers do not know inverted codes. It never draws a logo into the code and never
//! lowers the correction level to make room.

use qrcodegen::{Mask, QrCode as Code, QrCodeEcc, QrSegment, Version};

/// Empty modules on each side, as the standard demands.
const QUIET: usize = 4;

/// The mask of every code: a chessboard, under which neither text nor padding makes large areas of one shade.
const MASK: u8 = 0;

/// Bytes of the path for each module, about: every fourth begins a run, which takes sixteen.
const PATH: usize = 4;

/// A QR code, in modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    /// Width and height with the quiet zone: the template writes `viewBox="0 0 {size} {size}"`.
    pub size: usize,
    /// The dark modules as the `d` of one path to be filled; one piece for each run of a row.
    pub path: String,
}

/// Encodes a text at correction level M (15 % may be dirty); `None` for a text that no code can hold (over 2,331 bytes).
pub fn encode(text: &str) -> Option<QrCode> {
    let segments = QrSegment::make_segments(text);
    // Any reader undoes any of the eight masks. To draw all of them and weigh which looks calmest takes ten times as long as
    // the rest, and with a code on every page was a fifth of a build.
    let (least, most, mask) = (Version::MIN, Version::MAX, Some(Mask::new(MASK)));
    let code = Code::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, mask, false).ok()?;
    let width = usize::try_from(code.size()).ok()?;
    let dark = |row: usize, column: usize| match (i32::try_from(column), i32::try_from(row)) {
        (Ok(column), Ok(row)) => code.get_module(column, row),
        _ => false,
    };
    let mut path = Vec::with_capacity(width * width * PATH);
    // The place after the last piece: moves are relative, which keeps them short.
    let (mut at_x, mut at_y) = (0, 0);
    for row in 0..width {
        let mut column = 0;
        while column < width {
            let run = (column..width).take_while(|column| dark(row, *column)).count();
            if run > 0 {
                let (x, y) = (column + QUIET, row + QUIET);
                let (right, down) = (x.cast_signed() - at_x, y.cast_signed() - at_y);
                push_piece(&mut path, (right, down), run);
                (at_x, at_y) = (x.cast_signed(), y.cast_signed());
            }
            column += run.max(1);
        }
    }
    Some(QrCode { size: width + 2 * QUIET, path: String::from_utf8(path).ok()? })
}

/// Adds a run of dark modules: where it begins, seen from the piece before, and how long it is.
fn push_piece(path: &mut Vec<u8>, (right, down): (isize, isize), run: usize) {
    path.push(b'm');
    push_number(path, right);
    path.push(b' ');
    push_number(path, down);
    path.push(b'h');
    push_number(path, run.cast_signed());
    path.extend_from_slice(b"v1h-");
    push_number(path, run.cast_signed());
    path.push(b'z');
}

/// Adds a number: with a code on every page, the formatter of the library was a fiftieth of a build.
fn push_number(path: &mut Vec<u8>, number: isize) {
    if number < 0 {
        path.push(b'-');
    }
    let number = number.unsigned_abs();
    if number >= 10 {
        push_number(path, (number / 10).cast_signed());
    }
    path.push(b"0123456789"[number % 10]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of a piece `m{x} {y}h{run}v1h-{run}z`.
    fn numbers(piece: &str) -> (i64, i64, i64) {
        let (place, shape) = piece.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let run = shape.split_once("v1h-").unwrap().0;
        assert_eq!(shape, format!("{run}v1h-{run}z"));
        (x.parse().unwrap(), y.parse().unwrap(), run.parse().unwrap())
    }

    /// Draws the path, four pixels a module, and reads the picture with a decoder that knows nothing of this module.
    fn read(code: &QrCode) -> String {
        let mut dark = vec![vec![false; code.size]; code.size];
        let (mut x, mut y) = (0, 0);
        for piece in code.path.split('m').skip(1) {
            let (right, down, run) = numbers(piece);
            (x, y) = (x + right, y + down);
            for column in x..x + run {
                dark[usize::try_from(y).unwrap()][usize::try_from(column).unwrap()] = true;
            }
        }
        let shade = |x: usize, y: usize| if dark[y / 4][x / 4] { 0 } else { 255 };
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(code.size * 4, code.size * 4, shade);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "one code is found");
        let (meta, text) = grids[0].decode().unwrap();
        assert_eq!(meta.ecc_level, 0, "level M");
        text
    }

    #[test]
    fn another_decoder_reads_the_same_text() {
        let long = format!("https://example.cn/{}", "categories/power-banks/".repeat(20));
        let notices = (0..200).map(|number| format!("https://fxjs.example.gov.cn/n/2024-{number:03}/"));
        for text in notices {
            assert_eq!(read(&encode(&text).unwrap()), text);
        }
        for text in ["https://fxjs.example.gov.cn/feed.xml", "https://例子.cn/订阅/充电宝", "12315", &long] {
            assert_eq!(read(&encode(text).unwrap()), text);
        }
    }

    #[test]
    fn the_quiet_zone_stays_empty() {
        let code = encode("https://fxjs.example.gov.cn/feed.xml").unwrap();
        let (mut x, mut y) = (0, 0);
        for piece in code.path.split('m').skip(1) {
            let (right, down, run) = numbers(piece);
            (x, y) = (x + right, y + down);
            let inside = 4..i64::try_from(code.size).unwrap() - 4;
            assert!(inside.contains(&x) && inside.contains(&(x + run - 1)) && inside.contains(&y));
        }
    }

    #[test]
    fn an_address_of_ordinary_length_is_a_small_path() {
        let code = encode("https://fxjs.example.gov.cn/categories/power-banks/feed.xml").unwrap();
        assert!(code.path.len() < 6_000, "{} bytes", code.path.len());
    }

    #[test]
    fn a_text_that_no_code_can_hold_gives_none() {
        assert!(encode(&"x".repeat(2_331)).is_some());
        assert_eq!(encode(&"x".repeat(2_332)), None);
    }
}
