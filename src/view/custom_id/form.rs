//! Forms: what a modal, once sent, asks for.

use std::{fmt, str::FromStr};

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, InteractionMarker},
};

use super::{Outdated, Reader, SettingsGroup, Writer, verb};
use crate::domain::{
    id::{ClassId, EventId, SeriesId, TeamId, TemplateId},
    name::TrackName,
};

/// What identifies a modal on somebody's screen.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct FormId {
    /// What it is for.
    pub form: Form,
    /// The interaction that opened it. A modal sent twice carries the same one, so that the second is recognised.
    pub opened: Id<InteractionMarker>,
}

/// What a form is for, with what was settled before it opened.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Form {
    /// Changes a group of the club's settings.
    ClubSettings(SettingsGroup),
    /// Creates the club.
    ClubSetup,
    /// Cancels the event.
    EventCancel(EventId),
    /// Creates an event.
    EventCreate {
        /// In that series.
        series: Option<SeriesId>,
        /// On that track.
        track: Option<TrackName>,
    },
    /// Makes a copy of the event.
    EventDuplicate(EventId),
    /// Creates an event from a template.
    EventFromTemplate {
        /// In that series instead of the template's.
        series: Option<SeriesId>,
        /// From that one.
        template: TemplateId,
        /// On that track instead of the template's.
        track: Option<TrackName>,
    },
    /// Has the event come again.
    EventRepeat(EventId),
    /// Edits a class of the event.
    EventClass {
        /// Which class.
        class: ClassId,
        /// Of which event.
        event: EventId,
        /// The event's revision when the form was opened.
        revision: u64,
    },
    /// Says what proposed crews have to keep to.
    CrewRules(EventId),
    /// Says something about one's racing.
    Profile,
    /// Edits a team.
    Team {
        /// Its revision when the form was opened.
        revision: u64,
        /// Which one.
        team: TeamId,
    },
    /// Sets the terms of the event's sheet.
    EventTerms {
        /// Of which event.
        event: EventId,
        /// Its revision when the form was opened.
        revision: u64,
    },
    /// Edits the event.
    EventEdit {
        /// Which one.
        event: EventId,
        /// Its revision when the form was opened.
        revision: u64,
    },
    /// Creates a series.
    SeriesCreate {
        /// Adopting that category.
        category: Option<Id<ChannelMarker>>,
    },
    /// Says in which zone somebody lives who is on their way to an event's hours.
    HoursZone(EventId),
    /// Adds something to a sign-up.
    SignupNote(EventId),
    /// Changes what the series' new events are like.
    SeriesDefaults(SeriesId),
    /// Edits the series.
    SeriesEdit(SeriesId),
    /// Renames the template.
    TemplateRename(TemplateId),
    /// Keeps the event as a template.
    TemplateSave(EventId),
}

/// The most characters of a track's name beside a template and a series that isn't the template's own.
pub const MAX_TRACK: usize = 30;

impl Form {
    /// Its verb, as in [`verb`].
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::ClubSettings(_) => verb::SAVE,
            Self::ClubSetup => verb::SETUP,
            Self::EventCancel(_) => verb::CALL_OFF,
            Self::EventCreate { .. } => verb::CREATE,
            Self::EventDuplicate(_) => verb::DUPLICATE_AS,
            Self::EventClass { .. } => verb::SET_CLASS,
            Self::EventEdit { .. } => verb::REVISE,
            Self::EventTerms { .. } => verb::SET_TERMS,
            Self::CrewRules(_) => verb::SET_CREW_RULES,
            Self::Profile => verb::SET_PROFILE,
            Self::Team { .. } => verb::SET_TEAM,
            Self::EventFromTemplate { .. } => verb::CREATE_FROM_TEMPLATE,
            Self::EventRepeat(_) => verb::REPEAT_BY,
            Self::SeriesCreate { .. } => verb::SERIES,
            Self::HoursZone(_) => verb::SET_HOURS_ZONE,
            Self::SignupNote(_) => verb::WRITE_NOTE,
            Self::SeriesDefaults(_) => verb::SERIES_DEFAULTS,
            Self::SeriesEdit(_) => verb::SERIES_EDIT,
            Self::TemplateRename(_) => verb::TEMPLATE_RENAME,
            Self::TemplateSave(_) => verb::TEMPLATE_SAVE,
        }
    }

    /// As a modal opened by that interaction.
    #[must_use]
    pub const fn opened_by(self, opened: Id<InteractionMarker>) -> FormId {
        FormId { form: self, opened }
    }
}

impl fmt::Display for FormId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = Writer::new(self.form.verb()).number(self.opened.get());
        let id = match &self.form {
            Form::ClubSettings(group) => id.word(group.word()),
            Form::ClubSetup | Form::Profile => id,
            Form::CrewRules(event)
            | Form::EventCancel(event)
            | Form::EventDuplicate(event)
            | Form::EventRepeat(event)
            | Form::HoursZone(event)
            | Form::SignupNote(event)
            | Form::TemplateSave(event) => id.key(*event),
            Form::EventCreate { series, track } => {
                id.optional_key(*series).word(track.as_ref().map_or("", |track| track.as_str()))
            }
            Form::EventClass { class, event, revision } => id.key(*class).key(*event).number(*revision),
            Form::EventEdit { event, revision } | Form::EventTerms { event, revision } => {
                id.key(*event).number(*revision)
            }
            Form::EventFromTemplate { series, template, track } => id
                .optional_key(*series)
                .key(*template)
                .word(track.as_ref().map_or("", |track| track.as_str())),
            Form::Team { revision, team } => id.key(*team).number(*revision),
            Form::SeriesDefaults(series) | Form::SeriesEdit(series) => id.key(*series),
            Form::TemplateRename(template) => id.key(*template),
            Form::SeriesCreate { category } => id.number(category.map_or(0, Id::get)),
        };
        f.write_str(&id.0)
    }
}

impl FromStr for FormId {
    type Err = Outdated;

    fn from_str(text: &str) -> Result<Self, Outdated> {
        let (verb, mut args) = Reader::new(text)?;
        let opened = args.snowflake()?;
        let form = match verb {
            verb::CALL_OFF => Form::EventCancel(args.key()?),
            verb::CREATE => Form::EventCreate { series: args.optional_key()?, track: track(args.rest()?)? },
            verb::CREATE_FROM_TEMPLATE => Form::EventFromTemplate {
                series: args.optional_key()?,
                template: args.key()?,
                track: track(args.rest()?)?,
            },
            verb::DUPLICATE_AS => Form::EventDuplicate(args.key()?),
            verb::REPEAT_BY => Form::EventRepeat(args.key()?),
            verb::SERIES_DEFAULTS => Form::SeriesDefaults(args.key()?),
            verb::SERIES_EDIT => Form::SeriesEdit(args.key()?),
            verb::TEMPLATE_RENAME => Form::TemplateRename(args.key()?),
            verb::TEMPLATE_SAVE => Form::TemplateSave(args.key()?),
            verb::REVISE => Form::EventEdit { event: args.key()?, revision: args.number()? },
            verb::SAVE => Form::ClubSettings(SettingsGroup::of(args.word()?)?),
            verb::SERIES => Form::SeriesCreate { category: Id::new_checked(args.number()?) },
            verb::SET_CLASS => {
                Form::EventClass { class: args.key()?, event: args.key()?, revision: args.number()? }
            }
            verb::SET_HOURS_ZONE => Form::HoursZone(args.key()?),
            verb::SET_TERMS => Form::EventTerms { event: args.key()?, revision: args.number()? },
            verb::SET_TEAM => Form::Team { team: args.key()?, revision: args.number()? },
            verb::SET_CREW_RULES => Form::CrewRules(args.key()?),
            verb::SET_PROFILE => Form::Profile,
            verb::SETUP => Form::ClubSetup,
            verb::WRITE_NOTE => Form::SignupNote(args.key()?),
            _ => return Err(Outdated),
        };
        args.end(Self { form, opened })
    }
}

fn track(text: &str) -> Result<Option<TrackName>, Outdated> {
    match text {
        "" => Ok(None),
        text => TrackName::parse(text).map(Some).map_err(|_| Outdated),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::{id::Key, text},
        view::custom_id::MAX_LENGTH,
    };

    fn key<K: 'static>() -> impl Strategy<Value = Key<K>> {
        any::<u128>().prop_map(|bits| Key::new(Uuid::from_u128(bits)))
    }

    fn track_name() -> impl Strategy<Value = Option<TrackName>> {
        "(\\PC|:){0,60}".prop_map(|typed| TrackName::parse(&typed).ok())
    }

    fn form() -> impl Strategy<Value = Form> {
        prop_oneof![
            prop::sample::select(SettingsGroup::ALL.to_vec()).prop_map(Form::ClubSettings),
            Just(Form::ClubSetup),
            Just(Form::Profile),
            key().prop_map(Form::CrewRules),
            key().prop_map(Form::EventCancel),
            key().prop_map(Form::SignupNote),
            key().prop_map(Form::HoursZone),
            (prop::option::of(key()), track_name())
                .prop_map(|(series, track)| Form::EventCreate { series, track }),
            (key(), any::<u64>()).prop_map(|(event, revision)| Form::EventEdit { event, revision }),
            (key(), any::<u64>()).prop_map(|(event, revision)| Form::EventTerms { event, revision }),
            (key(), any::<u64>()).prop_map(|(team, revision)| Form::Team { revision, team }),
            (key(), key(), any::<u64>()).prop_map(|(class, event, revision)| Form::EventClass {
                class,
                event,
                revision
            }),
            key().prop_map(Form::EventDuplicate),
            key().prop_map(Form::EventRepeat),
            key().prop_map(Form::SeriesDefaults),
            key().prop_map(Form::SeriesEdit),
            key().prop_map(Form::TemplateRename),
            key().prop_map(Form::TemplateSave),
            (key(), track_name()).prop_map(|(template, track)| Form::EventFromTemplate {
                series: None,
                template,
                track
            }),
            any::<u64>().prop_map(|category| Form::SeriesCreate { category: Id::new_checked(category) }),
        ]
    }

    proptest! {
        #[test]
        fn every_form_reads_back(form in form(), opened in 1_u64..) {
            let id = form.opened_by(Id::new(opened));
            let written = id.to_string();
            prop_assert!(text::length(&written) <= MAX_LENGTH, "{}", written);
            prop_assert_eq!(written.parse(), Ok(id));
        }

        #[test]
        fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), "1:[a-z]{4,7}(:[a-zA-Z0-9_-]{0,22}){0,4}"]) {
            if let Ok(id) = text.parse::<FormId>() {
                prop_assert_eq!(id.to_string().parse(), Ok(id));
            }
        }

        #[test]
        fn another_version_is_outdated(form in form(), version in "0|2|11|") {
            let other = form.opened_by(Id::new(7)).to_string().replacen('1', &version, 1);
            prop_assert_eq!(other.parse::<FormId>(), Err(Outdated));
        }
    }

    #[test]
    fn the_longest_form_fits() {
        let form = Form::EventCreate {
            series: Some(Key::new(Uuid::from_u128(u128::MAX))),
            track: TrackName::parse(&"x".repeat(50)).ok(),
        };
        assert!(text::length(&form.opened_by(Id::new(u64::MAX)).to_string()) <= MAX_LENGTH);
        let form = Form::EventFromTemplate {
            series: Some(Key::new(Uuid::from_u128(u128::MAX))),
            template: Key::new(Uuid::from_u128(u128::MAX)),
            track: TrackName::parse(&"x".repeat(MAX_TRACK)).ok(),
        };
        assert_eq!(text::length(&form.opened_by(Id::new(u64::MAX)).to_string()), MAX_LENGTH);
    }
}
