//! A small site in all the states from which a run may start: made once, by the program itself, and then only copied.
//!
//! Between the old and the new site a notice is corrected, one withdrawn, one added, a page changed and one removed, and a
//! file of the theme changed; the old one has a picture, a table and an archived version.

use super::samples::{CONFIG, PIXEL, STAGES, notice, person};
use super::strace::plain;
use super::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::TempDir;

/// When what is tried is done.
pub const NOW: &str = "2024-06-05T09:00:00+08:00";

/// Everything that is needed to try a run: folders of which copies are made. Each holds the site in `site`.
pub struct World {
    folder: TempDir,
}

/// The words of a command, at the time of the trial.
pub fn words(words: &[&str]) -> Vec<String> {
    ["--now", NOW].iter().chain(words).map(ToString::to_string).collect()
}

/// Where trials take place: in memory where there is room, since every trial forces things to the disk.
pub fn scratch(prefix: &str) -> TempDir {
    let memory = Path::new("/dev/shm");
    let room = rustix::fs::statvfs(memory).is_ok_and(|there| there.f_bavail * there.f_frsize > 64 << 20);
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    let made = if room { builder.tempdir_in(memory) } else { builder.tempdir() };
    made.unwrap()
}

/// A folder with a site in it.
pub struct Place(pub PathBuf);

impl Place {
    pub fn site(&self) -> PathBuf {
        self.0.join("site")
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn remove(&self, path: &str) -> &Self {
        let path = self.site().join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        self
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub fn run(&self, now: &str, words: &[&str]) -> &Self {
        let words: Vec<String> = ["--now", now].iter().chain(words).map(ToString::to_string).collect();
        let ended = plain(&self.site(), &words);
        assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.said);
        self
    }

    #[track_caller]
    pub fn sign(&self, now: &str, stages: &[&str], what: &str) -> &Self {
        for stage in stages {
            self.run(now, &["review", "sign", "--stage", stage, "--by", &person(stage), what]);
        }
        self
    }
}

const DAYS: [&str; 4] = [
    "2024-06-01T09:00:00+08:00",
    "2024-06-02T09:00:00+08:00",
    "2024-06-03T09:00:00+08:00",
    "2024-06-04T09:00:00+08:00",
];
const FIRST_TWO: [&str; 2] = [STAGES[0], STAGES[1]];

/// The world while some test needs it; it goes with the last.
static WORLD: Mutex<Weak<World>> = Mutex::new(Weak::new());

impl World {
    /// All of it, made by the first who asks.
    pub fn get() -> Arc<Self> {
        let mut world = WORLD.lock().unwrap_or_else(PoisonError::into_inner);
        world.upgrade().unwrap_or_else(|| {
            let made = Arc::new(Self::new());
            *world = Arc::downgrade(&made);
            made
        })
    }

    fn new() -> Self {
        let world = Self { folder: scratch("world-") };
        world.content();
        world.outputs();
        world.desks();
        world
    }

    /// One of its folders.
    pub fn place(&self, name: &str) -> Place {
        Place(self.folder.path().join(name))
    }

    /// A copy of one of its folders, under a new name.
    pub fn copied(&self, from: &str, name: &str) -> Place {
        let place = self.place(name);
        tree::copy(&self.place(from).0, &place.0);
        place
    }

    /// `0`, `1`, `2`: sites before, at and after the old one, without output.
    fn content(&self) {
        let place = self.place("0");
        fs::create_dir_all(&place.0).unwrap();
        let site = place.site();
        let made = plain(&place.0, &words(&["init", site.to_str().unwrap()]));
        assert_eq!(made.code, Some(0), "{}", made.said);
        place.write("site.yaml", format!("{CONFIG}targets:\n  - {{name: 官网, to: ../www}}\n"));
        place.write("content/pages/about.md", "---\ntitle: 关于\n---\n本站。\n");
        place.write("content/pages/gone.md", "---\ntitle: 旧页\n---\n旧。\n");
        let picture = "image: {file: 图.png, alt: 磁力珠}\nactions:";
        draft(&place, "2024-001", &notice("2024-001", "磁力珠").replace("actions:", picture));
        place.write("content/drafts/2024-001/图.png", PIXEL);
        let table = "findings: {file: 表.csv, caption: 不合格情况}\nactions:";
        draft(&place, "2024-002", &notice("2024-002", "水晶泥").replace("actions:", table));
        place.write("content/drafts/2024-002/表.csv", "产品,批号,不合格项目\n水晶泥,A1,硼\n");
        draft(&place, "2024-003", &notice("2024-003", "气球"));
        place.sign(DAYS[0], &STAGES, "content/drafts");
        self.later_content();
    }

    fn later_content(&self) {
        let place = self.copied("0", "1");
        place.run(DAYS[1], &["revise", "2024-002", "--what", "补充批号", "--why", "又查到一批"]);
        place.sign(DAYS[1], &STAGES, "2024-002");

        let place = self.copied("1", "2");
        place.run(DAYS[2], &["revise", "2024-001", "--what", "补充型号", "--why", "又查到一种"]);
        place.run(DAYS[2], &["withdraw", "2024-003", "--reason", "已召回完毕"]);
        draft(&place, "2024-004", &notice("2024-004", "热水袋"));
        place.sign(DAYS[2], &STAGES, "content/drafts");
        place.remove("content/pages/gone.md");
        place.write("content/pages/about.md", "---\ntitle: 关于\n---\n本站已改版。\n");
        place.write("themes/default/static/404.css", "main { margin: 1em }\n");
    }

    /// Sites with the content of `2` and one output or another.
    fn outputs(&self) {
        self.copied("2", "absent");
        self.built("standby", "", &[]);
        let place = self.copied("standby", "bare");
        place.remove(".public.jingshi");
        let place = self.copied("standby", "foreign");
        place.write("public/.git/config", "[core]").write("public/portal/头条.html", "门户").write("public/CNAME", "x");
        fs::create_dir_all(place.site().join("public/.git/refs/heads")).unwrap();
        let key = self.folder.path().join("key");
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-t", "ed25519", "-N", "", "-C", "sample", "-f"]).arg(&key);
        assert!(command.status().unwrap().success(), "ssh-keygen");
        let public = fs::read_to_string(key.with_extension("pub")).unwrap();
        self.built("signed", &format!("site_key: \"{}\"\n", public.trim()), &["--key", key.to_str().unwrap()]);
        self.targets(&key);
    }

    /// Builds the old site and the one before in a folder, and lays the content of the new one there.
    pub fn build_at(&self, place: &Path) {
        tree::copy(&self.place("0").0, place);
        self.build_old(&Place(place.to_owned()), "", &[]);
    }

    fn built(&self, name: &str, more: &str, options: &[&str]) {
        let place = self.copied("0", name);
        self.build_old(&place, more, options);
        // From outside the site: its content has gone on since.
        let verified = plain(&place.0, &words(&["verify", "site/public"]));
        assert_eq!(verified.code, Some(0), "{}", verified.said);
    }

    /// A site whose output is the old one and whose standby the one before.
    fn build_old(&self, place: &Place, more: &str, options: &[&str]) {
        let config = fs::read_to_string(place.site().join("site.yaml")).unwrap() + more;
        let build = [&["build"], options].concat();
        for (day, source) in [(DAYS[1], "0"), (DAYS[2], "1")] {
            self.lay(source, place).write("site.yaml", &config).run(day, &build);
        }
        self.lay("2", place).write("site.yaml", &config);
    }

    /// Puts the content and the theme of one site in the place of another's.
    pub fn lay<'a>(&self, source: &str, place: &'a Place) -> &'a Place {
        for folder in ["content", "themes"] {
            tree::replace(&self.place(source).site().join(folder), &place.site().join(folder));
        }
        place
    }

    /// Sites that are built, and a target in one state or another.
    fn targets(&self, key: &Path) {
        let build = ["build", "--key", key.to_str().unwrap()];
        let place = self.copied("signed", "target-old");
        self.lay("1", &place).run(DAYS[3], &build).run(DAYS[3], &["publish"]);
        self.lay("2", &place).run(NOW, &build);
        let place = self.copied("target-old", "target-empty");
        fs::remove_dir_all(place.0.join("www")).unwrap();
        let place = self.copied("target-old", "target-unsigned");
        fs::remove_file(place.0.join("www/manifest.json.sig")).unwrap();
    }

    /// Sites with something on the desk.
    fn desks(&self) {
        let on = |name: &str| self.copied("1", name);
        let place = on("first");
        draft(
            &place,
            "2024-004",
            &notice("2024-004", "热水袋").replace("actions:", "image: {file: 图.png, alt: 图}\nactions:"),
        );
        place.write("content/drafts/2024-004/图.png", PIXEL).sign(DAYS[2], &FIRST_TWO, "2024-004");
        let place = on("revision");
        place.run(DAYS[2], &["revise", "2024-001", "--what", "补充型号", "--why", "又查到一种"]);
        place.sign(DAYS[2], &FIRST_TWO, "2024-001");
        let place = on("withdrawal");
        place.run(DAYS[2], &["withdraw", "2024-003", "--reason", "已召回完毕"]);
        place.sign(DAYS[2], &FIRST_TWO, "2024-003");
        let place = on("several");
        place.run(DAYS[2], &["revise", "2024-001", "--what", "补充型号", "--why", "又查到一种"]);
        place.run(DAYS[2], &["withdraw", "2024-003", "--reason", "已召回完毕"]);
        draft(&place, "2024-004", &notice("2024-004", "热水袋"));
        place.sign(DAYS[2], &FIRST_TWO, "content/drafts");
        self.other_desks();
    }

    fn other_desks(&self) {
        let on = |name: &str| self.copied("1", name);
        let place = on("urgent");
        draft(&place, "2024-004", &notice("2024-004", "热水袋"));
        let place = self.copied("urgent", "completion");
        let by = person(STAGES[2]);
        let urgent =
            ["review", "sign", "--stage", STAGES[2], "--by", &by, "--urgent", "--reason", "有人受伤", "2024-004"];
        place.run(DAYS[2], &urgent).sign(DAYS[2], &[STAGES[0]], "2024-004");
        let place = on("mistakes");
        for id in ["2024-004", "2024-005"] {
            draft(&place, id, &notice(id, "热水袋").replace("kind: ", "kind：").replace("audience: ", "audience："));
        }
        let place = on("import");
        fs::write(place.0.join("通知.md"), "# 关于热水袋的风险警示\n\n![图](图.png)\n\n充电时不要用。\n").unwrap();
        fs::write(place.0.join("图.png"), PIXEL).unwrap();
        fs::create_dir_all(self.place("nothing").site()).unwrap();
    }
}

fn draft(place: &Place, id: &str, text: &str) {
    place.write(&format!("content/drafts/{id}/index.md"), text);
}
