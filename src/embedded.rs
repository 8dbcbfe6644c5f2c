//! The files that stand in the program itself, so that `init` works from the binary alone.

use include_dir::{Dir, include_dir};

/// The sample content: what lies in `content/` of the project.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The configuration of the sample site.
pub const SAMPLE_CONFIG: &str = include_str!("../site.yaml");

/// The configuration of a new site, with comments for the person who completes it.
pub const NEW_CONFIG: &str = include_str!("embedded/site.yaml");

/// Where a site keeps the schema for editors; the settings name it.
pub const EDITOR_SCHEMA: &str = ".vscode/jingshi.schema.json";

/// What VS Code is to know of a site: path below the site, and text.
pub const EDITOR: [(&str, &str); 2] = [
    (".vscode/extensions.json", include_str!("embedded/vscode/extensions.json")),
    (".vscode/settings.json", include_str!("embedded/vscode/settings.json")),
];

/// The headings with which the text of a new notice begins.
pub const NEW_BODY: &str = include_str!("embedded/body.md");

/// What git is to leave out of a site's repository.
pub const GITIGNORE: &str = "/public/\n/.public.jingshi/\n/content/.lock\n/content/.jingshi-new/\n";

/// What every code means, for people.
const CODES: &str = include_str!("../docs/codes.zh.md");

/// What a code means and what to do about it, from the manual; the marks of Markdown are left out.
pub fn explanation(code: &str) -> Option<(String, String)> {
    let row = CODES.lines().find_map(|line| line.strip_prefix(&format!("| `{code}` | ")))?;
    let mut cells = row.split(" | ").map(|cell| cell.replace(['`', '*'], ""));
    Some((cells.next()?, cells.next()?))
}

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
