//! Addresses inside a text: their signs are no punctuation.

use std::ops::Range;

/// The web and e-mail addresses of a text.
pub(super) struct Addresses(Vec<Range<usize>>);

impl Addresses {
    /// Finds them, in one look at the text.
    pub fn of(text: &str) -> Self {
        let mut found = Vec::new();
        let mut start = 0;
        for run in text.split_inclusive(|sign: char| !sign.is_ascii_graphic()) {
            let inside = run.trim_end_matches(|sign: char| !sign.is_ascii_graphic());
            // A run of signs without spaces and Chinese holds one at most, which goes on to its end.
            found.extend(begin(inside).map(|begin| start + begin..start + inside.len()));
            start += run.len();
        }
        Self(found)
    }

    /// Whether a byte of the text belongs to one.
    pub fn contain(&self, at: usize) -> bool {
        let next = self.0.partition_point(|range| range.end <= at);
        self.0.get(next).is_some_and(|range| range.contains(&at))
    }
}

/// Where the address in a run begins.
fn begin(run: &str) -> Option<usize> {
    let begins = |marker: &str| {
        let marker = run.find(marker)?;
        let letters =
            run[..marker].bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
        Some(marker - letters)
    };
    ["://", "www.", "@"].iter().filter_map(|marker| begins(marker)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_addresses_are_known() {
        let inside = |text: &str, sign: char| Addresses::of(text).contain(text.find(sign).unwrap());
        assert!(inside("见 https://cx.cnca.cn/a?b=1 。", '?'));
        assert!(inside("见 http://cx.cnca.cn:80", ':'));
        assert!(inside("邮箱 a.b@example.cn;", ';'));
        assert!(!inside("（www.12315.cn）", '）'));
        assert!(!inside("网址:https://cx.cnca.cn", ':'));
        assert!(!inside("共 20 批次,见 https://cx.cnca.cn", ','));
    }
}
