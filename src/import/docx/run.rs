//! The text of a paragraph of a Word document, with what of its look a notice can keep.

use super::Reader;
use crate::import::document::{Inline, Style, text};
use crate::import::losses::Loss;
use crate::import::script::{SUBSCRIPT, SUPERSCRIPT, raised};
use office_oxide::core::theme::ColorRef;
use office_oxide::docx::BlockElement;
use office_oxide::docx::formatting::{ParagraphProperties, RunProperties, UnderlineType, VerticalAlign};
use office_oxide::docx::hyperlink::HyperlinkTarget;
use office_oxide::docx::image::DrawingInfo;
use office_oxide::docx::paragraph::{BreakType, Paragraph, ParagraphContent, Run, RunContent};

/// A paragraph's text, and what is anchored in it.
#[derive(Default)]
pub(super) struct Line<'a> {
    /// The text.
    pub content: Vec<Inline>,
    /// The size of its letters in half points; 0 where unknown.
    pub size: u32,
    /// The contents of its text boxes.
    pub boxes: Vec<&'a [BlockElement]>,
}

/// What of a run's look was not kept, so that it is said once for text that stands together.
#[derive(Default)]
struct Looks(Vec<(Loss, String, bool)>);

impl Looks {
    fn add(&mut self, loss: Loss, is_so: bool, text: &str) {
        match self.0.iter_mut().rev().find(|(known, _, is_open)| *known == loss && *is_open) {
            Some((_, all, _)) if is_so => all.push_str(text),
            Some((_, _, is_open)) => *is_open = false,
            None if is_so && !text.trim().is_empty() => self.0.push((loss, text.to_owned(), true)),
            None => {}
        }
    }
}

impl Reader<'_> {
    /// The text of a paragraph.
    pub(super) fn line<'p>(&mut self, source: &'p Paragraph, properties: &ParagraphProperties) -> Line<'p> {
        let mut line = Line::default();
        let mut looks = Looks::default();
        for part in &source.content {
            match part {
                ParagraphContent::Run(run) => self.run(run, properties, &mut line, &mut looks),
                ParagraphContent::Hyperlink(link) => {
                    let mut inner = Line::default();
                    let mut unsaid = Looks::default();
                    link.runs.iter().for_each(|run| self.run(run, properties, &mut inner, &mut unsaid));
                    line.boxes.append(&mut inner.boxes);
                    match &link.target {
                        HyperlinkTarget::External(address) => {
                            let fragment = link.fragment.as_ref().map(|part| format!("#{part}")).unwrap_or_default();
                            let address = format!("{address}{fragment}");
                            line.content.push(Inline::Link { address, content: inner.content });
                        }
                        // A bookmark has no counterpart: its text stays.
                        HyperlinkTarget::Internal(_) => line.content.append(&mut inner.content),
                    }
                }
            }
        }
        let is_heading = properties.outline_level.is_some();
        for (loss, words, _) in looks.0 {
            // Headings are set off by being headings.
            if !is_heading || matches!(loss, Loss::Script | Loss::Hidden) {
                self.losses.add(loss, &words);
            }
        }
        line
    }

    fn run<'p>(&mut self, run: &'p Run, properties: &ParagraphProperties, line: &mut Line<'p>, looks: &mut Looks) {
        let look = self.look(run, properties);
        let words = words(run);
        let is_hidden = self.document.styles.as_ref().map_or(look.hidden == Some(true), |sheet| {
            sheet.effective_hidden(properties.style_id.as_deref(), run.properties.as_ref())
        });
        looks.add(Loss::Hidden, is_hidden, &words);
        if is_hidden {
            return;
        }
        looks.add(Loss::Colour, is_coloured(&look), &words);
        let is_underlined = look.underline.as_ref().is_some_and(|kind| !matches!(kind, UnderlineType::None));
        looks.add(Loss::Underline, is_underlined, &words);
        let script = match look.vertical_align {
            Some(VerticalAlign::Superscript) => Some(SUPERSCRIPT),
            Some(VerticalAlign::Subscript) => Some(SUBSCRIPT),
            _ => None,
        };
        looks.add(Loss::Script, script.is_some(), &words);
        if line.size == 0 && !words.trim().is_empty() {
            line.size = look.font_size.map_or(0, |size| size.0);
        }
        let is_on = |toggle: Option<bool>| toggle == Some(true);
        let style = Style {
            bold: is_on(look.bold),
            italic: is_on(look.italic),
            strike: is_on(look.strike) || is_on(look.dstrike),
        };
        for part in &run.content {
            match part {
                RunContent::Text(text) => {
                    let text = script.map_or_else(|| text.clone(), |signs| raised(text, signs));
                    line.content.push(Inline::Text(text, style));
                }
                RunContent::Tab => line.content.push(Inline::Text(" ".to_owned(), style)),
                RunContent::Break(BreakType::Line) => line.content.push(Inline::Break),
                RunContent::Drawing(drawing) => line.content.extend(self.drawing(drawing)),
                RunContent::TextBox(content) => line.boxes.push(content),
                RunContent::FootnoteRef(id, _) => line.content.push(Inline::Note(format!("f{id}"))),
                RunContent::EndnoteRef(id, _) => line.content.push(Inline::Note(format!("e{id}"))),
                RunContent::FormField(field) => {
                    line.content.extend(field.display_text.clone().map(|text| Inline::Text(text, style)));
                }
                RunContent::Break(BreakType::Page | BreakType::Column)
                | RunContent::CommentRef(_)
                | RunContent::CommentRangeStart(_)
                | RunContent::DeferredPart(_) => {}
            }
        }
    }

    fn look(&self, run: &Run, properties: &ParagraphProperties) -> RunProperties {
        match &self.document.styles {
            Some(sheet) => sheet.effective_run_properties(properties.style_id.as_deref(), run.properties.as_ref()),
            None => run.properties.clone().unwrap_or_default(),
        }
    }

    fn drawing(&mut self, drawing: &DrawingInfo) -> Option<Inline> {
        let alt = drawing.description.as_deref().unwrap_or_default();
        if !drawing.relationship_id.is_empty() {
            return self.picture(&drawing.relationship_id, alt);
        }
        if let Some(address) = &drawing.linked_image {
            self.losses.add(Loss::Picture, address);
        } else if drawing.linked_image_rid.is_some() {
            self.losses.add(Loss::Picture, alt);
        } else {
            self.losses.add(Loss::Drawing, &format!("{alt}{}", drawing.chart_text.join(" ")));
        }
        None
    }
}

/// The text of a run.
fn words(run: &Run) -> String {
    let texts = run.content.iter().filter_map(|part| match part {
        RunContent::Text(text) => Some(Inline::plain(text.clone())),
        _ => None,
    });
    text(&texts.collect::<Vec<_>>())
}

/// Whether the colour of text says something: neither black nor grey, or marked.
fn is_coloured(look: &RunProperties) -> bool {
    let is_colour = |[red, green, blue]: [u8; 3]| red.max(green).max(blue) - red.min(green).min(blue) > 60;
    let is_set = |fill: &String| !matches!(fill.to_ascii_lowercase().as_str(), "none" | "auto" | "ffffff" | "");
    matches!(&look.color, Some(ColorRef::Rgb(colour)) if is_colour(colour.0))
        || look.highlight.as_ref().is_some_and(is_set)
        || look.shading_fill.as_ref().is_some_and(is_set)
}
