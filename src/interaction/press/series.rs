//! What an organiser does with a series: its panel, and the buttons on it.

use futures::FutureExt;

use super::{changing, reading};
use crate::{
    domain::{club::Series, id::SeriesId, refusal::Refusal},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::{
        find::SeriesKey,
        series::edit::{SeriesChange, SeriesFacts},
    },
    view::{
        custom_id::{Press, verb},
        modal::series_edit,
        series,
    },
};

/// Archives the series.
pub(super) const ARCHIVE: PressHandler<Deps> =
    changing(verb::ARCHIVE_SERIES, Audience::Organiser, Declared::Update, |deps, call| {
        change(deps, call).boxed()
    });

/// Asks whether to.
pub(super) const ASK_ARCHIVE: PressHandler<Deps> =
    reading(verb::ASK_ARCHIVE_SERIES, Audience::Organiser, Declared::Update, |deps, call| {
        ask(deps, call).boxed()
    });

/// Opens the form of its defaults.
pub(super) const DEFAULTS: PressHandler<Deps> =
    reading(verb::EDIT_SERIES_DEFAULTS, Audience::Organiser, Declared::Modal, |deps, call| {
        defaults(deps, call).boxed()
    });

/// Opens the form that edits it.
pub(super) const EDIT: PressHandler<Deps> =
    reading(verb::EDIT_SERIES, Audience::Organiser, Declared::Modal, |deps, call| edit(deps, call).boxed());

/// Shows its panel.
pub(super) const PANEL: PressHandler<Deps> =
    reading(verb::SERIES_PANEL, Audience::Organiser, Declared::Update, |deps, call| {
        panel(deps, call).boxed()
    });

/// Takes it out of the archive.
pub(super) const UNARCHIVE: PressHandler<Deps> =
    changing(verb::UNARCHIVE_SERIES, Audience::Organiser, Declared::Update, |deps, call| {
        change(deps, call).boxed()
    });

async fn panel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let facts = deps.service.series_facts(call.context.member()?, series_of(call.input.press)?).await?;
    Ok(Answer::Update(shown::series_panel(&facts, None)))
}

async fn ask(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    Ok(Answer::Update(series::ask_archive(&opened(deps, &call).await?)))
}

async fn edit(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let series = opened(deps, &call).await?;
    let filled = series_edit::filled(&series);
    Ok(Answer::Modal(series_edit::modal(call.context.id, series.id, &filled)))
}

async fn defaults(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let series = opened(deps, &call).await?;
    let filled = series_edit::defaults_filled(&series);
    Ok(Answer::Modal(series_edit::defaults_modal(call.context.id, series.id, &filled)))
}

async fn change(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (series, change) = match call.input.press {
        Press::ArchiveSeries(series) => (series, SeriesChange::Archive),
        Press::UnarchiveSeries(series) => (series, SeriesChange::Unarchive),
        _ => return Err(Refusal::Outdated.into()),
    };
    let render = |facts: &SeriesFacts| shown::update(&shown::series_panel(facts, None)).into();
    Ok(Answer::Kept(deps.service.change_series(call.ask(&render)?, series, change).await?))
}

/// What a form about the series needs.
async fn opened(deps: &Deps, call: &Call<Pressed>) -> Result<Series, Failure> {
    let key = SeriesKey::Id(series_of(call.input.press)?);
    Ok(deps.service.open_any_series(call.context.member()?, key).await?.1)
}

/// The series that a press is about.
const fn series_of(press: Press) -> Result<SeriesId, Refusal> {
    match press {
        Press::AskArchiveSeries(series)
        | Press::EditSeries(series)
        | Press::EditSeriesDefaults(series)
        | Press::SeriesPanel(series) => Ok(series),
        _ => Err(Refusal::Outdated),
    }
}
