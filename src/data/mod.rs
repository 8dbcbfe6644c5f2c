//! Open data: everything that is published, as files for spreadsheets and programs, and a page that explains them.
//!
//! In: the assembled site. Out: `n/<id>/notice.json` of each notice, `data/` with all of them as JSON, lines and tables, a
//! JSON Schema of each, and `data/index.html`. A record is made of the view the page of the notice is made of: nothing is in
//! the data that is not on the page, and the reverse. Nothing depends on the day of the build.

mod batches;
mod collection;
mod file;
mod make;
mod page;
mod parts;
mod record;
mod rows;
mod schema;
mod table;

pub use batches::count_batches;

use crate::artifact::Artifact;
use crate::json;
use crate::pages::Frame;
use crate::route::OutPath;
use file::{File, InParts, schema_path};

/// The data files, their schemas and their page.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let mut artifacts = vec![page::artifact(frame)];
    artifacts.extend(frame.site.dossiers.iter().enumerate().map(|(place, dossier)| {
        let path = OutPath::known(format!("n/{}/notice.json", dossier.id()));
        Artifact::rendered(path, frame.key([frame.linked(place)]), move || json::pretty(&make::record(frame, dossier)?))
    }));
    for file in File::ALL {
        let path = OutPath::known(format!("data/{}", file.name()));
        artifacts.push(Artifact::in_parts(path, frame.whole(), InParts { file, frame }));
        let path = OutPath::known(schema_path(file.schema_name()));
        artifacts.push(Artifact::rendered(path, frame.key(["schema"]), move || json::pretty(&file.schema(frame))));
    }
    artifacts
}
