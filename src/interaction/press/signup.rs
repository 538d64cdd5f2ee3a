//! **Sign up**, **Tentative**, **Withdraw**, and the choice of a class. The card is drawn in the answer itself.

use futures::FutureExt;

use super::{changing, chosen, event_of};
use crate::{
    domain::{
        id::ClassId,
        name::CarName,
        refusal::Refusal,
        signup::{Choice, Wish},
    },
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
        signup::{LastChoice, SignupOutcome, SignupResult},
    },
    view::{
        VIEW_VERSION, announce, card,
        custom_id::{Press, verb},
        message::Body,
        signup::{self, LastTime},
    },
};

/// Takes the place that is offered.
pub(super) const ACCEPT: PressHandler<Deps> = handler(verb::ACCEPT);
/// Signs up in the class and car of last time.
pub(super) const AS_LAST_TIME: PressHandler<Deps> = handler(verb::AS_LAST_TIME);
/// Comes late.
pub(super) const LATE: PressHandler<Deps> = handler(verb::LATE);
/// Comes by the start after all.
pub(super) const ON_TIME: PressHandler<Deps> = handler(verb::ON_TIME);
/// Leaves the place that is offered.
pub(super) const PASS: PressHandler<Deps> = handler(verb::PASS);
/// Chooses a car.
pub(super) const PICK_CAR: PressHandler<Deps> = handler(verb::PICK_CAR);
/// Chooses a class.
pub(super) const PICK_CLASS: PressHandler<Deps> = handler(verb::PICK_CLASS);
/// Signs up.
pub(super) const SIGN_UP: PressHandler<Deps> = handler(verb::SIGN_UP);
/// Signs up as perhaps coming.
pub(super) const TENTATIVE: PressHandler<Deps> = handler(verb::TENTATIVE);
/// Takes a sign-up back.
pub(super) const WITHDRAW: PressHandler<Deps> = handler(verb::WITHDRAW);
/// Takes a sign-up back close to the start.
pub(super) const WITHDRAW_SURELY: PressHandler<Deps> = handler(verb::WITHDRAW_SURELY);

const fn handler(verb: &'static str) -> PressHandler<Deps> {
    changing(verb, Audience::Everyone, Declared::Update, |deps, call| run(deps, call).boxed())
}

async fn run(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let event = event_of(call.input.press)?;
    let wish = match call.input.press {
        Press::AsLastTime(_) => Wish::SignUp(deps.service.last_choice(call.context.member()?, event).await?),
        _ => wish(&call.input)?,
    };
    let render = |outcome: &SignupOutcome| answer(&call, outcome);
    let Rendered { callback, card } = deps.service.sign_up(call.ask(&render)?, event, wish).await?;
    Ok(if card.is_some() { Answer::Card { callback, event } } else { Answer::Kept(callback) })
}

fn wish(pressed: &Pressed) -> Result<Wish, Refusal> {
    match pressed.press {
        Press::Accept(_) => Ok(Wish::Accept),
        Press::Late(_) => Ok(Wish::Late),
        Press::OnTime(_) => Ok(Wish::OnTime),
        Press::Pass(_) => Ok(Wish::Pass),
        Press::PickCar { class, .. } => {
            let car = chosen(pressed).and_then(|car| CarName::parse(car).ok()).ok_or(Refusal::UnknownCar)?;
            Ok(Wish::SignUp(Choice { car: Some(car), class: Some(class) }))
        }
        Press::PickClass(_) => {
            let class = chosen(pressed).and_then(ClassId::from_short).ok_or(Refusal::UnknownClass)?;
            Ok(Wish::SignUp(Choice { car: None, class: Some(class) }))
        }
        Press::SignUp(_) => Ok(Wish::SignUp(Choice::default())),
        Press::Tentative(_) => Ok(Wish::Tentative),
        Press::Withdraw(_) => Ok(Wish::Withdraw { sure: false }),
        Press::WithdrawSurely(_) => Ok(Wish::Withdraw { sure: true }),
        _ => Err(Refusal::Outdated),
    }
}

/// Where a press stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Spot {
    /// On the card, or a copy of it.
    Card,
    /// On an offer of a place in the event's channel.
    Offer,
    /// On an answer to the person alone.
    Reply,
}

fn spot(pressed: &Pressed) -> Spot {
    match pressed.press {
        Press::SignUp(_) | Press::Tentative(_) | Press::Withdraw(_) => Spot::Card,
        _ if pressed.message.is_some_and(|message| !message.ephemeral) => Spot::Offer,
        _ => Spot::Reply,
    }
}

fn answer(call: &Call<Pressed>, outcome: &SignupOutcome) -> Rendered {
    let SignupOutcome { facts, last, result, user } = outcome;
    let (event, sheet) = (&facts.event, &facts.sheet);
    let last =
        last.as_ref().map(|LastChoice { car, class }| LastTime { car: car.as_ref(), class: class.as_ref() });
    let body = match result {
        SignupResult::Changed => return changed(call, outcome),
        SignupResult::AskWithdraw => signup::ask_withdraw(event),
        SignupResult::PickCar(class) => match event.class(*class) {
            Some(class) => signup::pick_car(event, class, 0, last),
            None => signup::unchanged(event, sheet, *user),
        },
        SignupResult::PickClass => signup::pick_class(event, sheet, last),
        SignupResult::Unchanged => signup::unchanged(event, sheet, *user),
    };
    match spot(&call.input) {
        Spot::Reply => shown::update(&body).into(),
        Spot::Card | Spot::Offer => shown::message(&body).into(),
    }
}

fn changed(call: &Call<Pressed>, outcome: &SignupOutcome) -> Rendered {
    let SignupOutcome { facts, user, .. } = outcome;
    let standing = || signup::standing(&facts.event, &facts.sheet, *user);
    match (spot(&call.input), &call.input.message, &call.context.actor) {
        (Spot::Card, Some(message), _) if !message.ephemeral => {
            let card = card::card(&shown::facts(facts), facts.now);
            let shown_card = ShownCard {
                hash: card.hash(),
                message: message.id,
                view_version: VIEW_VERSION.unsigned_abs(),
            };
            Rendered { callback: shown::update(&card), card: Some(shown_card) }
        }
        (Spot::Card, _, Some(actor)) => shown::update(&shown::copy(actor, facts)).into(),
        (Spot::Offer, ..) => shown::update(&answered(outcome).unwrap_or_else(standing)).into(),
        (Spot::Card | Spot::Reply, ..) => shown::update(&standing()).into(),
    }
}

/// The offer in the event's channel, once it is answered.
fn answered(outcome: &SignupOutcome) -> Option<Body> {
    let line = outcome.facts.sheet.of(outcome.user)?;
    Some(announce::offer_answered(&outcome.facts.event, line))
}
