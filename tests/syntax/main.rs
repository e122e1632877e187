//! The syntax analyser from outside: arcs of news sentences, any text, and which sentences are worth its work.

#[path = "../support/mod.rs"]
mod support;

mod analysis;
mod news;
mod properties;
mod worth;
