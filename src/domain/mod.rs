//! What a club, a member and an event are: every rule and decision, pure.

pub mod account;
pub mod actor;
pub mod channel_name;
pub mod class_list;
pub mod club;
pub mod discord_handle;
pub mod duration;
pub mod email;
pub mod event;
pub mod id;
pub mod iracing_id;
pub mod local_time;
pub mod matching;
pub mod name;
pub mod overwrite;
pub mod owner;
pub mod panel;
pub mod permission;
pub mod refusal;
pub mod roster;
pub mod settings;
pub mod signup;
pub mod snowflake;
pub mod spreadsheet;
pub mod text;
pub mod zone;
