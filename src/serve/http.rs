//! Answers on 127.0.0.1, under its own name only, so that no page of another site can read a draft.

use super::edition::{Editions, Shown};
use super::manners;
use crate::diag::{self, Code, Diagnostic, Look};
use crate::route;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

/// Addresses of the server itself; no notice can have them, since content never begins with a dot or underscore.
const EVENTS: &str = "/_jingshi/events";
const SCRIPT: &str = "/_jingshi/reload.js";
const STYLE: &str = "/_jingshi/errors.css";

/// The media type of a page.
const HTML: &str = "text/html; charset=utf-8";

/// How errors are written into the page: in no colours, without lines that a browser's font would set askew.
const LOOK: Look = Look { coloured: false, width: 100 };

/// Takes the port.
///
/// # Errors
/// It is taken.
pub(super) async fn listen(port: u16) -> Result<TcpListener, Box<Diagnostic>> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        Box::new(
            Diagnostic::error(Code::Usage, format!("不能使用端口 {port}：{error}"))
                .hint("另一个程序在用它：请用 --port 换一个，例如 --port 8500"),
        )
    })
}

/// How many pages are waited for at the same time; who has to wait longer may go meanwhile.
const MAKERS: usize = 4;

/// What answers.
pub(super) struct Server {
    editions: Arc<Editions>,
    port: u16,
    makers: Semaphore,
}

impl Server {
    /// It shows these editions under this port.
    pub(super) fn new(editions: Arc<Editions>, port: u16) -> Self {
        Self { editions, port, makers: Semaphore::new(MAKERS) }
    }
}

/// Answers a request. Nothing of its body is ever read.
pub(super) fn answer<B>(server: &Arc<Server>, request: &Request<B>) -> impl Future<Output = Response> + use<B> {
    let (server, path) = (Arc::clone(server), request.uri().path().to_owned());
    let refusal = manners::refusal(request, server.port);
    async move {
        match (refusal, path.as_str()) {
            (Some((status, why)), _) => refused(status, why),
            (None, EVENTS) => events(&server).into_response(),
            (None, SCRIPT) => typed("text/javascript; charset=utf-8", include_str!("reload.js").into()),
            (None, STYLE) => typed("text/css; charset=utf-8", include_str!("errors.css").into()),
            (None, _) => {
                let shown = server.editions.shown();
                // Who goes while waiting for a turn is not kept in the queue.
                let _turn = server.makers.acquire().await;
                // Pages are made when they are asked for; others need not wait for them.
                let made = tokio::task::spawn_blocking(move || file(&path, &shown)).await;
                made.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "这一页没有做出来"))
            }
        }
    }
}

fn refused(status: StatusCode, why: &'static str) -> Response {
    let mut refused = plain(status, why);
    // What would follow on this connection need not be a request at all.
    refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    refused
}

/// One event for every new edition.
fn events(server: &Server) -> impl IntoResponse + use<> {
    let changes = WatchStream::from_changes(server.editions.subscribe());
    let stream = changes.map(|generation| Ok::<_, Infallible>(Event::default().data(generation.to_string())));
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn file(path: &str, shown: &Shown) -> Response {
    let Ok(path) = percent_decode_str(path.trim_start_matches('/')).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "地址不是 UTF-8");
    };
    let is_folder = path.is_empty() || path.ends_with('/');
    let index = if is_folder { format!("{path}index.html") } else { format!("{path}/index.html") };
    // Only what the edition holds can be had: there is no way from here to the disk.
    if let Some(response) = content(if is_folder { &index } else { &path }, shown) {
        return response;
    }
    if !is_folder && shown.living.as_ref().is_some_and(|living| living.has(&index)) {
        let folder = format!("/{}/", route::encode_path(&path));
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, folder)]).into_response();
    }
    const NOTHING: &[u8] = b"<!doctype html><html lang=\"zh-CN\"><head><title>404</title></head><body></body></html>";
    let page = content("404.html", shown);
    (StatusCode::NOT_FOUND, page.unwrap_or_else(|| typed(HTML, inject(NOTHING, shown).into()))).into_response()
}

/// A file of the edition, if it has it; why it cannot be made, where it cannot.
fn content(path: &str, shown: &Shown) -> Option<Response> {
    let kind = media_type(path.rsplit('.').next().unwrap_or_default());
    Some(match shown.living.as_ref()?.file(path)? {
        Ok(bytes) if kind == HTML => typed(HTML, inject(&bytes, shown).into()),
        Ok(bytes) => typed(&kind, bytes.into()),
        Err(error) => {
            let text = diag::render(&error, None, LOOK);
            (StatusCode::INTERNAL_SERVER_ERROR, typed("text/plain; charset=utf-8", text.into())).into_response()
        }
    })
}

fn typed(kind: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The index of the search stands in scripts, which any page could load that knows the port.
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ];
    (headers, body).into_response()
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, typed("text/plain; charset=utf-8", text.into())).into_response()
}

/// The page with the script that reloads it and, where there are errors, what they are.
fn inject(page: &[u8], shown: &Shown) -> Vec<u8> {
    let mut extra = format!("<script src=\"{SCRIPT}\" defer></script>");
    if !shown.errors.is_empty() {
        let _ = write!(
            extra,
            "<link rel=\"stylesheet\" href=\"{STYLE}\"><section id=\"jingshi-errors\" role=\"alert\" lang=\"zh-CN\"><h2>内容有错误，以下仍是上一次的样子</h2><pre>{}</pre></section>",
            escape(&shown.errors.iter().map(|error| diag::render(error, None, LOOK)).collect::<String>())
        );
    }
    let text = String::from_utf8_lossy(page);
    match text.rfind("</body>") {
        Some(end) => format!("{}{extra}{}", &text[..end], &text[end..]).into_bytes(),
        None => format!("{text}{extra}").into_bytes(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The media type of a file, with the encoding where it is text.
fn media_type(extension: &str) -> String {
    let plain = match extension {
        // What a person opens shows in its style sheet only as `application/xml`, and a CSV at all only as text.
        "xml" => "application/xml",
        "csv" => "text/plain",
        other => route::media_type(other),
    };
    let is_text = plain.starts_with("text/") || plain.ends_with("/xml");
    if is_text { format!("{plain}; charset=utf-8") } else { plain.to_owned() }
}
