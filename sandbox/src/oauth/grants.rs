//! What people let the application do, and the codes and tokens for it.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;

use super::scope::Scope;
use crate::{Discord, Snowflake, model::State};

/// How long a code can be exchanged.
const CODE_LIFE: Duration = Duration::from_secs(60);
/// How long an access token lives, in seconds.
pub(super) const TOKEN_LIFE: u64 = 604_800;

/// What somebody agreed to.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) user: Snowflake,
    pub(super) scopes: Vec<Scope>,
    /// The guild that the bot came into.
    pub(super) guild: Option<Snowflake>,
    /// Where the code was sent.
    pub(super) redirect_uri: String,
}

/// A pair of tokens.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    pub(super) grant: Grant,
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) expires: Timestamp,
}

#[derive(Clone, Debug)]
struct Code {
    grant: Grant,
    since: Timestamp,
}

/// Why a code isn't exchanged: the parameter that is wrong.
pub(super) type Wrong = &'static str;

/// What people let the application do, and the codes and tokens for it.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: BTreeMap<String, Code>,
    tokens: Vec<Tokens>,
    /// Who agreed to what, ever since.
    agreed: Vec<(Snowflake, Scope)>,
}

impl Grants {
    /// Whether somebody has agreed to all of these before.
    pub(super) fn has_agreed(&self, user: Snowflake, scopes: &[Scope]) -> bool {
        scopes.iter().all(|scope| self.agreed.contains(&(user, *scope)))
    }

    /// Hands a token back that is still good.
    pub(super) fn by_access(&self, access: &str, now: Timestamp) -> Option<&Tokens> {
        self.tokens.iter().find(|tokens| tokens.access == access && now < tokens.expires)
    }

    /// Takes a code, which works once and for the address that it was sent to.
    pub(super) fn redeem(&mut self, code: &str, redirect_uri: &str, now: Timestamp) -> Result<Grant, Wrong> {
        let known = self.codes.get(code).ok_or("code")?;
        let age = Duration::try_from(now.duration_since(known.since)).unwrap_or_default();
        if age >= CODE_LIFE {
            return Err("code");
        }
        if known.grant.redirect_uri != redirect_uri {
            return Err("redirect_uri");
        }
        self.codes.remove(code).map(|code| code.grant).ok_or("code")
    }

    /// Takes a refresh token, which works once; its access token ends with it.
    pub(super) fn refresh(&mut self, refresh: &str) -> Option<Grant> {
        let place = self.tokens.iter().position(|tokens| tokens.refresh == refresh)?;
        Some(self.tokens.remove(place).grant)
    }

    /// Ends a token, of either kind, and the one that came with it.
    pub(super) fn revoke(&mut self, token: &str) {
        self.tokens.retain(|tokens| tokens.access != token && tokens.refresh != token);
    }

    /// Ends everything that somebody let the application do.
    pub(crate) fn forget(&mut self, user: Snowflake) {
        self.codes.retain(|_, code| code.grant.user != user);
        self.tokens.retain(|tokens| tokens.grant.user != user);
        self.agreed.retain(|(who, _)| *who != user);
    }
}

/// Makes a code for what somebody agreed to.
pub(super) fn issue_code(discord: &Discord, state: &mut State, grant: Grant) -> String {
    let code = secret(discord, state, b"code");
    let agreed = grant.scopes.iter().map(|scope| (grant.user, *scope));
    state.grants.agreed.extend(agreed);
    state.grants.codes.insert(code.clone(), Code { grant, since: discord.now() });
    code
}

/// Makes a pair of tokens.
pub(super) fn issue_tokens(discord: &Discord, state: &mut State, grant: Grant) -> Tokens {
    let (access, refresh) = (secret(discord, state, b"access"), secret(discord, state, b"refresh"));
    let life = Duration::from_secs(TOKEN_LIFE);
    let expires = discord.now().checked_add(life).unwrap_or(Timestamp::MAX);
    let tokens = Tokens { grant, access, refresh, expires };
    state.grants.tokens.push(tokens.clone());
    tokens
}

/// Thirty letters that only the holder of the key can know.
fn secret(discord: &Discord, state: &mut State, of: &[u8]) -> String {
    let id = state.id(discord.now());
    discord.sign(of, &id.to_string()).chars().take(30).collect()
}
