//! Pinning messages, and taking pins away.

use std::time::Duration;

use serde_json::json;

use crate::{
    Message, Snowflake,
    audit::{Act, What, action},
    compose,
    model::State,
};

/// Two pins of one channel are at least this far apart, so that they have an order.
const APART: Duration = Duration::from_micros(1);

/// Pins a message, which its channel tells; nothing if it is pinned already.
pub(crate) fn pin(state: &mut State, act: &Act, id: Snowflake) {
    let Some(message) = state.messages.get(&id).filter(|message| message.pinned_at.is_none()) else { return };
    let (author, channel) = (message.author, message.channel);
    let last = state.channels.get(&channel).and_then(|channel| channel.last_pin);
    let at = last.and_then(|last| last.checked_add(APART).ok()).map_or(act.at, |next| next.max(act.at));
    if let Some(channel) = state.channels.get_mut(&channel) {
        channel.last_pin = Some(at);
    }
    if let Some(message) = state.messages.get_mut(&id) {
        message.pinned_at = Some(at);
    }
    record(state, act, (id, channel), author, action::MESSAGE_PIN);
    compose::tell(state, (act.at, channel, act.by), Message::PINNED, |message| message.about = Some(id));
}

/// Takes a message's pin away, if it has one.
pub(crate) fn unpin(state: &mut State, act: &Act, id: Snowflake) {
    let Some(message) = state.messages.get_mut(&id).filter(|message| message.pinned_at.is_some()) else {
        return;
    };
    message.pinned_at = None;
    let (author, channel) = (message.author, message.channel);
    record(state, act, (id, channel), author, action::MESSAGE_UNPIN);
}

fn record(
    state: &mut State,
    act: &Act,
    (message, channel): (Snowflake, Snowflake),
    author: Snowflake,
    action: u64,
) {
    let Some(guild) = state.channels.get(&channel).and_then(|channel| channel.guild) else { return };
    let options = json!({ "channel_id": channel, "message_id": message });
    act.record(state, guild, action, author, What { changes: Vec::new(), options });
}
