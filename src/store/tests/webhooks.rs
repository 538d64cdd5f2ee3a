use std::time::Duration;

use uuid::Uuid;

use crate::{
    domain::{
        club::Club,
        id::{EventId, WebhookId},
        webhook::{Disabled, Webhook, WebhookKind},
    },
    store::{
        Store, StoreError,
        testing::{club, commit, event, noon, on_both},
        webhooks::{self, Told},
    },
};

/// Longer than a test takes.
const CLAIM: Duration = Duration::from_secs(60);

fn id(number: u64) -> WebhookId {
    WebhookId::new(Uuid::from_u64_pair(12, number))
}

async fn webhook(store: &Store, club: &Club, number: u64, kinds: &[WebhookKind]) {
    let webhook = Webhook {
        club: club.id,
        created_at: noon(0),
        delivered_at: None,
        disabled: None,
        failing_since: None,
        id: id(number),
        kinds: kinds.iter().copied().collect(),
        last_error: None,
        url: "https://club.example".to_owned(),
    };
    commit(store, async |tx| webhooks::put(tx, &webhook, vec![1]).await.unwrap()).await;
}

/// Notes a change, and tells which webhooks are to be told of it.
async fn note(store: &Store, event: EventId, kind: WebhookKind, at: i64) -> Vec<WebhookId> {
    let tx = store.begin().await.unwrap();
    webhooks::note(&tx, event, kind, noon(at)).await.unwrap();
    let told = tx.webhooks().into_iter().collect();
    tx.commit().await.unwrap();
    told
}

#[tokio::test]
async fn whoever_wants_to_hear_of_a_change_hears_of_it() {
    on_both(|store| async move {
        let (club, other) = (club(&store, 1).await, club(&store, 2).await);
        let event = event(&store, &club, 1, 1).await.id;
        webhook(&store, &club, 1, &[WebhookKind::Team, WebhookKind::Signup]).await;
        webhook(&store, &club, 2, &[WebhookKind::Team]).await;
        webhook(&store, &other, 3, &WebhookKind::ALL).await;
        assert_eq!(note(&store, event, WebhookKind::Team, 0).await, [id(1), id(2)]);
        assert_eq!(note(&store, event, WebhookKind::Signup, 0).await, [id(1)]);
        assert_eq!(note(&store, event, WebhookKind::Result, 0).await, []);
        assert_eq!(webhooks::owed(&store, noon(0)).await.unwrap(), 3);
        assert_eq!(webhooks::owed(&store, noon(-1)).await.unwrap(), 0);
        assert_eq!(webhooks::waiting(&store, noon(0), 9).await.unwrap().len(), 2);
        commit(&store, async |tx| assert!(webhooks::delete(tx, club.id, id(1)).await.unwrap())).await;
        assert_eq!(webhooks::owed(&store, noon(0)).await.unwrap(), 1);
        let tx = store.begin().await.unwrap();
        assert!(!webhooks::delete(&tx, other.id, id(2)).await.unwrap(), "another club's");
        webhooks::note(&tx, event, WebhookKind::Team, noon(1)).await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(
            webhooks::due(&store, id(2), noon(1)).await.unwrap().unwrap().sequence,
            1,
            "it never happened"
        );
    })
    .await;
}

#[tokio::test]
async fn one_message_waits_however_often_something_changes() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let event = event(&store, &club, 1, 1).await.id;
        webhook(&store, &club, 1, &[WebhookKind::Team]).await;
        for at in 0..3 {
            note(&store, event, WebhookKind::Team, at).await;
        }
        let claimed = webhooks::claim(&store, id(1), CLAIM).await.unwrap().unwrap();
        assert!(webhooks::claim(&store, id(1), CLAIM).await.unwrap().is_none(), "one at a time");
        let change = webhooks::due(&store, id(1), noon(9)).await.unwrap().unwrap();
        assert_eq!((change.sequence, change.at, change.tries), (3, noon(2), 0));
        let told = async |told| {
            commit(&store, async |tx| webhooks::told(tx, &claimed, &change, told, noon(9)).await.unwrap())
                .await;
        };
        told(Told::Later(noon(20), "status 500")).await;
        note(&store, event, WebhookKind::Team, 10).await;
        assert_eq!(webhooks::next_at(&store, id(1)).await.unwrap(), Some(noon(20)), "the wait stays");
        let again = webhooks::due(&store, id(1), noon(20)).await.unwrap().unwrap();
        assert_eq!((again.sequence, again.tries), (4, 1));
        // The older one was taken after all; the newer is still to be told.
        told(Told::Taken).await;
        assert_eq!(webhooks::next_at(&store, id(1)).await.unwrap(), Some(noon(10)));
        let late = webhooks::claim(&store, id(1), CLAIM).await.unwrap().unwrap();
        let later = webhooks::due(&store, id(1), noon(20)).await.unwrap().unwrap();
        commit(&store, async |tx| {
            webhooks::told(tx, &late, &later, Told::GivenUp("status 500"), noon(21)).await.unwrap();
        })
        .await;
        assert_eq!(webhooks::next_at(&store, id(1)).await.unwrap(), None);
        let listed = webhooks::of_club(&store, club.id, None, 9).await.unwrap().remove(0);
        assert_eq!(
            (listed.failing_since, listed.last_error.as_deref()),
            (Some(noon(21)), Some("status 500"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_claim_runs_out_and_a_webhook_that_is_off_hears_nothing() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let event = event(&store, &club, 1, 1).await.id;
        webhook(&store, &club, 1, &[WebhookKind::Team]).await;
        note(&store, event, WebhookKind::Team, 0).await;
        let dead = webhooks::claim(&store, id(1), Duration::ZERO).await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        let claimed = webhooks::claim(&store, id(1), CLAIM).await.unwrap().unwrap();
        webhooks::release(&store, &dead).await.unwrap();
        assert!(
            webhooks::claim(&store, id(1), CLAIM).await.unwrap().is_none(),
            "the dead one frees nobody's"
        );
        let why = (Disabled::Gone, "status 410");
        commit(&store, async |tx| webhooks::switch_off(tx, &claimed, why, noon(5)).await.unwrap()).await;
        assert_eq!(note(&store, event, WebhookKind::Team, 6).await, []);
        assert_eq!(webhooks::owed(&store, noon(9)).await.unwrap(), 0);
        assert!(webhooks::claim(&store, id(1), CLAIM).await.unwrap().is_none());
        let listed = webhooks::of_club(&store, club.id, None, 9).await.unwrap().remove(0);
        assert_eq!(listed.disabled, Some((noon(5), Disabled::Gone)));
    })
    .await;
}

/// A change that is being made neither fails for a webhook that is deleted at the same time, nor keeps it.
#[tokio::test]
async fn a_webhook_may_be_deleted_while_something_changes() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let event = event(&store, &club, 1, 1).await.id;
        webhook(&store, &club, 1, &[WebhookKind::Team]).await;
        let changes = (0..20).map(|at| {
            let store = store.clone();
            tokio::spawn(async move {
                let tx = store.begin().await?;
                webhooks::note(&tx, event, WebhookKind::Team, noon(at)).await?;
                tx.commit().await
            })
        });
        let changes: Vec<_> = changes.collect();
        commit(&store, async |tx| assert!(webhooks::delete(tx, club.id, id(1)).await.unwrap())).await;
        for change in changes {
            let done: Result<(), StoreError> = change.await.unwrap();
            done.unwrap();
        }
        assert_eq!(webhooks::owed(&store, noon(99)).await.unwrap(), 0);
    })
    .await;
}
