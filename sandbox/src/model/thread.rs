//! Threads: who is in them, and when they go into the archive.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;

use super::{ChannelState, State};
use crate::{Permissions, Snowflake, permissions};

/// People in one thread. See Discord Docs/Topics/Opcodes and Status Codes, 30033.
pub(crate) const THREAD_MEMBERS_MAX: usize = 1_000;

/// What threads have beyond other channels.
#[derive(Clone, Debug)]
pub struct ThreadState {
    /// Who made it.
    pub owner: Snowflake,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether only holders of Manage Threads can un-archive it.
    pub locked: bool,
    /// Whether members may add others to a private thread.
    pub invitable: bool,
    /// Minutes of quiet before it archives itself.
    pub auto_archive_minutes: u64,
    /// When `archived` or `auto_archive_minutes` last changed.
    pub archived_at: Timestamp,
    /// Who is in it, and since when.
    pub members: BTreeMap<Snowflake, Timestamp>,
    /// How many messages were ever sent in it.
    pub sent: u64,
}

impl ThreadState {
    /// When it archives itself, if it has been quiet since its latest message.
    fn ends(&self, latest: Option<Snowflake>) -> Option<Timestamp> {
        let spoken = latest.map_or(Timestamp::MIN, Snowflake::timestamp);
        let quiet = Duration::from_secs(self.auto_archive_minutes.saturating_mul(60));
        self.archived_at.max(spoken).checked_add(quiet).ok().filter(|_| !self.archived)
    }

    /// Archives it, or takes it out of the archive.
    pub(crate) fn set_archived(&mut self, archived: bool, at: Timestamp) {
        if self.archived != archived {
            (self.archived, self.archived_at) = (archived, at);
        }
    }
}

impl ChannelState {
    /// Whether it is a thread that is archived.
    pub(crate) fn is_archived(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| thread.archived)
    }

    /// Whether it is a thread that only holders of Manage Threads write in.
    pub(crate) fn is_locked(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| thread.locked)
    }

    /// Whether somebody is in it, if it is a thread.
    pub(crate) fn has_member(&self, user: Snowflake) -> bool {
        self.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&user))
    }
}

impl State {
    /// Archives the threads that have been quiet for long enough.
    pub(crate) fn archive_quiet(&mut self, now: Timestamp) {
        for channel in self.channels.values_mut() {
            let latest = channel.last_message;
            if let Some(thread) = &mut channel.thread
                && let Some(ends) = thread.ends(latest).filter(|ends| *ends <= now)
            {
                thread.set_archived(true, ends);
            }
        }
    }

    /// The threads of a channel, by name: in an order that doesn't tell when they were made.
    #[must_use]
    pub fn threads_of(&self, channel: Snowflake) -> Vec<&ChannelState> {
        let here = |c: &&ChannelState| c.kind.is_thread() && c.parent == Some(channel);
        let mut found: Vec<_> = self.channels.values().filter(here).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        found
    }

    /// How many threads of a guild aren't archived.
    pub(crate) fn active_threads(&self, guild: Snowflake) -> usize {
        let here = self.channels.values().filter(|c| c.guild == Some(guild) && c.kind.is_thread());
        here.filter(|thread| !thread.is_archived()).count()
    }

    /// Whether somebody sees the channel that a thread is in, as everybody has to who is to be in the thread.
    pub(crate) fn sees_parent(&self, thread: &ChannelState, user: Snowflake) -> bool {
        let parent = thread.parent.and_then(|parent| self.channels.get(&parent));
        parent.is_some_and(|parent| {
            permissions::in_channel(self, parent, user).contains(Permissions::VIEW_CHANNEL)
        })
    }

    /// Puts somebody into a thread, unless it is full; whether they weren't in it.
    pub(crate) fn enter_thread(&mut self, now: Timestamp, thread: Snowflake, user: Snowflake) -> bool {
        let found = self.channels.get_mut(&thread).and_then(|channel| channel.thread.as_mut());
        let open = found.filter(|t| t.members.len() < THREAD_MEMBERS_MAX && !t.members.contains_key(&user));
        open.is_some_and(|thread| thread.members.insert(user, now).is_none())
    }

    /// Takes somebody out of all threads of a guild.
    pub(crate) fn leave_threads(&mut self, guild: Snowflake, user: Snowflake) {
        let here = self.channels.values_mut().filter(|channel| channel.guild == Some(guild));
        for thread in here.filter_map(|channel| channel.thread.as_mut()) {
            thread.members.remove(&user);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn thread(archived_at: Timestamp) -> ThreadState {
        ThreadState {
            owner: Snowflake::new(1),
            archived: false,
            locked: false,
            invitable: true,
            auto_archive_minutes: 60,
            archived_at,
            members: BTreeMap::new(),
            sent: 0,
        }
    }

    #[test]
    fn a_thread_ends_its_time_after_whatever_happened_last() {
        let made: Timestamp = "2026-12-05T14:00:00Z".parse().unwrap();
        let mut thread = thread(made);
        assert_eq!(thread.ends(None), Some("2026-12-05T15:00:00Z".parse().unwrap()));
        let spoken = crate::snowflake::Mint::default().next("2026-12-05T14:30:00Z".parse().unwrap());
        assert_eq!(thread.ends(Some(spoken)), Some("2026-12-05T15:30:00Z".parse().unwrap()));
        thread.set_archived(true, made);
        assert_eq!(thread.ends(None), None, "it has ended already");
    }
}
