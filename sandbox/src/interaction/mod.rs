//! Interactions: how they are delivered, and what may answer them.

mod answer;
pub(crate) mod components;
pub(crate) mod deliver;
mod envelope;
mod message;
mod modal_rules;
pub(crate) mod resolved;
mod rules;
pub(crate) mod session;
mod sign;
pub(crate) mod webhooks;

pub(crate) use answer::Effect;
pub(crate) use rules::AnswerType;
pub(crate) use session::Interactions;
pub use sign::{DeliveryError, RawAnswer};

#[cfg(test)]
mod tests;
