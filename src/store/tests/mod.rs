//! The store against both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod aggregates;
mod bindings;
mod blueprints;
mod connections;
mod forget;
mod indexes;
mod inquiries;
mod leases;
mod migrations;
mod owners;
mod records;
mod scale;
mod signups;
mod webhooks;
