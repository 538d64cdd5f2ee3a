//! The form that cancels an event: it says what happens, and asks why.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{
        event::Event,
        refusal::Field,
        settings::{ClubSettings, PutAway, RaceVoice},
        signup::Sheet,
    },
    view::{
        custom_id::Form,
        field::{REASON, label},
        markup::{count, hours, name},
        message::text,
    },
};

/// The form, opened by that interaction.
#[must_use]
pub fn modal(
    opened: Id<InteractionMarker>,
    event: &Event,
    sheet: &Sheet,
    settings: &ClubSettings,
    filled: &Draft,
) -> Modal {
    Modal::new(
        Form::EventCancel(event.id).opened_by(opened),
        "Cancel the event",
        [
            text(what_happens(event, sheet, settings)),
            field(
                label(Field::Reason),
                "Shown on the card. It may stay empty.",
                Input { required: false, ..Input::lines(REASON, 300) }.filled(filled),
            ),
        ],
    )
}

fn what_happens(event: &Event, sheet: &Sheet, settings: &ClubSettings) -> String {
    let people = sheet.lines().iter().filter(|line| line.state.is_signed_up()).count();
    let told = match people {
        0 => "Nobody has signed up yet.".to_owned(),
        people => format!("{} told in its channel.", count(people, "person is", "people are")),
    };
    let when = match settings.grace.as_hours() {
        0 => "at once".to_owned(),
        grace => format!("{} later", hours(grace)),
    };
    let fate = match settings.put_away {
        PutAway::Archive => "archived",
        PutAway::Delete => "deleted",
    };
    let rest = if event.channels_wanted {
        let voice = if settings.race_voice == RaceVoice::Off {
            "Its"
        } else {
            "Its race voice channel goes, and its"
        };
        format!("{told} {voice} channel is {fate} {when}.")
    } else {
        "It has no channel, so nobody is told.".to_owned()
    };
    format!("**{}** is cancelled for good: this can't be undone. {rest}", name(&event.name))
}
