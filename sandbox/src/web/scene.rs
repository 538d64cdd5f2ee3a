//! What a person sees from a place, taken under the lock in one go.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::{desk::Reading, place::Place};
use crate::{
    Discord, GuildSnapshot, Message, Permissions, Snowflake,
    markdown::names::Names,
    model::{ChannelKind, ChannelState, GuildState, ScheduledEvent, State, User},
    people::offered_commands,
    permissions::{in_channel, in_guild},
};

/// What a person sees from a place.
pub(super) struct Scene {
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    pub(super) viewer: User,
    pub(super) bot: Snowflake,
    /// Whether the viewer is in the guild.
    pub(super) belongs: bool,
    /// What the viewer may do in the guild as a whole.
    pub(super) powers: Permissions,
    pub(super) servers: Vec<Server>,
    /// The guild with the channels that the viewer sees, and of its messages those of the channel that is open.
    pub(super) guild: GuildSnapshot,
    pub(super) channels: BTreeMap<Snowflake, Seen>,
    /// What the messages answer, such as `/event create`.
    pub(super) answered: BTreeMap<Snowflake, String>,
    /// The channel that is open.
    pub(super) here: Option<ChannelState>,
    /// Who is connected to which voice channel.
    pub(super) voice: Vec<(Snowflake, Snowflake)>,
    /// The guild's scheduled events, the next first.
    pub(super) events: Vec<ScheduledEvent>,
    /// The commands that the viewer is offered here.
    pub(super) commands: Vec<Value>,
    /// Everybody there is to be, members of the guild first.
    pub(super) people: Vec<Someone>,
}

/// A guild that the viewer is in.
pub(super) struct Server {
    pub(super) id: Snowflake,
    pub(super) name: String,
    pub(super) news: News,
}

/// A channel that the viewer sees.
pub(super) struct Seen {
    /// What they may do there.
    pub(super) held: Permissions,
    pub(super) news: News,
}

/// What was written since somebody last looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    pub(super) unread: bool,
    /// How many of the messages mention them.
    pub(super) mentions: usize,
}

/// Somebody to be.
pub(super) struct Someone {
    pub(super) user: User,
    /// Whether they are in the guild.
    pub(super) belongs: bool,
    /// What they may do in the guild as a whole.
    pub(super) powers: Permissions,
}

impl Scene {
    /// What there is to see; nothing if nobody has the viewer's id.
    pub(super) fn of(discord: &Discord, place: &Place, reading: &Reading) -> Option<Self> {
        discord.with(|state| look(discord, state, place, reading))
    }

    pub(super) fn names(&self) -> Names<'_> {
        Names::new(&self.guild)
    }

    /// What somebody is called here.
    pub(super) fn name_of(&self, user: Snowflake) -> String {
        self.names().user(user).map_or_else(|| "Unknown user".to_owned(), str::to_owned)
    }

    /// What the viewer may do in the channel that is open.
    pub(super) fn held(&self) -> Permissions {
        let here = self.here.as_ref().and_then(|here| self.channels.get(&here.id));
        here.map_or(Permissions::NONE, |seen| seen.held)
    }

    /// The messages that are pinned in the channel that is open, those that were pinned last coming first.
    pub(super) fn pins(&self) -> Vec<&Message> {
        let mut pins: Vec<_> = self.guild.messages.iter().filter(|m| m.pinned_at.is_some()).collect();
        pins.sort_by_key(|message| std::cmp::Reverse(message.pinned_at));
        pins
    }

    /// Whether the viewer may pin messages in the channel that is open.
    pub(super) fn may_pin(&self) -> bool {
        let open = self.here.as_ref().is_some_and(|here| here.guild.is_some() && !here.is_archived());
        open && self.held().contains(Permissions::PIN_MESSAGES)
    }

    /// The people in a voice channel.
    pub(super) fn connected(&self, channel: Snowflake) -> impl Iterator<Item = Snowflake> + '_ {
        self.voice.iter().filter(move |(_, to)| *to == channel).map(|(user, _)| *user)
    }

    /// The zone that somebody's client shows times in.
    pub(super) fn zone_of(user: &User) -> TimeZone {
        TimeZone::get(&user.zone).unwrap_or(TimeZone::UTC)
    }
}

fn look(discord: &Discord, state: &State, place: &Place, reading: &Reading) -> Option<Scene> {
    let viewer = state.users.get(&place.viewer)?.clone();
    let guild = place.guild.and_then(|id| state.guilds.get(&id));
    let here = place.channel.and_then(|id| state.channels.get(&id)).filter(|channel| {
        channel.guild == place.guild
            && channel.kind != ChannelKind::Category
            && in_channel(state, channel, viewer.id).contains(Permissions::VIEW_CHANNEL)
    });
    let channels = seen(state, place, reading);
    let shown = |message: &Message| {
        here.is_some_and(|here| here.id == message.channel)
            && message.ephemeral_for.is_none_or(|only| only == viewer.id)
    };
    let mut snapshot = match guild {
        Some(guild) => GuildSnapshot::with(state, guild.id, shown),
        None => conversations(state, discord.bot(), viewer.id, shown),
    };
    snapshot.channels.retain(|channel| channels.contains_key(&channel.id));
    let mut events: Vec<_> =
        state.events.values().filter(|event| Some(event.guild) == place.guild).cloned().collect();
    events.sort_by_key(|event| (event.starts, event.id));
    Some(Scene {
        now: discord.now(),
        zone: Scene::zone_of(&viewer),
        bot: discord.bot(),
        belongs: guild.is_none_or(|guild| guild.members.contains_key(&viewer.id)),
        powers: guild.map_or(Permissions::NONE, |guild| in_guild(guild, viewer.id)),
        servers: servers(state, viewer.id, reading),
        answered: answered(state, &snapshot.messages),
        guild: snapshot,
        channels,
        here: here.cloned(),
        voice: state.voice.iter().map(|(user, channel)| (*user, *channel)).collect(),
        events,
        commands: here.map(|here| offered_commands(state, here, viewer.id)).unwrap_or_default(),
        people: people(state, guild),
        viewer,
    })
}

/// What each of the messages answers, if it is an answer.
fn answered(state: &State, messages: &[Message]) -> BTreeMap<Snowflake, String> {
    let about = |message: &Message| {
        let interaction = message.interaction.as_ref()?["id"].as_str()?.parse().ok()?;
        Some((message.id, state.interactions.get(interaction)?.about.clone()))
    };
    messages.iter().filter_map(about).collect()
}

/// The channels of the place's guild that its viewer sees, categories with something in them among them.
fn seen(state: &State, place: &Place, reading: &Reading) -> BTreeMap<Snowflake, Seen> {
    let here = |channel: &&ChannelState| match place.guild {
        Some(guild) => channel.guild == Some(guild),
        None => channel.recipient == Some(place.viewer),
    };
    let mut seen = BTreeMap::new();
    for channel in state.channels.values().filter(here) {
        let held = in_channel(state, channel, place.viewer);
        if held.contains(Permissions::VIEW_CHANNEL) {
            seen.insert(channel.id, Seen { held, news: reading.news(state, channel, place.viewer) });
        }
    }
    // A category is there for whoever sees something in it.
    let parents: Vec<_> = seen.keys().filter_map(|id| state.channels.get(id)?.parent).collect();
    for parent in parents {
        seen.entry(parent).or_insert_with(|| Seen { held: Permissions::NONE, news: News::default() });
    }
    seen
}

fn servers(state: &State, viewer: Snowflake, reading: &Reading) -> Vec<Server> {
    let mine = state.guilds.values().filter(|guild| guild.members.contains_key(&viewer));
    mine.map(|guild| {
        let channels = state.channels.values().filter(|channel| channel.guild == Some(guild.id));
        let visible = channels.filter(|c| in_channel(state, c, viewer).contains(Permissions::VIEW_CHANNEL));
        let news =
            visible.map(|channel| reading.news(state, channel, viewer)).fold(News::default(), News::and);
        Server { id: guild.id, name: guild.name.clone(), news }
    })
    .collect()
}

impl News {
    fn and(self, other: Self) -> Self {
        Self { unread: self.unread || other.unread, mentions: self.mentions + other.mentions }
    }
}

/// The viewer's conversations, as a guild that has nothing else.
fn conversations(
    state: &State,
    bot: Snowflake,
    viewer: Snowflake,
    shown: impl Fn(&Message) -> bool,
) -> GuildSnapshot {
    let mut snapshot = GuildSnapshot::of(state, Snowflake::new(0));
    snapshot.channels = state.channels.values().filter(|c| c.recipient == Some(viewer)).cloned().collect();
    snapshot.messages = state.messages.values().filter(|message| shown(message)).cloned().collect();
    snapshot.users = [bot, viewer].iter().filter_map(|id| state.users.get(id)).cloned().collect();
    snapshot
}

fn people(state: &State, guild: Option<&GuildState>) -> Vec<Someone> {
    let mut people: Vec<_> = state
        .users
        .values()
        .filter(|user| !user.bot)
        .map(|user| Someone {
            user: user.clone(),
            belongs: guild.is_some_and(|guild| guild.members.contains_key(&user.id)),
            powers: guild.map_or(Permissions::NONE, |guild| in_guild(guild, user.id)),
        })
        .collect();
    people.sort_by(|a, b| {
        let rank =
            |someone: &Someone| (!someone.belongs, !someone.powers.contains(Permissions::MANAGE_GUILD));
        rank(a).cmp(&rank(b)).then_with(|| a.user.display_name().cmp(b.user.display_name()))
    });
    people
}
