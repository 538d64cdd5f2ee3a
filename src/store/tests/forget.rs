use sea_orm::ConnectionTrait;
use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    domain::{
        account::Account,
        id::UserId,
        member::Member,
        signup::{Signup, SignupState},
    },
    store::{
        Store,
        audit::{self, Doer},
        clubs, forget, guild_members, guilds, invitations, link_codes, match_answers, members, oauth_states,
        owners, signups,
        testing::{club, commit, event, execute, guild, noon, on_both, sighting},
        tx::statement,
        users,
    },
};

fn account(number: u64) -> Account {
    Account { global_name: None, id: Id::new(number), nickname: None, username: format!("driver{number}") }
}

fn user(number: u64) -> UserId {
    UserId::new(Uuid::from_u64_pair(9, number))
}

/// Somebody with an account, who is seen in a guild.
async fn seen(store: &Store, number: u64, in_guild: u64) {
    commit(store, async |tx| {
        users::of_account(tx, &account(number), user(number), noon(0)).await.unwrap();
        guild_members::see(tx, guild(in_guild), &account(number), &[], noon(0)).await.unwrap();
    })
    .await;
}

/// A club with an event and four people: two with an account, one on the roster only, and one who turned out to be another.
async fn a_club(store: &Store, number: u64) -> crate::domain::club::Club {
    let club = club(store, number).await;
    let event = event(store, &club, number, 1).await;
    let base = number * 100;
    seen(store, base, number).await;
    seen(store, base + 1, number).await;
    commit(store, async |tx| {
        for extra in [base + 2, base + 3] {
            users::create(tx, user(extra), "extra", noon(0)).await.unwrap();
        }
        users::merge(tx, user(base + 3), user(base), noon(0)).await.unwrap();
        let member =
            |number| Member { user: user(number), ..Member::on_their_own(user(number), &account(number)) };
        members::put(tx, club.id, &[member(base), member(base + 2)], noon(0)).await.unwrap();
        let line =
            Signup { order: 1, state: SignupState::Tentative, ..Signup::blank(user(base), Id::new(base)) };
        signups::put(tx, event.id, &[line], || Uuid::from_u64_pair(5, number), noon(0)).await.unwrap();
        let pair = (Id::new(base), user(base));
        match_answers::put(tx, club.id, pair, match_answers::Verdict::Same, Doer::Operator, noon(0))
            .await
            .unwrap();
        let until = noon(60_000);
        link_codes::put(tx, &format!("code {number}"), (club.id, user(base)), noon(0), until).await.unwrap();
        let entry = audit::Entry {
            action: "club.test".into(),
            after: None,
            at: noon(0),
            before: None,
            by: audit::Doer::Account(Id::new(1)),
            club: club.id,
            id: Uuid::from_u64_pair(6, number),
            subject_id: String::new(),
            subject_kind: "club".into(),
        };
        audit::write(tx, entry).await.unwrap();
        let step = oauth_states::Step::State;
        oauth_states::spend(tx, step, &format!("state {number}"), noon(0), noon(1)).await.unwrap();
    })
    .await;
    furnish(store, number, club.id.uuid(), event.id.uuid()).await;
    club
}

/// A row in each table that no function above writes to.
async fn furnish(store: &Store, number: u64, club: Uuid, event: Uuid) {
    let (club, event) = (format!("'{club}'"), format!("'{event}'"));
    let id = format!("'{}'", Uuid::from_u64_pair(7, number));
    // SQLite keeps identifiers as bytes.
    let literal = |uuid: &str| match store.kind() {
        crate::store::Kind::Postgres => format!("{uuid}::uuid"),
        crate::store::Kind::Sqlite => format!("x'{}'", uuid.replace(['-', '\''], "")),
    };
    let (club, event, id) = (literal(&club), literal(&event), literal(&id));
    for sql in [
        format!(
            "INSERT INTO sync_runs (id, club_id, guild_id, kind, state, cursor, pages, calls, results, claim_until, not_before,
             tries, started_at) VALUES ({id}, {club}, {number}, 'manual', 'done', 0, 0, 0, '{{}}', 0, 0, 0, 0)"
        ),
        format!("INSERT INTO sync_changes (run_id, ord, kind, detail, state) VALUES ({id}, 1, 'x', '{{}}', 'x')"),
        format!(
            "INSERT INTO sync_members (run_id, discord_id, username, roles, is_bot) VALUES ({id}, 1, 'x', '[]', FALSE)"
        ),
        format!(
            "INSERT INTO imports (id, club_id, by, file_name, roster, created_at, expires_at)
             VALUES ({id}, {club}, 1, 'x', '[]', 0, 0)"
        ),
        format!(
            "INSERT INTO conflicts (id, club_id, discord_id, candidates, state, created_at, updated_at)
             VALUES ({id}, {club}, 1, '[]', 'open', 0, 0)"
        ),
        format!("INSERT INTO guild_roles (guild_id, roles, held, read_at) VALUES ({number}, '[]', '[]', 0)"),
        format!("INSERT INTO deletions (id, guild_id, at) VALUES ({id}, {number}, 0)"),
        format!(
            "INSERT INTO drafts (id, guild_id, user_id, form, context, fields, created_at, expires_at)
             VALUES ({id}, {number}, 1, 'x', '{{}}', '{{}}', 0, 0)"
        ),
        format!(
            "INSERT INTO command_log (id, guild_id, user_id, command, outcome, millis, at)
             VALUES ({id}, {number}, 1, 'x', 'x', 0, 0)"
        ),
        format!(
            "INSERT INTO questions (id, guild_id, owner_id, kind, slot, detail, state, created_at)
             VALUES ({id}, {number}, {event}, 'x', 'x', '{{}}', 'closed', 0)"
        ),
        format!(
            "INSERT INTO messages (id, owner_id, key, channel_id, state, nonce, fence, tries)
             VALUES ({id}, {event}, 'x', 1, 'said', 'x', 0, 0)"
        ),
        format!(
            "INSERT INTO bindings (id, owner_id, guild_id, slot, kind, state, token, view_version, fence, clicks, remakes, renamed,
             tries, created_at, updated_at)
             VALUES ({id}, {event}, {number}, 'x', 'text', 'bound', 'x', 0, 0, 0, 0, FALSE, 0, 0, 0)"
        ),
        format!(
            "INSERT INTO series (id, club_id, name, name_key, created_at) VALUES ({id}, {club}, 'x', 'x', 0)"
        ),
        format!(
            "INSERT INTO templates (id, club_id, name, name_key, series_id, blueprint, created_at, updated_at)
             VALUES ({id}, {club}, 'x', 'x', {id}, '{{}}', 0, 0)"
        ),
        format!(
            "INSERT INTO recurrences (id, club_id, series_id, name, rule, blueprint, made, created_at, created_by)
             VALUES ({id}, {club}, {id}, 'x', '{{}}', '{{}}', 0, 0, 1)"
        ),
        format!(
            "INSERT INTO teams (id, event_id, class_id, name, name_key, revision, created_at, updated_at)
             SELECT {id}, {event}, id, 'x', 'x', 0, 0, 0 FROM event_classes WHERE event_id = {event} LIMIT 1"
        ),
        format!(
            "INSERT INTO readiness (event_id, user_id, team_id, checked_at, sees, in_thread, joins)
             SELECT {event}, user_id, {id}, 0, '\"yes\"', '\"yes\"', '\"yes\"' FROM signups WHERE event_id = {event}"
        ),
        format!(
            "INSERT INTO team_invitations (team_id, user_id, event_id, discord_id, duty, asked_at)
             SELECT {id}, user_id, {event}, 1, 'driver', 0 FROM signups WHERE event_id = {event}"
        ),
        format!(
            "INSERT INTO webhooks (id, club_id, url, kinds, sealed_secret, created_at, claim_until)
             VALUES ({id}, {club}, 'x', 'team.changed', 'x', 0, 0)"
        ),
        format!(
            "INSERT INTO webhook_deliveries (webhook_id, event_id, kind, requested, done, changed_at, tries)
             VALUES ({id}, {event}, 'team.changed', 1, 0, 0, 0)"
        ),
        format!(
            "INSERT INTO crew_drafts (event_id, discord_id, draft, revision, created_at, expires_at)
             VALUES ({event}, 1, '{{}}', 1, 0, 0)"
        ),
        format!("INSERT INTO occurrences (recurrence_id, ordinal, event_id) VALUES ({id}, 0, {event})"),
    ] {
        execute(store, &sql).await;
    }
}

async fn lose(store: &Store, number: u64, at: i64) {
    commit(store, async |tx| guilds::lose(tx, guild(number), noon(at)).await.unwrap()).await;
}

/// How many rows each table has that isn't empty, those aside that know no guild.
async fn left(store: &Store) -> Vec<(String, i64)> {
    let tables = match store.kind() {
        crate::store::Kind::Postgres => {
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
        }
        crate::store::Kind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
    };
    let db = &store.write;
    let mut left = Vec::new();
    for row in db.query_all_raw(statement(db, tables, [])).await.unwrap() {
        let table: String = row.try_get("", "name").unwrap();
        let sql = format!("SELECT COUNT(*) AS count FROM {table}");
        let count = db.query_one_raw(statement(db, sql, [])).await.unwrap().unwrap();
        let count: i64 = count.try_get("", "count").unwrap();
        if count > 0 && !["seaql_migrations", "bot_settings", "oauth_states"].contains(&table.as_str()) {
            left.push((table, count));
        }
    }
    left.sort();
    left
}

#[tokio::test]
async fn nothing_is_left_of_a_guild_that_is_forgotten() {
    on_both(|store| async move {
        a_club(&store, 1).await;
        lose(&store, 1, 0).await;
        assert!(forget::due(&store, noon(-1), 9).await.unwrap().is_empty(), "not yet");
        assert!(!forget::guild(&store, guild(1), noon(-1)).await.unwrap());
        assert_eq!(forget::due(&store, noon(0), 9).await.unwrap(), [guild(1)]);
        assert!(forget::guild(&store, guild(1), noon(0)).await.unwrap());
        assert_eq!(left(&store).await, []);
        assert!(!forget::guild(&store, guild(1), noon(0)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn whoever_is_known_elsewhere_stays() {
    on_both(|store| async move {
        a_club(&store, 1).await;
        seen(&store, 500, 1).await;
        a_club(&store, 2).await;
        let others = left(&store).await.len();
        // 100 is a member of the other club, too, and 500 was seen in its guild.
        seen(&store, 100, 2).await;
        seen(&store, 500, 2).await;
        lose(&store, 1, 0).await;
        assert!(forget::guild(&store, guild(1), noon(0)).await.unwrap());
        assert_eq!(left(&store).await.len(), others, "every table has something of the other club's");
        for (number, is_there) in [(100, true), (500, true), (101, false), (200, true), (201, true)] {
            let known = users::by_account(&store, Id::new(number)).await.unwrap();
            assert_eq!(known.is_some(), is_there, "{number}");
        }
        assert_eq!(users::current(&store, user(103)).await.unwrap(), Some(user(100)));
        assert_eq!(users::current(&store, user(102)).await.unwrap(), None, "who was on the roster only");
    })
    .await;
}

#[tokio::test]
async fn a_club_of_the_sites_stays_without_a_guild() {
    on_both(|store| async move {
        let club = a_club(&store, 1).await;
        commit(&store, async |tx| {
            invitations::put(tx, "hash", club.id, noon(0), noon(1)).await.unwrap();
        })
        .await;
        lose(&store, 1, 0).await;
        assert!(forget::guild(&store, guild(1), noon(0)).await.unwrap());
        assert_eq!(guilds::by_id(&store, guild(1)).await.unwrap(), None);
        assert_eq!(clubs::guild_of(&store, club.id).await.unwrap(), None);
        assert_eq!(members::of_club(&store, club.id).await.unwrap().len(), 2);
        let tables: Vec<String> = left(&store).await.into_iter().map(|(table, _)| table).collect();
        for gone in [
            "owners",
            "bindings",
            "questions",
            "messages",
            "guild_members",
            "guild_roles",
            "guilds",
            "sync_runs",
        ] {
            assert!(!tables.iter().any(|table| table == gone), "{gone}");
        }
        // Bound to another guild, its events begin there.
        commit(&store, async |tx| {
            guilds::see(tx, guild(2), sighting(), noon(2)).await.unwrap();
            assert!(clubs::bind(tx, club.id, guild(2), noon(2)).await.unwrap());
        })
        .await;
        assert_eq!(owners::of_guild(&store, guild(2)).await.unwrap().len(), 3, "guild, series and event");
    })
    .await;
}

#[tokio::test]
async fn a_guild_that_is_back_is_not_forgotten() {
    on_both(|store| async move {
        a_club(&store, 1).await;
        lose(&store, 1, 0).await;
        let before = left(&store).await;
        commit(&store, async |tx| guilds::see(tx, guild(1), sighting(), noon(5)).await.unwrap()).await;
        assert!(forget::due(&store, noon(9), 9).await.unwrap().is_empty());
        assert!(!forget::guild(&store, guild(1), noon(9)).await.unwrap());
        assert_eq!(left(&store).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_crowd_is_forgotten_in_steps() {
    on_both(|store| async move {
        club(&store, 1).await;
        let crowd: Vec<guild_members::GuildMember> = (10_000..12_500)
            .map(|number| guild_members::GuildMember {
                account: account(number),
                left_at: None,
                roles: [].into(),
            })
            .collect();
        commit(&store, async |tx| guild_members::put(tx, guild(1), &crowd, noon(0)).await.unwrap()).await;
        seen(&store, 10_000, 1).await;
        lose(&store, 1, 0).await;
        assert!(forget::guild(&store, guild(1), noon(0)).await.unwrap());
        assert_eq!(left(&store).await, []);
    })
    .await;
}
