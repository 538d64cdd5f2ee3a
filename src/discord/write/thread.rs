//! Threads: what makes and changes one.

use twilight_http::{
    client::Client,
    request::{AuditLogReason as _, Request, TryIntoRequest as _},
};
use twilight_model::{
    channel::{ChannelType, thread::AutoArchiveDuration},
    id::{Id, marker::ChannelMarker},
};

/// A thread to be made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewThread {
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Whether only those who are in it see it, and those who manage threads.
    pub private: bool,
}

/// What to change about a thread. What is `None` is left out of the request and stays as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ThreadEdit {
    /// Whether it is archived, so that it takes no edits and no additions.
    pub archived: Option<bool>,
    /// Whether only those who manage threads can un-archive it.
    pub locked: Option<bool>,
    /// Its name, 1 to 100 characters. Changing it is possible twice in ten minutes.
    pub name: Option<String>,
}

/// The request that makes a thread that is archived after a quiet week. Whoever sees the channel may join it, unless it is private.
pub(super) fn created(
    build: &Client,
    channel: Id<ChannelMarker>,
    thread: &NewThread,
    reason: &str,
) -> Result<Request, twilight_http::Error> {
    let kind = if thread.private { ChannelType::PrivateThread } else { ChannelType::PublicThread };
    let made = build.create_thread(channel, &thread.name, kind);
    let made = if thread.private { made.invitable(false) } else { made };
    made.auto_archive_duration(AutoArchiveDuration::Week).reason(reason).try_into_request()
}

/// The request that changes one.
pub(super) fn edited(
    build: &Client,
    thread: Id<ChannelMarker>,
    edit: &ThreadEdit,
    reason: &str,
) -> Result<Request, twilight_http::Error> {
    let ThreadEdit { archived, locked, name } = edit;
    let mut update = build.update_thread(thread).reason(reason);
    if let Some(archived) = archived {
        update = update.archived(*archived);
    }
    if let Some(locked) = locked {
        update = update.locked(*locked);
    }
    if let Some(name) = name {
        update = update.name(name);
    }
    update.try_into_request()
}
