//! Work that happens after an answer: wakes, follow-ups and ticks.
//!
//! The queue is a doorbell. What is to be done stands in the database, so a job that is lost, repeated or late
//! changes nothing but the moment: the sweep finds whatever nobody rang for.

pub mod bell;
pub mod census;
mod coalesce;
mod crew;
pub mod cron;
mod desk;
mod follow_up;
mod import;
mod inprocess;
mod inquiry;
mod job;
mod link;
mod poll;
pub mod queue;
pub mod register;
pub mod sweep;
pub mod sync;
mod webhook;
pub mod worker;

#[cfg(test)]
mod tests;

pub use bell::Bell;
pub use census::Census;
pub use crew::{Crew, CrewParts};
pub use follow_up::{Delivered, FollowUpParts, FollowUps};
pub use import::{ImportError, ImportParts, Imports};
pub use inquiry::{Answered, Inquiries, InquiryError, InquiryParts};
pub use job::{Handle, Job};
pub use queue::{Queue, QueueError};
pub use register::{Registrar, RegistrarParts};
pub use sweep::Sweeper;
pub use sync::{Stepped, Syncs};
pub use webhook::Webhooks;
pub use worker::{Drained, Workers};
