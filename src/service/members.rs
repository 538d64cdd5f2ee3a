//! The list of a club's members: a page at a time, or all of them in a file that a job makes.

use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{Ask, Ring, Service, ServiceError, desk::Pledge, work::Work};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        membership::{Listed, Standing, Tally},
        name::ClubName,
    },
    store::{
        clubs,
        inquiries::{self, Asked, Inquiry},
        membership,
    },
};

/// A page of a club's members.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MemberPage {
    /// The club.
    pub club: ClubName,
    /// Which page it is, from 0.
    pub number: u16,
    /// How many pages there are, at least one.
    pub pages: u16,
    /// Who stands on it, by name.
    pub people: Vec<Listed>,
    /// Who is listed: those who stand there, or all.
    pub standing: Option<Standing>,
    /// How many people of the club stand where.
    pub tally: Tally,
}

impl Service {
    /// A page of the members of the actor's club, the last one where there are fewer.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn members(
        &self,
        actor: &Actor,
        standing: Option<Standing>,
        (number, a_page): (u16, u16),
    ) -> Result<MemberPage, ServiceError> {
        let club = self.organised_club(actor).await?;
        let tally = membership::tally(self.store(), club.id).await?;
        let pages = tally.of(standing).div_ceil(u64::from(a_page).max(1));
        let pages = u16::try_from(pages).unwrap_or(u16::MAX).max(1);
        let number = number.min(pages - 1);
        let range = (u64::from(number) * u64::from(a_page), a_page.into());
        let people = membership::page(self.store(), club.id, standing, range).await?;
        Ok(MemberPage { club: club.name, number, pages, people, standing, tally })
    }

    /// Has a file made of the members of the actor's club. It takes the place of the deferred reply to `token`'s interaction. Returns the
    /// callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn ask_members_file(
        &self,
        ask: Ask<'_, ()>,
        token: &SecretString,
        standing: Option<Standing>,
    ) -> Result<Value, ServiceError> {
        let guild = self.organised_club(ask.actor).await?.guild;
        self.inquire(ask, token, Asked::Members { guild, standing }).await
    }

    /// Everybody of a guild's club who stands there, by name; `None` where there is no club.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn members_of(
        &self,
        guild: Id<GuildMarker>,
        standing: Option<Standing>,
    ) -> Result<Option<(Club, Vec<Listed>)>, ServiceError> {
        let Some(club) = clubs::of_guild(self.store(), guild).await? else { return Ok(None) };
        let people = membership::all(self.store(), club.id, standing).await?;
        Ok(Some((club, people)))
    }

    /// Has something found out that the deferred reply to `token`'s interaction is to say. Returns the callback to give.
    pub(super) async fn inquire(
        &self,
        ask: Ask<'_, ()>,
        token: &SecretString,
        what: Asked,
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        self.inquire_with(work, ask, token, what).await
    }

    /// The same with what was done for it.
    pub(super) async fn inquire_with(
        &self,
        work: Work,
        ask: Ask<'_, ()>,
        token: &SecretString,
        what: Asked,
    ) -> Result<Value, ServiceError> {
        let Pledge { expires_at, id, sealed_token } = self.pledge(token, work.now)?;
        let request_id = ask.request_id.to_owned();
        let inquiry = Inquiry { expires_at, id, request_id, sealed_token, tries: 0, what };
        inquiries::put(&work.tx, inquiry, work.now).await?;
        let callback = self.finish(work, &ask, &()).await?;
        // Where somebody asked under the key meanwhile, theirs is looked into, and this ring finds nothing.
        self.0.doorbell.ring(Ring::Inquiry { id, request_id: ask.request_id.to_owned() });
        Ok(callback)
    }
}
