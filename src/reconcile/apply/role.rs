//! Roles of teams, and who has them.

use jiff::Timestamp;
use twilight_model::{
    guild::audit_log::AuditLogEventType,
    id::{
        Id,
        marker::{GenericMarker, RoleMarker, UserMarker},
    },
};

use super::{Done, Scene, examine::Verdict};
use crate::{
    discord::{Class, Error, Gone, Outcome, Role, RoleLook},
    domain::{id::BindingId, snowflake},
    reconcile::{
        binding::{Applied, AppliedRole, Binding},
        slot::Slot,
    },
    store::{
        StoreError,
        bindings::{BindingKind, BindingState, Evidence, Made, NewBinding},
        guild_members,
    },
};

impl Scene<'_> {
    /// Makes a role: the attempt is written before the call and the id right after it.
    pub(super) async fn make_role(&self, slot: Slot, look: RoleLook) -> Result<Done, StoreError> {
        let token = self.with.ids.attempt();
        let applied = Some(Applied::Role(fresh(&look)).row(None, None).spec);
        let new = self.new_binding(slot, BindingKind::Role, (&token, None));
        let Some(attempt) = self.begin(&NewBinding { applied, ..new }).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("create {slot} [{token}]"));
        match self.with.write.create_role(self.lease.guild, &look, &reason).await {
            Ok(role) => self.role_made(slot, attempt, fresh(&look), (role.cast(), Evidence::Made)).await,
            Err(error) if error.outcome() == Outcome::Unknown => {
                let done = self.troubled(slot, &error).await?;
                self.wait_at_least(slot, self.with.timings.examine_after).await?;
                Ok(done)
            }
            Err(error) => {
                self.mark(attempt, BindingState::Unmade).await?;
                self.troubled(slot, &error).await
            }
        }
    }

    async fn role_made(
        &self,
        slot: Slot,
        binding: BindingId,
        role: AppliedRole,
        (id, evidence): (Id<GenericMarker>, Evidence),
    ) -> Result<Done, StoreError> {
        let applied = Applied::Role(role).row(None, None);
        self.bind(slot, binding, Made { applied, channel: None, discord: id, evidence }).await?;
        Ok(Done::Changed)
    }

    /// Gives a role another look.
    pub(super) async fn edit_role(
        &self,
        slot: Slot,
        role: Id<RoleMarker>,
        look: &RoleLook,
    ) -> Result<Done, StoreError> {
        let reason = self.reason(&format!("edit {slot}"));
        let outcome = self.with.write.edit_role(self.lease.guild, role, look, &reason).await;
        self.role_noted(slot, outcome, |stands| {
            stands.colour = look.colour;
            stands.name.clone_from(&look.name);
        })
        .await
    }

    /// Gives somebody a role. Whoever has it already keeps it as theirs; whoever is gone is left out.
    pub(super) async fn give_role(
        &self,
        slot: Slot,
        role: Id<RoleMarker>,
        user: Id<UserMarker>,
    ) -> Result<Done, StoreError> {
        if self.has_by_hand(role, user).await? {
            return self.role_noted(slot, Ok(()), |stands| stands.theirs.push(user)).await;
        }
        let reason = self.reason(&format!("give {slot}"));
        let outcome = self.with.write.give_role(self.lease.guild, user, role, &reason).await;
        let is_gone = outcome.as_ref().err().is_some_and(is_away);
        let outcome = if is_gone { Ok(()) } else { outcome };
        self.role_noted(slot, outcome, |stands| {
            if is_gone { stands.absent.push(user) } else { stands.given.push(user) }
        })
        .await
    }

    /// Takes a role of ours from somebody.
    pub(super) async fn take_role(
        &self,
        slot: Slot,
        role: Id<RoleMarker>,
        user: Id<UserMarker>,
    ) -> Result<Done, StoreError> {
        let reason = self.reason(&format!("take {slot}"));
        let outcome = match self.with.write.take_role(self.lease.guild, user, role, &reason).await {
            Err(error) if is_away(&error) => Ok(()),
            outcome => outcome,
        };
        if outcome.is_ok() {
            let fenced = self.with.store.fenced(self.lease).await?;
            guild_members::lose_role(fenced.tx(), self.lease.guild, (user, role), self.now()).await?;
            fenced.commit().await?;
        }
        self.role_noted(slot, outcome, |stands| stands.given.retain(|other| *other != user)).await
    }

    /// Deletes a role of ours; whoever has it loses it.
    pub(super) async fn delete_role(&self, slot: Slot, role: Id<RoleMarker>) -> Result<Done, StoreError> {
        let reason = self.reason(&format!("delete {slot}"));
        match self.with.write.delete_role(self.lease.guild, role, &reason).await {
            Ok(()) => self.release(slot).await,
            Err(error) if error.class() == Class::Gone(Gone::Role) => self.release(slot).await,
            Err(error) => self.troubled(slot, &error).await,
        }
    }

    /// Whether somebody was last seen with a role that the service hasn't given them.
    async fn has_by_hand(&self, role: Id<RoleMarker>, user: Id<UserMarker>) -> Result<bool, StoreError> {
        let seen = guild_members::some(&self.with.store, self.lease.guild, [user]).await?;
        Ok(seen.iter().any(|member| member.roles.contains(&role)))
    }

    /// Writes down what a call changed of a role, or what is wrong.
    async fn role_noted(
        &self,
        slot: Slot,
        outcome: Result<(), Error>,
        change: impl FnOnce(&mut AppliedRole),
    ) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let Some(mut stands) = binding.role().cloned() else { return Ok(Done::Waits) };
        match outcome {
            Ok(()) => change(&mut stands),
            Err(error) if error.class() == Class::Gone(Gone::Role) => return self.deleted(slot).await,
            Err(error) => return self.troubled(slot, &error).await,
        }
        self.keep_row(slot, &binding, Applied::Role(stands).row(None, None)).await?;
        Ok(Done::Changed)
    }

    /// Looks for what an attempt that is certainly over has made: a role with the attempt's token in the audit log, or one of its name
    /// that permits nothing and was made in its time.
    pub(super) async fn examine_role(
        &self,
        slot: Slot,
        binding: &Binding,
        at: Timestamp,
    ) -> Result<Done, StoreError> {
        let attempt = self.attempt(binding, at);
        let Some(asked) = binding.role().cloned() else {
            self.mark(binding.row.id, BindingState::Unmade).await?;
            return Ok(Done::Changed);
        };
        let roles = match self.with.read.roles(self.lease.guild).await {
            Ok(roles) => roles,
            Err(error) => return self.troubled(slot, &error).await,
        };
        let fits = |role: &&Role| {
            role.name == asked.name
                && role.permissions.is_empty()
                && attempt.is_in_time(snowflake::created_at(role.id))
        };
        let fitting = roles.iter().filter(fits).map(|role| role.id.cast()).collect();
        let there: Vec<_> = roles.iter().map(|role| role.id.cast()).collect();
        match self.verdict(&attempt, AuditLogEventType::RoleCreate, (&there, fitting)).await? {
            Err(error) => self.troubled(slot, &error).await,
            Ok(Verdict::Made(role, evidence)) => {
                tracing::info!(%slot, %role, ?evidence, "adopted what an attempt had made");
                self.role_made(slot, binding.row.id, asked, (role, evidence)).await
            }
            Ok(Verdict::Nothing) => {
                self.mark(binding.row.id, BindingState::Unmade).await?;
                Ok(Done::Changed)
            }
            Ok(Verdict::Unclear(_)) => self.unclear(slot, binding, Vec::new()).await,
        }
    }
}

fn fresh(look: &RoleLook) -> AppliedRole {
    let RoleLook { colour, name } = look.clone();
    AppliedRole { absent: Vec::new(), colour, given: Vec::new(), name, theirs: Vec::new() }
}

/// Whether somebody is gone from the server, or from Discord.
fn is_away(error: &Error) -> bool {
    matches!(error.class(), Class::Gone(Gone::Member | Gone::User))
}
