//! What a use case refuses, as a problem.

use super::{FieldError, Problem};
use crate::domain::{
    local_time::TimeError,
    refusal::{self as domain, Field, Problem as Fault, Refusal, TeamRefusal},
};

/// The problem that a refusal is.
pub(super) fn problem(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::NoClub => Problem::NotFound("There is no such club.".to_owned()),
        Refusal::UnknownClass => Problem::NotFound("The event has no such class.".to_owned()),
        Refusal::UnknownConflict => Problem::NotFound("The club has no such conflict.".to_owned()),
        Refusal::UnknownEvent => Problem::NotFound("The club has no such event.".to_owned()),
        Refusal::UnknownPerson => Problem::NotFound("The club has nobody like that.".to_owned()),
        Refusal::UnknownSeries => Problem::NotFound("The club has no such series.".to_owned()),
        Refusal::UnknownSync => Problem::NotFound("The club has no such sync.".to_owned()),
        Refusal::Team(TeamRefusal::Unknown) => Problem::NotFound("The club has no such team.".to_owned()),
        Refusal::UnknownTemplate => Problem::NotFound("The club has no such template.".to_owned()),
        Refusal::UnknownToken => {
            Problem::NotFound("The club has no such token, or it is revoked.".to_owned())
        }
        Refusal::NeedsManageServer | Refusal::NotOrganiser => {
            Problem::Forbidden("Only the club’s organisers may do this.".to_owned())
        }
        Refusal::NotACandidate => {
            let why = "The conflict doesn’t offer that person. Send one of its candidates, or none: true.";
            Problem::Invalid(vec![FieldError::new("/user", why)])
        }
        Refusal::Form(faults) if faults.iter().any(|fault| matches!(fault.problem, Fault::RoleAbove)) => {
            let why = "It stands above the bot’s own role, so that the bot can’t give it. Send another, or move the bot’s role up.";
            Problem::Invalid(vec![FieldError::new("/member_role_id", why)])
        }
        Refusal::Form(faults) if !faults.is_empty() => Problem::Invalid(faults.iter().map(field).collect()),
        other => Problem::Conflict(conflict(other)),
    }
}

/// What is wrong with a value.
fn field(fault: &domain::Fault) -> FieldError {
    let pointer = match fault.field {
        Field::Classes => "/classes",
        Field::Length => "/length_minutes",
        Field::Start => "/start",
        _ => "",
    };
    FieldError::new(pointer, words(&fault.problem))
}

fn words(problem: &Fault) -> String {
    match problem {
        Fault::ClassInUse { class, people } => {
            let class = class.as_ref().map(|class| format!(" {class}")).unwrap_or_default();
            format!(
                "The class{class} has {people} people signed up, so it can’t go. Keep it, or move them first."
            )
        }
        Fault::OverAlready(start) => {
            format!("The race started at {start} and would be over already. Send a greater length.")
        }
        Fault::StartedAlready(start) => {
            format!("The race started at {start}, so its start can’t move any more. Leave it out.")
        }
        Fault::Time(TimeError::Past { .. }) => "It’s past. Send an instant ahead.".to_owned(),
        Fault::Time(TimeError::TooFar { latest, .. }) => {
            format!("It’s too far ahead. Send an instant by {latest}.")
        }
        _ => "It can’t be taken.".to_owned(),
    }
}

/// What is in the way.
fn conflict(refusal: &Refusal) -> String {
    match refusal {
        Refusal::ChangedMeanwhile => "Somebody else changed it meanwhile. Read it anew.".to_owned(),
        Refusal::CheckInAhead { at, event } => format!("Check-in for {event} opens at {at}."),
        Refusal::EventCancelled(name) => format!("The event {name} is cancelled."),
        Refusal::EventOver(name) => format!("The event {name} is over."),
        Refusal::EventStarted(name) => format!("The event {name} has started."),
        Refusal::ExternalIdTaken(name) => format!("The event {name} has that external_id."),
        Refusal::LinkedElsewhere(name) => {
            format!("The account is linked to {name} of the same club already.")
        }
        Refusal::NoChannel(name) => format!("The event {name} has no channel."),
        Refusal::NoPlace(name) | Refusal::NoPlaceToCheckIn(name) => format!("They have no place in {name}."),
        Refusal::NotOver(name) => format!("The event {name} isn’t over yet."),
        Refusal::NotStarted(name) => format!("The event {name} hasn’t started yet."),
        Refusal::OfferOver(name) => format!("No place in {name} is offered to them."),
        Refusal::NotLinked => {
            "They have no Discord account that is known here. Send them a link code first.".to_owned()
        }
        Refusal::NotOnDiscord => {
            "The club isn’t bound to a Discord server. Make an invitation, and have somebody follow it."
                .to_owned()
        }
        Refusal::NothingToUndo => {
            "Only the sync that was applied last can be undone, once and for a day.".to_owned()
        }
        Refusal::Paused => "The club’s integration with Discord is off.".to_owned(),
        Refusal::PastCutoff { at, event } => format!("Sign-ups for {event} closed at {at}."),
        Refusal::SeriesArchived(name) => format!("The series {name} is archived."),
        Refusal::SeriesInUse { .. } => "Events of the series are coming, or aren’t put away yet.".to_owned(),
        Refusal::PutAway(name) => format!("The channel of {name} is put away already."),
        Refusal::SeriesNameTaken(name) => format!("The club has another series called {name}."),
        Refusal::Settled => "This has been settled meanwhile.".to_owned(),
        Refusal::SignupsClosed(name) => format!("Sign-ups for {name} are closed."),
        Refusal::SyncOver => "That sync was applied, dropped, or is too old.".to_owned(),
        Refusal::SyncRunning(since) => format!("Another sync of the club runs, since {since}."),
        _ => "How things stand doesn’t allow this.".to_owned(),
    }
}
