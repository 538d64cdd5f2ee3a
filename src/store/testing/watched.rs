//! A store whose statements are watched.

use std::{
    pin::pin,
    sync::{Arc, Mutex},
};

use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Kind, Store, StoreError, tx::sealed::Connected};

/// A store that keeps every statement that goes through it.
pub(crate) struct Watched {
    asked: Arc<Mutex<Vec<Statement>>>,
    pub(crate) store: Store,
}

impl Watched {
    pub(crate) fn new(mut store: Store) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        for connection in [&mut store.read, &mut store.write] {
            let asked = Arc::clone(&asked);
            connection.set_metric_callback(move |info| asked.lock().unwrap().push(info.statement.clone()));
        }
        Self { asked, store }
    }

    /// What is asked while `doing` runs.
    pub(crate) async fn asked<T>(&self, doing: impl Future<Output = T>) -> (T, Vec<Statement>) {
        self.asked.lock().unwrap().clear();
        let done = pin!(doing).await;
        (done, std::mem::take(&mut *self.asked.lock().unwrap()))
    }

    /// Asserts that everything that `query` asks is found by indexes, by those of these names among them.
    pub(crate) async fn finds<T>(
        &self,
        query: impl Future<Output = Result<T, StoreError>>,
        indexes: &[&str],
    ) {
        let (found, asked) = self.asked(query).await;
        found.unwrap();
        let plan = self.explain_all(asked).await;
        for index in indexes {
            assert!(plan.contains(&format!("{index} ")), "{index} isn't used:\n{plan}");
        }
    }

    /// How the database goes about these statements: by indexes alone.
    pub(crate) async fn explain_all(&self, asked: Vec<Statement>) -> String {
        let mut plan = String::new();
        for statement in asked {
            plan.push_str(&explain(&self.store, statement).await);
        }
        let whole = |line: &&str| line.starts_with("SCAN ") || line.contains("Seq Scan on ");
        // What a query makes up itself has no index.
        let made_up = |line: &&str| line.ends_with(" work") || line.ends_with(" CONSTANT ROW");
        assert_eq!(plan.lines().filter(whole).find(|line| !made_up(line)), None, "{plan}");
        plan
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
