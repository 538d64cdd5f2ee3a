//! Interactions: how they are delivered, and what may answer them.

pub(crate) mod webhooks;

/// The interactions that were delivered, and their tokens.
#[derive(Debug, Default)]
pub(crate) struct Interactions;
