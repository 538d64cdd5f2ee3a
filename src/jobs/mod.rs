//! Work that happens after an answer: wakes, follow-ups and ticks.
//!
//! The queue is a doorbell. What is to be done stands in the database, so a job that is lost, repeated or late
//! changes nothing but the moment: the sweep finds whatever nobody rang for.

mod coalesce;
pub mod cron;
mod desk;
mod inprocess;
mod job;
mod link;
mod poll;
pub mod queue;
mod worker;

#[cfg(test)]
mod tests;

pub use job::{Handle, Job};
pub use queue::{Queue, QueueError};
pub use worker::{Drained, Workers};
