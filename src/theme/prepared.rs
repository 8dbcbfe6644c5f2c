//! Parts of views that many pages have in common.

use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use tera::Value;

/// A part of a view that is converted for the templates once; pages that hold it share what was made of it.
pub struct Prepared<T>(Arc<Part<T>>);

struct Part<T> {
    whole: T,
    /// As templates see it, since the first of them did; none where it has no such form, which the page will say.
    converted: OnceLock<Option<Value>>,
}

impl<T> Prepared<T> {
    /// A part of a view, to be converted when it is shown.
    pub fn new(whole: T) -> Self {
        Self(Arc::new(Part { whole, converted: OnceLock::new() }))
    }
}

impl<T: PartialEq> PartialEq for Prepared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.whole == other.0.whole
    }
}

impl<T: Eq> Eq for Prepared<T> {}

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
        let Part { whole, converted } = &*self.0;
        match converted.get_or_init(|| Value::try_from_serializable(whole).ok()) {
            // The template engine takes a value of its own as it is.
            Some(converted) => converted.serialize(serializer),
            None => whole.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::samples;

    #[test]
    fn a_prepared_part_says_what_the_part_says() {
        let (prepared, whole) = (samples::site(true), &**samples::site(true));
        assert_eq!(serde_json::to_string(prepared).unwrap(), serde_json::to_string(whole).unwrap());
        let value = Value::try_from_serializable(whole).unwrap();
        assert_eq!(
            Value::try_from_serializable(&[prepared, prepared]).unwrap(),
            Value::from(vec![value.clone(), value])
        );
        assert_eq!(format!("{prepared:?}"), format!("{whole:?}"));
    }
}
