use sea_orm::{ConnectionTrait, Statement};

use crate::store::{
    Kind, Store, clubs,
    testing::{club, guild, on_both, postgres_url},
};

async fn pragma(store: &Store, name: &str) -> String {
    let sql = format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}");
    let statement = Statement::from_string(store.write.get_database_backend(), sql);
    store.write.query_one_raw(statement).await.unwrap().unwrap().try_get("", "value").unwrap()
}

#[tokio::test]
async fn sqlite_is_set_up_for_one_writer_and_many_readers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/down/simlane.db");
    let store = Store::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    assert!(file.exists());
    assert_eq!(store.kind(), Kind::Sqlite);
    assert_eq!(pragma(&store, "journal_mode").await, "wal");
    assert_eq!(pragma(&store, "foreign_keys").await, "1");
    assert_eq!(pragma(&store, "synchronous").await, "1");
    assert!(store.read.execute_unprepared("CREATE TABLE t (c INTEGER)").await.is_err(), "readers only read");
}

#[tokio::test]
async fn a_backup_is_a_database_of_its_own() {
    on_both(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        club(&store, 1).await;
        let copied = store.backup(&copy).await;
        assert_eq!(copied.is_ok(), store.kind() == Kind::Sqlite, "{copied:?}");
        if copied.is_ok() {
            assert!(store.backup(&copy).await.is_err(), "never over another file");
            let copy = Store::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
            assert!(clubs::of_guild(&copy, guild(1)).await.unwrap().is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_in_memory_is_one_for_readers_and_writers() {
    let store = Store::connect("sqlite::memory:").await.unwrap();
    store.migrate().await.unwrap();
    assert_eq!(store.pending_migrations().await.unwrap(), 0);
}

#[tokio::test]
async fn an_unusable_url_is_refused_without_being_repeated() {
    for url in ["mysql://root:s3cret@localhost/x", "s3cret", "postgres://u:s3cret@localhost:not-a-port/x"] {
        let error = Store::connect(url).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn postgresql_may_be_written_out_in_the_url() {
    let (_, rest) = postgres_url().split_once("://").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let store = Store::connect(&format!("postgresql://{rest}")).await.unwrap();
    assert_eq!(store.kind(), Kind::Postgres);
}

#[tokio::test]
async fn both_answer_and_tell_their_time() {
    on_both(|store| async move {
        let before = store.db_now().await.unwrap();
        assert!(store.ping().await.unwrap().as_secs() < 5);
        assert!(store.db_now().await.unwrap() >= before);
    })
    .await;
}

#[tokio::test]
async fn foreign_keys_are_on() {
    on_both(|store| async move {
        let orphan =
            "INSERT INTO deletions (id, guild_id, at) VALUES ('00000000-0000-0000-0000-000000000001', 5, 0)";
        assert!(store.write.execute_unprepared(orphan).await.is_err());
    })
    .await;
}
