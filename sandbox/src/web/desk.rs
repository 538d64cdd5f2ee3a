//! What Discord's own client remembers of each person: forms that are open, messages that were dismissed, what was read, and
//! what went wrong.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use jiff::Timestamp;

use super::{place::Place, scene::News};
use crate::{
    Snowflake,
    discord::lock,
    model::{ChannelState, GuildState, Mentions, Message, State},
    people::ModalForm,
};

/// What the clients of all people remember.
#[derive(Debug, Default)]
pub(super) struct Desk(Mutex<Papers>);

#[derive(Debug, Default)]
struct Papers {
    forms: BTreeMap<Snowflake, Form>,
    dismissed: BTreeSet<Snowflake>,
    reading: Reading,
    notices: Vec<Notice>,
    /// How many notices there have been.
    noticed: u64,
}

/// A form that somebody has before them.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) form: ModalForm,
    /// Why it wasn't sent, if it was tried.
    pub(super) problem: Option<String>,
    /// How often it was tried.
    pub(super) tries: u32,
}

/// What a client says by itself, to one person in one channel.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub(super) id: u64,
    viewer: Snowflake,
    channel: Option<Snowflake>,
    pub(super) title: String,
    /// Why, in the sandbox's words.
    pub(super) reason: String,
}

/// Up to which message everybody has read every channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading(BTreeMap<(Snowflake, Snowflake), Snowflake>);

impl Reading {
    /// What somebody hasn't read in a channel.
    pub(super) fn news(&self, state: &State, channel: &ChannelState, user: Snowflake) -> News {
        let read = self.0.get(&(user, channel.id)).copied().unwrap_or(Snowflake::new(0));
        let guild = channel.guild.and_then(|guild| state.guilds.get(&guild));
        let since = guild
            .and_then(|guild| guild.members.get(&user))
            .map_or(Timestamp::MIN, |member| member.joined_at);
        if channel.last_message.is_none_or(|last| last <= read || last.timestamp() < since) {
            return News::default();
        }
        let new = state
            .messages_of(channel.id)
            .rev()
            .take_while(|message| message.id > read && message.at >= since)
            .filter(|message| message.author != user);
        let mut news = News::default();
        for message in new {
            news.unread = true;
            news.mentions += usize::from(mentions(guild, message, user));
        }
        news
    }
}

/// Whether a message mentions somebody, by name or by one of their roles in its guild.
pub(super) fn mentions(guild: Option<&GuildState>, message: &Message, user: Snowflake) -> bool {
    let Mentions { everyone, users, roles } = &message.mentions;
    let member = guild.and_then(|guild| guild.members.get(&user));
    *everyone || users.contains(&user) || member.is_some_and(|m| m.roles.iter().any(|r| roles.contains(r)))
}

impl Desk {
    pub(super) fn reading(&self) -> Reading {
        lock(&self.0).reading.clone()
    }

    /// Notes that somebody has read a channel up to its newest message.
    pub(super) fn read(&self, viewer: Snowflake, channel: &ChannelState) {
        if let Some(last) = channel.last_message {
            lock(&self.0).reading.0.insert((viewer, channel.id), last);
        }
    }

    pub(super) fn open(&self, id: Snowflake, form: ModalForm) {
        lock(&self.0).forms.insert(id, Form { form, problem: None, tries: 0 });
    }

    /// Notes that a form could not be sent as it is filled in now.
    pub(super) fn refuse(&self, id: Snowflake, form: ModalForm, why: String) {
        let mut papers = lock(&self.0);
        let tries = papers.forms.get(&id).map_or(0, |known| known.tries) + 1;
        papers.forms.insert(id, Form { form, problem: Some(why), tries });
    }

    pub(super) fn form(&self, id: Snowflake) -> Option<Form> {
        lock(&self.0).forms.get(&id).cloned()
    }

    pub(super) fn close(&self, id: Snowflake) {
        lock(&self.0).forms.remove(&id);
    }

    pub(super) fn dismiss(&self, message: Snowflake) {
        lock(&self.0).dismissed.insert(message);
    }

    pub(super) fn is_dismissed(&self, message: Snowflake) -> bool {
        lock(&self.0).dismissed.contains(&message)
    }

    /// Has a client say something to whoever looks from a place.
    pub(super) fn notice(&self, place: &Place, title: &str, reason: &str) {
        let mut papers = lock(&self.0);
        papers.noticed += 1;
        let notice = Notice {
            id: papers.noticed,
            viewer: place.viewer,
            channel: place.channel,
            title: title.to_owned(),
            reason: reason.to_owned(),
        };
        papers.notices.push(notice);
    }

    pub(super) fn forget(&self, viewer: Snowflake, notice: u64) {
        lock(&self.0).notices.retain(|known| known.id != notice || known.viewer != viewer);
    }

    /// What was said to whoever looks from a place, oldest first.
    pub(super) fn notices(&self, place: &Place) -> Vec<Notice> {
        let papers = lock(&self.0);
        let here = papers.notices.iter().filter(|n| n.viewer == place.viewer && n.channel == place.channel);
        here.cloned().collect()
    }
}
