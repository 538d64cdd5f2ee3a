//! Clubs and their series.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use super::{
    channel_name::NamePattern,
    id::{ClubId, SeriesId},
    name::{ClubName, SeriesName},
    series_defaults::SeriesDefaults,
    settings::ClubSettings,
    zone::Zone,
};

/// A racing club, bound to one Discord guild.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Club {
    /// The guild it is bound to.
    pub guild: Id<GuildMarker>,
    /// Its identifier.
    pub id: ClubId,
    /// Its name.
    pub name: ClubName,
    /// What it chose.
    pub settings: ClubSettings,
    /// The zone in which its people type times.
    pub zone: Zone,
}

impl Club {
    /// How the channels of new events are named: as their series chose, else as the club did.
    #[must_use]
    pub fn naming_pattern<'c>(&'c self, series: Option<&'c Series>) -> &'c NamePattern {
        let theirs = series.and_then(|series| series.defaults.pattern.as_ref());
        theirs.unwrap_or(&self.settings.channel_naming_pattern)
    }
}

/// A club as its site knows it: on Discord, or not yet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteClub {
    /// The guild it is bound to.
    pub guild: Option<Id<GuildMarker>>,
    /// Its identifier.
    pub id: ClubId,
    /// Its name.
    pub name: ClubName,
    /// What it chose.
    pub settings: ClubSettings,
    /// The zone in which its people type times.
    pub zone: Zone,
}

impl From<Club> for SiteClub {
    fn from(club: Club) -> Self {
        let Club { guild, id, name, settings, zone } = club;
        Self { guild: Some(guild), id, name, settings, zone }
    }
}

impl SiteClub {
    /// The club, if it is on Discord.
    #[must_use]
    pub fn on_discord(&self) -> Option<Club> {
        let Self { guild, id, name, settings, zone } = self.clone();
        guild.map(|guild| Club { guild, id, name, settings, zone })
    }
}

/// A championship or cup: events that share channel categories.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Series {
    /// A category that an organiser handed over instead of a new one; never renamed or deleted.
    pub adopted_category: Option<Id<ChannelMarker>>,
    /// When it was archived.
    pub archived_at: Option<Timestamp>,
    /// The club it belongs to.
    pub club: ClubId,
    /// What its events are like unless somebody says otherwise.
    pub defaults: SeriesDefaults,
    /// Its identifier.
    pub id: SeriesId,
    /// Its name, unique in the club but for case.
    pub name: SeriesName,
}
