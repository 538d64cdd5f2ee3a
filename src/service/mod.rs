//! Use cases: what people can do, each in one transaction.
//!
//! Whether somebody may is decided here, whatever Discord's menus hid, and every identifier is looked up within the actor's club.
//! A change asks for its owners' reconciling, leaves its audit row and keeps its answer in the same transaction; after the commit
//! it rings the [`Doorbell`].

mod ask;
pub mod attendance;
mod audit;
pub mod availability;
pub mod blueprint;
pub mod bot;
pub mod calendar;
pub mod check_in;
pub mod club;
mod code;
pub mod conflict;
pub mod crew;
pub mod desk;
mod doorbell;
pub mod edit;
pub mod entry;
mod error;
pub mod event;
pub mod export;
pub mod fate;
pub mod find;
pub mod guild;
pub mod health;
pub mod import;
pub mod inbox;
pub mod install;
pub mod link;
pub mod me;
pub mod members;
mod merge;
pub mod oauth;
pub mod once;
pub mod panel;
pub mod partners;
pub mod people;
mod person;
pub mod profile;
pub mod readiness;
pub mod recurrence;
pub mod remind;
pub mod room;
pub mod roster;
pub mod series;
pub mod settings;
pub mod signup;
pub mod site;
pub mod sync;
pub mod team;
pub mod template;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod ticket;
pub mod token;
pub mod webhook;
mod work;

use std::{sync::Arc, time::Duration};

pub use ask::{Ask, Rendered, ShownCard};
pub use doorbell::{Doorbell, Ring};
pub use error::ServiceError;

use crate::{
    base::{clock::Clock, digest::Digester, ids::Ids, seal::Sealer},
    store::Store,
};

/// The use cases, over one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Service(Arc<Parts>);

/// What the use cases work with.
#[derive(Debug)]
pub struct Parts {
    /// What links to calendars are signed with.
    pub calendars: Digester,
    /// What time it is.
    pub clock: Clock,
    /// What is rung after a commit.
    pub doorbell: Arc<dyn Doorbell>,
    /// Where identifiers come from.
    pub ids: Ids,
    /// What link codes are kept by.
    pub codes: Digester,
    /// What seals the tokens of interactions that are answered late.
    pub sealer: Sealer,
    /// The database.
    pub store: Store,
    /// For how long a worker has a member sync to itself before another may go on with it. Longer than a call may take.
    pub sync_claim: Duration,
}

impl Service {
    /// The use cases, with these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What time it is for the service.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The database.
    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }
}
