use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{
    roster::entry,
    stage::{ORGANISERS, Stage, manager, on_stage, person, refusal},
};
use crate::{
    domain::{
        actor::Actor,
        id::ImportId,
        refusal::Refusal,
        roster::{
            RosterLine,
            preview::{Counts, Preview},
        },
    },
    service::{
        Rendered, Ring, ServiceError,
        import::{ClaimedImport, NewImport, ReadRoster, Report, Task, Written},
    },
    store::{audit, follow_ups, import_jobs, imports},
};

/// A worker's claim that lasts longer than the test, and one that is over at once.
const LONG: Duration = Duration::from_secs(600);
const OVER: Duration = Duration::ZERO;

fn token() -> SecretString {
    SecretString::from("token of the interaction")
}

fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("i:import-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Somebody brings a file; its import.
async fn bring(stage: &Stage, actor: &Actor) -> Result<ImportId, ServiceError> {
    let file = NewImport {
        file_name: "roster.csv".into(),
        token: token(),
        url: "https://cdn/file?hm=secret".into(),
    };
    let (key, render) = (fresh_key(), |(): &()| Rendered::from(json!({ "type": 5 })));
    stage.rings();
    stage.service.begin_import(stage.ask(actor, &key, &render), file).await?;
    let rings = stage.rings();
    let [Ring::Import { id, .. }] = rings.as_slice() else { panic!("{rings:?}") };
    Ok(*id)
}

async fn claim(stage: &Stage, id: ImportId, ttl: Duration) -> Option<ClaimedImport> {
    stage.service.claim_import(id, ttl).await.unwrap()
}

fn drivers(count: usize) -> ReadRoster {
    let line =
        |at: usize| RosterLine { entry: entry(json!({ "name": format!("Driver {at}") })), line: at + 2 };
    ReadRoster { lines: (0..count).map(line).collect(), preview: Preview::default() }
}

/// A roster of so many drivers that waits.
async fn waiting(stage: &Stage, count: usize) -> ImportId {
    let id = bring(stage, &manager(1)).await.unwrap();
    let claimed = claim(stage, id, LONG).await.unwrap();
    stage.service.keep_import(&claimed, &drivers(count), json!({ "preview": true })).await.unwrap();
    id
}

async fn confirm(stage: &Stage, actor: &Actor, id: ImportId) -> Result<Value, ServiceError> {
    let (key, render) = (fresh_key(), |(): &()| Rendered::from(json!({ "type": 6 })));
    stage.service.confirm_import(stage.ask(actor, &key, &render), id, token()).await
}

async fn cancel(stage: &Stage, actor: &Actor, id: ImportId) -> Result<Value, ServiceError> {
    let (key, render) = (fresh_key(), |file: &String| Rendered::from(json!({ "cancelled": file })));
    stage.service.cancel_import(stage.ask(actor, &key, &render), id).await
}

fn render(report: &Report) -> Value {
    json!(report.counts)
}

/// The answers that are owed.
async fn owed(stage: &Stage) -> Vec<Value> {
    let mut bodies = Vec::new();
    for id in follow_ups::waiting(&stage.store, stage.clock.now(), 9).await.unwrap() {
        bodies.extend(
            follow_ups::claim(&stage.store, id, LONG, stage.clock.now()).await.unwrap().map(|one| one.body),
        );
    }
    bodies
}

#[tokio::test]
async fn a_file_is_read_by_one_worker_and_its_secrets_are_sealed() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let id = bring(&stage, &manager(1)).await.unwrap();
        assert_eq!(import_jobs::waiting(&stage.store, 9).await.unwrap().len(), 1);
        let job = import_jobs::claim(&stage.store, id, OVER).await.unwrap().unwrap();
        assert!(!job.sealed.windows(6).any(|part| part == b"secret"));
        tokio::time::sleep(Duration::from_millis(5)).await;
        let claimed = claim(&stage, id, LONG).await.unwrap();
        assert_eq!(claimed.task, Task::Read("https://cdn/file?hm=secret".into()));
        assert_eq!(
            (claimed.token.as_ref().unwrap().expose_secret(), claimed.tries()),
            ("token of the interaction", 2)
        );
        assert!(claim(&stage, id, LONG).await.is_none(), "another worker has it");
        stage.service.keep_import(&claimed, &drivers(2), json!({ "preview": 1 })).await.unwrap();
        stage.service.keep_import(&claimed, &drivers(2), json!({ "preview": 2 })).await.unwrap();
        assert!(claim(&stage, id, LONG).await.is_none(), "it is read");
        assert_eq!(owed(&stage).await, [json!({ "preview": 1 })]);
        let (file, preview) = stage.service.waiting_import(&manager(1), id).await.unwrap();
        assert_eq!((file.as_str(), preview), ("roster.csv", Preview::default()));
    })
    .await;
}

#[tokio::test]
async fn only_the_clubs_organisers_import() {
    on_stage(|stage| async move {
        for guild in [1, 2] {
            stage.club(guild).await;
        }
        assert_eq!(refusal(bring(&stage, &person(5, 1)).await), Refusal::NotOrganiser);
        let id = waiting(&stage, 1).await;
        assert_eq!(refusal(confirm(&stage, &person(5, 1), id).await), Refusal::NotOrganiser);
        assert_eq!(refusal(cancel(&stage, &person(5, 1), id).await), Refusal::NotOrganiser);
        for asked in [confirm(&stage, &manager(2), id).await, cancel(&stage, &manager(2), id).await] {
            assert_eq!(refusal(asked), Refusal::ImportGone);
        }
        assert_eq!(refusal(stage.service.waiting_import(&manager(2), id).await), Refusal::ImportGone);
        let other = Actor { roles: vec![twilight_model::id::Id::new(ORGANISERS)], ..person(6, 1) };
        confirm(&stage, &other, id).await.unwrap();
        assert_eq!(refusal(confirm(&stage, &manager(1), id).await), Refusal::ImportGone);
        assert_eq!(refusal(cancel(&stage, &manager(1), id).await), Refusal::ImportGone);
    })
    .await;
}

#[tokio::test]
async fn a_roster_waits_for_an_hour_unless_it_is_cancelled() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (cancelled, forgotten) = (waiting(&stage, 1).await, waiting(&stage, 1).await);
        assert_eq!(
            cancel(&stage, &manager(1), cancelled).await.unwrap(),
            json!({ "cancelled": "roster.csv" })
        );
        assert_eq!(refusal(cancel(&stage, &manager(1), cancelled).await), Refusal::ImportGone);
        let confirmed = waiting(&stage, 1).await;
        confirm(&stage, &manager(1), confirmed).await.unwrap();
        stage.at(stage.clock.now() + SignedDuration::from_hours(1));
        assert_eq!(refusal(confirm(&stage, &manager(1), forgotten).await), Refusal::ImportGone);
        assert_eq!(
            imports::purge(&stage.store, stage.clock.now()).await.unwrap(),
            1,
            "but the confirmed one"
        );
        let claimed = claim(&stage, confirmed, LONG).await.unwrap();
        assert!(stage.service.writing(&claimed).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_roster_is_written_in_parts_and_goes_on_where_it_was() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let id = waiting(&stage, 1_200).await;
        owed(&stage).await;
        confirm(&stage, &manager(1), id).await.unwrap();
        let killed = claim(&stage, id, OVER).await.unwrap();
        let mut writing = stage.service.writing(&killed).await.unwrap().unwrap();
        let mut twin = stage.service.writing(&killed).await.unwrap().unwrap();
        let part = stage.service.write_part(&killed, &mut writing, OVER, &render).await.unwrap();
        assert_eq!((part, writing.progress()), (Written::More, (500, 1_200)));
        // A worker that was thought to be dead, and isn't.
        let late = stage.service.write_part(&killed, &mut twin, OVER, &render).await.unwrap();
        assert_eq!(late, Written::Over);
        tokio::time::sleep(Duration::from_millis(5)).await;
        let successor = claim(&stage, id, LONG).await.unwrap();
        let mut writing = stage.service.writing(&successor).await.unwrap().unwrap();
        assert_eq!(writing.progress(), (500, 1_200));
        while stage.service.write_part(&successor, &mut writing, LONG, &render).await.unwrap()
            == Written::More
        {}
        let counts = Counts { new: 1_200, ..Counts::default() };
        assert_eq!(owed(&stage).await, [json!(counts)]);
        assert!(claim(&stage, id, LONG).await.is_none());
        let (there, on_roster) = crate::store::members::count(&stage.store, club.id).await.unwrap();
        assert_eq!((there, on_roster), (1_200, 1_200));
        let trail = audit::of_club(&stage.store, club.id, 10).await.unwrap();
        assert_eq!(trail.iter().filter(|entry| entry.action == "roster.import").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_not_owed() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let id = bring(&stage, &manager(1)).await.unwrap();
        stage.at(stage.clock.now() + SignedDuration::from_mins(20));
        let claimed = claim(&stage, id, LONG).await.unwrap();
        stage.service.give_up_import(&claimed, json!({})).await.unwrap();
        assert_eq!(owed(&stage).await, Vec::<Value>::new());
        assert!(import_jobs::owed(&stage.store).await.unwrap() == 0);
    })
    .await;
}
