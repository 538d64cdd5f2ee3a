//! Two people who turned out to be one, and one who turned out to be two.

use twilight_model::id::{Id, marker::UserMarker};

use super::{Service, ServiceError, partners::join_partners, work::Work};
use crate::{
    domain::{
        event::Event,
        id::{ClubId, EventId, OwnerId, UserId},
        member::{Identity, Member},
        name::EventName,
        signup::Signup,
    },
    store::{
        availability, calendars, clubs, events, guild_members, members, partners, preferences, signups, users,
    },
};

/// What became of what two people held in one and the same place.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Merged {
    /// The events for which both had said something: one line is left of the two.
    pub(super) events: Vec<EventName>,
}

impl Service {
    /// Makes `from` and `into` one person, with everything that both hold; `into` stays. Nobody else changes any of it before the
    /// transaction ends. Who is whom has to be [decided alone](users::decide_alone).
    pub(super) async fn merge(
        &self,
        work: &mut Work,
        from: UserId,
        into: UserId,
    ) -> Result<Merged, ServiceError> {
        let mut merged = Merged::default();
        if from == into {
            return Ok(merged);
        }
        users::hold(&work.tx, &[from, into]).await?;
        for (club, event) in signups::events_of(&work.tx, from).await? {
            let Some(event) = events::lock(&work.tx, club, event).await? else { continue };
            if self.merge_lines(work, &event, from, into).await? {
                merged.events.push(event.name.clone());
            }
            touch(work, club, event.id).await?;
        }
        for (club, theirs) in members::of_user(&work.tx, from).await? {
            let kept = match members::by_user(&work.tx, club, into).await? {
                Some(kept) => kept.joined_by(theirs),
                None => Member { user: into, ..theirs },
            };
            let judged = members::judgement(&work.tx, club, from).await?;
            // The first goes before the second comes: both may have one external id.
            members::delete(&work.tx, club, from).await?;
            members::put(&work.tx, club, &[kept], work.now).await?;
            if let Some(judged) = judged
                && members::judgement(&work.tx, club, into).await?.is_none()
            {
                members::judge(&work.tx, club, into, &judged).await?;
            }
        }
        users::merge(&work.tx, from, into, work.now).await?;
        Ok(merged)
    }

    /// Makes one line of two. Whoever waited gets the place that becomes free. Says whether there were two.
    async fn merge_lines(
        &self,
        work: &Work,
        event: &Event,
        from: UserId,
        into: UserId,
    ) -> Result<bool, ServiceError> {
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let lines = sheet.merge(event, (from, into), work.now);
        let said = availability::of(&work.tx, event.id, from).await?;
        let wanted = partners::of(&work.tx, event.id, from).await?;
        signups::delete(&work.tx, event.id, &[from]).await?;
        signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
        self.join_availability(work, event.id, (said, into)).await?;
        join_partners(work, event.id, (wanted, into)).await?;
        Ok(sheet.of(from).is_some() && sheet.of(into).is_some())
    }

    /// Makes an account a person of its own, with what was done with it, and a member of the clubs whose servers it is in.
    pub(super) async fn separate(
        &self,
        work: &mut Work,
        identity: &Identity,
    ) -> Result<UserId, ServiceError> {
        let fresh = UserId::new(self.0.ids.uuid(work.now));
        let account = &identity.account;
        users::create(&work.tx, fresh, account.name(), work.now).await?;
        users::give(&work.tx, account.id, fresh, None, None).await?;
        // Whoever parts may have read the other's link.
        calendars::stop(&work.tx, identity.user).await?;
        preferences::hand_over(&work.tx, identity.user, fresh).await?;
        self.part(work, account.id, fresh).await?;
        for guild in guild_members::guilds_of(&work.tx, account.id).await? {
            let Some(club) = clubs::of_guild(&work.tx, guild).await? else { continue };
            // Only those of whom the club knew, by a sync, are members of it.
            if members::by_user(&work.tx, club.id, identity.user).await?.is_some() {
                let own = Member::on_their_own(fresh, account);
                members::put(&work.tx, club.id, &[own], work.now).await?;
            }
        }
        Ok(fresh)
    }

    /// Gives what somebody did with an account to another person: what is undone was theirs alone.
    async fn part(&self, work: &mut Work, account: Id<UserMarker>, to: UserId) -> Result<(), ServiceError> {
        for (club, event) in signups::events_by_account(&work.tx, account).await? {
            let Some(event) = events::lock(&work.tx, club, event).await? else { continue };
            let sheet = signups::sheet(&work.tx, event.id).await?;
            let Some(line) = sheet.lines().iter().find(|line| line.discord == account) else { continue };
            let moved = Signup { user: to, ..line.clone() };
            let said = availability::of(&work.tx, event.id, line.user).await?;
            let wanted = partners::of(&work.tx, event.id, line.user).await?;
            signups::delete(&work.tx, event.id, &[line.user]).await?;
            signups::put(&work.tx, event.id, &[moved], || self.0.ids.uuid(work.now), work.now).await?;
            self.join_availability(work, event.id, (said, to)).await?;
            join_partners(work, event.id, (wanted, to)).await?;
            touch(work, club, event.id).await?;
        }
        Ok(())
    }
}

/// Has the event's card drawn anew, where its club is on Discord.
async fn touch(work: &mut Work, club: ClubId, event: EventId) -> Result<(), ServiceError> {
    if let Some(guild) = clubs::guild_of(&work.tx, club).await? {
        work.request_in(guild, &[OwnerId::of_event(event)]).await?;
    }
    Ok(())
}
