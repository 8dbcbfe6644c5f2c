//! Parts of views that many pages have in common.

use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use tera::Value;

/// A part of a view, converted for the templates once; pages that hold it share what was made of it.
#[derive(PartialEq, Eq)]
pub struct Prepared<T>(Arc<Part<T>>);

#[derive(PartialEq, Eq)]
struct Part<T> {
    whole: T,
    /// As templates see it; none where it has no such form, which the page that shows it will say.
    converted: Option<Value>,
}

impl<T: Serialize> Prepared<T> {
    /// Converts a part of a view.
    pub fn new(whole: T) -> Self {
        let converted = Value::try_from_serializable(&whole).ok();
        Self(Arc::new(Part { whole, converted }))
    }
}

impl<T> Clone for Prepared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: fmt::Debug> fmt::Debug for Prepared<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.whole.fmt(formatter)
    }
}

impl<T> Deref for Prepared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.whole
    }
}

impl<T: Serialize> Serialize for Prepared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.converted {
            // The template engine takes a value of its own as it is.
            Some(converted) => converted.serialize(serializer),
            None => self.0.whole.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::samples;

    #[test]
    fn a_prepared_part_says_what_the_part_says() {
        let site = samples::site(true);
        let json = |value: &dyn Fn() -> serde_json::Result<String>| value().unwrap();
        let (prepared, whole) = (json(&|| serde_json::to_string(site)), json(&|| serde_json::to_string(&**site)));
        assert_eq!(prepared, whole);
    }
}
