//! What a reader who has typed only the beginning of a model or batch may mean.

use std::collections::BTreeMap;

/// How many texts one beginning offers.
const MOST: usize = 8;
/// How long beginnings are; the longer ones only where the shorter have too many ends.
const LENGTHS: [usize; 4] = [4, 6, 8, 10];

/// From `~` and a beginning to what is printed; an empty list where there is too much, and one more or two signs help.
/// `printed` are keys with their texts, in order, no key twice.
pub(super) fn of<'a>(printed: &[(&'a str, &'a str)]) -> BTreeMap<String, Vec<&'a str>> {
    let mut offers = BTreeMap::new();
    offer(printed, 0, &mut offers);
    offers
}

/// `keys` are sorted and begin alike.
fn offer<'a>(keys: &[(&'a str, &'a str)], level: usize, offers: &mut BTreeMap<String, Vec<&'a str>>) {
    let Some(length) = LENGTHS.get(level) else { return };
    let beginning = |key: &'a str| key.char_indices().nth(length - 1).map(|(at, sign)| &key[..at + sign.len_utf8()]);
    for group in keys.chunk_by(|one, other| beginning(one.0) == beginning(other.0)) {
        let Some(beginning) = group.first().and_then(|(key, _)| beginning(key)) else { continue };
        // A key that is the beginning itself is found without help.
        let longer = group.iter().filter(|(key, _)| key.len() > beginning.len());
        let texts: Vec<&str> = longer.map(|(_, text)| *text).take(MOST + 1).collect();
        if texts.len() > MOST {
            offers.insert(format!("~{beginning}"), Vec::new());
            offer(group, level + 1, offers);
        } else if !texts.is_empty() {
            offers.insert(format!("~{beginning}"), texts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_offer_few_ends_or_none() {
        let printed = |keys: &[String]| keys.iter().map(|key| (key.clone(), key.to_lowercase())).collect::<Vec<_>>();
        let of = |printed: &[(String, String)]| {
            let printed: Vec<(&str, &str)> = printed.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
            of(&printed).into_iter().map(|(key, texts)| (key, texts.join(" "))).collect::<BTreeMap<_, _>>()
        };
        let few = printed(&["C14P", "C14P6", "C14P7", "X1"].map(str::to_owned));
        assert_eq!(of(&few), BTreeMap::from([("~C14P".to_owned(), "c14p6 c14p7".to_owned())]));
        let many = printed(&(20_240_101..20_240_120).map(|day| day.to_string()).collect::<Vec<_>>());
        let offers = of(&many);
        assert_eq!(offers["~2024"], "");
        assert_eq!(offers["~202401"], "");
        assert!(!offers.contains_key("~20240101"), "nothing is longer");
    }
}
