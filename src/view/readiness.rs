//! Whether people are ready for their race: one's own list, and the boards for captains and organisers.

mod board;
#[cfg(test)]
mod tests;
mod words;

use jiff::Timestamp;
use twilight_model::channel::message::component::{Button, ButtonStyle};

pub use self::board::{BoardView, of_event, of_team};
use self::words::{Reader, fix};
use super::{
    custom_id::{Press, TeamPress},
    markup::{channel, name, relative},
    message::{Body, button, enabled, row, text},
};
use crate::domain::{
    event::Event,
    id::TeamId,
    readiness::{Check, Obstacle, Point, Readiness, Standing, State, standing},
    team::Team,
};

/// How ready somebody is, for themselves.
#[derive(Clone, Copy, Debug)]
pub struct OwnView<'f> {
    /// The event.
    pub event: &'f Event,
    /// When the race voice room opens; `None` where the club does without.
    pub opens: Option<Timestamp>,
    /// What was found, and what they said.
    pub readiness: &'f Readiness,
    /// Their team.
    pub team: &'f Team,
}

/// The button that checks whoever presses it.
#[must_use]
pub fn check_button(team: TeamId) -> Button {
    button(ButtonStyle::Primary, "Check me", &Press::Team(TeamPress::Check(team)))
}

/// The list of what is as it should be, and what isn't, each with one thing to do about it.
#[must_use]
pub fn own(view: &OwnView<'_>) -> Body {
    let OwnView { event, opens, readiness, team } = *view;
    let heading = match standing(Some(readiness), team.id, opens.is_some()) {
        Standing::Ready => "You're ready",
        Standing::Fails => "Not ready yet",
        Standing::Unchecked | Standing::Waits => "Almost ready",
    };
    let points = readiness.points(opens.is_some());
    let lines: Vec<String> =
        points.into_iter().filter_map(|(point, state)| line(view, point, state)).collect();
    Body::new(vec![
        text(format!(
            "# {heading}\n**{}** in **{}**, which starts {}",
            name(&team.name),
            name(&event.name),
            relative(event.start),
        )),
        text(lines.join("\n")),
        text(format!("-# Checked {}", relative(readiness.check.at))),
        row(buttons(view)),
    ])
}

fn buttons(view: &OwnView<'_>) -> Vec<Button> {
    let OwnView { opens, readiness, team, .. } = *view;
    let says = |hears, style, label: &str| {
        let press = Press::Team(TeamPress::Hears { hears, team: team.id });
        enabled(button(style, label, &press), readiness.hears != Some(hears))
    };
    let mut buttons = Vec::new();
    if opens.is_some() && readiness.check.voice.is_some() {
        buttons.push(says(true, ButtonStyle::Success, "I hear them"));
        buttons.push(says(false, ButtonStyle::Secondary, "I don't"));
    }
    let again = Press::Team(TeamPress::CheckAgain(team.id));
    buttons.push(button(ButtonStyle::Primary, "Check again", &again));
    buttons
}

/// What is said of a point; nothing where there is nothing to say yet.
fn line(view: &OwnView<'_>, point: Point, state: State) -> Option<String> {
    match state {
        State::Good => Some(format!("✅ {}", good(view, point))),
        State::Wrong(why) => Some(format!("⚠️ **{}** {}", wrong(point), to_do(view, point, why))),
        State::Open => open(view, point).map(|what| format!("⏳ {what}")),
    }
}

fn good(view: &OwnView<'_>, point: Point) -> String {
    match point {
        Point::Connected => "You are connected now".to_owned(),
        Point::Hears => "You hear the others, by your own word".to_owned(),
        Point::InThread => "You are in the team's thread".to_owned(),
        Point::Joins => match view.readiness.check.voice {
            Some(voice) => format!("You may join the race voice, {}", channel(voice)),
            None => "You may join the race voice".to_owned(),
        },
        Point::Sees => "You see the event's channel".to_owned(),
    }
}

const fn wrong(point: Point) -> &'static str {
    match point {
        Point::Connected => "You aren't connected.",
        Point::Hears => "You don't hear the others.",
        Point::InThread => "You aren't in the team's thread.",
        Point::Joins => "You may not join the race voice.",
        Point::Sees => "You don't see the event's channel.",
    }
}

fn to_do(view: &OwnView<'_>, point: Point, why: Option<Obstacle>) -> String {
    fix(Reader::Themselves, point, why, view.readiness.check.voice)
}

fn open(view: &OwnView<'_>, point: Point) -> Option<String> {
    let Check { at, connected, voice, .. } = view.readiness.check;
    Some(match point {
        Point::Connected => match connected {
            Some(_) => {
                format!("You aren't connected now. Join {} and press **Check again**.", channel(voice?))
            }
            None => format!("Whether you are connected to {} couldn't be seen.", channel(voice?)),
        },
        Point::Hears => {
            format!("Do you hear the others in {}? Say so below.", channel(voice?))
        }
        Point::InThread => "The team has no thread yet. It comes once the teams are settled.".to_owned(),
        Point::Joins => match view.opens {
            Some(opens) if opens > at => format!("The race voice opens {}.", relative(opens)),
            _ => "The race voice couldn't be looked at: it is just being made, or the bot doesn't see it."
                .to_owned(),
        },
        Point::Sees => {
            "The event's channel couldn't be looked at: it is just being made, or the bot doesn't see it."
                .to_owned()
        }
    })
}
