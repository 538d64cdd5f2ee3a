//! Simlane on Discord: a racing club's endurance events, run from slash commands, buttons and modals.
//!
//! The database says what should be, one pure function computes it, and the reconciler makes Discord agree.

pub mod api;
pub mod app;
pub mod base;
pub mod cli;
pub mod discord;
pub mod domain;
pub mod http;
pub mod interaction;
pub mod jobs;
pub mod oauth;
pub mod reconcile;
pub mod service;
pub mod site;
pub mod store;
pub mod telemetry;
pub mod view;
