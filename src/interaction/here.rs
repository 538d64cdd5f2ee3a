//! Where an interaction happens, for handlers that work only in a server.

use super::incoming::{Context, GuildContext};
use crate::domain::{actor::Actor, refusal::Refusal};

impl Context {
    /// The person as a member of the server.
    ///
    /// # Errors
    ///
    /// Refuses in direct messages.
    pub fn member(&self) -> Result<&Actor, Refusal> {
        self.actor.as_ref().ok_or(Refusal::NotInServer)
    }

    /// The server.
    ///
    /// # Errors
    ///
    /// Refuses in direct messages.
    pub fn server(&self) -> Result<&GuildContext, Refusal> {
        self.guild.as_ref().ok_or(Refusal::NotInServer)
    }
}
