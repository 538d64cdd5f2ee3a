//! The steps for a thread and for who is in it.

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use crate::{
    discord::ThreadEdit,
    reconcile::{
        binding::{Applied, AppliedThread, Binding, State},
        desired::Resource,
        slot::Slot,
        step::Step,
    },
};

/// What a thread should be like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'w> {
    /// Whether it is archived and locked.
    pub(super) closed: bool,
    /// Its name.
    pub(super) name: &'w str,
    /// Who is in it.
    pub(super) people: &'w [Id<UserMarker>],
    /// Whether it is made so that only they see it.
    pub(super) private: bool,
}

/// See the module.
pub(super) fn steps(resource: &Resource, wanted: &Wanted<'_>, binding: Option<&Binding>) -> Vec<Step> {
    let slot = resource.slot;
    let name = || wanted.name.to_owned();
    let open = || resource.make.then(|| Step::OpenThread { name: name(), private: wanted.private, slot });
    let Some(binding) = binding else { return open().into_iter().collect() };
    match (binding.state, binding.thread()) {
        (State::Asked, _) => Vec::new(),
        (State::Creating, _) => vec![Step::Examine { slot }],
        (State::Bound(id) | State::Full(id), Some(stands)) => changes(slot, id.cast(), wanted, stands),
        (State::Wanted | State::Bound(_) | State::Full(_), _) => open().into_iter().collect(),
    }
}

fn changes(slot: Slot, thread: Id<ChannelMarker>, wanted: &Wanted<'_>, stands: &AppliedThread) -> Vec<Step> {
    if wanted.closed {
        let closes = |edit| Step::EditThread { edit, slot, thread };
        return closing(stands).map(closes).into_iter().collect();
    }
    let is_shut = stands.locked || stands.archived;
    let edit = ThreadEdit {
        archived: is_shut.then_some(false),
        locked: stands.locked.then_some(false),
        name: (stands.name != wanted.name).then(|| wanted.name.to_owned()),
    };
    let mut steps = Vec::new();
    if edit != ThreadEdit::default() {
        steps.push(Step::EditThread { edit, slot, thread });
    }
    let lacks = |user: &&Id<UserMarker>| !stands.added.contains(user) && !stands.absent.contains(user);
    let missing = wanted.people.iter().filter(lacks);
    steps.extend(missing.map(|user| Step::AddToThread { slot, thread, user: *user }));
    let surplus = stands.added.iter().filter(|user| !wanted.people.contains(user));
    steps.extend(surplus.map(|user| Step::RemoveFromThread { slot, thread, user: *user }));
    steps
}

/// What is left to archive and lock a thread. One that is archived is locked only while it is un-archived.
fn closing(stands: &AppliedThread) -> Option<ThreadEdit> {
    let (archived, locked) = match (stands.archived, stands.locked) {
        (true, true) => return None,
        (true, false) => (false, Some(true)),
        (false, true) => (true, None),
        (false, false) => (true, Some(true)),
    };
    Some(ThreadEdit { archived: Some(archived), locked, name: None })
}

/// The step that pins a message that stands.
pub(super) fn pin(slot: Slot, binding: Option<&Binding>) -> Option<Step> {
    let binding = binding.filter(|binding| binding.resource().is_some())?;
    matches!(binding.applied, Some(Applied::Card { pinned: false, .. })).then_some(Step::Pin { slot })
}
