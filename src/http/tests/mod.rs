//! The public routes as Discord and people use them: real requests, real signatures, through the router.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod drafts;
mod limits;
mod listening;
mod logs;
mod open_routes;
mod repeats;
mod stage;
mod trust;
