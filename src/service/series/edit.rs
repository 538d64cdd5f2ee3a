//! What an organiser changes of a series: what it is called, where its channels stand, what its events are like, and its end.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{Id, marker::ChannelMarker};

use super::super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    find::MAX_COMING,
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        club::{Club, Series},
        event::{Event, Phase},
        id::{OwnerId, SeriesId},
        name::SeriesName,
        owner::Rank,
        refusal::{Fault, Field, Problem, Refusal},
        series_defaults::SeriesDefaults,
    },
    store::{self, Source, audit::Doer, bindings, events, recurrences},
};

/// How many events a refusal names.
const NAMED: usize = 3;

/// A series with what an organiser decides by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SeriesFacts {
    /// Its club.
    pub club: Club,
    /// Its events that are coming, the next one first.
    pub coming: Vec<Event>,
    /// The series.
    pub series: Series,
}

/// What an organiser changes of a series.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SeriesChange {
    /// Nothing new comes into it any more, and what repeats in it stops.
    Archive,
    /// What its new events are like.
    Defaults(SeriesDefaults),
    /// What it is called, and the category of the server that it uses instead of one of its own.
    Home {
        /// The category.
        adopted_category: Option<Id<ChannelMarker>>,
        /// The name.
        name: SeriesName,
    },
    /// New events may come into it again.
    Unarchive,
}

impl Service {
    /// A series, for one of its organisers.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and a series that the club doesn't have, and fails when the database does.
    pub async fn series_facts(&self, actor: &Actor, id: SeriesId) -> Result<SeriesFacts, ServiceError> {
        let club = self.organised_club(actor).await?;
        let series = store::series::by_id(self.store(), club.id, id).await?.ok_or(Refusal::UnknownSeries)?;
        facts(self.store(), club, series, self.0.clock.now()).await
    }

    /// Changes a series. Its events' channels and cards follow. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; a series that is unknown; a name or a category that something else of the club's has; archiving
    /// a series whose events aren't all put away. Fails when the database does.
    pub async fn change_series(
        &self,
        ask: Ask<'_, SeriesFacts>,
        id: SeriesId,
        change: SeriesChange,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = store::series::by_id(&work.tx, club.id, id).await?.ok_or(Refusal::UnknownSeries)?;
        let after = self.apply_series(&mut work, ask.actor.into(), (&club, &before), change).await?;
        let facts = facts(&work.tx, club, after, work.now).await?;
        self.finish(work, &ask, &facts).await
    }

    /// Changes a series of a locked club, whoever does it, if that is a change.
    pub(in crate::service) async fn apply_series(
        &self,
        work: &mut Work,
        by: Doer,
        (club, before): (&Club, &Series),
        change: SeriesChange,
    ) -> Result<Series, ServiceError> {
        let action = change.action();
        let after = self.changed(work, by, (club, before), change).await?;
        if after != *before {
            self.save_series(work, by, (club, before), &after, action).await?;
        }
        Ok(after)
    }

    async fn changed(
        &self,
        work: &Work,
        by: Doer,
        (club, before): (&Club, &Series),
        change: SeriesChange,
    ) -> Result<Series, ServiceError> {
        let before_it = before.clone();
        Ok(match change {
            SeriesChange::Archive if before.archived_at.is_some() => before_it,
            SeriesChange::Archive => {
                not_in_use(work, club, before).await?;
                self.stop_series(work, by, before).await?;
                Series { archived_at: Some(work.now), ..before_it }
            }
            SeriesChange::Defaults(defaults) => Series { defaults, ..before_it },
            SeriesChange::Home { adopted_category, name } => {
                let adopted_category = category(work, (club, before), adopted_category).await?;
                if adopted_category != before.adopted_category {
                    change_category(work, before).await?;
                }
                Series { adopted_category, name, ..before_it }
            }
            SeriesChange::Unarchive => Series { archived_at: None, ..before_it },
        })
    }

    async fn save_series(
        &self,
        work: &mut Work,
        by: Doer,
        (club, before): (&Club, &Series),
        after: &Series,
        action: &'static str,
    ) -> Result<(), ServiceError> {
        if !store::series::save(&work.tx, after).await? {
            return Err(Refusal::SeriesNameTaken(after.name.clone()).into());
        }
        let deed = Deed {
            action,
            after: Some(audit::series(after)),
            before: Some(audit::series(before)),
            subject: after.id.to_string(),
        };
        self.audit_by(work, by, club.id, deed).await?;
        let mut owners = vec![OwnerId::of_series(after.id)];
        owners.extend(standing(work, club, after.id).await?.iter().map(|event| OwnerId::of_event(event.id)));
        work.request(&owners, Rank::People).await?;
        work.redraw_board(club.guild).await
    }

    /// Stops what repeats in a series.
    async fn stop_series(&self, work: &Work, by: Doer, series: &Series) -> Result<(), ServiceError> {
        for id in recurrences::stop_of_series(&work.tx, series.id, work.now).await? {
            let deed = Deed { action: "recurrence.stop", after: None, before: None, subject: id.to_string() };
            self.audit_by(work, by, series.club, deed).await?;
        }
        Ok(())
    }
}

impl SeriesChange {
    const fn action(&self) -> &'static str {
        match self {
            Self::Archive => "series.archive",
            Self::Defaults(_) => "series.defaults",
            Self::Home { .. } => "series.edit",
            Self::Unarchive => "series.unarchive",
        }
    }
}

async fn facts(
    db: &impl Source,
    club: Club,
    series: Series,
    now: Timestamp,
) -> Result<SeriesFacts, ServiceError> {
    let mut coming = events::coming(db, club.id, now, MAX_COMING).await?;
    coming.retain(|event| event.series == Some(series.id));
    Ok(SeriesFacts { club, coming, series })
}

/// The series' events whose channels aren't put away yet.
async fn standing(work: &Work, club: &Club, series: SeriesId) -> Result<Vec<Event>, ServiceError> {
    let since = work.now.saturating_sub(club.settings.grace.duration()).unwrap_or(work.now);
    let mut standing = events::live(&work.tx, club.id, since).await?;
    standing.retain(|event| {
        event.series == Some(series) && event.phase(&club.settings, work.now) != Phase::PutAway
    });
    Ok(standing)
}

/// Refuses a series whose channels still stand in its categories.
async fn not_in_use(work: &Work, club: &Club, series: &Series) -> Result<(), ServiceError> {
    let standing = standing(work, club, series.id).await?;
    if standing.is_empty() {
        return Ok(());
    }
    let more = standing.len().saturating_sub(NAMED);
    let named = |event: Event| {
        let at = event.put_away_at(&club.settings);
        (event.name, at)
    };
    Err(Refusal::SeriesInUse { more, next: standing.into_iter().take(NAMED).map(named).collect() }.into())
}

/// Makes room for another first category. The one before stays on Discord as it is; the channels in it move with the next pass.
async fn change_category(work: &Work, series: &Series) -> Result<(), ServiceError> {
    let owner = OwnerId::of_series(series.id);
    if bindings::let_go(&work.tx, owner, bindings::FIRST_CATEGORY, work.now).await? {
        return Ok(());
    }
    Err(Refusal::Form(vec![Fault { field: Field::Category, problem: Problem::CategoryComing }]).into())
}

/// The category to adopt; the series' own is none to adopt.
async fn category(
    work: &Work,
    (club, series): (&Club, &Series),
    wanted: Option<Id<ChannelMarker>>,
) -> Result<Option<Id<ChannelMarker>>, ServiceError> {
    let Some(category) = wanted.filter(|wanted| series.adopted_category != Some(*wanted)) else {
        return Ok(wanted);
    };
    let bound = bindings::by_channel(&work.tx, club.guild, category).await?;
    if bound.as_ref().is_some_and(|bound| bound.owner == OwnerId::of_series(series.id)) {
        return Ok(series.adopted_category);
    }
    let others = store::series::of_club(&work.tx, club.id).await?;
    let theirs = |other: &Series| other.id != series.id && other.adopted_category == Some(category);
    if bound.is_some() || others.iter().any(theirs) {
        let fault = Fault { field: Field::Category, problem: Problem::CategoryTaken };
        return Err(Refusal::Form(vec![fault]).into());
    }
    Ok(Some(category))
}
