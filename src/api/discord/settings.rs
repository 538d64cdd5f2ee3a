//! What a club chose, as its site sees and changes it.

use std::{collections::BTreeSet, num::NonZeroU64};

use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::GuildMarker};
use utoipa::ToSchema;

use crate::{
    api::{
        body::{required, sent},
        fields::Fields,
        problem::Problem,
    },
    domain::{
        locale::Locale,
        notice::Where,
        reminder::Offsets,
        settings::{
            CheckIn, ClubSettings, Grace, Lead, MAX_ROLE_RULES, Notifications, Period, PutAway, RaceVoice,
            RoleRule, TeamSettings, Updates, VoiceAccess,
        },
    },
};

/// What a club chose.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ClubSettings)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// The channel that a board of the coming events stands in; null for none. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>, required = false, example = "1174000000000000001", pattern = "^[1-9][0-9]{0,19}$")]
    announcement_channel_id: Option<Option<String>>,
    /// Whether an event gets its channel without anybody asking.
    auto_create_channels: bool,
    /// How an event’s channel is named: text with `{series}`, `{event}`, `{track}`, `{date}`, `{time}`, `{weekday}`, `{day}` or `{month}`
    /// in it.
    #[schema(example = "{series} {event} {date}", min_length = 1)]
    channel_naming_pattern: String,
    /// Whole minutes before the start at which people are asked to check in, from 5 on; 0 for never. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = u16, required = false, minimum = 0, maximum = 1440, example = 60)]
    check_in_minutes: Option<u16>,
    /// Whether reminders are deleted once a newer one is sent, or the event has started. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = bool, required = false)]
    clean_reminders: Option<bool>,
    /// Whether anything is done on Discord for this club at all. Off makes no calls and keeps all data.
    discord_integration_enabled: bool,
    /// Whole hours between an event’s end and its being put away.
    #[schema(minimum = 0, maximum = 336)]
    grace_hours: u16,
    /// The language of weekdays and months where Discord can’t write them in each reader’s own. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Locale, required = false)]
    locale: Option<Locale>,
    /// The role that a sync gives to every member; null for none.
    #[serde(deserialize_with = "required")]
    #[schema(required, example = "1174000000000000002", pattern = "^[1-9][0-9]{0,19}$")]
    member_role_id: Option<String>,
    /// Whether each event stands among the server’s own scheduled events, too. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = bool, required = false)]
    native_events: Option<bool>,
    /// Whether members are synced every night.
    nightly_sync: bool,
    /// Where each kind of message is sent.
    notification_preferences: Messages,
    /// The channel for questions and findings; null for none.
    #[serde(deserialize_with = "required")]
    #[schema(required, example = "1174000000000000003", pattern = "^[1-9][0-9]{0,19}$")]
    organiser_channel_id: Option<String>,
    /// The role whose holders are organisers, besides those with Manage Server; null for none.
    #[serde(deserialize_with = "required")]
    #[schema(required, example = "1174000000000000004", pattern = "^[1-9][0-9]{0,19}$")]
    organiser_role_id: Option<String>,
    /// What becomes of a finished event’s channel.
    put_away: PutAway,
    /// Who may join the race voice channel.
    race_voice_access: VoiceAccess,
    /// Whole hours before the start at which the race voice channel opens; null for never.
    #[serde(deserialize_with = "required")]
    #[schema(required, minimum = 1, maximum = 168)]
    race_voice_lead_hours: Option<u16>,
    /// How many whole minutes before the start people are reminded, each once; none for no reminders. Left out, they stay as they are.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Vec<u32>, required = false, max_items = 5, example = json!([1440, 60]))]
    reminders: Option<Vec<u32>>,
    /// Which Discord roles stand for which roles in the club, each Discord role once.
    #[schema(max_items = 20)]
    role_map: Vec<Rule>,
    /// What its teams get. Left out, it stays as it is; of it, what is left out is as for a new club.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = TeamSettings, required = false)]
    teams: Option<TeamSettings>,
    /// Whole hours between two updates of the message in an event’s channel that tells how its sheet stands, counted back from the start;
    /// null for none. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<u16>, required = false, minimum = 6, maximum = 168)]
    update_hours: Option<Option<u16>>,
}

/// Where each kind of message is sent: `event` is the event’s own channel, `announcement` the club’s announcement channel (where it has
/// none, the event’s own), `off` nowhere. `true` is taken for `event`, `false` for `off`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Messages {
    /// Somebody moved up from the waiting list.
    promotions: Place,
    /// An event ended and will be put away.
    put_away: Place,
    /// The race voice channel opened.
    race_voice: Place,
    /// An event starts soon. Left out, it stays as it is.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Place, required = false)]
    reminders: Option<Place>,
}

/// Where messages are sent.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
enum Place {
    /// By word.
    Word(Where),
    /// In the event’s channel, or nowhere.
    Flag(bool),
}

impl From<Place> for Where {
    fn from(place: Place) -> Self {
        match place {
            Place::Word(place) => place,
            Place::Flag(on) => on.into(),
        }
    }
}

/// A Discord role that stands for a role in the club.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// What its holders are in the club: 1 to 40 characters.
    #[schema(example = "steward", min_length = 1, max_length = 40)]
    club_role: String,
    /// The Discord role.
    #[schema(example = "1174000000000000005", pattern = "^[1-9][0-9]{0,19}$")]
    discord_role_id: String,
}

impl From<ClubSettings> for Settings {
    fn from(of: ClubSettings) -> Self {
        let Notifications { promotions, put_away, race_voice, reminders } = of.notification_preferences;
        let rule = |rule: RoleRule| Rule {
            club_role: rule.club.to_string(),
            discord_role_id: rule.discord.to_string(),
        };
        Self {
            announcement_channel_id: Some(of.announcement_channel.map(|channel| channel.to_string())),
            auto_create_channels: of.auto_create_channels,
            channel_naming_pattern: of.channel_naming_pattern.to_string(),
            clean_reminders: Some(of.clean_reminders),
            check_in_minutes: Some(of.check_in.map_or(0, CheckIn::as_minutes)),
            discord_integration_enabled: of.discord_integration_enabled,
            grace_hours: of.grace.as_hours(),
            locale: Some(of.locale),
            member_role_id: of.member_role.map(|role| role.to_string()),
            native_events: Some(of.native_events),
            nightly_sync: of.nightly_sync,
            notification_preferences: Messages {
                promotions: Place::Word(promotions),
                put_away: Place::Word(put_away),
                race_voice: Place::Word(race_voice),
                reminders: Some(Place::Word(reminders)),
            },
            organiser_channel_id: of.organiser_channel.map(|channel| channel.to_string()),
            organiser_role_id: of.organiser_role.map(|role| role.to_string()),
            put_away: of.put_away,
            race_voice_access: of.race_voice_access,
            race_voice_lead_hours: match of.race_voice {
                RaceVoice::Ahead(lead) => Some(lead.as_hours()),
                RaceVoice::Off => None,
            },
            reminders: Some(of.reminders.into()),
            role_map: of.role_map.into_iter().map(rule).collect(),
            teams: Some(of.teams),
            update_hours: Some(match of.updates {
                Updates::Every(period) => Some(period.as_hours()),
                Updates::Off => None,
            }),
        }
    }
}

impl Settings {
    /// The settings, for a club that is bound to that server and has these until now.
    ///
    /// # Errors
    ///
    /// When values can't be taken.
    pub(super) fn read(
        self,
        guild: Option<Id<GuildMarker>>,
        until_now: &ClubSettings,
    ) -> Result<ClubSettings, Problem> {
        let mut fields = Fields::default();
        let messages = self.notification_preferences;
        let notification_preferences = Notifications {
            promotions: messages.promotions.into(),
            put_away: messages.put_away.into(),
            race_voice: messages.race_voice.into(),
            reminders: messages.reminders.map_or(until_now.notification_preferences.reminders, Where::from),
        };
        let reminders = match self.reminders {
            Some(minutes) => fields.take("/reminders", Offsets::try_from(minutes)),
            None => Some(until_now.reminders.clone()),
        };
        let updates = match self.update_hours {
            Some(Some(hours)) => fields
                .take(
                    "/update_hours",
                    Period::hours(hours).ok_or_else(|| whole(Period::MIN_HOURS, Period::MAX_HOURS)),
                )
                .map(Updates::Every),
            Some(None) => Some(Updates::Off),
            None => Some(until_now.updates),
        };
        let pattern = fields.take("/channel_naming_pattern", self.channel_naming_pattern.parse());
        let check_in = match self.check_in_minutes {
            None => Some(until_now.check_in),
            Some(minutes) => fields.take("/check_in_minutes", CheckIn::of(minutes).ok_or_else(no_check_in)),
        };
        let grace = fields
            .take("/grace_hours", Grace::hours(self.grace_hours).ok_or_else(|| whole(0, Grace::MAX_HOURS)));
        let race_voice_lead = match self.race_voice_lead_hours {
            None => Some(RaceVoice::Off),
            Some(hours) => fields
                .take("/race_voice_lead_hours", Lead::hours(hours).ok_or_else(|| whole(1, Lead::MAX_HOURS)))
                .map(RaceVoice::Ahead),
        };
        let mut there =
            |pointer: &str, id: Option<String>| id.and_then(|id| fields.take(pointer, of_guild(&id, guild)));
        let announcement_channel = match self.announcement_channel_id {
            Some(sent) => there("/announcement_channel_id", sent).map(Id::from),
            None => until_now.announcement_channel,
        };
        let member_role = there("/member_role_id", self.member_role_id);
        let organiser_channel = there("/organiser_channel_id", self.organiser_channel_id);
        let organiser_role = there("/organiser_role_id", self.organiser_role_id);
        let role_map = rules(&mut fields, &self.role_map, guild);
        let sent = pattern.zip(check_in).zip(grace).zip(race_voice_lead).zip(reminders.zip(updates));
        let whole = sent.map(|((((pattern, check_in), grace), voice), (reminders, updates))| ClubSettings {
            announcement_channel,
            auto_create_channels: self.auto_create_channels,
            channel_naming_pattern: pattern,
            check_in,
            clean_reminders: self.clean_reminders.unwrap_or(until_now.clean_reminders),
            discord_integration_enabled: self.discord_integration_enabled,
            grace,
            locale: self.locale.unwrap_or(until_now.locale),
            member_role: member_role.map(Id::from),
            native_events: self.native_events.unwrap_or(until_now.native_events),
            nightly_sync: self.nightly_sync,
            notification_preferences,
            organiser_channel: organiser_channel.map(Id::from),
            organiser_role: organiser_role.map(Id::from),
            put_away: self.put_away,
            race_voice: voice,
            race_voice_access: self.race_voice_access,
            reminders,
            role_map,
            teams: self.teams.unwrap_or(until_now.teams),
            updates,
        });
        fields.finish(whole)
    }
}

fn no_check_in() -> String {
    format!("Send 0 for none, or a whole number from {} to {}.", CheckIn::MIN_MINUTES, CheckIn::MAX_MINUTES)
}

fn whole(min: u16, max: u16) -> String {
    format!("Send a whole number from {min} to {max}.")
}

/// An identifier of something in a club's server. The server's own is that of the role which everybody has.
fn of_guild(id: &str, guild: Option<Id<GuildMarker>>) -> Result<NonZeroU64, String> {
    let Some(guild) = guild else {
        return Err("The club isn’t on Discord yet, so there is nothing to choose. Send null.".to_owned());
    };
    let id = id.parse().ok().filter(|read: &NonZeroU64| read.to_string() == id);
    match id {
        None => Err("It’s no identifier of Discord’s. Send its digits as a string.".to_owned()),
        Some(id) if id.get() == guild.get() => {
            Err("Everybody in the server has that role. Choose another.".to_owned())
        }
        Some(id) => Ok(id),
    }
}

fn rules(fields: &mut Fields, rules: &[Rule], guild: Option<Id<GuildMarker>>) -> Vec<RoleRule> {
    if rules.len() > MAX_ROLE_RULES {
        fields.fault("/role_map", format!("{} rules are too many: {MAX_ROLE_RULES} at most.", rules.len()));
        return Vec::new();
    }
    let (mut seen, mut read) = (BTreeSet::new(), Vec::new());
    for (at, rule) in rules.iter().enumerate() {
        let role = format!("/role_map/{at}/discord_role_id");
        let discord = fields.take(&role, of_guild(&rule.discord_role_id, guild));
        let club = fields.take(format!("/role_map/{at}/club_role"), rule.club_role.parse());
        if discord.is_some_and(|discord| !seen.insert(discord)) {
            fields.fault(role, "That role has a rule already.");
        }
        let rule = |(discord, club)| RoleRule { club, discord: Id::from(discord), discord_name: None };
        read.extend(discord.zip(club).map(rule));
    }
    read
}
