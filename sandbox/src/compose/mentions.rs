//! Whom a message mentions. See Discord Docs/Resources/Message, Allowed Mentions Object.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Occasion;
use crate::{
    Permissions, Snowflake,
    interaction::components,
    limits::Form,
    model::{Mentions, Message, State},
};

/// Whom a message may mention, as its sender said.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    everyone: bool,
    users: Which,
    roles: Which,
}

#[derive(Clone, Debug)]
enum Which {
    All,
    These(BTreeSet<Snowflake>),
}

impl Which {
    fn contains(&self, id: Snowflake) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

impl Allowed {
    /// Reads `allowed_mentions`, or takes the default of the occasion.
    pub(crate) fn read(form: &mut Form<'_, '_>, occasion: Occasion) -> Self {
        let none = || Which::These(BTreeSet::new());
        let Some(sent) = form.get("allowed_mentions").and_then(Value::as_object) else {
            let all = occasion == Occasion::Message;
            return Self { everyone: all, users: Which::All, roles: if all { Which::All } else { none() } };
        };
        let path = form.path("allowed_mentions");
        let mut form = Form::new(sent, &path, form.errors);
        let parse: Vec<_> =
            form.list("parse", 0, 3).unwrap_or_default().iter().filter_map(Value::as_str).collect();
        let users = these(&mut form, "users", &parse);
        let roles = these(&mut form, "roles", &parse);
        Self { everyone: parse.contains(&"everyone"), users, roles }
    }

    /// Everybody may be mentioned.
    pub(crate) const fn anybody() -> Self {
        Self { everyone: true, users: Which::All, roles: Which::All }
    }

    /// Whom the text of a message mentions, of those who may be.
    pub(crate) fn mentions(&self, state: &State, message: &Message, author: Permissions) -> Mentions {
        let guild = message.guild.and_then(|id| state.guilds.get(&id));
        let loud = author.contains(Permissions::MENTION_EVERYONE);
        let mut found = Mentions::default();
        for text in texts(message) {
            found.everyone |= self.everyone && loud && (text.contains("@everyone") || text.contains("@here"));
            for id in ids(text, "<@&") {
                let role = guild.and_then(|guild| guild.roles.get(&id));
                let may = role.is_some_and(|role| loud || role.mentionable);
                if may && self.roles.contains(id) && !found.roles.contains(&id) {
                    found.roles.push(id);
                }
            }
            for id in ids(text, "<@").chain(ids(text, "<@!")) {
                let known = state.users.contains_key(&id);
                if known && self.users.contains(id) && !found.users.contains(&id) {
                    found.users.push(id);
                }
            }
        }
        found
    }
}

fn these(form: &mut Form<'_, '_>, name: &str, parse: &[&str]) -> Which {
    let listed = form.list(name, 0, 100).unwrap_or_default();
    let ids = listed.iter().filter_map(|id| id.as_str().and_then(|id| id.parse().ok()));
    let ids: BTreeSet<Snowflake> = ids.collect();
    if !parse.contains(&name) {
        return Which::These(ids);
    }
    if !ids.is_empty() {
        let message = format!("parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive.");
        form.refuse("", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
    }
    Which::All
}

/// Every text that people read in a message and that can mention somebody.
fn texts(message: &Message) -> Vec<&str> {
    let shown = components::all(&message.components).into_iter();
    let shown = shown.filter(|component| components::type_of(component) == components::kind::TEXT_DISPLAY);
    let mut texts: Vec<_> = shown.map(|component| components::text(component, "content")).collect();
    texts.push(&message.content);
    texts
}

/// The ids between `start` and `>`.
fn ids<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = Snowflake> + 'a {
    text.split(start).skip(1).filter_map(|rest| rest.split_once('>')?.0.parse().ok())
}
