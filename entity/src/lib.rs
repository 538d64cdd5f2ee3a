//! Simlane's database tables as sea-orm entities: one file per table.
//!
//! Instants are whole milliseconds since the unix epoch in UTC; Discord's snowflakes are 64 bits read as
//! signed.

pub mod answers;
pub mod audit_log;
pub mod bindings;
pub mod bot_settings;
pub mod club_settings;
pub mod clubs;
pub mod command_log;
pub mod deletions;
pub mod discord_identities;
pub mod drafts;
pub mod event_classes;
pub mod events;
pub mod follow_ups;
pub mod guilds;
pub mod messages;
pub mod owners;
pub mod questions;
pub mod series;
pub mod signups;
pub mod users;
