//! The bot in a guild: whether it is there, and what it may do.

use super::Guild;
use crate::{
    Permissions,
    acts::{self, Bot},
    model::RoleState,
};

impl Guild {
    /// Installs the bot, as somebody does who goes through the authorize page: it joins with a role of its own that has
    /// these permissions. If it is there already, only the permissions change.
    pub fn install_bot(&self, permissions: Permissions) {
        let now = self.discord.now();
        let (user, name) = (self.discord.bot(), self.discord.application().name.as_str());
        let bot = Bot { user, name };
        self.discord.with(|state| acts::install_bot(state, now, self.id, bot, permissions));
    }

    /// Removes the bot, and its role with it, as somebody does who kicks it: Discord tells the application nothing.
    pub fn remove_bot(&self) {
        self.discord.with(|state| acts::remove_bot(state, self.id, self.discord.bot()));
    }

    /// What the bot's own role lets it do. It may do what @everyone may on top of it.
    #[must_use]
    pub fn bot_permissions(&self) -> Permissions {
        let bot = self.discord.bot();
        self.read(|guild| guild.role_of_bot(bot).map(|role| role.permissions).unwrap_or_default())
    }

    /// Sets what the bot's own role lets it do.
    pub fn set_bot_permissions(&self, permissions: Permissions) {
        self.change_bot_role(|role| role.permissions = permissions);
    }

    /// Takes permissions from the bot, from @everyone too so that it really lacks them.
    pub fn bot_loses(&self, permissions: Permissions) {
        self.change_bot_role(|role| role.permissions = role.permissions & !permissions);
        self.change(|guild| {
            if let Some(everyone) = guild.roles.get_mut(&guild.id) {
                everyone.permissions = everyone.permissions & !permissions;
            }
        });
    }

    /// Gives permissions to the bot's own role.
    pub fn bot_gains(&self, permissions: Permissions) {
        self.change_bot_role(|role| role.permissions |= permissions);
    }

    /// Lets everybody do this too.
    pub(crate) fn everyone_gains(&self, permissions: Permissions) {
        self.change(|guild| {
            if let Some(everyone) = guild.roles.get_mut(&guild.id) {
                everyone.permissions |= permissions;
            }
        });
    }

    /// Moves the bot's role to this place in the hierarchy, 1 being the lowest; roles from there on go up by one.
    pub fn bot_role_position(&self, position: u64) {
        let bot = self.discord.bot();
        self.change(|guild| {
            let others = guild.roles.values_mut().filter(|role| role.managed_by != Some(bot));
            others.filter(|role| role.position >= position.max(1)).for_each(|role| role.position += 1);
        });
        self.change_bot_role(|role| role.position = position.max(1));
    }

    /// Sets what everybody may do.
    pub fn everyone_permissions(&self, permissions: Permissions) {
        self.change(|guild| {
            if let Some(everyone) = guild.roles.get_mut(&guild.id) {
                everyone.permissions = permissions;
            }
        });
    }

    fn change_bot_role(&self, act: impl FnOnce(&mut RoleState)) {
        let bot = self.discord.bot();
        self.change(|guild| {
            if let Some(role) = guild.roles.values_mut().find(|role| role.managed_by == Some(bot)) {
                act(role);
            }
        });
    }
}
