//! What is not there is something else than what cannot be looked at: a disk that fails must never look like a notice,
//! a lock or a signature that is gone.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The same; none where nothing is there, or can be under such a name.
///
/// # Errors
/// Whatever else was the matter.
pub fn if_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => Ok(None),
            _ => Err(error),
        },
    }
}

/// Whether anything is there, be it a link that leads nowhere.
///
/// # Errors
/// It cannot be told.
pub fn is_there(path: &Path) -> io::Result<bool> {
    if_there(fs::symlink_metadata(path)).map(|found| found.is_some())
}

/// Whether a folder is there, or a link to one.
///
/// # Errors
/// It cannot be told.
pub fn is_folder(path: &Path) -> io::Result<bool> {
    if_there(fs::metadata(path)).map(|found| found.is_some_and(|found| found.is_dir()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_looked_at_is_not_taken_for_what_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "").unwrap();
        assert!(is_there(&file).unwrap() && is_folder(folder.path()).unwrap() && !is_folder(&file).unwrap());
        for name in ["b", "a/b", &"c".repeat(300)] {
            let place = folder.path().join(name);
            assert!(!is_there(&place).unwrap() && !is_folder(&place).unwrap(), "{name}");
        }
        assert!(if_there::<()>(Err(ErrorKind::PermissionDenied.into())).is_err());
        #[cfg(unix)]
        {
            let link = folder.path().join("e");
            std::os::unix::fs::symlink("e", &link).unwrap();
            assert!(is_there(&link).unwrap() && is_folder(&link).is_err(), "a link to itself");
        }
    }
}
