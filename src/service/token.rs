//! Tokens, by which a club's site speaks for the club.

use secrecy::SecretString;
use serde_json::{Value, json};

use super::{Service, ServiceError, audit::Deed};
pub use crate::store::{api_tokens::ApiToken, audit::Doer};
use crate::{
    base::digest::digest,
    domain::{
        id::{ClubId, TokenId},
        name::TokenName,
        refusal::Refusal,
        scope::Scopes,
    },
    store::{api_tokens, clubs},
};

/// What every token begins with, so that one that leaked is recognised.
const PREFIX: &str = "slc_";
/// How long a token is, in bytes. Nothing else is looked up.
const LENGTH: usize = PREFIX.len() + 32;

/// A token that somebody wants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewToken {
    /// What people call it.
    pub name: TokenName,
    /// What it may do.
    pub scopes: Scopes,
}

/// A fresh token.
#[derive(Clone, Debug)]
pub struct MadeToken {
    /// What a program shows. It is known here and nowhere else.
    pub text: SecretString,
    /// What is kept of it.
    pub token: ApiToken,
}

impl Service {
    /// The token that a program shows; `None` for one that is unknown or revoked. Its use is noted.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn token(&self, text: &str) -> Result<Option<ApiToken>, ServiceError> {
        if text.len() != LENGTH || !text.starts_with(PREFIX) {
            return Ok(None);
        }
        let Some(token) = api_tokens::by_hash(self.store(), &digest(text)).await? else { return Ok(None) };
        api_tokens::used(self.store(), &token, self.0.clock.now()).await?;
        Ok(Some(token))
    }

    /// A club's tokens that aren't revoked, the oldest first: those after that one.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn tokens(
        &self,
        club: ClubId,
        after: Option<TokenId>,
        limit: u64,
    ) -> Result<Vec<ApiToken>, ServiceError> {
        clubs::name(self.store(), club).await?.ok_or(Refusal::NoClub)?;
        Ok(api_tokens::of_club(self.store(), club, after, limit).await?)
    }

    /// Makes a token for a club.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn make_token(
        &self,
        club: ClubId,
        new: NewToken,
        by: Doer,
        request_id: &str,
    ) -> Result<MadeToken, ServiceError> {
        let work = self.begin().await?;
        if !clubs::hold(&work.tx, club).await? {
            return Err(Refusal::NoClub.into());
        }
        let token = ApiToken {
            club,
            created_at: work.now,
            id: TokenId::new(self.0.ids.uuid(work.now)),
            last_used_at: None,
            name: new.name,
            scopes: new.scopes,
        };
        let text = format!("{PREFIX}{}", self.0.ids.token());
        api_tokens::put(&work.tx, &token, &digest(&text)).await?;
        let deed = Deed {
            action: "token.create",
            after: Some(told(&token)),
            before: None,
            subject: token.id.to_string(),
        };
        self.audit_by(&work, by, club, deed).await?;
        self.commit(work, request_id).await?;
        Ok(MadeToken { text: text.into(), token })
    }

    /// Revokes a club's token for good.
    ///
    /// # Errors
    ///
    /// Refuses one that the club doesn't have or has revoked, and fails when the database does.
    pub async fn revoke_token(
        &self,
        club: ClubId,
        token: TokenId,
        by: Doer,
        request_id: &str,
    ) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        if !api_tokens::revoke(&work.tx, club, token, work.now).await? {
            return Err(Refusal::UnknownToken.into());
        }
        let deed = Deed { action: "token.revoke", after: None, before: None, subject: token.to_string() };
        self.audit_by(&work, by, club, deed).await?;
        self.commit(work, request_id).await
    }
}

/// What the audit log tells of a token.
fn told(token: &ApiToken) -> Value {
    json!({ "name": token.name, "scopes": token.scopes })
}
