#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;

use crate::{
    base::{clock::Clock, ids::Ids},
    discord::testing::unreachable,
    domain::{
        account::Account,
        event::Event,
        id::UserId,
        owner::Owner,
        signup::{Signup, SignupState},
    },
    reconcile::{Parts, Reconciler, Timings, desired::desired},
    store::{
        Store, bot_settings, signups,
        testing::{Watched, club, commit, event, guild, noon, on_both},
        users,
    },
};
use uuid::Uuid;

/// Writes so many people on the event's sheet, the first of them with a place.
async fn sign_up(store: &Store, event: &Event, people: u64) {
    commit(store, async |tx| {
        let mut lines = Vec::new();
        for number in 1..=people {
            let account = Account {
                global_name: None,
                id: Id::new(number),
                nickname: None,
                username: format!("driver{number}"),
            };
            let fresh = UserId::new(Uuid::from_u64_pair(5, number));
            let user = users::of_account(tx, &account, fresh, noon(0)).await.unwrap();
            let state = if number <= 60 { SignupState::In } else { SignupState::Waiting };
            let line = Signup::blank(user, account.id);
            lines.push(Signup { class: Some(event.classes[0].id), order: number, state, ..line });
        }
        let mut fresh = (1..).map(|number| Uuid::from_u64_pair(9, number));
        signups::put(tx, event.id, &lines, || fresh.next().unwrap(), noon(0)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_event_takes_the_same_reads_however_many_sign_up() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let lone = event(&store, &club, 1, 60).await;
        let crowded = event(&store, &club, 2, 60).await;
        bot_settings::met_bot(&store, Id::new(9), noon(0)).await.unwrap();
        sign_up(&store, &crowded, 200).await;
        let watched = Watched::new(store.clone());
        let discord = Arc::new(unreachable());
        let reconciler = Reconciler::new(Parts {
            clock: Clock::manual(noon(0)),
            ids: Ids::seeded(1),
            read: discord.clone(),
            stop: CancellationToken::new(),
            store: watched.store.clone(),
            timings: Timings::default(),
            write: discord,
        });
        let mut counts = Vec::new();
        for event in [&lone, &crowded] {
            let (facts, asked) = watched.asked(reconciler.facts(guild(1), Owner::Event(event.id))).await;
            let wanted = desired(&facts.unwrap().unwrap(), noon(0));
            assert_eq!(wanted.resources.len(), 3, "channel, card and race voice");
            counts.push(asked.len());
            watched.explain_all(asked).await;
        }
        assert_eq!(counts[0], counts[1], "statements for nobody and for two hundred");
        println!("{:?}: {} statements", store.kind(), counts[0]);
    })
    .await;
}
