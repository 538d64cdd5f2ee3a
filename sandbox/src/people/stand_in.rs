//! A stand-in for the service under test, and a small guild.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::{Json, Router, extract::State as Shared, http::HeaderMap, routing::post};
use serde_json::{Value, json};
use simlane::base::clock::Clock;
use twilight_model::application::interaction::Interaction;

use super::Person;
use crate::{
    Discord, GuildSnapshot, Message, Options, Permissions, Snowflake,
    model::{ChannelKind, ChannelState, GuildState, Overwrite, OverwriteKind, RoleState},
};

type Answer = Arc<dyn Fn(&Value) -> Value + Send + Sync>;

/// A Discord, a guild with one text channel in it, and what the service received.
pub(crate) struct World {
    pub(crate) discord: Discord,
    pub(crate) guild: Snowflake,
    pub(crate) channel: Snowflake,
    received: Arc<Mutex<Vec<Value>>>,
}

#[derive(Clone)]
struct Service {
    answer: Answer,
    received: Arc<Mutex<Vec<Value>>>,
}

/// Every interaction must be one that twilight reads.
async fn interactions(Shared(service): Shared<Service>, headers: HeaderMap, body: String) -> Json<Value> {
    assert!(headers.contains_key("x-signature-ed25519") && headers.contains_key("x-signature-timestamp"));
    let interaction: Interaction = serde_json::from_str(&body).unwrap();
    assert!(interaction.author_id().is_some());
    let interaction: Value = serde_json::from_str(&body).unwrap();
    service.received.lock().unwrap().push(interaction.clone());
    let answer = (service.answer)(&interaction);
    if answer == json!("sleep") {
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    Json(answer)
}

impl World {
    /// A world whose service answers like this.
    pub(crate) async fn new(answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> Self {
        let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
        let discord = Discord::start(Options::on(clock)).await.unwrap();
        let received = Arc::default();
        let service = Service { answer: Arc::new(answer), received: Arc::clone(&received) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        discord.deliver_to(&format!("http://{}/", listener.local_addr().unwrap()));
        let router = Router::new().route("/interactions", post(interactions)).with_state(service);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (guild, channel) = discord.with(|state| {
            let now = discord.now();
            let (guild, owner, channel) = (state.id(now), state.add_user(now, "Olivia"), state.id(now));
            let role = |id, name: &str, permissions| (id, RoleState::new(id, name, permissions, 0));
            let staff = state.id(now);
            let roles = [
                role(guild, "@everyone", Permissions::NEW_MEMBER),
                role(staff, "Staff", Permissions::MANAGE_GUILD),
            ];
            let made = GuildState {
                id: guild,
                name: "Club".to_owned(),
                owner,
                locale: "en-GB".to_owned(),
                roles: roles.into(),
                members: [].into(),
                audit: Vec::new(),
            };
            state.guilds.insert(guild, made);
            state
                .channels
                .insert(channel, ChannelState::new(channel, Some(guild), ChannelKind::Text, "paddock"));
            state.join(now, guild, owner);
            state.join(now, guild, discord.bot());
            (guild, channel)
        });
        Self { discord, guild, channel, received }
    }

    /// Registers commands.
    pub(crate) fn commands(&self, commands: Value) {
        let Value::Array(commands) = commands else { return };
        self.discord.with(|state| {
            state.commands = commands
                .into_iter()
                .map(|mut command| {
                    command["id"] = json!(state.id(self.discord.now()));
                    command
                })
                .collect();
        });
    }

    /// A new member.
    pub(crate) fn member(&self, name: &str) -> Person {
        let now = self.discord.now();
        let id = self.discord.with(|state| {
            let id = state.add_user(now, name);
            state.join(now, self.guild, id);
            id
        });
        Person::new(&self.discord, self.guild, id)
    }

    /// Everything in the guild.
    pub(crate) fn snapshot(&self) -> GuildSnapshot {
        self.discord.with(|state| GuildSnapshot::of(state, self.guild))
    }

    /// Adds a category with a hidden channel and a voice channel to the guild, and something said by its owner.
    pub(crate) fn furnish(&self) {
        let now = self.discord.now();
        self.discord.with(|state| {
            let (owner, everyone) = (state.guilds[&self.guild].owner, self.guild);
            let category = state.id(now);
            state.channels.insert(
                category,
                ChannelState::new(category, Some(self.guild), ChannelKind::Category, "Endurance Cup"),
            );
            for (kind, name) in [(ChannelKind::Text, "stewards"), (ChannelKind::Voice, "Race")] {
                let id = state.id(now);
                let mut channel = ChannelState::new(id, Some(self.guild), kind, name);
                channel.parent = Some(category);
                if kind == ChannelKind::Text {
                    channel.topic = Some("Protests".to_owned());
                    let (allow, deny) = (Permissions::NONE, Permissions::VIEW_CHANNEL);
                    channel.overwrites.push(Overwrite {
                        id: everyone,
                        kind: OverwriteKind::Role,
                        allow,
                        deny,
                    });
                    let message = state.id(now);
                    let mut said = Message::new(message, id, Some(self.guild), owner);
                    "Anything?".clone_into(&mut said.content);
                    state.messages.insert(message, said);
                }
                state.channels.insert(id, channel);
            }
        });
    }

    /// What the service received last.
    pub(crate) fn last(&self) -> Value {
        self.received.lock().unwrap().last().cloned().unwrap()
    }

    /// How much the service received.
    pub(crate) fn count(&self) -> usize {
        self.received.lock().unwrap().len()
    }

    /// The complaints so far, without their times.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.discord
            .complaints()
            .iter()
            .map(|complaint| format!("{}: {}", complaint.about, complaint.what))
            .collect()
    }
}

/// An answer with a message of one text and some buttons.
pub(crate) fn card(of: u64, text: &str, buttons: &[&str], flags: u64) -> Value {
    let row: Vec<_> = buttons
        .iter()
        .map(|label| json!({ "type": 2, "style": 1, "label": label, "custom_id": format!("1:{label}") }))
        .collect();
    let mut components = vec![json!({ "type": 10, "content": text })];
    if !row.is_empty() {
        components.push(json!({ "type": 1, "components": row }));
    }
    json!({ "type": of, "data": { "flags": 32768 | flags, "components": components, "allowed_mentions": { "parse": [] } } })
}
