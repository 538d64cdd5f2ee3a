//! People on rosters, and accounts that turn out to be theirs.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Value, json};
use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{Outcome, Stage, person};
use crate::{
    domain::{
        id::{ClubId, EventId, UserId},
        link_code::LinkCode,
        member::{Identity, Link, LinkedBy, Member},
        roster::RosterEntry,
        signup::{Sheet, SignupState},
        zone::Zone,
    },
    service::{
        ServiceError,
        link::{Linked, PersonAsk, Proof},
    },
    store::{guild_members, identities, members, signups, testing::commit, users},
};

/// What a roster says of somebody, as it is changed from a name alone.
pub(super) type Facts<'f> = &'f [(&'f str, &'f str)];

/// The person that [`Stage::enter`] makes of that number.
pub(super) fn user(number: u64) -> UserId {
    UserId::new(Uuid::from_u64_pair(9, number))
}

fn entry(number: u64, facts: Facts<'_>) -> RosterEntry {
    let fact = |name: &str| facts.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact);
    RosterEntry {
        aliases: Vec::new(),
        discord: fact("discord").map(|handle| handle.parse().unwrap()),
        email: fact("email").map(|email| email.parse().unwrap()),
        external_id: fact("external_id").map(|id| id.parse().unwrap()),
        iracing_id: None,
        iracing_name: None,
        name: format!("Entry {number}").parse().unwrap(),
        zone: None,
    }
}

impl Stage {
    /// Enters a person on a club's roster; one who is known by that number is entered there too.
    pub(super) async fn enter(&self, club: ClubId, number: u64, facts: Facts<'_>) -> UserId {
        let (user, now) = (user(number), self.clock.now());
        let entry = entry(number, facts);
        let member = Member { entry, left_at: None, on_roster: true, roles: Vec::new(), user };
        commit(&self.store, async |tx| {
            if users::current(tx, user).await.unwrap().is_none() {
                users::create(tx, user, "entered", now).await.unwrap();
            }
            members::put(tx, club, &[member], now).await.unwrap();
        })
        .await;
        user
    }

    /// Has a sync, or whoever else, take an account for a person.
    pub(super) async fn guess(&self, number: u64, user: UserId, by: LinkedBy) {
        let account = person(number, 1).account;
        let (now, fresh) = (self.clock.now(), UserId::new(Uuid::from_u64_pair(8, number)));
        commit(&self.store, async |tx| {
            users::of_account(tx, &account, fresh, now).await.unwrap();
            users::give(tx, account.id, user, Some(Link { at: now, by }), None).await.unwrap();
            guild_members::see(tx, person(number, 1).guild, &account, &[], now).await.unwrap();
        })
        .await;
    }

    /// Links an account whose verified e-mail address is that.
    pub(super) async fn try_link(&self, number: u64, email: Option<&str>) -> Result<Linked, ServiceError> {
        let email = email.map(|email| email.parse().unwrap());
        self.service.link_proven(Proof { account: person(number, 1).account, email }, "request").await
    }

    pub(super) async fn link(&self, number: u64, email: Option<&str>) -> Linked {
        self.try_link(number, email).await.unwrap()
    }

    async fn asked_alone<T: Clone + Send>(
        &self,
        number: u64,
        change: impl AsyncFnOnce(PersonAsk<'_, T>) -> Result<Value, ServiceError>,
    ) -> Outcome<T> {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let (actor, key) = (person(number, 1), format!("i:alone-{}", KEYS.fetch_add(1, Ordering::Relaxed)));
        let seen = Mutex::new(None);
        let render = |outcome: &T| {
            *seen.lock().unwrap() = Some(outcome.clone());
            json!({})
        };
        let ask = PersonAsk {
            account: &actor.account,
            guild: None,
            key: &key,
            render: &render,
            request_id: "request",
        };
        let callback = change(ask).await?;
        let outcome = seen.lock().unwrap().clone().unwrap();
        Ok((outcome, callback))
    }

    /// Types a code.
    pub(super) async fn redeem(&self, number: u64, code: &LinkCode) -> Outcome<Linked> {
        self.asked_alone(number, async |ask| self.service.redeem_code(ask, code).await).await
    }

    pub(super) async fn unlink(&self, number: u64) -> Outcome<()> {
        self.asked_alone(number, async |ask| self.service.unlink(ask).await).await
    }

    /// Chooses the zone that somebody lives in.
    pub(super) async fn zone(&self, number: u64, zone: &Zone) {
        self.asked_alone(number, async |ask| self.service.choose_zone(ask, zone).await).await.unwrap();
    }

    /// Whose an account is, and how it came to be.
    pub(super) async fn identity(&self, number: u64) -> Identity {
        identities::by_account(&self.store, Id::new(number)).await.unwrap().unwrap()
    }

    /// Whose an account is.
    pub(super) async fn who(&self, number: u64) -> UserId {
        self.identity(number).await.user
    }

    pub(super) async fn sheet(&self, event: EventId) -> Sheet {
        signups::sheet(&self.store, event).await.unwrap()
    }

    /// What each person said of an event. Nobody has two lines.
    pub(super) async fn said(&self, event: EventId) -> BTreeMap<UserId, SignupState> {
        let sheet = self.sheet(event).await;
        let said: BTreeMap<_, _> = sheet.lines().iter().map(|line| (line.user, line.state)).collect();
        assert_eq!(said.len(), sheet.lines().len());
        said
    }
}
