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
mod tests;
