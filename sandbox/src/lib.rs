//! A local Discord to build, show and test Simlane against.
//!
//! Guilds, members, roles, channels and messages live in memory; the REST routes that Simlane uses answer with Discord's own
//! status codes, error codes, permission rules, limits and rate-limit headers; people press buttons and type commands, and the
//! signed interactions reach the service as Discord would send them. It keeps a record of every call, complains about whatever
//! the real Discord would not like, and fails on demand.

mod acts;
mod application;
mod attachments;
mod audit;
mod by_hand;
mod calls;
mod channel;
mod complaints;
mod compose;
mod discord;
pub mod faults;
mod guild;
pub mod interaction;
mod limits;
mod markdown;
pub mod model;
mod oauth;
pub mod openapi;
mod options;
pub mod people;
pub mod permissions;
mod record;
mod rest;
mod snowflake;
mod stage;
pub mod terminal;
pub mod tour;
pub mod web;
mod webhook_events;

pub use application::Application;
pub use attachments::{Attachment, Served};
pub use by_hand::ByHand;
pub use calls::{Call, Mark};
pub use channel::Channel;
pub use complaints::Complaint;
pub use discord::{Discord, StartError};
pub use faults::{ArmedFault, Fault, FaultId, FaultKind, Faults, Match, Moment, Times};
pub use guild::{Guild, GuildSnapshot, Newcomer, Role};
pub use model::{MembersIntent, Message};
pub use oauth::Consent;
pub use options::Options;
pub use permissions::{Abilities, Permissions};
pub use record::{Delivery, DeliveryOutcome, Verdict};
pub use snowflake::Snowflake;
pub use webhook_events::{WebhookAttempt, WebhookEvent};
