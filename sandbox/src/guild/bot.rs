//! The bot in a guild: whether it is there, and what it may do.

use super::{Guild, new_role};
use crate::{Permissions, model::RoleState};

impl Guild {
    /// Installs the bot, as somebody does who goes through the authorize page: it joins with a role of its own that has
    /// these permissions. If it is there already, only the permissions change.
    pub fn install_bot(&self, permissions: Permissions) {
        let (bot, now) = (self.discord.bot(), self.discord.now());
        let name = self.discord.application().name.clone();
        self.discord.with(|state| {
            let id = state.id(now);
            state.join(now, self.id, bot);
            let Some(guild) = state.guilds.get_mut(&self.id) else { return };
            if guild.role_of_bot(bot).is_none() {
                guild.roles.values_mut().filter(|role| role.position > 0).for_each(|role| role.position += 1);
                let managed_by = Some(bot);
                guild.roles.insert(id, RoleState { managed_by, ..new_role(id, &name, permissions, 1) });
            }
            let role = guild.role_of_bot(bot).map(|role| role.id);
            if let (Some(member), Some(role)) = (guild.members.get_mut(&bot), role)
                && !member.roles.contains(&role)
            {
                member.roles.push(role);
            }
        });
        self.set_bot_permissions(permissions);
    }

    /// Removes the bot, and its role with it.
    pub fn remove_bot(&self) {
        let bot = self.discord.bot();
        self.change(|guild| {
            guild.members.remove(&bot);
            guild.roles.retain(|_, role| role.managed_by != Some(bot));
        });
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
