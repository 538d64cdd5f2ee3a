//! The database. The only user of sea-orm and of `entity`: one file per aggregate, every finder scoped by its
//! club or guild.
//!
//! Functions read from any [`Source`]: the [`Store`] itself, or a transaction that must see its own changes.
//! What a person does is written in a [`Tx`]. What the reconciler does is written in a [`Fenced`]
//! transaction, which a worker gets only while no newer lease on the guild exists.

pub mod answers;
pub mod api_tokens;
pub mod audit;
pub mod availability;
pub mod bindings;
pub mod bot_settings;
pub mod calendars;
mod club_settings;
pub mod clubs;
pub mod command_log;
pub mod conflicts;
mod connect;
mod convert;
pub mod crew_drafts;
pub mod deletions;
pub mod drafts;
mod error;
pub mod event_notices;
pub mod events;
pub mod fault;
pub mod follow_ups;
pub mod forget;
pub mod guild_members;
pub mod guild_roles;
pub mod guilds;
pub mod idempotency;
pub mod identities;
pub mod import_jobs;
pub mod imports;
pub mod inquiries;
pub mod invitations;
pub mod leases;
pub mod link_codes;
pub mod match_answers;
pub mod members;
pub mod membership;
pub mod messages;
mod migrate;
pub mod oauth_states;
pub mod openings;
pub mod owners;
pub mod partners;
pub mod preferences;
pub mod questions;
pub mod readiness;
pub mod recurrences;
pub mod rooms;
pub mod series;
pub mod signups;
pub mod sync_changes;
pub mod sync_runs;
pub mod team_invitations;
pub mod teams;
pub mod templates;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tx;
pub mod users;
pub mod webhooks;

pub use connect::{Kind, Store};
pub use error::StoreError;
pub use leases::Lease;
pub use tx::{DbInstant, Fenced, Source, Tx};
