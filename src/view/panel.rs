//! The club's panel for its organisers: what waits for them, what fails, and how much room is left.

use twilight_model::{
    channel::message::{
        Component,
        component::{Button, ButtonStyle},
    },
    guild::Permissions,
};

use super::{
    custom_id::Press,
    markup::{count, name, relative, sentence},
    message::{Body, button, link, row, section, separator, text},
    question::{self, subject},
    sync,
};
use crate::domain::{
    club::Club,
    panel::{FailingOwner, Failure, Headroom, Question},
    permission,
    sync::Run,
};

/// The most questions that one panel shows.
const MAX_QUESTIONS: usize = 4;
/// The most failing owners that one panel shows: with everything else there is, that makes a message's 40 components.
const MAX_FAILING: usize = 2;
/// From this share of a limit on, the panel warns.
const SCARCE_PERCENT: u32 = 90;

/// Everything that the panel shows.
#[derive(Clone, Copy, Debug)]
pub struct PanelFacts<'f> {
    /// The club.
    pub club: &'f Club,
    /// How many accounts may be one of several people.
    pub conflicts: u64,
    /// The owners whose work fails, the most pressing first.
    pub failing: &'f [FailingOwner],
    /// The page that authorises the app again, with what is missing.
    pub fix_permissions: &'f str,
    /// What the server has used of Discord's limits, if that is known yet.
    pub headroom: Option<Headroom>,
    /// The last sync that was to change something.
    pub last_sync: Option<&'f Run>,
    /// The permissions that the bot needs and lacks where the panel is read.
    pub missing: Permissions,
    /// The open questions, the oldest first.
    pub questions: &'f [Question],
}

/// The panel.
#[must_use]
pub fn panel(facts: &PanelFacts<'_>) -> Body {
    let mut parts = vec![text(format!("# {}", name(&facts.club.name)))];
    let waits = !facts.questions.is_empty() || facts.conflicts > 0;
    if !waits && facts.failing.is_empty() && facts.missing.is_empty() {
        parts.push(text("✅ **All is well.** Nothing waits for you."));
    }
    parts.extend(lacking(facts));
    let asked = facts.questions.get(..MAX_QUESTIONS).unwrap_or(facts.questions);
    parts.extend(questions(facts.questions));
    parts.extend(failing(&unasked(facts.failing, asked)));
    parts.push(separator());
    let room = facts.headroom.map_or_else(|| "**Room:** not counted yet".to_owned(), headroom);
    parts.push(text(format!("{}\n{room}", people(facts))));
    parts.push(row(buttons(facts)));
    Body::new(parts)
}

fn buttons(facts: &PanelFacts<'_>) -> impl Iterator<Item = Button> {
    let doubt = (facts.conflicts > 0).then_some(("Who is who", Press::Conflicts));
    let pressed =
        [("Refresh", Press::Panel), ("Check health", Press::Health), ("Sync preview", Press::PreviewSync)];
    let fix = (!facts.missing.is_empty()).then(|| link("Fix permissions", facts.fix_permissions));
    let pressed = pressed.into_iter().chain(doubt);
    pressed.map(|(label, press)| button(ButtonStyle::Secondary, label, &press)).chain(fix)
}

/// The permissions that the bot lacks.
fn lacking(facts: &PanelFacts<'_>) -> Option<Component> {
    let names = permission::names(facts.missing);
    let lacks = || format!("⚠️ **Permissions:** {} missing here.", sentence(&names, "and"));
    (!names.is_empty()).then(|| text(lacks()))
}

fn questions(questions: &[Question]) -> Vec<Component> {
    let mut parts = Vec::new();
    for question in questions.iter().take(MAX_QUESTIONS) {
        parts.push(separator());
        parts.push(text(question::words(question)));
        parts.push(row(question::buttons(question)));
    }
    parts.extend(more(questions.len(), MAX_QUESTIONS, "Answer these to see"));
    parts
}

/// The owners whose trouble no question has told already.
fn unasked<'f>(failing: &'f [FailingOwner], asked: &[Question]) -> Vec<&'f FailingOwner> {
    let told = |owner: &FailingOwner| {
        asked.iter().any(|question| question.about == owner.subject && question.topic.is_failure())
    };
    failing.iter().filter(|owner| !told(owner)).collect()
}

fn failing(failing: &[&FailingOwner]) -> Vec<Component> {
    let mut parts = Vec::new();
    if !failing.is_empty() {
        parts.push(separator());
    }
    for owner in failing.iter().take(MAX_FAILING) {
        let retry = button(ButtonStyle::Secondary, "Retry", &Press::Retry(owner.owner));
        parts.push(section(trouble(owner), retry));
    }
    parts.extend(more(failing.len(), MAX_FAILING, "Once these work you see"));
    parts
}

fn more(all: usize, shown: usize, first: &str) -> Option<Component> {
    let more = all.checked_sub(shown).filter(|more| *more > 0)?;
    Some(text(format!("{first} {more} more.")))
}

fn trouble(owner: &FailingOwner) -> String {
    let next = match owner.retry_at {
        Some(at) => format!("Tried {}; next try {}.", times(owner.tries), relative(at)),
        None => format!("Tried {}; waits for you.", times(owner.tries)),
    };
    format!("⚠️ **{}:** {} {next}", subject(&owner.subject), reason(owner.failure))
}

fn times(tries: u32) -> String {
    match tries {
        1 => "once".to_owned(),
        tries => format!("{tries} times"),
    }
}

/// A failure in words, with what to do about it.
const fn reason(failure: Failure) -> &'static str {
    match failure {
        Failure::Broken => "something went wrong between us and Discord.",
        Failure::Forbidden => {
            "the bot lacks a permission, which `/info` names. Give it to the bot's role, then press Retry."
        }
        Failure::Full => "there is no room left. Delete channels that nobody needs, then press Retry.",
        Failure::Gone => "something it needs was deleted on Discord.",
        Failure::Later => "Discord asked us to wait.",
    }
}

/// Who is in doubt, and how the last sync went.
fn people(facts: &PanelFacts<'_>) -> String {
    let last = facts.last_sync.map_or_else(|| "none yet".to_owned(), sync::in_a_line);
    let doubt = match usize::try_from(facts.conflicts).unwrap_or(usize::MAX) {
        0 => String::new(),
        many => {
            format!("⚠️ **In doubt:** {} may be one of several people\n", count(many, "account", "accounts"))
        }
    };
    format!("{doubt}**Last sync:** {last}")
}

fn headroom(used: Headroom) -> String {
    let line = |what: &str, used: u16, max: u16| {
        let scarce = u32::from(used) * 100 >= u32::from(max) * SCARCE_PERCENT;
        format!("{}**{what}:** {used} of {max}", if scarce { "⚠️ " } else { "" })
    };
    format!(
        "{}\n{}",
        line("Channels", used.channels, Headroom::MAX_CHANNELS),
        line("Roles", used.roles, Headroom::MAX_ROLES),
    )
}

#[cfg(test)]
mod tests;
