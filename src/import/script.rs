//! Signs for text above and below the line, which Markdown has no markup for: m² and CO₂ must not become m2 and CO2.

/// Signs above the line.
pub(super) const SUPERSCRIPT: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻－⁻−⁻n\u{207f}";
/// Signs below the line.
pub(super) const SUBSCRIPT: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋";

/// Text in raised or lowered signs, where there is a sign for each of its characters; else as it is.
pub(super) fn raised(text: &str, signs: &str) -> String {
    let sign =
        |plain: char| signs.chars().step_by(2).zip(signs.chars().skip(1).step_by(2)).find(|(known, _)| *known == plain);
    text.chars()
        .map(|plain| sign(plain).map(|(_, sign)| sign))
        .collect::<Option<String>>()
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_raised_and_words_are_not() {
        assert_eq!(raised("2", SUPERSCRIPT), "²");
        assert_eq!(raised("-12", SUPERSCRIPT), "⁻¹²");
        assert_eq!(raised("2", SUBSCRIPT), "₂");
        assert_eq!(raised("注1", SUPERSCRIPT), "注1");
    }
}
