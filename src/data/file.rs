//! The files of the open data: what each is, its schema, its rows and its bytes.

use super::batches::count_batches;
use super::collection::{self, Collection};
use super::record::NoticeRecord;
use super::rows::{BatchRow, NoticeRow, ProductRow, StandardRow};
use super::schema::{self, Texts};
use super::table;
use crate::artifact::{Key, Parts};
use crate::diag::Diagnostic;
use crate::notice::Notice;
use crate::pages::Frame;
use serde_json::Value;

/// A file of the open data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    /// `notices.csv`.
    Notices,
    /// `products.csv`.
    Products,
    /// `batches.csv`.
    Batches,
    /// `standards.csv`.
    Standards,
    /// `notices.json`.
    Json,
    /// `notices.ndjson`.
    Lines,
}

impl File {
    /// All of them, in the order of the data page: what opens in a spreadsheet first.
    pub(super) const ALL: [Self; 6] =
        [Self::Notices, Self::Products, Self::Batches, Self::Standards, Self::Json, Self::Lines];

    /// Its name in the folder of the data.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Notices => "notices.csv",
            Self::Products => "products.csv",
            Self::Batches => "batches.csv",
            Self::Standards => "standards.csv",
            Self::Json => "notices.json",
            Self::Lines => "notices.ndjson",
        }
    }

    /// The name of the schema of the whole file (JSON), or of one row or line of it.
    pub(super) const fn schema_name(self) -> &'static str {
        match self {
            Self::Notices => "notices-csv.schema.json",
            Self::Products => "products-csv.schema.json",
            Self::Batches => "batches-csv.schema.json",
            Self::Standards => "standards-csv.schema.json",
            Self::Json => "notices.schema.json",
            Self::Lines => NOTICE_SCHEMA,
        }
    }

    /// For `encodingFormat`.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Notices | Self::Products | Self::Batches | Self::Standards => "text/csv",
            Self::Json => "application/json",
            Self::Lines => "application/x-ndjson",
        }
    }

    /// Its schema.
    pub(super) fn schema(self, frame: &Frame<'_>) -> Value {
        let id = frame.address(&schema_path(self.schema_name()));
        match self {
            Self::Notices => schema::schema::<NoticeRow>(&id, Texts::MayBeEmpty),
            Self::Products => schema::schema::<ProductRow>(&id, Texts::MayBeEmpty),
            Self::Batches => schema::schema::<BatchRow>(&id, Texts::MayBeEmpty),
            Self::Standards => schema::schema::<StandardRow>(&id, Texts::MayBeEmpty),
            Self::Json => schema::schema::<Collection<'_>>(&id, Texts::NeverEmpty),
            Self::Lines => schema::schema::<NoticeRecord<'_>>(&id, Texts::NeverEmpty),
        }
    }

    /// How many rows it has, without its head.
    pub(super) fn rows(self, frame: &Frame<'_>) -> usize {
        let dossiers = &frame.site.dossiers;
        // Counted without making the rows: each would take the page of its notice.
        let sum = |of: fn(&Notice) -> usize| {
            let holding = dossiers.iter().filter(|dossier| !dossier.is_withdrawn());
            holding.map(|dossier| of(&dossier.current().manuscript().notice)).sum()
        };
        match self {
            Self::Notices | Self::Json | Self::Lines => dossiers.len(),
            Self::Products => sum(|notice| notice.products.len()),
            Self::Batches => sum(count_batches),
            Self::Standards => sum(|notice| notice.standards.len()),
        }
    }
}

/// A file in parts: its head, what it has of each notice in order of first publication, and its end.
pub(super) struct InParts<'a> {
    pub(super) file: File,
    pub(super) frame: &'a Frame<'a>,
}

/// What stands in a place of a file.
enum Part {
    Head,
    /// What it has of a dossier.
    Of(usize),
    End,
}

impl InParts<'_> {
    fn part(&self, place: usize) -> Part {
        match place.checked_sub(1) {
            None => Part::Head,
            Some(dossier) if dossier < self.frame.site.dossiers.len() => Part::Of(dossier),
            Some(_) => Part::End,
        }
    }
}

impl Parts for InParts<'_> {
    fn count(&self) -> usize {
        self.frame.site.dossiers.len() + 2
    }

    fn key(&self, place: usize) -> Key {
        match self.part(place) {
            // Only the first has nothing before it that would be parted from it.
            Part::Of(dossier) => self.frame.key([self.frame.linked(dossier), Key::of([[u8::from(dossier == 0)]])]),
            Part::Head | Part::End => Key::of([self.frame.whole(), Key::of([place.to_le_bytes()])]),
        }
    }

    fn make(&self, place: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Self { file, frame } = self;
        match (file, self.part(place)) {
            (File::Json, Part::End) => Ok(collection::END.to_vec()),
            (_, Part::End) | (File::Lines, Part::Head) => Ok(Vec::new()),
            (File::Json, Part::Head) => collection::head(frame, &schema_path(file.schema_name())),
            (_, Part::Head) => Ok(table::head(&file.schema(frame))),
            (File::Json, Part::Of(dossier)) => collection::item(frame, dossier),
            (File::Lines, Part::Of(dossier)) => collection::line(frame, dossier),
            (File::Notices, Part::Of(dossier)) => Ok(table::rows([table::notice(frame, dossier)?])),
            (File::Products, Part::Of(dossier)) => Ok(table::rows(table::products(frame, dossier))),
            (File::Batches, Part::Of(dossier)) => Ok(table::rows(table::batches(frame, dossier))),
            (File::Standards, Part::Of(dossier)) => Ok(table::rows(table::standards(frame, dossier))),
        }
    }
}

/// The schema of one record: of a line of `notices.ndjson`, and of each `notice.json`.
pub(super) const NOTICE_SCHEMA: &str = "notice.schema.json";

/// Where a schema lies, relative to the root.
pub(super) fn schema_path(name: &str) -> String {
    format!("data/schema/{name}")
}
