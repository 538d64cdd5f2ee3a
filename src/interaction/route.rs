//! Where an interaction goes: the handler that the tables name for it, with its input.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    answer::{Answer, Declared, Place},
    check,
    desk::{AnswerKey, Desk, NewDraft},
    failure::Failure,
    incoming::{Context, Pressed, Submitted, What},
    options::Options,
    table::{Audience, Call, Effect, FormHandler, Leaf, PressHandler, Registry, Reopened},
};
use crate::{
    domain::{id::DraftId, refusal::Refusal},
    view::custom_id::Press,
};

/// A handler with its input, and all that its table entry says.
#[derive(Debug)]
pub(super) struct Route<D: 'static> {
    pub(super) audience: Audience,
    pub(super) declared: Declared,
    pub(super) effect: Effect,
    pub(super) key: AnswerKey,
    pub(super) label: Label,
    pub(super) place: Place,
    deed: Deed<D>,
}

/// What an interaction is called in logs and metrics: never by anything that people typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Label {
    pub(super) kind: &'static str,
    pub(super) name: String,
}

#[derive(Debug)]
enum Deed<D: 'static> {
    Command(&'static Leaf<D>, Options),
    EditAgain(DraftId, Registry<D>),
    Press(&'static PressHandler<D>, Pressed),
    Refuse(Refusal),
    Submit(&'static FormHandler<D>, Submitted),
}

impl<D: Desk> Route<D> {
    /// The route of what came in. What no table names leads to a refusal.
    pub(super) fn find(registry: &Registry<D>, what: What, id: Id<InteractionMarker>) -> Self {
        match what {
            What::Command { options, path } => match registry.leaf(&path) {
                Some(leaf) => Self::command(leaf, options, path, id),
                None => Self::refuse(Refusal::UnknownCommand, Place::Command, "command", id),
            },
            What::Press(Pressed { press: Press::EditAgain(draft), .. }) => {
                Self::edit_again(draft, *registry, id)
            }
            What::Press(pressed) => match registry.press(pressed.press.verb()) {
                Some(handler) => Self::press(handler, pressed, id),
                None => Self::refuse(Refusal::Outdated, Place::Press, "press", id),
            },
            What::Submit(submitted) => match registry.form(submitted.form.verb()) {
                Some(handler) => Self::submit(handler, submitted),
                None => Self::refuse(Refusal::Outdated, Place::Form(false), "form", id),
            },
            What::Complete { .. } | What::Outdated => {
                Self::refuse(Refusal::Outdated, Place::Press, "press", id)
            }
        }
    }

    fn command(leaf: &'static Leaf<D>, options: Options, path: String, id: Id<InteractionMarker>) -> Self {
        Self {
            audience: leaf.audience,
            declared: leaf.declared,
            deed: Deed::Command(leaf, options),
            effect: leaf.effect,
            key: AnswerKey::of_interaction(id),
            label: Label { kind: "command", name: path },
            place: Place::Command,
        }
    }

    fn press(handler: &'static PressHandler<D>, pressed: Pressed, id: Id<InteractionMarker>) -> Self {
        Self {
            audience: handler.audience,
            declared: handler.declared,
            deed: Deed::Press(handler, pressed),
            effect: handler.effect,
            key: AnswerKey::of_interaction(id),
            label: Label { kind: "press", name: handler.verb.to_owned() },
            place: Place::Press,
        }
    }

    fn submit(handler: &'static FormHandler<D>, submitted: Submitted) -> Self {
        Self {
            audience: handler.audience,
            declared: handler.declared,
            effect: handler.effect,
            key: AnswerKey::of_form(submitted.opened),
            label: Label { kind: "form", name: handler.verb.to_owned() },
            place: Place::Form(submitted.message.is_some()),
            deed: Deed::Submit(handler, submitted),
        }
    }

    fn edit_again(draft: DraftId, registry: Registry<D>, id: Id<InteractionMarker>) -> Self {
        Self {
            // The draft is its keeper's own; the audience of its form is checked once the form is known.
            audience: Audience::Anywhere,
            declared: Declared::Modal,
            deed: Deed::EditAgain(draft, registry),
            effect: Effect::Reads,
            key: AnswerKey::of_interaction(id),
            label: Label { kind: "press", name: "again".to_owned() },
            place: Place::Press,
        }
    }

    fn refuse(refusal: Refusal, place: Place, kind: &'static str, id: Id<InteractionMarker>) -> Self {
        Self {
            audience: Audience::Anywhere,
            declared: Declared::Ephemeral,
            deed: Deed::Refuse(refusal),
            effect: Effect::Reads,
            key: AnswerKey::of_interaction(id),
            label: Label { kind, name: "unknown".to_owned() },
            place,
        }
    }

    /// What would be lost if the handler had no answer: the input of a form.
    pub(super) fn draft(&self, context: &Context) -> Option<NewDraft> {
        let Deed::Submit(_, submitted) = &self.deed else {
            return None;
        };
        Some(NewDraft {
            filled: submitted.fields.filled().clone(),
            form: submitted.form.clone().opened_by(submitted.opened),
            guild: context.guild.as_ref().map(|guild| guild.id),
            user: context.user.id,
        })
    }

    /// Runs the handler.
    pub(super) async fn run(self, deps: &D, context: Context) -> Result<Answer, Failure> {
        let key = self.key;
        match self.deed {
            Deed::Command(leaf, input) => {
                check::fits(leaf, &input)?;
                (leaf.run)(deps, Call { context, input, key }).await
            }
            Deed::EditAgain(draft, registry) => reopen(deps, &registry, draft, context, key).await,
            Deed::Press(handler, input) => (handler.run)(deps, Call { context, input, key }).await,
            Deed::Refuse(refusal) => Err(refusal.into()),
            Deed::Submit(handler, input) => (handler.run)(deps, Call { context, input, key }).await,
        }
    }
}

async fn reopen<D: Desk>(
    deps: &D,
    registry: &Registry<D>,
    draft: DraftId,
    context: Context,
    key: AnswerKey,
) -> Result<Answer, Failure> {
    let draft = deps.draft(draft, &context).await.map_err(Failure::Broken)?.ok_or(Refusal::DraftGone)?;
    let handler = registry.form(draft.form.form.verb()).ok_or(Refusal::DraftGone)?;
    check::admit(deps, handler.audience, &context).await?;
    let input = Reopened { filled: draft.filled, form: draft.form.form };
    (handler.reopen)(deps, Call { context, input, key }).await
}
