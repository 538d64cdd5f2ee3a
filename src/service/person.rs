//! The person behind an account.

use super::{Service, ServiceError, work::Work};
use crate::{
    domain::{account::Account, actor::Actor, id::UserId},
    store::{guild_members, users},
};

impl Service {
    /// The person behind the actor. Whom Discord just showed in the guild is known to be there.
    pub(super) async fn person(&self, work: &Work, actor: &Actor) -> Result<UserId, ServiceError> {
        let user = self.person_of(work, &actor.account).await?;
        guild_members::see(&work.tx, actor.guild, &actor.account, &actor.roles, work.now).await?;
        Ok(user)
    }

    /// The person behind an account. One that was never seen becomes a person.
    pub(super) async fn person_of(&self, work: &Work, account: &Account) -> Result<UserId, ServiceError> {
        let fresh = UserId::new(self.0.ids.uuid(work.now));
        Ok(users::of_account(&work.tx, account, fresh, work.now).await?)
    }
}
