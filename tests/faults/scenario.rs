//! What is tried: a command, the state from which it starts, and what it must come to when nothing disturbs it.

use super::call::Call;
use super::publication::broken_links;
use super::strace::{self, Point, plain};
use super::tree::{Tree, below, copy, tree};
use super::world::{World, words};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What must hold after a fault differs by what a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It makes the output.
    Build,
    /// It changes the content; run again, it comes to the same, or says that all is done.
    Desk,
    /// The same, but run again after it was done it does one more.
    Another,
    /// It makes a site.
    Init,
    /// It brings the output to a folder.
    Publish,
}

/// A command and the state from which it starts.
pub struct Scenario {
    world: Arc<World>,
    pub command: &'static str,
    pub start: &'static str,
    pub kind: Kind,
    pub words: Vec<String>,
}

/// A scenario as it goes when nothing disturbs it: trees of the whole place.
pub struct Gold {
    pub before: Tree,
    pub after: Tree,
    /// After the build that follows.
    pub settled: Tree,
    pub calls: Vec<Call>,
    pub points: Vec<Point>,
}

/// Where the site lies in a place.
pub fn site(place: &Path) -> PathBuf {
    place.join("site")
}

impl Scenario {
    /// All of them.
    pub fn all(world: &Arc<World>) -> Vec<Self> {
        let key = world.place("key").0.display().to_string();
        let signed = format!("build --jobs 1 --key {key}");
        let tried: &[(&'static str, &'static str, Kind, &str)] = &[
            ("build", "absent", Kind::Build, "build --jobs 1"),
            ("build", "bare", Kind::Build, "build --jobs 1"),
            ("build", "standby", Kind::Build, "build --jobs 1"),
            ("build", "foreign", Kind::Build, "build --jobs 1"),
            ("build", "signed", Kind::Build, &signed),
            ("build", "known", Kind::Build, "build --jobs 1"),
            ("sign", "first", Kind::Desk, "review sign --stage 终审 --by 终审员 2024-004"),
            ("sign", "revision", Kind::Desk, "review sign --stage 终审 --by 终审员 2024-001"),
            ("sign", "withdrawal", Kind::Desk, "review sign --stage 终审 --by 终审员 2024-003"),
            ("sign", "several", Kind::Desk, "review sign --stage 终审 --by 终审员 content/drafts"),
            ("sign", "urgent", Kind::Desk, "review sign --stage 终审 --by 终审员 --urgent --reason 有人受伤 2024-004"),
            ("sign", "completion", Kind::Desk, "review sign --stage 复审 --by 复审员 2024-004"),
            ("revise", "1", Kind::Desk, "revise 2024-001 --what 甲 --why 乙"),
            ("withdraw", "1", Kind::Desk, "withdraw 2024-003 --reason 甲"),
            ("new", "1", Kind::Another, "new 风险警示 热水袋"),
            ("new --id", "1", Kind::Desk, "new 风险警示 热水袋 --id 2024-007"),
            ("import", "import", Kind::Desk, "import ../通知.md --id 2024-007"),
            ("check --fix", "mistakes", Kind::Desk, "check --fix"),
            ("report", "1", Kind::Desk, "report --month 2024-06 --output ."),
            ("schema", "1", Kind::Desk, "schema --output schema.json"),
            ("init", "nothing", Kind::Init, "init neu"),
            ("init .", "nothing", Kind::Init, "init ."),
            ("publish", "target-empty", Kind::Publish, "publish"),
            ("publish", "target-old", Kind::Publish, "publish"),
            ("publish", "target-unsigned", Kind::Publish, "publish"),
        ];
        tried.iter().map(|tried| Self::new(world, tried)).collect()
    }

    fn new(world: &Arc<World>, (command, start, kind, said): &(&'static str, &'static str, Kind, &str)) -> Self {
        let said: Vec<&str> = said.split(' ').collect();
        Self { world: world.clone(), command, start, kind: *kind, words: words(&said) }
    }

    /// Puts the state from which it starts into a folder.
    pub fn lay(&self, place: &Path) {
        if place.exists() {
            std::fs::remove_dir_all(place).unwrap();
        }
        // What is known of files is known of these very ones: no copy will do.
        if self.start == "known" {
            return self.world.build_at(place);
        }
        copy(&self.world.place(self.start).0, place);
    }

    /// Runs it undisturbed and writes down what it did.
    pub fn gold(&self, place: &Path) -> Gold {
        self.lay(place);
        let before = tree(place).unwrap();
        let log = place.with_extension("log");
        let (ended, calls) = strace::trace(&site(place), &self.words, &log);
        assert_eq!(ended.code, Some(0), "{} from {}: {}", self.command, self.start, ended.said);
        let after = tree(place).unwrap();
        if self.kind == Kind::Build {
            self.check_trees(place, [&before, &after]);
        }
        let settled =
            self.settle(place).unwrap_or_else(|fault| panic!("{} from {}: {fault}", self.command, self.start));
        Gold { before, after, settled, points: strace::points(&calls, place), calls }
    }

    /// The two trees between which there is to be nothing are themselves what they should be.
    fn check_trees(&self, place: &Path, trees: [&Tree; 2]) {
        let verified = plain(&site(place), &words(&["verify"]));
        assert_eq!(verified.code, Some(0), "{} from {}: {}", self.command, self.start, verified.said);
        for public in trees.into_iter().filter_map(|tree| below(tree, "site/public")) {
            assert_eq!(broken_links(&public), [], "{} from {}", self.command, self.start);
        }
    }

    /// What follows a command that changed the content: the record is verified and the site built.
    pub fn settle(&self, place: &Path) -> Result<Tree, String> {
        if matches!(self.kind, Kind::Desk | Kind::Another) {
            for said in [&["review", "verify"][..], &["build"]] {
                let ended = plain(&site(place), &words(said));
                // An urgent publication is late, and its verification says so.
                if ended.code != Some(0) {
                    return Err(format!("{said:?} afterwards: {}", ended.said));
                }
            }
        }
        Ok(tree(place).unwrap())
    }
}
