//! Tests of the use cases, on both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod calendar;
mod clubs;
mod crews;
mod crowd;
mod desk;
mod edits;
mod events;
mod fates;
mod finding;
mod health;
mod imports;
mod install;
mod link;
mod may;
mod merge;
mod orders;
mod panel;
mod people;
mod profile;
mod programs;
mod readiness;
mod recurring;
mod roster;
mod series;
mod signups;
mod site;
mod stage;
mod teams;
mod templates;
