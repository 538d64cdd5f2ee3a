//! Who is in a thread, what is pinned, and who holds which role: by hand.

use super::ByHand;
use crate::{Permissions, Role, Snowflake, acts, limits::RoleForm};

impl ByHand {
    /// Adds somebody to a thread, which says so unless they do it themselves.
    pub fn add_member(&self, thread: Snowflake, user: Snowflake) {
        self.guild.discord.with(|state| acts::add_to_thread(state, &self.act(), thread, user));
    }

    /// Removes somebody from a thread, which says so unless they do it themselves.
    pub fn remove_member(&self, thread: Snowflake, user: Snowflake) {
        self.guild.discord.with(|state| acts::remove_from_thread(state, &self.act(), thread, user));
    }

    /// Pins a message, which its channel tells.
    pub fn pin(&self, message: Snowflake) {
        self.guild.discord.with(|state| acts::pin(state, &self.act(), message));
    }

    /// Takes a message's pin away.
    pub fn unpin(&self, message: Snowflake) {
        self.guild.discord.with(|state| acts::unpin(state, &self.act(), message));
    }

    /// Gives a member a role.
    pub fn give_role(&self, member: Snowflake, role: &Role) {
        self.set_role(member, role, true);
    }

    /// Takes a role from a member.
    pub fn take_role(&self, member: Snowflake, role: &Role) {
        self.set_role(member, role, false);
    }

    fn set_role(&self, member: Snowflake, role: &Role, held: bool) {
        let guild = self.guild.id;
        self.guild.discord.with(|state| acts::set_role(state, &self.act(), guild, (member, role.id), held));
    }

    /// Has a member not have accepted the guild's rules yet, or accept them.
    pub fn set_pending(&self, member: Snowflake, pending: bool) {
        let guild = self.guild.id;
        self.guild.discord.with(|state| {
            let guild = state.guilds.get_mut(&guild);
            if let Some(member) = guild.and_then(|guild| guild.members.get_mut(&member)) {
                member.pending = pending;
            }
        });
    }

    /// Sets what a role lets its members do.
    pub fn change_role(&self, role: &Role, permissions: Permissions) {
        let form = RoleForm { permissions: Some(permissions), ..RoleForm::default() };
        let guild = self.guild.id;
        self.guild.discord.with(|state| acts::update_role(state, &self.act(), guild, role.id, form));
    }
}
