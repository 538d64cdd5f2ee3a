//! Forgetting: what is kept of a guild that the app was removed from long ago, and of people whom nothing else knows.
//!
//! It goes in steps of a bounded number of rows, each a transaction of its own that makes sure first that the app hasn't come back: who
//! presses a button elsewhere waits for one step at most, and a process that dies in between goes on where it stopped. A guild that
//! comes back meanwhile keeps what is left.

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, Value, prelude::*};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    connect::{Kind, Store},
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Tx, sealed::Connected, statement},
};

/// How many rows a step deletes at most.
const STEP: u64 = 1_000;

/// What a guild has on its own account: tables with the condition for its rows, in an order in which nothing is missed. `$1` is the
/// guild.
const OF_GUILD: [(&str, &str); 10] = [
    ("sync_changes", "run_id IN (SELECT id FROM sync_runs WHERE guild_id = $1)"),
    ("sync_members", "run_id IN (SELECT id FROM sync_runs WHERE guild_id = $1)"),
    ("sync_runs", "guild_id = $1"),
    ("guild_roles", "guild_id = $1"),
    ("questions", "guild_id = $1"),
    ("messages", "owner_id IN (SELECT id FROM owners WHERE guild_id = $1)"),
    ("bindings", "guild_id = $1"),
    ("deletions", "guild_id = $1"),
    ("drafts", "guild_id = $1"),
    ("command_log", "guild_id = $1"),
];

/// What a club has. `$1` is the club.
const OF_CLUB: [(&str, &str); 19] = [
    ("match_answers", "club_id = $1"),
    ("conflicts", "club_id = $1"),
    ("link_codes", "club_id = $1"),
    ("imports", "club_id = $1"),
    ("club_invites", "club_id = $1"),
    ("api_tokens", "club_id = $1"),
    ("webhook_deliveries", "webhook_id IN (SELECT id FROM webhooks WHERE club_id = $1)"),
    ("webhooks", "club_id = $1"),
    ("audit_log", "club_id = $1"),
    ("occurrences", "recurrence_id IN (SELECT id FROM recurrences WHERE club_id = $1)"),
    ("recurrences", "club_id = $1"),
    ("templates", "club_id = $1"),
    ("readiness", "event_id IN (SELECT id FROM events WHERE club_id = $1)"),
    ("crew_drafts", "event_id IN (SELECT id FROM events WHERE club_id = $1)"),
    ("team_invitations", "event_id IN (SELECT id FROM events WHERE club_id = $1)"),
    ("team_members", "event_id IN (SELECT id FROM events WHERE club_id = $1)"),
    ("teams", "event_id IN (SELECT id FROM events WHERE club_id = $1)"),
    ("signups", "event_id IN (SELECT id FROM events WHERE club_id = $1)"),
    ("members", "club_id = $1"),
];

/// Somebody whom nothing knows any more.
const ALONE: &str = "
    NOT EXISTS (SELECT 1 FROM members WHERE members.user_id = users.id)
    AND NOT EXISTS (SELECT 1 FROM signups WHERE signups.user_id = users.id)
    AND NOT EXISTS (SELECT 1 FROM team_members WHERE team_members.user_id = users.id)
    AND NOT EXISTS (SELECT 1 FROM team_invitations WHERE team_invitations.user_id = users.id)
    AND NOT EXISTS (SELECT 1 FROM match_answers WHERE match_answers.user_id = users.id)
    AND NOT EXISTS (SELECT 1 FROM link_codes WHERE link_codes.user_id = users.id)
    AND NOT EXISTS (SELECT 1 FROM guild_members
        JOIN discord_identities ON discord_identities.discord_id = guild_members.discord_id
        WHERE discord_identities.user_id = users.id)";

/// A club that its site has to do with, through the API: it stays, without a guild.
const HAS_SITE: &str =
    "EXISTS (SELECT 1 FROM api_tokens WHERE api_tokens.club_id = guilds.club_id AND revoked_at IS NULL)
    OR EXISTS (SELECT 1 FROM club_invites WHERE club_invites.club_id = guilds.club_id)";

/// The guilds that the app was removed from before an instant, those first that it was removed from first.
///
/// # Errors
///
/// When the database fails.
pub async fn due(
    store: &Store,
    lost_before: Timestamp,
    limit: u64,
) -> Result<Vec<Id<GuildMarker>>, StoreError> {
    let db = &store.read;
    let sql = "SELECT id FROM guilds WHERE state = 'lost' AND lost_at <= $1 ORDER BY lost_at LIMIT $2";
    let values = [ms(lost_before).into(), super::convert::count(limit).into()];
    let id = |row: sea_orm::QueryResult| {
        let id: i64 = row.try_get("", "id")?;
        Row::new("guilds", &id).flake("id", id)
    };
    db.query_all_raw(statement(db, sql, values)).await?.into_iter().map(id).collect()
}

/// Forgets a guild that the app was removed from before an instant, with its club unless that has to do with the API, and everybody
/// whom nothing else knows. `false` when the app is back.
///
/// # Errors
///
/// When the database fails. What isn't forgotten yet is so the next time.
pub async fn guild(
    store: &Store,
    guild: Id<GuildMarker>,
    lost_before: Timestamp,
) -> Result<bool, StoreError> {
    loop {
        let tx = store.begin().await?;
        let Some(doomed) = Doomed::find(&tx, guild, lost_before).await? else {
            tx.rollback().await?;
            return Ok(false);
        };
        let is_done = !doomed.step(&tx).await?;
        if is_done {
            doomed.last(&tx).await?;
        }
        tx.commit().await?;
        if is_done {
            return Ok(true);
        }
    }
}

/// What is being forgotten.
struct Doomed {
    /// The guild's club, if it goes with it.
    club: Option<Uuid>,
    guild: i64,
}

impl Doomed {
    /// The guild, if the app is still away. It can't come back before the transaction ends.
    async fn find(
        tx: &Tx,
        guild: Id<GuildMarker>,
        lost_before: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let db = &tx.conn();
        let sql = format!(
            "SELECT club_id, ({HAS_SITE}) AS has_site FROM guilds
             WHERE id = $1 AND state = 'lost' AND lost_at <= $2{}",
            tx.for_update()
        );
        let values = [flake(guild).into(), ms(lost_before).into()];
        let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
        let (club, has_site): (Option<Uuid>, bool) =
            (row.try_get("", "club_id")?, row.try_get("", "has_site")?);
        Ok(Some(Self { club: club.filter(|_| !has_site), guild: flake(guild) }))
    }

    /// Deletes some rows; `false` when there are none left.
    async fn step(&self, tx: &Tx) -> Result<bool, StoreError> {
        for (table, rows) in OF_GUILD {
            if delete(tx, (table, rows), self.guild.into()).await? > 0 {
                return Ok(true);
            }
        }
        for (table, rows) in OF_CLUB {
            let Some(club) = self.club else { break };
            if ["members", "signups", "team_members"].contains(&table) {
                let people = delete_people(tx, (table, rows, "user_id"), club.into()).await?;
                if people.is_empty() {
                    continue;
                }
                forget_alone(tx, people).await?;
                return Ok(true);
            }
            if delete(tx, (table, rows), club.into()).await? > 0 {
                return Ok(true);
            }
        }
        let there = ("guild_members", "guild_id = $1", "discord_id");
        let accounts = delete_people(tx, there, self.guild.into()).await?;
        let are_left = !accounts.is_empty();
        forget_alone(tx, people_of(tx, accounts).await?).await?;
        Ok(are_left)
    }

    /// Deletes the few rows that the others hung on.
    async fn last(&self, tx: &Tx) -> Result<(), StoreError> {
        let db = &tx.conn();
        let of_guild = ["DELETE FROM owners WHERE guild_id = $1", "DELETE FROM guilds WHERE id = $1"];
        self.unsettle(tx).await?;
        for sql in of_guild {
            db.execute_raw(statement(db, sql, [self.guild.into()])).await?;
        }
        let of_club = [
            "DELETE FROM events WHERE club_id = $1",
            "DELETE FROM series WHERE club_id = $1",
            "DELETE FROM clubs WHERE id = $1",
        ];
        for sql in of_club {
            if let Some(club) = self.club {
                db.execute_raw(statement(db, sql, [club.into()])).await?;
            }
        }
        Ok(())
    }

    /// Has a club that stays forget the channels and roles that it chose in the guild.
    async fn unsettle(&self, tx: &Tx) -> Result<(), StoreError> {
        let db = &tx.conn();
        let theirs = "club_id = (SELECT club_id FROM guilds WHERE id = $1)";
        let settings = format!(
            "UPDATE club_settings SET announcement_channel_id = NULL, member_role_id = NULL, organiser_channel_id = NULL,
             organiser_role_id = NULL, role_map = '[]' WHERE {theirs}"
        );
        let series = format!("UPDATE series SET adopted_category_id = NULL WHERE {theirs}");
        for sql in [settings, series] {
            db.execute_raw(statement(db, sql, [self.guild.into()])).await?;
        }
        Ok(())
    }
}

/// `DELETE` for a step's worth of a table's rows.
fn some(tx: &Tx, (table, rows): (&str, &str)) -> String {
    let row = match tx.kind() {
        Kind::Postgres => "ctid",
        Kind::Sqlite => "rowid",
    };
    format!("DELETE FROM {table} WHERE {row} IN (SELECT {row} FROM {table} WHERE {rows} LIMIT {STEP})")
}

/// Deletes a step's worth of rows, and says how many there were.
async fn delete(tx: &Tx, what: (&str, &str), of: Value) -> Result<u64, StoreError> {
    let db = &tx.conn();
    Ok(db.execute_raw(statement(db, some(tx, what), [of])).await?.rows_affected())
}

/// Deletes a step's worth of rows, and returns whom they named.
async fn delete_people<T: sea_orm::TryGetable>(
    tx: &Tx,
    (table, rows, who): (&str, &str, &str),
    of: Value,
) -> Result<Vec<T>, StoreError> {
    let db = &tx.conn();
    let sql = format!("{} RETURNING {who}", some(tx, (table, rows)));
    let deleted = db.query_all_raw(statement(db, sql, [of])).await?;
    Ok(deleted.iter().map(|row| row.try_get("", who)).collect::<Result<_, DbErr>>()?)
}

/// Whose the accounts are.
async fn people_of(tx: &Tx, accounts: Vec<i64>) -> Result<Vec<Uuid>, StoreError> {
    use entity::discord_identities::{Column, Entity};
    let known = Entity::find().filter(Column::DiscordId.is_in(accounts)).all(&tx.conn()).await?;
    Ok(known.into_iter().map(|identity| identity.user_id).collect())
}

/// Deletes those of these people whom nothing knows any more, with their accounts and whoever turned out to be them.
async fn forget_alone(tx: &Tx, people: Vec<Uuid>) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let db = &tx.conn();
    let numbers: Vec<String> = (1..=people.len()).map(|number| format!("${number}")).collect();
    let alone = format!("SELECT id FROM users WHERE id IN ({}) AND ({ALONE})", numbers.join(", "));
    let values = people.into_iter().map(Value::from);
    let rows = db.query_all_raw(statement(db, alone, values)).await?;
    let alone: Vec<Uuid> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, DbErr>>()?;
    let identities = entity::discord_identities::Column::UserId.is_in(alone.iter().copied());
    entity::discord_identities::Entity::delete_many().filter(identities).exec(db).await?;
    let gone = sea_orm::Condition::any()
        .add(entity::users::Column::Id.is_in(alone.iter().copied()))
        .add(entity::users::Column::MergedInto.is_in(alone));
    entity::users::Entity::delete_many().filter(gone).exec(db).await?;
    Ok(())
}
