//! Typing a slash command.

use serde_json::{Value, json};

use super::command::{find, find_in_menu};
use super::options::{read, wrap};
use super::{OptionValue, Person, Reply, Unavailable, expect, unavailable};
use crate::{
    Attachment, Channel, Snowflake,
    interaction::{
        Effect,
        components::text,
        deliver::Act,
        resolved::Chosen,
        session::{Kind, Origin},
    },
    model::State,
};

/// A user command's number among the kinds of commands.
const USER_COMMAND: u64 = 2;

/// A suggestion of an autocomplete.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What the person reads.
    pub name: String,
    /// What is sent when they choose it.
    pub value: Value,
}

/// A slash command that is being typed.
#[derive(Clone, Debug)]
#[must_use = "it is not sent before `send`"]
pub struct Slash {
    person: Person,
    path: String,
    options: Vec<(String, OptionValue)>,
    channel: Option<Snowflake>,
    direct: bool,
}

impl Person {
    /// Begins to type a command such as `event create`, in the first channel where they can.
    pub fn slash(&self, path: &str) -> Slash {
        Slash {
            person: self.clone(),
            path: path.to_owned(),
            options: Vec::new(),
            channel: None,
            direct: false,
        }
    }

    /// Types into an option and reads what is suggested.
    ///
    /// # Panics
    ///
    /// When the client wouldn't let them.
    pub async fn autocomplete(&self, path: &str, option: &str, typed: &str) -> Vec<Choice> {
        self.slash(path).autocomplete(option, typed).await
    }

    /// Chooses a user command from the menu of a member.
    ///
    /// # Panics
    ///
    /// When the client wouldn't let them.
    pub async fn user_command(&self, name: &str, target: &Self) -> Reply {
        expect(self.try_user_command(name, target, None).await)
    }

    /// Chooses a user command from the menu of a member, if it is there, in a channel or the first one where they can.
    ///
    /// # Errors
    ///
    /// When there is no such command, or it is hidden from them.
    pub async fn try_user_command(
        &self,
        name: &str,
        target: &Self,
        channel: Option<Snowflake>,
    ) -> Result<Reply, Unavailable> {
        let act = self.discord.with(|state| {
            let found = find_in_menu(state, USER_COMMAND, name)?;
            let origin = self.place(state, channel)?;
            self.offered(state, &found, &origin)?;
            let chosen = Chosen { users: vec![target.id], ..Chosen::default() };
            let mut data = json!({ "id": found.command["id"], "name": name, "type": USER_COMMAND, "target_id": target.id });
            data["resolved"] = chosen.json(state, origin.guild, self.id).unwrap_or_default();
            Ok(Act { kind: Kind::Command, origin, data, about: name.to_owned(), opened_by: None })
        })?;
        Ok(self.act(act).await)
    }
}

impl Slash {
    /// Fills in an option.
    pub fn option(mut self, name: &str, value: impl Into<OptionValue>) -> Self {
        self.options.push((name.to_owned(), value.into()));
        self
    }

    /// Types it in this channel.
    pub fn in_channel(mut self, channel: &Channel) -> Self {
        self.channel = Some(channel.id);
        self
    }

    /// Types it in a conversation with the bot.
    pub fn in_direct_message(mut self) -> Self {
        self.direct = true;
        self
    }

    /// Sends it.
    ///
    /// # Panics
    ///
    /// When the client wouldn't let them: an unknown or hidden command, an option that is missing or of another type.
    pub async fn send(self) -> Reply {
        expect(self.try_send().await)
    }

    /// Sends it, if the client lets them.
    ///
    /// # Errors
    ///
    /// An unknown or hidden command, an option that is missing or of another type.
    pub async fn try_send(self) -> Result<Reply, Unavailable> {
        let act = self.person.discord.with(|state| self.act(state, None))?;
        Ok(self.person.act(act).await)
    }

    /// Types into an option and reads what is suggested, with the other options as they are filled in so far.
    ///
    /// # Panics
    ///
    /// When the client wouldn't let them, or the service doesn't answer with choices.
    pub async fn autocomplete(self, option: &str, typed: &str) -> Vec<Choice> {
        expect(self.try_autocomplete(option, typed).await)
    }

    /// Types into an option and reads what is suggested, if the client lets them.
    ///
    /// # Errors
    ///
    /// As [`Slash::try_send`] has them, and when the service doesn't answer with choices.
    pub async fn try_autocomplete(self, option: &str, typed: &str) -> Result<Vec<Choice>, Unavailable> {
        let act = self.person.discord.with(|state| self.act(state, Some((option, typed))))?;
        let outcome = self.person.discord.interact(act).await;
        match outcome.effect {
            Ok(Effect::Choices(choices)) => Ok(choices.iter().map(Choice::of).collect()),
            other => unavailable(format!("/{}: no choices for {option}: {other:?}", self.path)),
        }
    }

    fn act(&self, state: &mut State, focused: Option<(&str, &str)>) -> Result<Act, Unavailable> {
        let found = find(state, &self.path)?;
        let origin = self.origin(state)?;
        self.person.offered(state, &found, &origin)?;
        let (discord, channel) = (&self.person.discord, origin.channel);
        let upload = |file: &Attachment| discord.attach(state, channel, file.clone());
        let (mut options, chosen) = read(&found, &self.options, focused.is_some(), upload)
            .map_err(|why| Unavailable(format!("/{}: {why}", self.path)))?;
        if let Some((name, typed)) = focused {
            let option = found.option(name).filter(|option| option["autocomplete"] == true);
            let Some(option) = option else {
                return unavailable(format!("/{}: nothing is suggested for {name}", self.path));
            };
            options.push(json!({ "name": name, "type": option["type"], "value": typed, "focused": true }));
        }
        let command = &found.command;
        let mut data = json!({ "id": command["id"], "name": command["name"], "type": 1 });
        let options = wrap(&found, options);
        if !options.is_empty() {
            data["options"] = Value::Array(options);
        }
        if let Some(resolved) = chosen.json(state, origin.guild, self.person.id) {
            data["resolved"] = resolved;
        }
        let kind = if focused.is_some() { Kind::Autocomplete } else { Kind::Command };
        Ok(Act { kind, origin, data, about: format!("/{}", self.path), opened_by: None })
    }

    fn origin(&self, state: &mut State) -> Result<Origin, Unavailable> {
        if self.direct { Ok(self.person.conversation(state)) } else { self.person.place(state, self.channel) }
    }
}

impl Choice {
    fn of(choice: &Value) -> Self {
        Self { name: text(choice, "name").to_owned(), value: choice["value"].clone() }
    }

    /// The value as text, ready for `option`.
    #[must_use]
    pub fn text(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }
}
