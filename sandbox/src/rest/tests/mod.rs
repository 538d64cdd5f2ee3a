#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit_logs;
mod authorize;
mod by_hand;
mod channels;
mod commands;
mod driven_by_twilight;
mod faults;
mod limits;
mod members;
mod messages;
mod oauth;
mod overwrites;
mod pins;
mod read_by_twilight;
mod requests;
mod roles;
mod room;
mod scheduled;
mod thread_members;
mod threads;
mod voice;

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use simlane::base::clock::Clock;

use crate::{Discord, Guild, Options, Snowflake};

/// A sandbox on a clock that stands still, a guild in it, and a client that behaves.
struct World {
    discord: Discord,
    guild: Guild,
    client: reqwest::Client,
}

/// An answer, read to its end.
#[derive(Debug)]
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Got {
    /// Status and Discord's code.
    fn error(&self) -> (u16, u64) {
        (self.status.as_u16(), self.body["code"].as_u64().unwrap_or_default())
    }

    fn id(&self) -> Snowflake {
        self.body["id"].as_str().unwrap().parse().unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The code of the first error at a JSON pointer of `errors`.
    fn fault(&self, pointer: &str) -> &str {
        let path = format!("/errors{pointer}/_errors/0/code");
        self.body.pointer(&path).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Where the application under test would be.
const CALLBACK: &str = "http://127.0.0.1:9/oauth/callback";

/// A parameter of an address.
fn parameter(url: &str, name: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).unwrap();
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// A request with a form.
fn form(request: reqwest::RequestBuilder, fields: &[(&str, &str)]) -> reqwest::RequestBuilder {
    let mut url = reqwest::Url::parse("http://form").unwrap();
    url.query_pairs_mut().extend_pairs(fields);
    let body = url.query().unwrap_or_default().to_owned();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

fn start() -> Timestamp {
    "2026-12-05T14:00:00Z".parse().unwrap()
}

impl World {
    async fn new() -> Self {
        Self::with(Options::on(Clock::manual(start()))).await
    }

    /// One whose limits are out of the way.
    async fn generous() -> Self {
        let options =
            Options { bucket_factor: 10_000, global_per_second: None, ..Options::on(Clock::manual(start())) };
        Self::with(options).await
    }

    async fn with(options: Options) -> Self {
        let discord = Discord::start(options).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { guild: discord.guild("Club"), discord, client }
    }

    fn request(&self, method: &str, path: &str, body: Option<&Value>) -> reqwest::RequestBuilder {
        let method: Method = method.parse().unwrap();
        let request = self
            .client
            .request(method, format!("{}/api/v10{path}", self.discord.url()))
            .header("authorization", format!("Bot {}", self.discord.application().bot_token))
            .header("user-agent", "DiscordBot (https://example.org, 1)");
        match body {
            Some(body) => request.json(body),
            None => request,
        }
    }

    /// Sends a request and holds the answer to the official description.
    async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Got> {
        let request = request.build()?;
        let (method, path) = (request.method().to_string(), request.url().path().to_owned());
        let response = self.client.execute(request).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await?;
        let body: Option<Value> = serde_json::from_slice(&bytes).ok();
        if let (Some(openapi), Some(path), true) =
            (&self.discord.0.openapi, path.strip_prefix("/api/v10"), status.is_success())
        {
            let wrong = openapi.check_response(&method, path, status.as_u16(), body.as_ref());
            assert!(wrong.is_empty(), "{method} {path} answers {body:?}, which is wrong: {wrong:?}");
        }
        Ok(Got { status, headers, body: body.unwrap_or_default() })
    }

    async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Got {
        self.send(self.request(method, path, body)).await.unwrap()
    }

    async fn get(&self, path: &str) -> Got {
        self.call("GET", path, None).await
    }

    async fn delete(&self, path: &str) -> Got {
        self.call("DELETE", path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Got {
        self.call("POST", path, Some(&body)).await
    }

    async fn patch(&self, path: &str, body: Value) -> Got {
        self.call("PATCH", path, Some(&body)).await
    }

    async fn put(&self, path: &str, body: Value) -> Got {
        self.call("PUT", path, Some(&body)).await
    }

    /// Makes a channel as the bot.
    async fn channel(&self, body: Value) -> Got {
        self.post(&format!("/guilds/{}/channels", self.guild.id()), body).await
    }

    /// The text channel that every guild has.
    fn general(&self) -> Snowflake {
        self.guild.channel_named("general").unwrap().id
    }

    /// Says something as the bot.
    async fn say(&self, channel: Snowflake, text: &str) -> Got {
        let body = json!({ "content": text, "allowed_mentions": { "parse": [] } });
        self.post(&format!("/channels/{channel}/messages"), body).await
    }

    /// The address of the authorize page that asks for this, beside what every address has; an empty text leaves a field out.
    fn ask(&self, more: &[(&str, &str)]) -> String {
        self.discord.register_redirect(CALLBACK);
        let application = self.discord.application().id.to_string();
        let mut fields: BTreeMap<_, _> =
            [("client_id", application.as_str()), ("response_type", "code"), ("redirect_uri", CALLBACK)]
                .into();
        fields.extend(more.iter().copied());
        fields.retain(|_, value| !value.is_empty());
        let mut url = reqwest::Url::parse(&format!("{}/oauth2/authorize", self.discord.url())).unwrap();
        url.query_pairs_mut().extend_pairs(fields);
        url.into()
    }

    /// Asks the token endpoint, as the application.
    async fn oauth(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let application = self.discord.application();
        let url = format!("{}/api/oauth2/{path}", self.discord.url());
        let request = self.client.post(url).header("user-agent", "DiscordBot (https://example.org, 1)");
        let request = request.basic_auth(application.id, Some(&application.client_secret));
        self.send(form(request, fields)).await.unwrap()
    }

    /// Asks with somebody's token.
    async fn with_token(&self, token: &str, path: &str) -> Got {
        let url = format!("{}/api/v10{path}", self.discord.url());
        let request = self.client.get(url).header("user-agent", "DiscordBot (https://example.org, 1)");
        self.send(request.bearer_auth(token)).await.unwrap()
    }

    fn advance(&self, seconds: u64) {
        self.discord.clock().advance(Duration::from_secs(seconds));
    }
}
