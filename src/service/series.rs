//! Series: creating one, and what the club has.

pub mod edit;
mod moving;

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{Id, marker::ChannelMarker};

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    find::MAX_COMING,
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        club::{Club, Series},
        id::{OwnerId, SeriesId},
        name::SeriesName,
        owner::{Owner, Rank},
        refusal::Refusal,
        series_defaults::SeriesDefaults,
    },
    store::{self, audit::Doer, bindings, events, owners},
};

/// A series, with what is coming in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SeriesView {
    /// How many of its events are coming.
    pub coming: usize,
    /// When the next of them starts.
    pub next: Option<Timestamp>,
    /// The series.
    pub series: Series,
}

/// A series as somebody describes it in `/series create`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewSeries {
    /// A category of the guild that it adopts.
    pub adopted_category: Option<Id<ChannelMarker>>,
    /// Its name.
    pub name: SeriesName,
}

impl Service {
    /// Creates a series. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and a name that another series has, and fails when the database does.
    pub async fn create_series(&self, ask: Ask<'_, Series>, new: NewSeries) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let series = self.add_series(&mut work, ask.actor.into(), &club, new).await?;
        self.finish(work, &ask, &series).await
    }

    /// Makes a series, whoever does it.
    pub(super) async fn add_series(
        &self,
        work: &mut Work,
        by: Doer,
        club: &Club,
        new: NewSeries,
    ) -> Result<Series, ServiceError> {
        let id = SeriesId::new(self.0.ids.uuid(work.now));
        let NewSeries { adopted_category, name } = new;
        if let Some(category) = adopted_category {
            not_taken(work, club, category).await?;
        }
        let series = Series {
            adopted_category,
            archived_at: None,
            club: club.id,
            defaults: SeriesDefaults::default(),
            id,
            name,
        };
        if !store::series::create(&work.tx, &series, work.now).await? {
            return Err(Refusal::SeriesNameTaken(series.name).into());
        }
        let deed = Deed {
            action: "series.create",
            after: Some(audit::series(&series)),
            before: None,
            subject: id.to_string(),
        };
        self.audit_by(work, by, club.id, deed).await?;
        owners::ensure(&work.tx, Owner::Series(id), club.guild, Some(club.id), work.now).await?;
        work.request(&[OwnerId::of_series(id)], Rank::People).await?;
        Ok(series)
    }

    /// The club's series by name, those archived last.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club, and fails when the database does.
    pub async fn list_series(&self, actor: &Actor) -> Result<Vec<SeriesView>, ServiceError> {
        let club = self.club_of(actor).await?;
        let series = store::series::of_club(self.store(), club.id).await?;
        let coming = events::coming(self.store(), club.id, self.0.clock.now(), MAX_COMING).await?;
        let view = |series: Series| {
            let mut starts =
                coming.iter().filter(|event| event.series == Some(series.id)).map(|event| event.start);
            let next = starts.next();
            SeriesView { coming: usize::from(next.is_some()) + starts.count(), next, series }
        };
        Ok(series.into_iter().map(view).collect())
    }

    /// The club's series of that identifier.
    ///
    /// # Errors
    ///
    /// Refuses one that the club doesn't have, and fails when the database does.
    pub async fn series(&self, actor: &Actor, id: SeriesId) -> Result<Series, ServiceError> {
        let club = self.club_of(actor).await?;
        let series = store::series::by_id(self.store(), club.id, id).await?;
        Ok(series.ok_or(Refusal::UnknownSeries)?)
    }

    /// The club's series whose name holds what was typed, at most `limit`; none where the guild has no club.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn search_series(
        &self,
        actor: &Actor,
        typed: &str,
        limit: u64,
    ) -> Result<Vec<Series>, ServiceError> {
        let Some(club) = self.find_club(actor.guild).await? else { return Ok(Vec::new()) };
        Ok(store::series::search(self.store(), club.id, (typed, false), limit).await?)
    }

    /// Like [`Service::search_series`], with those that are archived after the others.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn search_all_series(
        &self,
        actor: &Actor,
        typed: &str,
        limit: u64,
    ) -> Result<Vec<Series>, ServiceError> {
        let Some(club) = self.find_club(actor.guild).await? else { return Ok(Vec::new()) };
        Ok(store::series::search(self.store(), club.id, (typed, true), limit).await?)
    }
}

/// The club's series, if new events may come into it.
pub(super) async fn open(work: &Work, club: &Club, id: SeriesId) -> Result<Series, ServiceError> {
    let series = store::series::by_id(&work.tx, club.id, id).await?.ok_or(Refusal::UnknownSeries)?;
    match series.archived_at {
        Some(_) => Err(Refusal::SeriesArchived(series.name).into()),
        None => Ok(series),
    }
}

/// Refuses a category that stands for something of the club's already: channels of two owners in one can't be told apart.
async fn not_taken(work: &Work, club: &Club, category: Id<ChannelMarker>) -> Result<(), ServiceError> {
    let bound = bindings::by_channel(&work.tx, club.guild, category).await?.is_some();
    let others = store::series::of_club(&work.tx, club.id).await?;
    if bound || others.iter().any(|series| series.adopted_category == Some(category)) {
        return Err(Refusal::CategoryTaken.into());
    }
    Ok(())
}
