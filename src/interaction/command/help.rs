//! `/help`: what the reader can do here, a topic at a time. It reads the same table as everything else.

use futures::FutureExt;

use super::topic;
use crate::{
    domain::text::fold,
    interaction::{
        answer::{Answer, Choice, Declared},
        deps::Deps,
        failure::Failure,
        incoming::{Completion, Context},
        option::{Opt, OptKind, Text},
        options::Options,
        registry::REGISTRY,
        table::{Audience, Call, Effect, Leaf},
    },
    view::{
        help::{self, Access, HelpEntry},
        message::Body,
    },
};

/// The option.
const TOPIC: &str = "topic";

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: Some(|deps, call| complete(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Shows what you can do here.",
    effect: Effect::Reads,
    name: "help",
    options: &[Opt::new(TOPIC, "What you want to know about.", OptKind::Text(Text::Completed))],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::APP,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    Ok(Answer::ephemeral(shown(deps, &call.context, call.input.text(TOPIC)).await?))
}

/// The help for whoever asks.
pub(in crate::interaction) async fn shown(
    deps: &Deps,
    context: &Context,
    topic: Option<&str>,
) -> Result<Body, Failure> {
    let reader = reader(deps, context).await?;
    let guide: Vec<Guide> = guide().collect();
    let entries: Vec<HelpEntry<'_>> = guide
        .iter()
        .map(|entry| HelpEntry {
            access: entry.audience.access(),
            command: &entry.words,
            description: entry.description,
            topic: entry.topic,
        })
        .collect();
    Ok(help::help(reader, topic, &entries))
}

async fn complete(deps: &Deps, call: Call<Completion>) -> Result<Vec<Choice>, Failure> {
    let typed = call.input.focused.map(|focused| fold(&focused.text)).unwrap_or_default();
    let reader = reader(deps, &call.context).await?;
    let mut topics = Vec::new();
    for entry in guide().filter(|entry| entry.audience.access() <= reader) {
        if !topics.contains(&entry.topic) && fold(entry.topic).contains(&typed) {
            topics.push(entry.topic);
        }
    }
    Ok(topics.into_iter().map(|topic| Choice { name: topic.to_owned(), value: topic.to_owned() }).collect())
}

/// What is told of a command.
struct Guide {
    audience: Audience,
    description: &'static str,
    topic: &'static str,
    /// Where people find it: `/event create`, or `Apps → Racing profile` in a member's menu.
    words: String,
}

fn guide() -> impl Iterator<Item = Guide> {
    let typed = REGISTRY.entries().map(|(path, leaf)| Guide {
        audience: leaf.audience,
        description: leaf.description,
        topic: leaf.topic,
        words: format!("/{path}"),
    });
    typed.chain(REGISTRY.user_commands.iter().map(|command| Guide {
        audience: command.audience,
        description: command.description,
        topic: command.topic,
        words: format!("Apps → {}", command.name),
    }))
}

async fn reader(deps: &Deps, context: &Context) -> Result<Access, Failure> {
    let actor = context.member()?;
    if actor.manage_guild {
        return Ok(Access::ManageServer);
    }
    let organiser = deps.service.is_organiser(actor).await?;
    Ok(if organiser { Access::Organiser } else { Access::Everyone })
}
