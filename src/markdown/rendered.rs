//! The text of a body as HTML and without markup.

use super::html::{self, Slot, SlotKind};

/// A text that was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// As HTML.
    pub html: Html,
    /// The text without markup, each block on a line of its own, with tabs between the cells of a table.
    pub plain: String,
}

/// HTML whose relative addresses have no prefix yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html {
    pub(super) text: String,
    pub(super) slots: Vec<Slot>,
}

impl Html {
    /// HTML that was taken apart into its [`parts`](Self::parts); none where they do not belong together.
    pub fn of_parts(text: String, slots: Vec<Slot>) -> Option<Self> {
        let are_in_order = slots.is_sorted_by_key(|slot| slot.at);
        (are_in_order && slots.iter().all(|slot| text.is_char_boundary(slot.at))).then_some(Self { text, slots })
    }

    /// The text, and where prefixes are to stand in it.
    pub fn parts(&self) -> (&str, &[Slot]) {
        (&self.text, &self.slots)
    }

    /// The HTML, with a prefix before addresses of the notice's own page and files, and one before addresses of other
    /// pages.
    ///
    /// `own` is empty on the page itself and its absolute address in a feed, ending with `/`; `root` leads to the root of the
    /// site, ending with `/` or empty.
    pub fn with_prefixes(&self, own: &str, root: &str) -> String {
        let (own, root) = (html::escape(own), html::escape(root));
        let mut page = String::with_capacity(self.text.len() + self.slots.len() * own.len().max(root.len()));
        let mut done = 0;
        for slot in &self.slots {
            page.push_str(&self.text[done..slot.at]);
            page.push_str(match slot.kind {
                SlotKind::Own => &own,
                SlotKind::Root => &root,
            });
            done = slot.at;
        }
        page.push_str(&self.text[done..]);
        page
    }
}
