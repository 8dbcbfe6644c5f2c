//! The files that stand in the program itself, so that `init` works from the binary alone.

use include_dir::{Dir, include_dir};

/// The sample content: what lies in `content/` of the project.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The configuration of the sample site.
pub const SAMPLE_CONFIG: &str = include_str!("../site.yaml");

/// The configuration of a new site, with comments for the person who completes it.
pub const NEW_CONFIG: &str = include_str!("embedded/site.yaml");

/// The front matter of a new notice, with comments for a beginner; `{…}` are filled in by `new`.
pub const NEW_NOTICE: &str = include_str!("embedded/notice.md");

/// The headings with which the text of a new notice begins.
pub const NEW_BODY: &str = include_str!("embedded/body.md");

/// What git is to leave out of a site's repository.
pub const GITIGNORE: &str = "/public/\n/.public.jingshi/\n/content/.lock\n";

/// The files of the sample content: path below the site, and bytes.
pub fn sample() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(&SAMPLE, &mut files);
    files.sort();
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    for file in folder.files() {
        let path =
            file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !path.starts_with('.') {
            files.push((format!("content/{path}"), file.contents().to_vec()));
        }
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}
