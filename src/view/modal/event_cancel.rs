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
    },
    view::{
        custom_id::Form,
        field::{REASON, label},
        markup::{count, hours, name},
        message::text,
    },
};

/// What the form says happens.
#[derive(Clone, Copy, Debug)]
pub struct About<'f> {
    /// The event.
    pub event: &'f Event,
    /// How many are signed up.
    pub people: usize,
    /// What its club chose.
    pub settings: &'f ClubSettings,
}

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, about: &About<'_>, filled: &Draft) -> Modal {
    Modal::new(
        Form::EventCancel(about.event.id).opened_by(opened),
        "Cancel the event",
        [
            text(what_happens(about)),
            field(
                label(Field::Reason),
                "Shown on the card. It may stay empty.",
                Input { required: false, ..Input::lines(REASON, 300) }.filled(filled),
            ),
        ],
    )
}

fn what_happens(about: &About<'_>) -> String {
    let About { event, people, settings } = *about;
    let told = match people {
        0 => "Nobody has signed up yet.".to_owned(),
        people => format!("{} told in its channel.", count(people, "person is", "people are")),
    };
    let when = hours(settings.grace.after_cancellation().as_hours());
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
        format!("{told} {voice} channel is {fate} {when} later.")
    } else {
        "It has no channel, so nobody is told.".to_owned()
    };
    format!("**{}** is cancelled for good: this can't be undone. {rest}", name(&event.name))
}
