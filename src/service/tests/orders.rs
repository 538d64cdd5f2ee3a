//! Syncs as programs order them.

use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

use super::{
    programs::TOKEN,
    stage::{Stage, on_stage, person, refusal},
};
use crate::{
    domain::{
        id::{ClubId, SyncId},
        refusal::Refusal,
        sync::{Run, Seen, SyncKind, SyncState},
    },
    service::{
        Ring,
        sync::{Step, UNDO_LASTS},
    },
    store::{
        clubs, guilds, members,
        testing::{commit, guild},
    },
};

impl Stage {
    async fn sync(&self, club: ClubId, kind: SyncKind) -> SyncId {
        self.service.start_sync(club, kind, TOKEN, "request").await.unwrap().id
    }

    /// Works on a run until it rests, for a server in which these people are.
    async fn work(&self, club: ClubId, id: SyncId, there: &[u64]) -> Run {
        let seen =
            |number: &u64| Seen { account: person(*number, 1).account, is_bot: false, roles: [].into() };
        let seen: Vec<Seen> = there.iter().map(seen).collect();
        while let Some((claimed, step)) = self.service.claim_sync(id.uuid()).await.unwrap() {
            match step {
                Step::Read { .. } => self.service.keep_page(claimed, &seen, None, 1).await.unwrap(),
                _ => self.service.work_on_sync(claimed, &|_| json!({})).await.unwrap(),
            };
        }
        self.service.sync_by_id(club, id).await.unwrap().unwrap()
    }

    async fn there(&self, club: ClubId) -> usize {
        members::of_club(&self.store, club).await.unwrap().len()
    }
}

#[tokio::test]
async fn a_sync_is_looked_at_applied_and_taken_back() {
    on_stage(|stage| async move {
        let (club, other) = (stage.club(1).await.id, stage.club(2).await.id);
        let service = &stage.service;
        let id = stage.sync(club, SyncKind::Preview).await;
        assert!(stage.rings().contains(&Ring::Sync { id: id.uuid(), request_id: "request".into() }));
        let second = service.start_sync(club, SyncKind::Api, TOKEN, "request").await;
        assert!(matches!(refusal(second), Refusal::SyncRunning(_)));
        assert_eq!(refusal(service.order_stop(club, id, TOKEN, "request").await), Refusal::SyncOver);
        let run = stage.work(club, id, &[7, 8]).await;
        assert_eq!((run.state, run.results.counts.new, run.started_by), (SyncState::Planned, 2, None));
        assert_eq!(stage.there(club).await, 0, "nothing is applied yet");
        assert_eq!(refusal(service.order_apply(other, id, TOKEN, "request").await), Refusal::UnknownSync);
        assert_eq!(refusal(service.order_undo(club, None, TOKEN, "request").await), Refusal::NothingToUndo);
        service.order_apply(club, id, TOKEN, "request").await.unwrap();
        let applied = stage.work(club, id, &[]).await;
        assert_eq!((applied.state, stage.there(club).await), (SyncState::Done, 2));
        assert_eq!(refusal(service.order_apply(club, id, TOKEN, "request").await), Refusal::SyncOver);
        assert_eq!(
            refusal(service.order_undo(other, Some(id), TOKEN, "request").await),
            Refusal::UnknownSync
        );
        let undo = service.order_undo(club, Some(id), TOKEN, "request").await.unwrap();
        assert_eq!(undo.undoes, Some(id));
        let undone = stage.work(club, undo.id, &[]).await;
        assert_eq!(
            (undone.kind, undone.state, stage.there(club).await),
            (SyncKind::Undo, SyncState::Done, 0)
        );
        assert_eq!(
            refusal(service.order_undo(club, Some(id), TOKEN, "request").await),
            Refusal::NothingToUndo
        );
        assert_eq!(stage.deeds(club).await, ["sync.apply", "sync.start", "sync.undo"]);
        let runs = service.syncs_of(club, None, 9).await.unwrap();
        assert_eq!(runs.iter().map(|run| run.id).collect::<Vec<_>>(), [undo.id, id]);
        assert_eq!(service.syncs_of(club, Some(undo.id), 9).await.unwrap().len(), 1);
        assert_eq!(service.syncs_of(other, None, 9).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_waits_too_long_or_was_dropped_is_not_applied() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let service = &stage.service;
        let old = stage.sync(club, SyncKind::Preview).await;
        let run = stage.work(club, old, &[7]).await;
        stage.at(run.waits_until().unwrap());
        assert_eq!(refusal(service.order_apply(club, old, TOKEN, "request").await), Refusal::SyncOver);
        let dropped = stage.sync(club, SyncKind::Preview).await;
        stage.work(club, dropped, &[7]).await;
        service.order_stop(club, dropped, TOKEN, "request").await.unwrap();
        assert_eq!(refusal(service.order_apply(club, dropped, TOKEN, "request").await), Refusal::SyncOver);
        let applied = stage.sync(club, SyncKind::Api).await;
        stage.work(club, applied, &[7]).await;
        stage.at(stage.clock.now().checked_add(UNDO_LASTS - SignedDuration::from_secs(1)).unwrap());
        let undo = service.order_undo(club, None, TOKEN, "request").await.unwrap();
        assert_eq!(undo.undoes, Some(applied));
        let deeds = ["sync.start", "sync.start", "sync.start", "sync.stop", "sync.undo"];
        assert_eq!(stage.deeds(club).await, deeds);
        let nowhere = ClubId::new(Uuid::from_u128(5));
        let started = service.start_sync(nowhere, SyncKind::Api, TOKEN, "request").await;
        assert_eq!(refusal(started), Refusal::NoClub);
    })
    .await;
}

#[tokio::test]
async fn what_was_seen_in_another_server_is_neither_applied_nor_undone() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let service = &stage.service;
        let applied = stage.sync(club, SyncKind::Api).await;
        stage.work(club, applied, &[7]).await;
        let shown = stage.sync(club, SyncKind::Preview).await;
        stage.work(club, shown, &[7, 8]).await;
        let now = stage.clock.now();
        let seen = guilds::Sighting { installed_by: None, locale: None, name: None, permissions: None };
        commit(&stage.store, async |tx| {
            guilds::see(tx, guild(5), seen, now).await.unwrap();
            assert!(clubs::rehome(tx, club, (guild(1), guild(5)), now).await.unwrap());
        })
        .await;
        assert_eq!(refusal(service.order_apply(club, shown, TOKEN, "request").await), Refusal::SyncOver);
        assert_eq!(refusal(service.order_undo(club, None, TOKEN, "request").await), Refusal::NothingToUndo);
        service.order_stop(club, shown, TOKEN, "request").await.unwrap();
        let fresh = stage.sync(club, SyncKind::Api).await;
        assert_eq!(stage.work(club, fresh, &[7]).await.guild, guild(5));
    })
    .await;
}
