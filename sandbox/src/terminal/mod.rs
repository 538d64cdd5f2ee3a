//! Discord in a terminal: a guild's channels as a tree, messages as cards, modals as forms.

mod card;
mod controls;
mod difference;
mod form;
pub(crate) mod ink;
mod markdown;
mod tree;
pub(crate) mod wrap;

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    GuildSnapshot, Message, Snowflake,
    markdown::names::Names,
    people::{ModalForm, Reply, ReplyKind},
};
use ink::{Ink, Line, Span};

/// How a guild is looked at.
#[derive(Clone, Debug)]
pub struct View {
    /// Through whose eyes: their channels, and the messages that only they see. `None` sees every channel.
    pub viewer: Option<Snowflake>,
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// The instant that "in 3 hours" is counted from.
    pub now: Timestamp,
    /// What stands beside a channel's name, or beside the author of a message, such as "new".
    pub marks: BTreeMap<Snowflake, &'static str>,
    /// Messages as they were before: what still stands the same on them is left out of a tree.
    pub earlier: BTreeMap<Snowflake, Message>,
    /// Whether to use colours and weights.
    pub colour: bool,
    /// Columns.
    pub width: usize,
}

impl View {
    /// A view of 100 columns without colour, in UTC.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            viewer: None,
            zone: TimeZone::UTC,
            now,
            marks: BTreeMap::new(),
            earlier: BTreeMap::new(),
            colour: false,
            width: 100,
        }
    }
}

/// All of a guild that the viewer sees: categories, channels, threads, and the messages in them.
#[must_use]
pub fn tree(guild: &GuildSnapshot, view: &View) -> String {
    render(&tree::lines(guild, view), view)
}

/// One message.
#[must_use]
pub fn message(guild: &GuildSnapshot, message: &Message, view: &View) -> String {
    render(&card::message(message, &Names::new(guild), view, view.width), view)
}

/// A form, with what is filled in so far.
#[must_use]
pub fn form(form: &ModalForm, view: &View) -> String {
    render(&form::lines(form, view), view)
}

/// What came back to a person: a card, a form, or that the application did not respond.
#[must_use]
pub fn reply(guild: &GuildSnapshot, reply: &Reply, view: &View) -> String {
    match reply.kind() {
        ReplyKind::Message | ReplyKind::Deferred | ReplyKind::Update => {
            message(guild, &reply.message(), view)
        }
        ReplyKind::Modal => form(&reply.modal(), view),
        ReplyKind::UpdateDeferred => String::new(),
        ReplyKind::Failed => {
            let line = Line::from(Span::new(reply.text(), Ink::RED));
            render(&wrap::wrap(&line, view.width), view)
        }
    }
}

fn render(lines: &[Line], view: &View) -> String {
    lines.iter().map(|line| line.render(view.colour) + "\n").collect()
}

#[cfg(test)]
mod tests;
