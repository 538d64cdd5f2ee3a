//! The voice rooms of an event and its teams: race voice ahead of the start, and rooms to practise in.

use jiff::Timestamp;
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::UserMarker},
};

use super::{
    Change, Channel, Resource, Rule, Saying, Spec, Text, VoiceMake,
    event::{BOT, bot, everyone},
};
use crate::{
    domain::{
        channel_name::{Room, room_name, voice_name},
        overwrite::OverwriteTarget,
        owner::Rank,
        room::{RoomOf, Standing, asks_at},
        settings::{RaceRooms, VoiceAccess},
        team::Team,
    },
    reconcile::{
        facts::EventFacts,
        slot::{Shelf, Slot, TeamPart},
    },
    view,
};

/// What whoever is admitted to a room may do there.
const JOIN: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::CONNECT).union(Permissions::SPEAK);

/// A room to make or to keep.
struct Wanted<'f> {
    access: VoiceAccess,
    make: bool,
    name: String,
    slot: Slot,
    /// Whose it is; `None` for everybody's.
    team: Option<&'f Team>,
}

/// The rooms that stand at `now`. A kept event keeps its text channel: rooms go after the club's grace all the same.
pub(super) fn rooms(facts: &EventFacts, now: Timestamp) -> Vec<Resource> {
    if now >= facts.event.grace_ends_at(&facts.club.settings) {
        return Vec::new();
    }
    race(facts, now).into_iter().chain(practice(facts, now)).map(|wanted| resource(facts, wanted)).collect()
}

fn resource(facts: &EventFacts, wanted: Wanted<'_>) -> Resource {
    let Wanted { access, make, name, slot, team } = wanted;
    let shelf =
        facts.series.as_ref().map_or(Shelf::Events(facts.club.guild), |series| Shelf::Series(series.id));
    let teams = &facts.club.settings.teams;
    let how = VoiceMake {
        bitrate: teams.bitrate.map(|bitrate| bitrate.as_bits()),
        user_limit: Some(teams.user_limit.as_people()).filter(|limit| *limit > 0),
    };
    Resource { make, slot, spec: Spec::Voice { make: how, name, rules: rules(facts, access, team), shelf } }
}

fn settled(facts: &EventFacts) -> impl Iterator<Item = &Team> {
    facts.teams.all().iter().filter(|team| team.is_final())
}

/// Whether everybody has one race voice room together; otherwise each settled team has its own.
pub(super) fn is_shared(facts: &EventFacts) -> bool {
    facts.club.settings.teams.race_rooms == RaceRooms::Event || settled(facts).next().is_none()
}

fn race(facts: &EventFacts, now: Timestamp) -> Vec<Wanted<'_>> {
    let Some(_) = facts.race_voice_at().filter(|at| *at <= now) else { return Vec::new() };
    let access = facts.club.settings.race_voice_access;
    let make = now < facts.event.end();
    if is_shared(facts) {
        let name = voice_name(&facts.event.name);
        return vec![Wanted { access, make, name, slot: Slot::RaceVoice, team: None }];
    }
    let own = settled(facts).map(|team| Wanted {
        access,
        make,
        name: room_name(&facts.event.name, Some(&team.name), Room::Race),
        slot: Slot::Team(team.id, TeamPart::RaceVoice),
        team: Some(team),
    });
    own.collect()
}

fn practice(facts: &EventFacts, now: Timestamp) -> Vec<Wanted<'_>> {
    let settings = &facts.club.settings.teams;
    let stands = |room| facts.rooms.standing(room, settings, &facts.teams, now).is_some();
    let name =
        |team: Option<&Team>| room_name(&facts.event.name, team.map(|team| &team.name), Room::Practice);
    let (access, make) = (settings.access, now < facts.event.end());
    let everybodys = stands(RoomOf::Event(facts.event.id));
    let everybodys =
        everybodys.then(|| Wanted { access, make, name: name(None), slot: Slot::Practice, team: None });
    let own = settled(facts).filter(|team| stands(RoomOf::Team(team.id))).map(|team| Wanted {
        access,
        make,
        name: name(Some(team)),
        slot: Slot::Team(team.id, TeamPart::Practice),
        team: Some(team),
    });
    everybodys.into_iter().chain(own).collect()
}

/// Everybody who sees the event may see a room; who may join it, the club chose.
fn rules(facts: &EventFacts, access: VoiceAccess, team: Option<&Team>) -> Vec<Rule> {
    let people: Vec<Id<UserMarker>> = match (access, team) {
        (VoiceAccess::Open, _) => return Vec::new(),
        (VoiceAccess::Participants, team) => {
            let spotters = team.into_iter().flat_map(|team| &team.mates).map(|mate| mate.discord);
            let mut people: Vec<_> = facts.sheet.everybody_in().map(|line| line.discord).collect();
            let others: Vec<_> = spotters.filter(|user| !people.contains(user)).collect();
            people.extend(others);
            people
        }
        (VoiceAccess::Team, Some(team)) => team.mates.iter().map(|mate| mate.discord).collect(),
        (VoiceAccess::Team, None) => {
            settled(facts).flat_map(|team| &team.mates).map(|mate| mate.discord).collect()
        }
    };
    let admit = |target| Rule { allow: JOIN, deny: Permissions::empty(), target };
    let mut rules = vec![
        Rule { allow: BOT, deny: Permissions::empty(), target: bot(facts) },
        Rule { allow: Permissions::empty(), deny: Permissions::CONNECT, target: everyone(facts) },
    ];
    rules.extend(facts.club.settings.organiser_role.map(|role| admit(OverwriteTarget::Role(role))));
    rules.extend(people.into_iter().map(|user| admit(OverwriteTarget::Member(user))));
    rules
}

/// What teams are told about rooms in their threads: that race voice is open, and that a practice room is about to close.
pub(super) fn sayings(facts: &EventFacts, now: Timestamp) -> Vec<Saying> {
    if facts.event.is_cancelled() {
        return Vec::new();
    }
    let opened = facts.race_voice_at().is_some_and(|at| at <= now);
    let mut sayings: Vec<Saying> =
        settled(facts).filter(|_| opened).map(|team| race_open(facts, team)).collect();
    let rooms = facts.rooms.0.keys().filter_map(|room| closing(facts, *room, now));
    sayings.extend(rooms);
    sayings
}

fn race_open(facts: &EventFacts, team: &Team) -> Saying {
    let start = facts.event.start;
    let room = if is_shared(facts) { Slot::RaceVoice } else { Slot::Team(team.id, TeamPart::RaceVoice) };
    Saying {
        expires: facts.event.end(),
        key: format!("race-voice/{}/{}", team.id.short(), start.as_millisecond()),
        rank: Rank::Alert,
        text: Text::TeamRaceVoice { room, start, team: Box::new(team.clone()) },
        to: Channel::Slot(Slot::Team(team.id, TeamPart::Thread)),
    }
}

fn closing(facts: &EventFacts, room: RoomOf, now: Timestamp) -> Option<Saying> {
    let settings = &facts.club.settings.teams;
    let Standing::Lease(until) = facts.rooms.standing(room, settings, &facts.teams, now)? else {
        return None;
    };
    if now < asks_at(until) {
        return None;
    }
    let (to, word) = match room {
        RoomOf::Event(_) => (Slot::Channel, "event".to_owned()),
        RoomOf::Team(team) => (Slot::Team(team, TeamPart::Thread), team.short()),
    };
    Some(Saying {
        expires: until,
        key: format!("room/{word}/{}", until.as_millisecond()),
        rank: Rank::Alert,
        text: Text::Body(view::room::closing(room, until)),
        to: Channel::Slot(to),
    })
}

/// When rooms change next by themselves.
pub(super) fn next_change(facts: &EventFacts, now: Timestamp) -> Option<Change> {
    let at = facts.rooms.next_change(now)?;
    Some(Change { at, expires: None, rank: Rank::Alert })
}
