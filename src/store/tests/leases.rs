use std::time::Duration;

use crate::store::{
    StoreError,
    testing::{club, guild, lease, on_both},
};

const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(20);

#[tokio::test]
async fn one_worker_at_a_time_has_a_lease() {
    on_both(|store| async move {
        club(&store, 1).await;
        let workers: Vec<_> = (0..20)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.take_lease(guild(1), LONG).await.unwrap() })
            })
            .collect();
        let mut taken = Vec::new();
        for worker in workers {
            taken.extend(worker.await.unwrap());
        }
        assert_eq!(taken.len(), 1);
        assert!(store.take_lease(guild(1), LONG).await.unwrap().is_none());
        assert!(store.take_lease(guild(404), LONG).await.unwrap().is_none(), "never seen");
        store.release_lease(&taken[0]).await.unwrap();
        assert_eq!(lease(&store, 1).await.fence, taken[0].fence + 1);
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_can_be_renewed_until_there_is_a_successor() {
    on_both(|store| async move {
        club(&store, 1).await;
        let first = store.take_lease(guild(1), SHORT).await.unwrap().unwrap();
        tokio::time::sleep(SHORT * 3).await;
        assert!(store.renew_lease(&first, SHORT).await.unwrap());
        assert!(store.fenced(&first).await.is_ok());
        tokio::time::sleep(SHORT * 3).await;
        let second = lease(&store, 1).await;
        assert!(!store.renew_lease(&first, LONG).await.unwrap());
        assert!(matches!(store.fenced(&first).await, Err(StoreError::Fenced)));
        store.release_lease(&first).await.unwrap();
        assert!(store.take_lease(guild(1), LONG).await.unwrap().is_none(), "the second still has it");
        assert!(store.fenced(&second).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_successor_waits_for_what_is_being_written() {
    on_both(|store| async move {
        club(&store, 1).await;
        let first = store.take_lease(guild(1), SHORT).await.unwrap().unwrap();
        let writing = store.fenced(&first).await.unwrap();
        tokio::time::sleep(SHORT * 3).await;
        let mut successor = tokio::spawn({
            let store = store.clone();
            async move { store.take_lease(guild(1), LONG).await.unwrap() }
        });
        assert!(tokio::time::timeout(SHORT * 5, &mut successor).await.is_err(), "it must wait");
        writing.commit().await.unwrap();
        assert!(successor.await.unwrap().is_some());
    })
    .await;
}
