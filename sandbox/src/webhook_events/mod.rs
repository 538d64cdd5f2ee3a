//! Webhook events: what Discord tells the application about itself, again and again until it is taken. See Discord
//! Docs/Events/Webhook Events.

mod record;
#[cfg(test)]
mod tests;

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

pub use record::{WebhookAttempt, WebhookEvent};

use crate::{
    Discord, Guild, Permissions, Snowflake,
    audit::{Act, What, action},
    discord::Inner,
    model::State,
    people::Person,
};

/// How long the service has for its answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// When an event is told again that wasn't taken, in seconds after the first time: ever more slowly, for ten minutes.
const AGAIN: [u64; 9] = [1, 3, 7, 15, 31, 63, 127, 255, 511];

impl Discord {
    /// Every webhook event so far that came of what people did, oldest first.
    #[must_use]
    pub fn webhook_events(&self) -> Vec<WebhookEvent> {
        self.0.records.events()
    }

    /// Tells that somebody has let the application do something, in a guild or for themselves.
    pub(crate) async fn tell_authorized(&self, user: Snowflake, guild: Option<Snowflake>, scopes: &[&str]) {
        let data = self.with(|state| {
            let mut data = json!({ "user": user_json(state, user), "scopes": scopes });
            if let Some(guild) = guild.and_then(|id| state.guilds.get(&id)) {
                data["integration_type"] = json!(0);
                data["guild"] = guild.json();
            }
            data
        });
        self.tell("APPLICATION_AUTHORIZED", data).await;
    }

    /// Tells that somebody has taken back what they let the application do; where, it doesn't say.
    async fn tell_deauthorized(&self, user: Snowflake) {
        let data = self.with(|state| json!({ "user": user_json(state, user) }));
        self.tell("APPLICATION_DEAUTHORIZED", data).await;
    }

    /// Tells the service, if it is known where that is. Waits for its first answer only.
    async fn tell(&self, name: &str, data: Value) {
        if self.delivers_to().is_none() {
            return;
        }
        let (order, payload) = (self.0.records.next(), self.event_body(Some((name, data))));
        let (name, at) = (name.to_owned(), self.now());
        let event = WebhookEvent { order, name, at, payload: payload.clone(), attempts: Vec::new() };
        self.0.records.begin_event(event);
        if !self.attempt(order, &payload).await {
            tokio::spawn(tell_again(Arc::downgrade(&self.0), order, payload, at));
        }
    }

    /// Tells it once; whether it was taken.
    async fn attempt(&self, order: u64, payload: &Value) -> bool {
        let (at, begun) = (self.now(), Instant::now());
        let answer = timeout(ANSWER_WITHIN, self.signed("/webhook-events", payload)).await;
        let status = answer.ok().and_then(Result::ok).map(|answer| answer.status);
        let attempt = WebhookAttempt { at, status, took: begun.elapsed() };
        let taken = attempt.is_taken();
        if taken && status != Some(204) {
            self.complain("a webhook event", format!("was answered {status:?}, not 204"));
        }
        self.0.records.add_attempt(order, attempt);
        taken
    }
}

/// Tells an event again until it is taken, for as long as there is a sandbox.
async fn tell_again(discord: Weak<Inner>, order: u64, payload: Value, first: Timestamp) {
    let Some(clock) = discord.upgrade().map(|inner| inner.options.clock.clone()) else { return };
    for seconds in AGAIN {
        let Ok(at) = first.checked_add(Duration::from_secs(seconds)) else { return };
        clock.sleep_until(at).await;
        let Some(inner) = discord.upgrade() else { return };
        if Discord(inner).attempt(order, &payload).await {
            return;
        }
    }
}

fn user_json(state: &State, id: Snowflake) -> Value {
    state.users.get(&id).map(|user| user.json()).unwrap_or_default()
}

impl Guild {
    /// Installs the app as somebody does who finds it in the App Directory: the bot comes with all that it asks for, and the
    /// application is told. It hears of it by no redirect.
    pub async fn install(&self, by: &Person) {
        self.install_bot(Permissions::SIMLANE);
        self.note(by, action::BOT_ADD);
        self.discord.tell_authorized(by.id(), Some(self.id), &["applications.commands", "bot"]).await;
    }

    /// Removes the app as somebody does under Server Settings, Integrations: the bot goes, and the application is told that
    /// this person has de-authorised it. [`Guild::remove_bot`] is a kick, of which it isn't told.
    pub async fn uninstall(&self, by: &Person) {
        self.remove_bot();
        self.note(by, action::MEMBER_KICK);
        self.discord.tell_deauthorized(by.id()).await;
    }

    fn note(&self, by: &Person, action: u64) {
        let act = Act { by: by.id(), at: self.discord.now(), reason: None };
        let bot = self.discord.bot();
        self.discord.with(|state| act.record(state, self.id, action, bot, What::default()));
    }
}

impl Person {
    /// Takes the app out of their authorised apps: their tokens end, and the application is told.
    pub async fn deauthorize(&self) {
        self.discord.with(|state| state.grants.forget(self.id));
        self.discord.tell_deauthorized(self.id).await;
    }
}
