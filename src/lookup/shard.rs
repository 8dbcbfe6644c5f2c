//! In which file a key stands.

use super::batches::Written;
use crate::notice::{Product, batch};

/// About how many bytes of keys and values a file holds, uncompressed.
const TARGET: usize = 4096;

/// About how many bytes of keys and values a product makes: so many for each byte of its text, and for each batch beyond
/// those that are printed. Only an estimate, so that no key has to be made to know how many files there are.
pub(super) fn room(product: &Product) -> usize {
    const EACH_BYTE: usize = 3;
    const EACH_BATCH: usize = 12;
    let Product { name, brand, model, batch: batches, barcode, maker, sold: _ } = product;
    let text: usize = [name, brand, model, batches, barcode, maker].into_iter().map(String::len).sum();
    let batches = batch::expand(batches).map_or(0, |codes| codes.len());
    text * EACH_BYTE + batches.min(Written::MOST) * EACH_BATCH
}

/// How many files hold keys and values of this size: a power of two, so that a growing site is seldom dealt anew.
pub(super) fn count(bytes: usize) -> u32 {
    let files = u32::try_from(bytes.div_ceil(TARGET)).unwrap_or(u32::MAX);
    files.clamp(1, 1 << 16).next_power_of_two()
}

/// The number of the file of a key: FNV-1a over UTF-16 units, as the browser has them.
pub(super) fn of(key: &str, count: u32) -> u32 {
    let hash =
        key.encode_utf16().fold(0x811c_9dc5_u32, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) % count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_spread_evenly() {
        let mut sizes = vec![0; 1024];
        (0..64_000).for_each(|number| sizes[of(&format!("C14P{number}"), 1024) as usize] += 1);
        assert!(sizes.iter().all(|size| (1..64 * 2).contains(size)), "{sizes:?}");
    }

    /// `tests/browser/lookup.test.js` reads the same cases.
    #[test]
    fn hashes_are_those_of_the_browser() {
        let cases: Vec<(String, u32)> =
            serde_json::from_str(include_str!("../../tests/fixtures/lookup/hashes.json")).unwrap();
        for (key, hash) in cases {
            assert_eq!(of(&key, 1 << 31), hash, "{key}");
        }
    }

    #[test]
    fn number_of_files_follows_from_the_size() {
        assert_eq!([count(0), count(4096), count(4097), count(5 * 4096)], [1, 1, 2, 8]);
    }
}
