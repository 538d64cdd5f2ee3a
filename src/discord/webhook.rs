//! Replies to an interaction after its first answer: for fifteen minutes, with the interaction's own token.
//!
//! See [Discord Docs/Followup Messages](https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages).

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use twilight_http::{request::Request, routing::Route};
use twilight_model::id::{
    Id,
    marker::{ApplicationMarker, MessageMarker},
};

use super::{Call, Discord, write::SentMessage};

impl Discord {
    /// Changes the first answer to an interaction, or fills in a deferred one.
    ///
    /// An expired token gives [`super::Gone::Webhook`].
    pub fn edit_original(
        &self,
        application: Id<ApplicationMarker>,
        token: &SecretString,
        body: &Value,
    ) -> Call<'_, ()> {
        let route = Route::UpdateInteractionOriginal {
            application_id: application.get(),
            interaction_token: token.expose_secret(),
        };
        self.done(Request::builder(&route).json(body).use_authorization_token(false).build())
    }

    /// Adds a message to an interaction. There is no key against sending it twice.
    ///
    /// An expired token gives [`super::Gone::Webhook`].
    pub fn follow_up(
        &self,
        application: Id<ApplicationMarker>,
        token: &SecretString,
        body: &Value,
    ) -> Call<'_, Id<MessageMarker>> {
        let route = Route::ExecuteWebhook {
            thread_id: None,
            token: token.expose_secret(),
            wait: Some(true),
            webhook_id: application.get(),
            with_components: None,
        };
        let sent = Request::builder(&route).json(body).use_authorization_token(false).build();
        let sent = self.read::<SentMessage>(sent);
        Box::pin(async move { Ok(sent.await?.id) })
    }
}
