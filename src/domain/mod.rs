//! What a club, a member and an event are: every rule and decision, pure.

pub mod channel_name;
pub mod class_list;
pub mod duration;
pub mod local_time;
pub mod name;
pub mod text;
pub mod zone;
