//! Refusals in words: what is wrong, and what to do instead.

mod problem;
mod repeat;
mod room;
mod team;
mod time;

use jiff::Timestamp;
use twilight_model::{
    channel::message::component::ButtonStyle,
    id::{Id, marker::RoleMarker},
};

use super::{
    custom_id::Press,
    field,
    markup::{self, name, relative, sentence},
    message::{Body, button, row, text},
    reminder,
};
use crate::domain::{
    id::DraftId,
    name::{ClassName, EventName},
    refusal::{Fault, Problem, Refusal},
};

/// The refusal in words. With a draft, an **Edit again** button opens the form as it was filled in.
#[must_use]
pub fn refusal(refusal: &Refusal, draft: Option<DraftId>) -> Body {
    let mut parts = vec![text(words(refusal))];
    if let Some(draft) = draft {
        parts.push(row([button(ButtonStyle::Primary, "Edit again", &Press::EditAgain(draft))]));
    }
    Body::new(parts)
}

fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::EventCancelled(event) => {
            format!(
                "**{}** is cancelled, so nothing changed. `/event list` shows what is coming.",
                name(event)
            )
        }
        Refusal::EventOver(event) => {
            format!("**{}** is over, so nothing changed. `/event list` shows what is coming.", name(event))
        }
        Refusal::EventStarted(event) => {
            format!(
                "**{}** has started, so nobody can sign up any more. You can still withdraw.",
                name(event)
            )
        }
        Refusal::CodesLocked(until) => format!(
            "Too many wrong codes, so none is taken for a while. Try again {}, with a fresh code from your club's site.",
            relative(*until)
        ),
        Refusal::ExternalIdTaken(event) => {
            format!("**{}** has that identifier of the club's site already. Choose another.", name(event))
        }
        Refusal::Form(faults) => form(faults),
        Refusal::LinkedElsewhere(person) => format!(
            "Your account is linked to **{}** of the same club already. If that isn't you, `/unlink` first; else ask an organiser.",
            name(person)
        ),
        Refusal::Room(refusal) => room::words(refusal),
        Refusal::Team(refusal) => team::words(refusal),
        Refusal::NobodyToRemind(event) => format!(
            "Nobody is to be reminded of **{}**: nobody comes or is tentative, or those who are want no reminders.",
            name(event)
        ),
        Refusal::NoChannel(event) => format!(
            "**{}** has no channel on Discord. While it is ahead, **Create channel** in `/event manage` makes one.",
            name(event)
        ),
        Refusal::RemindedLately { at, event } => reminder::too_soon(event, *at),
        Refusal::TooLateToRemind(event) => {
            format!("**{}** has started, so nobody needs to be reminded of it any more.", name(event))
        }
        Refusal::NoPlace(event) => {
            format!("You have no place in **{}**. Press **Sign up** first.", name(event))
        }
        Refusal::CheckInAhead { at, event } => {
            format!("Check-in for **{}** opens {}. Press **Check in** then.", name(event), relative(*at))
        }
        Refusal::NoPlaceToCheckIn(event) => format!(
            "You have no place in **{}**, so there is nothing to check in to. **Sign up** on its card shows how you stand.",
            name(event)
        ),
        Refusal::NotStarted(event) => {
            format!("**{}** hasn't started yet. Note who took part once it has.", name(event))
        }
        Refusal::NotOver(event) => {
            format!(
                "**{}** isn't over yet. Its channel can be put away once it is, or is cancelled.",
                name(event)
            )
        }
        Refusal::PutAway(event) => format!(
            "The channel of **{}** is put away already, so nothing changed. To have one that was archived back, move it by hand.",
            name(event)
        ),
        Refusal::NotSignedUp(event) => {
            format!("You aren't signed up for **{}**. Press **Sign up** or **Tentative** first.", name(event))
        }
        Refusal::OfferOver(event) => format!(
            "No place in **{}** is kept for you, or not any more. **Sign up** on its card shows how you stand.",
            name(event)
        ),
        Refusal::PastCutoff { at, event } => format!(
            "Sign-ups for **{}** closed {}. Ask an organiser if you still want to join.",
            name(event),
            relative(*at)
        ),
        Refusal::RoleNeeded { class, roles } => role_needed(class.as_ref(), roles),
        Refusal::RepeatsAlready(event) => format!(
            "**{}** repeats already. Press **Stop repeating** on its panel first; the events made so far stay.",
            name(event)
        ),
        Refusal::SeriesArchived(series) => format!(
            "The series **{}** is archived, so nothing new comes into it. Choose another; `/series edit` brings it back.",
            name(series)
        ),
        Refusal::SeriesInUse { more, next } => in_use(next, *more),
        Refusal::SeriesNameTaken(series) => {
            format!("The club already has a series called **{}**. Choose another name.", name(series))
        }
        Refusal::SignupsClosed(event) => {
            format!(
                "Sign-ups for **{}** are closed. Ask an organiser if you still want to join.",
                name(event)
            )
        }
        Refusal::SyncRunning(since) => format!(
            "A member sync is running already, since {}. `/club sync mode: status` shows how far it is.",
            relative(*since)
        ),
        Refusal::UnknownZone(unknown) => problem::words(&Problem::Zone(unknown.clone())),
        other => fixed(other).to_owned(),
    }
}

/// Those whose words are always the same.
const fn fixed(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ChangedMeanwhile => {
            "Somebody else changed this while your form was open, so nothing was saved. See how it stands now in \
             `/event manage`; what you send with **Edit again** takes its place."
        }
        Refusal::ImportGone => {
            "That roster isn't waiting any more: it was imported or cancelled, or an hour has passed. `/club import` takes the file \
             again; who is imported already counts as unchanged."
        }
        Refusal::IsBot => "That is a bot. Choose one of the server's people.",
        Refusal::Unread => {
            "Discord doesn't answer just now, so nothing was found out. Press the button again in a minute."
        }
        Refusal::ChannelsUnread => {
            "Discord doesn't answer, so I can't see whether I may write in that channel. Nothing was saved; try **Edit again** in a \
             minute."
        }
        Refusal::Paused => {
            "The club's integration with Discord is off, so nothing is done here. **Switch on** in `/club settings` goes on."
        }
        Refusal::DraftGone => "What you typed isn't kept any more. Please run the command again.",
        Refusal::NeedsManageServer => {
            "This needs the Manage Server permission. Ask somebody who runs the server to do it."
        }
        Refusal::NoClub => {
            "This server has no club yet. Somebody with Manage Server creates it with `/club setup`."
        }
        Refusal::NoEvents => "No event is coming. Organisers create one with `/event create`.",
        Refusal::CategoryTaken => {
            "That category holds another series' events already. **Edit again** gives this series one of its own; to use \
             another of yours, run the command once more."
        }
        Refusal::NotACandidate => {
            "That person isn't among those whom the account may be. Choose one of them, or say that it is none."
        }
        Refusal::NotACode => {
            "A code is eight letters and digits, such as K7QF-2M9X. Copy it from your club's site as it stands there."
        }
        Refusal::NotACategory => {
            "That isn't a category of this server. Choose a category, or leave it out to get a new one."
        }
        Refusal::NotInServer => "This works only in a server. Run it again in your club's.",
        Refusal::NothingToUndo => {
            "There is no sync to undo: only the last one that was applied can be, for a day. `/club sync mode: status` lists them."
        }
        Refusal::NotOnDiscord => {
            "The club isn't bound to a Discord server. Add the app to one with the club's invitation."
        }
        Refusal::SyncOver => {
            "That sync was applied, dropped, or waited too long. `/club sync` shows how things stand now."
        }
        Refusal::NotLinked => {
            "Your Discord account isn't linked to anybody, so nothing changed. `/link` links it."
        }
        Refusal::NotMember => "You aren't a member of this server any more. Join it again first.",
        Refusal::NotRepeating => {
            "Nothing repeats that event, or not any more. Its panel shows how it stands."
        }
        Refusal::NotOrganiser => {
            "Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them."
        }
        Refusal::Outdated => {
            "This button or form is from an older version. Run the command again, or press the button on a fresh card \
             from `/event show`."
        }
        Refusal::Settled => "This has been settled meanwhile. `/club panel` shows what is open now.",
        Refusal::UnknownCar => "That car isn't in the class any more. Press **Sign up** once more to choose.",
        Refusal::TemplatesFull => {
            "The club has 100 templates, which is the most. Delete one first: `/series list`, **Templates**."
        }
        Refusal::UnknownClass => {
            "The event doesn't have that class any more. Press **Sign up** once more to choose."
        }
        Refusal::UnknownCommand => {
            "This version doesn't know that command. Reload Discord and try again; `/help` lists what there is."
        }
        Refusal::UnknownEvent => {
            "The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming."
        }
        Refusal::UnknownConflict => "The club was never asked that. `/club conflicts` shows who is in doubt.",
        Refusal::UnknownSync => "The club has no such sync. `/club sync mode: status` lists the last ones.",
        Refusal::UnknownPerson => "The club has nobody like that. `/club members` lists who there is.",
        Refusal::UnknownTemplate => {
            "The club has no such template. Choose one of those offered as you type; **Save as template** on an event's panel makes one."
        }
        Refusal::UnknownToken => "The club has no such token, or it is revoked.",
        Refusal::WrongCode => {
            "That code isn't right, was used, or is older than a day. Get a fresh one on your club's site, and type it as it stands there."
        }
        Refusal::UnknownSeries => {
            "The club has no such series. Choose one of those offered as you type; `/series list` shows what there is."
        }
        Refusal::CheckInAhead { .. }
        | Refusal::CodesLocked(_)
        | Refusal::EventCancelled(_)
        | Refusal::EventOver(_)
        | Refusal::EventStarted(_)
        | Refusal::ExternalIdTaken(_)
        | Refusal::Form(_)
        | Refusal::LinkedElsewhere(_)
        | Refusal::NobodyToRemind(_)
        | Refusal::NoChannel(_)
        | Refusal::NoPlace(_)
        | Refusal::NoPlaceToCheckIn(_)
        | Refusal::NotOver(_)
        | Refusal::NotStarted(_)
        | Refusal::NotSignedUp(_)
        | Refusal::OfferOver(_)
        | Refusal::PastCutoff { .. }
        | Refusal::RemindedLately { .. }
        | Refusal::PutAway(_)
        | Refusal::RoleNeeded { .. }
        | Refusal::RepeatsAlready(_)
        | Refusal::SeriesArchived(_)
        | Refusal::SeriesInUse { .. }
        | Refusal::SeriesNameTaken(_)
        | Refusal::SignupsClosed(_)
        | Refusal::SyncRunning(_)
        | Refusal::Room(_)
        | Refusal::Team(_)
        | Refusal::TooLateToRemind(_)
        | Refusal::UnknownZone(_) => "",
    }
}

fn role_needed(class: Option<&ClassName>, roles: &[Id<RoleMarker>]) -> String {
    let what =
        class.map_or_else(|| "This event".to_owned(), |class| format!("The class **{}**", name(class)));
    let roles: Vec<String> = roles.iter().copied().map(markup::role).collect();
    let which = if roles.len() == 1 { "the role" } else { "one of the roles" };
    format!("{what} needs {which} {}. Ask an organiser for it.", roles.join(", "))
}

fn in_use(next: &[(EventName, Option<Timestamp>)], more: usize) -> String {
    let away = |at: &Option<Timestamp>| at.map_or_else(|| "kept".to_owned(), relative);
    let mut events: Vec<String> =
        next.iter().map(|(event, at)| format!("**{}** ({})", name(event), away(at))).collect();
    if more > 0 {
        events.push(format!("{more} more"));
    }
    format!(
        "The series can be archived once its events are put away: {}. Cancel them, move them to another series, or wait.",
        sentence(&events, "and"),
    )
}

fn form(faults: &[Fault]) -> String {
    match faults {
        [] => "The form has a mistake in it, so nothing was saved.".to_owned(),
        [fault] => format!("Nothing was saved yet. {}", line(fault)),
        faults => {
            let lines: Vec<String> = faults.iter().map(|fault| format!("- {}", line(fault))).collect();
            format!("Nothing was saved yet:\n{}", lines.join("\n"))
        }
    }
}

fn line(fault: &Fault) -> String {
    format!("**{}:** {}", field::label(fault.field), problem::words(&fault.problem))
}

#[cfg(test)]
mod tests;
