//! Passes: what carries somebody from one step of a way through OAuth to the next. Sealed, so that nobody can read, make or change
//! one; bound to a browser where it leaves one; of use for a while only.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{GuildMarker, UserMarker},
    },
};

use crate::{
    base::{clock::Clock, digest::digest, ids::Ids, seal::Sealer},
    service::{install::NewInstall, ticket::Ticket},
};

/// How long somebody may take on Discord's authorize page, or to say yes.
const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// What a sealed pass is bound to, in place of a row.
const CONTEXT: &str = "pass";

/// What a pass is for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "for")]
pub(super) enum Purpose {
    /// The app is being added to a server.
    Install {
        /// The token of the invitation that brought them.
        invitation: Option<String>,
        /// The server that was asked for.
        server: Option<Id<GuildMarker>>,
    },
    /// Somebody links their account; with the ticket of the button that they pressed, if it was one.
    Link {
        /// The ticket.
        ticket: Option<Ticket>,
    },
    /// A club is to be moved, once somebody says yes.
    Move(Move),
}

/// An installation that waits for a yes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Move {
    by: Id<UserMarker>,
    granted: Option<Permissions>,
    guild: Id<GuildMarker>,
    invitation: Option<String>,
    name: String,
}

impl Move {
    pub(super) fn of(install: &NewInstall) -> Self {
        let NewInstall { by, granted, guild, invitation, name, .. } = install.clone();
        Self { by, granted, guild, invitation, name }
    }

    /// The installation, with the yes.
    pub(super) fn agreed(self) -> NewInstall {
        let Self { by, granted, guild, invitation, name } = self;
        NewInstall { by, granted, guild, invitation, locale: None, moves: true, name }
    }
}

/// What carries somebody to the next step.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Pass {
    /// The hash of the cookie of the browser that it is bound to.
    browser: String,
    /// Names it: it can be used once.
    pub(super) nonce: String,
    /// What it is for.
    pub(super) purpose: Purpose,
    /// When it is of no use any more.
    pub(super) until: Timestamp,
}

/// Why a pass isn't taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PassError {
    /// It is of another browser.
    OtherBrowser,
    /// It is too old.
    Over,
    /// It isn't one of ours.
    Unreadable,
}

/// Where passes are made and read. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Passes {
    clock: Clock,
    ids: Ids,
    sealer: Sealer,
}

impl Passes {
    pub(super) const fn new(clock: Clock, ids: Ids, sealer: Sealer) -> Self {
        Self { clock, ids, sealer }
    }

    /// A fresh pass for a browser with that cookie, sealed.
    pub(super) fn issue(&self, purpose: Purpose, cookie: &str) -> Option<String> {
        let until = self.clock.now().saturating_add(LASTS).ok()?;
        let pass = Pass { browser: digest(cookie), nonce: self.ids.token(), purpose, until };
        let json = serde_json::to_string(&pass).ok()?;
        self.sealer.seal(&json, CONTEXT).ok().map(hex::encode)
    }

    /// Reads a pass that came with that cookie.
    pub(super) fn read(&self, sealed: &str, cookie: Option<&str>) -> Result<Pass, PassError> {
        use secrecy::ExposeSecret as _;
        let bytes = hex::decode(sealed).map_err(|_| PassError::Unreadable)?;
        let json = self.sealer.open(&bytes, CONTEXT).map_err(|_| PassError::Unreadable)?;
        let pass: Pass = serde_json::from_str(json.expose_secret()).map_err(|_| PassError::Unreadable)?;
        if self.clock.now() >= pass.until {
            return Err(PassError::Over);
        }
        match cookie {
            Some(cookie) if digest(cookie) == pass.browser => Ok(pass),
            _ => Err(PassError::OtherBrowser),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::base::config::SecretKey;

    fn passes(clock: &Clock, key: u8) -> Passes {
        let ids = Ids::seeded(1);
        let sealer = Sealer::new(&SecretKey::from_bytes([key; 32]), "oauth", ids.clone());
        Passes::new(clock.clone(), ids, sealer)
    }

    #[test]
    fn a_pass_is_read_in_its_own_browser_and_time_alone() {
        let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
        let passes = passes(&clock, 1);
        let purpose = Purpose::Install { invitation: Some("secret".into()), server: None };
        let sealed = passes.issue(purpose.clone(), "cookie").unwrap();
        assert!(!String::from_utf8_lossy(&hex::decode(&sealed).unwrap()).contains("secret"));
        let read = passes.read(&sealed, Some("cookie")).unwrap();
        assert_eq!(read.purpose, purpose);
        assert_eq!(passes.read(&sealed, Some("other")), Err(PassError::OtherBrowser));
        assert_eq!(passes.read(&sealed, None), Err(PassError::OtherBrowser));
        assert_eq!(passes.read("zz", Some("cookie")), Err(PassError::Unreadable));
        assert_eq!(self::passes(&clock, 2).read(&sealed, Some("cookie")), Err(PassError::Unreadable));
        clock.advance(std::time::Duration::from_secs(600));
        assert_eq!(passes.read(&sealed, Some("cookie")), Err(PassError::Over));
    }
}
