use std::time::Duration;

use serde_json::json;
use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    domain::{
        id::{BindingId, OwnerId},
        panel::Failure,
    },
    store::{
        Lease, Store,
        bindings::{
            self, Applied, Attempt, Binding, BindingKind, BindingState, CARD, Click, Evidence, Made,
            NewBinding,
        },
        fault::Fault,
        owners::{self, Finish},
        testing::{club, commit, event, fenced, guild, lease, noon, on_both},
    },
};

const ATTEMPT: Duration = Duration::from_secs(20);

fn new(owner: OwnerId, slot: &str, kind: BindingKind, number: u64) -> NewBinding {
    NewBinding {
        applied: None,
        channel: (kind == BindingKind::Card).then(|| Id::new(77)),
        id: BindingId::new(Uuid::from_u64_pair(4, number)),
        kind,
        owner,
        slot: slot.into(),
        token: format!("token-{number}"),
    }
}

fn look(hash: &str, view_version: u32) -> Applied {
    Applied { hash: hash.into(), seen_name: None, spec: json!({ "look": hash }), view_version }
}

fn made(discord: u64) -> Made {
    Made {
        applied: look("first", 1),
        channel: Some(Id::new(77)),
        discord: Id::new(discord),
        evidence: Evidence::Made,
    }
}

async fn begin(store: &Store, lease: &Lease, new: &NewBinding) -> Option<BindingId> {
    let attempt = Attempt { at: noon(0), lasts: ATTEMPT };
    fenced(store, lease, async |tx| bindings::begin_create(tx, new, attempt).await.unwrap()).await
}

async fn mark(store: &Store, lease: &Lease, id: BindingId, state: BindingState) {
    fenced(store, lease, async |tx| bindings::mark(tx, id, state, noon(0)).await.unwrap()).await;
}

async fn slot(store: &Store, owner: OwnerId, slot: &str) -> Binding {
    bindings::by_slot(store, owner, slot).await.unwrap().unwrap()
}

/// An event whose card stands as message `u64::MAX`.
async fn carded(store: &Store) -> (OwnerId, Lease) {
    let club = club(store, 1).await;
    let owner = OwnerId::of_event(event(store, &club, 1, 5).await.id);
    let lease = lease(store, 1).await;
    let id = begin(store, &lease, &new(owner, CARD, BindingKind::Card, 1)).await.unwrap();
    fenced(store, &lease, async |tx| bindings::bound(tx, id, made(u64::MAX), noon(-60_000)).await.unwrap())
        .await;
    (owner, lease)
}

async fn click(store: &Store, owner: OwnerId, hash: &str, version: u32, at: i64) -> Click {
    let card = (crate::domain::id::EventId::new(owner.uuid()), Id::new(u64::MAX));
    commit(store, async |tx| bindings::click_card(tx, card, hash, version, noon(at)).await.unwrap()).await
}

#[tokio::test]
async fn a_slot_is_created_once_at_a_time() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        let id = begin(&store, &lease, &new(owner, "text", BindingKind::Text, 1)).await.unwrap();
        let creating = slot(&store, owner, "text").await;
        assert_eq!((creating.state, creating.token.as_str()), (BindingState::Creating, "token-1"));
        let deadline = creating.attempt_deadline.unwrap();
        assert!(deadline > store.db_now().await.unwrap(), "the attempt isn't over yet");
        assert_eq!(begin(&store, &lease, &new(owner, "text", BindingKind::Text, 2)).await, None);
        fenced(&store, &lease, async |tx| bindings::bound(tx, id, made(9), noon(1)).await.unwrap()).await;
        assert_eq!(begin(&store, &lease, &new(owner, "text", BindingKind::Text, 2)).await, None);
        let bound = slot(&store, owner, "text").await;
        assert_eq!(
            (bound.state, bound.discord, bound.attempt_deadline),
            (BindingState::Bound, Some(Id::new(9)), None)
        );
        mark(&store, &lease, id, BindingState::Gone).await;
        assert_eq!(bindings::troubled(&store, guild(1)).await.unwrap().len(), 1);
        let again = begin(&store, &lease, &new(owner, "text", BindingKind::Text, 2)).await;
        assert_eq!(again, Some(id), "the slot keeps its binding");
        let remade = slot(&store, owner, "text").await;
        assert_eq!((remade.remakes, remade.discord, remade.fault), (1, None, None));
        mark(&store, &lease, id, BindingState::Unmade).await;
        assert_eq!(begin(&store, &lease, &new(owner, "text", BindingKind::Text, 3)).await, Some(id));
        assert_eq!(slot(&store, owner, "text").await.remakes, 1, "an attempt that made nothing is no remake");
        commit(&store, async |tx| bindings::allow_remake(tx, owner, "text", noon(2)).await.unwrap()).await;
        assert_eq!(slot(&store, owner, "text").await.remakes, 0);
    })
    .await;
}

#[tokio::test]
async fn a_channel_is_bound_to_one_slot_of_its_guild() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        for (number, discord) in [(1, u64::MAX), (2, i64::MAX as u64), (3, i64::MAX as u64 + 1)] {
            let new = new(owner, &format!("category/{number}"), BindingKind::Category, number);
            let id = begin(&store, &lease, &new).await.unwrap();
            fenced(&store, &lease, async |tx| bindings::bound(tx, id, made(discord), noon(1)).await.unwrap())
                .await;
            let found = bindings::by_channel(&store, guild(1), Id::new(discord)).await.unwrap();
            assert_eq!(found.unwrap().id, id);
        }
        assert_eq!(bindings::of_guild(&store, guild(1), BindingKind::Category).await.unwrap().len(), 3);
        let ids = bindings::bound_ids(&store, guild(1)).await.unwrap();
        assert!(ids.len() == 3 && ids.contains(&Id::new(u64::MAX)));
        assert!(bindings::by_channel(&store, guild(2), Id::new(u64::MAX)).await.unwrap().is_none());
        let id = begin(&store, &lease, &new(owner, "text", BindingKind::Text, 4)).await.unwrap();
        let tx = store.fenced(&lease).await.unwrap();
        assert!(bindings::bound(&tx, id, made(u64::MAX), noon(1)).await.is_err(), "bound already");
    })
    .await;
}

#[tokio::test]
async fn what_failed_waits_for_its_time_or_a_person() {
    on_both(|store| async move {
        let (owner, lease) = carded(&store).await;
        let card = slot(&store, owner, CARD).await;
        let fault = Fault { class: Failure::Forbidden, message: "no".into() };
        fenced(&store, &lease, async |tx| {
            bindings::retry(tx, (card.id, card.tries + 1), noon(9), &fault, noon(1)).await.unwrap();
        })
        .await;
        let failed = slot(&store, owner, CARD).await;
        assert_eq!((failed.tries, failed.not_before, failed.fault), (1, Some(noon(9)), Some(fault)));
        assert_eq!(failed.state, BindingState::Bound, "it stands all the same");
        assert_eq!(bindings::troubled(&store, guild(1)).await.unwrap().len(), 1);
        commit(&store, async |tx| bindings::unpark(tx, guild(1), noon(5)).await.unwrap()).await;
        assert_eq!(slot(&store, owner, CARD).await.not_before, None);
        fenced(&store, &lease, async |tx| {
            bindings::applied(tx, &card, look("again", 9), noon(6)).await.unwrap();
        })
        .await;
        let well = slot(&store, owner, CARD).await;
        assert_eq!((well.tries, well.not_before, well.fault), (0, None, None));
        fenced(&store, &lease, async |tx| bindings::delete(tx, card.id).await.unwrap()).await;
        assert!(bindings::of_owner(&store, owner).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_somebody_wants_is_asked_for_once() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        for number in [1, 2] {
            let wanted = new(owner, "category/2", BindingKind::Category, number);
            fenced(&store, &lease, async |tx| bindings::want(tx, &wanted, noon(1)).await.unwrap()).await;
        }
        let wanted = slot(&store, owner, "category/2").await;
        assert_eq!((wanted.state, wanted.token.as_str()), (BindingState::Unmade, "token-1"));
        mark(&store, &lease, wanted.id, BindingState::Retired).await;
        let again = new(owner, "category/2", BindingKind::Category, 3);
        fenced(&store, &lease, async |tx| bindings::want(tx, &again, noon(1)).await.unwrap()).await;
        assert_eq!(slot(&store, owner, "category/2").await.state, BindingState::Unmade);
    })
    .await;
}

#[tokio::test]
async fn organisers_decide_what_cant_be_told() {
    on_both(|store| async move {
        let (owner, lease) = carded(&store).await;
        let id = slot(&store, owner, CARD).await.id;
        mark(&store, &lease, id, BindingState::Ambiguous).await;
        commit(&store, async |tx| bindings::look_again(tx, owner, CARD, noon(2)).await.unwrap()).await;
        assert_eq!(slot(&store, owner, CARD).await.state, BindingState::Creating);
        mark(&store, &lease, id, BindingState::Ambiguous).await;
        commit(&store, async |tx| bindings::allow_remake(tx, owner, CARD, noon(2)).await.unwrap()).await;
        assert_eq!(slot(&store, owner, CARD).await.state, BindingState::Unmade);
        fenced(&store, &lease, async |tx| bindings::renamed(tx, id, "theirs", noon(3)).await.unwrap()).await;
        assert!(slot(&store, owner, CARD).await.renamed);
        commit(&store, async |tx| bindings::use_ours(tx, owner, CARD, noon(4)).await.unwrap()).await;
        let ours = slot(&store, owner, CARD).await;
        assert_eq!((ours.renamed, ours.seen_name.as_deref()), (false, Some("theirs")));
    })
    .await;
}

#[tokio::test]
async fn an_older_version_never_overwrites_a_newer_one() {
    on_both(|store| async move {
        let (owner, lease) = carded(&store).await;
        for (hash, version, shown) in [("newer", 3, "newer"), ("older", 2, "newer"), ("same", 3, "same")] {
            let card = slot(&store, owner, CARD).await;
            fenced(&store, &lease, async |tx| {
                bindings::applied(tx, &card, look(hash, version), noon(0)).await.unwrap();
            })
            .await;
            assert_eq!(slot(&store, owner, CARD).await.applied_hash.as_deref(), Some(shown));
        }
        assert_eq!(click(&store, owner, "clicked", 2, 0).await, Click::Settles(noon(10_000)));
        assert_eq!(slot(&store, owner, CARD).await.applied_hash.as_deref(), Some("same"));
    })
    .await;
}

#[tokio::test]
async fn clicks_apart_presume_and_clicks_together_settle_once() {
    on_both(|store| async move {
        let (owner, lease) = carded(&store).await;
        assert_eq!(click(&store, owner, "a", 1, 0).await, Click::Presumed);
        assert_eq!(click(&store, owner, "b", 1, 2_500).await, Click::Presumed);
        assert_eq!(slot(&store, owner, CARD).await.applied_hash.as_deref(), Some("b"));
        assert!(owners::due(&store, noon(99_000), 9).await.unwrap().is_empty(), "nothing is due");
        assert_eq!(click(&store, owner, "c", 1, 3_000).await, Click::Settles(noon(8_000)));
        assert_eq!(click(&store, owner, "d", 1, 5_000).await, Click::Settles(noon(10_000)));
        let due = owners::due_of_guild(&store, guild(1), noon(8_000)).await.unwrap();
        let pass = Finish::default();
        fenced(&store, &lease, async |tx| owners::finish(tx, &due[0], &pass, noon(8_000)).await.unwrap())
            .await;
        assert!(owners::due(&store, noon(9_999), 9).await.unwrap().is_empty(), "not quiet yet");
        assert_eq!(owners::due(&store, noon(10_000), 9).await.unwrap(), [guild(1)]);
        let card = slot(&store, owner, CARD).await;
        assert_eq!((card.settle_at, card.clicks), (Some(noon(10_000)), 4));
        fenced(&store, &lease, async |tx| {
            bindings::applied(tx, &card, look("d", 1), noon(10_100)).await.unwrap();
            owners::finish(tx, &due[0], &pass, noon(10_100)).await.unwrap();
        })
        .await;
        assert_eq!(slot(&store, owner, CARD).await.settle_at, None);
        assert!(owners::due(&store, noon(99_000), 9).await.unwrap().is_empty());
        assert_eq!(click(&store, owner, "e", 1, 10_200).await, Click::Presumed);
        let soon = click(&store, owner, "f", 1, 10_300).await;
        assert_eq!(soon, Click::Settles(noon(20_100)), "edits are ten seconds apart");
    })
    .await;
}

#[tokio::test]
async fn a_click_during_an_edit_makes_the_card_settle_again() {
    on_both(|store| async move {
        let (owner, lease) = carded(&store).await;
        let read = slot(&store, owner, CARD).await;
        assert_eq!(click(&store, owner, "clicked", 1, 0).await, Click::Presumed);
        let stale = look("stale", 1);
        fenced(&store, &lease, async |tx| bindings::applied(tx, &read, stale, noon(100)).await.unwrap())
            .await;
        let card = slot(&store, owner, CARD).await;
        assert_eq!(card.applied_hash.as_deref(), Some("clicked"));
        assert_eq!(card.settle_at, Some(noon(10_100)));
        assert_eq!(owners::due(&store, noon(10_100), 9).await.unwrap(), [guild(1)]);
        commit(&store, async |tx| {
            let event = crate::domain::id::EventId::new(owner.uuid());
            assert_eq!(bindings::settle(tx, event, noon(9_000)).await.unwrap(), Some(noon(14_000)));
        })
        .await;
        assert_eq!(slot(&store, owner, CARD).await.settle_at, Some(noon(14_000)), "a late answer as well");
    })
    .await;
}

#[tokio::test]
async fn a_click_elsewhere_leaves_the_card_alone() {
    on_both(|store| async move {
        let (owner, _) = carded(&store).await;
        let event = crate::domain::id::EventId::new(owner.uuid());
        let elsewhere = commit(&store, async |tx| {
            bindings::click_card(tx, (event, Id::new(5)), "x", 1, noon(0)).await.unwrap()
        })
        .await;
        assert_eq!(elsewhere, Click::Elsewhere);
        assert_eq!(slot(&store, owner, CARD).await.clicks, 0);
    })
    .await;
}

#[tokio::test]
async fn a_card_settles_in_time_however_many_go_on_clicking() {
    on_both(|store| async move {
        let (owner, _) = carded(&store).await;
        let event = crate::domain::id::EventId::new(owner.uuid());
        let mut settles = None;
        for second in (30..60).step_by(2) {
            settles =
                commit(&store, async |tx| bindings::settle(tx, event, noon(second * 1_000)).await.unwrap())
                    .await;
        }
        assert_eq!(settles, Some(noon(50_000)), "twenty seconds after the first");
    })
    .await;
}
