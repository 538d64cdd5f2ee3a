//! Racing profiles: what a club knows about one of its people, as far as the reader may.

use jiff::Timestamp;
use serde_json::Value;

use super::{Ask, Service, ServiceError, me::MyEvent};
use crate::{
    domain::{
        actor::{Actor, Target},
        club::Club,
        id::UserId,
        iracing_id::IRacingId,
        member::{Judgement, Link, LinkedBy, Member},
        name::{ClubName, ExternalId, PersonName, RoleName},
        rating::IRating,
        refusal::Refusal,
        zone::Zone,
    },
    store::{Source, identities, members, preferences},
};

/// How many coming events are shown.
const EVENTS: usize = 10;

/// What a club knows about somebody. It holds nothing that its reader may not know, and nobody's e-mail address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Profile {
    /// The club.
    pub club: ClubName,
    /// The coming events of the club for which they are signed up, the next first.
    pub events: Vec<MyEvent>,
    /// Whether they look after the club.
    pub is_organiser: bool,
    /// What the club has written of them; `None` for somebody whom it doesn't know.
    pub known: Option<Known>,
    /// What time it is.
    pub now: Timestamp,
    /// Their iRating, as they said.
    pub rating: Option<IRating>,
    /// Who reads it.
    pub reader: Reader,
    /// The zone that they chose; else what the roster says.
    pub zone: Option<Zone>,
}

/// Who reads a profile.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Reader {
    /// Whether they look after the club.
    pub is_organiser: bool,
    /// Whether the profile is their own.
    pub is_subject: bool,
}

/// What a club has written of somebody.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// Their customer id on iRacing.
    pub iracing_id: Option<IRacingId>,
    /// Their name on iRacing.
    pub iracing_name: Option<PersonName>,
    /// When they were found to have left the server.
    pub left_at: Option<Timestamp>,
    /// Since when the account is linked to them.
    pub linked_at: Option<Timestamp>,
    /// How they are told from others, for organisers alone.
    pub matched: Option<Matched>,
    /// Their name on the roster; of somebody who is on none, the name that Discord shows.
    pub name: PersonName,
    /// Whether the roster names them.
    pub on_roster: bool,
    /// Their roles in the club.
    pub roles: Vec<RoleName>,
}

/// How somebody is told from others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Matched {
    /// How the account came to be theirs; `None` without a link.
    pub by: Option<LinkedBy>,
    /// Why the account was taken for theirs, where that was judged.
    pub judged: Option<Judgement>,
    /// What the club's site or spreadsheet calls them.
    pub external_id: Option<ExternalId>,
}

impl Service {
    /// What the club of the actor's guild knows about somebody there.
    ///
    /// # Errors
    ///
    /// Refuses where there is no club, and fails when the database does.
    pub async fn profile(&self, actor: &Actor, target: &Target) -> Result<Profile, ServiceError> {
        let club = self.find_club(actor.guild).await?.ok_or(Refusal::NoClub)?;
        let reader = Reader {
            is_organiser: actor.is_organiser(&club.settings),
            is_subject: actor.account.id == target.account.id,
        };
        let is_organiser =
            target.presence.as_ref().is_some_and(|presence| presence.is_organiser(&club.settings));
        let mut profile = Profile {
            club: club.name.clone(),
            events: Vec::new(),
            is_organiser,
            known: None,
            now: self.0.clock.now(),
            rating: None,
            reader,
            zone: None,
        };
        let db = self.store();
        let Some(identity) = identities::by_account(db, target.account.id).await? else { return Ok(profile) };
        profile.events = self.signed_up_for(db, &club, identity.user).await?;
        profile.rating = preferences::rating(db, identity.user).await?;
        profile.zone = preferences::zone(db, identity.user).await?;
        if let Some(member) = members::by_user(db, club.id, identity.user).await? {
            profile.zone = profile.zone.or_else(|| member.entry.zone.clone());
            let judged = match reader.is_organiser {
                true => members::judgement(db, club.id, identity.user).await?,
                false => None,
            };
            profile.known = Some(known(member, identity.link, reader, judged));
        }
        Ok(profile)
    }

    /// Saves the actor's iRating, or that they give none. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses where there is no club, and fails when the database does.
    pub async fn rate(
        &self,
        ask: Ask<'_, Option<IRating>>,
        rating: Option<IRating>,
    ) -> Result<Value, ServiceError> {
        self.club_of(ask.actor).await?;
        let work = self.begin().await?;
        let user = self.person(&work, ask.actor).await?;
        preferences::set_rating(&work.tx, user, rating).await?;
        self.finish(work, &ask, &rating).await
    }

    async fn signed_up_for(
        &self,
        db: &impl Source,
        club: &Club,
        user: UserId,
    ) -> Result<Vec<MyEvent>, ServiceError> {
        let mut events = self.coming_of(db, user, Some(club.id)).await?;
        // Who stays away is for nobody else to read.
        events.retain(|mine| mine.state.is_signed_up());
        events.truncate(EVENTS);
        Ok(events)
    }
}

fn known(member: Member, link: Option<Link>, reader: Reader, judged: Option<Judgement>) -> Known {
    let Member { entry, left_at, on_roster, roles, user: _ } = member;
    let matched = Matched { by: link.map(|link| link.by), judged, external_id: entry.external_id };
    Known {
        iracing_id: entry.iracing_id,
        iracing_name: entry.iracing_name,
        left_at,
        linked_at: link.map(|link| link.at),
        matched: reader.is_organiser.then_some(matched),
        name: entry.name,
        on_roster,
        roles,
    }
}
