//! Consent without a browser: the same decision as on the page, in one call.

use super::ask::{Asked, Unaskable};
use super::decide::{Decision, decide};
use crate::{
    Discord, Permissions, Snowflake,
    people::{Person, Unavailable, expect, unavailable},
};

/// What somebody chooses on the authorize page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The server that the bot is to come into; without one the server that the page has chosen, else the person's.
    pub guild: Option<Snowflake>,
    /// The permissions that stay ticked, of those that are asked for.
    pub permissions: Permissions,
}

impl Default for Consent {
    /// Everything stays as the page has it.
    fn default() -> Self {
        Self { guild: None, permissions: Permissions::ALL }
    }
}

impl Discord {
    /// Registers an address with the application, as in the developer portal: the authorize page leads back to no other.
    pub fn register_redirect(&self, uri: &str) {
        self.with(|state| {
            if !state.portal.redirect_uris.iter().any(|known| known == uri) {
                state.portal.redirect_uris.push(uri.to_owned());
            }
        });
    }
}

impl Person {
    /// Opens the authorize page at an address and presses Authorize, everything being as the page has it. Returns the address
    /// that the browser is sent to.
    ///
    /// # Panics
    ///
    /// When the page is refused, or the person may not do it.
    pub async fn authorize(&self, url: &str) -> String {
        expect(self.try_authorize(url, Consent::default()).await)
    }

    /// Opens the authorize page at an address, chooses, and presses Authorize. Returns the address that the browser is sent to.
    ///
    /// # Errors
    ///
    /// What the person reads when the page is refused, or they may not do it.
    pub async fn try_authorize(&self, url: &str, consent: Consent) -> Result<String, Unavailable> {
        self.decide(url, |asked| Decision::Authorize {
            guild: consent.guild.or(asked.guild).or(Some(self.guild)),
            permissions: consent.permissions,
        })
        .await
    }

    /// Opens the authorize page at an address and presses Cancel. Returns the address that the browser is sent to.
    ///
    /// # Panics
    ///
    /// When the page is refused.
    pub async fn decline(&self, url: &str) -> String {
        expect(self.decide(url, |_| Decision::Cancel).await)
    }

    async fn decide(
        &self,
        url: &str,
        choose: impl FnOnce(&Asked) -> Decision,
    ) -> Result<String, Unavailable> {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        match Asked::read(&self.discord, query) {
            Ok(asked) => decide(&self.discord, &asked, self.id, choose(&asked)).await.map_err(Unavailable),
            Err(Unaskable::Redirected(to)) => Ok(to),
            Err(Unaskable::Told(why)) => unavailable(why),
        }
    }
}
