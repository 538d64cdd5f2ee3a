//! What a form shows when it opens: one read each, as Discord waits for a form and it can't be deferred.

use entity::{club_settings, clubs, event_classes, events, series, teams, templates};
use sea_orm::{FromQueryResult, IdenStatic, Iterable, QueryResult, prelude::*};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{
    clubs as club_rows,
    convert::{Row, flake, word},
    error::StoreError,
    events as event_rows, series as series_rows, teams as team_rows, templates as template_rows,
    tx::{Source, statement},
};
use crate::domain::{
    club::{Club, Series},
    crew::{Draft, DraftRules},
    event::Event,
    id::{EventId, SeriesId, TeamId, TemplateId},
    name::Note,
    rating::IRating,
    signup::SignupState,
    team::Team,
    template::Template,
    text::fold,
    zone::Zone,
};

/// A guild's club with what it chose.
const CLUB: &str =
    "clubs JOIN guilds ON guilds.club_id = clubs.id JOIN club_settings ON club_settings.club_id = clubs.id";

/// An event whose form is opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventOpening {
    /// Its club.
    pub club: Club,
    /// The event.
    pub event: Event,
    /// How many are signed up.
    pub people: usize,
}

/// Which series is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SeriesKey<'t> {
    /// The one of that identifier.
    Id(SeriesId),
    /// The one of that name, in whatever case.
    Name(&'t str),
}

/// Which template is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TemplateKey<'t> {
    /// The one of that identifier.
    Id(TemplateId),
    /// The one of that name, in whatever case.
    Name(&'t str),
}

/// A team whose form is opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TeamOpening {
    /// Its club.
    pub club: Club,
    /// Whether whoever opens it leads it.
    pub is_led: bool,
    /// The team, without its people.
    pub team: Team,
}

/// A template that an event is created from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TemplateOpening {
    /// Its club.
    pub club: Club,
    /// The series that was named, else the template's own.
    pub series: Option<Series>,
    /// The template; `None` where the club has none such.
    pub template: Option<Template>,
}

/// The event of that identifier, if it is the guild's club's.
///
/// # Errors
///
/// When the database fails.
pub async fn event(
    db: &impl Source,
    guild: Id<GuildMarker>,
    id: EventId,
) -> Result<Option<EventOpening>, StoreError> {
    let sql = format!(
        "SELECT {club}, {settings}, {event}, {class},
            (SELECT COUNT(*) FROM signups WHERE signups.event_id = events.id AND signups.state IN ({on_sheet})) AS people
         FROM {CLUB} JOIN events ON events.club_id = clubs.id
            LEFT JOIN event_classes ON event_classes.event_id = events.id
         WHERE events.id = $1 AND guilds.id = $2 ORDER BY event_classes.position",
        club = columns::<clubs::Entity>("clubs", "c_"),
        settings = columns::<club_settings::Entity>("club_settings", "s_"),
        event = columns::<events::Entity>("events", "e_"),
        class = columns::<event_classes::Entity>("event_classes", "k_"),
        on_sheet = on_sheet(),
    );
    let db = &db.conn();
    let rows = db.query_all_raw(statement(db, &sql, [id.uuid().into(), flake(guild).into()])).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let classes: Vec<_> = rows
        .iter()
        .map(|row| event_classes::Model::from_query_result_optional(row, "k_"))
        .collect::<Result<_, _>>()?;
    let classes = classes.iter().flatten().map(event_rows::read_class).collect::<Result<_, _>>()?;
    let people: i64 = first.try_get("", "people")?;
    Ok(Some(EventOpening {
        club: club(first, guild)?,
        event: event_rows::read(events::Model::from_query_result(first, "e_")?, classes)?,
        people: Row::new("signups", &id).number("people", people)?,
    }))
}

/// The team of that identifier, without its people, if it is the guild's club's, for whoever acts with that account.
///
/// # Errors
///
/// When the database fails.
pub async fn team(
    db: &impl Source,
    guild: Id<GuildMarker>,
    id: TeamId,
    account: Id<UserMarker>,
) -> Result<Option<TeamOpening>, StoreError> {
    let sql = format!(
        "SELECT {club}, {settings}, {team}, team_members.user_id AS captain
         FROM {CLUB} JOIN events ON events.club_id = clubs.id JOIN teams ON teams.event_id = events.id
            LEFT JOIN discord_identities ON discord_identities.discord_id = $3
            LEFT JOIN team_members ON team_members.event_id = events.id AND team_members.team_id = teams.id
                AND team_members.user_id = discord_identities.user_id AND team_members.leads
         WHERE teams.id = $1 AND guilds.id = $2",
        club = columns::<clubs::Entity>("clubs", "c_"),
        settings = columns::<club_settings::Entity>("club_settings", "s_"),
        team = columns::<teams::Entity>("teams", "t_"),
    );
    let db = &db.conn();
    let values = [id.uuid().into(), flake(guild).into(), flake(account).into()];
    let Some(row) = db.query_one_raw(statement(db, &sql, values)).await? else { return Ok(None) };
    let captain: Option<Uuid> = row.try_get("", "captain")?;
    let team = team_rows::read_bare(teams::Model::from_query_result(&row, "t_")?)?;
    Ok(Some(TeamOpening { club: club(&row, guild)?, is_led: captain.is_some(), team }))
}

/// What somebody added with that account to their sign-up for the event, if it is the guild's club's.
///
/// # Errors
///
/// When the database fails.
pub async fn note(
    db: &impl Source,
    guild: Id<GuildMarker>,
    event: EventId,
    account: Id<UserMarker>,
) -> Result<Option<Note>, StoreError> {
    let sql = "SELECT signups.note FROM signups JOIN events ON events.id = signups.event_id
         JOIN guilds ON guilds.club_id = events.club_id
         WHERE signups.event_id = $1 AND guilds.id = $2 AND signups.discord_id = $3";
    let db = &db.conn();
    let values = [event.uuid().into(), flake(guild).into(), flake(account).into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    let note: Option<String> = row.try_get("", "note")?;
    note.map(|note| Row::new("signups", &event).parsed("note", note.parse())).transpose()
}

/// The guild's club, and the rules by which crews for its event were proposed last to whoever acts with that account, or the usual ones.
///
/// # Errors
///
/// When the database fails.
pub async fn crew_rules(
    db: &impl Source,
    guild: Id<GuildMarker>,
    event: EventId,
    account: Id<UserMarker>,
) -> Result<Option<(Club, DraftRules)>, StoreError> {
    let sql = format!(
        "SELECT {club}, {settings}, crew_drafts.draft
         FROM {CLUB} JOIN events ON events.club_id = clubs.id
            LEFT JOIN crew_drafts ON crew_drafts.event_id = events.id AND crew_drafts.discord_id = $3
         WHERE events.id = $1 AND guilds.id = $2",
        club = columns::<clubs::Entity>("clubs", "c_"),
        settings = columns::<club_settings::Entity>("club_settings", "s_"),
    );
    let db = &db.conn();
    let values = [event.uuid().into(), flake(guild).into(), flake(account).into()];
    let Some(row) = db.query_one_raw(statement(db, &sql, values)).await? else { return Ok(None) };
    let draft: Option<Json> = row.try_get("", "draft")?;
    let draft: Option<Draft> = draft
        .map(|draft| Row::new("crew_drafts", &event).parsed("draft", serde_json::from_value(draft)))
        .transpose()?;
    let rules = draft.map(|draft| draft.rules).unwrap_or_default();
    Ok(Some((club(&row, guild)?, rules)))
}

/// The iRating that the person behind an account gave.
///
/// # Errors
///
/// When the database fails.
pub async fn rating(db: &impl Source, account: Id<UserMarker>) -> Result<Option<IRating>, StoreError> {
    let sql =
        "SELECT users.irating FROM users JOIN discord_identities ON discord_identities.user_id = users.id
         WHERE discord_identities.discord_id = $1";
    let db = &db.conn();
    let Some(row) = db.query_one_raw(statement(db, sql, [flake(account).into()])).await? else {
        return Ok(None);
    };
    let rating: Option<i32> = row.try_get("", "irating")?;
    Ok(rating.and_then(|rating| u16::try_from(rating).ok()?.try_into().ok()))
}

/// The zone that the person behind an account lives in, where they said.
///
/// # Errors
///
/// When the database fails.
pub async fn zone(db: &impl Source, account: Id<UserMarker>) -> Result<Option<Zone>, StoreError> {
    let sql = "SELECT users.zone FROM users JOIN discord_identities ON discord_identities.user_id = users.id
         WHERE discord_identities.discord_id = $1";
    let db = &db.conn();
    let Some(row) = db.query_one_raw(statement(db, sql, [flake(account).into()])).await? else {
        return Ok(None);
    };
    let zone: Option<String> = row.try_get("", "zone")?;
    Ok(zone.as_deref().and_then(Zone::find))
}

/// The guild's club, with that series of its own; the series is `None` where the club has none such.
///
/// # Errors
///
/// When the database fails.
pub async fn club_and_series(
    db: &impl Source,
    guild: Id<GuildMarker>,
    key: SeriesKey<'_>,
) -> Result<Option<(Club, Option<Series>)>, StoreError> {
    let (column, value): (_, sea_orm::Value) = match key {
        SeriesKey::Id(id) => ("id", id.uuid().into()),
        SeriesKey::Name(name) => ("name_key", fold(name.trim()).into()),
    };
    let sql = format!(
        "SELECT {club}, {settings}, {series}
         FROM {CLUB} LEFT JOIN series ON series.club_id = clubs.id AND series.{column} = $1
         WHERE guilds.id = $2",
        club = columns::<clubs::Entity>("clubs", "c_"),
        settings = columns::<club_settings::Entity>("club_settings", "s_"),
        series = columns::<series::Entity>("series", "r_"),
    );
    let db = &db.conn();
    let row = db.query_one_raw(statement(db, &sql, [value, flake(guild).into()])).await?;
    let Some(row) = row else { return Ok(None) };
    let series = series::Model::from_query_result_optional(&row, "r_")?;
    Ok(Some((club(&row, guild)?, series.map(series_rows::read).transpose()?)))
}

/// The guild's club, with that template of its own, and the series that was named or else the template's.
///
/// # Errors
///
/// When the database fails.
pub async fn template(
    db: &impl Source,
    guild: Id<GuildMarker>,
    key: TemplateKey<'_>,
    series: Option<SeriesKey<'_>>,
) -> Result<Option<TemplateOpening>, StoreError> {
    let (column, value): (_, sea_orm::Value) = match key {
        TemplateKey::Id(id) => ("id", id.uuid().into()),
        TemplateKey::Name(name) => ("name_key", fold(name.trim()).into()),
    };
    let (of_series, named): (_, Option<sea_orm::Value>) = match series {
        Some(SeriesKey::Id(id)) => ("series.id = $3", Some(id.uuid().into())),
        Some(SeriesKey::Name(name)) => ("series.name_key = $3", Some(fold(name.trim()).into())),
        None => ("series.id = templates.series_id", None),
    };
    let sql = format!(
        "SELECT {club}, {settings}, {series}, {template}
         FROM {CLUB} LEFT JOIN templates ON templates.club_id = clubs.id AND templates.{column} = $1
            LEFT JOIN series ON series.club_id = clubs.id AND {of_series}
         WHERE guilds.id = $2",
        club = columns::<clubs::Entity>("clubs", "c_"),
        settings = columns::<club_settings::Entity>("club_settings", "s_"),
        series = columns::<series::Entity>("series", "r_"),
        template = columns::<templates::Entity>("templates", "t_"),
    );
    let db = &db.conn();
    let values = [value, flake(guild).into()].into_iter().chain(named);
    let row = db.query_one_raw(statement(db, &sql, values)).await?;
    let Some(row) = row else { return Ok(None) };
    let series = series::Model::from_query_result_optional(&row, "r_")?;
    let template = templates::Model::from_query_result_optional(&row, "t_")?;
    Ok(Some(TemplateOpening {
        club: club(&row, guild)?,
        series: series.map(series_rows::read).transpose()?,
        template: template.map(template_rows::read).transpose()?,
    }))
}

/// Every column of a table, each under a name of its own.
fn columns<E: EntityTrait>(table: &str, prefix: &str) -> String {
    let column = |column: E::Column| format!("{table}.{0} AS {prefix}{0}", column.as_str());
    E::Column::iter().map(column).collect::<Vec<_>>().join(", ")
}

fn club(row: &QueryResult, guild: Id<GuildMarker>) -> Result<Club, StoreError> {
    let club = clubs::Model::from_query_result(row, "c_")?;
    club_rows::read(club, club_settings::Model::from_query_result(row, "s_")?, guild)
}

fn on_sheet() -> String {
    let on_sheet = SignupState::ALL.iter().filter(|state| state.is_signed_up());
    on_sheet.map(|state| format!("'{}'", word(state))).collect::<Vec<_>>().join(", ")
}
