//! Markdown.
mod emphasis;
