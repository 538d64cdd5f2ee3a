//! Dispatch: finds the handler, runs it on a task of its own, and answers within Discord's three seconds whatever becomes of it.

use std::{
    any::Any,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::FutureExt;
use tokio::{
    sync::oneshot,
    time::{Instant, timeout},
};
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span};

use super::{
    answer::{Answer, Callback, Choice},
    check,
    desk::{AnswerKey, CommandLog, Desk, LateAnswer, Outcome},
    failure::{Failure, chain, is_mendable},
    incoming::{Completion, Context, Incoming, What},
    late::Deferral,
    route::{Filled, Label, Route},
    table::{Audience, Call, Effect, Registry},
    turn::Turns,
    words,
};
use crate::{
    base::ids::Ids,
    domain::{
        id::{DraftId, EventId},
        refusal::Refusal,
    },
};

/// How long a handler may take before its answer is deferred. Discord waits for three seconds; what is left is the network's.
pub const TIME_LIMIT: Duration = Duration::from_secs(2);

/// Answers interactions with the handlers of a [`Registry`], given `D`. Cheap to clone.
#[derive(Debug)]
pub struct Dispatcher<D: 'static>(Arc<Inner<D>>);

#[derive(Debug)]
struct Inner<D: 'static> {
    deps: D,
    ids: Ids,
    limit: Duration,
    registry: Registry<D>,
    tasks: TaskTracker,
    turns: Turns,
}

/// How a handler ended.
struct Ended {
    callback: Callback,
    /// The event whose card the callback draws.
    card: Option<EventId>,
    outcome: Outcome,
}

impl Ended {
    const fn without_card(callback: Callback, outcome: Outcome) -> Self {
        Self { callback, card: None, outcome }
    }
}

impl<D> Clone for Dispatcher<D> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<D: Desk> Dispatcher<D> {
    /// A dispatcher that gives `deps` to the handlers of `registry`, defers what takes longer than `limit` (see [`TIME_LIMIT`]), and
    /// draws the references of errors from `ids`.
    #[must_use]
    pub fn new(deps: D, registry: Registry<D>, limit: Duration, ids: Ids) -> Self {
        let (tasks, turns) = (TaskTracker::new(), Turns::default());
        Self(Arc::new(Inner { deps, ids, limit, registry, tasks, turns }))
    }

    /// What the handlers are given.
    #[must_use]
    pub fn deps(&self) -> &D {
        &self.0.deps
    }

    /// Answers an interaction, within the time limit.
    pub async fn answer(&self, incoming: Incoming) -> Callback {
        let Incoming { context, what } = incoming;
        match what {
            What::Complete { input, path } => self.complete(context, &path, input).await,
            what => self.handle(Route::find(&self.0.registry, what, &context), context).await,
        }
    }

    /// How many handlers run, those included that only write their line of the log.
    #[must_use]
    pub fn in_hand(&self) -> usize {
        self.0.tasks.len()
    }

    /// Waits until every handler that runs on after its deferral has finished. Call it when no more requests come in.
    pub async fn drained(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    async fn handle(&self, route: Route<D>, context: Context) -> Callback {
        let deferral = Deferral::of(route.declared, route.place);
        let deferred = Arc::new(AtomicBool::new(false));
        let (sender, mut receiver) = oneshot::channel();
        let conduct = self.clone().conduct(route, context, sender, Arc::clone(&deferred));
        self.0.tasks.spawn(conduct.instrument(Span::current()));
        match timeout(self.0.limit, &mut receiver).await {
            Ok(Ok(callback)) => callback,
            Ok(Err(_)) => self.broken("the handler's task ended without an answer", None),
            Err(_) => {
                // In this order: once closed, the task finds out that it is late, and has to know that it was deferred.
                deferred.store(true, Ordering::SeqCst);
                receiver.close();
                let defer = || deferral.callback().unwrap_or_else(words::too_slow);
                receiver.try_recv().unwrap_or_else(|_| defer())
            }
        }
    }

    /// Runs the handler to its end, hands the answer over, and then reports.
    async fn conduct(
        self,
        route: Route<D>,
        context: Context,
        sender: oneshot::Sender<Callback>,
        deferred: Arc<AtomicBool>,
    ) {
        let begun = Instant::now();
        let label = route.label.clone();
        let deferral = Deferral::of(route.declared, route.place);
        let Ended { callback, card, mut outcome } = self.run(route, context.clone()).await;
        let took = begun.elapsed();
        if let Err(callback) = sender.send(callback) {
            if deferral == Deferral::Never && outcome == Outcome::Answered {
                outcome = Outcome::Overrun;
            }
            match card {
                Some(event) => self.card_late(&context, event).await,
                None if deferred.load(Ordering::SeqCst) => self.hand_over(&context, deferral, callback).await,
                // Without a deferral nobody waits: Discord hung up, and its person was told so.
                None => {}
            }
        }
        self.report(&context, label, outcome, took).await;
    }

    async fn run(&self, route: Route<D>, context: Context) -> Ended {
        let (filled, key, effect) = (route.filled(), route.key.clone(), route.effect);
        match AssertUnwindSafe(self.attempt(route, context.clone())).catch_unwind().await {
            Ok(Ok(ended)) => ended,
            Ok(Err(Failure::Refused(refusal))) => {
                if let Some(first) = self.answered_meanwhile(&key, effect).await {
                    return first;
                }
                let filled = filled.filter(|_| is_mendable(&refusal)).map(|filled| filled.mended(&refusal));
                let draft = self.keep(filled, &context).await;
                Ended::without_card(words::refused(&refusal, draft), Outcome::Refused)
            }
            Ok(Err(Failure::Broken(error))) => {
                let callback = self.broken(&chain(&*error), self.keep(filled, &context).await);
                Ended::without_card(callback, Outcome::Failed)
            }
            Err(panic) => {
                let callback = self.broken(panic_text(&*panic), self.keep(filled, &context).await);
                Ended::without_card(callback, Outcome::Panicked)
            }
        }
    }

    /// The first answer, where another process gave it while this one was refusing: the repetition is refused for what the
    /// first has changed.
    async fn answered_meanwhile(&self, key: &AnswerKey, effect: Effect) -> Option<Ended> {
        if effect == Effect::Reads {
            return None;
        }
        let kept = self.0.deps.answered(key).await.inspect_err(|error| {
            tracing::warn!(error = chain(&**error), "the first answer wasn't asked for");
        });
        Some(Ended::without_card(Callback::new(kept.ok()??), Outcome::Repeated))
    }

    async fn attempt(&self, route: Route<D>, context: Context) -> Result<Ended, Failure> {
        let Inner { deps, turns, .. } = &*self.0;
        let _turn = match route.effect {
            Effect::Changes => Some(turns.take(route.key.clone()).await),
            Effect::Reads => None,
        };
        if route.effect == Effect::Changes
            && let Some(kept) = deps.answered(&route.key).await.map_err(Failure::Broken)?
        {
            return Ok(Ended::without_card(Callback::new(kept), Outcome::Repeated));
        }
        let audience = if route.decides_itself() { Audience::Everyone } else { route.audience };
        check::admit(deps, audience, &context).await?;
        let (declared, place) = (route.declared, route.place);
        let answer = route.run(deps, context).await?;
        let card = if let Answer::Card { event, .. } = &answer { Some(*event) } else { None };
        let callback = answer.callback(declared, place).map_err(Failure::broken)?;
        Ok(Ended { callback, card, outcome: Outcome::Answered })
    }

    /// Keeps what stood in a form, if there is one; without it the reply still stands.
    async fn keep(&self, filled: Option<Filled<D>>, context: &Context) -> Option<DraftId> {
        match AssertUnwindSafe(filled?.keep(&self.0.deps, context)).catch_unwind().await {
            Ok(Ok(draft)) => draft,
            Ok(Err(error)) => {
                tracing::warn!(?error, "draft not kept");
                None
            }
            Err(panic) => {
                tracing::error!(error = panic_text(&*panic), "draft not kept");
                None
            }
        }
    }

    /// Logs what broke, and answers with its reference.
    fn broken(&self, error: &str, draft: Option<DraftId>) -> Callback {
        let reference = self.0.ids.reference();
        tracing::error!(reference, error, "interaction failed");
        words::broken(&reference, draft)
    }

    /// A card that nobody took may be out of date by now: it is drawn anew instead.
    async fn card_late(&self, context: &Context, event: EventId) {
        if let Err(error) = self.0.deps.card_late(event, context).await {
            tracing::error!(error = chain(&*error), "card left as it was");
        }
    }

    async fn hand_over(&self, context: &Context, deferral: Deferral, callback: Callback) {
        let Some((body, delivery)) = deferral.deliver(callback) else {
            return;
        };
        let late = LateAnswer {
            application: context.application,
            body,
            delivery,
            request_id: context.request_id.clone(),
            token: context.token.clone(),
        };
        if let Err(error) = self.0.deps.late(late).await {
            tracing::error!(error = chain(&*error), "late answer lost");
        }
    }

    async fn report(&self, context: &Context, label: Label, outcome: Outcome, took: Duration) {
        count(&label, outcome, took);
        let Label { kind, name } = label;
        tracing::info!(kind, name, %outcome, millis = millis(took), "interaction finished");
        let line = CommandLog {
            command: if kind == "command" { name } else { format!("{kind} {name}") },
            guild: context.guild.as_ref().map(|guild| guild.id),
            outcome,
            took,
            user: context.user.id,
        };
        if let Err(error) = self.0.deps.log(line).await {
            tracing::warn!(error = chain(&*error), "command log line lost");
        }
        if let Err(error) = self.0.deps.saw(context).await {
            tracing::warn!(error = chain(&*error), "guild not noted");
        }
    }

    /// Suggestions for what is being typed; none when they can't be had in time.
    async fn complete(&self, context: Context, path: &str, input: Completion) -> Callback {
        let begun = Instant::now();
        let suggest = AssertUnwindSafe(self.suggest(context, path, input)).catch_unwind();
        let (choices, outcome) = match timeout(self.0.limit, suggest).await {
            Ok(Ok(Ok(choices))) => (choices, Outcome::Answered),
            Ok(Ok(Err(Failure::Refused(_)))) => (Vec::new(), Outcome::Refused),
            Ok(Ok(Err(Failure::Broken(error)))) => {
                tracing::error!(error = chain(&*error), "completion failed");
                (Vec::new(), Outcome::Failed)
            }
            Ok(Err(panic)) => {
                tracing::error!(error = panic_text(&*panic), "completion failed");
                (Vec::new(), Outcome::Panicked)
            }
            Err(_) => (Vec::new(), Outcome::Overrun),
        };
        let known = self.0.registry.leaf(path).is_some();
        let name = if known { path.to_owned() } else { "unknown".to_owned() };
        count(&Label { kind: "completion", name }, outcome, begun.elapsed());
        Callback::choices(choices)
    }

    async fn suggest(&self, context: Context, path: &str, input: Completion) -> Result<Vec<Choice>, Failure> {
        let Inner { deps, registry, .. } = &*self.0;
        let Some((leaf, complete)) =
            registry.leaf(path).and_then(|leaf| leaf.complete.map(|run| (leaf, run)))
        else {
            return Ok(Vec::new());
        };
        check::admit(deps, leaf.audience, &context).await?;
        let key = AnswerKey::of_interaction(context.id);
        complete(deps, Call { context, input, key }).await
    }
}

/// The answer to a signed interaction that can't be read, or is of a type that this version doesn't know.
#[must_use]
pub fn unreadable() -> Callback {
    words::refused(&Refusal::Outdated, None)
}

fn count(label: &Label, outcome: Outcome, took: Duration) {
    let Label { kind, name } = label.clone();
    metrics::counter!("simlane_interactions_total", "kind" => kind, "name" => name.clone(), "outcome" => outcome.as_str())
        .increment(1);
    metrics::histogram!("simlane_interaction_seconds", "kind" => kind, "name" => name)
        .record(took.as_secs_f64());
}

fn millis(took: Duration) -> u64 {
    took.as_millis().try_into().unwrap_or(u64::MAX)
}

/// The text that a panic was raised with.
fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without a text")
}

#[cfg(test)]
mod tests;
