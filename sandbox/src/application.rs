//! The application that is under test, as the developer portal shows it.

use ed25519_dalek::SigningKey;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::Snowflake;

/// The application that is under test: what the developer portal hands its owner.
#[derive(Clone, Debug)]
pub struct Application {
    /// `DISCORD_APPLICATION_ID`.
    pub id: Snowflake,
    /// The name people see.
    pub name: String,
    /// `DISCORD_PUBLIC_KEY`: the Ed25519 key that verifies interactions, 64 hexadecimal digits.
    pub public_key_hex: String,
    /// `DISCORD_BOT_TOKEN`.
    pub bot_token: String,
    /// `DISCORD_CLIENT_SECRET`.
    pub client_secret: String,
    /// The bot's user.
    pub bot_user_id: Snowflake,
}

impl Application {
    /// An application with this id, and the key Discord signs its interactions with.
    pub(crate) fn new(id: Snowflake, bot_user_id: Snowflake, seed: u64) -> (Self, SigningKey) {
        let mut random = StdRng::seed_from_u64(seed);
        let key = SigningKey::from_bytes(&random.random());
        let application = Self {
            id,
            name: "Simlane".to_owned(),
            public_key_hex: hex::encode(key.verifying_key().to_bytes()),
            bot_token: format!(
                "{}.{}",
                hex::encode(id.to_string()),
                hex::encode(random.random::<[u8; 20]>())
            ),
            client_secret: hex::encode(random.random::<[u8; 16]>()),
            bot_user_id,
        };
        (application, key)
    }
}
