//! Installing: a server that the app was added to, and the club that it is for.

use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{GuildMarker, UserMarker},
    },
};

use super::{Service, ServiceError, audit::Deed, guild::Sighting, work::Work};
use crate::{
    base::digest::digest,
    domain::{
        id::{ClubId, OwnerId},
        name::ClubName,
    },
    store::{audit::Doer, clubs, guilds, invitations},
};

/// The app was added to a server.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewInstall {
    /// Who added it.
    pub by: Id<UserMarker>,
    /// What was granted to it, where that is known.
    pub granted: Option<Permissions>,
    /// The server.
    pub guild: Id<GuildMarker>,
    /// The token of the invitation that brought them, if one did.
    pub invitation: Option<String>,
    /// The server's preferred locale.
    pub locale: Option<String>,
    /// Whether a club that is bound to another server moves to this one.
    pub moves: bool,
    /// The server's name.
    pub name: String,
}

/// What an installation came to. The app is in the server whichever it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Installed {
    /// The invitation's club is now this server's.
    Bound(ClubName),
    /// The invitation's club is bound to another server, whose name this is where it is known: shall it move?
    Elsewhere {
        /// The club.
        club: ClubName,
        /// The server that it is bound to.
        server: Option<String>,
    },
    /// The server had this club before, and still has.
    HasClub(ClubName),
    /// The invitation is unknown, used or too old. The server's own club, if it has one, is as it was.
    InvitationOver,
    /// The invitation's club moved here from another server.
    Moved(ClubName),
    /// The server has no club yet.
    NoClub,
    /// The server belongs to another club than the invitation's.
    Taken {
        /// The invitation's club.
        club: ClubName,
        /// The club that the server belongs to.
        theirs: ClubName,
    },
}

impl Service {
    /// Takes note of a server that the app was added to, and binds the club of the invitation to it. Doing it again changes nothing and
    /// tells the same.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn install(&self, new: NewInstall, request_id: &str) -> Result<Installed, ServiceError> {
        let sighting = Sighting {
            installed_by: Some(new.by),
            locale: new.locale.clone(),
            name: Some(new.name.clone()),
            permissions: new.granted,
        };
        self.see_guild(new.guild, sighting, request_id).await?;
        let mut work = self.begin().await?;
        let theirs = clubs::lock(&work.tx, new.guild).await?.map(|club| (club.id, club.name));
        let installed = match &new.invitation {
            None => theirs.map_or(Installed::NoClub, |(_, name)| Installed::HasClub(name)),
            Some(token) => self.accept(&mut work, &new, &digest(token), theirs).await?,
        };
        if !matches!(installed, Installed::Bound(_) | Installed::Moved(_)) {
            work.tx.rollback().await?;
            return Ok(installed);
        }
        self.commit(work, request_id).await?;
        Ok(installed)
    }

    /// The club that an invitation is for; `None` when it is unknown, used or too old.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn invitation(&self, token: &str) -> Result<Option<ClubName>, ServiceError> {
        let db = self.store();
        match invitations::club_of(db, &digest(token), self.0.clock.now()).await? {
            Some(club) => Ok(clubs::name(db, club).await?),
            None => Ok(None),
        }
    }

    async fn accept(
        &self,
        work: &mut Work,
        new: &NewInstall,
        invitation: &str,
        theirs: Option<(ClubId, ClubName)>,
    ) -> Result<Installed, ServiceError> {
        let Some(club) = invitations::lock(&work.tx, invitation, work.now).await? else {
            // Whoever comes back by the invitation that brought the club here finds it.
            let brought = invitations::made_for(&work.tx, invitation).await?;
            let ours = theirs.filter(|(id, _)| Some(*id) == brought);
            return Ok(ours.map_or(Installed::InvitationOver, |(_, name)| Installed::HasClub(name)));
        };
        let Some(name) = clubs::name(&work.tx, club).await? else { return Ok(Installed::InvitationOver) };
        if let Some(theirs) = theirs {
            return Ok(held(theirs, (club, name)));
        }
        let from = clubs::guild_of(&work.tx, club).await?;
        if let Some(from) = from.filter(|_| !new.moves) {
            let server = guilds::by_id(&work.tx, from).await?.and_then(|guild| guild.name);
            return Ok(Installed::Elsewhere { club: name, server });
        }
        let bound = match from {
            Some(from) => clubs::rehome(&work.tx, club, (from, new.guild), work.now).await?,
            None => clubs::bind(&work.tx, club, new.guild, work.now).await?,
        };
        if !bound {
            // Another club came first, just now.
            let theirs = clubs::of_guild(&work.tx, new.guild).await?.map(|club| (club.id, club.name));
            return Ok(theirs.map_or(Installed::InvitationOver, |theirs| held(theirs, (club, name))));
        }
        if !invitations::spend(&work.tx, invitation, work.now).await? {
            return Ok(Installed::InvitationOver);
        }
        let deed = Deed {
            action: if from.is_some() { "club.move" } else { "club.bind" },
            after: Some(serde_json::json!({ "guild": new.guild })),
            before: from.map(|from| serde_json::json!({ "guild": from })),
            subject: club.to_string(),
        };
        self.audit_by(work, Doer::Account(new.by), club, deed).await?;
        work.request_in(new.guild, &[OwnerId::of_guild(new.guild)]).await?;
        Ok(if from.is_some() { Installed::Moved(name) } else { Installed::Bound(name) })
    }
}

/// What an invitation comes to in a server that has a club.
fn held((theirs, their_name): (ClubId, ClubName), (club, name): (ClubId, ClubName)) -> Installed {
    if theirs == club {
        Installed::HasClub(name)
    } else {
        Installed::Taken { club: name, theirs: their_name }
    }
}
