//! What people can do, as signed requests to the real router over SQLite, and what they read in return.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bad_input;
mod club;
mod drawing;
mod events;
mod finding;
mod lists;
mod may;
mod questions;
mod series;
mod settings;
mod signups;
mod stage;
