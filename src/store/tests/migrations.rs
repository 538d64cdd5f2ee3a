use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};

use crate::store::{Store, testing::on_both_empty};

/// A row for every table, in the order in which the tables come to be.
const SAMPLES: [(&str, &str); 48] = [
    (
        "clubs",
        "(id, name, zone, created_at) VALUES ('00000000-0000-0000-0000-00000000000c', 'Owls', 'UTC', 1)",
    ),
    (
        "guilds",
        "(id, club_id, state, bot_permissions, created_at) VALUES (7, '00000000-0000-0000-0000-00000000000c', 'active', 8, 1)",
    ),
    (
        "club_settings",
        "(club_id, auto_create_channels, channel_naming_pattern, discord_integration_enabled, grace_hours, notification_preferences, put_away, race_voice_access, updated_at) VALUES ('00000000-0000-0000-0000-00000000000c', TRUE, '{event}', TRUE, 24, '{}', 'archive', 'open', 1)",
    ),
    (
        "users",
        "(id, display_name, created_at) VALUES ('00000000-0000-0000-0000-00000000000d', 'A driver', 1)",
    ),
    (
        "discord_identities",
        "(discord_id, user_id, username, name, created_at, updated_at) VALUES (9223372036854775807, '00000000-0000-0000-0000-00000000000d', 'driver', 'A driver', 1, 1)",
    ),
    (
        "series",
        "(id, club_id, name, name_key, created_at) VALUES ('00000000-0000-0000-0000-00000000000e', '00000000-0000-0000-0000-00000000000c', 'Cup', 'cup', 1)",
    ),
    (
        "events",
        "(id, club_id, series_id, name, name_key, description, start_at, length_minutes, end_at, state, channel_name, channels_wanted, created_at, created_by, revision) VALUES ('00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-00000000000c', '00000000-0000-0000-0000-00000000000e', 'Race', 'race', '', 1, 60, 2, 'open', 'race', TRUE, 1, 7, 1)",
    ),
    (
        "event_classes",
        "(id, event_id, position) VALUES ('00000000-0000-0000-0000-000000000010', '00000000-0000-0000-0000-00000000000f', 0)",
    ),
    (
        "signups",
        "(id, event_id, user_id, discord_id, class_id, state, ord, created_at, updated_at) VALUES ('00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-00000000000d', 9223372036854775807, '00000000-0000-0000-0000-000000000010', 'in', 1, 1, 1)",
    ),
    (
        "teams",
        "(id, event_id, class_id, name, name_key, revision, created_at, updated_at) VALUES ('00000000-0000-0000-0000-000000000020', '00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-000000000010', 'Red', 'red', 1, 1, 1)",
    ),
    (
        "team_members",
        "(event_id, user_id, team_id, discord_id, duty, leads, ord) VALUES ('00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-00000000000d', '00000000-0000-0000-0000-000000000020', 9223372036854775807, 'driver', TRUE, 0)",
    ),
    (
        "rooms",
        "(id, event_id, team_id, open_until, changed_at) VALUES ('00000000-0000-0000-0000-000000000020', '00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-000000000020', 1, 1)",
    ),
    (
        "team_invitations",
        "(team_id, user_id, event_id, discord_id, duty, asked_at) VALUES ('00000000-0000-0000-0000-000000000020', '00000000-0000-0000-0000-00000000000d', '00000000-0000-0000-0000-00000000000f', 9, 'driver', 1)",
    ),
    (
        "readiness",
        "(event_id, user_id, team_id, checked_at, sees, in_thread, joins) VALUES ('00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-00000000000d', '00000000-0000-0000-0000-000000000020', 1, '\"yes\"', '\"yes\"', '\"yes\"')",
    ),
    (
        "owners",
        "(id, kind, guild_id, club_id, requested, requested_at, request_rank, done, due_rank, not_before, begun, tries, check_due_at, check_wanted, lease_until, lease_fence, updated_at) VALUES ('00000000-0000-0000-0000-00000000000f', 'event', 7, '00000000-0000-0000-0000-00000000000c', 1, 1, 1, 0, 3, 0, 0, 0, 1, FALSE, 0, 0, 1)",
    ),
    (
        "bindings",
        "(id, owner_id, guild_id, slot, kind, discord_id, state, token, view_version, fence, clicks, remakes, renamed, tries, created_at, updated_at) VALUES ('00000000-0000-0000-0000-000000000012', '00000000-0000-0000-0000-00000000000f', 7, 'text', 'text', 99, 'bound', 't', 1, 1, 0, 0, FALSE, 0, 1, 1)",
    ),
    (
        "messages",
        "(id, owner_id, key, channel_id, state, nonce, fence, tries) VALUES ('00000000-0000-0000-0000-000000000013', '00000000-0000-0000-0000-00000000000f', 'k', 99, 'said', 'n', 1, 0)",
    ),
    (
        "questions",
        "(id, guild_id, owner_id, kind, slot, detail, state, created_at) VALUES ('00000000-0000-0000-0000-000000000014', 7, '00000000-0000-0000-0000-00000000000f', 'remake', 'text', '{}', 'open', 1)",
    ),
    ("deletions", "(id, guild_id, at) VALUES ('00000000-0000-0000-0000-000000000015', 7, 1)"),
    ("answers", "(key, body, created_at, expires_at) VALUES ('i:1', '{}', 1, 2)"),
    (
        "drafts",
        "(id, guild_id, user_id, form, context, fields, created_at, expires_at) VALUES ('00000000-0000-0000-0000-000000000016', 7, 8, 'event', '{}', '{}', 1, 2)",
    ),
    (
        "follow_ups",
        "(id, sealed_token, kind, body, request_id, expires_at, claim_until, tries, created_at) VALUES ('00000000-0000-0000-0000-000000000017', 'sealed', 'original', '{}', 'r', 2, 0, 0, 1)",
    ),
    (
        "command_log",
        "(id, user_id, command, outcome, millis, at) VALUES ('00000000-0000-0000-0000-000000000018', 8, 'ping', 'ok', 3, 1)",
    ),
    (
        "audit_log",
        "(id, club_id, actor, action, subject_kind, subject_id, at) VALUES ('00000000-0000-0000-0000-000000000019', '00000000-0000-0000-0000-00000000000c', 8, 'event.create', 'event', 'f', 1)",
    ),
    ("bot_settings", "(id, updated_at) VALUES (1, 1)"),
    (
        "members",
        "(club_id, user_id, name, aliases, roles, on_roster, status, created_at, updated_at) VALUES ('00000000-0000-0000-0000-00000000000c', '00000000-0000-0000-0000-00000000000d', 'A driver', '[]', '[]', TRUE, 'active', 1, 1)",
    ),
    ("guild_members", "(guild_id, discord_id, username, roles, seen_at) VALUES (7, 8, 'driver', '[]', 1)"),
    (
        "match_answers",
        "(club_id, discord_id, user_id, verdict, answered_by, answered_at) VALUES ('00000000-0000-0000-0000-00000000000c', 8, '00000000-0000-0000-0000-00000000000d', 'same', 8, 1)",
    ),
    (
        "conflicts",
        "(id, club_id, discord_id, candidates, state, created_at, updated_at) VALUES ('00000000-0000-0000-0000-00000000001a', '00000000-0000-0000-0000-00000000000c', 8, '[]', 'open', 1, 1)",
    ),
    ("oauth_states", "(hash, kind, created_at, expires_at) VALUES ('h', 'state', 1, 2)"),
    (
        "link_codes",
        "(hash, club_id, user_id, created_at, expires_at) VALUES ('h', '00000000-0000-0000-0000-00000000000c', '00000000-0000-0000-0000-00000000000d', 1, 2)",
    ),
    ("link_tries", "(discord_id, wrong, since) VALUES (8, 1, 1)"),
    (
        "club_invites",
        "(hash, club_id, created_at, expires_at) VALUES ('h', '00000000-0000-0000-0000-00000000000c', 1, 2)",
    ),
    (
        "api_tokens",
        "(id, club_id, hash, name, scopes, created_at) VALUES ('00000000-0000-0000-0000-00000000001b', '00000000-0000-0000-0000-00000000000c', 'h', 'site', '[]', 1)",
    ),
    (
        "idempotency_keys",
        "(caller, key, request_hash, status, body, created_at) VALUES ('t', 'k', 'h', 200, '{}', 1)",
    ),
    (
        "imports",
        "(id, club_id, by, file_name, roster, created_at, expires_at) VALUES ('00000000-0000-0000-0000-00000000001c', '00000000-0000-0000-0000-00000000000c', 8, 'r.csv', '[]', 1, 2)",
    ),
    (
        "sync_runs",
        "(id, club_id, guild_id, kind, state, cursor, pages, calls, results, claim_until, not_before, tries, started_at) VALUES ('00000000-0000-0000-0000-00000000001d', '00000000-0000-0000-0000-00000000000c', 7, 'preview', 'reading', 0, 0, 0, '{}', 0, 0, 0, 1)",
    ),
    (
        "sync_members",
        "(run_id, discord_id, username, roles, is_bot) VALUES ('00000000-0000-0000-0000-00000000001d', 8, 'driver', '[]', FALSE)",
    ),
    (
        "sync_changes",
        "(run_id, ord, kind, detail, state) VALUES ('00000000-0000-0000-0000-00000000001d', 1, 'new', '{}', 'planned')",
    ),
    (
        "import_jobs",
        "(id, club_id, by, kind, file_name, sealed, token_expires_at, request_id, cursor, done, claim_until, tries, created_at) VALUES ('00000000-0000-0000-0000-00000000001e', '00000000-0000-0000-0000-00000000000c', 8, 'read', 'r.csv', 'x', 2, 'q', 0, '{}', 0, 0, 1)",
    ),
    ("guild_roles", "(guild_id, roles, held, read_at) VALUES (7, '[]', '[]', 1)"),
    (
        "follow_up_files",
        "(follow_up_id, number, name, content) VALUES ('00000000-0000-0000-0000-000000000017', 0, 'm.csv', 'x')",
    ),
    (
        "templates",
        "(id, club_id, name, name_key, series_id, blueprint, created_at, updated_at) VALUES ('00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-00000000000c', 'Sprint', 'sprint', '00000000-0000-0000-0000-00000000000e', '{}', 1, 1)",
    ),
    (
        "recurrences",
        "(id, club_id, series_id, name, rule, blueprint, made, due_at, created_at, created_by) VALUES ('00000000-0000-0000-0000-0000000000e2', '00000000-0000-0000-0000-00000000000c', '00000000-0000-0000-0000-00000000000e', 'Sprint', '{}', '{}', 3, 1, 1, 7)",
    ),
    (
        "occurrences",
        "(recurrence_id, ordinal, event_id) VALUES ('00000000-0000-0000-0000-0000000000e2', 1, '00000000-0000-0000-0000-00000000000f')",
    ),
    (
        "webhooks",
        "(id, club_id, url, kinds, sealed_secret, created_at, claim_until) VALUES ('00000000-0000-0000-0000-0000000000f1', '00000000-0000-0000-0000-00000000000c', 'https://club.example', 'team.changed', 'x', 1, 0)",
    ),
    (
        "webhook_deliveries",
        "(webhook_id, event_id, kind, requested, done, changed_at, tries) VALUES ('00000000-0000-0000-0000-0000000000f1', '00000000-0000-0000-0000-00000000000f', 'team.changed', 1, 0, 1, 0)",
    ),
    (
        "crew_drafts",
        "(event_id, discord_id, draft, revision, created_at, expires_at) VALUES ('00000000-0000-0000-0000-00000000000f', 8, '{}', 1, 1, 2)",
    ),
];

/// How many rows the table has; `None` when there is no such table.
async fn rows(store: &Store, table: &str) -> Option<i64> {
    let sql = format!("SELECT COUNT(*) AS rows FROM {table}");
    let counted =
        store.write.query_one_raw(Statement::from_string(store.write.get_database_backend(), sql)).await;
    counted.ok().flatten().map(|row| row.try_get("", "rows").unwrap())
}

async fn existing(store: &Store) -> Vec<&'static str> {
    let mut existing = Vec::new();
    for (table, _) in SAMPLES {
        if rows(store, table).await.is_some() {
            existing.push(table);
        }
    }
    existing
}

/// Applies one migration after the other, each over what the tables before it hold.
async fn climb(store: &Store) {
    for step in 1..=Migrator::migrations().len() {
        Migrator::up(&store.write, Some(1)).await.unwrap();
        for (table, values) in SAMPLES {
            if rows(store, table).await == Some(0) {
                store.write.execute_unprepared(&format!("INSERT INTO {table} {values}")).await.unwrap();
            }
        }
        for table in existing(store).await {
            assert_eq!(rows(store, table).await, Some(1), "{table} after {step} migrations");
        }
    }
    assert_eq!(existing(store).await.len(), SAMPLES.len(), "a table is missing here");
}

#[tokio::test]
async fn every_migration_applies_over_data_down_and_up_again() {
    on_both_empty(async |store| {
        climb(&store).await;
        for _ in Migrator::migrations() {
            let before = existing(&store).await;
            Migrator::down(&store.write, Some(1)).await.unwrap();
            let after = existing(&store).await;
            assert!(after.len() <= before.len());
            for table in after {
                assert_eq!(rows(&store, table).await, Some(1), "{table} lost its row on the way down");
            }
        }
        assert!(existing(&store).await.is_empty());
        climb(&store).await;
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn several_processes_may_migrate_at_once() {
    on_both_empty(async |store| {
        let migrations = (0..4).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.migrate().await })
        });
        for migration in migrations.collect::<Vec<_>>() {
            migration.await.unwrap().unwrap();
        }
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_a_later_release_added_stops_no_earlier_one() {
    on_both_empty(async |store| {
        store.migrate().await.unwrap();
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 1)";
        store.write.execute_unprepared(later).await.unwrap();
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
        store.migrate().await.unwrap();
        let last = Migrator::migrations().pop().unwrap();
        let forget = format!("DELETE FROM seaql_migrations WHERE version = '{}'", last.name());
        store.write.execute_unprepared(&forget).await.unwrap();
        assert_eq!(store.pending_migrations().await.unwrap(), 1, "what is missing is still seen");
    })
    .await;
}
