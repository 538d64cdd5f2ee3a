//! `/series create`: opens the form of a new series.

use futures::FutureExt;
use twilight_model::{
    channel::ChannelType,
    id::{Id, marker::ChannelMarker},
};

use super::super::topic;
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind},
        options::Options,
        table::{Audience, Call, Effect, Leaf},
    },
    view::modal::{Draft, series_create},
};

/// The option for a category.
const CATEGORY: Opt = Opt::new(
    "category",
    "A category of yours to use; left out, the series gets one of its own.",
    OptKind::Channel(&[ChannelType::GuildCategory]),
);

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Modal,
    description: "Creates a series: a championship or cup, whose events share a category.",
    effect: Effect::Reads,
    name: "create",
    options: &[CATEGORY],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::SERIES,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    deps.service.organised_club(call.context.member()?).await?;
    let category = category(&call.input)?;
    Ok(Answer::Modal(series_create::modal(call.context.id, category, &Draft::default())))
}

/// The category that was picked, if one was.
fn category(options: &Options) -> Result<Option<Id<ChannelMarker>>, Refusal> {
    if options.kind(CATEGORY.name).is_none() {
        return Ok(None);
    }
    let picked = options.channel(CATEGORY.name).filter(|channel| channel.kind == ChannelType::GuildCategory);
    picked.map(|category| Some(category.id)).ok_or(Refusal::NotACategory)
}
