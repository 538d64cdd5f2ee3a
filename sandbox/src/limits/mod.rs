//! Discord's limits: how often, how many, how long.

mod rate;

pub(crate) use rate::{Limiter, Stamp};
