//! The digest a reviewer signs: of the text and of every file of the bundle.

use crate::digest::Digest;
use crate::front_matter::{Parts, Text};
use crate::inputs::BundleFile;
use std::fmt::Write as _;

/// SHA-256 over `jingshi-notice-v1\n`, the text without its `review` block, then for each other file, in path order,
/// `\n<path>\0<sha256 hex>`.
pub fn content_digest(text: &Text, parts: &Parts<'_>, files: &[BundleFile]) -> Digest {
    let whole = text.as_str();
    let mut listing = String::new();
    for file in files {
        // Writing to a String cannot fail.
        let _ = write!(listing, "\n{}\0{}", file.path, file.digest);
    }
    Digest::of_parts([
        b"jingshi-notice-v1\n".as_slice(),
        &whole.as_bytes()[..parts.review.start],
        &whole.as_bytes()[parts.review.end..],
        listing.as_bytes(),
    ])
}
