//! What an application asks for on the authorize page, as the address of the page says it.

use super::scope::Scope;
use crate::{Discord, Permissions, Snowflake, rest::query};

/// What an application asks somebody for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) scopes: Vec<Scope>,
    pub(super) permissions: Permissions,
    /// The guild that is chosen to begin with.
    pub(super) guild: Option<Snowflake>,
    /// Whether no other can be chosen.
    pub(super) guild_locked: bool,
    /// What the application gets back as it is.
    pub(super) state: Option<String>,
    /// Where the answer goes; none where a bot is invited and nobody waits for an answer.
    pub(super) redirect_uri: Option<String>,
    /// Whether somebody who has agreed before isn't asked again.
    pub(super) silent: bool,
}

/// Why the page can't ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unaskable {
    /// The person reads this, and goes nowhere: the address can't be trusted.
    Told(String),
    /// The application is told, at this address.
    Redirected(String),
}

impl Asked {
    /// Reads what follows the question mark of the page's address.
    pub(super) fn read(discord: &Discord, text: &str) -> Result<Self, Unaskable> {
        let given = query(text);
        let field = |name: &str| {
            let found = given.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            found.filter(|value| !value.is_empty())
        };
        known_application(discord, field("client_id"))?;
        let scopes: Vec<_> = field("scope").unwrap_or_default().split_whitespace().collect();
        if scopes.is_empty() {
            return told("Invalid Form Body\nscope: This field is required");
        }
        let redirect_uri = redirect_uri(discord, &scopes, field("redirect_uri"), field("response_type"))?;
        let state = field("state").map(str::to_owned);
        let mut known = Vec::new();
        for scope in scopes {
            match Scope::named(scope) {
                Some(scope) if known.contains(&scope) => {}
                Some(scope) => known.push(scope),
                None => return Err(invalid_scope(redirect_uri.as_deref(), state.as_deref())),
            }
        }
        Ok(Self {
            scopes: known,
            permissions: Permissions::from_bits(number("permissions", field("permissions"))?.unwrap_or(0)),
            guild: number("guild_id", field("guild_id"))?.map(Snowflake::new),
            guild_locked: field("disable_guild_select") == Some("true") && field("guild_id").is_some(),
            state,
            redirect_uri,
            silent: field("prompt") == Some("none"),
        })
    }

    /// Whether a bot is to come into a guild.
    pub(super) fn invites(&self) -> bool {
        self.scopes.contains(&Scope::Bot)
    }

    /// The address that the person goes on to, with what the application is told there.
    pub(super) fn back(&self, discord: &Discord, told: &[(&str, &str)]) -> String {
        match &self.redirect_uri {
            Some(uri) => with_query(uri, told, self.state.as_deref()),
            None => format!("{}/oauth2/authorized", discord.url()),
        }
    }
}

fn told<T>(why: impl Into<String>) -> Result<T, Unaskable> {
    Err(Unaskable::Told(why.into()))
}

fn known_application(discord: &Discord, given: Option<&str>) -> Result<(), Unaskable> {
    match given.map(str::parse::<Snowflake>) {
        None => told("Invalid Form Body\nclient_id: This field is required"),
        Some(Err(_)) => told("Invalid Form Body\nclient_id: The value is not snowflake."),
        Some(Ok(id)) if id != discord.application().id => told("Unknown Application"),
        Some(Ok(_)) => Ok(()),
    }
}

/// Where the answer goes. Nothing needs to be said of it where only a bot is invited.
fn redirect_uri(
    discord: &Discord,
    scopes: &[&str],
    uri: Option<&str>,
    response_type: Option<&str>,
) -> Result<Option<String>, Unaskable> {
    let invites_only = ["bot", "applications.commands"];
    match (uri, response_type) {
        (None, None) if scopes.iter().all(|scope| invites_only.contains(scope)) => Ok(None),
        (Some(uri), _)
            if !discord.with(|state| state.portal.redirect_uris.iter().any(|known| known == uri)) =>
        {
            told("Invalid OAuth2 redirect_uri")
        }
        (None, _) => told("OAuth2 redirect_uri is missing"),
        (Some(_), None) => told("Invalid Form Body\nresponse_type: This field is required"),
        (Some(uri), Some("code")) => Ok(Some(uri.to_owned())),
        (Some(_), Some(other)) => told(format!("Unsupported response type: {other}")),
    }
}

fn number(name: &str, given: Option<&str>) -> Result<Option<u64>, Unaskable> {
    let Some(text) = given else { return Ok(None) };
    match text.parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => told(format!("Invalid Form Body\n{name}: Value \"{text}\" is not int.")),
    }
}

fn invalid_scope(uri: Option<&str>, state: Option<&str>) -> Unaskable {
    const WHY: &str = "The requested scope is invalid, unknown, or malformed.";
    match uri {
        Some(uri) => {
            let told = [("error", "invalid_scope"), ("error_description", WHY)];
            Unaskable::Redirected(with_query(uri, &told, state))
        }
        None => Unaskable::Told(WHY.to_owned()),
    }
}

/// An address with these parameters after its own, the state last.
fn with_query(uri: &str, told: &[(&str, &str)], state: Option<&str>) -> String {
    // What isn't an address was never registered.
    let Ok(mut url) = reqwest::Url::parse(uri) else { return uri.to_owned() };
    url.query_pairs_mut().extend_pairs(told).extend_pairs(state.map(|state| ("state", state)));
    url.into()
}
