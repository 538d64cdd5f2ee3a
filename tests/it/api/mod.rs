//! The API, as a club's site and the operator use it.

mod clubs;
mod conflicts;
mod events;
mod once;
mod operator;
mod people;
mod rules;
mod series;
mod signups;
mod syncs;
mod teams;
mod tokens;
mod webhooks;

use reqwest::{Method, RequestBuilder, header::HeaderMap};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use simlane::{
    domain::{
        id::ClubId,
        scope::{Scope, Scopes},
    },
    service::token::{Doer, NewToken},
    store,
};
use twilight_model::id::Id;

use crate::world::{OPERATOR, Pair, World};

/// A program that calls the API with a token.
pub(super) struct Site<'w> {
    http: reqwest::Client,
    pub(super) token: String,
    world: &'w World,
}

/// What came back.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) body: Value,
    pub(super) headers: HeaderMap,
    pub(super) status: u16,
}

impl World {
    /// A program with that token.
    pub(super) fn site(&self, token: impl Into<String>) -> Site<'_> {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Site { http, token: token.into(), world: self }
    }

    /// Whoever runs the service.
    pub(super) fn operator(&self) -> Site<'_> {
        self.site(OPERATOR)
    }

    /// The world's club, set up in its guild, and its site, whose token may do that.
    pub(super) async fn club_with_site(&self, scopes: impl Into<Scopes>) -> (ClubId, Site<'_>) {
        self.club().await;
        let guild = Id::new(self.guild.id().get());
        let club = store::clubs::of_guild(self.service().store(), guild).await.unwrap().unwrap().id;
        (club, self.site_of(club, scopes).await)
    }

    /// A site of a club, whose token may do that.
    pub(super) async fn site_of(&self, club: ClubId, scopes: impl Into<Scopes>) -> Site<'_> {
        let new = NewToken { name: "The site".parse().unwrap(), scopes: scopes.into() };
        let made = self.service().service().make_token(club, new, Doer::Operator, "test").await.unwrap();
        self.site(made.text.expose_secret())
    }
}

impl Site<'_> {
    /// A request below `/api/v1`, to be completed and sent.
    pub(super) async fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let address = format!("{}/api/v1{path}", self.world.address().await);
        let request = self.http.request(method, address);
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path).await).await
    }

    pub(super) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path).await).await
    }

    /// Sends JSON with that method.
    pub(super) async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        send(self.request(method, path).await.json(body)).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body).await
    }
}

pub(super) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Answer { body, headers, status }
}

impl Answer {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// What was asked for, which came with that status.
    #[track_caller]
    pub(super) fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// Asserts that it is that problem, in the shape of one.
    #[track_caller]
    pub(super) fn is_problem(&self, status: u16, kind: &str) -> &Self {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(self.body["status"], status);
        let anchor = format!("/api/v1/docs#problem-{kind}");
        assert!(self.body["type"].as_str().unwrap().ends_with(&anchor), "{}", self.body);
        assert_eq!(self.body["instance"].as_str(), self.header("x-request-id"));
        for told in ["title", "detail", "instance"] {
            assert!(!self.body[told].as_str().unwrap().is_empty(), "{}", self.body);
        }
        self
    }

    /// Where the faulty values stand.
    pub(super) fn pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().unwrap();
        errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect()
    }
}

/// Runs a test on both pairs of stores.
pub(super) async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    for pair in [Pair::Sqlite, Pair::Postgres] {
        test(World::new(pair).await).await;
    }
}

/// Every scope.
pub(super) fn everything() -> Scopes {
    Scope::ALL.into()
}
