//! The port to read with. Nothing behind it can change anything on Discord.

use futures::FutureExt as _;
use jiff::Timestamp;
use serde::Deserialize;
use twilight_http::{
    request::{Request, TryIntoRequest as _},
    routing::Route,
};
use twilight_model::{
    guild::audit_log::AuditLogEventType,
    id::{
        Id,
        marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker},
    },
};

use crate::domain::snowflake;

use super::{
    Application, AuditEntry, BotUser, Call, Channel, Class, Discord, Error, Gone, Guild, Member, Message,
    Role, ScheduledEvent, built,
};

/// The most entries that Discord gives at a time, of the audit log and of messages.
const PAGE: u16 = 100;
/// The most guilds that it gives at a time.
const GUILDS_PAGE: u16 = 200;

/// The most members that it gives at a time.
pub const MEMBERS_PAGE: u16 = 1_000;

/// Reads what is on Discord now.
///
/// Each call asks once, the two that go on page by page aside. Errors are those of [`Error`].
pub trait ReadPort: Send + Sync {
    /// The application that the token belongs to.
    fn application(&self) -> Call<'_, Application>;

    /// The bot's own account.
    fn bot(&self) -> Call<'_, BotUser>;

    /// A guild.
    fn guild(&self, guild: Id<GuildMarker>) -> Call<'_, Guild>;

    /// Every guild that the bot is in.
    fn guilds(&self) -> Call<'_, Vec<Id<GuildMarker>>>;

    /// A guild's channels and categories, without its threads.
    fn guild_channels(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<Channel>>;

    /// A guild's roles.
    fn roles(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<Role>>;

    /// About how many members a guild has.
    fn guild_size(&self, guild: Id<GuildMarker>) -> Call<'_, Option<u32>>;

    /// A page of up to [`MEMBERS_PAGE`] members, bots too, by snowflake, after `after`. Needs the privileged intent for members.
    fn members(&self, guild: Id<GuildMarker>, after: Option<Id<UserMarker>>) -> Call<'_, Vec<Member>>;

    /// A guild's threads that aren't archived, as far as the bot sees them.
    fn active_threads(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<Channel>>;

    /// A guild's scheduled events, as far as the bot sees them.
    fn scheduled_events(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<ScheduledEvent>>;

    /// A person in a guild.
    fn member(&self, guild: Id<GuildMarker>, user: Id<UserMarker>) -> Call<'_, Member>;

    /// Whether a person is in a thread.
    fn is_in_thread(&self, thread: Id<ChannelMarker>, user: Id<UserMarker>) -> Call<'_, bool>;

    /// The voice channel that a person is connected to, if any, as far as the bot sees it.
    fn voice_channel(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
    ) -> Call<'_, Option<Id<ChannelMarker>>>;

    /// A channel, category or thread.
    fn channel(&self, channel: Id<ChannelMarker>) -> Call<'_, Channel>;

    /// A message.
    fn message(&self, channel: Id<ChannelMarker>, message: Id<MessageMarker>) -> Call<'_, Message>;

    /// What `user` did of one kind in a guild since an instant, oldest first; with `None`, what anybody did.
    fn audit_entries(
        &self,
        guild: Id<GuildMarker>,
        user: Option<Id<UserMarker>>,
        action: AuditLogEventType,
        since: Timestamp,
    ) -> Call<'_, Vec<AuditEntry>>;

    /// A channel's messages since an instant, oldest first.
    fn messages_since(&self, channel: Id<ChannelMarker>, since: Timestamp) -> Call<'_, Vec<Message>>;
}

impl ReadPort for Discord {
    fn application(&self) -> Call<'_, Application> {
        self.read(self.build.current_user_application().try_into_request())
    }

    fn bot(&self) -> Call<'_, BotUser> {
        self.read(self.build.current_user().try_into_request())
    }

    fn guild(&self, guild: Id<GuildMarker>) -> Call<'_, Guild> {
        self.read(self.build.guild(guild).try_into_request())
    }

    fn guilds(&self) -> Call<'_, Vec<Id<GuildMarker>>> {
        #[derive(Deserialize)]
        struct In {
            id: Id<GuildMarker>,
        }
        let page = move |after: u64| {
            let guilds = self.build.current_user_guilds().limit(GUILDS_PAGE);
            let guilds = Id::new_checked(after).into_iter().fold(guilds, |guilds, after| guilds.after(after));
            async move { self.transport.read::<Vec<In>>(built(guilds.try_into_request())?).await }
        };
        async move {
            let all = pages(0, GUILDS_PAGE, page, |one| one.id.get()).await?;
            Ok(all.into_iter().map(|one| one.id).collect())
        }
        .boxed()
    }

    fn guild_channels(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<Channel>> {
        self.read(self.build.guild_channels(guild).try_into_request())
    }

    fn roles(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<Role>> {
        self.read(self.build.roles(guild).try_into_request())
    }

    fn guild_size(&self, guild: Id<GuildMarker>) -> Call<'_, Option<u32>> {
        #[derive(Deserialize)]
        struct Counted {
            approximate_member_count: Option<u32>,
        }
        async move {
            let request = self.build.guild(guild).with_counts(true).try_into_request();
            let counted: Counted = self.transport.read(built(request)?).await?;
            Ok(counted.approximate_member_count)
        }
        .boxed()
    }

    fn active_threads(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<Channel>> {
        #[derive(Deserialize)]
        struct Listed {
            threads: Vec<Channel>,
        }
        let request = self.build.active_threads(guild).try_into_request();
        async move {
            let listed: Listed = self.transport.read(built(request)?).await?;
            Ok(listed.threads)
        }
        .boxed()
    }

    fn members(&self, guild: Id<GuildMarker>, after: Option<Id<UserMarker>>) -> Call<'_, Vec<Member>> {
        let page = self.build.guild_members(guild).limit(MEMBERS_PAGE);
        let page = after.into_iter().fold(page, |page, after| page.after(after));
        self.read(page.try_into_request())
    }

    fn scheduled_events(&self, guild: Id<GuildMarker>) -> Call<'_, Vec<ScheduledEvent>> {
        self.read(self.build.guild_scheduled_events(guild).try_into_request())
    }

    fn member(&self, guild: Id<GuildMarker>, user: Id<UserMarker>) -> Call<'_, Member> {
        self.read(self.build.guild_member(guild, user).try_into_request())
    }

    fn is_in_thread(&self, thread: Id<ChannelMarker>, user: Id<UserMarker>) -> Call<'_, bool> {
        let request = self.build.thread_member(thread, user).try_into_request();
        async move {
            match self.transport.send(built(request)?).await {
                Ok(_) => Ok(true),
                Err(error) if error.class() == Class::Gone(Gone::Member) => Ok(false),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }

    fn voice_channel(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
    ) -> Call<'_, Option<Id<ChannelMarker>>> {
        #[derive(Deserialize)]
        struct State {
            channel_id: Option<Id<ChannelMarker>>,
        }
        let request = self.build.user_voice_state(guild, user).try_into_request();
        async move {
            match self.transport.read::<State>(built(request)?).await {
                Ok(state) => Ok(state.channel_id),
                Err(error) if error.class() == Class::Gone(Gone::VoiceState) => Ok(None),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }

    fn channel(&self, channel: Id<ChannelMarker>) -> Call<'_, Channel> {
        self.read(self.build.channel(channel).try_into_request())
    }

    fn message(&self, channel: Id<ChannelMarker>, message: Id<MessageMarker>) -> Call<'_, Message> {
        self.read(self.build.message(channel, message).try_into_request())
    }

    fn audit_entries(
        &self,
        guild: Id<GuildMarker>,
        user: Option<Id<UserMarker>>,
        action: AuditLogEventType,
        since: Timestamp,
    ) -> Call<'_, Vec<AuditEntry>> {
        #[derive(Deserialize)]
        struct Log {
            audit_log_entries: Vec<AuditEntry>,
        }
        let page = move |after| {
            let log = self.build.audit_log(guild).action_type(action).after(after).limit(PAGE);
            let log = user.into_iter().fold(log, |log, user| log.user_id(user));
            async move {
                let log: Log = self.transport.read(built(log.try_into_request())?).await?;
                Ok(log.audit_log_entries)
            }
        };
        pages(before(since), PAGE, page, |entry| entry.id.get()).boxed()
    }

    fn messages_since(&self, channel: Id<ChannelMarker>, since: Timestamp) -> Call<'_, Vec<Message>> {
        let page = move |after| {
            let route = Route::GetMessages {
                after: Some(after),
                around: None,
                before: None,
                channel_id: channel.get(),
                limit: Some(PAGE),
            };
            self.transport.read(Request::from_route(&route))
        };
        pages(before(since), PAGE, page, |message: &Message| message.id.get()).boxed()
    }
}

/// The last snowflake before an instant.
fn before(since: Timestamp) -> u64 {
    snowflake::floor(since).saturating_sub(1)
}

/// Reads pages of up to `size` of what came after a snowflake until one is not full, and puts it all in order.
async fn pages<T, F>(
    mut after: u64,
    size: u16,
    page: impl Fn(u64) -> F,
    id: impl Fn(&T) -> u64,
) -> Result<Vec<T>, Error>
where
    F: Future<Output = Result<Vec<T>, Error>>,
{
    let mut all = Vec::new();
    loop {
        let mut found = page(after).await?;
        let full = found.len() >= usize::from(size);
        found.retain(|one| id(one) > after);
        found.sort_unstable_by_key(&id);
        let Some(last) = found.last().map(&id) else { return Ok(all) };
        after = last;
        all.append(&mut found);
        if !full {
            return Ok(all);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::{sync::Arc, time::Duration};

    use serde_json::{Value, json};
    use twilight_model::{channel::ChannelType, guild::Permissions};

    use crate::discord::testing::{Reply, Server, clock, discord};
    use crate::domain::overwrite::{Overwrite, OverwriteTarget};

    use super::*;

    async fn port(script: impl IntoIterator<Item = Value>) -> (Server, Arc<dyn ReadPort>) {
        answering(script.into_iter().map(|body| (200, body))).await
    }

    async fn answering(script: impl IntoIterator<Item = (u16, Value)>) -> (Server, Arc<dyn ReadPort>) {
        let script = script.into_iter().map(|(status, body)| Reply::json(status, &body));
        let server = Server::start(script).await;
        let port = Arc::new(discord(&server, &clock(), Duration::from_secs(10)));
        (server, port)
    }

    fn message(id: u64) -> Value {
        json!({ "id": id.to_string(), "author": { "id": "7", "bot": true }, "content": "" })
    }

    #[tokio::test]
    async fn messages_are_read_page_by_page_into_order() {
        let since = clock().now();
        let first = snowflake::floor(since);
        // Discord gives the newest of a page first.
        let full: Vec<_> = (0..100).rev().map(|i| message(first + i)).collect();
        let rest = vec![message(first + 101), message(first + 100)];
        let (server, port) = port([json!(full), json!(rest)]).await;

        let read = port.messages_since(Id::new(10), since).await.unwrap();
        let ids: Vec<_> = read.iter().map(|message| message.id.get() - first).collect();
        assert_eq!(ids, (0..102).collect::<Vec<_>>());
        assert_eq!(read[0].created_at(), since);
        let page = |after| format!("GET /api/v10/channels/10/messages?after={after}&limit=100");
        assert_eq!(server.lines(), [page(first - 1), page(first + 99)]);
    }

    #[tokio::test]
    async fn the_bots_guilds_are_read_page_by_page() {
        let guild = |id: u64| json!({ "id": id.to_string(), "name": "Owls" });
        let (server, port) =
            port([json!((1..=200).map(guild).collect::<Vec<_>>()), json!([guild(201)])]).await;
        assert_eq!(port.guilds().await.unwrap(), (1..=201).map(Id::new).collect::<Vec<_>>());
        let page = |query: &str| format!("GET /api/v10/users/@me/guilds?{query}");
        assert_eq!(server.lines(), [page("limit=200"), page("after=200&limit=200")]);
    }

    #[tokio::test]
    async fn a_server_that_repeats_its_page_is_not_asked_for_ever() {
        let since = clock().now();
        let full: Vec<_> = (0..100).map(|i| message(snowflake::floor(since) + i)).collect();
        let (server, port) = port([json!(full)]).await;
        assert_eq!(port.messages_since(Id::new(10), since).await.unwrap().len(), 100);
        assert_eq!(server.seen().len(), 2);
    }

    #[tokio::test]
    async fn audit_entries_are_asked_for_by_user_and_kind() {
        let since = clock().now();
        let id = snowflake::floor(since);
        let entry = json!({ "id": id.to_string(), "target_id": "10", "user_id": "7", "action_type": 10, "reason": "r" });
        let (server, port) =
            port([json!({ "audit_log_entries": [entry], "users": [{ "odd": true }] })]).await;
        let action = AuditLogEventType::ChannelCreate;
        let entries = port.audit_entries(Id::new(1), Some(Id::new(7)), action, since).await.unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].target, entries[0].reason.as_deref()), (Some(Id::new(10)), Some("r")));
        assert_eq!(entries[0].created_at(), since);
        let asked = server.lines().remove(0);
        for part in ["guilds/1/audit-logs?", "action_type=10", "user_id=7", "limit=100"] {
            assert!(asked.contains(part), "{asked}");
        }
        assert!(asked.contains(&format!("after={}", id - 1)), "{asked}");
    }

    #[tokio::test]
    async fn a_channel_is_read_however_odd_the_rest_of_it_is() {
        let overwrites = json!([
            { "id": "1", "type": 0, "allow": "0", "deny": "1024" },
            { "id": "7", "type": 1, "allow": "1024", "deny": "0" },
            { "id": "8", "type": 9, "allow": "0", "deny": "0" },
        ]);
        let channel = json!({
            "id": "10", "type": 77, "name": "race", "topic": null, "flags": "new", "parent_id": "5",
            "permission_overwrites": overwrites
        });
        let (_server, port) = port([channel]).await;
        let channel = port.channel(Id::new(10)).await.unwrap();
        assert_eq!((channel.kind, channel.parent), (ChannelType::Unknown(77), Some(Id::new(5))));
        let view = Permissions::VIEW_CHANNEL;
        let none = Permissions::empty();
        let expected = [
            Overwrite { target: OverwriteTarget::Role(Id::new(1)), allow: none, deny: view },
            Overwrite { target: OverwriteTarget::Member(Id::new(7)), allow: view, deny: none },
        ];
        assert_eq!(channel.overwrites, expected);
    }

    #[tokio::test]
    async fn people_and_roles_are_read_from_their_routes() {
        let member = json!({ "user": { "id": "7" }, "nick": "Ana", "roles": ["3"] });
        let role = json!({ "id": "3", "name": "Staff", "permissions": "8", "position": 2, "managed": false });
        let (server, port) = port([member, json!([role]), json!({ "id": "9", "username": "Simlane" })]).await;
        let member = port.member(Id::new(1), Id::new(7)).await.unwrap();
        assert_eq!((member.bot, member.nick.as_deref()), (false, Some("Ana")));
        let roles = port.roles(Id::new(1)).await.unwrap();
        assert_eq!(roles[0].permissions, Permissions::ADMINISTRATOR);
        assert_eq!(port.bot().await.unwrap().id, Id::new(9));
        assert_eq!(
            server.lines(),
            ["GET /api/v10/guilds/1/members/7", "GET /api/v10/guilds/1/roles", "GET /api/v10/users/@me"]
        );
    }

    #[tokio::test]
    async fn where_a_person_is_is_read_from_its_routes() {
        let unknown = |code: u32| (404, json!({ "code": code, "message": "Unknown" }));
        let inside =
            json!({ "id": "5", "user_id": "7", "join_timestamp": "2026-01-01T00:00:00Z", "flags": 0 });
        let (server, port) = answering([
            (200, inside),
            unknown(10_007),
            unknown(10_003),
            (200, json!({ "channel_id": "9", "user_id": "7" })),
            unknown(10_065),
            unknown(10_004),
        ])
        .await;
        let (thread, guild, user) = (Id::new(5), Id::new(1), Id::new(7));
        assert_eq!(port.is_in_thread(thread, user).await, Ok(true));
        assert_eq!(port.is_in_thread(thread, user).await, Ok(false));
        assert_eq!(port.is_in_thread(thread, user).await.unwrap_err().class(), Class::Gone(Gone::Channel));
        assert_eq!(port.voice_channel(guild, user).await, Ok(Some(Id::new(9))));
        assert_eq!(port.voice_channel(guild, user).await, Ok(None));
        assert_eq!(port.voice_channel(guild, user).await.unwrap_err().class(), Class::Gone(Gone::Guild));
        assert_eq!(server.lines()[0], "GET /api/v10/channels/5/thread-members/7");
        assert_eq!(server.lines()[3], "GET /api/v10/guilds/1/voice-states/7");
    }

    #[tokio::test]
    async fn who_may_not_speak_yet_is_read() {
        let member = json!({
            "user": { "id": "7" }, "nick": null, "roles": [], "pending": true,
            "communication_disabled_until": "2026-12-01T12:00:00.000000+00:00",
        });
        let (_server, port) = port([member]).await;
        let member = port.member(Id::new(1), Id::new(7)).await.unwrap();
        assert_eq!((member.pending, member.timed_out_until), (true, "2026-12-01T12:00:00Z".parse().ok()));
    }

    #[tokio::test]
    async fn what_fills_a_guild_is_read_from_its_routes() {
        let threads = json!({ "threads": [{ "id": "10", "type": 12 }], "members": [{ "odd": true }] });
        let event = |id: u64, status: u8| json!({ "id": id.to_string(), "status": status });
        let events = json!([event(1, 1), event(2, 2), event(3, 3), event(4, 4), event(5, 9)]);
        let app = json!({ "id": "3", "verify_key": "00", "flags": 1 << 15, "event_webhooks_status": 2 });
        let bare = json!({ "id": "3", "verify_key": "00", "interactions_endpoint_url": null });
        let (server, port) = port([threads, events, app, bare]).await;
        assert_eq!(port.active_threads(Id::new(1)).await.unwrap().len(), 1);
        let events = port.scheduled_events(Id::new(1)).await.unwrap();
        let ahead: Vec<u64> =
            events.iter().filter(|event| event.is_ahead()).map(|event| event.id.get()).collect();
        assert_eq!(ahead, [1, 2, 5]);
        let app = port.application().await.unwrap();
        assert_eq!((app.may_list_members(), app.hears_events()), (true, Some(true)));
        let bare = port.application().await.unwrap();
        assert_eq!((bare.may_list_members(), bare.hears_events()), (false, None));
        let routes = ["/api/v10/guilds/1/threads/active", "/api/v10/guilds/1/scheduled-events"];
        assert_eq!(server.lines()[..2], routes.map(|route| format!("GET {route}")));
    }
}
