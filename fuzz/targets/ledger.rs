//! The ledger: what is written is read again as it was, and nothing else is read.

use jingshi::digest::Digest;
use jingshi::moment::Moment;
use jingshi::notice::{LONGEST_TITLE, NoticeId, Status};
use jingshi::review::Ledger;
use jingshi::review::ledger::{Entry, Event};

/// The bytes are a ledger, and the titles of one.
pub fn run(data: &[u8]) {
    let outcome = Ledger::read(Some(data));
    rewritten(&outcome.value);
    if !outcome.has_errors() {
        assert_eq!(plain(&outcome.value.to_csv().unwrap()), plain(data), "one spelling");
    }
    let made = made(data);
    let bytes = rewritten(&made);
    // Any byte that is changed is found, but for line ends and the mark at the beginning.
    let Some((&at, rest)) = data.split_first() else { return };
    let at = (usize::from(at) << 8 | usize::from(rest.first().copied().unwrap_or_default())) % bytes.len();
    let mut altered = bytes.clone();
    altered[at] ^= rest.get(1).copied().unwrap_or(1).max(1);
    let outcome = Ledger::read(Some(&altered));
    assert!(
        outcome.has_errors() || (plain(&altered) == plain(&bytes) && outcome.value == made),
        "a changed byte at {at}"
    );
}

fn rewritten(ledger: &Ledger) -> Vec<u8> {
    let bytes = ledger.to_csv().unwrap();
    let again = Ledger::read(Some(&bytes));
    assert!(!again.has_errors(), "{:?}", again.diagnostics);
    assert_eq!(again.value, *ledger);
    bytes
}

/// Without the mark, with plain line ends, without empty lines at the end.
fn plain(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").trim_end_matches(['\n', '\r']).to_owned()
}

/// A ledger whose titles are the lines of a text.
fn made(data: &[u8]) -> Ledger {
    let text = String::from_utf8_lossy(data);
    let mut ledger = Ledger::default();
    // A title has one line, and no more signs than that.
    let titles = text
        .split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
        .map(str::trim)
        .filter(|title| title.chars().count() <= LONGEST_TITLE);
    for (number, title) in (1..=8).zip(titles) {
        ledger.append(Entry {
            time: Moment::from_unix(1_700_000_000 + i64::from(number)).unwrap(),
            id: NoticeId::parse(&format!("2024-{number:03}")).unwrap(),
            version: 1,
            event: Event::Published { status: Status::Current, urgent: number == 2 },
            title: title.to_owned(),
            digest: Digest::of(title.as_bytes()),
            sign_offs: Digest::of(b"sign-offs"),
        });
    }
    ledger
}
