//! What an audit row tells of a club, a series and an event.

use serde_json::{Value, json};

use super::{Service, ServiceError, work::Work};
use crate::{
    domain::{
        actor::Actor,
        club::{Club, Series, SiteClub},
        event::Event,
        id::ClubId,
        recurrence::Recurrence,
        settings::{CheckIn, RaceVoice, Updates},
        template::Template,
    },
    store::audit::{self, Doer, Entry},
};

/// Something that an organiser does.
#[derive(Debug)]
pub(super) struct Deed {
    /// What, such as `event.cancel`. The word before the dot is the kind of its subject.
    pub(super) action: &'static str,
    /// How its subject became.
    pub(super) after: Option<Value>,
    /// How its subject was.
    pub(super) before: Option<Value>,
    /// Its subject's identifier.
    pub(super) subject: String,
}

impl Service {
    /// Writes down what the actor does in their club.
    pub(super) async fn audit(
        &self,
        work: &Work,
        actor: &Actor,
        club: ClubId,
        deed: Deed,
    ) -> Result<(), ServiceError> {
        self.audit_by(work, Doer::Account(actor.account.id), club, deed).await
    }

    /// Writes down what somebody, or a program, does in a club.
    pub(super) async fn audit_by(
        &self,
        work: &Work,
        by: Doer,
        club: ClubId,
        deed: Deed,
    ) -> Result<(), ServiceError> {
        let kind = deed.action.split('.').next().unwrap_or_default();
        let entry = Entry {
            action: deed.action.to_owned(),
            after: deed.after,
            at: work.now,
            before: deed.before,
            by,
            club,
            id: self.0.ids.uuid(work.now),
            subject_id: deed.subject,
            subject_kind: kind.to_owned(),
        };
        Ok(audit::write(&work.tx, entry).await?)
    }
}

/// A club with all that it chose.
pub(super) fn club(club: &Club) -> Value {
    site_club(&club.clone().into())
}

/// A club with all that it chose, on Discord or not.
pub(super) fn site_club(club: &SiteClub) -> Value {
    let settings = &club.settings;
    let lead = match settings.race_voice {
        RaceVoice::Ahead(lead) => Some(lead.as_hours()),
        RaceVoice::Off => None,
    };
    let updates = match settings.updates {
        Updates::Every(period) => Some(period.as_hours()),
        Updates::Off => None,
    };
    json!({
        "announcement_channel": settings.announcement_channel,
        "auto_create_channels": settings.auto_create_channels,
        "channel_naming_pattern": settings.channel_naming_pattern.to_string(),
        "clean_reminders": settings.clean_reminders,
        "check_in_minutes": settings.check_in.map_or(0, CheckIn::as_minutes),
        "discord_integration_enabled": settings.discord_integration_enabled,
        "grace_hours": settings.grace.as_hours(),
        "locale": settings.locale,
        "name": club.name,
        "notification_preferences": settings.notification_preferences,
        "member_role": settings.member_role,
        "native_events": settings.native_events,
        "nightly_sync": settings.nightly_sync,
        "organiser_channel": settings.organiser_channel,
        "organiser_role": settings.organiser_role,
        "put_away": settings.put_away,
        "race_voice_access": settings.race_voice_access,
        "race_voice_lead_hours": lead,
        "reminders": settings.reminders.to_string(),
        "role_map": settings.role_map,
        "teams": settings.teams,
        "update_hours": updates,
        "zone": club.zone.name(),
    })
}

/// A series.
pub(super) fn series(series: &Series) -> Value {
    json!({
        "adopted_category": series.adopted_category,
        "archived_at": series.archived_at,
        "defaults": series.defaults,
        "name": series.name,
    })
}

/// A template.
pub(super) fn template(template: &Template) -> Value {
    json!({ "blueprint": template.blueprint, "name": template.name, "series": template.series })
}

/// A rule by which an event comes again.
pub(super) fn recurrence(recurrence: &Recurrence) -> Value {
    json!({
        "name": recurrence.name,
        "rule": recurrence.rule,
        "series": recurrence.series,
        "stopped_at": recurrence.stopped_at,
    })
}

/// An event, without its sheet.
pub(super) fn event(event: &Event) -> Value {
    let classes = event.classes.iter().map(|class| {
        json!({
            "capacity": class.capacity.map(|capacity| capacity.get()),
            "cars": class.cars,
            "id": class.id,
            "name": class.name,
            "roles": class.roles,
        })
    });
    json!({
        "channel_name": event.channel_name.as_str(),
        "channels_wanted": event.channels_wanted,
        "classes": classes.collect::<Vec<_>>(),
        "description": event.description,
        "length_minutes": event.length.minutes(),
        "name": event.name,
        "external_id": event.external_id,
        "fate": event.fate,
        "series": event.series,
        "signup_url": event.signup_url,
        "start": event.start,
        "state": event.state,
        "terms": event.terms,
        "track": event.track,
    })
}
