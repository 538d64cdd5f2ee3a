//! The REST API: from a connection to an answer.

mod access;
mod answer;
mod channels;
mod check;
mod commands;
mod guilds;
mod kept;
mod members;
mod messages;
mod overwrites;
mod parents;
mod parse;
mod pins;
mod pipeline;
mod request;
mod respond;
mod roles;
mod routes;
mod scheduled;
mod serve;
#[cfg(test)]
mod tests;
mod thread_members;
mod threads;
mod uploads;
mod users;
mod voice;

pub(crate) use answer::{Answer, ApiError, FormErrors};
pub(crate) use parse::query;
pub(crate) use request::Request;
pub(crate) use routes::routes;
pub(crate) use serve::serve;
pub(crate) use uploads::Upload;

use crate::{Discord, model::State};

/// What answers a route. It sees everything under the lock, so it must not lock again.
pub(crate) type Handler = fn(&Discord, &mut State, &Request) -> Result<Answer, ApiError>;
