//! Refusals in words: what is wrong, and what to do instead.

mod problem;
mod time;

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    field,
    markup::name,
    message::{Body, button, row, text},
};
use crate::domain::{
    id::DraftId,
    refusal::{Fault, Refusal},
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
        Refusal::Form(faults) => form(faults),
        Refusal::SeriesNameTaken(series) => {
            format!("The club already has a series called **{}**. Choose another name.", name(series))
        }
        Refusal::SignupsClosed(event) => {
            format!(
                "Sign-ups for **{}** are closed. Ask an organiser if you still want to join.",
                name(event)
            )
        }
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
        Refusal::NotACategory => {
            "That isn't a category of this server. Choose a category, or leave it out to get a new one."
        }
        Refusal::NotInServer => "This works only in a server. Run it again in your club's.",
        Refusal::NotMember => "You aren't a member of this server any more. Join it again first.",
        Refusal::NotOrganiser => {
            "Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them."
        }
        Refusal::Outdated => {
            "This button or form is from an older version. Run the command again, or press the button on a fresh card \
             from `/event show`."
        }
        Refusal::Settled => "This has been settled meanwhile. `/club panel` shows what is open now.",
        Refusal::UnknownClass => {
            "The event doesn't have that class any more. Press **Sign up** once more to choose."
        }
        Refusal::UnknownCommand => {
            "This version doesn't know that command. Reload Discord and try again; `/help` lists what there is."
        }
        Refusal::UnknownEvent => {
            "The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming."
        }
        Refusal::UnknownSeries => {
            "The club has no such series. Choose one of those offered as you type; `/series list` shows what there is."
        }
        Refusal::EventCancelled(_)
        | Refusal::EventOver(_)
        | Refusal::EventStarted(_)
        | Refusal::Form(_)
        | Refusal::SeriesNameTaken(_)
        | Refusal::SignupsClosed(_) => "",
    }
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
