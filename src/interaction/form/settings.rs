//! The forms of `/club settings`.

use futures::FutureExt;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{form, read::Reader};
use crate::{
    domain::{
        notice::{Notice, Where},
        refusal::{Field, Refusal},
        settings::{
            GeneralChoice, Notifications, Practice, PutAway, RaceRooms, RaceVoice, TeamSettings, VoiceAccess,
        },
    },
    interaction::{
        answer::{Answer, Callback},
        deps::Deps,
        desk::{Desk as _, NewDraft},
        failure::Failure,
        fields::Fields,
        incoming::Submitted,
        shown,
        table::{Audience, Call, FormHandler, Reopened},
    },
    service::settings::{SettingsChange, SettingsView},
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
    let change = match change {
        Read::General(choice) => {
            let club = deps.service.organised_club(call.context.member()?).await?;
            if !choice.new_channels(&club.settings).is_empty() {
                return check(deps, &call, choice).await;
            }
            choice.into()
        }
        Read::Other(change) => change,
    };
    let render =
        |view: &SettingsView| shown::message(&reply::settings_saved(&shown::settings(view), group)).into();
    Ok(Answer::Kept(deps.service.save_settings(call.ask(&render)?, change).await?))
}

/// Has it found out whether the bot may write in the channels chosen; the reply waits for it. What was typed is kept meanwhile.
async fn check(deps: &Deps, call: &Call<Submitted>, choice: GeneralChoice) -> Result<Answer, Failure> {
    let filled = call.input.fields.filled();
    let form = settings::modal(call.context.id, SettingsGroup::General, filled);
    let guild = Some(call.context.server()?.id);
    let draft = NewDraft { form, guild, user: call.context.user.id };
    let draft = deps.keep_draft(draft).await.map_err(Failure::Broken)?;
    let render = |(): &()| Callback::deferred_message(true).into_json().into();
    let ask = call.ask(&render)?;
    Ok(Answer::Kept(deps.service.check_settings(ask, &call.context.token, choice, Some(draft)).await?))
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

/// What a form asks for.
enum Read {
    /// What may name channels that are checked first.
    General(GeneralChoice),
    /// Anything else.
    Other(SettingsChange),
}

fn read(fields: &Fields, group: SettingsGroup, guild: Id<GuildMarker>) -> Result<Read, Refusal> {
    let change = match group {
        SettingsGroup::Channels => channels(fields),
        SettingsGroup::General => return general(fields, guild).map(Read::General),
        SettingsGroup::Notifications => notifications(fields),
        SettingsGroup::People => people(fields, guild),
        SettingsGroup::RaceVoice => race_voice(fields),
        SettingsGroup::Reminders => reminders(fields),
        SettingsGroup::Teams => teams(fields),
    };
    change.map(Read::Other)
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

fn general(fields: &Fields, guild: Id<GuildMarker>) -> Result<GeneralChoice, Refusal> {
    let mut reader = Reader::new(fields);
    let (name, zone) = (reader.name(field::NAME, Field::Name), reader.zone());
    let (organiser_channel, organiser_role) = (reader.organiser_channel(), reader.organiser_role(guild));
    let announcement_channel = reader.announcement_channel();
    reader.finish(name.zip(zone).map(|(name, zone)| GeneralChoice {
        announcement_channel,
        name,
        organiser_channel,
        organiser_role,
        zone,
    }))
}

fn notifications(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let mut chosen = Notifications::default();
    for notice in Notice::ALL {
        let place = Where::of(fields.text(field::notice(notice))).ok_or(Refusal::Outdated)?;
        chosen = chosen.with(notice, place);
    }
    Ok(SettingsChange::Notifications(chosen))
}

fn reminders(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let mut reader = Reader::new(fields);
    let (offsets, updates) = (reader.offsets(), reader.updates());
    reader.finish(offsets.zip(updates).map(|(reminders, updates)| SettingsChange::Reminders {
        clean_reminders: fields.is_checked(field::CLEAN_REMINDERS),
        reminders,
        updates,
    }))
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
    let access = access(fields)?;
    let is_on = fields.is_checked(field::RACE_VOICE);
    let mut reader = Reader::new(fields);
    let (lead, check_in) = (reader.lead(), reader.check_in());
    reader.finish(lead.zip(check_in).map(|(lead, check_in)| SettingsChange::RaceVoice {
        access,
        check_in,
        race_voice: if is_on { RaceVoice::Ahead(lead) } else { RaceVoice::Off },
    }))
}

fn teams(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let practice = match fields.text(field::PRACTICE) {
        field::PRACTICE_BOTH => Practice::Both,
        field::PRACTICE_EVENT => Practice::Event,
        field::PRACTICE_OFF => Practice::Off,
        field::PRACTICE_TEAM => Practice::Team,
        _ => return Err(Refusal::Outdated),
    };
    let access = access(fields)?;
    let has = |extra: &str| fields.values(field::EXTRAS).iter().any(|chosen| chosen == extra);
    let mut reader = Reader::new(fields);
    let (user_limit, bitrate) = (reader.user_limit(), reader.bitrate());
    reader.finish(user_limit.zip(bitrate).map(|(user_limit, bitrate)| {
        SettingsChange::Teams(TeamSettings {
            access,
            bitrate,
            invitations: has(field::EXTRA_INVITATIONS),
            practice,
            practice_at_finalize: has(field::EXTRA_PRACTICE_AT_FINALIZE),
            race_rooms: if has(field::EXTRA_RACE_ROOMS) { RaceRooms::Team } else { RaceRooms::Event },
            roles: has(field::EXTRA_ROLES),
            threads_early: has(field::EXTRA_THREADS_EARLY),
            user_limit,
        })
    }))
}

/// Who may join, as chosen.
fn access(fields: &Fields) -> Result<VoiceAccess, Refusal> {
    match fields.text(field::ACCESS) {
        field::ACCESS_OPEN => Ok(VoiceAccess::Open),
        field::ACCESS_TEAM => Ok(VoiceAccess::Team),
        field::ACCESS_PARTICIPANTS => Ok(VoiceAccess::Participants),
        _ => Err(Refusal::Outdated),
    }
}
