//! `jingshi` (警示) turns reviewed Markdown notices into a public web site and feeds.
//!
//! The library is a functional core of plain types and a thin shell around it; `ARCHITECTURE.md` draws the pipeline,
//! names every module in one sentence and lists the invariants. A test (`tests/layers.rs`) keeps the layers apart.

pub mod diag;
pub mod digest;
pub mod moment;
pub mod route;
pub mod text;
pub mod yaml;

pub mod config;
pub mod notice;
pub mod vocabulary;

pub mod theme;
pub mod view;
