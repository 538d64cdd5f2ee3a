//! What a club chooses, a group of settings at a time.

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, RoleMarker},
};

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        channel_name::NamePattern,
        club::{Club, Series},
        event::Event,
        id::{DraftId, OwnerId},
        locale::Locale,
        name::ClubName,
        owner::Rank,
        refusal::{Fault, Field, Problem, Refusal},
        reminder::Offsets,
        settings::{
            CheckIn, GeneralChoice, Grace, Notifications, PutAway, RaceVoice, RoleRule, TeamSettings, Toggle,
            Updates, VoiceAccess,
        },
        zone::Zone,
    },
    store::{
        Source, events, guild_roles,
        inquiries::{Asked, Posting},
        series,
    },
};

/// A group of settings, as somebody wants them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SettingsChange {
    /// How events' channels are made and put away.
    Channels {
        /// Whether an event gets its channel without anybody asking.
        auto_create_channels: bool,
        /// How an event's channel is named.
        channel_naming_pattern: NamePattern,
        /// How long after its end an event is put away.
        grace: Grace,
        /// Whether events stand among Discord's own scheduled events, too.
        native_events: bool,
        /// What becomes of a finished event's channel.
        put_away: PutAway,
    },
    /// The club's name, zone and organisers.
    General {
        /// Where the board of coming events stands.
        announcement_channel: Option<Id<ChannelMarker>>,
        /// The club's name.
        name: ClubName,
        /// Where questions and findings are posted.
        organiser_channel: Option<Id<ChannelMarker>>,
        /// The role whose holders are organisers.
        organiser_role: Option<Id<RoleMarker>>,
        /// The zone in which its people type times.
        zone: Zone,
    },
    /// The language of weekdays and months.
    Locale(Locale),
    /// Where each kind of message is sent.
    Notifications(Notifications),
    /// What members are given and have, and whether they are synced at night.
    People {
        /// The role that a sync gives to every member.
        member_role: Option<Id<RoleMarker>>,
        /// Whether members are synced every night.
        nightly_sync: bool,
        /// Which Discord roles stand for which roles in the club.
        role_map: Vec<RoleRule>,
    },
    /// What becomes of a finished event's channel.
    PutAway(PutAway),
    /// When people are reminded, and how often events' channels are told how the sheet stands.
    Reminders {
        /// Whether old reminders are deleted.
        clean_reminders: bool,
        /// How long before the start.
        reminders: Offsets,
        /// How often.
        updates: Updates,
    },
    /// What teams get.
    Teams(TeamSettings),
    /// One setting, on or off.
    Toggle(Toggle, bool),
    /// When the race voice channel opens, and for whom; and when people are asked to check in.
    RaceVoice {
        /// Who may join it.
        access: VoiceAccess,
        /// How long before the start people are asked to check in, if they are.
        check_in: Option<CheckIn>,
        /// Whether and when it opens.
        race_voice: RaceVoice,
    },
}

/// A club's settings with what they come to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettingsView {
    /// The club.
    pub club: Club,
    /// Its next event, if one is coming, with its series.
    pub next: Option<(Event, Option<Series>)>,
}

impl Service {
    /// The settings of the actor's club.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn settings(&self, actor: &Actor) -> Result<SettingsView, ServiceError> {
        let club = self.organised_club(actor).await?;
        view(self.store(), club, self.0.clock.now()).await
    }

    /// Saves a group of the club's settings. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and a member role that the bot is known not to be able to give; fails when the database does.
    pub async fn save_settings(
        &self,
        ask: Ask<'_, SettingsView>,
        change: SettingsChange,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = self.change_settings(&mut work, ask.actor, change).await?;
        let view = view(&work.tx, club, work.now).await?;
        self.finish(work, &ask, &view).await
    }

    /// Has it found out whether the bot may write in the channels that an organiser chose, and what they chose saved if it may. What
    /// came of it takes the place of the deferred reply to `token`'s interaction. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn check_settings(
        &self,
        ask: Ask<'_, ()>,
        token: &SecretString,
        choice: GeneralChoice,
        draft: Option<DraftId>,
    ) -> Result<Value, ServiceError> {
        self.organised_club(ask.actor).await?;
        let what = Asked::Posting(Box::new(Posting { actor: ask.actor.clone(), choice, draft }));
        self.inquire(ask, token, what).await
    }

    /// Saves what an organiser chose, once it is known that the bot may write in its channels. Done twice, it changes nothing more.
    ///
    /// # Errors
    ///
    /// See [`Service::save_settings`].
    pub async fn save_checked(
        &self,
        actor: &Actor,
        choice: GeneralChoice,
        request_id: &str,
    ) -> Result<SettingsView, ServiceError> {
        let mut work = self.begin().await?;
        let club = self.change_settings(&mut work, actor, choice.into()).await?;
        let view = view(&work.tx, club, work.now).await?;
        work.ring_also(actor.guild);
        self.commit(work, request_id).await?;
        Ok(view)
    }

    async fn change_settings(
        &self,
        work: &mut Work,
        actor: &Actor,
        change: SettingsChange,
    ) -> Result<Club, ServiceError> {
        let before = work.organised_club(actor).await?;
        change.check(work, &before).await?;
        let stands = change.shows_on_discord();
        let club = change.applied(&before);
        if club == before {
            return Ok(club);
        }
        work.save_club(&before, &club).await?;
        let deed = Deed {
            action: "club.settings",
            after: Some(audit::club(&club)),
            before: Some(audit::club(&before)),
            subject: club.id.to_string(),
        };
        self.audit(work, actor, club.id, deed).await?;
        work.request(&[OwnerId::of_guild(club.guild)], Rank::People).await?;
        if stands {
            let events = events_standing(work, &before, &club).await?;
            work.request(&events, Rank::Bulk).await?;
        }
        Ok(club)
    }
}

/// A club's settings with what they come to.
async fn view(db: &impl Source, club: Club, now: Timestamp) -> Result<SettingsView, ServiceError> {
    let Some(event) = events::coming(db, club.id, now, 1).await?.pop() else {
        return Ok(SettingsView { club, next: None });
    };
    let series = match event.series {
        Some(series) => series::by_id(db, club.id, series).await?,
        None => None,
    };
    Ok(SettingsView { club, next: Some((event, series)) })
}

impl From<GeneralChoice> for SettingsChange {
    fn from(choice: GeneralChoice) -> Self {
        let GeneralChoice { announcement_channel, name, organiser_channel, organiser_role, zone } = choice;
        Self::General { announcement_channel, name, organiser_channel, organiser_role, zone }
    }
}

impl SettingsChange {
    /// Refuses a member role that stands too high for the bot to give it, as far as the server's roles are known.
    async fn check(&self, work: &Work, club: &Club) -> Result<(), ServiceError> {
        let Self::People { member_role, .. } = *self else { return Ok(()) };
        check_member_role(work, club, member_role).await
    }

    /// Whether what stands on Discord for events may change with it. What members are given and have is a sync's.
    const fn shows_on_discord(&self) -> bool {
        !matches!(self, Self::Locale(_) | Self::People { .. } | Self::Toggle(Toggle::NightlySync, _))
    }

    fn applied(self, club: &Club) -> Club {
        let mut club = club.clone();
        let settings = &mut club.settings;
        match self {
            Self::Channels {
                auto_create_channels,
                channel_naming_pattern,
                grace,
                native_events,
                put_away,
            } => {
                settings.auto_create_channels = auto_create_channels;
                settings.channel_naming_pattern = channel_naming_pattern;
                settings.grace = grace;
                settings.native_events = native_events;
                settings.put_away = put_away;
            }
            Self::General { announcement_channel, name, organiser_channel, organiser_role, zone } => {
                settings.announcement_channel = announcement_channel;
                settings.organiser_channel = organiser_channel;
                settings.organiser_role = organiser_role;
                club.name = name;
                club.zone = zone;
            }
            Self::People { member_role, nightly_sync, role_map } => {
                settings.member_role = member_role;
                settings.nightly_sync = nightly_sync;
                settings.role_map = role_map;
            }
            Self::Locale(locale) => settings.locale = locale,
            Self::PutAway(put_away) => settings.put_away = put_away,
            Self::Reminders { clean_reminders, reminders, updates } => {
                settings.clean_reminders = clean_reminders;
                settings.reminders = reminders;
                settings.updates = updates;
            }
            Self::Teams(teams) => settings.teams = teams,
            Self::Toggle(toggle, on) => toggle.turn(settings, on),
            Self::Notifications(notifications) => settings.notification_preferences = notifications,
            Self::RaceVoice { access, check_in, race_voice } => {
                settings.check_in = check_in;
                settings.race_voice = race_voice;
                settings.race_voice_access = access;
            }
        }
        club
    }
}

/// Refuses a member role that stands too high for the bot to give it, as far as the server's roles are known.
pub(super) async fn check_member_role(
    work: &Work,
    club: &Club,
    wanted: Option<Id<RoleMarker>>,
) -> Result<(), ServiceError> {
    // What stands already stays: other settings can be changed all the same.
    let Some(role) = wanted.filter(|role| club.settings.member_role != Some(*role)) else { return Ok(()) };
    match guild_roles::of_guild(&work.tx, club.guild).await? {
        Some(known) if known.is_above_bot(role) => {
            let fault = Fault { field: Field::MemberRole, problem: Problem::RoleAbove };
            Err(Refusal::Form(vec![fault]).into())
        }
        _ => Ok(()),
    }
}

/// The events that aren't put away by what the club chose before or chooses now.
pub(super) async fn events_standing(
    work: &Work,
    before: &Club,
    after: &Club,
) -> Result<Vec<OwnerId>, ServiceError> {
    let grace = before.settings.grace.duration().max(after.settings.grace.duration());
    let since = work.now.saturating_sub(grace).unwrap_or(work.now);
    let events = events::live(&work.tx, after.id, since).await?;
    Ok(events.iter().map(|event| OwnerId::of_event(event.id)).collect())
}
