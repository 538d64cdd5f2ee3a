//! Tickets: what the button of `/link` carries to the browser, so that nobody else can go through it.

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{Service, ServiceError};

/// How long the button works.
const LASTS: SignedDuration = SignedDuration::from_mins(15);
/// What a sealed ticket is bound to, in place of a row.
const CONTEXT: &str = "link ticket";

/// Lets one account through.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Ticket {
    /// The account that pressed.
    pub account: Id<UserMarker>,
    /// The server where it pressed, if it was one.
    pub guild: Option<Id<GuildMarker>>,
    /// Names it: it can be used once.
    pub nonce: String,
    /// When it is of no use any more.
    pub until: Timestamp,
}

impl Service {
    /// A fresh ticket for an account, sealed: letters and digits.
    ///
    /// # Errors
    ///
    /// When it can't be sealed.
    pub fn issue_ticket(
        &self,
        account: Id<UserMarker>,
        guild: Option<Id<GuildMarker>>,
    ) -> Result<String, ServiceError> {
        let until = self.0.clock.now().saturating_add(LASTS).unwrap_or(Timestamp::MAX);
        let ticket = Ticket { account, guild, nonce: self.0.ids.token(), until };
        let json = serde_json::to_string(&ticket).unwrap_or_default();
        Ok(hex::encode(self.0.sealer.seal(&json, CONTEXT)?))
    }

    /// Reads a sealed ticket; `None` for one that isn't ours, or is too old.
    #[must_use]
    pub fn read_ticket(&self, sealed: &str) -> Option<Ticket> {
        let json = self.0.sealer.open(&hex::decode(sealed).ok()?, CONTEXT).ok()?;
        let ticket: Ticket = serde_json::from_str(json.expose_secret()).ok()?;
        (self.0.clock.now() < ticket.until).then_some(ticket)
    }
}
