//! Bringing an interaction to the service, and judging what comes back.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};

use super::answer::{self, Effect};
use super::envelope::{Head, envelope, owners, user};
use super::rules;
use super::session::{ANSWER_WITHIN, Kind, Origin, Progress, Sent, Session};
use super::sign::{DeliveryError, RawAnswer, token};
use crate::{Delivery, DeliveryOutcome, Discord, Snowflake, Verdict, model::State, openapi::callback_schema};

/// What a person did, to be told to the service.
pub(crate) struct Act {
    pub(crate) kind: Kind,
    pub(crate) origin: Origin,
    pub(crate) data: Value,
    /// What complaints call it, such as `/event create`.
    pub(crate) about: String,
    /// The interaction that opened the modal which is submitted.
    pub(crate) opened_by: Option<Snowflake>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) interaction: Snowflake,
    /// The answer as it was sent, null if there was none.
    pub(crate) answer: Value,
    /// What it did, or why the person reads that the application did not respond.
    pub(crate) effect: Result<Effect, String>,
    /// How long the service took, in real time.
    pub(crate) took: Duration,
}

impl Discord {
    /// Delivers what a person did and carries the answer out.
    pub(crate) async fn interact(&self, act: Act) -> Outcome {
        let (id, sent) = self.with(|state| self.open(state, &act));
        let order = self.record(id, &act, &sent);
        let begun = Instant::now();
        let answer = self.answer_to(id, &sent, begun + ANSWER_WITHIN).await;
        let took = begun.elapsed();
        let mut verdict = Verdict::Unchecked;
        let (answer, effect) = match answer {
            Ok(Some(answer)) => {
                verdict = self.complain_about(&act.about, &answer);
                let effect = self.with(|state| answer::apply(self, state, id, &answer, &act.about));
                (answer, effect.map_err(|wrong| self.refuse(&act.about, wrong)))
            }
            Ok(None) => (Value::Null, self.with(|state| answer::of_callback(state, id))),
            Err(failure) => (Value::Null, Err(self.judge(&act.about, failure))),
        };
        if effect.is_err() {
            self.with(|state| {
                state.interactions.get_mut(id).map(|session| session.progress = Progress::Failed)
            });
        }
        let failure = effect.as_ref().err().cloned();
        self.0.records.end(order, DeliveryOutcome { answer: answer.clone(), failure, took, verdict });
        Outcome { interaction: id, answer, effect, took }
    }

    /// Records that an interaction is on its way.
    fn record(&self, interaction: Snowflake, act: &Act, sent: &Sent) -> u64 {
        let order = self.0.records.next();
        self.0.records.begin(Delivery {
            order,
            interaction,
            about: act.about.clone(),
            user: act.origin.user,
            guild: act.origin.guild,
            at: self.now(),
            payload: serde_json::from_slice(&sent.body).unwrap_or_default(),
            outcome: None,
        });
        order
    }

    /// Delivers an interaction once more, byte for byte. The real Discord has its answer already, so nothing comes of the
    /// second one but the reply that it would have been.
    pub(crate) async fn interact_again(&self, id: Snowflake) -> Outcome {
        let known = self.with(|state| state.interactions.get(id).cloned());
        let sent = known.as_ref().map(|session| session.sent.clone()).unwrap_or_default();
        let begun = Instant::now();
        let answer = self.answer_to(id, &sent, begun + ANSWER_WITHIN).await;
        let took = begun.elapsed();
        let (answer, effect) = match (answer, known) {
            (Ok(Some(answer)), Some(session)) => {
                let of = rules::check(&session, &answer);
                let effect =
                    of.map(|of| answer::seen(of, &answer)).map_err(|wrong| self.refuse("redelivery", wrong));
                (answer, effect)
            }
            (Ok(_), _) => (Value::Null, Err("there was no answer".to_owned())),
            (Err(failure), _) => (Value::Null, Err(self.judge("redelivery", failure))),
        };
        Outcome { interaction: id, answer, effect, took }
    }

    /// Makes an interaction of what a person did.
    fn open(&self, state: &mut State, act: &Act) -> (Snowflake, Sent) {
        let id = state.id(self.now());
        let application = self.application().id;
        let head = Head { application, bot: self.bot(), id, token: token(self, id), kind: act.kind };
        let body = envelope(state, &head, &act.origin, &act.data).to_string().into_bytes();
        let timestamp = self.timestamp();
        let signature = self.sign(&body, &timestamp);
        let sent = Sent { body, signature, timestamp };
        let metadata = metadata(state, id, act);
        state.interactions.add(Session {
            id,
            kind: act.kind,
            token: head.token,
            about: act.about.clone(),
            origin: act.origin.clone(),
            since: self.stamp(),
            progress: Progress::Waiting,
            original: None,
            settled: false,
            followups: Vec::new(),
            metadata,
            sent: sent.clone(),
        });
        (id, sent)
    }

    /// The answer in the response, or none if it came by the callback route.
    async fn answer_to(&self, id: Snowflake, sent: &Sent, until: Instant) -> Result<Option<Value>, Failure> {
        let request =
            self.post("/interactions", sent.body.clone(), Some(&sent.signature), Some(&sent.timestamp));
        let raw = timeout_at(until, request).await.map_err(|_| Failure::Late)?.map_err(Failure::Lost)?;
        if raw.status != 202 {
            return parse(&raw).map(Some);
        }
        while self.with(|state| state.interactions.get(id).is_some_and(|s| s.progress == Progress::Waiting)) {
            if Instant::now() > until {
                return Err(Failure::Late);
            }
            sleep(Duration::from_millis(5)).await;
        }
        Ok(None)
    }

    /// What the description of Discord's API has against an answer. The real Discord is not always as strict.
    pub(super) fn complain_about(&self, about: &str, answer: &Value) -> Verdict {
        let Some(openapi) = &self.0.openapi else { return Verdict::Unchecked };
        let violations: Vec<_> = openapi.check_callback(answer).iter().map(ToString::to_string).collect();
        for violation in &violations {
            self.complain(about, format!("the answer breaks the OpenAPI description at {violation}"));
        }
        match callback_schema(answer) {
            Some(name) if violations.is_empty() => Verdict::Described(name.to_owned()),
            _ => Verdict::Broken(violations),
        }
    }

    fn refuse(&self, about: &str, wrong: Vec<String>) -> String {
        let why = format!("Discord refuses the answer: {}", wrong.join("; "));
        self.complain(about, why.clone());
        why
    }

    /// Says what went wrong; a service that is away is no reason to complain, for tests switch it off.
    fn judge(&self, about: &str, failure: Failure) -> String {
        match failure {
            Failure::Late => {
                self.complain(about, "there was no answer within 3 seconds");
                "there was no answer within 3 seconds".to_owned()
            }
            Failure::Wrong(why) => {
                self.complain(about, why.clone());
                why
            }
            Failure::Lost(error) => error.to_string(),
        }
    }
}

/// Why there is no answer.
enum Failure {
    Late,
    Lost(DeliveryError),
    Wrong(String),
}

fn parse(raw: &RawAnswer) -> Result<Value, Failure> {
    if raw.status != 200 {
        let text = String::from_utf8_lossy(&raw.body);
        return Err(Failure::Wrong(format!("the service answered {}: {text}", raw.status)));
    }
    if !raw.content_type.as_deref().is_some_and(|of| of.starts_with("application/json")) {
        return Err(Failure::Wrong(format!("the answer's Content-Type is {:?}", raw.content_type)));
    }
    serde_json::from_slice(&raw.body)
        .map_err(|error| Failure::Wrong(format!("the answer is not JSON: {error}")))
}

/// The `interaction_metadata` of messages that answer this.
fn metadata(state: &State, id: Snowflake, act: &Act) -> Value {
    let mut metadata = json!({
        "id": id, "type": act.kind as u64, "user": user(state, act.origin.user),
        "authorizing_integration_owners": owners(&act.origin),
    });
    match act.kind {
        Kind::Component => metadata["interacted_message_id"] = json!(act.origin.message),
        Kind::ModalSubmit => {
            let opener = act.opened_by.and_then(|id| state.interactions.get(id));
            metadata["triggering_interaction_metadata"] =
                opener.map(|session| session.metadata.clone()).unwrap_or_default();
        }
        _ => {}
    }
    metadata
}
