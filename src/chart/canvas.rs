//! The surface on which the chart library draws: it keeps shapes instead of painting them.
//!
//! In: rectangles, circles and texts in units of the surface, a thousand across and a hundred to a letter down. Out:
//! [`Shape`]s. The library knows colours only, so a role travels as one.

use super::Shape;
use plotters::prelude::*;
use plotters::style::RGBAColor;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use std::convert::Infallible;

/// The width of the surface: a unit is a tenth of a per cent.
pub(super) const WIDTH: u32 = 1000;
/// From an anchor to the base line of the text above or below it, in hundredths of a letter.
const RISE: i32 = -35;
const DROP: i32 = 120;

/// What a shape is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    Track,
    Bar,
    Part,
    Dot,
    Label,
    Value,
}

impl Role {
    const ALL: [Self; 6] = [Self::Track, Self::Bar, Self::Part, Self::Dot, Self::Label, Self::Value];

    const fn name(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Bar => "bar",
            Self::Part => "part",
            Self::Dot => "dot",
            Self::Label => "label",
            Self::Value => "value",
        }
    }

    const fn colour(self) -> RGBColor {
        RGBColor(0, 0, self as u8)
    }

    /// The name of the role that a colour stands for.
    fn of(colour: BackendColor) -> &'static str {
        Self::ALL.get(usize::from(colour.rgb.2)).map_or("bar", |role| role.name())
    }
}

/// How a filled shape of a role is drawn.
pub(super) fn ink(role: Role) -> ShapeStyle {
    ShapeStyle { color: RGBAColor::from(role.colour()), filled: true, stroke_width: 0 }
}

/// How a text of a role is drawn.
pub(super) fn words(role: Role, place: Pos) -> TextStyle<'static> {
    ("sans-serif", 100).into_font().color(&role.colour()).pos(place)
}

/// Where a text stands, seen from its anchor; `START` and `END` give the base line itself.
pub(super) mod label {
    use super::{HPos, Pos, VPos};

    pub const START: Pos = Pos { h_pos: HPos::Left, v_pos: VPos::Center };
    pub const END: Pos = Pos { h_pos: HPos::Right, v_pos: VPos::Center };
    pub const ABOVE: Pos = Pos { h_pos: HPos::Center, v_pos: VPos::Bottom };
    pub const BELOW: Pos = Pos { h_pos: HPos::Center, v_pos: VPos::Top };
}

/// The surface.
pub(super) struct Canvas<'a> {
    /// Its height in hundredths of a letter.
    pub height: u32,
    /// What was drawn.
    pub shapes: &'a mut Vec<Shape>,
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (WIDTH, self.height)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    /// Nothing is painted dot by dot.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _: bool) -> Done {
        let (left, right) = (a.0.min(b.0), a.0.max(b.0));
        let (top, bottom) = (a.1.min(b.1), a.1.max(b.1));
        self.shapes.push(Shape {
            width: across(right - left),
            // A line of the scale has no height of its own.
            height: down((bottom - top).max(4)),
            ..shape("rect", style.color(), (left, top))
        });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _: bool) -> Done {
        let height = down(i32::try_from(radius).unwrap_or(0));
        self.shapes.push(Shape { height, ..shape("circle", style.color(), center) });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, place: BackendCoord) -> Done {
        let Pos { h_pos, v_pos } = style.anchor();
        let anchor = match h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let base = match v_pos {
            VPos::Center => 0,
            VPos::Bottom => RISE,
            VPos::Top => DROP,
        };
        let place = (place.0, place.1 + base);
        self.shapes.push(Shape { anchor, text: text.to_owned(), ..shape("text", style.color(), place) });
        Ok(())
    }

    /// No text is measured: what is beside it is placed by shares of the width.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        _: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        Ok((0, 0))
    }
}

fn shape(kind: &'static str, colour: BackendColor, (x, y): BackendCoord) -> Shape {
    Shape {
        kind,
        role: Role::of(colour),
        x: across(x),
        y: down(y),
        width: String::new(),
        height: String::new(),
        anchor: "",
        text: String::new(),
    }
}

/// Units across as a share of the width.
fn across(units: i32) -> String {
    decimal(units, 10) + "%"
}

/// Units down as letters.
pub(super) fn down(units: i32) -> String {
    decimal(units, 100) + "em"
}

fn decimal(units: i32, scale: i32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.abs() / scale, units.abs() % scale);
    format!("{sign}{whole}.{rest:0places$}", places = if scale == 10 { 1 } else { 2 })
}
