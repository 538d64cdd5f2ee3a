//! What organisers do to a sheet for other people: add, move and remove them; who is on it, and who never said anything.

use std::collections::HashSet;

use serde_json::{Value, json};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Ask, Service, ServiceError,
    audit::Deed,
    event::{self, EventFacts},
    find::EventView,
    work::Work,
};
use crate::{
    domain::{
        account::Account,
        actor::Actor,
        club::Club,
        event::Event,
        id::{EventId, OwnerId, UserId},
        owner::Rank,
        refusal::Refusal,
        signup::{Applicant, Behalf, Decision, Sheet, Signup, Wish},
    },
    store::{
        events,
        guild_members::{self, GuildMember},
        identities, signups, sync_runs,
    },
};

/// Whom an organiser means.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Whom {
    /// Somebody picked from Discord's list of the server's members, who may be nobody's account yet.
    Account(Account),
    /// Somebody on the sheet.
    OnSheet(UserId),
}

/// What an organiser's deed came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EntryOutcome {
    /// Whether the sheet has changed.
    pub changed: bool,
    /// The account that they are on the sheet with.
    pub discord: Id<UserMarker>,
    /// The event, after it.
    pub facts: EventFacts,
    /// Whether the person has to be put in a class first.
    pub needs_class: bool,
    /// The person.
    pub user: UserId,
}

/// An event's people with what the server shows of them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Crowd {
    /// Those on the sheet, as the server knows them.
    pub members: Vec<GuildMember>,
    /// What they are called, by their accounts.
    pub names: Vec<(Id<UserMarker>, String)>,
    /// The event.
    pub view: EventView,
}

/// Who has never said anything about an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Silent {
    /// Whether the server's members were ever read: else only those are known who used the app.
    pub is_synced: bool,
    /// Their accounts, by name.
    pub people: Vec<Id<UserMarker>>,
    /// The event.
    pub view: EventView,
}

impl Service {
    /// Does for somebody what an organiser wishes: closed sign-ups, the cut-off and needed roles don't hold, caps do. Returns the callback
    /// to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, an event that is unknown, cancelled or over, and a class that it doesn't have; fails when the
    /// database does.
    pub async fn enter(
        &self,
        ask: Ask<'_, EntryOutcome>,
        event: EventId,
        (whom, wish): (Whom, Wish),
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let (user, discord) = match &whom {
            Whom::Account(account) => (self.person_of(&work, account).await?, Some(account.id)),
            Whom::OnSheet(user) => (*user, None),
        };
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let before = sheet.of(user).cloned();
        let discord = match discord.or(before.as_ref().map(|line| line.discord)) {
            Some(discord) => discord,
            None => self.account_here(&work, &club, user).await?,
        };
        let who = Applicant { behalf: Behalf::Organisers, discord, user };
        let decision = sheet.decide(&event, &who, &wish, work.now)?;
        let needs_class = matches!(decision, Decision::PickClass);
        let changed = match decision {
            Decision::Change(lines) => {
                signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
                let after = lines.iter().find(|line| line.user == user);
                let deed = deed(&event, &wish, before.as_ref(), after);
                self.audit(&work, ask.actor, club.id, deed).await?;
                work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
                true
            }
            Decision::AskWithdraw | Decision::PickCar(_) | Decision::PickClass | Decision::Unchanged => false,
        };
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &EntryOutcome { changed, discord, facts, needs_class, user }).await
    }

    /// The account of somebody who isn't on the sheet yet.
    async fn account_here(
        &self,
        work: &Work,
        club: &Club,
        user: UserId,
    ) -> Result<Id<UserMarker>, ServiceError> {
        let theirs = identities::of(&work.tx, user).await?;
        let accounts: Vec<_> = theirs.iter().map(|identity| identity.account.id).collect();
        let here = guild_members::some(&work.tx, club.guild, accounts.iter().copied()).await?;
        let known = here.iter().map(|member| member.account.id).chain(accounts).next();
        Ok(known.ok_or(Refusal::UnknownPerson)?)
    }

    /// An event's people, for one of its organisers.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown; fails when the database does.
    pub async fn crowd(&self, actor: &Actor, event: EventId) -> Result<Crowd, ServiceError> {
        self.organised_club(actor).await?;
        let view = self.event(actor, event).await?;
        let accounts = view.facts.sheet.lines().iter().map(|line| line.discord);
        let members = guild_members::some(self.store(), actor.guild, accounts.clone()).await?;
        let known = identities::by_accounts(self.store(), accounts).await?;
        let here = members.iter().map(|member| &member.account);
        let names = here.chain(known.values().map(|identity| &identity.account));
        let names = names.map(|account| (account.id, account.name().to_owned())).collect();
        Ok(Crowd { members, names, view })
    }

    /// The members of the server who never said anything about an event, for one of its organisers.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown; fails when the database does.
    pub async fn silent(&self, actor: &Actor, event: EventId) -> Result<Silent, ServiceError> {
        let club = self.organised_club(actor).await?;
        let view = self.event(actor, event).await?;
        let said: HashSet<_> = view.facts.sheet.lines().iter().map(|line| line.discord).collect();
        let members = guild_members::of_guild(self.store(), actor.guild).await?;
        let mut people: Vec<_> = members
            .into_iter()
            .filter(|member| member.left_at.is_none() && !said.contains(&member.account.id))
            .map(|member| (member.account.name().to_lowercase(), member.account.id))
            .collect();
        people.sort_unstable();
        let is_synced = !sync_runs::of_club(self.store(), club.id, None, 1).await?.is_empty();
        Ok(Silent { is_synced, people: people.into_iter().map(|(_, id)| id).collect(), view })
    }
}

fn deed(event: &Event, wish: &Wish, before: Option<&Signup>, after: Option<&Signup>) -> Deed {
    let was_on = before.is_some_and(|line| line.state.is_signed_up());
    let action = match wish {
        Wish::Withdraw { .. } => "signup.remove",
        _ if was_on => "signup.move",
        _ => "signup.add",
    };
    let line = |line: &Signup| json!({ "car": line.car, "class": line.class, "discord": line.discord, "state": line.state, "user": line.user });
    Deed { action, after: after.map(line), before: before.map(line), subject: event.id.to_string() }
}

/// Those with a place, or waiting for one, who lack a role that is needed, as far as the server's roles are known.
#[must_use]
pub fn lacking_roles(event: &Event, sheet: &Sheet, members: &[GuildMember]) -> Vec<UserId> {
    let lacks = |line: &&Signup| {
        let Some(member) = members.iter().find(|member| member.account.id == line.discord) else {
            return false;
        };
        let class = line.class.and_then(|id| event.class(id));
        let needed = [&event.terms.roles].into_iter().chain(class.map(|class| &class.roles));
        let held = |roles: &Vec<_>| roles.is_empty() || roles.iter().any(|role| member.roles.contains(role));
        line.state.is_signed_up() && !needed.into_iter().all(held)
    };
    sheet.lines().iter().filter(lacks).map(|line| line.user).collect()
}
