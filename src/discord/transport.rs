//! Sends one request, once, and reports what became of it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT},
};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::{
    sync::oneshot,
    time::{Instant, timeout_at},
};
use twilight_http::request::Request;
use twilight_http_ratelimiting::{Permit, RateLimiter};

use crate::base::clock::Clock;

use super::{
    Setup, SetupError, Timings,
    error::{Cause, Error, Outcome, chain},
    guard::{Guard, Stop},
    limits::{self, Limits},
    park::{Parks, Reach},
    refusal::Refusal,
    target::Target,
};

/// How long a call waits after the limiter could give it no turn: one period of Discord's global limit.
const NEXT_TURN: Duration = Duration::from_secs(1);

/// The way to Discord: one client, one limiter, one count of what went wrong.
#[derive(Debug)]
pub(super) struct Transport {
    authorization: HeaderValue,
    base: String,
    clock: Clock,
    pub(super) guard: Guard,
    http: reqwest::Client,
    limiter: RateLimiter,
    parks: Parks,
    timings: Timings,
    token: SecretString,
    user_agent: HeaderValue,
}

/// An answer as it came. The body is missing when the connection broke, or time ran out, after the headers.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Transport {
    /// Must be called inside a tokio runtime, where the limiter lives.
    pub(super) fn new(setup: Setup) -> Result<Self, SetupError> {
        let authorization = format!("Bot {}", setup.token.expose_secret());
        let mut authorization = HeaderValue::from_str(&authorization).map_err(|_| SetupError::Token)?;
        authorization.set_sensitive(true);
        let user_agent = super::user_agent(&setup.homepage);
        Ok(Self {
            authorization,
            base: api(&setup.base),
            clock: setup.clock,
            guard: Guard::default(),
            http: setup.http,
            limiter: RateLimiter::default(),
            parks: Parks::default(),
            timings: setup.timings,
            token: setup.token,
            user_agent: HeaderValue::from_str(&user_agent).map_err(|_| SetupError::Homepage)?,
        })
    }

    /// The current instant of the clock everything here is measured by.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sends a request and reads its answer as JSON.
    pub(super) async fn read<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        let label = Target::of(&request).label;
        let body = self.send(request).await?;
        // The error's text holds a place and a type, but may quote a value too: only the place is kept.
        serde_json::from_slice(&body).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Error::broken(label, Cause::Unreadable(place), Outcome::Unknown)
        })
    }

    /// Sends a request and gives its body.
    pub(super) async fn send(&self, request: Request) -> Result<Vec<u8>, Error> {
        let target = Target::of(&request);
        let deadline = Instant::now() + self.timings.call;
        self.admit(&target)?;
        let permit = self.turn(&target, deadline).await?;
        // Others may have learned something while this one waited. A permit that is dropped counts as unused.
        self.admit(&target)?;
        let answer = self.exchange(&request, &target, deadline).await;
        let limits = answer.as_ref().ok().and_then(|answer| Limits::read(&answer.headers));
        let judged = answer.and_then(|answer| self.judge(&target, answer));
        // Only now, so that the next in the queue finds the hold that this answer brought.
        self.settle(permit, &target, limits);
        judged
    }

    /// Refuses what must not be sent now.
    fn admit(&self, target: &Target) -> Result<(), Error> {
        let (now, label) = (self.clock.now(), target.label.clone());
        match self.guard.stop(now) {
            Some(Stop::TokenRefused) => {
                return Err(Error::broken(label, Cause::TokenRefused, Outcome::NotDone));
            }
            Some(Stop::TooManyInvalid { until }) => {
                return Err(Error::held(label, Cause::TooManyInvalid(until), until));
            }
            None => {}
        }
        match self.parks.until(&target.bucket, target.bears_token, now) {
            Some(until) => Err(Error::held(label, Cause::Parked(until), until)),
            None => Ok(()),
        }
    }

    /// Waits for the limiter, unless the bucket is known to stay empty beyond the deadline.
    async fn turn(&self, target: &Target, deadline: Instant) -> Result<Option<Permit>, Error> {
        let Some(endpoint) = target.endpoint.clone() else { return Ok(None) };
        let (too_late, mut reset) = oneshot::channel();
        let permit = self.limiter.acquire_if(endpoint, move |bucket| {
            let spent = bucket.filter(|b| b.remaining == 0 && b.reset_at > deadline.into_std());
            spent.is_none_or(|bucket| too_late.send(bucket.reset_at).is_err())
        });
        let label = || target.label.clone();
        match timeout_at(deadline, permit).await {
            Ok(Some(permit)) => Ok(Some(permit)),
            Ok(None) => {
                let reset = reset.try_recv().map(Instant::from_std).unwrap_or(deadline);
                let until = self.after(reset.saturating_duration_since(Instant::now()));
                Err(Error::held(label(), Cause::Parked(until), until))
            }
            Err(_) => Err(Error::held(label(), Cause::NoTurn, self.after(NEXT_TURN))),
        }
    }

    /// Gives the turn back with what the answer says about the bucket.
    ///
    /// The limiter runs on the machine's clock. When ours is moved by hand, Discord's stand-in runs on ours too, and
    /// an empty bucket is held on it instead. Which bucket it was the limiter has to know in any case: as long as it doesn't, one call
    /// to a guild waits for the other.
    fn settle(&self, permit: Option<Permit>, target: &Target, limits: Option<Limits>) {
        let by_hand = self.clock.is_manual();
        if by_hand && let Some(spent) = limits.as_ref().and_then(Limits::spent_for) {
            let until = self.after(spent);
            self.parks.hold(Reach::Bucket, &target.bucket, until, self.clock.now());
        }
        if let Some(permit) = permit {
            let limits = limits.map(|limits| if by_hand { limits.unlimited() } else { limits });
            permit.complete(limits.map(Limits::for_limiter));
        }
    }

    /// Makes the call.
    async fn exchange(&self, request: &Request, target: &Target, deadline: Instant) -> Result<Answer, Error> {
        let no_answer = || Error::broken(target.label.clone(), Cause::NoAnswer, Outcome::Unknown);
        let sent = timeout_at(deadline, self.prepare(request).send()).await.map_err(|_| no_answer())?;
        let response = sent.map_err(|error| self.lost(target, error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = timeout_at(deadline, response.bytes()).await;
        Ok(Answer { status, headers, body: body.ok().and_then(Result::ok).map(Vec::from) })
    }

    /// The same request for our own client.
    fn prepare(&self, request: &Request) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(request.method().name().as_bytes()).unwrap_or_default();
        let mut prepared = self.http.request(method, format!("{}{}", self.base, request.path()));
        if let Some(headers) = request.headers() {
            prepared = prepared.headers(headers.clone());
        }
        if let Some(body) = request.body() {
            prepared = prepared.header(CONTENT_TYPE, "application/json").body(body.to_vec());
        }
        if let Some(form) = request.form() {
            prepared = prepared.header(CONTENT_TYPE, form.content_type()).body(form.clone().build());
        }
        if request.use_authorization_token() {
            prepared = prepared.header(AUTHORIZATION, self.authorization.clone());
        }
        prepared.header(USER_AGENT, self.user_agent.clone())
    }

    /// A call without an answer. Only a connection that never stood is certain to have had no effect.
    fn lost(&self, target: &Target, error: reqwest::Error) -> Error {
        let never_sent = error.is_connect() || error.is_builder();
        let text = self.redact(target, &chain(&error.without_url()));
        let outcome = if never_sent { Outcome::NotDone } else { Outcome::Unknown };
        Error::broken(target.label.clone(), Cause::Connection(text), outcome)
    }

    /// Sorts an answer, and remembers what it means for the calls to come.
    fn judge(&self, target: &Target, answer: Answer) -> Result<Vec<u8>, Error> {
        let Answer { status, headers, body } = answer;
        let label = target.label.clone();
        if status.is_success() {
            let cut = || Error::broken(label, Cause::Unreadable("it was cut short".into()), Outcome::Unknown);
            return body.ok_or_else(cut);
        }
        let refusal = Refusal::parse(&body.unwrap_or_default());
        let cause = Cause::Answer {
            status: status.as_u16(),
            code: refusal.code(),
            message: self.redact(target, &refusal.message()),
        };
        self.count(&headers, status);
        if status == StatusCode::TOO_MANY_REQUESTS || refusal.passes() {
            let (reach, wait) = limits::hold(&headers, &refusal);
            let until = self.after(wait);
            self.parks.hold(reach, &target.bucket, until, self.clock.now());
            return Err(Error::held(label, cause, until));
        }
        let class = refusal.class(status);
        if status == StatusCode::UNAUTHORIZED && target.bears_token {
            self.guard.refuse_token();
        }
        let refused = status.is_client_error();
        let outcome = if refused { Outcome::NotDone } else { Outcome::Unknown };
        Err(Error { call: label, cause, class, outcome })
    }

    /// Counts what Discord counts as an invalid request.
    fn count(&self, headers: &HeaderMap, status: StatusCode) {
        let invalid = match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => true,
            StatusCode::TOO_MANY_REQUESTS => !limits::is_shared(headers),
            _ => false,
        };
        if invalid {
            self.guard.count_invalid(self.clock.now());
        }
    }

    /// The instant after `wait`, in whole milliseconds and never too early.
    fn after(&self, wait: Duration) -> Timestamp {
        let up = wait.saturating_add(Duration::from_nanos(999_999));
        let wait = SignedDuration::from_millis(i64::try_from(up.as_millis()).unwrap_or(i64::MAX));
        self.clock.now().saturating_add(wait).unwrap_or(Timestamp::MAX)
    }

    /// Takes the tokens out of a text.
    fn redact(&self, target: &Target, text: &str) -> String {
        let secrets = [Some(self.token.expose_secret()), target.secret.as_deref()];
        secrets
            .into_iter()
            .flatten()
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

/// Where the routes begin.
fn api(base: &Url) -> String {
    format!("{}/api/v10/", base.as_str().trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
