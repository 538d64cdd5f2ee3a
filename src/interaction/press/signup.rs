//! **Sign up**, **Tentative**, **Withdraw**, and the choice of a class. The card is drawn in the answer itself.

use futures::FutureExt;

use super::{changing, chosen, event_of};
use crate::{
    domain::{event::Event, id::ClassId, refusal::Refusal, signup::Wish},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::{
        Rendered, ShownCard,
        signup::{SignupOutcome, SignupResult},
    },
    view::{
        VIEW_VERSION, card,
        custom_id::{Press, verb},
        message::Body,
        reply,
    },
};

/// Chooses a class.
pub(super) const PICK_CLASS: PressHandler<Deps> = handler(verb::PICK_CLASS);
/// Signs up.
pub(super) const SIGN_UP: PressHandler<Deps> = handler(verb::SIGN_UP);
/// Signs up as perhaps coming.
pub(super) const TENTATIVE: PressHandler<Deps> = handler(verb::TENTATIVE);
/// Takes a sign-up back.
pub(super) const WITHDRAW: PressHandler<Deps> = handler(verb::WITHDRAW);

const fn handler(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Everyone, Declared::Update, |deps, call| run(deps, call).boxed())
}

async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let (event, wish) = (event_of(call.input.press)?, wish(&call.input)?);
    let render = |outcome: &SignupOutcome| answer(&call, wish, outcome);
    let Rendered { callback, card } = deps.service.sign_up(call.ask(&render)?, event, wish).await?;
    Ok(if card.is_some() { Answer::Card { callback, event } } else { Answer::Kept(callback) })
}

fn wish(pressed: &Pressed) -> Result<Wish, Refusal> {
    match pressed.press {
        Press::SignUp(_) => Ok(Wish::SignUp(None)),
        Press::Tentative(_) => Ok(Wish::Tentative),
        Press::Withdraw(_) => Ok(Wish::Withdraw),
        Press::PickClass(_) => {
            let class = chosen(pressed).and_then(ClassId::from_short).ok_or(Refusal::UnknownClass)?;
            Ok(Wish::SignUp(Some(class)))
        }
        _ => Err(Refusal::Outdated),
    }
}

fn answer(call: &Call<Pressed>, wish: Wish, outcome: &SignupOutcome) -> Rendered {
    let SignupOutcome { facts, result, user } = outcome;
    let (event, sheet) = (&facts.event, &facts.sheet);
    match result {
        SignupResult::Changed => changed(call, outcome),
        SignupResult::PickClass => shown::message(&reply::pick_class(event, sheet)).into(),
        SignupResult::Unchanged if picked(call) => {
            shown::update(&reply::unchanged(event, sheet, *user)).into()
        }
        SignupResult::Unchanged if wish == Wish::SignUp(None) && has_choice(event) => {
            shown::message(&reply::change_class(event, sheet, *user)).into()
        }
        SignupResult::Unchanged => shown::message(&reply::unchanged(event, sheet, *user)).into(),
    }
}

fn changed(call: &Call<Pressed>, outcome: &SignupOutcome) -> Rendered {
    let SignupOutcome { facts, user, .. } = outcome;
    if picked(call) {
        return shown::update(&reply::standing(&facts.event, &facts.sheet, *user)).into();
    }
    match (&call.input.message, &call.context.actor) {
        (Some(message), _) if !message.ephemeral => {
            let card = card::card(&shown::facts(facts), facts.now);
            let shown_card = ShownCard {
                hash: card.hash(),
                message: message.id,
                view_version: VIEW_VERSION.unsigned_abs(),
            };
            Rendered { callback: shown::update(&card), card: Some(shown_card) }
        }
        (_, Some(actor)) => shown::update(&shown::copy(actor, facts)).into(),
        (_, None) => shown::update(&standing(outcome)).into(),
    }
}

fn standing(outcome: &SignupOutcome) -> Body {
    reply::standing(&outcome.facts.event, &outcome.facts.sheet, outcome.user)
}

/// Whether a class was chosen in the select that **Sign up** had answered with.
const fn picked(call: &Call<Pressed>) -> bool {
    matches!(call.input.press, Press::PickClass(_))
}

fn has_choice(event: &Event) -> bool {
    event.classes.len() > 1
}
