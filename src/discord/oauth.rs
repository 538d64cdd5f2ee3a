//! OAuth2: the address of Discord's authorize page, and what its code is exchanged for.
//!
//! See [Discord Docs/OAuth2](https://docs.discord.com/developers/topics/oauth2).

use std::{fmt, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::{RequestBuilder, StatusCode, Url, header::USER_AGENT};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{ApplicationMarker, GuildMarker, UserMarker},
    },
};

/// The longest answer that is read, in bytes: a large guild with 250 roles stays far below it.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// What is asked of a person on Discord's authorize page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Consent {
    /// To add the app to a server.
    Install {
        /// What it shall be allowed to do there.
        permissions: Permissions,
        /// The server to choose; any when there is none.
        server: Option<Id<GuildMarker>>,
    },
    /// To tell who they are, with their e-mail address.
    Identify,
}

/// What a code was exchanged for.
#[derive(Debug)]
pub struct Grant {
    /// The server that the app was added to. Trustworthy, unlike the one that the browser brings.
    pub guild: Option<AddedTo>,
    /// What asks Discord who the person is.
    pub token: SecretString,
}

/// The server that the app was added to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct AddedTo {
    /// Its snowflake.
    pub id: Id<GuildMarker>,
    /// Its name.
    pub name: String,
    /// Its preferred locale.
    pub preferred_locale: Option<String>,
    #[serde(default)]
    roles: Vec<GrantedRole>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
struct GrantedRole {
    permissions: Permissions,
    tags: Option<RoleTags>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
struct RoleTags {
    bot_id: Option<Id<UserMarker>>,
}

impl AddedTo {
    /// What was granted to the app there: the permissions of its own role, where Discord shows it.
    #[must_use]
    pub fn granted(&self, application: Id<ApplicationMarker>) -> Option<Permissions> {
        let own = |role: &&GrantedRole| {
            role.tags.as_ref().is_some_and(|tags| tags.bot_id == Some(application.cast()))
        };
        self.roles.iter().find(own).map(|role| role.permissions)
    }
}

/// Who authorised the app, as Discord vouches.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Identity {
    /// Their e-mail address, where they let it be seen and have one.
    pub email: Option<String>,
    /// The name that they show everywhere.
    pub global_name: Option<String>,
    /// Their snowflake.
    pub id: Id<UserMarker>,
    /// Their username.
    pub username: String,
    /// Whether the address is known to be theirs.
    #[serde(default)]
    pub verified: bool,
}

/// Why Discord's side of a way through OAuth failed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum OAuthError {
    /// The answer lacks something, or can't be read.
    #[error("Discord's answer lacks what it should have: {0}")]
    Incomplete(String),
    /// The code was used before, is too old, or was never given out.
    #[error("Discord doesn't know the code")]
    InvalidCode,
    /// The client secret, the redirect URL or something else on our side is wrong.
    #[error("Discord refused the application: {0}")]
    Refused(String),
    /// Discord is away, overloaded or too slow.
    #[error("Discord didn't answer: {0}")]
    Unavailable(String),
}

/// Discord's side of a way through OAuth.
pub trait OAuthPort: Send + Sync {
    /// The address of the authorize page that asks for `consent` and brings `state` back.
    fn authorize(&self, consent: Consent, state: &str) -> Url;

    /// Exchanges the code that the browser brought.
    fn exchange<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<Grant, OAuthError>>;

    /// Who gave the token.
    fn identity<'a>(&'a self, token: &'a SecretString) -> BoxFuture<'a, Result<Identity, OAuthError>>;
}

/// What an [`OAuth`] is made of.
#[derive(Debug)]
pub struct OAuthSetup {
    /// The application.
    pub application: Id<ApplicationMarker>,
    /// Scheme and host of the API and the authorize page.
    pub base: Url,
    /// The application's client secret.
    pub client_secret: SecretString,
    /// How long a call may take.
    pub deadline: Duration,
    /// Where people read about this app; Discord wants it in every request.
    pub homepage: Url,
    /// The client to send with, made by [`super::client`].
    pub http: reqwest::Client,
    /// Where the authorize page sends the browser, as the portal knows it.
    pub redirect: String,
}

/// Discord's OAuth2, through HTTP.
pub struct OAuth(OAuthSetup);

impl OAuth {
    /// One of these parts.
    #[must_use]
    pub const fn new(setup: OAuthSetup) -> Self {
        Self(setup)
    }

    /// Whether Discord takes the client secret. Changes nothing: it ends a token that nobody has.
    ///
    /// # Errors
    ///
    /// [`OAuthError::Refused`] for a wrong secret; [`OAuthError::Unavailable`] when it can't be told.
    pub async fn check_secret(&self) -> Result<(), OAuthError> {
        let request = self.as_client("/api/oauth2/token/revoke", &[("token", "none")]);
        let (status, body) = self.send(request).await?;
        judge::<serde::de::IgnoredAny>(status, &body).map(drop)
    }

    /// A form that the application itself sends.
    fn as_client(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        let secret = self.0.client_secret.expose_secret();
        self.0.http.post(self.url(path)).form(form).basic_auth(self.0.application, Some(secret))
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.0.base.clone();
        url.set_path(path);
        url
    }

    /// Sends a request, once, and reads its answer up to a bound.
    async fn send(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), OAuthError> {
        let away = |error: reqwest::Error| OAuthError::Unavailable(reason(error));
        let request = request.header(USER_AGENT, super::user_agent(&self.0.homepage));
        let mut response = request.timeout(self.0.deadline).send().await.map_err(away)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(away)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(OAuthError::Incomplete("it is too long".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((response.status(), body))
    }
}

impl OAuthPort for OAuth {
    fn authorize(&self, consent: Consent, state: &str) -> Url {
        let mut url = self.url("/oauth2/authorize");
        let mut query = url.query_pairs_mut();
        query
            .append_pair("client_id", &self.0.application.to_string())
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", &self.0.redirect)
            .append_pair("state", state);
        match consent {
            Consent::Identify => {
                query.append_pair("scope", "identify email");
            }
            Consent::Install { permissions, server } => {
                query
                    .append_pair("scope", "bot applications.commands identify")
                    .append_pair("permissions", &permissions.bits().to_string());
                if let Some(server) = server {
                    query
                        .append_pair("guild_id", &server.to_string())
                        .append_pair("disable_guild_select", "true");
                }
            }
        }
        drop(query);
        url
    }

    fn exchange<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<Grant, OAuthError>> {
        #[derive(Deserialize)]
        struct Answer {
            access_token: String,
            guild: Option<AddedTo>,
        }
        let form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", &self.0.redirect)];
        let request = self.as_client("/api/oauth2/token", &form);
        async move {
            let (status, body) = self.send(request).await?;
            let Answer { access_token, guild } = judge(status, &body)?;
            Ok(Grant { guild, token: access_token.into() })
        }
        .boxed()
    }

    fn identity<'a>(&'a self, token: &'a SecretString) -> BoxFuture<'a, Result<Identity, OAuthError>> {
        let request = self.0.http.get(self.url("/api/v10/users/@me")).bearer_auth(token.expose_secret());
        async move {
            let (status, body) = self.send(request).await?;
            judge(status, &body)
        }
        .boxed()
    }
}

/// Why there is no answer. The error's own text leaves that out.
fn reason(error: reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    let kind = if error.is_connect() { "no connection" } else { "the connection broke" };
    format!("{kind} ({})", error.without_url())
}

/// What an answer says. Nothing of its text is kept but an error's name: it may hold secrets.
fn judge<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, OAuthError> {
    #[derive(Default, Deserialize)]
    struct Refusal {
        #[serde(default)]
        error: String,
    }
    if status.is_success() {
        return serde_json::from_slice(body).map_err(|error| {
            // A missing field's name stands in the text; a value never does where it is missing.
            let field = error.to_string().split('`').nth(1).filter(|_| error.is_data()).map(str::to_owned);
            OAuthError::Incomplete(field.unwrap_or_else(|| format!("line {}", error.line())))
        });
    }
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(OAuthError::Unavailable(status.to_string()));
    }
    match serde_json::from_slice::<Refusal>(body).unwrap_or_default().error.as_str() {
        "invalid_grant" => Err(OAuthError::InvalidCode),
        "" => Err(OAuthError::Refused(status.to_string())),
        error => Err(OAuthError::Refused(error.chars().take(60).collect())),
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{Value, json};

    use super::*;
    use crate::discord::{
        client,
        testing::{Reply, Server, tls},
    };

    async fn oauth(replies: impl IntoIterator<Item = Reply>) -> (Server, OAuth) {
        let server = Server::start(replies).await;
        tls();
        let setup = OAuthSetup {
            application: Id::new(9),
            base: server.url().parse().unwrap(),
            client_secret: "hush".into(),
            deadline: Duration::from_millis(300),
            homepage: "https://owls.example/".parse().unwrap(),
            http: client().unwrap(),
            redirect: "https://owls.example/oauth/callback".to_owned(),
        };
        (server, OAuth::new(setup))
    }

    #[tokio::test]
    async fn the_authorize_page_is_asked_for_what_is_needed_and_no_more() {
        let (server, oauth) = oauth([]).await;
        let permissions = Permissions::CONNECT | Permissions::SPEAK;
        let install = oauth.authorize(Consent::Install { permissions, server: None }, "s t");
        let query = "client_id=9&response_type=code&redirect_uri=https%3A%2F%2Fowls.example%2Foauth%2Fcallback&state=s+t";
        let expected = format!(
            "{}/oauth2/authorize?{query}&scope=bot+applications.commands+identify&permissions=3145728",
            server.url()
        );
        assert_eq!(install.as_str(), expected);
        let there = oauth.authorize(Consent::Install { permissions, server: Some(Id::new(7)) }, "s t");
        assert_eq!(there.as_str(), format!("{expected}&guild_id=7&disable_guild_select=true"));
        let link = oauth.authorize(Consent::Identify, "s t");
        assert_eq!(link.as_str(), format!("{}/oauth2/authorize?{query}&scope=identify+email", server.url()));
    }

    #[tokio::test]
    async fn a_code_is_exchanged_for_the_guild_and_what_was_granted_there() {
        let roles = json!([
            { "id": "1", "permissions": "8" },
            { "id": "2", "permissions": "16", "tags": { "bot_id": "5" } },
            { "id": "3", "permissions": "1024", "tags": { "bot_id": "9" } },
        ]);
        let guild = json!({ "id": "1", "name": "Owls", "preferred_locale": "en-GB", "roles": roles });
        let answer = json!({ "access_token": "t", "token_type": "Bearer", "guild": guild });
        let (server, oauth) = oauth([Reply::json(200, &answer)]).await;
        let grant = oauth.exchange("the code").await.unwrap();
        let guild = grant.guild.unwrap();
        assert_eq!((guild.id, guild.name.as_str()), (Id::new(1), "Owls"));
        assert_eq!(guild.granted(Id::new(9)), Some(Permissions::VIEW_CHANNEL));
        assert_eq!(guild.granted(Id::new(4)), None);
        let seen = server.seen().remove(0);
        assert_eq!(seen.line, "POST /api/oauth2/token");
        assert_eq!(seen.headers["authorization"], "Basic OTpodXNo");
        let agent = format!("DiscordBot (https://owls.example/, {})", env!("CARGO_PKG_VERSION"));
        assert_eq!(seen.headers["user-agent"], agent);
    }

    #[tokio::test]
    async fn what_goes_wrong_is_told_apart() {
        let refused = |error: &str| Reply::json(400, &json!({ "error": error }));
        type Check = fn(&OAuthError) -> bool;
        let cases: [(Reply, Check); 7] = [
            (refused("invalid_grant"), |error| *error == OAuthError::InvalidCode),
            (refused("invalid_client"), |error| *error == OAuthError::Refused("invalid_client".into())),
            (Reply::json(200, &json!({})), |error| *error == OAuthError::Incomplete("access_token".into())),
            (Reply::json(200, &Value::Null), |error| matches!(error, OAuthError::Incomplete(_))),
            (Reply::json(503, &Value::Null), |error| matches!(error, OAuthError::Unavailable(_))),
            (Reply::Drop, |error| matches!(error, OAuthError::Unavailable(_))),
            (Reply::Hang, |error| matches!(error, OAuthError::Unavailable(_))),
        ];
        for (reply, is_expected) in cases {
            let (_server, oauth) = oauth([reply.clone()]).await;
            let error = oauth.exchange("c").await.unwrap_err();
            assert!(is_expected(&error), "{reply:?}: {error:?}");
            assert!(!format!("{error:?} {error}").contains("hush"));
        }
    }

    #[tokio::test]
    async fn an_identity_without_its_id_is_none() {
        let (_server, whole) = oauth([Reply::json(200, &json!({ "id": "7", "username": "ana" }))]).await;
        let identity = whole.identity(&"t".into()).await.unwrap();
        assert_eq!((identity.id, identity.email, identity.verified), (Id::new(7), None, false));
        let (_server, bare) = oauth([Reply::json(200, &json!({ "username": "ana" }))]).await;
        assert_eq!(bare.identity(&"t".into()).await.unwrap_err(), OAuthError::Incomplete("id".into()));
    }
}
