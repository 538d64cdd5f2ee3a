//! Secrets of our own: the key that signs and seals, and the operator's token.

use std::fmt;
use std::sync::Arc;

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::env::Env;
use super::net::PublicUrl;
use crate::base::ids::Ids;

const KEY_EXAMPLE: &str = "the output of: openssl rand -hex 32";

/// `SECRET_KEY`: 32 bytes from which every key of ours is derived. Cheap to clone; prints nothing of itself.
#[derive(Clone)]
pub struct SecretKey {
    bytes: Arc<SecretBox<[u8; 32]>>,
    ephemeral: bool,
}

impl SecretKey {
    pub(super) fn read(env: &mut Env<'_>, public_url: Option<&PublicUrl>, ids: &Ids) -> Option<Self> {
        match env.optional("SECRET_KEY", KEY_EXAMPLE, Self::parse)? {
            Some(key) => Some(key),
            None if public_url.is_none_or(PublicUrl::is_local) => {
                Some(Self { bytes: Arc::new(SecretBox::new(Box::new(ids.bytes()))), ephemeral: true })
            }
            None => {
                env.fault("SECRET_KEY", "is not set, but PUBLIC_URL is not this machine", KEY_EXAMPLE);
                None
            }
        }
    }

    fn parse(value: &str) -> Result<Self, String> {
        let mut bytes = Box::new([0; 32]);
        hex::decode_to_slice(value, bytes.as_mut_slice())
            .map_err(|_| "is not 32 bytes in hexadecimal (64 digits)".to_owned())?;
        if bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err("is one byte repeated; anyone could guess it".to_owned());
        }
        Ok(Self { bytes: Arc::new(SecretBox::new(bytes)), ephemeral: false })
    }

    /// A key that is given, for tests and stand-ins.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self { bytes: Arc::new(SecretBox::new(Box::new(bytes))), ephemeral: false }
    }

    /// Whether this start drew the key, so that what it signs and seals dies with the process.
    #[must_use]
    pub const fn is_ephemeral(&self) -> bool {
        self.ephemeral
    }

    /// The key for one purpose. Keys of different purposes tell nothing of each other.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // Expanding fails only beyond 255 blocks; this asks for one.
        let _ = Hkdf::<Sha256>::new(Some(b"simlane"), self.bytes.expose_secret())
            .expand(purpose.as_bytes(), &mut key);
        key
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = if self.ephemeral { "drawn at start" } else { "set" };
        write!(f, "SecretKey({origin})")
    }
}

/// `OPERATOR_TOKEN`: the operator's bearer token.
#[derive(Clone, Debug)]
pub struct OperatorToken(SecretString);

impl OperatorToken {
    /// Shorter ones can be guessed by trying.
    const MIN_CHARS: usize = 16;

    #[allow(clippy::option_option, reason = "the two levels say different things: faulty, and unset")]
    pub(super) fn read(env: &mut Env<'_>) -> Option<Option<Self>> {
        env.optional("OPERATOR_TOKEN", KEY_EXAMPLE, |value| {
            if value.len() < Self::MIN_CHARS || value.chars().any(|c| !c.is_ascii_graphic()) {
                return Err(format!("is not at least {} letters, digits and signs", Self::MIN_CHARS));
            }
            Ok(Self(value.into()))
        })
    }

    /// Whether `presented` is the token; the time it takes tells nothing of either.
    #[must_use]
    pub fn matches(&self, presented: &str) -> bool {
        let ours = Sha256::digest(self.0.expose_secret());
        let theirs = Sha256::digest(presented);
        ours.as_slice().ct_eq(theirs.as_slice()).into()
    }
}
