//! The syntax analyser from outside: arcs of news sentences, and any text.

mod analysis;
mod news;
mod properties;
