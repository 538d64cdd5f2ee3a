//! The toggles and selects of `/club settings`.

use futures::FutureExt;

use super::{changing, chosen, reading};
use crate::{
    domain::{locale::Locale, refusal::Refusal, settings::PutAway},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::settings::{SettingsChange, SettingsView},
    view::{
        custom_id::{Press, verb},
        field, settings,
    },
};

/// Chooses the language of dates.
pub(super) const LOCALE: PressHandler<Deps> =
    changing(verb::LOCALE, Audience::Organiser, Declared::Update, |deps, call| locale(deps, call).boxed());

/// Draws the panel anew.
pub(super) const PANEL: PressHandler<Deps> =
    reading(verb::CHOICES, Audience::Organiser, Declared::Update, |deps, call| panel(deps, call).boxed());

/// Asks whether the integration with Discord is to be switched off.
pub(super) const PAUSE: PressHandler<Deps> =
    reading(verb::PAUSE, Audience::Organiser, Declared::Update, |deps, call| pause(deps, call).boxed());

/// Chooses what becomes of a finished event's channel.
pub(super) const PUT_AWAY: PressHandler<Deps> =
    changing(verb::PUT_AWAY, Audience::Organiser, Declared::Update, |deps, call| {
        put_away(deps, call).boxed()
    });

/// Turns a setting on or off.
pub(super) const TOGGLE: PressHandler<Deps> =
    changing(verb::TOGGLE, Audience::Organiser, Declared::Update, |deps, call| toggle(deps, call).boxed());

async fn locale(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let locale = chosen(&call.input).and_then(Locale::of).ok_or(Refusal::Outdated)?;
    save(deps, &call, SettingsChange::Locale(locale)).await
}

async fn put_away(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let put_away = match chosen(&call.input) {
        Some(field::PUT_AWAY_ARCHIVE) => PutAway::Archive,
        Some(field::PUT_AWAY_DELETE) => PutAway::Delete,
        _ => return Err(Refusal::Outdated.into()),
    };
    save(deps, &call, SettingsChange::PutAway(put_away)).await
}

async fn toggle(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::Toggle { on, toggle } = call.input.press else { return Err(Refusal::Outdated.into()) };
    save(deps, &call, SettingsChange::Toggle(toggle, on)).await
}

async fn panel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let view = deps.service.settings(call.context.member()?).await?;
    Ok(Answer::Update(settings::panel(&shown::settings(&view))))
}

async fn pause(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let club = deps.service.organised_club(call.context.member()?).await?;
    Ok(Answer::Update(settings::ask_pause(&club)))
}

async fn save(deps: &Deps, call: &Call<Pressed>, change: SettingsChange) -> Result<Answer, Failure> {
    let render = |view: &SettingsView| shown::update(&settings::panel(&shown::settings(view))).into();
    Ok(Answer::Kept(deps.service.save_settings(call.ask(&render)?, change).await?))
}
