//! The forms of `/club settings`.

use futures::FutureExt;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{form, read::Reader};
use crate::{
    domain::{
        club::Club,
        refusal::{Field, Refusal},
        settings::{Notifications, PutAway, RaceVoice, VoiceAccess},
    },
    interaction::{
        answer::Answer,
        deps::Deps,
        failure::Failure,
        fields::Fields,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::settings::SettingsChange,
    view::{
        custom_id::{Form, SettingsGroup, verb},
        field,
        modal::settings,
        reply,
    },
};

/// The form.
pub(super) const FORM: FormHandler<Deps> = form(
    verb::SAVE,
    Audience::Organiser,
    |deps, call| run(deps, call).boxed(),
    |_, call| reopen(call).boxed(),
);

async fn run(deps: &Deps, call: Call<Submitted>) -> Result<Answer, Failure> {
    let group = group(&call.input.form)?;
    let change = read(&call.input.fields, group, call.context.server()?.id)?;
    let render = |club: &Club| shown::message(&reply::settings_saved(club, group)).into();
    Ok(Answer::Kept(deps.service.save_settings(call.ask(&render)?, change).await?))
}

async fn reopen(call: Call<Reopened>) -> Result<Answer, Failure> {
    let group = group(&call.input.form)?;
    Ok(Answer::Modal(settings::modal(call.context.id, group, &call.input.filled)))
}

const fn group(form: &Form) -> Result<SettingsGroup, Refusal> {
    match form {
        Form::ClubSettings(group) => Ok(*group),
        _ => Err(Refusal::Outdated),
    }
}

fn read(fields: &Fields, group: SettingsGroup, guild: Id<GuildMarker>) -> Result<SettingsChange, Refusal> {
    match group {
        SettingsGroup::Channels => channels(fields),
        SettingsGroup::General => general(fields, guild),
        SettingsGroup::Notifications => Ok(notifications(fields)),
        SettingsGroup::People => people(fields, guild),
        SettingsGroup::RaceVoice => race_voice(fields),
    }
}

fn channels(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let put_away = match fields.text(field::PUT_AWAY) {
        field::PUT_AWAY_ARCHIVE => PutAway::Archive,
        field::PUT_AWAY_DELETE => PutAway::Delete,
        _ => return Err(Refusal::Outdated),
    };
    let mut reader = Reader::new(fields);
    let (pattern, grace) = (reader.pattern(), reader.grace());
    reader.finish(pattern.zip(grace).map(|(channel_naming_pattern, grace)| SettingsChange::Channels {
        auto_create_channels: fields.is_checked(field::AUTO_CREATE),
        channel_naming_pattern,
        grace,
        native_events: fields.is_checked(field::NATIVE_EVENTS),
        put_away,
    }))
}

fn general(fields: &Fields, guild: Id<GuildMarker>) -> Result<SettingsChange, Refusal> {
    let mut reader = Reader::new(fields);
    let (name, zone) = (reader.name(field::NAME, Field::Name), reader.zone());
    let (organiser_channel, organiser_role) = (reader.organiser_channel(), reader.organiser_role(guild));
    let announcement_channel = reader.announcement_channel();
    reader.finish(name.zip(zone).map(|(name, zone)| SettingsChange::General {
        announcement_channel,
        name,
        organiser_channel,
        organiser_role,
        zone,
    }))
}

fn notifications(fields: &Fields) -> SettingsChange {
    let is_on = |value: &str| fields.values(field::NOTIFICATIONS).iter().any(|chosen| chosen == value);
    SettingsChange::Notifications(Notifications {
        promotions: is_on(field::NOTIFY_PROMOTIONS),
        put_away: is_on(field::NOTIFY_PUT_AWAY),
        race_voice: is_on(field::NOTIFY_RACE_VOICE),
    })
}

fn people(fields: &Fields, guild: Id<GuildMarker>) -> Result<SettingsChange, Refusal> {
    let mut reader = Reader::new(fields);
    let (member_role, role_map) = (reader.member_role(guild), reader.role_map(guild));
    reader.finish(role_map.map(|role_map| SettingsChange::People {
        member_role,
        nightly_sync: fields.is_checked(field::NIGHTLY_SYNC),
        role_map,
    }))
}

fn race_voice(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let access = match fields.text(field::ACCESS) {
        field::ACCESS_OPEN => VoiceAccess::Open,
        field::ACCESS_PARTICIPANTS => VoiceAccess::Participants,
        _ => return Err(Refusal::Outdated),
    };
    let is_on = fields.is_checked(field::RACE_VOICE);
    let mut reader = Reader::new(fields);
    let lead = reader.lead();
    reader.finish(lead.map(|lead| SettingsChange::RaceVoice {
        access,
        race_voice: if is_on { RaceVoice::Ahead(lead) } else { RaceVoice::Off },
    }))
}
