//! What cron and clicks ask finds its rows by an index, however large the tables grow.

use std::{
    pin::pin,
    sync::{Arc, Mutex},
};

use sea_orm::{ConnectionTrait, Statement};
use twilight_model::id::Id;

use crate::{
    domain::id::OwnerId,
    store::{
        Kind, Store, StoreError, answers, bindings, command_log, deletions, drafts, events, follow_ups,
        owners, questions,
        testing::{club, event, guild, noon, on_both},
        tx::sealed::Connected,
    },
};

/// A store that keeps every statement that goes through it.
struct Watched {
    asked: Arc<Mutex<Vec<Statement>>>,
    store: Store,
}

impl Watched {
    fn new(mut store: Store) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        for connection in [&mut store.read, &mut store.write] {
            let asked = Arc::clone(&asked);
            connection.set_metric_callback(move |info| asked.lock().unwrap().push(info.statement.clone()));
        }
        Self { asked, store }
    }

    /// Asserts that everything that `query` asks is found by indexes, by those of these names among them.
    async fn finds<T>(&self, query: impl Future<Output = Result<T, StoreError>>, indexes: &[&str]) {
        self.asked.lock().unwrap().clear();
        pin!(query).await.unwrap();
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let mut plan = String::new();
        for statement in asked {
            plan.push_str(&explain(&self.store, statement).await);
        }
        for index in indexes {
            assert!(plan.contains(&format!("{index} ")), "{index} isn't used:\n{plan}");
        }
        let whole = |line: &&str| line.starts_with("SCAN ") || line.contains("Seq Scan on ");
        // What a query makes up itself has no index.
        let made_up = |line: &&str| line.ends_with(" work") || line.ends_with(" CONSTANT ROW");
        assert_eq!(plan.lines().filter(whole).find(|line| !made_up(line)), None, "{plan}");
    }
}

/// How the database goes about a statement: one line for each table it reads.
async fn explain(store: &Store, mut statement: Statement) -> String {
    let (explain, column) = match store.kind() {
        Kind::Postgres => ("EXPLAIN", "QUERY PLAN"),
        Kind::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
    };
    let tx = store.begin().await.unwrap();
    let db = tx.conn();
    if store.kind() == Kind::Postgres {
        // With so few rows it would read the table, whatever the indexes.
        db.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
    }
    statement.sql = format!("{explain} {}", statement.sql);
    let lines = db.query_all_raw(statement).await.unwrap();
    lines.iter().map(|line| line.try_get::<String>("", column).unwrap() + "\n").collect()
}

#[tokio::test]
async fn the_sweep_reads_indexes_only() {
    on_both(|store| async move {
        club(&store, 1).await;
        let (watched, now) = (Watched::new(store.clone()), noon(0));
        let store = &watched.store;
        watched.finds(owners::due(store, now, 9), &["owners_not_before", "owners_due_at"]).await;
        watched.finds(owners::queue(store, now), &["owners_not_before", "owners_due_at"]).await;
        watched.finds(owners::due_of_guild(store, guild(1), now), &["owners_guild_id"]).await;
        watched.finds(owners::next_at(store, guild(1)), &["owners_guild_id"]).await;
        watched.finds(owners::start_checks(store, now, 9), &["owners_check_due_at"]).await;
        watched.finds(follow_ups::waiting(store, now, 9), &["follow_ups_expires_at"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_pass_and_a_click_ask_reads_indexes_only() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let (watched, now) = (Watched::new(store.clone()), noon(0));
        let store = &watched.store;
        watched.finds(questions::of_owners(store, &[owner]), &["questions_owner_id"]).await;
        watched.finds(questions::open(store, guild(1)), &["questions_guild_id_state"]).await;
        watched.finds(bindings::of_owner(store, owner), &["bindings_owner_id_slot"]).await;
        watched.finds(bindings::by_channel(store, guild(1), Id::new(9)), &[]).await;
        watched.finds(bindings::all_of_guild(store, guild(1)), &["bindings_guild_id"]).await;
        watched.finds(events::coming(store, club.id, now, 9), &["events_club_id_end_at"]).await;
        watched.finds(events::live(store, club.id, now), &["events_club_id_end_at"]).await;
        watched.finds(deletions::recent(store, guild(1), now), &["deletions_guild_id_at"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_forgotten_is_found_by_its_age() {
    on_both(|store| async move {
        let (watched, now) = (Watched::new(store.clone()), noon(0));
        let store = &watched.store;
        watched.finds(answers::purge(store, now), &["answers_expires_at"]).await;
        watched.finds(command_log::purge(store, now), &["command_log_at"]).await;
        watched.finds(deletions::purge(store, now), &["deletions_at"]).await;
        watched.finds(drafts::purge(store, now), &["drafts_expires_at"]).await;
        watched.finds(follow_ups::purge(store, now), &["follow_ups_expires_at"]).await;
    })
    .await;
}
