//! What several files are written of: made when the first of them is, let go with the last.

use std::sync::{Arc, Mutex, PoisonError};

/// A value that so many files are made of. A plan would otherwise hold all of them until its end.
#[derive(Debug)]
pub struct Shared<T> {
    users: usize,
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    made: Option<Arc<T>>,
    left: usize,
}

impl<T> Shared<T> {
    /// A value of so many users.
    pub fn new(users: usize) -> Self {
        Self { users, state: Mutex::new(State { made: None, left: users }) }
    }

    /// The value, made if it is not there. Asking more often than announced makes it once more. Who asks meanwhile waits, so
    /// it is made on this thread alone: where rayon waits for others, it does what it finds, and that may ask, too, for ever.
    ///
    /// # Errors
    /// What making it says.
    pub fn get<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let value = match state.made.take() {
            Some(value) => value,
            None => Arc::new(make()?),
        };
        state.left -= 1;
        if state.left == 0 {
            state.left = self.users;
        } else {
            state.made = Some(Arc::clone(&value));
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_value_is_made_once_for_all_its_users_and_kept_by_nobody_else() {
        let shared = Shared::new(2);
        let made = Cell::new(0);
        let get = || {
            let make = || {
                made.set(made.get() + 1);
                Ok(made.get())
            };
            shared.get::<()>(make).unwrap()
        };
        let first = get();
        assert_eq!((*first, *get(), made.get()), (1, 1, 1));
        assert_eq!(Arc::strong_count(&first), 1, "let go with its last user");
        assert_eq!((*get(), *get(), made.get()), (2, 2, 2));
    }
}
