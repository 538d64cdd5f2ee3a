//! What the reconciler's tests share: facts, and bindings that stand.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use twilight_model::{
    guild::Permissions,
    id::{Id, marker::GenericMarker},
};
use uuid::Uuid;

use super::{
    binding::{Applied, AppliedChannel, AppliedThread, Binding, Bindings, Category, Shelves, State},
    desired::{Channel, desired},
    facts::{EventFacts, Facts},
    plan::{Known, Plan, Said, SaidState, plan},
    slot::{Shelf, Shelving, Slot},
};
use crate::{
    domain::{
        id::{BindingId, OwnerId},
        overwrite::{Overwrite, OverwriteTarget},
        room::Leases,
        team::Teams,
    },
    store::{
        bindings::{self, BindingKind, BindingState, Evidence},
        event_notices::Notices,
    },
    view::testing::{club, event, series, sheet},
};

/// An event of a series whose category exists, with nothing of its own yet.
pub(crate) fn fresh() -> EventFacts {
    let club = club();
    let event = event("");
    let series = series();
    let shelf = Shelf::Series(series.id);
    EventFacts {
        bindings: Bindings::default(),
        bot: Id::new(9),
        sheet: sheet(&event, &[]),
        shelves: Shelves(vec![
            (shelf, vec![Category { n: 1, state: State::Bound(Id::new(500)) }]),
            (Shelf::Archive(club.guild), Vec::new()),
        ]),
        club,
        event,
        invitations: Vec::new(),
        left: Vec::new(),
        notices: Notices::default(),
        rooms: Leases::default(),
        stand_ins: HashMap::new(),
        series: Some(series),
        teams: Teams::default(),
        unreminded: HashSet::new(),
    }
}

/// The same event with everything that it should have at `now` made.
pub(crate) fn built(now: Timestamp) -> EventFacts {
    let mut facts = fresh();
    for _ in 0..3 {
        apply(&mut facts, now);
    }
    facts
}

/// Does what the plan says to the bindings, as Discord would.
pub(crate) fn apply(facts: &mut EventFacts, now: Timestamp) {
    use super::step::{Make, Step};
    for step in planned(facts, &digested(facts), now).steps {
        match step {
            Step::Create { make, slot } => {
                let (ours, overwrites) = match &make {
                    Make::Voice { ours, overwrites, .. } => (ours.clone(), overwrites.clone()),
                    Make::Category { .. } | Make::Text { .. } => (Vec::new(), Vec::new()),
                };
                let topic = match &make {
                    Make::Text { topic, .. } => Some(topic.clone()),
                    Make::Category { .. } | Make::Voice { .. } => None,
                };
                let name = make.name().to_owned();
                let parent = Some(Id::new(500));
                let channel = AppliedChannel { absent: Vec::new(), name, ours, overwrites, parent, topic };
                bind(facts, slot, Applied::Channel(channel), None);
            }
            Step::Schedule { native, slot } => bind(facts, slot, Applied::Native(native), None),
            Step::OpenThread { name, slot, .. } => {
                let parent = facts.bindings.channel(Slot::Channel).unwrap_or(Id::new(1));
                let (absent, added) = (Vec::new(), Vec::new());
                let thread = AppliedThread { absent, added, archived: false, locked: false, name, parent };
                bind(facts, slot, Applied::Thread(thread), None);
            }
            Step::AddToThread { slot, user, .. } => change(facts, slot, |applied| {
                if let Applied::Thread(thread) = applied {
                    thread.added.push(user);
                }
            }),
            Step::Pin { slot } => change(facts, slot, |applied| {
                if let Applied::Card { pinned, .. } = applied {
                    *pinned = true;
                }
            }),
            Step::Post { body, slot, to } => {
                let to = match to {
                    Channel::Slot(slot) => facts.bindings.channel(slot),
                    Channel::Known(channel) => Some(channel),
                };
                let channel = to.unwrap_or(Id::new(1));
                bind(facts, slot, Applied::Card { channel, pinned: false }, Some(body.hash()));
            }
            _ => {}
        }
    }
}

fn change(facts: &mut EventFacts, slot: Slot, change: impl FnOnce(&mut Applied)) {
    if let Some(applied) = facts.bindings.0.get_mut(&slot).and_then(|binding| binding.applied.as_mut()) {
        change(applied);
    }
}

fn bind(facts: &mut EventFacts, slot: Slot, applied: Applied, hash: Option<String>) {
    let id = 600 + facts.bindings.0.len() as u64;
    facts.bindings.0.insert(slot, bound(slot, id, applied, hash));
}

/// A binding of something that stands.
pub(crate) fn bound(slot: Slot, id: u64, applied: Applied, hash: Option<String>) -> Binding {
    let id = Id::new(id);
    let row = row(slot, id, &applied, hash.clone());
    Binding { applied: Some(applied), hash, row, state: State::Bound(id) }
}

fn row(slot: Slot, id: Id<GenericMarker>, applied: &Applied, hash: Option<String>) -> bindings::Binding {
    bindings::Binding {
        applied: serde_json::to_value(applied).ok(),
        applied_hash: hash,
        attempt_at: None,
        attempt_deadline: None,
        channel: None,
        clicks: 0,
        discord: Some(id),
        evidence: Some(Evidence::Made),
        fault: None,
        guild: Id::new(1),
        id: BindingId::new(Uuid::from_u128(u128::from(id.get()))),
        kind: BindingKind::Text,
        not_before: None,
        owner: OwnerId::new(Uuid::from_u128(3)),
        remakes: 0,
        renamed: false,
        seen_name: None,
        settle_at: None,
        slot: slot.to_string(),
        state: BindingState::Bound,
        token: String::new(),
        tries: 0,
        view_version: crate::view::VIEW_VERSION.unsigned_abs(),
    }
}

/// The event's digest was said.
pub(crate) fn digested(facts: &EventFacts) -> Said {
    let key = format!("digest/{}", facts.event.over_at().as_millisecond());
    Said::from([(key, SaidState::Settled)])
}

/// The plan for an event at `now`.
pub(crate) fn planned(facts: &EventFacts, said: &Said, now: Timestamp) -> Plan {
    let known = Known { bindings: &facts.bindings, said, shelves: &facts.shelves };
    plan(&desired(&Facts::Event(Box::new(facts.clone())), now), known, now)
}

/// An overwrite that a moderator set.
pub(crate) const fn moderators(target: u64) -> Overwrite {
    Overwrite {
        allow: Permissions::MANAGE_MESSAGES,
        deny: Permissions::empty(),
        target: OverwriteTarget::Role(Id::new(target)),
    }
}

/// The archive's first category, which exists.
pub(crate) fn with_archive(facts: &mut EventFacts) {
    let archive = Shelf::Archive(facts.club.guild);
    debug_assert_eq!(archive.shelving(), Shelving::Archive);
    facts.shelves.0[1] = (archive, vec![Category { n: 1, state: State::Bound(Id::new(501)) }]);
}
