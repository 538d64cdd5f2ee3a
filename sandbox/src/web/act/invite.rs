//! What a club's site does: it invites somebody to bind the club to a server.

use simlane::{
    base::{digest::digest, ids::Ids},
    store::{Store, StoreError, clubs, invitations},
};

use crate::{
    people::{Unavailable, unavailable},
    web::{place::Place, site::Site},
};

/// How long an invitation is good, as the service's own are.
const WEEK: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);

/// Invites whoever follows the link to bind the club of the server that is open.
pub(super) async fn invite(site: &Site, place: &Place) -> Result<Place, Unavailable> {
    let token = Ids::system().token();
    let made = make(site, place, site.stage.running.store(), &token).await;
    match made {
        Ok(true) => {
            let link = format!("http://{}/install?club={token}", site.stage.service());
            site.desk.notice(place, "The club’s site made an invitation:", &link);
            Ok(place.clone())
        }
        Ok(false) => unavailable("This server has no club."),
        Err(error) => unavailable(format!("The service’s database failed: {error}")),
    }
}

async fn make(site: &Site, place: &Place, store: &Store, token: &str) -> Result<bool, StoreError> {
    let Some(guild) = place.guild.and_then(|id| id.to_string().parse().ok()) else { return Ok(false) };
    let Some(club) = clubs::of_guild(store, guild).await? else { return Ok(false) };
    let (now, tx) = (site.discord.now(), store.begin().await?);
    let until = now.saturating_add(WEEK).unwrap_or(now);
    invitations::put(&tx, &digest(token), club.id, now, until).await?;
    tx.commit().await?;
    Ok(true)
}
