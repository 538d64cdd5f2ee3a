//! Series, as a club's site sees and changes them.

use super::{
    super::{
        Service, ServiceError,
        series::{NewSeries, edit::SeriesChange},
    },
    Doer,
};
use crate::{
    domain::{
        club::Series,
        id::{ClubId, SeriesId},
        name::SeriesName,
        refusal::Refusal,
    },
    store,
};

/// What a site changes of a series; `None` stays as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SiteSeriesChange {
    /// Whether it is archived.
    pub archived: Option<bool>,
    /// Its name.
    pub name: Option<SeriesName>,
}

impl Service {
    /// The club's series after one, in the order in which they were made: all of them, or those that are archived or aren't.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn site_series_list(
        &self,
        club: ClubId,
        archived: Option<bool>,
        after: Option<SeriesId>,
        limit: u64,
    ) -> Result<Vec<Series>, ServiceError> {
        self.site_club(club).await?;
        Ok(store::series::page(self.store(), club, archived, after, limit).await?)
    }

    /// A series of the club's.
    ///
    /// # Errors
    ///
    /// Refuses one that the club doesn't have, and fails when the database does.
    pub async fn site_series(&self, club: ClubId, id: SeriesId) -> Result<Series, ServiceError> {
        Ok(store::series::by_id(self.store(), club, id).await?.ok_or(Refusal::UnknownSeries)?)
    }

    /// The club that a series belongs to.
    ///
    /// # Errors
    ///
    /// Refuses one that there isn't, and fails when the database does.
    pub async fn club_of_series(&self, id: SeriesId) -> Result<ClubId, ServiceError> {
        Ok(store::series::club_of(self.store(), id).await?.ok_or(Refusal::UnknownSeries)?)
    }

    /// Makes a series.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord, and a name that another series has; fails when the database does.
    pub async fn make_site_series(
        &self,
        club: ClubId,
        name: SeriesName,
        by: Doer,
        request_id: &str,
    ) -> Result<Series, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.site_club(club).await?;
        let new = NewSeries { adopted_category: None, name };
        let series = self.add_series(&mut work, by, &club, new).await?;
        self.commit_in(work, club.guild, request_id).await?;
        Ok(series)
    }

    /// Changes a series. Its events' channels and cards follow.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord; a series that is unknown; a name that another has; archiving one whose events aren't all
    /// put away. Fails when the database does.
    pub async fn change_site_series(
        &self,
        club: ClubId,
        id: SeriesId,
        change: SiteSeriesChange,
        by: Doer,
        request_id: &str,
    ) -> Result<Series, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.site_club(club).await?;
        let before = store::series::by_id(&work.tx, club.id, id).await?.ok_or(Refusal::UnknownSeries)?;
        let mut after = before;
        let name =
            change.name.map(|name| SeriesChange::Home { adopted_category: after.adopted_category, name });
        let archived = change.archived.map(|archived| match archived {
            true => SeriesChange::Archive,
            false => SeriesChange::Unarchive,
        });
        for change in name.into_iter().chain(archived) {
            after = self.apply_series(&mut work, by, (&club, &after), change).await?;
        }
        self.commit_in(work, club.guild, request_id).await?;
        Ok(after)
    }
}
