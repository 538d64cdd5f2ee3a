//! Replies to an interaction after its first answer: for fifteen minutes, with the interaction's own token.
//!
//! See [Discord Docs/Followup Messages](https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages).

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use twilight_http::{
    request::{Form, Request},
    routing::Route,
};
use twilight_model::id::{
    Id,
    marker::{ApplicationMarker, MessageMarker},
};

use super::{Call, Discord, write::SentMessage};

/// A file that goes out with a message, of at most 10 MiB.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Upload {
    /// What is in it.
    pub content: Vec<u8>,
    /// Its name, of letters, digits, dots and dashes alone.
    pub name: String,
}

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

    /// Changes the first answer to an interaction, or fills in a deferred one, with files: at most ten. They take the place of those that
    /// it had.
    ///
    /// An expired token gives [`super::Gone::Webhook`].
    pub fn edit_original_with_files(
        &self,
        application: Id<ApplicationMarker>,
        token: &SecretString,
        body: &Value,
        files: &[Upload],
    ) -> Call<'_, ()> {
        let route = Route::UpdateInteractionOriginal {
            application_id: application.get(),
            interaction_token: token.expose_secret(),
        };
        let form = with_files(body, files);
        self.done(Request::builder(&route).form(form).use_authorization_token(false).build())
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

/// A message and its files as a form. See [Discord Docs/Uploading Files](https://docs.discord.com/developers/reference#uploading-files).
fn with_files(body: &Value, files: &[Upload]) -> Form {
    let attachments: Vec<Value> = files
        .iter()
        .enumerate()
        .map(|(number, file)| json!({ "filename": file.name, "id": number.to_string() }))
        .collect();
    let mut body = body.clone();
    body["attachments"] = attachments.into();
    let form = Form::new().json_part(b"payload_json", body.to_string().as_bytes());
    files.iter().enumerate().fold(form, |form, (number, file)| {
        form.file_part(format!("files[{number}]").as_bytes(), file.name.as_bytes(), &file.content)
    })
}
