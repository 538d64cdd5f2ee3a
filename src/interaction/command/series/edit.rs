//! `/series edit`: a series' panel, for its organisers.

use futures::FutureExt;

use super::super::topic;
use crate::{
    domain::{
        club::Series,
        id::SeriesId,
        text::{length, truncate},
    },
    interaction::{
        answer::{Answer, Choice, Declared, MAX_CHOICES},
        deps::Deps,
        failure::Failure,
        incoming::Completion,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::find::SeriesKey,
};

/// The most characters of a suggestion.
const MAX_CHOICE: usize = 100;
/// What stands behind the name of a series that is archived.
const ARCHIVED: &str = " · archived";

/// The option for a series.
const SERIES: Opt = Opt::new("series", "Which series.", OptKind::Text(Text::Completed)).required();

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| complete(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Looks after a series: its name and category, what its events are like, its archive.",
    effect: Effect::Reads,
    name: "edit",
    options: &[SERIES],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::SERIES,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let given = call.input.text(SERIES.name).unwrap_or_default();
    let key = SeriesId::from_short(given).map_or(SeriesKey::Name(given), SeriesKey::Id);
    let (_, series) = deps.service.open_any_series(actor, key).await?;
    let facts = deps.service.series_facts(actor, series.id).await?;
    Ok(Answer::ephemeral(shown::series_panel(&facts, None)))
}

/// The series whose names hold what is being typed. Only here those archived are offered too, after the others: this brings them back.
async fn complete(deps: &Deps, call: Call<Completion>) -> Result<Vec<Choice>, Failure> {
    let typed = call.input.focused.as_ref().map_or("", |focused| focused.text.as_str());
    let found = deps.service.search_all_series(call.context.member()?, typed, MAX_CHOICES as u64).await?;
    Ok(found.iter().map(choice).collect())
}

fn choice(series: &Series) -> Choice {
    let archived = if series.archived_at.is_some() { ARCHIVED } else { "" };
    let name = truncate(series.name.as_str(), MAX_CHOICE.saturating_sub(length(archived)));
    Choice { name: format!("{name}{archived}"), value: series.id.short() }
}
