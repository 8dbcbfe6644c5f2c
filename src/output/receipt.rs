//! What a publication rested on, so that the next build sees without reading anything that it would come to the same.
//!
//! In: what was asked for, the marks of everything that was read, what was said, and what stands in the output. Out: the
//! same publication once more, as long as nobody has touched any of it and the clock makes no difference. It lies beside
//! the output; without it, or where anything differs, all is looked at.

use super::manifest::{LARGEST_MANIFEST, MANIFEST, SIGNATURE};
use super::records::Records;
use super::target::{Target, real_place, workshop_of};
use super::{Published, Summary, shape};
use crate::artifact::{Key, PublicPlan, Validity};
use crate::diag::Diagnostic;
use crate::disk::{self, SiteDir, Survey};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// Changes with the form of the file.
const FORM: &str = "jingshi-receipt-4\n";

/// Its name beside the output.
const NAME: &str = "receipt";

/// What a publication rested on.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The program and what it was told: whatever is no file of the site and no time.
    pub asked: Key,
    /// How long it holds.
    pub validity: Validity,
    /// Everything that was read, as it was before it was read.
    pub inputs: Survey,
    /// What was to be said, and will be every time.
    pub noticed: Vec<Diagnostic>,
}

/// A receipt as it is kept, with what stood in the output.
#[derive(Serialize, Deserialize)]
struct Kept<R> {
    receipt: R,
    /// The folders of the output, the manifest, and the signature or that there is none.
    shape: Survey,
    files: usize,
    is_signed: bool,
}

impl Receipt {
    /// Keeps it beside an output to which this plan was just published. That it could not be kept is no harm but to the next
    /// build's speed.
    pub fn keep(&self, target: &Target, (plan, published): (&PublicPlan<'_>, &Published)) {
        let paths = || plan.artifacts().iter().map(|artifact| artifact.path.as_str());
        let places = ["", MANIFEST, SIGNATURE].into_iter().chain(shape::folders(paths())).map(str::to_owned);
        let Some(shape) = Survey::shallow(target.folder(), places) else { return };
        let kept = Kept { receipt: self, shape, files: paths().count(), is_signed: published.is_signed };
        let _ = disk::keep(&target.workshop().join(NAME), FORM, &kept);
    }
}

/// The publication that stands in an output, where a build would come to the same: it was asked for the same, and nothing
/// of what it read or wrote has been touched since. With what is to be said of it.
pub fn standing(output: &Path, site: &SiteDir, asked: Key, now: Moment) -> Option<(Published, Vec<Diagnostic>)> {
    let folder = real_place(output).ok()?;
    let workshop = workshop_of(&folder);
    let place = workshop.join(NAME);
    fs::symlink_metadata(&place).ok()?;
    // Whoever holds these is at work: then this build is told so where it takes them in earnest.
    let _output = disk::lock(&workshop.join("lock")).ok()?;
    let _reading = site.lock_reading().ok()?;
    let Kept::<Receipt> { receipt, shape, files, is_signed } = disk::kept(&place, FORM, LARGEST_MANIFEST)?;
    let Receipt { asked: then, validity, inputs, noticed } = receipt;
    let is_same = then == asked && validity.covers(now) && inputs.stands(site.root()) && shape.stands(&folder);
    let records = is_same.then(|| Records::of_tree(&workshop, &folder))?;
    let summary = Summary { unchanged: files, ..Summary::default() };
    let is_there = records.paths().count() == files && records.all_stand();
    is_there.then_some((Published { summary, is_signed }, noticed))
}
