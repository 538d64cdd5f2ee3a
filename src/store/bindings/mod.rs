//! What stands on Discord for each slot of an owner.
//!
//! A binding is written before the call that makes its resource, and gets the resource's snowflake right
//! after. Only what is bound is ever touched.

mod click;
mod decide;
mod write;

use std::collections::HashSet;

use entity::bindings::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{Condition, QuerySelect, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GenericMarker, GuildMarker},
};

pub use click::{CARD, Click, click_card, settle};
pub use decide::{allow_remake, let_go, look_again, unpark, use_ours};
pub use write::{
    Applied, Attempt, Made, NewBinding, applied, begin_create, bound, delete, mark, observed, renamed, retry,
    wait, want,
};

use super::{
    convert::{Row, flake, word},
    error::StoreError,
    fault::Fault,
    tx::{DbInstant, Source},
};
use crate::domain::{
    id::{BindingId, OwnerId, TeamId},
    room::RoomOf,
};

/// The slot of a series' first category: the one that it adopts, where it adopts one.
pub const FIRST_CATEGORY: &str = "category/1";

/// The slot of an event's text channel.
pub const CHANNEL: &str = "channel";
/// The slot of the scheduled event that Discord shows for an event.
pub const NATIVE: &str = "native";
/// The slot of an event's race voice channel.
pub const RACE_VOICE: &str = "voice/race";

/// The slot of a practice room, among those of its event.
#[must_use]
pub fn practice(room: RoomOf) -> String {
    match room {
        RoomOf::Event(_) => "voice/practice".to_owned(),
        RoomOf::Team(team) => format!("team/{}/practice", team.short()),
    }
}

/// The team whose thread's slot that is.
#[must_use]
pub fn team_of_thread(slot: &str) -> Option<TeamId> {
    TeamId::from_short(slot.strip_prefix("team/")?.strip_suffix("/thread")?)
}

/// A slot of an owner, and what stands on Discord for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// What was last applied.
    pub applied: Option<Value>,
    /// The hash of what was last applied, or is presumed to be shown.
    pub applied_hash: Option<String>,
    /// When the create was attempted, by the clock that is passed in.
    pub attempt_at: Option<Timestamp>,
    /// When that attempt is certainly over, by the database's clock.
    pub attempt_deadline: Option<DbInstant>,
    /// The channel that a message is in.
    pub channel: Option<Id<ChannelMarker>>,
    /// Counts the clicks that a card answered.
    pub clicks: u64,
    /// The resource's snowflake, once known.
    pub discord: Option<Id<GenericMarker>>,
    /// How the resource is known to be ours.
    pub evidence: Option<Evidence>,
    /// What went wrong.
    pub fault: Option<Fault>,
    /// The guild.
    pub guild: Id<GuildMarker>,
    /// Its identifier.
    pub id: BindingId,
    /// The kind of resource.
    pub kind: BindingKind,
    /// No step for it is tried before that.
    pub not_before: Option<Timestamp>,
    /// The owner.
    pub owner: OwnerId,
    /// How often it was made again after having been deleted by hand.
    pub remakes: u32,
    /// Whether people gave it a name or topic of their own, which is theirs.
    pub renamed: bool,
    /// The name that Discord returned.
    pub seen_name: Option<String>,
    /// When a card is to be edited whatever its hash.
    pub settle_at: Option<Timestamp>,
    /// The slot's name, unique for its owner.
    pub slot: String,
    /// Where the resource stands.
    pub state: BindingState,
    /// Random text in the audit reason of the call that makes it.
    pub token: String,
    /// Failures since the last success.
    pub tries: u32,
    /// The version of the views that applied it.
    pub view_version: u32,
}

/// A kind of resource.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BindingKind {
    /// An event's card, or the board of coming events: a message.
    Card,
    /// A channel category.
    Category,
    /// A scheduled event.
    Native,
    /// A role.
    Role,
    /// A text channel.
    Text,
    /// A thread.
    Thread,
    /// A voice channel.
    Voice,
}

/// Where a resource stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BindingState {
    /// Several things on Discord may be it: an organiser has to say.
    Ambiguous,
    /// It stands, and its snowflake is known.
    Bound,
    /// Its create was or is being attempted; the outcome isn't known.
    Creating,
    /// A category that stands and takes no more channels.
    Full,
    /// It stood, and somebody deleted it.
    Gone,
    /// It isn't wanted any more, and was put away or deleted.
    Retired,
    /// An attempt certainly made nothing: it may be tried again.
    Unmade,
}

/// How a resource is known to be ours.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// An organiser handed it over; never renamed or deleted.
    Adopted,
    /// An audit entry of the bot's holds the binding's token.
    Audit,
    /// Discord answered our call with it.
    Made,
    /// An exact match, created within the attempt's window; never deleted by itself.
    Match,
    /// The bot owns it.
    Owner,
}

impl Binding {
    /// Its snowflake, while it stands.
    #[must_use]
    pub fn standing(&self) -> Option<Id<GenericMarker>> {
        self.discord.filter(|_| matches!(self.state, BindingState::Bound | BindingState::Full))
    }

    /// The category that it was last put in, where it is a channel.
    #[must_use]
    pub fn category(&self) -> Option<Id<ChannelMarker>> {
        let parent = self.applied.as_ref()?.pointer("/channel/parent")?;
        serde_json::from_value(parent.clone()).ok()
    }
}

/// The owner's bindings, by slot.
///
/// # Errors
///
/// When the database fails.
pub async fn of_owner(db: &impl Source, owner: OwnerId) -> Result<Vec<Binding>, StoreError> {
    of_owners(db, &[owner]).await
}

/// The bindings of those owners, by slot.
///
/// # Errors
///
/// When the database fails.
pub async fn of_owners(db: &impl Source, owners: &[OwnerId]) -> Result<Vec<Binding>, StoreError> {
    let theirs = Entity::find().filter(Column::OwnerId.is_in(owners.iter().map(|owner| owner.uuid())));
    all(db, theirs).await
}

/// The owner's binding for that slot.
///
/// # Errors
///
/// When the database fails.
pub async fn by_slot(db: &impl Source, owner: OwnerId, slot: &str) -> Result<Option<Binding>, StoreError> {
    let one = Entity::find().filter(Column::OwnerId.eq(owner.uuid())).filter(Column::Slot.eq(slot));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The guild's bindings of that kind, over all owners.
///
/// # Errors
///
/// When the database fails.
pub async fn of_guild(
    db: &impl Source,
    guild: Id<GuildMarker>,
    kind: BindingKind,
) -> Result<Vec<Binding>, StoreError> {
    let theirs = Entity::find().filter(Column::GuildId.eq(flake(guild))).filter(Column::Kind.eq(word(&kind)));
    all(db, theirs).await
}

/// The guild's bindings that wait for a person or failed.
///
/// # Errors
///
/// When the database fails.
pub async fn troubled(db: &impl Source, guild: Id<GuildMarker>) -> Result<Vec<Binding>, StoreError> {
    let states = [BindingState::Ambiguous, BindingState::Full, BindingState::Gone];
    let troubled =
        Condition::any().add(Column::State.is_in(states.iter().map(word))).add(Column::Tries.gt(0));
    let theirs = Entity::find().filter(Column::GuildId.eq(flake(guild))).filter(troubled);
    all(db, theirs).await
}

/// The guild's channel or category of that snowflake, while it stands.
///
/// # Errors
///
/// When the database fails.
pub async fn by_channel(
    db: &impl Source,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
) -> Result<Option<Binding>, StoreError> {
    let one = Entity::find()
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::DiscordId.eq(flake(channel)))
        .filter(Column::Kind.ne(word(&BindingKind::Card)));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The guild's bindings of every kind.
///
/// # Errors
///
/// When the database fails.
pub async fn all_of_guild(db: &impl Source, guild: Id<GuildMarker>) -> Result<Vec<Binding>, StoreError> {
    all(db, Entity::find().filter(Column::GuildId.eq(flake(guild)))).await
}

/// Every snowflake in the guild that is bound to something, so that nothing is adopted twice.
///
/// # Errors
///
/// When the database fails.
pub async fn bound_ids(
    db: &impl Source,
    guild: Id<GuildMarker>,
) -> Result<HashSet<Id<GenericMarker>>, StoreError> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::DiscordId)
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::DiscordId.is_not_null())
        .filter(Column::Kind.ne(word(&BindingKind::Card)))
        .into_tuple()
        .all(&db.conn())
        .await?;
    ids.into_iter().map(|id| Row::new("bindings", &id).flake("discord_id", id)).collect()
}

async fn all(db: &impl Source, rows: Select<Entity>) -> Result<Vec<Binding>, StoreError> {
    let mut bindings =
        rows.all(&db.conn()).await?.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
    bindings.sort_by(|a, b| (a.owner, &a.slot).cmp(&(b.owner, &b.slot)));
    Ok(bindings)
}

fn read(model: Model) -> Result<Binding, StoreError> {
    let row = Row::new("bindings", &model.id);
    Ok(Binding {
        attempt_at: row.at_opt("attempt_at", model.attempt_at)?,
        attempt_deadline: model.attempt_deadline.map(DbInstant),
        channel: row.flake_opt("channel_id", model.channel_id)?,
        clicks: row.number("clicks", model.clicks)?,
        discord: row.flake_opt("discord_id", model.discord_id)?,
        evidence: model.evidence.as_deref().map(|word| row.word("evidence", word)).transpose()?,
        fault: Fault::read(&row, model.error_class.as_deref(), model.last_error)?,
        guild: row.flake("guild_id", model.guild_id)?,
        id: BindingId::new(model.id),
        kind: row.word("kind", &model.kind)?,
        not_before: row.at_opt("not_before", model.not_before)?,
        owner: OwnerId::new(model.owner_id),
        remakes: row.number("remakes", model.remakes)?,
        renamed: model.renamed,
        settle_at: row.at_opt("settle_at", model.settle_at)?,
        state: row.word("state", &model.state)?,
        view_version: row.number("view_version", model.view_version)?,
        applied: model.applied,
        applied_hash: model.applied_hash,
        seen_name: model.seen_name,
        slot: model.slot,
        token: model.token,
        tries: row.number("tries", model.tries)?,
    })
}
