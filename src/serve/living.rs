//! An edition that lives: composed, and ready to make whatever page is asked for.
//!
//! A plan borrows from the site it was made of; so the two stay on the stack of a thread of their own, and requests come to
//! it. It ends when nobody can ask it any more. A page costs a fraction of a millisecond, all of them together seconds:
//! so none is made before somebody looks at it, and the pages of notices can be had while the plan of all files is made.

use crate::artifact::{Artifact, Edition, Plan};
use crate::compose::{self, Options};
use crate::diag::{self, Diagnostic, Outcome};
use crate::disk::{SiteDir, write_failed};
use crate::moment::Moment;
use crate::output::bytes_of;
use crate::pages::{Frame, find_of_notice};
use crate::route::BaseUrl;
use crate::workspace::{Known, Workspace};
use axum::body::Bytes;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread;

/// How many pages are made at the same time.
const MAKERS: usize = 2;

/// What becomes of a request: the bytes of the file, or why they cannot be made; nothing where the edition has no such file.
type Answer = Option<Result<Bytes, Box<Diagnostic>>>;

/// Files that somebody is still being sent, by path: who asks for the same gets the same bytes.
type Underway = Mutex<BTreeMap<String, Weak<Vec<u8>>>>;

/// A request, and where the answer goes.
enum Request {
    File(String, SyncSender<Answer>),
    Has(String, SyncSender<bool>),
}

/// An edition to be asked for files.
#[derive(Clone)]
pub(super) struct Living {
    requests: Sender<Request>,
}

/// What became of an attempt to begin an edition.
#[derive(Default)]
pub(super) struct Begun {
    /// The edition, where nothing speaks against it so far, and where to learn of the rest.
    pub living: Option<(Living, Receiver<Planned>)>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// What is known for the next edition, where there is none to ask.
    pub known: Known,
}

/// What comes of all files, which are planned while the first pages are shown.
#[derive(Default)]
pub(super) struct Planned {
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files there are.
    pub files: usize,
    /// What is known for the next edition.
    pub known: Known,
}

/// What an edition is to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// The clock.
    pub now: Moment,
    /// For whom.
    pub edition: Edition,
    /// Where it is to be seen.
    pub port: u16,
}

impl Living {
    /// Composes the site as it is now, on a thread of its own, and waits until that is done.
    pub(super) fn begin(site: SiteDir, known: Known, wanted: Wanted) -> Begun {
        let (tell, told) = sync_channel(1);
        let spawned =
            thread::Builder::new().name("edition".to_owned()).spawn(move || live(&site, known, wanted, &tell));
        match spawned {
            Ok(_) => told.recv().unwrap_or_default(),
            Err(error) => Begun { diagnostics: vec![write_failed("serve", &error)], ..Begun::default() },
        }
    }

    /// The bytes of a file; it takes as long as making them does.
    pub(super) fn file(&self, path: &str) -> Answer {
        let (answer, answered) = sync_channel(1);
        self.requests.send(Request::File(path.to_owned(), answer)).ok()?;
        answered.recv().ok()?
    }

    /// Whether it has a file.
    pub(super) fn has(&self, path: &str) -> bool {
        let (answer, answered) = sync_channel(1);
        self.requests.send(Request::Has(path.to_owned(), answer)).is_ok() && answered.recv().unwrap_or_default()
    }
}

/// Begins an edition, tells of it, and answers until nobody asks.
fn live(site: &SiteDir, known: Known, wanted: Wanted, tell: &SyncSender<Begun>) {
    let Outcome { value: workspace, mut diagnostics } = Workspace::open_knowing(site, wanted.edition, known);
    // Nobody listens any more once the program ends.
    let Some((workspace, readings)) = workspace else {
        let _ = tell.send(Begun { diagnostics, ..Begun::default() });
        return;
    };
    let here = BaseUrl::parse(&format!("http://127.0.0.1:{}/", wanted.port));
    let base_url = here.unwrap_or_else(|| workspace.config.base_url.clone());
    let options = Options { now: wanted.now, edition: wanted.edition, base_url };
    workspace.compose(readings, &options, |frame| {
        let Outcome { value: frame, diagnostics: composing } = frame;
        diagnostics.extend(composing.iter().cloned());
        let known = || workspace.known(frame.site, &composing);
        if diag::has_errors(&diagnostics) {
            let _ = tell.send(Begun { diagnostics, known: known(), living: None });
            return;
        }
        let (requests, asked) = channel();
        let (tell_planned, planned) = sync_channel(1);
        let living = Some((Living { requests }, planned));
        let _ = tell.send(Begun { living, diagnostics, ..Begun::default() });
        let tell_planned = move |planned: Planned| drop(tell_planned.send(Planned { known: known(), ..planned }));
        Makers { site, frame, edition: wanted.edition, plan: OnceLock::new(), underway: Underway::default() }
            .answer(asked, tell_planned);
    });
}

/// Makes what is asked for.
struct Makers<'a> {
    site: &'a SiteDir,
    frame: &'a Frame<'a>,
    edition: Edition,
    plan: OnceLock<Outcome<Plan<'a>>>,
    underway: Underway,
}

impl<'a> Makers<'a> {
    /// Answers until nobody asks, and tells of the plan of all files when it is made.
    fn answer(&self, asked: Receiver<Request>, tell: impl FnOnce(Planned)) {
        let asked = Mutex::new(asked);
        thread::scope(|scope| {
            for _ in 0..MAKERS {
                scope.spawn(|| {
                    let next = || asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    while let Ok(request) = next() {
                        self.serve(request);
                    }
                });
            }
            let Outcome { value: plan, diagnostics } = self.plan();
            let (diagnostics, files) = (diagnostics.clone(), plan.artifacts().len());
            tell(Planned { diagnostics, files, ..Planned::default() });
        });
    }

    /// Answers a request; who asked may have gone.
    fn serve(&self, request: Request) {
        match request {
            Request::File(path, answer) => drop(answer.send(self.file(&path))),
            Request::Has(path, answer) => {
                let has = find_of_notice(self.frame, &path).is_some() || self.plan().value.find(&path).is_some();
                let _ = answer.send(has);
            }
        }
    }

    fn file(&self, path: &str) -> Answer {
        let made = |artifact: &Artifact<'_>| shared(&self.underway, path, || bytes_of(artifact, self.site));
        match find_of_notice(self.frame, path) {
            Some(artifact) => Some(made(&artifact)),
            None => self.plan().value.find(path).map(made),
        }
    }

    fn plan(&self) -> &Outcome<Plan<'a>> {
        self.plan.get_or_init(|| compose::plan(self.frame, self.edition))
    }
}

/// Bytes that are sent already, or else made.
fn shared(
    underway: &Underway,
    path: &str,
    make: impl FnOnce() -> Result<Vec<u8>, Box<Diagnostic>>,
) -> Result<Bytes, Box<Diagnostic>> {
    let held = || underway.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = held().get(path).and_then(Weak::upgrade) {
        return Ok(Bytes::from_owner(Sent(bytes)));
    }
    let bytes = Arc::new(make()?);
    held().insert(path.to_owned(), Arc::downgrade(&bytes));
    Ok(Bytes::from_owner(Sent(bytes)))
}

/// Bytes that several connections hold.
struct Sent(Arc<Vec<u8>>);

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
