//! Sharing: what happens to a briefing once it is made.

pub mod verify;
