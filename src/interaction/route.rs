//! Where an interaction goes: the handler that the tables name for it, with its input.

use twilight_model::id::{
    Id,
    marker::{InteractionMarker, UserMarker},
};

use super::{
    answer::{Answer, Declared, Place},
    check,
    desk::{AnswerKey, Desk, NewDraft},
    failure::Failure,
    incoming::{Context, Pressed, Submitted, What},
    options::Options,
    table::{Audience, Call, Effect, FormHandler, Leaf, PressHandler, Registry, Reopened, UserCommand},
};
use crate::{
    domain::{actor::Target, id::DraftId, refusal::Refusal},
    view::custom_id::{Form, Press},
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

/// A form as somebody filled it in.
#[derive(Debug)]
pub(super) struct Filled<D: 'static> {
    handler: &'static FormHandler<D>,
    input: Reopened,
}

#[derive(Debug)]
enum Deed<D: 'static> {
    Command(&'static Leaf<D>, Options),
    EditAgain(DraftId, Registry<D>),
    Press(&'static PressHandler<D>, Pressed),
    Refuse(Refusal),
    Submit(&'static FormHandler<D>, Submitted),
    UserCommand(&'static UserCommand<D>, Target),
}

impl<D: Desk> Route<D> {
    /// The route of what came in. What no table names leads to a refusal.
    pub(super) fn find(registry: &Registry<D>, what: What, context: &Context) -> Self {
        let (id, user) = (context.id, context.user.id);
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
                Some(handler) => Self::submit(handler, submitted, user),
                None => Self::refuse(Refusal::Outdated, Place::Form(false), "form", id),
            },
            What::UserCommand { name, target } => match registry.user_command(&name) {
                Some(handler) => Self::user_command(handler, target, id),
                None => Self::refuse(Refusal::UnknownCommand, Place::Command, "command", id),
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

    fn submit(handler: &'static FormHandler<D>, submitted: Submitted, by: Id<UserMarker>) -> Self {
        Self {
            audience: handler.audience,
            declared: handler.declared,
            effect: handler.effect,
            key: AnswerKey::of_form(submitted.opened, by),
            label: Label { kind: "form", name: handler.verb.to_owned() },
            place: Place::Form(submitted.message.is_some()),
            deed: Deed::Submit(handler, submitted),
        }
    }

    fn user_command(handler: &'static UserCommand<D>, target: Target, id: Id<InteractionMarker>) -> Self {
        Self {
            audience: handler.audience,
            declared: handler.declared,
            deed: Deed::UserCommand(handler, target),
            effect: handler.effect,
            key: AnswerKey::of_interaction(id),
            label: Label { kind: "command", name: handler.name.to_owned() },
            place: Place::Command,
        }
    }

    fn edit_again(draft: DraftId, registry: Registry<D>, id: Id<InteractionMarker>) -> Self {
        Self {
            // The draft is its keeper's own; who may send its form is checked when it is sent.
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
    pub(super) fn filled(&self) -> Option<Filled<D>> {
        let Deed::Submit(handler, submitted) = &self.deed else {
            return None;
        };
        let filled = submitted.fields.filled().clone();
        Some(Filled { handler, input: Reopened { filled, form: submitted.form.clone() } })
    }

    /// Whether its handler is asked who may come in: not that of a form for organisers, which has one read, with which it decides
    /// itself.
    pub(super) const fn decides_itself(&self) -> bool {
        matches!((self.declared, self.audience), (Declared::Modal, Audience::Organiser))
    }

    /// Runs the handler.
    pub(super) async fn run(self, deps: &D, context: Context) -> Result<Answer, Failure> {
        let key = self.key;
        match self.deed {
            Deed::Command(leaf, input) => {
                check::fits(leaf, &input)?;
                (leaf.run)(deps, Call { context, input, key }).await
            }
            Deed::EditAgain(draft, registry) => reopen(deps, &registry, draft, &context).await,
            Deed::Press(handler, input) => (handler.run)(deps, Call { context, input, key }).await,
            Deed::Refuse(refusal) => Err(refusal.into()),
            Deed::Submit(handler, input) => (handler.run)(deps, Call { context, input, key }).await,
            Deed::UserCommand(handler, input) => (handler.run)(deps, Call { context, input, key }).await,
        }
    }
}

impl<D: Desk> Filled<D> {
    /// The same without what was refused and can't be changed in the form itself.
    pub(super) fn mended(mut self, refusal: &Refusal) -> Self {
        match (refusal, &mut self.input.form) {
            (Refusal::CategoryTaken, Form::SeriesCreate { category }) => *category = None,
            (Refusal::UnknownSeries, Form::EventCreate { series, .. }) => *series = None,
            _ => {}
        }
        self
    }

    /// Keeps it as it opens again: whoever opens it has been told what stands in its way now.
    pub(super) async fn keep(self, deps: &D, context: &Context) -> Result<Option<DraftId>, Failure> {
        let key = AnswerKey::of_interaction(context.id);
        let call = Call { context: context.clone(), input: self.input, key };
        let Answer::Modal(form) = (self.handler.reopen)(deps, call).await? else { return Ok(None) };
        let guild = context.guild.as_ref().map(|guild| guild.id);
        let draft = NewDraft { form, guild, user: context.user.id };
        deps.keep_draft(draft).await.map(Some).map_err(Failure::Broken)
    }
}

/// Opens a kept form again, as a form of its own: sent, it isn't taken for the one that was refused.
async fn reopen<D: Desk>(
    deps: &D,
    registry: &Registry<D>,
    draft: DraftId,
    context: &Context,
) -> Result<Answer, Failure> {
    let kept = deps.draft(draft, context).await.map_err(Failure::Broken)?.ok_or(Refusal::DraftGone)?;
    registry.form(kept.id.form.verb()).ok_or(Refusal::DraftGone)?;
    let (id, mut form) = (kept.id.form.opened_by(context.id), kept.json);
    form["custom_id"] = id.to_string().into();
    Ok(Answer::Reopened(form))
}
