//! `jingshi` (警示) turns reviewed Markdown notices into a public web site and feeds.
//!
//! The library is a functional core of plain types and a thin shell around it; `ARCHITECTURE.md` draws the pipeline,
//! names every module in one sentence and lists the invariants. A test (`tests/layers.rs`) keeps the layers apart.

pub mod archive;
pub mod chart;
pub mod diag;
pub mod digest;
pub mod json;
pub mod metadata;
pub mod moment;
pub mod qr;
pub mod route;
pub mod sheet;
pub mod ssh;
pub mod text;
pub mod xml;
pub mod yaml;

pub mod config;
pub mod notice;
pub mod passage;
pub mod standards;
pub mod vocabulary;
pub mod workdays;

pub mod draft;
pub mod front_matter;
pub mod inputs;
pub mod markdown;
pub mod schema;

pub mod import;
pub mod lint;
pub mod read;
pub mod review;

pub mod artifact;
pub mod site;
pub mod theme;
pub mod view;

pub mod cap;
pub mod data;
pub mod feed;
pub mod lookup;
pub mod monthly;
pub mod pages;
pub mod search;
pub mod statistics;

pub mod compose;

pub mod disk;
pub mod embedded;
pub mod output;
pub mod workspace;

pub mod cli;
pub mod publish;
pub mod serve;
pub mod verify;
