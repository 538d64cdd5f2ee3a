//! What a request is aimed at: the bucket it counts in, and a name for it that may be logged.

use sha2::{Digest, Sha256};
use twilight_http::request::Request;
use twilight_http_ratelimiting::Endpoint;

/// Where a request goes, apart from its query.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Target {
    /// Method and path for people. Ids are kept, the token of an interaction is not.
    pub(super) label: String,
    /// Method, route and major parameter: what a 429 is about.
    pub(super) bucket: String,
    /// What the limiter knows it by. `None` for interaction tokens: their replies don't count towards the limit
    /// of the bot, each lives for minutes only, and the limiter logs the paths it is given.
    pub(super) endpoint: Option<Endpoint>,
    /// Whether the request bears the bot's token.
    pub(super) bears_token: bool,
    /// The interaction token inside the path, to be kept out of every message.
    pub(super) secret: Option<String>,
}

impl Target {
    /// Takes a request's path apart.
    ///
    /// The major parameters are the guild's, the channel's and the webhook's id with its token. See
    /// [Discord Docs/Rate Limits](https://docs.discord.com/developers/topics/rate-limits).
    pub(super) fn of(request: &Request) -> Self {
        let method = request.method().name();
        let path = request.path().split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.split('/').collect();
        let secret = (segments[0] == "webhooks").then(|| segments.get(2).copied()).flatten();
        let is_major = matches!(segments[0], "channels" | "guilds" | "webhooks");

        let label = segments.iter().map(|s| if Some(*s) == secret { "…" } else { s });
        let label = label.collect::<Vec<_>>().join("/");
        let bucket = segments.iter().enumerate().map(|(at, segment)| match segment {
            s if Some(*s) == secret => fingerprint(s),
            s if at == 1 && is_major => (*s).to_owned(),
            s if s.bytes().all(|b| b.is_ascii_digit()) => ":id".to_owned(),
            s => (*s).to_owned(),
        });
        let bucket = bucket.collect::<Vec<_>>().join("/");
        // By its route and major parameter, so that what the limiter learns from one call holds for the next one.
        let endpoint = Endpoint { method: request.method(), path: bucket.clone() };

        Self {
            label: format!("{method} /{label}"),
            bucket: format!("{method} /{bucket}"),
            endpoint: secret.is_none().then_some(endpoint),
            bears_token: request.use_authorization_token(),
            secret: secret.map(str::to_owned),
        }
    }
}

/// Tells one token from another without holding it.
fn fingerprint(token: &str) -> String {
    hex::encode(&Sha256::digest(token)[..8])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use twilight_http::routing::Route;

    use super::*;

    fn target(route: &Route<'_>) -> Target {
        Target::of(&Request::from_route(route))
    }

    #[test]
    fn messages_of_one_channel_share_a_bucket_and_channels_do_not() {
        let edit = |channel_id, message_id| target(&Route::UpdateMessage { channel_id, message_id }).bucket;
        assert_eq!(edit(1, 2), "PATCH /channels/1/messages/:id");
        assert_eq!(edit(1, 2), edit(1, 3));
        assert_ne!(edit(1, 2), edit(4, 2));
        assert_eq!(target(&Route::UpdateChannel { channel_id: 1 }).bucket, "PATCH /channels/1");
        let overwrite = target(&Route::UpdatePermissionOverwrite { channel_id: 1, target_id: 7 });
        assert_eq!(overwrite.bucket, "PUT /channels/1/permissions/:id");
        assert_eq!(overwrite.label, "PUT /channels/1/permissions/7");
    }

    #[test]
    fn what_the_limiter_learns_of_one_member_holds_for_all() {
        let grant =
            |guild_id, user_id| target(&Route::AddMemberRole { guild_id, role_id: 3, user_id }).endpoint;
        assert_eq!(grant(1, 2).unwrap().path, "guilds/1/members/:id/roles/:id");
        assert_eq!(grant(1, 2), grant(1, 4));
        assert_ne!(grant(1, 2), grant(5, 2));
    }

    #[test]
    fn the_query_belongs_to_nothing() {
        let read = target(&Route::GetMessages {
            after: Some(5),
            around: None,
            before: None,
            channel_id: 1,
            limit: Some(100),
        });
        assert_eq!(read.label, "GET /channels/1/messages");
        assert_eq!(read.endpoint.unwrap().path, "channels/1/messages");
    }

    #[test]
    fn an_interaction_token_shows_nowhere_but_in_secret() {
        let token = "aW50ZXJhY3Rpb246MTIz";
        let reply = target(&Route::UpdateInteractionOriginal { application_id: 9, interaction_token: token });
        assert_eq!(reply.label, "PATCH /webhooks/9/…/messages/@original");
        assert_eq!(reply.secret.as_deref(), Some(token));
        assert!(!reply.bucket.contains(token), "{}", reply.bucket);
        assert_eq!(reply.endpoint, None);
        let other = target(&Route::UpdateInteractionOriginal { application_id: 9, interaction_token: "b" });
        assert_ne!(reply.bucket, other.bucket);
    }
}
