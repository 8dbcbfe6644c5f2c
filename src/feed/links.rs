//! What RSS borrows of Atom and RFC 5005, and both write in the same way: where a document stands among the others, the
//! hub, the licence, and the style sheet for people who open it.

use super::document::Document;
use crate::pages::Frame;
use crate::site::Format;
use crate::xml::{Xml, XmlError};

/// The style sheet, if the theme has one.
pub(super) fn style_sheet(xml: &mut Xml, frame: &Frame<'_>, document: &Document<'_>) -> Result<(), XmlError> {
    let address = frame.view.assets.get("feed.css").map(|address| format!("{}{address}", document.place.to_root));
    address.map_or(Ok(()), |address| xml.style_sheet(&address))
}

/// The links of a document.
pub(super) fn write(xml: &mut Xml, frame: &Frame<'_>, document: &Document<'_>, format: Format) -> Result<(), XmlError> {
    let (config, place, feed) = (frame.site.config, &document.place, format.media_type());
    let name = if format == Format::Rss { "atom:link" } else { "link" };
    xml.empty(name, &[("rel", "self"), ("href", place.own(format)), ("type", feed)])?;
    // RSS has an element of its own for it.
    if format == Format::Atom {
        xml.empty(name, &[("rel", "alternate"), ("href", &document.page), ("type", "text/html")])?;
    }
    if let Some(hub) = &config.hub {
        xml.empty(name, &[("rel", "hub"), ("href", hub)])?;
    }
    if let Some(license) = config.license.as_ref().filter(|license| !license.url.is_empty()) {
        xml.empty(name, &[("rel", "license"), ("href", &license.url)])?;
    }
    if let Some(current) = place.current(format) {
        xml.empty("fh:archive", &[])?;
        xml.empty(name, &[("rel", "current"), ("href", current), ("type", feed)])?;
    }
    if let Some(older) = place.older(format) {
        xml.empty(name, &[("rel", "prev-archive"), ("href", older), ("type", feed)])?;
    }
    Ok(())
}
