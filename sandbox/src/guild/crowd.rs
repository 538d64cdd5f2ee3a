//! Many members at once.

use std::collections::HashMap;

use super::Guild;
use crate::{
    Snowflake,
    model::{Member, User},
};

/// Somebody who comes into a guild: the three names that Discord knows people by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newcomer {
    /// The unique name; made of the name shown if it isn't given.
    pub username: Option<String>,
    /// The name shown; people may have none.
    pub global_name: Option<String>,
    /// The name in this guild.
    pub nickname: Option<String>,
    /// Whether it is another application's bot.
    pub bot: bool,
}

impl From<&str> for Newcomer {
    fn from(name: &str) -> Self {
        Self { global_name: Some(name.to_owned()), ..Self::default() }
    }
}

impl From<String> for Newcomer {
    fn from(name: String) -> Self {
        Self { global_name: Some(name), ..Self::default() }
    }
}

impl Guild {
    /// Has many people join at once, each a new user, and returns their ids in the same order, which is that of the members'
    /// list. Usernames that are taken get a number.
    pub fn fill<N: Into<Newcomer>>(&self, names: impl IntoIterator<Item = N>) -> Vec<Snowflake> {
        let now = self.discord.now();
        self.discord.with(|state| {
            let mut taken: HashMap<_, _> =
                state.users.values().map(|user| (user.username.clone(), 1)).collect();
            let mut joined = Vec::new();
            for newcomer in names {
                let Newcomer { username, global_name, nickname, bot } = newcomer.into();
                let id = state.id(now);
                let shown = global_name.as_deref().or(username.as_deref()).unwrap_or_default();
                let mut user = User { global_name: global_name.clone(), bot, ..User::new(id, shown) };
                user.username = free(&mut taken, username.unwrap_or(user.username));
                state.users.insert(id, user);
                if let Some(guild) = state.guilds.get_mut(&self.id) {
                    let member = Member {
                        user: id,
                        nick: nickname,
                        roles: Vec::new(),
                        joined_at: now,
                        pending: false,
                    };
                    guild.members.insert(id, member);
                }
                joined.push(id);
            }
            joined
        })
    }
}

/// The name, or if it is taken the name with the first number that makes it free. Every name that is taken comes with the last
/// number that it was tried with.
fn free(taken: &mut HashMap<String, u32>, name: String) -> String {
    loop {
        let tried = taken.entry(name.clone()).or_default();
        *tried += 1;
        if *tried == 1 {
            return name;
        }
        let numbered = format!("{name}{tried}");
        if !taken.contains_key(&numbered) {
            taken.insert(numbered.clone(), 1);
            return numbered;
        }
    }
}
