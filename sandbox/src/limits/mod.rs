//! Discord's limits: how often, how many, how long.

mod channel;
mod command;
mod component;
mod form;
mod message;
mod rate;
mod role;
mod scheduled;
mod thread;

pub(crate) use channel::{ChannelForm, channel_name, overwrite_form};
pub(crate) use command::commands;
pub(crate) use form::Form;
pub(crate) use message::{MessageLimits, message_limits};
pub(crate) use rate::{Key, Limiter, Refusal, Size, Stamp, Standing};
pub(crate) use role::RoleForm;
pub(crate) use scheduled::ScheduledForm;
pub(crate) use thread::ThreadForm;
