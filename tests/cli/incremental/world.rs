//! The site that changes, and the clock and the words with which it is built.

use super::content::{self, STAGES};
use super::notices::Step;
use super::twin;
use crate::site::{Site, Tree};
use chrono::{DateTime, Duration, FixedOffset};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

/// When the first build takes place.
const BEGIN: &str = "2024-12-30T09:00:00+08:00";

/// A site that changes.
pub struct World {
    pub site: Site,
    now: Cell<DateTime<FixedOffset>>,
    /// Words of every build.
    pub words: RefCell<Vec<String>>,
    /// What strangers have put into the output, which stays.
    pub strangers: RefCell<Vec<String>>,
    /// What has been done so far.
    pub told: RefCell<Vec<String>>,
}

impl World {
    /// The site with all its notices, built.
    pub fn whole() -> Self {
        static FILES: OnceLock<Tree> = OnceLock::new();
        Self::of(FILES.get_or_init(|| content::live(|_| true)))
    }

    /// The same with few notices: two that name each other, a corrected, a withdrawn and an urgent one.
    pub fn small() -> Self {
        static FILES: OnceLock<Tree> = OnceLock::new();
        let wanted = ["2024-001", "2024-002", "2024-003", "2024-004", "2024-011"];
        Self::of(FILES.get_or_init(|| content::live(|id| wanted.contains(&id))))
    }

    /// The same with three notices, for what changes every page anyway.
    pub fn tiny() -> Self {
        static FILES: OnceLock<Tree> = OnceLock::new();
        Self::of(FILES.get_or_init(|| content::live(|id| ["2024-002", "2024-003", "2024-004"].contains(&id))))
    }

    /// A site whose lists and feeds are about to get one page or archive more, see [`content::long`].
    pub fn long() -> Self {
        Self::of(&content::long())
    }

    /// A site of which nothing is to be said, with a notice that waits.
    pub fn quiet() -> Self {
        Self::of(&content::quiet())
    }

    fn of(files: &Tree) -> Self {
        let site = Site::fresh();
        for (path, bytes) in files {
            site.put(path, bytes);
        }
        let now = Cell::new(DateTime::parse_from_rfc3339(BEGIN).unwrap());
        let world =
            Self { site, now, words: RefCell::default(), strangers: RefCell::default(), told: RefCell::default() };
        world.site.clock(BEGIN);
        world.settle();
        world.check(0);
        world.check(0);
        world
    }

    /// Waits: what was written a moment ago is read again; only later it counts as known.
    pub fn settle(&self) {
        std::thread::sleep(std::time::Duration::from_millis(3_100));
    }

    /// Moves the clock by a minute.
    pub fn tick(&self) -> &Site {
        self.wait(Duration::minutes(1))
    }

    /// Moves the clock.
    pub fn wait(&self, duration: Duration) -> &Site {
        self.now.set(self.now.get() + duration);
        self.site.clock(&self.now.get().to_rfc3339())
    }

    /// Moves the clock to a moment that is still to come; past it, nothing is done.
    pub fn wait_until(&self, moment: &str) {
        let moment = DateTime::parse_from_rfc3339(moment).unwrap();
        self.wait((moment - self.now.get()).max(Duration::zero()));
    }

    /// Takes a step, then builds both ways and compares.
    #[track_caller]
    pub fn take(&self, step: &Step) {
        self.told.borrow_mut().push(step.name.clone());
        (step.act)(self);
        self.check(step.code);
    }

    /// Takes a step that changes nothing of the site: what was built from nothing before still holds.
    #[track_caller]
    pub fn meddle(&self, step: &Step) {
        self.told.borrow_mut().push(step.name.clone());
        (step.act)(self);
        twin::check_again(self).unwrap_or_else(|difference| self.differs(&difference));
    }

    fn differs(&self, difference: &str) -> ! {
        panic!("{difference}\nafter: {}", self.told.borrow().join("; "))
    }

    /// Builds in steps and from nothing, and compares; the build must end with this exit code.
    #[track_caller]
    pub fn check(&self, code: i32) -> Value {
        twin::check(self, code).unwrap_or_else(|difference| self.differs(&difference))
    }

    /// The ids of live notices that can be corrected.
    pub fn live(&self) -> Vec<String> {
        let listed = self.site.run(&["list", "live"]).exits(0).stdout;
        let ids = listed.lines().filter_map(|line| line.split_whitespace().next());
        ids.filter(|id| id.starts_with("20")).map(str::to_owned).collect()
    }

    /// Signs at every stage.
    #[track_caller]
    pub fn sign(&self, what: &str) {
        STAGES.iter().for_each(|stage| drop(self.site.sign(stage, what).exits(0)));
    }

    /// Signs urgently.
    #[track_caller]
    pub fn sign_urgently(&self, id: &str) {
        content::sign_urgently(&self.site, id);
    }

    /// Corrects a notice: the edit gets the text of the draft.
    #[track_caller]
    pub fn correct(&self, id: &str, edit: impl Fn(String) -> String) {
        self.revise(id, edit);
        self.sign(id);
    }

    /// Makes the draft of a correction.
    #[track_caller]
    pub fn revise(&self, id: &str, edit: impl Fn(String) -> String) {
        content::revise(self.tick(), id, edit);
    }
}
