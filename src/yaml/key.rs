//! A key of a map, and how its value is written: what tables of keys are made of.
//!
//! Decoding is by hand and asks for names only; form, need and example are for the schema and the manual. Tests hold the
//! two together.

/// A key of a map, in both spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The English spelling.
    pub name: &'static str,
    /// The Chinese spelling.
    pub zh: &'static str,
    /// What it is for, one line in Chinese, for the manual and the schema.
    pub about: &'static str,
    /// How its value is written.
    pub form: Form,
    /// Whether it must always be there and have a value.
    pub needed: bool,
    /// A value as it is typed after the colon, on one line; empty where there is none to show.
    pub example: &'static str,
}

/// How a value is written. An optional one may also be empty, which counts as absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A text, on as many lines as it wants.
    Text,
    /// A text on one line.
    Line,
    /// A list of texts; a single one counts as a list of one.
    Texts,
    /// A whole number, not below this.
    Number(u32),
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// The permanent name of a notice.
    Id,
    /// A list of such names.
    Ids,
    /// A file of the bundle.
    Path,
    /// An address, http or https.
    Url,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A term of the vocabulary of this name.
    Term(&'static str),
    /// A list of such terms.
    Terms(&'static str),
    /// A map with these keys.
    Map(&'static [Key]),
    /// A list of such maps; a single one counts as a list of one.
    Maps(&'static [Key]),
}

impl Key {
    /// A key with its two spellings and its purpose: a text on one line, not needed.
    pub const fn new(name: &'static str, zh: &'static str, about: &'static str) -> Self {
        Self { name, zh, about, form: Form::Line, needed: false, example: "" }
    }

    /// The same key with another form.
    pub const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// The same key, needed.
    pub const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// The same key with an example.
    pub const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The keys of the maps that are its value; none for any other form.
    pub const fn inner(&self) -> &'static [Self] {
        match self.form {
            Form::Map(keys) | Form::Maps(keys) => keys,
            _ => &[],
        }
    }

    /// Both spellings, the English one first.
    pub const fn spellings(&self) -> [&'static str; 2] {
        [self.name, self.zh]
    }
}
