//! The conflict inbox: accounts that may be one of several people.

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Api,
    body::{self, Path, Query},
    caller::Call,
    page::{Listed, Page, PageQuery, Paging},
    problem::{FieldError, Problem},
};
use crate::{
    domain::{
        account::Account,
        id::{ClubId, ConflictId, UserId},
        matching::Evidence,
        member::Member,
        scope::Scope,
    },
    service::{
        conflict::Decision,
        inbox::{ConflictState, ListedConflict},
    },
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(decide))
}

/// Which conflicts are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ConflictsQuery {
    /// Those that are open, or those that are decided.
    #[param(inline, default = "open")]
    state: Option<Wanted>,
}

/// Which conflicts are wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    /// Those that somebody decided, or that something else settled.
    Decided,
    /// Those that nobody decided yet.
    #[default]
    Open,
}

/// An account that may be one of several people.
#[derive(Debug, Serialize, ToSchema)]
struct Conflict {
    /// The account, by every name that it has.
    account: ConflictAccount,
    /// Whom it may be, the likeliest first.
    candidates: Vec<ConflictCandidate>,
    /// When it came up.
    created_at: Timestamp,
    /// When it was decided, or settled otherwise.
    decided_at: Option<Timestamp>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: ConflictId,
    /// How it stands: `open`, `answered` by somebody, or `moot`, as something else settled it.
    state: ConflictState,
    /// Whom somebody said that the account is; null while it is open, and where it is none of them.
    #[schema(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
}

/// A Discord account that is in doubt.
#[derive(Debug, Serialize, ToSchema)]
struct ConflictAccount {
    /// The name that it shows everywhere, where it has one.
    global_name: Option<String>,
    /// Its snowflake.
    #[schema(example = "1174000000000000000")]
    id: String,
    /// The name that it has in the club’s server, where it has one.
    nickname: Option<String>,
    /// Its username.
    username: String,
}

/// Somebody whom an account may be.
#[derive(Debug, Serialize, ToSchema)]
struct ConflictCandidate {
    /// Other names that they go by.
    aliases: Vec<String>,
    /// Why it may be them, in words.
    #[schema(example = "nickname is the iRacing name; username is an alias")]
    evidence: String,
    /// What your site calls them.
    external_id: Option<String>,
    /// Their name on iRacing.
    iracing_name: Option<String>,
    /// Their name.
    name: String,
    /// The person.
    #[schema(value_type = uuid::Uuid)]
    user: UserId,
}

/// What is decided: either `user`, or `none`.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConflictDecision)]
struct DecisionBody {
    /// `true`: the account is none of those offered, and isn’t taken for them again.
    #[serde(default)]
    none: Option<bool>,
    /// The account is that person, one of those offered.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
}

impl Wanted {
    const fn states(self) -> &'static [ConflictState] {
        match self {
            Self::Decided => &[ConflictState::Answered, ConflictState::Moot],
            Self::Open => &[ConflictState::Open],
        }
    }
}

impl DecisionBody {
    fn read(&self) -> Result<Decision, Problem> {
        match (self.user, self.none) {
            (Some(user), None | Some(false)) => Ok(Decision::Same(user)),
            (None, Some(true)) => Ok(Decision::NoneOfThese),
            (Some(_), Some(true)) => Err(invalid("/none", "Send either user or none, not both.")),
            (None, _) => Err(invalid("", "Send user with one of the candidates, or none: true.")),
        }
    }
}

fn invalid(at: &str, why: &str) -> Problem {
    Problem::Invalid(vec![FieldError::new(at, why)])
}

impl From<ListedConflict> for Conflict {
    fn from(listed: ListedConflict) -> Self {
        let is_open = listed.state == ConflictState::Open;
        Self {
            account: listed.account.into(),
            candidates: listed.candidates.into_iter().map(ConflictCandidate::from).collect(),
            created_at: listed.created_at,
            decided_at: (!is_open).then_some(listed.updated_at),
            id: listed.id,
            state: listed.state,
            user: listed.person,
        }
    }
}

impl From<Account> for ConflictAccount {
    fn from(account: Account) -> Self {
        let Account { global_name, id, nickname, username } = account;
        Self { global_name, id: id.to_string(), nickname, username }
    }
}

impl From<(Member, Evidence)> for ConflictCandidate {
    fn from((member, evidence): (Member, Evidence)) -> Self {
        let entry = member.entry;
        Self {
            aliases: entry.aliases.iter().map(ToString::to_string).collect(),
            evidence: evidence.to_string(),
            external_id: entry.external_id.map(|id| id.to_string()),
            iracing_name: entry.iracing_name.map(|name| name.to_string()),
            name: entry.name.to_string(),
            user: member.user,
        }
    }
}

/// Conflicts of a club
///
/// Discord accounts that a sync couldn’t tell apart: each may be one of several people of the roster. In the order in which they came up. Scope: `sync:read`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/discord/conflicts",
    operation_id = "list_conflicts",
    tag = "conflicts",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery, ConflictsQuery),
    responses((status = 200, description = "A page of conflicts.", body = Page<Conflict>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    Query(query): Query<ConflictsQuery>,
    paging: Paging,
) -> Result<Listed<Conflict>, Problem> {
    let club = call.club(club, Scope::SyncRead)?;
    let states = query.state.unwrap_or_default().states();
    let found = api.service().conflicts(club, states, paging.after()?, paging.wanted()).await?;
    paging.page(found, |conflict| conflict.id, Conflict::from)
}

/// Decide a conflict
///
/// The answer is remembered: no later sync asks the same again. Scope: `sync:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/discord/conflicts/{conflict}",
    operation_id = "decide_conflict",
    tag = "conflicts",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("conflict" = uuid::Uuid, Path, description = "The conflict’s identifier."),
    ),
    request_body = DecisionBody,
    responses((status = 200, description = "The conflict, decided.", body = Conflict)),
)]
async fn decide(
    State(api): State<Api>,
    call: Call,
    Path((club, conflict)): Path<(ClubId, ConflictId)>,
    body::Json(body): body::Json<DecisionBody>,
) -> Result<Json<Conflict>, Problem> {
    let club = call.club(club, Scope::SyncWrite)?;
    let decision = body.read()?;
    let decided = api.service().decide_for(club, conflict, decision, call.doer(), call.request_id()).await?;
    Ok(Json(decided.into()))
}
