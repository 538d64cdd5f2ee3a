//! The Discord application, as its developer portal shows it.

use std::num::NonZeroU64;

use ed25519_dalek::VerifyingKey;
use secrecy::SecretString;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;

use super::env::Env;
use super::net::http_url;

/// The application's identity and secrets, and where Discord is.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// The application's id, which is also the id of its bot user.
    pub application_id: Id<ApplicationMarker>,
    /// Verifies interactions and webhook events; decompressed once, here.
    pub public_key: VerifyingKey,
    /// The bot's token, without the `Bot ` before it.
    pub bot_token: SecretString,
    /// The OAuth2 client secret.
    pub client_secret: SecretString,
    /// Where Discord's API and authorize page are.
    pub api_url: ApiUrl,
}

impl DiscordConfig {
    pub(super) fn read(env: &mut Env<'_>) -> Option<Self> {
        let application_id = env.required("DISCORD_APPLICATION_ID", "1174000000000000000", application_id);
        let public_key = env.required(
            "DISCORD_PUBLIC_KEY",
            "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
            public_key,
        );
        let bot_token = env.required("DISCORD_BOT_TOKEN", "the token from the portal's Bot page", secret);
        let client_secret =
            env.required("DISCORD_CLIENT_SECRET", "the client secret from the portal's OAuth2 page", secret);
        let api_url = env.or_default("DISCORD_API_URL", "https://discord.com", ApiUrl::parse);
        Some(Self {
            application_id: application_id?,
            public_key: public_key?,
            bot_token: bot_token?,
            client_secret: client_secret?,
            api_url: api_url?,
        })
    }
}

fn application_id(value: &str) -> Result<Id<ApplicationMarker>, String> {
    let id: NonZeroU64 =
        value.parse().map_err(|_| "is not an id, the long number from General Information".to_owned())?;
    Ok(Id::from(id))
}

fn public_key(value: &str) -> Result<VerifyingKey, String> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(value, &mut bytes)
        .map_err(|_| "is not 64 hexadecimal digits, as General Information shows them".to_owned())?;
    match VerifyingKey::from_bytes(&bytes) {
        Ok(key) if !key.is_weak() => Ok(key),
        _ => Err("is not an Ed25519 public key".to_owned()),
    }
}

/// Whitespace would make an invalid header; the usual cause is a pasted `Bot ` or a broken line.
fn secret(value: &str) -> Result<SecretString, String> {
    if value.chars().any(|c| c.is_whitespace() || c.is_control() || !c.is_ascii()) {
        return Err("has a space or another character that no Discord secret has".to_owned());
    }
    Ok(value.into())
}

/// Scheme and host of Discord's API and authorize page; without a path, never ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiUrl {
    origin: String,
    authority: String,
    https: bool,
}

impl ApiUrl {
    /// Reads scheme and host.
    ///
    /// # Errors
    /// What is wrong with it, to follow its name.
    pub fn parse(value: &str) -> Result<Self, String> {
        let url = http_url(value)?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err("has a path; give scheme and host only".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self {
            origin: format!("{}://{authority}", url.scheme()),
            authority,
            https: url.scheme() == "https",
        })
    }

    /// Scheme and host: `https://discord.com`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    /// Host and, where it is not the scheme's own, port: `discord.com`, `127.0.0.1:9000`.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether it is reached over TLS.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.https
    }
}
