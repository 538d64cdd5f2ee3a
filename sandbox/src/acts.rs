//! What is done to channels, threads, messages, roles and scheduled events, by the bot or by hand: the change itself and its entry in the audit log.
//!
//! Nothing here asks whether the actor may; REST does before, and people by hand are taken to be allowed.

mod bot;
mod channel;
mod overwrite;
mod pin;
mod role;
mod scheduled;
mod thread;

pub(crate) use bot::{Bot, install_bot, remove_bot};
pub(crate) use channel::{create_channel, delete_channel, update_channel};
pub(crate) use overwrite::{delete_overwrite, put_overwrite};
pub(crate) use pin::{pin, unpin};
pub(crate) use role::{create_role, delete_role, insert_role, set_role, update_role};
pub(crate) use scheduled::{create_scheduled, delete_scheduled, update_scheduled};
use serde_json::json;
pub(crate) use thread::{add_to_thread, create_thread, remove_from_thread};

use crate::{
    Snowflake,
    audit::{Act, What, action},
    model::State,
};

/// Deletes a message; somebody else's is noted in the audit log.
pub(crate) fn delete_message(state: &mut State, act: &Act, id: Snowflake) {
    let Some(message) = state.messages.remove(&id) else { return };
    let (Some(guild), true) = (message.guild, message.author != act.by) else { return };
    let options = json!({ "channel_id": message.channel, "count": "1" });
    let what = What { changes: Vec::new(), options };
    act.record(state, guild, action::MESSAGE_DELETE, message.author, what);
}
