//! A guild as a tree of categories, channels and threads.

use super::View;
use super::card;
use super::difference::different;
use super::ink::{Ink, Line, Span, width};
use super::wrap::{cut, wrap};
use crate::{
    GuildSnapshot, Message, Permissions, Snowflake,
    markdown::names::Names,
    model::{ChannelKind, ChannelState, OverwriteKind, State},
    permissions::in_channel,
};

/// A guild, as lines.
pub(super) fn lines(guild: &GuildSnapshot, view: &View) -> Vec<Line> {
    let tree = Tree { guild, view, names: Names::new(guild), state: state(guild) };
    let mut lines = vec![Line::from(Span::new(guild.guild.name.as_str(), Ink::BOLD.underline()))];
    lines.extend(tree.below(None, &[]));
    lines
}

/// The state that permissions are computed from.
fn state(guild: &GuildSnapshot) -> State {
    let mut state = State::default();
    state.guilds.insert(guild.guild.id, guild.guild.clone());
    state.channels.extend(guild.channels.iter().map(|channel| (channel.id, channel.clone())));
    state
}

struct Tree<'a> {
    guild: &'a GuildSnapshot,
    view: &'a View,
    names: Names<'a>,
    state: State,
}

impl Tree<'_> {
    /// What stands in a category, a channel or the guild itself, behind the lines that lead there.
    fn below(&self, parent: Option<Snowflake>, lead: &[Span]) -> Vec<Line> {
        let shown: Vec<_> =
            self.guild.channels.iter().filter(|c| c.parent == parent && self.shows(c)).collect();
        let mut lines = Vec::new();
        for (index, channel) in shown.iter().enumerate() {
            let last = index + 1 == shown.len();
            let (branch, trunk) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let branch = lead_with(lead, branch);
            let room = self.view.width.saturating_sub(width(&branch));
            lines.push(self.title(channel, room).prefixed(&branch));
            lines.extend(self.inside(channel, &lead_with(lead, trunk)));
        }
        lines
    }

    /// The messages and threads of a channel, or the channels of a category.
    fn inside(&self, channel: &ChannelState, lead: &[Span]) -> Vec<Line> {
        let threads = self.below(Some(channel.id), lead);
        let guide = if threads.is_empty() { lead.to_vec() } else { lead_with(lead, "│ ") };
        let columns = self.view.width.saturating_sub(width(&guide));
        let mut lines = self.admitted(channel, columns);
        lines.iter_mut().for_each(|line| *line = std::mem::take(line).prefixed(&guide));
        for message in self.guild.messages.iter().filter(|m| m.channel == channel.id && self.reads(m)) {
            let drawn = |message| card::message(message, &self.names, self.view, columns);
            let card = match self.view.earlier.get(&message.id) {
                Some(then) => different(drawn(message), &drawn(then)),
                None => drawn(message),
            };
            lines.extend(card.into_iter().map(|line| line.prefixed(&guide)));
            lines.push(Line::default().prefixed(&guide));
        }
        lines.extend(threads);
        lines
    }

    /// Who may join a voice channel that isn't open to everybody.
    fn admitted(&self, channel: &ChannelState, columns: usize) -> Vec<Line> {
        if channel.kind != ChannelKind::Voice || !self.is_denied(channel, Permissions::CONNECT) {
            return Vec::new();
        }
        let admitted = channel.overwrites.iter().filter(|o| o.allow.contains(Permissions::CONNECT));
        let of_bot = |id| self.names.is_bot(id);
        let mut names: Vec<String> = admitted
            .filter(|overwrite| !of_bot(overwrite.id))
            .filter_map(|overwrite| match overwrite.kind {
                OverwriteKind::Role => Some(format!("@{}", self.names.role(overwrite.id)?)),
                OverwriteKind::Member => self.names.user(overwrite.id).map(str::to_owned),
            })
            .collect();
        names.sort();
        let text = if names.is_empty() {
            "nobody may join".to_owned()
        } else {
            format!("may join: {}", names.join(", "))
        };
        wrap(&Line::from(Span::new(text, Ink::DIM)), columns)
    }

    /// Whether @everyone is denied something in a channel.
    fn is_denied(&self, channel: &ChannelState, permission: Permissions) -> bool {
        channel.overwrite(self.guild.guild.everyone()).is_some_and(|o| o.deny.contains(permission))
    }

    fn title(&self, channel: &ChannelState, room: usize) -> Line {
        let lock = if self.is_denied(channel, Permissions::VIEW_CHANNEL) { " 🔒" } else { "" };
        let name = &channel.name;
        let (text, style) = match channel.kind {
            ChannelKind::Category => (format!("▾ {name}{lock}"), Ink::BOLD),
            ChannelKind::Voice => (format!("🔊 {name}{lock}"), Ink::PLAIN),
            ChannelKind::PublicThread => (format!("⤷ {name}"), Ink::PLAIN),
            ChannelKind::PrivateThread => (format!("⤷ {name} 🔒"), Ink::PLAIN),
            ChannelKind::Text | ChannelKind::Dm => (format!("# {name}{lock}"), Ink::PLAIN),
        };
        let mut line = Line::from(Span::new(text, style));
        line.spans.extend(card::mark(self.view, channel.id));
        let closed = channel.kind == ChannelKind::Text && self.is_denied(channel, Permissions::SEND_MESSAGES);
        let closed = closed.then(|| "closed for writing".to_owned());
        for note in closed.into_iter().chain(notes(channel)) {
            let left = room.saturating_sub(line.width() + 2);
            line.spans.push(Span::new(format!("  {}", cut(&note, left)), Ink::DIM));
        }
        line
    }

    fn shows(&self, channel: &ChannelState) -> bool {
        let Some(viewer) = self.view.viewer else { return true };
        let of_category = channel.kind == ChannelKind::Category;
        let seen = |channel: &ChannelState| {
            in_channel(&self.state, channel, viewer).contains(Permissions::VIEW_CHANNEL)
        };
        // A category is there for whoever sees it, or something in it.
        seen(channel)
            || of_category && self.guild.channels.iter().any(|c| c.parent == Some(channel.id) && seen(c))
    }

    fn reads(&self, message: &Message) -> bool {
        message.ephemeral_for.is_none_or(|only| Some(only) == self.view.viewer)
    }
}

fn lead_with(lead: &[Span], more: &str) -> Vec<Span> {
    let mut lead = lead.to_vec();
    lead.push(Span::new(more, Ink::DIM));
    lead
}

/// What else there is to know about a channel.
fn notes(channel: &ChannelState) -> impl Iterator<Item = String> {
    let topic = channel.topic.clone().filter(|topic| !topic.is_empty());
    let limit = (channel.user_limit > 0).then(|| format!("{} places", channel.user_limit));
    let archived = channel.thread.as_ref().filter(|thread| thread.archived);
    let archived =
        archived.map(|thread| if thread.locked { "archived, locked" } else { "archived" }.to_owned());
    [topic, limit, archived].into_iter().flatten()
}
