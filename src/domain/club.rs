//! Clubs and their series.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use super::{
    id::{ClubId, SeriesId},
    name::{ClubName, SeriesName},
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
    /// Its identifier.
    pub id: SeriesId,
    /// Its name, unique in the club but for case.
    pub name: SeriesName,
}
