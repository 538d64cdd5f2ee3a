//! Simlane's database tables as sea-orm entities: one file per table.
//!
//! Instants are whole milliseconds since the unix epoch in UTC; Discord's snowflakes are 64 bits read as
//! signed.

pub mod answers;
pub mod api_tokens;
pub mod audit_log;
pub mod bindings;
pub mod bot_settings;
pub mod club_invites;
pub mod club_settings;
pub mod clubs;
pub mod command_log;
pub mod conflicts;
pub mod crew_drafts;
pub mod deletions;
pub mod discord_identities;
pub mod drafts;
pub mod event_classes;
pub mod event_notices;
pub mod events;
pub mod follow_up_files;
pub mod follow_ups;
pub mod guild_members;
pub mod guild_roles;
pub mod guilds;
pub mod idempotency_keys;
pub mod import_jobs;
pub mod imports;
pub mod link_codes;
pub mod link_tries;
pub mod match_answers;
pub mod members;
pub mod messages;
pub mod oauth_states;
pub mod occurrences;
pub mod owners;
pub mod questions;
pub mod readiness;
pub mod recurrences;
pub mod rooms;
pub mod series;
pub mod signups;
pub mod sync_changes;
pub mod sync_members;
pub mod sync_runs;
pub mod team_invitations;
pub mod team_members;
pub mod teams;
pub mod templates;
pub mod users;
pub mod webhook_deliveries;
pub mod webhooks;
