//! What Discord remembers: plain state, behind one lock.

mod channel;
mod guild;
mod json;
mod message;
mod message_json;
mod portal;
mod scheduled;
mod state;
mod thread;
mod user;

pub use channel::{ChannelKind, ChannelState, Overwrite, OverwriteKind};
pub use guild::{AuditEntry, GuildState, Member, RoleState};
pub(crate) use json::instant;
pub use message::{Mentions, Message};
pub use portal::{MembersIntent, Portal};
pub use scheduled::{EventPlace, EventStatus, ScheduledEvent};
pub use state::State;
pub(crate) use thread::THREAD_MEMBERS_MAX;
pub use thread::ThreadState;
pub use user::{Email, User};
