//! Pictures that lie about their size, archives in archives, documents that never end.

use crate::case::{Case, beside, run};
use crate::samples::PIXEL;
use std::io::Write as _;

const IMAGE: &str = "image: {file: 图.png, alt: 一个点}\n";

fn picture(
    name: &'static str,
    file: &'static str,
    bytes: impl Fn() -> Vec<u8> + 'static,
    expected: &'static str,
) -> Case {
    beside(name, file, bytes, "", expected)
}

/// A PNG whose header says so.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = PIXEL.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let [h, w] = [height.to_be_bytes(), width.to_be_bytes()];
    [
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".as_slice(),
        b"\xff\xc0\0\x0b\x08",
        &h,
        &w,
        b"\x01\x01\x11\0\xff\xd9",
    ]
    .concat()
}

fn gif(width: u16, height: u16) -> Vec<u8> {
    [b"GIF89a".as_slice(), &width.to_le_bytes(), &height.to_le_bytes(), b"\0\0\0;"].concat()
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    let [w, h] =
        [width - 1, height - 1].map(|side| [side.to_le_bytes()[0], side.to_le_bytes()[1], side.to_le_bytes()[2]]);
    [b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".as_slice(), &w, &h].concat()
}

/// A chunk of a PNG; nobody checks its sum.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &[0; 4]].concat()
}

fn png_with(chunks: &[u8]) -> Vec<u8> {
    [&PIXEL[..33], chunks, &PIXEL[33..]].concat()
}

/// A zip archive of these entries.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An archive in an archive in an archive.
fn nested(levels: usize) -> Vec<u8> {
    (0..levels).fold(zip(&[("a.txt", b"x")]), |inner, _| zip(&[("a.zip", &inner)]))
}

#[test]
fn pictures_that_lie() {
    run(vec![
        picture("a PNG of 50,000 by 50,000", "图.png", || png(50_000, 50_000), "1 image-broken"),
        picture("a PNG of four milliards", "图.png", || png(u32::MAX, u32::MAX), "1 image-broken"),
        picture("a PNG of nothing", "图.png", || png(0, 0), "1 image-broken"),
        picture("a JPEG of 50,000 by 50,000", "图.jpg", || jpeg(50_000, 50_000), "1 image-broken"),
        picture("a GIF of 50,000 by 50,000", "图.gif", || gif(50_000, 50_000), "1 image-broken"),
        picture("a WebP of 50,000 by 50,000", "图.webp", || webp(16_000_000, 16_000_000), "1 image-broken"),
        beside("a front picture of 50,000 by 50,000", "图.png", || png(50_000, 50_000), IMAGE, "1 image-broken"),
        picture("a head alone", "图.png", || PIXEL[..8].to_vec(), "1 image-broken"),
        picture(
            "a JPEG of segments",
            "图.jpg",
            || [b"\xff\xd8".as_slice(), &b"\xff\xe1\0\x02".repeat(2_000_000)].concat(),
            "1 image-broken",
        ),
        picture(
            "a JPEG of fill bytes",
            "图.jpg",
            || [b"\xff\xd8".as_slice(), &[0xff; 20 << 20]].concat(),
            "1 image-broken",
        ),
        picture(
            "a GIF of comments",
            "图.gif",
            || [&gif(9, 9)[..13], &b"!\xfe\x01a\0".repeat(2_000_000), b";"].concat(),
            "0",
        ),
        picture("a PNG of texts", "图.png", || png_with(&chunk(b"tEXt", b"Comment\0a").repeat(500_000)), "0"),
        picture(
            "a PNG of packed bombs",
            "图.png",
            || {
                let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b'a'; 10 << 20], 6);
                png_with(&chunk(b"zTXt", &[b"Comment\0\0".as_slice(), &bomb].concat()).repeat(200))
            },
            "0",
        ),
        picture("a PNG whose chunk is longer than it", "图.png", || png_with(b"\x7f\xff\xff\xfftEXt"), "0"),
        picture("a WebP of chunks", "图.webp", || [webp(9, 9), b"XMP \x01\0\0\0a\0".repeat(500_000)].concat(), "0"),
        picture("fifty megabytes", "图.png", || [PIXEL, &vec![0; 49 << 20]].concat(), "0"),
        picture("more than fifty megabytes", "图.png", || [PIXEL, &vec![0; 51 << 20]].concat(), "1 file-too-large")
            .heavy(),
    ]);
}

#[test]
fn attachments() {
    const PDF: &str = "attachments: [{file: 表.pdf, title: 甲}]\n";
    const ZIP: &str = "attachments: [{file: 表.zip, title: 甲}]\n";
    const DOCX: &str = "attachments: [{file: 表.docx, title: 甲}]\n";
    const DOC: &str = "attachments: [{file: 表.doc, title: 甲}]\n";
    let pdf = |name, bytes: fn() -> Vec<u8>, expected| beside(name, "表.pdf", bytes, PDF, expected);
    run(vec![
        pdf(
            "a PDF of objects",
            || [b"%PDF-1.4\n".as_slice(), &b"1 0 obj<</Author(a)>>endobj\n".repeat(500_000)].concat(),
            "0",
        )
        .heavy(),
        pdf(
            "a PDF of dictionaries in each other",
            || [b"%PDF-1.4\n1 0 obj".as_slice(), &b"<</A".repeat(1_000_000), b"endobj"].concat(),
            "0",
        ),
        pdf(
            "a PDF of parentheses",
            || [b"%PDF-1.4\n1 0 obj<</Author ".as_slice(), &b"(".repeat(20 << 20)].concat(),
            "0",
        ),
        pdf(
            "a PDF of streams",
            || {
                [
                    b"%PDF-1.4\n".as_slice(),
                    &b"1 0 obj<</Length 9/Filter/FlateDecode>>stream\nx\nendstream endobj\n".repeat(200_000),
                ]
                .concat()
            },
            "0",
        )
        .heavy(),
        pdf("a PDF of words", || b"stream obj endobj Author".repeat(500_000), "0"),
        beside("archives in archives", "表.zip", || nested(500), ZIP, "0"),
        beside("an archive that is a bomb", "表.zip", || zip(&[("a.txt", &vec![0; 60 << 20])]), ZIP, "0").heavy(),
        beside(
            "an archive of many bombs",
            "表.docx",
            || {
                let part = vec![b'a'; 4 << 20];
                let names: Vec<String> = (0..60).map(|index| format!("docProps/core{index}.xml")).collect();
                zip(&names.iter().map(|name| (name.as_str(), part.as_slice())).collect::<Vec<_>>())
            },
            DOCX,
            "0",
        )
        .heavy(),
        beside(
            "an archive of many files",
            "表.zip",
            || {
                let names: Vec<String> = (0..60_000).map(|index| format!("{index}")).collect();
                zip(&names.iter().map(|name| (name.as_str(), b"".as_slice())).collect::<Vec<_>>())
            },
            ZIP,
            "0",
        ),
        beside(
            "an archive with names that lead out",
            "表.zip",
            || zip(&[("../../../etc/passwd", b"x"), ("\u{1b}[2J\u{202e}", b"x")]),
            ZIP,
            "0",
        ),
        beside("an archive that is cut off", "表.zip", || nested(2)[..40].to_vec(), ZIP, "0"),
        beside(
            "properties in each other",
            "表.docx",
            || {
                let deep = format!("<a>{}", "<b>".repeat(1_000_000));
                zip(&[("[Content_Types].xml", b"<Types/>"), ("docProps/core.xml", deep.as_bytes())])
            },
            DOCX,
            "0",
        ),
        beside(
            "properties with entities",
            "表.docx",
            || {
                let bomb = b"<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>";
                zip(&[("[Content_Types].xml", b"<Types/>"), ("docProps/core.xml", bomb)])
            },
            DOCX,
            "0",
        ),
        beside(
            "an old document of zeros",
            "表.doc",
            || [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 10 << 20]].concat(),
            DOC,
            "0",
        ),
        beside(
            "an old document of ones",
            "表.doc",
            || [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0xff; 10 << 20]].concat(),
            DOC,
            "0",
        ),
    ]);
}
