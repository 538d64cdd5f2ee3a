//! Pressing buttons and choosing from selects of a message.

use serde_json::{Value, json};

use super::{Person, Reply, Unavailable, expect, unavailable, visible};
use crate::{
    Message, Permissions, Snowflake,
    interaction::{
        components::{all, kind, list, text, type_of},
        deliver::Act,
        resolved::Chosen,
        session::Kind,
    },
    model::{ChannelState, State},
    permissions::in_channel,
};

/// A link opens in the browser; the application hears nothing of it.
const LINK: u64 = 5;

impl Person {
    /// Presses the button with this label (or custom id) on the message as it is now.
    ///
    /// # Panics
    ///
    /// When there is no such button, or it is disabled.
    pub async fn press(&self, message: &Message, button: &str) -> Reply {
        expect(self.try_press(message, button).await)
    }

    /// Presses the button with this label (or custom id) on the message as it is now, if there is one.
    ///
    /// # Errors
    ///
    /// When there is no such button, it is disabled, or they don't see the message.
    pub async fn try_press(&self, message: &Message, button: &str) -> Result<Reply, Unavailable> {
        let act = self.discord.with(|state| {
            let (now, channel) = self.look(state, message)?;
            let components = now.json(state, self.discord.bot())["components"].take();
            let found = find_button(&components, button)?;
            let data =
                json!({ "component_type": kind::BUTTON, "custom_id": found["custom_id"], "id": found["id"] });
            let origin = self.origin(channel, Some(now.id));
            Ok(Act {
                kind: Kind::Component,
                origin,
                data,
                about: format!("the button {}", named(&found, "label", button)),
                opened_by: None,
            })
        })?;
        Ok(self.act(act).await)
    }

    /// Sends the press of a button with any custom id, whether or not the message has it now: what a client does that has
    /// not seen the latest edit, or that somebody tampered with.
    pub async fn press_custom_id(&self, message: &Message, custom_id: &str) -> Reply {
        let act = self.discord.with(|state| {
            let origin = match state.channels.get(&message.channel) {
                Some(channel) => self.origin(channel, Some(message.id)),
                None => return unavailable("the channel is gone"),
            };
            let data = json!({ "component_type": kind::BUTTON, "custom_id": custom_id, "id": 1 });
            Ok(Act {
                kind: Kind::Component,
                origin,
                data,
                about: format!("the button {custom_id}"),
                opened_by: None,
            })
        });
        self.act(expect(act)).await
    }

    /// Chooses from the select with this placeholder (or custom id): labels or values of its options; for people, roles and
    /// channels their names or ids.
    ///
    /// # Panics
    ///
    /// When there is no such select or option, or too many or few are chosen.
    pub async fn select(&self, message: &Message, select: &str, values: &[&str]) -> Reply {
        expect(self.try_select(message, select, values).await)
    }

    /// Chooses from the select with this placeholder (or custom id), if that is possible.
    ///
    /// # Errors
    ///
    /// When there is no such select or option, or too many or few are chosen.
    pub async fn try_select(
        &self,
        message: &Message,
        select: &str,
        values: &[&str],
    ) -> Result<Reply, Unavailable> {
        let act = self.discord.with(|state| {
            let (now, channel) = self.look(state, message)?;
            let components = now.json(state, self.discord.bot())["components"].take();
            let found = find_select(&components, select)?;
            let mut chosen = Chosen::default();
            let values = pick(state, channel.guild, &found, values, &mut chosen)?;
            within(&found, values.len(), 1)?;
            let mut data = json!({
                "component_type": found["type"], "custom_id": found["custom_id"], "id": found["id"], "values": values,
            });
            if let Some(resolved) = chosen.json(state, channel.guild, self.id) {
                data["resolved"] = resolved;
            }
            let origin = self.origin(channel, Some(now.id));
            Ok(Act { kind: Kind::Component, origin, data, about: format!("the select {}", named(&found, "placeholder", select)), opened_by: None })
        })?;
        Ok(self.act(act).await)
    }

    /// The message as it is now, if they see it.
    fn look<'a>(
        &self,
        state: &'a State,
        message: &Message,
    ) -> Result<(&'a Message, &'a ChannelState), Unavailable> {
        let Some(now) = state.messages.get(&message.id) else { return unavailable("the message is gone") };
        let Some(channel) = state.channels.get(&now.channel) else {
            return unavailable("the channel is gone");
        };
        let seen = in_channel(state, channel, self.id).contains(Permissions::VIEW_CHANNEL);
        if !seen || now.ephemeral_for.is_some_and(|only| only != self.id) {
            return unavailable(format!("{} doesn't see that message", self.name));
        }
        Ok((now, channel))
    }
}

/// What people call a component, or else what was asked for.
fn named<'a>(component: &'a Value, name: &str, asked: &'a str) -> &'a str {
    Some(text(component, name)).filter(|name| !name.is_empty()).unwrap_or(asked)
}

fn tree(components: &Value) -> Vec<&Value> {
    all(components.as_array().map(Vec::as_slice).unwrap_or_default())
}

fn find_button(components: &Value, wanted: &str) -> Result<Value, Unavailable> {
    let tree = tree(components);
    let buttons = || tree.iter().filter(|component| type_of(component) == kind::BUTTON);
    let Some(found) =
        buttons().find(|button| text(button, "label") == wanted || button["custom_id"] == wanted)
    else {
        let known: Vec<_> = buttons().map(|button| text(button, "label")).collect();
        return unavailable(format!("there is no button {wanted}; there are: {}", known.join(", ")));
    };
    if found["disabled"] == true {
        return unavailable(format!("the button {wanted} is disabled"));
    }
    if found["style"] == LINK {
        return unavailable(format!("the button {wanted} is a link to {}", text(found, "url")));
    }
    Ok((*found).clone())
}

fn find_select(components: &Value, wanted: &str) -> Result<Value, Unavailable> {
    let tree = tree(components);
    let selects = || tree.iter().filter(|component| visible::is_select(component));
    let found =
        selects().find(|select| text(select, "placeholder") == wanted || select["custom_id"] == wanted);
    match found {
        Some(select) if select["disabled"] == true => unavailable(format!("the select {wanted} is disabled")),
        Some(select) => Ok((*select).clone()),
        None => {
            let known: Vec<_> = selects().map(|select| text(select, "placeholder")).collect();
            unavailable(format!("there is no select {wanted}; there are: {}", known.join(", ")))
        }
    }
}

/// What is sent for each of the values that a person names.
pub(super) fn pick(
    state: &State,
    guild: Option<Snowflake>,
    select: &Value,
    wanted: &[&str],
    chosen: &mut Chosen,
) -> Result<Vec<String>, Unavailable> {
    wanted.iter().map(|wanted| pick_one(state, guild, select, wanted, chosen)).collect()
}

fn pick_one(
    state: &State,
    guild: Option<Snowflake>,
    select: &Value,
    wanted: &str,
    chosen: &mut Chosen,
) -> Result<String, Unavailable> {
    let of = type_of(select);
    let options = list(select, "options");
    if !options.is_empty() {
        let option = options.iter().find(|option| option["label"] == wanted || option["value"] == wanted);
        let known = || options.iter().map(|option| text(option, "label")).collect::<Vec<_>>().join(", ");
        return option
            .map(|option| text(option, "value").to_owned())
            .ok_or_else(|| Unavailable(format!("there is no option {wanted}; there are: {}", known())));
    }
    let guild_state = guild.and_then(|id| state.guilds.get(&id));
    let person = || {
        state
            .users
            .values()
            .find(|user| user.id.to_string() == wanted || user.display_name() == wanted)
            .map(|user| user.id)
    };
    let role = || {
        guild_state
            .and_then(|guild| {
                guild.roles.values().find(|role| role.id.to_string() == wanted || role.name == wanted)
            })
            .map(|role| role.id)
    };
    let allowed = list(select, "channel_types");
    let channel = || {
        let mut here = state.channels.values().filter(|channel| {
            channel.guild == guild && (allowed.is_empty() || allowed.contains(&json!(channel.kind.number())))
        });
        here.find(|channel| channel.id.to_string() == wanted || channel.name == wanted)
            .map(|channel| channel.id)
    };
    let found = match of {
        kind::USER_SELECT => person().inspect(|id| chosen.users.push(*id)),
        kind::ROLE_SELECT => role().inspect(|id| chosen.roles.push(*id)),
        kind::MENTIONABLE_SELECT => person()
            .inspect(|id| chosen.users.push(*id))
            .or_else(|| role().inspect(|id| chosen.roles.push(*id))),
        kind::CHANNEL_SELECT => channel().inspect(|id| chosen.channels.push(*id)),
        _ => None,
    };
    found.map(|id| id.to_string()).ok_or_else(|| Unavailable(format!("{wanted} can't be chosen here")))
}

/// Checks how many were chosen; `usual` is the most where nothing is said.
pub(super) fn within(select: &Value, count: usize, usual: u64) -> Result<(), Unavailable> {
    let count = count as u64;
    let min = select["min_values"].as_u64().unwrap_or(1);
    let max = select["max_values"].as_u64().unwrap_or(usual);
    if count < min || count > max {
        return unavailable(format!("{count} chosen, but it takes {min} to {max}"));
    }
    Ok(())
}
