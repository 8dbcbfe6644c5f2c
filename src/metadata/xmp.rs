//! XMP packets, which stand as plain text in pictures and PDF alike.

use super::gathered::Gathered;
use super::{Kind, exif, labels};
use crate::text;
use crate::xml::{Node, nodes};
use memchr::memmem;

/// Elements that hold a property without being one.
const CONTAINERS: &[&str] = &["li", "Bag", "Seq", "Alt", "RDF", "Description", "xmpmeta"];

/// Pieces of one packet at most.
const PIECES: usize = 200_000;

/// Notes what the packets among any bytes say.
pub(super) fn scan(bytes: &[u8], found: &mut Gathered) {
    let mut rest = bytes;
    while let Some(start) = memmem::find(rest, b"<x:xmpmeta") {
        let Some(length) = memmem::find(&rest[start..], b"</x:xmpmeta>") else { return found.unreadable() };
        let end = start + length + b"</x:xmpmeta>".len();
        packet(&text::decode(&rest[start..end]), found);
        rest = &rest[end..];
    }
}

fn packet(packet: &str, found: &mut Gathered) {
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut place = Place::default();
    for node in nodes(packet, PIECES) {
        match node {
            Ok(Node::Start(element)) => {
                element.attributes().for_each(|(name, value)| property(name, &value, &mut place, found));
                path.push(element.name().to_owned());
                text.clear();
            }
            Ok(Node::Text(piece)) => text.push_str(&piece),
            Ok(Node::End) => {
                let name = path.iter().rev().find(|name| !CONTAINERS.contains(&name.as_str()));
                name.iter().for_each(|name| property(name, &text, &mut place, found));
                text.clear();
                path.pop();
            }
            Err(_) => return found.unreadable(),
        }
    }
}

/// Coordinates come as two properties.
#[derive(Default)]
struct Place {
    latitude: Option<f64>,
    longitude: Option<f64>,
}

fn property(name: &str, value: &str, place: &mut Place, found: &mut Gathered) {
    match name {
        "GPSLatitude" => place.latitude = degrees(value),
        "GPSLongitude" => place.longitude = degrees(value),
        _ => {
            if let Some((kind, label)) = labels::of(name) {
                found.note(kind, label, value);
            }
            return;
        }
    }
    if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
        let position = exif::coordinates(latitude, longitude);
        position.iter().for_each(|position| found.note(Kind::Position, "GPS 位置", position));
    }
}

/// `DDD,MM,SSk` or `DDD,MM.mmk`, k one of N, S, E, W.
fn degrees(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = text.strip_suffix(['N', 'S', 'E', 'W'])?;
    let parts: Option<Vec<f64>> = number.split(',').map(|part| part.trim().parse().ok()).collect();
    let sum: f64 = parts?.iter().zip([1.0, 60.0, 3600.0]).map(|(part, unit)| part / unit).sum();
    Some(if text.ends_with(['S', 'W']) { -sum } else { sum })
}
