//! Which event or series is meant: what was picked or typed for an option, else what the place tells.

use crate::{
    domain::{
        actor::Actor,
        club::{Club, Series},
        event::Event,
        id::{EventId, SeriesId, TemplateId},
        local_time,
        refusal::Refusal,
        template::Template,
        text::{fold, length, truncate},
    },
    interaction::{
        answer::{Answer, Choice, MAX_CHOICES},
        deps::Deps,
        failure::Failure,
        incoming::Completion,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::Call,
    },
    service::find::{Resolved, SeriesKey, TemplateKey},
    view::{custom_id::Showing, reply},
};

/// How many events are looked through for a name that was typed without picking one.
const LOOKED_THROUGH: u64 = 25;
/// The most characters of a suggestion.
const MAX_CHOICE: usize = 100;

/// How many characters [`isolated`] adds.
const ISOLATES: usize = 2;

/// The option for an event.
pub(in crate::interaction::command) const EVENT: Opt = Opt::new(
    "event",
    "Which event; left out in an event's own channel, it is that one.",
    OptKind::Text(Text::Completed),
);

/// The option for a series.
pub(super) const SERIES: Opt =
    Opt::new("series", "The series that it belongs to.", OptKind::Text(Text::Completed));

/// The option for a template.
pub(super) const TEMPLATE: Opt =
    Opt::new("template", "What it is made from; your templates are offered.", OptKind::Text(Text::Completed));

/// Shows the event that is meant, or asks which one it is.
pub(in crate::interaction::command) async fn show(
    deps: &Deps,
    call: Call<Options>,
    showing: Showing,
) -> Result<Answer, Failure> {
    let actor = call.context.member()?;
    let body = match resolve(deps, &call).await? {
        Resolved::One(view) => shown::event(deps, actor, &view, showing).await?,
        Resolved::Several(club, events) => reply::pick_event(showing, &events, 0, &club.zone),
    };
    Ok(Answer::ephemeral(body))
}

/// The event that is meant.
pub(in crate::interaction::command) async fn resolve(
    deps: &Deps,
    call: &Call<Options>,
) -> Result<Resolved, Failure> {
    let actor = call.context.member()?;
    let named = match call.input.text(EVENT.name) {
        Some(given) => Some(event(deps, actor, given).await?),
        None => None,
    };
    Ok(deps.service.resolve_event(actor, named).await?)
}

/// The series that was picked, or typed without picking.
pub(super) fn series(given: &str) -> SeriesKey<'_> {
    SeriesId::from_short(given).map_or(SeriesKey::Name(given), SeriesKey::Id)
}

/// The template that was picked, or typed without picking.
pub(super) fn template(given: &str) -> TemplateKey<'_> {
    TemplateId::from_short(given).map_or(TemplateKey::Name(given), TemplateKey::Id)
}

/// The event that was picked, or typed without picking: then the next of that name.
async fn event(deps: &Deps, actor: &Actor, given: &str) -> Result<EventId, Failure> {
    if let Some(id) = EventId::from_short(given) {
        return Ok(id);
    }
    let typed = fold(given.trim());
    let (_, found) =
        deps.service.search_events(actor, given, LOOKED_THROUGH).await?.ok_or(Refusal::NoClub)?;
    let named = found.iter().find(|event| fold(event.name.as_str()) == typed);
    Ok(named.ok_or(Refusal::UnknownEvent)?.id)
}

/// The events whose names hold what is being typed.
pub(in crate::interaction::command) async fn complete_event(
    deps: &Deps,
    call: Call<Completion>,
) -> Result<Vec<Choice>, Failure> {
    let actor = call.context.member()?;
    let found = deps.service.search_events(actor, typed(&call), MAX_CHOICES as u64).await?;
    let Some((club, events)) = found else { return Ok(Vec::new()) };
    Ok(events.iter().map(|event| choice(event, &club)).collect())
}

/// The series or the templates whose names hold what is being typed, as the option wants.
pub(super) async fn complete_home(deps: &Deps, call: Call<Completion>) -> Result<Vec<Choice>, Failure> {
    match &call.input.focused {
        Some(focused) if focused.option == TEMPLATE.name => complete_template(deps, call).await,
        _ => complete_series(deps, call).await,
    }
}

async fn complete_template(deps: &Deps, call: Call<Completion>) -> Result<Vec<Choice>, Failure> {
    let found =
        deps.service.search_templates(call.context.member()?, typed(&call), MAX_CHOICES as u64).await?;
    let choice = |template: Template| Choice {
        name: isolated(&truncate(template.name.as_str(), MAX_CHOICE - ISOLATES)),
        value: template.id.short(),
    };
    Ok(found.into_iter().map(choice).collect())
}

/// The series whose names hold what is being typed.
async fn complete_series(deps: &Deps, call: Call<Completion>) -> Result<Vec<Choice>, Failure> {
    let found = deps.service.search_series(call.context.member()?, typed(&call), MAX_CHOICES as u64).await?;
    let choice = |series: Series| Choice {
        name: isolated(&truncate(series.name.as_str(), MAX_CHOICE - ISOLATES)),
        value: series.id.short(),
    };
    Ok(found.into_iter().map(choice).collect())
}

fn typed(call: &Call<Completion>) -> &str {
    call.input.focused.as_ref().map_or("", |focused| focused.text.as_str())
}

/// An event with its start, as two of one series often share a name.
fn choice(event: &Event, club: &Club) -> Choice {
    let start = format!(" · {}", local_time::format(event.start, &club.zone));
    let name = truncate(event.name.as_str(), MAX_CHOICE.saturating_sub(length(&start) + ISOLATES));
    Choice { name: format!("{}{start}", isolated(&name)), value: event.id.short() }
}

/// A name whose direction, such as that of Arabic, stays its own beside other text: between U+2068 and U+2069. Names that need none of
/// it are left as they are.
fn isolated(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { format!("\u{2068}{name}\u{2069}") }
}
