//! Where an interaction happens, for handlers that work only in a server.

use super::incoming::{Context, GuildContext};
use crate::domain::{actor::Actor, refusal::Refusal};

impl Context {
    /// The person as a member of the server.
    ///
    /// # Errors
    ///
    /// Refuses in direct messages, and whoever has left the server.
    pub fn member(&self) -> Result<&Actor, Refusal> {
        let nobody = if self.guild.is_some() { Refusal::NotMember } else { Refusal::NotInServer };
        self.actor.as_ref().ok_or(nobody)
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
