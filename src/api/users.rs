//! The people of a club: listed, brought, and given codes to link their accounts with.

mod roster;

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use self::roster::{Body, Entries, Taken};
use super::{
    Api,
    body::{self, Path, Query},
    caller::Call,
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::{
    domain::{
        id::{ClubId, UserId},
        member::{Identity, Judgement, LinkedBy},
        scope::Scope,
    },
    service::people::{self, Listing},
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, bring)).routes(routes!(link_code))
}

/// Which people are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UsersQuery {
    /// Only whom your site calls that.
    external_id: Option<String>,
    /// Only those whom the roster names, or doesn’t.
    on_roster: Option<bool>,
    /// Only those who are there, or have left.
    #[param(inline)]
    status: Option<Status>,
}

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UserStatus)]
enum Status {
    /// They are there, or were never seen on Discord.
    Active,
    /// Every account of theirs has left the club’s server.
    Left,
}

/// A person of the club.
#[derive(Debug, Serialize, ToSchema)]
struct User {
    /// Their Discord accounts, the one linked last first.
    accounts: Vec<UserAccount>,
    /// Other names that they go by.
    aliases: Vec<String>,
    /// What the roster says of their Discord account: its id or its username.
    discord: Option<String>,
    /// Their e-mail address on the roster.
    email: Option<String>,
    /// What your site calls them.
    #[schema(example = "42")]
    external_id: Option<String>,
    /// Their identifier here.
    #[schema(value_type = uuid::Uuid)]
    id: UserId,
    /// Their customer id on iRacing.
    #[schema(value_type = Option<u64>)]
    iracing_id: Option<u32>,
    /// Their name on iRacing.
    iracing_name: Option<String>,
    /// When they were found to have left the club’s server.
    left_at: Option<Timestamp>,
    /// Their name on the roster; of those who are on none, the one that Discord shows.
    #[schema(example = "Ana Pereira")]
    name: String,
    /// Whether the roster names them.
    on_roster: bool,
    /// Their roles in the club, as their Discord roles stand for.
    roles: Vec<String>,
    /// Whether they are there.
    status: Status,
    /// The IANA time zone on the roster.
    timezone: Option<String>,
}

/// A Discord account of a person.
#[derive(Debug, Serialize, ToSchema)]
struct UserAccount {
    /// Why a sync took it for theirs, in words, where one did.
    #[schema(example = "nickname is the iRacing name")]
    evidence: Option<String>,
    /// The name that it shows, where it has one.
    global_name: Option<String>,
    /// Its snowflake.
    #[schema(example = "1174000000000000000")]
    id: String,
    /// When it was linked.
    linked_at: Option<Timestamp>,
    /// How it came to be linked: by a `code` of your site’s, by an organiser’s decision of a `conflict`, by the person through `oauth`, as the
    /// `roster` names it, or by a `sync` that found the names alike. Null where nobody linked it.
    linked_by: Option<LinkedBy>,
    /// Its username.
    username: String,
}

impl From<people::Listed> for User {
    fn from(listed: people::Listed) -> Self {
        let people::Listed { accounts, judged, member } = listed;
        let evidence = match judged {
            Some(Judgement::Names { evidence }) => Some(evidence.to_string()),
            Some(Judgement::Chosen { .. }) | None => None,
        };
        let entry = member.entry;
        Self {
            accounts: accounts.into_iter().map(|one| UserAccount::of(one, evidence.as_ref())).collect(),
            aliases: entry.aliases.iter().map(ToString::to_string).collect(),
            discord: entry.discord.map(|handle| handle.to_string()),
            email: entry.email.map(|email| email.to_string()),
            external_id: entry.external_id.map(|id| id.to_string()),
            id: member.user,
            iracing_id: entry.iracing_id.map(|id| id.get()),
            iracing_name: entry.iracing_name.map(|name| name.to_string()),
            left_at: member.left_at,
            name: entry.name.to_string(),
            on_roster: member.on_roster,
            roles: member.roles.iter().map(ToString::to_string).collect(),
            status: if member.left_at.is_some() { Status::Left } else { Status::Active },
            timezone: entry.zone.map(|zone| zone.name().to_owned()),
        }
    }
}

impl UserAccount {
    fn of(identity: Identity, evidence: Option<&String>) -> Self {
        let Identity { account, link, .. } = identity;
        let is_guessed = link.is_some_and(|link| link.by == LinkedBy::Sync);
        Self {
            evidence: evidence.filter(|_| is_guessed).cloned(),
            global_name: account.global_name,
            id: account.id.to_string(),
            linked_at: link.map(|link| link.at),
            linked_by: link.map(|link| link.by),
            username: account.username,
        }
    }
}

impl UsersQuery {
    fn read(self) -> Result<Listing, Problem> {
        let external_id = self.external_id.map(|id| id.parse()).transpose();
        let external_id =
            external_id.map_err(|error| Problem::Malformed(format!("The external_id has {error}.")))?;
        Ok(Listing {
            external_id,
            has_left: self.status.map(|status| status == Status::Left),
            on_roster: self.on_roster,
        })
    }
}

/// People of a club
///
/// Its roster, and the members of its Discord server who are on none, with how each account was linked. Scope: `users:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/users",
    operation_id = "list_users",
    tag = "users",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery, UsersQuery),
    responses((status = 200, description = "A page of people.", body = Page<User>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    Query(query): Query<UsersQuery>,
    paging: Paging,
) -> Result<Listed<User>, Problem> {
    let club = call.club(club, Scope::UsersRead)?;
    let found = api.service().people(club, &query.read()?, paging.after()?, paging.wanted()).await?;
    paging.page(found, |listed| listed.member.user, User::from)
}

/// Bring people
///
/// Has people in the club’s roster: one, or up to 50,000 at once, in at most 5 MiB. Entries are checked as the lines of `/club import` are. Those that
/// can be taken are taken; what is wrong with the others stands in `results`, at their place. Nobody is taken off the roster.
///
/// Sent again with the same `external_id`, an entry changes the same person; what it leaves out stays as it was. Without an `external_id` people are
/// known by e-mail, iRacing id, or a name that nobody else has. Whoever has proved the e-mail address on Discord already becomes that person. Scope: `users:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/users",
    operation_id = "bring_users",
    tag = "users",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = Body,
    responses((status = 200, description = "What became of each entry. At least one was taken, or none was sent.", body = Taken)),
)]
async fn bring(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body::Json(body): body::Json<Value>,
) -> Result<Json<Taken>, Problem> {
    let club = call.club(club, Scope::UsersWrite)?;
    let Entries { base, values } = Entries::read(body)?;
    let brought = api.service().bring_people(club, values, call.doer(), call.request_id()).await?;
    base.answer(brought).map(Json)
}

/// A code to link an account with
#[derive(Debug, Serialize, ToSchema)]
struct LinkCode {
    /// What they type in Discord: `/link code:`.
    #[schema(example = "K7QF-2M9X")]
    code: String,
    /// Until when it can be typed.
    expires_at: Timestamp,
    /// The person.
    #[schema(value_type = uuid::Uuid)]
    user: UserId,
}

/// Make a link code
///
/// Show it to the person who is signed in on your site: whoever types it in Discord, with `/link code:`, is that person. It works once, for a day,
/// and a fresh one replaces it. Scope: `users:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/users/{user}/link-code",
    operation_id = "make_link_code",
    tag = "users",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("user" = uuid::Uuid, Path, description = "The person’s identifier."),
    ),
    responses((status = 201, description = "The code.", body = LinkCode)),
)]
async fn link_code(
    State(api): State<Api>,
    call: Call,
    Path((club, user)): Path<(ClubId, UserId)>,
) -> Result<(axum::http::StatusCode, Json<LinkCode>), Problem> {
    let club = call.club(club, Scope::UsersWrite)?;
    let (code, expires_at) = api.service().make_code(club, user, call.doer()).await?;
    let made = LinkCode { code: code.to_string(), expires_at, user };
    Ok((axum::http::StatusCode::CREATED, Json(made)))
}
