//! What happens to a request: it is taken apart, recorded, checked, held to its limits, made to fail, and done.

use std::time::{Duration, Instant};

use axum::{body::Body, http::Response};

use super::{
    Answer, ApiError, Request, check,
    kept::kept,
    parse::{self, Parsed},
    respond::response,
    routes::{Route, Whose},
    serve::{Dropped, Raw},
};
use crate::{
    Call, Discord, FaultKind, Moment,
    discord::lock,
    faults::Hooks,
    limits::{Key, Refusal, Standing},
};

type Outcome = Result<Answer, ApiError>;

/// Answers a request, or says that its connection is to be dropped.
pub(super) async fn run(discord: Discord, raw: Raw) -> Result<Response<Body>, Dropped> {
    let Parsed { route, request, problem } = match parse::request(&raw) {
        Ok(parsed) => parsed,
        Err(path) => return Ok(unknown(&discord, &raw, path)),
    };
    let verdict = check::request(&discord, route, &request, &raw.headers);
    let begun = Instant::now();
    let call = begin(&discord, Call { verdict, ..record(&discord, &request) });
    let (admitted, standing) = admit(&discord, route, &request, problem);
    if let Err(error) = admitted {
        return Ok(finish(&discord, &call, begun, &Err(error), standing.as_ref()));
    }
    let (fault, hooks) = discord.faults().take(&call);
    let job = Job { discord, route, request, call, hooks };
    let (outcome, held) = job.run(fault).await.inspect_err(|_| drop_call(&job, begun))?;
    Ok(finish(&job.discord, &job.call, begun, &outcome, held.as_ref().or(standing.as_ref())))
}

/// Writes down that a call's connection was dropped.
fn drop_call(job: &Job, begun: Instant) {
    job.discord.0.calls.update(job.call.number, |call| call.took = Some(begun.elapsed()));
    job.discord.0.records.changed();
}

fn begin(discord: &Discord, call: Call) -> Call {
    let call = discord.0.calls.begin(Call { order: discord.0.records.next(), ..call });
    discord.0.records.changed();
    call
}

/// An answer to what the sandbox has no route for.
fn unknown(discord: &Discord, raw: &Raw, path: String) -> Response<Body> {
    let about = format!("{} {path}", raw.method);
    discord.complain(&about, "there is no such route");
    let call = Call {
        route: about,
        method: raw.method.clone(),
        path,
        query: parse::query(raw.uri.query().unwrap_or_default()),
        body: serde_json::from_slice(&raw.body).ok(),
        ..Call::at(discord.now())
    };
    finish(discord, &begin(discord, call), Instant::now(), &Err(ApiError::not_found()), None)
}

fn record(discord: &Discord, request: &Request) -> Call {
    let channel = request.id("channel_id").ok();
    let of_channel = |id| discord.with(|state| state.channels.get(&id).and_then(|channel| channel.guild));
    Call {
        route: request.route(),
        method: request.method.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        body: request.body.as_ref().map(|body| kept(&request.route(), body)),
        reason: request.reason.clone(),
        guild: request.id("guild_id").ok().or_else(|| channel.and_then(of_channel)),
        ..Call::at(discord.now())
    }
}

/// Whether a request may go on, and what is left of its bucket.
fn admit(
    discord: &Discord,
    route: &Route,
    request: &Request,
    problem: Option<ApiError>,
) -> (Result<(), ApiError>, Option<Standing>) {
    let now = discord.stamp();
    let mut limiter = lock(&discord.0.limiter);
    if limiter.is_banned(now) {
        return (
            Err(ApiError::new(429, 0, "You are being blocked from accessing our API temporarily.")),
            None,
        );
    }
    let by_bot = is_by_bot(discord, request);
    if !may_ask(route.of, request, by_bot) {
        return (Err(ApiError::unauthorized()), None);
    }
    let counts = by_bot && matches!(route.of, Whose::Bot | Whose::BotOrPerson);
    let global = if counts { limiter.take_global(now) } else { Ok(()) };
    let (taken, standing) = match global {
        Ok(()) => {
            let (taken, standing) = limiter.take(&key(route, request), route.size, now);
            (taken, Some(standing))
        }
        Err(refusal) => (Err(refusal), None),
    };
    drop(limiter);
    let admitted = taken.map_err(|Refusal { error, spinning }| {
        if spinning {
            discord.complain(&request.route(), "comes again and again though it was told to wait");
        }
        error
    });
    (admitted.and_then(|()| problem.map_or(Ok(()), Err)), standing)
}

fn is_by_bot(discord: &Discord, request: &Request) -> bool {
    let token = request.authorization.as_ref().and_then(|given| given.strip_prefix("Bot "));
    token == Some(discord.application().bot_token.as_str())
}

/// Whether somebody asks who may. Whether a person's token or the application's secret is any good is asked later.
fn may_ask(of: Whose, request: &Request, by_bot: bool) -> bool {
    match of {
        Whose::Bot => by_bot,
        Whose::BotOrPerson => by_bot || request.bearer().is_some(),
        Whose::Person => request.bearer().is_some(),
        Whose::Webhook | Whose::Application => true,
    }
}

/// Whose limit a request counts towards.
fn key(route: &Route, request: &Request) -> Key {
    let major = ["channel_id", "guild_id", "webhook_token", "interaction_token"];
    let major = major.into_iter().map(|name| request.param(name)).find(|value| !value.is_empty());
    Key { bucket: route.bucket, major: major.unwrap_or_default().to_owned() }
}

/// Writes down how a call was answered.
fn finish(
    discord: &Discord,
    call: &Call,
    begun: Instant,
    outcome: &Outcome,
    standing: Option<&Standing>,
) -> Response<Body> {
    let (status, code) = match outcome {
        Ok(answer) => (answer.status, None),
        Err(error) => (error.status, Some(error.code)),
    };
    let response = response(outcome, standing);
    discord.0.calls.update(call.number, |call| {
        call.status = Some(status);
        call.code = code;
        call.answer = match outcome {
            Ok(answer) => answer.body.as_ref().map(|body| kept(&call.route, body)),
            Err(error) => Some(error.body()),
        };
        call.headers = about_limits(&response);
        call.took = Some(begun.elapsed());
    });
    discord.0.records.changed();
    let shared = matches!(outcome, Err(error) if error.limited.as_ref().is_some_and(|l| l.scope == "shared"));
    if matches!(status, 401 | 403 | 429) && !shared && lock(&discord.0.limiter).count_invalid(discord.stamp())
    {
        discord.complain(&call.route, "10,000 invalid requests in ten minutes: the address is banned");
    }
    response
}

/// The headers that tell how often the service may ask.
fn about_limits(response: &Response<Body>) -> Vec<(String, String)> {
    let told = response
        .headers()
        .iter()
        .filter(|(name, _)| *name == "retry-after" || name.as_str().starts_with("x-ratelimit-"));
    told.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect()
}

/// A request that was let in.
struct Job {
    discord: Discord,
    route: &'static Route,
    request: Request,
    call: Call,
    hooks: Hooks,
}

impl Job {
    /// Does it, with what goes wrong about it.
    async fn run(&self, fault: Option<FaultKind>) -> Result<(Outcome, Option<Standing>), Dropped> {
        self.hooks.run(Moment::BeforeEffect, &self.call);
        match &fault {
            Some(FaultKind::DropBefore) => return Err(Dropped),
            Some(FaultKind::RateLimited { retry_after, global, scope }) => {
                return Ok(self.limited(*retry_after, *global, scope));
            }
            Some(FaultKind::Status { status, code }) => return Ok((Err(error(*status, *code)), None)),
            Some(FaultKind::Slow(lasting)) => tokio::time::sleep(*lasting).await,
            Some(FaultKind::Latency { before, .. }) => self.wait(*before).await,
            Some(FaultKind::Hang { before_effect: true, lasting }) => self.wait(*lasting).await,
            Some(FaultKind::Hold { before_effect: true, gate }) => gate.pass().await,
            _ => {}
        }
        let outcome = self.effect();
        self.hooks.run(Moment::AfterEffect, &self.call);
        match &fault {
            Some(FaultKind::DropAfter | FaultKind::Hang { before_effect: true, .. }) => return Err(Dropped),
            Some(FaultKind::Without(fields)) => {
                return Ok((outcome.map(|answer| answer.without(fields)), None));
            }
            Some(FaultKind::StatusAfter { status, code }) => return Ok((Err(error(*status, *code)), None)),
            Some(FaultKind::Latency { after, .. }) => self.wait(*after).await,
            Some(FaultKind::Hang { before_effect: false, lasting }) => {
                self.wait(*lasting).await;
                return Err(Dropped);
            }
            Some(FaultKind::Hold { before_effect: false, gate }) => gate.pass().await,
            _ => {}
        }
        Ok((outcome, None))
    }

    fn effect(&self) -> Outcome {
        let outcome = self.discord.with(|state| (self.route.handler)(&self.discord, state, &self.request));
        self.discord.0.calls.update(self.call.number, |call| call.took_effect = outcome.is_ok());
        outcome
    }

    async fn wait(&self, duration: Duration) {
        let clock = self.discord.clock();
        if let Ok(until) = clock.now().checked_add(duration) {
            clock.sleep_until(until).await;
        }
    }

    fn limited(
        &self,
        retry_after: Duration,
        global: bool,
        scope: &'static str,
    ) -> (Outcome, Option<Standing>) {
        let now = self.discord.stamp();
        let key = key(self.route, &self.request);
        let scope = if global { "global" } else { scope };
        let mut limiter = lock(&self.discord.0.limiter);
        limiter.hold((!global).then_some(&key), retry_after, scope, now);
        let standing = (!global).then(|| limiter.standing(&key, now)).flatten();
        (Err(ApiError::limited(retry_after, global, scope)), standing)
    }
}

/// An error that was asked for, in Discord's words where it has a code.
fn error(status: u16, code: u32) -> ApiError {
    let message = match code {
        10003 => "Unknown Channel",
        10004 => "Unknown Guild",
        10008 => "Unknown Message",
        10011 => "Unknown Role",
        10013 => "Unknown User",
        10015 => "Unknown Webhook",
        10062 => "Unknown interaction",
        10065 => "Unknown Voice State",
        10070 => "Unknown Guild Scheduled Event",
        20028 => "The channel you are writing has hit the write rate limit",
        30003 => "Maximum number of pins reached for the channel (250)",
        30005 => "Maximum number of guild roles reached (250)",
        30038 => "Maximum number of scheduled events reached (100)",
        30013 => "Maximum number of guild channels reached (500)",
        30033 => "Maximum number of thread participants has been reached (1000)",
        50001 => "Missing Access",
        50013 => "Missing Permissions",
        50083 => "Thread is archived",
        160_005 => "Thread is locked",
        160_006 => "Maximum number of active threads reached",
        _ => return ApiError::new(status, code, &format!("{status}: {}", reason_phrase(status))),
    };
    ApiError::new(status, code, message)
}

fn reason_phrase(status: u16) -> String {
    let status = axum::http::StatusCode::from_u16(status).ok();
    status.and_then(|status| status.canonical_reason()).unwrap_or("Error").to_owned()
}
