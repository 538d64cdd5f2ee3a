//! What an event should have through its life: channel and card, race voice ahead of the start, and all of it put away.

use jiff::Timestamp;
use twilight_model::guild::Permissions;

use super::{
    Cause, Change, Channel, Desired, Resource, Rule, Saying, Spec, Surplus, Text, check_in, digest, native,
    notices, rooms, teams,
};
use crate::{
    domain::{event::Phase, notice::Notice, overwrite::OverwriteTarget, owner::Rank},
    reconcile::{
        facts::EventFacts,
        slot::{Shelf, Slot},
    },
    view::{self, card::CardFacts},
};

/// What the bot needs wherever others are restricted, so that it can't lock itself out: denying View hides a channel from it
/// too, and denying Connect takes Manage Channels. See Discord Docs/Permissions.
pub(super) const BOT: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::CONNECT)
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::MANAGE_CHANNELS);

/// What nobody may do in an archived channel.
const WRITING: Permissions = Permissions::SEND_MESSAGES
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS);

/// See the module.
pub(super) fn desired(facts: &EventFacts, now: Timestamp) -> Desired {
    let settings = &facts.club.settings;
    let phase = facts.event.phase(settings, now);
    let next_change = next_change(facts, now);
    if !facts.event.channels_wanted {
        let sayings = sayings(facts, now).into_iter().filter(|saying| matches!(saying.to, Channel::Known(_)));
        return Desired { next_change, sayings: sayings.collect(), ..Desired::default() };
    }
    let resources = match phase {
        Phase::PutAway if digest::is_deleted(facts) => Vec::new(),
        Phase::PutAway | Phase::Cancelled => {
            [vec![channel(facts, phase), card(facts, phase, now)], teams::teams(facts, phase)].concat()
        }
        Phase::Open | Phase::Closed | Phase::Running | Phase::Finished => {
            let mut standing = vec![channel(facts, phase), card(facts, phase, now)];
            standing.extend(notices::update(facts, now));
            standing.extend(rooms::rooms(facts, now));
            standing.extend(native::native(facts, now));
            standing.extend(teams::teams(facts, phase));
            standing
        }
    };
    let mut sayings = sayings(facts, now);
    let (digest, hold) = digest::digest(facts, phase).unzip();
    sayings.extend(digest);
    let reminders = notices::stay(facts, now);
    let surplus = Surplus::Delete(cause(facts, phase, now));
    Desired { hold, next_change, reminders, resources, sayings, surplus }
}

fn cause(facts: &EventFacts, phase: Phase, now: Timestamp) -> Cause {
    match phase {
        Phase::PutAway => Cause::PutAway,
        Phase::Cancelled => Cause::Explicit,
        Phase::Finished if now >= facts.event.grace_ends_at(&facts.club.settings) => Cause::PutAway,
        Phase::Open | Phase::Closed | Phase::Running | Phase::Finished => Cause::Surplus,
    }
}

fn channel(facts: &EventFacts, phase: Phase) -> Resource {
    let archived = phase == Phase::PutAway;
    let guild = facts.club.guild;
    let shelf = match (&facts.series, archived) {
        (_, true) => Shelf::Archive(guild),
        (Some(series), false) => Shelf::Series(series.id),
        (None, false) => Shelf::Events(guild),
    };
    let rules = if archived {
        vec![
            Rule {
                allow: BOT.difference(Permissions::CONNECT),
                deny: Permissions::empty(),
                target: bot(facts),
            },
            Rule { allow: Permissions::empty(), deny: WRITING, target: everyone(facts) },
        ]
    } else {
        Vec::new()
    };
    Resource {
        make: is_made(phase),
        slot: Slot::Channel,
        spec: Spec::Text {
            name: facts.event.channel_name.to_string(),
            rules,
            shelf,
            topic: view::announce::topic(&facts.event, facts.series.as_ref()),
        },
    }
}

fn card(facts: &EventFacts, phase: Phase, now: Timestamp) -> Resource {
    let shown = CardFacts {
        event: &facts.event,
        series: facts.series.as_ref(),
        settings: &facts.club.settings,
        sheet: &facts.sheet,
        teams: &facts.teams,
    };
    let body = view::card::card(&shown, now);
    Resource { make: is_made(phase) || facts.has_channel(), slot: Slot::Card, spec: Spec::Card(body) }
}

/// Whether an event's channel is made when there is none: not for one that is over already.
pub(super) const fn is_made(phase: Phase) -> bool {
    matches!(phase, Phase::Open | Phase::Closed | Phase::Running)
}

pub(super) const fn bot(facts: &EventFacts) -> OverwriteTarget {
    OverwriteTarget::Member(facts.bot)
}

/// A guild's own id is its @everyone role. See Discord Docs/Permissions.
pub(super) const fn everyone(facts: &EventFacts) -> OverwriteTarget {
    OverwriteTarget::Role(facts.club.guild.cast())
}

/// Everything that should have been said by now, what is too late for it too: that is recorded as never said.
fn sayings(facts: &EventFacts, now: Timestamp) -> Vec<Saying> {
    let to = |notice| notices::place(facts, notice);
    let cancelled = facts.event.is_cancelled();
    let opened = !cancelled && facts.race_voice_at().is_some_and(|at| at <= now);
    let mut sayings = notices::reminders(facts, now);
    if let Some(to) = to(Notice::Promotions) {
        sayings.extend(promotions(facts, to));
    }
    sayings.extend(offers(facts));
    sayings.extend(check_in::asked(facts, now));
    sayings.extend(rooms::sayings(facts, now));
    sayings.extend(teams::sayings(facts, now));
    if let Some(to) = to(Notice::RaceVoice).filter(|_| opened && rooms::is_shared(facts)) {
        sayings.push(race_voice_open(facts, to));
    }
    // That an event is cancelled is always told.
    let always = cancelled.then_some(Channel::Slot(Slot::Channel));
    let over_to = to(Notice::PutAway).filter(|_| cancelled || facts.event.end() <= now).or(always);
    sayings.extend(over_to.map(|to| over(facts, to)));
    sayings
}

fn promotions(facts: &EventFacts, to: Channel) -> impl Iterator<Item = Saying> {
    facts.sheet.everybody_in().filter_map(move |line| {
        let at = line.promoted_at?;
        Some(Saying {
            expires: facts.event.end(),
            key: format!("promoted/{}/{}", line.discord, at.as_millisecond()),
            rank: Rank::People,
            text: Text::Body(view::announce::promoted(&facts.event, line)),
            to,
        })
    })
}

/// An offer is always told: a place is kept for nobody who doesn't know.
fn offers(facts: &EventFacts) -> impl Iterator<Item = Saying> {
    facts.sheet.lines().iter().filter_map(|line| {
        let until = line.offered_until()?;
        Some(Saying {
            expires: until,
            key: format!("offer/{}/{}", line.discord, until.as_millisecond()),
            rank: Rank::Alert,
            text: Text::Body(view::announce::offered(&facts.event, line, until)),
            to: Channel::Slot(Slot::Channel),
        })
    })
}

fn race_voice_open(facts: &EventFacts, to: Channel) -> Saying {
    Saying {
        expires: facts.event.end(),
        key: format!("race-voice/{}", facts.event.start.as_millisecond()),
        rank: Rank::Alert,
        text: Text::RaceVoice { start: facts.event.start },
        to,
    }
}

/// Tells that the event is over and what becomes of its channel, where the club leaves time to read it.
fn over(facts: &EventFacts, to: Channel) -> Saying {
    let settings = &facts.club.settings;
    let body = if facts.event.is_cancelled() {
        view::announce::cancelled(&facts.event, &facts.sheet, settings)
    } else {
        view::announce::finished(&facts.event, settings)
    };
    Saying {
        expires: facts.event.put_away_at(settings).unwrap_or_else(|| facts.event.grace_ends_at(settings)),
        key: format!("over/{}", facts.event.over_at().as_millisecond()),
        rank: Rank::People,
        text: Text::Body(body),
        to,
    }
}

/// The next instant at which an event's phase changes, its race voice channel opens or goes, or its people are told something.
fn next_change(facts: &EventFacts, now: Timestamp) -> Option<Change> {
    let settings = &facts.club.settings;
    let event = &facts.event;
    let change = |at, rank| Change { at, expires: None, rank };
    let mut changes = vec![change(event.grace_ends_at(settings), Rank::PutAway)];
    changes.extend(event.put_away_at(settings).map(|at| change(at, Rank::PutAway)));
    if !event.is_cancelled() {
        let opens = facts.race_voice_at();
        changes.extend(opens.map(|at| Change { at, expires: Some(event.end()), rank: Rank::Alert }));
        let checks_in = event.check_in_at(settings);
        changes.extend(checks_in.map(|at| Change { at, expires: Some(event.start), rank: Rank::Alert }));
        changes.push(change(event.signups_close_at(), Rank::People));
        changes.push(change(event.start, Rank::People));
        changes.extend(rooms::next_change(facts, now));
        changes.extend(facts.sheet.next_change().map(|at| change(at, Rank::People)));
        changes.push(change(event.end(), Rank::People));
        changes.extend(notices::next_changes(facts, now));
    }
    changes.into_iter().filter(|change| change.at > now).min()
}
