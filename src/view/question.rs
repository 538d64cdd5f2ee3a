//! Questions and findings for the organisers, in words, with the buttons that answer them.

use twilight_model::{
    channel::message::component::{Button, ButtonStyle},
    id::{
        Id,
        marker::{ChannelMarker, UserMarker},
    },
};

use super::{
    custom_id::Press,
    markup::{channel, mention, sentence, typed},
    message::button,
};
use crate::domain::panel::{Answer, Question, Resource, Room, Subject, Topic};

/// The most candidates that an ambiguous question links to.
const MAX_CANDIDATES: usize = 5;
/// The most characters of a name, once escaped.
const MAX_NAME: usize = 100;
/// The most characters of a channel's name or topic that a question quotes.
const MAX_QUOTE: usize = 120;

/// What happened, and what to do next.
#[must_use]
pub fn words(question: &Question) -> String {
    let about = &question.about;
    match &question.topic {
        Topic::Ambiguous { candidates, resource } => ambiguous(*resource, about, candidates),
        Topic::Broken { resource } => format!(
            "**{} can't be finished.** It has failed several times, and not for want of permission or room. \
             Press **Retry** to try now.",
            heading(*resource, about),
        ),
        Topic::Deleted { resource } => format!(
            "**{} was deleted again** after it had been made anew. Should it be made once more?",
            heading(*resource, about),
        ),
        Topic::DeletionsPaused => "**Deletions are paused.** More channels aren't needed any more than are deleted \
             within an hour without a yes. **Allow** the rest to go, or **Keep** them as they are."
            .to_owned(),
        Topic::Forbidden { resource } => format!(
            "**{} needs a permission that the bot lacks.** `/info` names what is missing. Give it to the bot's role, \
             in the category too, then press **Retry**.",
            heading(*resource, about),
        ),
        Topic::Full { room, resource } => {
            format!(
                "**{} has no room.** {} Then press **Retry**.",
                heading(*resource, about),
                make_room(*room)
            )
        }
        Topic::NoAnnouncementChannel => "**Your announcement channel was deleted.** The board of coming events stands nowhere until you \
             choose another in `/club settings`."
            .to_owned(),
        Topic::NoOrganiserChannel => "**Your organiser channel was deleted.** Questions like this one stand here alone until you choose \
             another in `/club settings`."
            .to_owned(),
        Topic::SyncAsks { people } => format!(
            "**The nightly member sync is in doubt about {}.** `/club conflicts` shows them one at a time.",
            count_of(*people, "account", "accounts"),
        ),
        Topic::SyncDone { by, counts, .. } => {
            format!("{}, **the member sync is done.** {}", mention(*by), super::sync::in_short(counts))
        }
        Topic::SyncFailed { .. } => "**A member sync ended before it was done.** What it made so far stands. \
             `/club sync mode: status` says why, and `/club sync` begins anew."
            .to_owned(),
        Topic::SyncWaits { left, members, .. } => format!(
            "**A member sync waits for a yes:** it would mark {left} of {members} as having left. **Allow** that if it is \
             so; else **Keep** everybody.",
        ),
        Topic::Renamed { ours, resource, theirs } => format!(
            "**{} was changed by hand** from “{}” to “{}”, and stays so. **Use ours** changes it back.",
            heading(*resource, about),
            typed(ours, MAX_QUOTE),
            typed(theirs, MAX_QUOTE),
        ),
    }
}

/// The buttons that answer it, at most two.
#[must_use]
pub fn buttons(question: &Question) -> Vec<Button> {
    let of = |(at, &answer): (usize, &Answer)| {
        let style = if at == 0 { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        button(style, label(answer), &Press::Answer { answer, question: question.id })
    };
    question.topic.answers().iter().enumerate().map(of).collect()
}

/// What the button of an answer says.
#[must_use]
pub const fn label(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "Allow",
        Answer::Keep => "Keep",
        Answer::LeaveIt => "Leave it",
        Answer::MakeAgain => "Make it again",
        Answer::Retry => "Retry",
        Answer::Seen => "Got it",
        Answer::UseOurs => "Use ours",
    }
}

/// What follows from an answer.
pub(super) const fn outcome(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "The deletions go on.",
        Answer::Keep => "Everything stays as it is.",
        Answer::LeaveIt => "It stays as it is.",
        Answer::MakeAgain => "It is being made again.",
        Answer::Retry => "It is being tried again.",
        Answer::Seen => "Nothing else is to be done.",
        Answer::UseOurs => "It is being changed back.",
    }
}

/// The person whom a question calls by name, if it calls one.
#[must_use]
pub const fn calls(question: &Question) -> Option<Id<UserMarker>> {
    if let Topic::SyncDone { by, .. } = question.topic { Some(by) } else { None }
}

fn count_of(number: u32, one: &str, many: &str) -> String {
    super::markup::count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
}

/// An owner, as people call it.
#[must_use]
pub fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Club => "the club".to_owned(),
        Subject::Event(event) => typed(event.as_str(), MAX_NAME),
        Subject::Series(series) => format!("the series {}", typed(series.as_str(), MAX_NAME)),
    }
}

fn ambiguous(resource: Resource, about: &Subject, candidates: &[Id<ChannelMarker>]) -> String {
    let links: Vec<String> =
        candidates.iter().take(MAX_CANDIDATES).map(|candidate| channel(*candidate)).collect();
    let seen = if links.is_empty() {
        "It may exist already".to_owned()
    } else {
        format!("It may be {}", sentence(&links, "or"))
    };
    format!(
        "**{} was being made when Discord's answer got lost.** {seen}. Delete what isn't wanted and press **Retry**, or \
         have a new one made.",
        heading(resource, about),
    )
}

fn heading(resource: Resource, about: &Subject) -> String {
    let what = match resource {
        Resource::Archive => "The archive category",
        Resource::Board => "The board of coming events",
        Resource::Card => "The sign-up card",
        Resource::Category => "The category",
        Resource::Channel => "The channel",
        Resource::Message => "A message",
        Resource::NativeEvent => "The Discord event",
        Resource::TeamCard => "A team's card",
        Resource::TeamRole => "A team's role",
        Resource::PracticeVoice => "The practice room",
        Resource::TeamThread => "A team's thread",
        Resource::RaceVoice => "The race voice channel",
        Resource::Update => "The update",
    };
    format!("{what} of {}", subject(about))
}

const fn make_room(room: Room) -> &'static str {
    match room {
        Room::Category => {
            "Its category holds 50 channels, the most that Discord allows: move or delete some."
        }
        Room::Channels => "The server holds 500 channels, the most that Discord allows: delete some.",
        Room::Roles => "The server holds 250 roles, the most that Discord allows: delete some.",
    }
}
