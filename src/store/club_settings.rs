//! What a club chose, as a row.

use entity::club_settings;
use jiff::Timestamp;

use super::{
    convert::{Row, flake, json, ms, word},
    error::StoreError,
};
use crate::domain::{
    id::ClubId,
    settings::{CheckIn, ClubSettings, Grace, Lead, Period, RaceVoice, Updates},
};

/// The row of what a club chose.
pub(super) fn write(club: ClubId, settings: &ClubSettings, now: Timestamp) -> club_settings::Model {
    let ClubSettings {
        auto_create_channels,
        clean_reminders,
        check_in,
        discord_integration_enabled,
        grace,
        native_events,
        nightly_sync,
        notification_preferences,
        race_voice,
        updates,
        ..
    } = *settings;
    club_settings::Model {
        announcement_channel_id: settings.announcement_channel.map(flake),
        auto_create_channels,
        channel_naming_pattern: settings.channel_naming_pattern.to_string(),
        clean_reminders,
        check_in_minutes: check_in.map_or(0, CheckIn::as_minutes).into(),
        club_id: club.uuid(),
        discord_integration_enabled,
        grace_hours: grace.as_hours().into(),
        locale: settings.locale.code().to_owned(),
        member_role_id: settings.member_role.map(flake),
        native_events,
        nightly_sync,
        notification_preferences: serde_json::to_value(notification_preferences).unwrap_or_default(),
        organiser_channel_id: settings.organiser_channel.map(flake),
        organiser_role_id: settings.organiser_role.map(flake),
        put_away: word(&settings.put_away),
        race_voice_access: word(&settings.race_voice_access),
        race_voice_lead_hours: match race_voice {
            RaceVoice::Ahead(lead) => Some(lead.as_hours().into()),
            RaceVoice::Off => None,
        },
        reminders: json(&settings.reminders),
        role_map: serde_json::to_value(&settings.role_map).unwrap_or_default(),
        teams: json(&settings.teams),
        update_hours: match updates {
            Updates::Every(period) => Some(period.as_hours().into()),
            Updates::Off => None,
        },
        updated_at: ms(now),
    }
}

/// Reads what [`write`] wrote.
pub(super) fn read(model: club_settings::Model) -> Result<ClubSettings, StoreError> {
    let row = Row::new("club_settings", &model.club_id);
    let grace = Grace::hours(row.number("grace_hours", model.grace_hours)?);
    let check_in = CheckIn::of(row.number("check_in_minutes", model.check_in_minutes)?);
    let race_voice = match model.race_voice_lead_hours {
        None => RaceVoice::Off,
        Some(hours) => {
            let lead = Lead::hours(row.number("race_voice_lead_hours", hours)?);
            RaceVoice::Ahead(lead.ok_or_else(|| row.corrupt("race_voice_lead_hours", "out of bounds"))?)
        }
    };
    let updates = match model.update_hours {
        None => Updates::Off,
        Some(hours) => {
            let period = Period::hours(row.number("update_hours", hours)?);
            Updates::Every(period.ok_or_else(|| row.corrupt("update_hours", "out of bounds"))?)
        }
    };
    let role_map = serde_json::from_value(model.role_map);
    let preferences = serde_json::from_value(model.notification_preferences);
    Ok(ClubSettings {
        announcement_channel: row.flake_opt("announcement_channel_id", model.announcement_channel_id)?,
        auto_create_channels: model.auto_create_channels,
        channel_naming_pattern: row.parsed("channel_naming_pattern", model.channel_naming_pattern.parse())?,
        clean_reminders: model.clean_reminders,
        check_in: check_in.ok_or_else(|| row.corrupt("check_in_minutes", "out of bounds"))?,
        discord_integration_enabled: model.discord_integration_enabled,
        grace: grace.ok_or_else(|| row.corrupt("grace_hours", "out of bounds"))?,
        locale: row.word("locale", &model.locale)?,
        member_role: row.flake_opt("member_role_id", model.member_role_id)?,
        native_events: model.native_events,
        nightly_sync: model.nightly_sync,
        notification_preferences: row.parsed("notification_preferences", preferences)?,
        organiser_channel: row.flake_opt("organiser_channel_id", model.organiser_channel_id)?,
        organiser_role: row.flake_opt("organiser_role_id", model.organiser_role_id)?,
        put_away: row.word("put_away", &model.put_away)?,
        race_voice,
        race_voice_access: row.word("race_voice_access", &model.race_voice_access)?,
        reminders: row.parsed("reminders", serde_json::from_value(model.reminders))?,
        role_map: row.parsed("role_map", role_map)?,
        teams: row.parsed("teams", serde_json::from_value(model.teams))?,
        updates,
    })
}
