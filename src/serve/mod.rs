//! `serve`: a preview on this machine only, by the same code as the build.
//!
//! A change on disk composes the site anew, reading only the folders in which something changed; where that fails, the last
//! good site stays up, and the errors are shown in the page and in the terminal. A page is made when it is asked for.
//! Only this machine's browser is answered (`manners`), and nobody keeps it from its answers (`door`).

mod door;
mod edition;
mod http;
mod living;
mod manners;
mod watch;

use crate::diag::Diagnostic;
use crate::disk::SiteDir;
use crate::moment::Moment;
use edition::{Changed, Editions};
use http::Server;
use std::sync::Arc;

/// How to serve.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The port; 0 for any free one.
    pub port: u16,
    /// Without drafts.
    pub public: bool,
    /// A clock that stands still; none for the real one.
    pub clock: Option<Moment>,
}

/// Says something to the person at the terminal: diagnostics and a last line.
pub type Announce<'a> = &'a (dyn Fn(&[Diagnostic], &str) + Sync);

/// Serves a site until the process ends.
///
/// # Errors
/// The port is taken, or the folder cannot be watched.
pub fn run(site: SiteDir, options: Options, announce: Announce<'_>) -> Result<(), Box<Diagnostic>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Box::new(crate::disk::write_failed("serve", &error)))?;
    let listener = runtime.block_on(http::listen(options.port))?;
    let port = listener.local_addr().map_or(options.port, |address| address.port());
    let editions = Arc::new(Editions::new(site, options, port));
    report(&editions, Changed::Anything, announce);
    announce(&[], &format!("预览：http://127.0.0.1:{port}/ （按 Ctrl+C 结束）"));
    let (_watcher, changes) = watch::start(editions.site())?;
    runtime.spawn(door::open(listener, Arc::new(Server::new(Arc::clone(&editions), port))));
    // This thread waits for changes; it ends with the process.
    while let Ok(changed) = changes.recv() {
        report(&editions, changed, announce);
    }
    Ok(())
}

fn report(editions: &Editions, changed: Changed, announce: Announce<'_>) {
    let (diagnostics, conclusion) = editions.renew(changed);
    announce(&diagnostics, &conclusion);
}
