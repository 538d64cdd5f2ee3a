//! Every route that the sandbox answers.

use std::time::Duration;

use percent_encoding::percent_decode_str;

use super::{
    Handler, channels, commands, guilds, members, messages, overwrites, pins, roles, scheduled,
    thread_members, threads, users, voice,
};
use crate::{interaction::webhooks, limits::Size, oauth};

/// A route: what it is called, what answers it, and how often it may be asked.
pub(super) struct Route {
    pub(super) method: &'static str,
    pub(super) template: &'static str,
    pub(super) handler: Handler,
    /// Routes with the same name share a limit for each channel, guild or webhook.
    pub(super) bucket: &'static str,
    pub(super) size: Size,
    pub(super) of: Whose,
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The bot, by its token; what it asks counts towards the limit over all routes.
    Bot,
    /// The bot, or a person by an access token of theirs.
    BotOrPerson,
    /// A person, by an access token of theirs.
    Person,
    /// Whoever knows the token in the path.
    Webhook,
    /// The application, by its secret: it sends forms, and Discord's description doesn't speak of it.
    Application,
}

const fn of_bot(
    method: &'static str,
    template: &'static str,
    handler: Handler,
    bucket: &'static str,
    (requests, seconds): (u32, u64),
) -> Route {
    let size = Size { requests, per: Duration::from_secs(seconds) };
    Route { method, template, handler, bucket, size, of: Whose::Bot }
}

const fn of_webhook(
    method: &'static str,
    template: &'static str,
    handler: Handler,
    bucket: &'static str,
) -> Route {
    Route { of: Whose::Webhook, ..of_bot(method, template, handler, bucket, (5, 2)) }
}

const fn of_others(of: Whose, method: &'static str, template: &'static str, handler: Handler) -> Route {
    Route { of, ..of_bot(method, template, handler, template, (10, 10)) }
}

/// A scheduled event of a guild.
const SCHEDULED: &str = "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}";

/// The archived threads of a channel.
const ARCHIVED_PUBLIC: &str = "/channels/{channel_id}/threads/archived/public";
const ARCHIVED_PRIVATE: &str = "/channels/{channel_id}/threads/archived/private";
/// Who is in a thread, and the bot itself.
const THREAD_MEMBERS: &str = "/channels/{channel_id}/thread-members";
const THREAD_MEMBER: &str = "/channels/{channel_id}/thread-members/{user_id}";
const IN_THREAD: &str = "/channels/{channel_id}/thread-members/@me";
/// The pinned messages of a channel. Their paths fit those of messages too, so they come before them.
const PINS: &str = "/channels/{channel_id}/messages/pins";
const PIN: &str = "/channels/{channel_id}/messages/pins/{message_id}";

/// The sizes are of the order of the real ones, which Discord doesn't publish and changes at will.
static ROUTES: &[Route] = &[
    of_others(Whose::BotOrPerson, "GET", "/users/@me", users::me),
    of_bot("GET", "/users/@me/guilds", users::guilds, "my-guilds", (10, 10)),
    of_others(Whose::Person, "GET", "/oauth2/@me", oauth::authorization),
    of_others(Whose::Application, "POST", "/oauth2/token", oauth::exchange),
    of_others(Whose::Application, "POST", "/oauth2/token/revoke", oauth::revoke),
    of_bot("GET", "/applications/@me", users::application, "application", (10, 10)),
    of_bot("GET", "/applications/{application_id}/commands", commands::list, "commands", (10, 10)),
    of_bot("PUT", "/applications/{application_id}/commands", commands::overwrite, "commands-put", (5, 20)),
    of_bot("GET", "/guilds/{guild_id}", guilds::get, "guild", (10, 10)),
    of_bot("GET", "/guilds/{guild_id}/channels", guilds::channels, "guild-channels", (10, 10)),
    of_bot("POST", "/guilds/{guild_id}/channels", guilds::create_channel, "channel-create", (50, 10)),
    of_bot("GET", "/guilds/{guild_id}/roles", roles::list, "roles", (10, 10)),
    of_bot("POST", "/guilds/{guild_id}/roles", roles::create, "role-create", (10, 10)),
    of_bot("PATCH", "/guilds/{guild_id}/roles/{role_id}", roles::update, "role-edit", (10, 10)),
    of_bot("DELETE", "/guilds/{guild_id}/roles/{role_id}", roles::delete, "role-delete", (10, 10)),
    of_bot("GET", "/guilds/{guild_id}/members", members::list, "members", (10, 10)),
    of_bot("GET", "/guilds/{guild_id}/members/search", members::search, "members-search", (10, 10)),
    of_bot("GET", "/guilds/{guild_id}/members/{user_id}", members::get, "member", (10, 10)),
    of_bot(
        "PUT",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        members::give,
        "member-roles",
        (10, 10),
    ),
    of_bot(
        "DELETE",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        members::take,
        "member-roles",
        (10, 10),
    ),
    of_bot("GET", "/guilds/{guild_id}/scheduled-events", scheduled::list, "scheduled-events", (10, 10)),
    of_bot(
        "POST",
        "/guilds/{guild_id}/scheduled-events",
        scheduled::create,
        "scheduled-event-create",
        (5, 60),
    ),
    of_bot("GET", SCHEDULED, scheduled::get, "scheduled-event", (10, 10)),
    of_bot("PATCH", SCHEDULED, scheduled::update, "scheduled-event-edit", (5, 60)),
    of_bot("DELETE", SCHEDULED, scheduled::delete, "scheduled-event-delete", (5, 60)),
    of_bot("GET", "/guilds/{guild_id}/threads/active", threads::active, "active-threads", (10, 10)),
    of_bot("GET", "/guilds/{guild_id}/voice-states/{user_id}", voice::get, "voice-state", (10, 10)),
    of_bot("GET", "/guilds/{guild_id}/audit-logs", guilds::audit_log, "audit-log", (10, 10)),
    of_bot("GET", "/channels/{channel_id}", channels::get, "channel", (10, 10)),
    of_bot("PATCH", "/channels/{channel_id}", channels::update, "channel-edit", (5, 15)),
    of_bot("DELETE", "/channels/{channel_id}", channels::delete, "channel-delete", (5, 15)),
    of_bot(
        "PUT",
        "/channels/{channel_id}/permissions/{overwrite_id}",
        overwrites::put,
        "overwrites",
        (10, 15),
    ),
    of_bot(
        "DELETE",
        "/channels/{channel_id}/permissions/{overwrite_id}",
        overwrites::delete,
        "overwrites",
        (10, 15),
    ),
    of_bot("POST", "/channels/{channel_id}/threads", threads::create, "thread-create", (50, 300)),
    of_bot("GET", ARCHIVED_PUBLIC, threads::archived_public, "archived-threads", (5, 5)),
    of_bot("GET", ARCHIVED_PRIVATE, threads::archived_private, "archived-threads", (5, 5)),
    of_bot("GET", THREAD_MEMBERS, thread_members::list, "thread-members", (10, 10)),
    of_bot("PUT", IN_THREAD, thread_members::join, "thread-member-edit", (5, 5)),
    of_bot("DELETE", IN_THREAD, thread_members::leave, "thread-member-edit", (5, 5)),
    of_bot("GET", THREAD_MEMBER, thread_members::get, "thread-member", (5, 5)),
    of_bot("PUT", THREAD_MEMBER, thread_members::add, "thread-member-edit", (5, 5)),
    of_bot("DELETE", THREAD_MEMBER, thread_members::remove, "thread-member-edit", (5, 5)),
    of_bot("GET", PINS, pins::list, "pins", (5, 5)),
    of_bot("PUT", PIN, pins::pin, "pin", (5, 4)),
    of_bot("DELETE", PIN, pins::unpin, "pin", (5, 4)),
    of_bot("GET", "/channels/{channel_id}/messages", messages::list, "messages", (5, 5)),
    of_bot("POST", "/channels/{channel_id}/messages", messages::create, "message-create", (5, 5)),
    of_bot("GET", "/channels/{channel_id}/messages/{message_id}", messages::get, "message", (5, 5)),
    of_bot("PATCH", "/channels/{channel_id}/messages/{message_id}", messages::edit, "message-edit", (5, 5)),
    of_bot(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}",
        messages::delete,
        "message-delete",
        (5, 1),
    ),
    of_webhook(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        webhooks::callback,
        "callback",
    ),
    of_webhook("POST", "/webhooks/{webhook_id}/{webhook_token}", webhooks::execute, "webhook"),
    of_webhook(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::get_message,
        "webhook",
    ),
    of_webhook(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::edit_message,
        "webhook",
    ),
    of_webhook(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::delete_message,
        "webhook",
    ),
    of_webhook(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::get_message,
        "webhook",
    ),
    of_webhook(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::edit_message,
        "webhook",
    ),
    of_webhook(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::delete_message,
        "webhook",
    ),
];

/// Method and template of every route.
pub(crate) fn routes() -> impl Iterator<Item = String> {
    ROUTES.iter().map(|route| format!("{} {}", route.method, route.template))
}

/// The route of a method and a path, with the values of its parameters.
pub(super) fn find(method: &str, path: &str) -> Option<(&'static Route, Vec<(&'static str, String)>)> {
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .find_map(|route| Some((route, fit(route.template, path)?)))
}

fn fit(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    if template.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut params = Vec::new();
    for (expected, found) in template.split('/').zip(path.split('/')) {
        let found = percent_decode_str(found).decode_utf8_lossy();
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => params.push((name, found.into_owned())),
            // The first answer to an interaction stands where other messages have their id.
            None if expected == "@original" && found == "@original" => {
                params.push(("message_id", found.into_owned()))
            }
            None if expected == found => {}
            None => return None,
        }
    }
    Some(params)
}
