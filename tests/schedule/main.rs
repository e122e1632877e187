//! Briefings that are made by themselves: calendars, the service on a clock of its own, units, the command.

#[path = "../support/mod.rs"]
mod support;

mod calendar;
mod command;
mod service;
mod turned;
mod units;
