//! Sign-ups: who comes to an event.

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Api,
    body::{self, Path},
    caller::Call,
    events::club_of,
    fields::Fields,
    page::{Listed, Page, PageQuery, Paging},
    problem::{FieldError, Problem},
};
use crate::{
    domain::{
        id::{ClassId, EventId, UserId},
        patch::Patch,
        refusal::Refusal,
        scope::Scope,
        signup::{SignupState, Standing},
    },
    service::{
        ServiceError,
        site::{
            person::SitePerson,
            signups::{ClassKey, Ordered, SignupOrder, SiteSignup},
        },
    },
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, put))
}

/// Somebody’s sign-up.
#[derive(Debug, Serialize, ToSchema)]
struct Signup {
    /// Whether they took part, as an organiser noted it.
    attended: Option<bool>,
    /// The car they drive, where their class has cars to choose from.
    #[schema(example = "BMW M4 GT3")]
    car: Option<String>,
    /// When they checked in before the start.
    checked_in_at: Option<Timestamp>,
    /// The name of the class that they signed up in last; null where it has none, or they never did.
    #[schema(example = "GT3")]
    class: Option<String>,
    /// That class.
    #[schema(value_type = Option<uuid::Uuid>)]
    class_id: Option<ClassId>,
    /// What they added.
    note: Option<String>,
    /// Until when a place is kept for them, while they wait.
    offered_until: Option<Timestamp>,
    /// When they first said anything about the event.
    signed_up_at: Timestamp,
    /// How they stand.
    state: Stood,
    /// When that changed last.
    updated_at: Timestamp,
    /// Who they are.
    user: SignupUser,
    /// Their place on the waiting list of their class, from 1.
    waiting_place: Option<usize>,
}

/// Somebody who signed up, or is in a team.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignupUser {
    /// The Discord account that they act with.
    #[schema(example = "1174000000000000000")]
    discord_id: Option<String>,
    /// What your site calls them.
    #[schema(example = "42")]
    external_id: Option<String>,
    /// Their identifier here.
    #[schema(value_type = uuid::Uuid)]
    id: UserId,
    /// Their name.
    #[schema(example = "Ana Pereira")]
    name: String,
}

/// How somebody stands on a sheet.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SignupState)]
enum Stood {
    /// They said from the outset that they can’t come.
    Absent,
    /// They have a place.
    In,
    /// They have a place, and come some time after the start.
    Late,
    /// They have a place, and are in a team that is settled.
    TeamAssigned,
    /// They may come.
    Tentative,
    /// They come when a place becomes free.
    Waiting,
    /// They were signed up, and took it back.
    Withdrawn,
}

/// As what somebody is to stand.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SignupWish)]
enum Wanted {
    /// As somebody who doesn’t come: withdrawn if they were signed up.
    Absent,
    /// With a place, or on the waiting list where there is none.
    In,
    /// The same, there some time after the start.
    Late,
    /// As somebody who may come.
    Tentative,
    /// As somebody who doesn’t come: absent if they were never signed up.
    Withdrawn,
}

/// What somebody is to be on a sheet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignupBody {
    /// The car, by its name: needed where the class has several, unless they have one of them.
    #[schema(example = "BMW M4 GT3", min_length = 1, max_length = 60)]
    car: Option<String>,
    /// The class, by its name: needed where the event has several, unless they are in one. Send this or `class_id`.
    #[schema(example = "GT3", min_length = 1, max_length = 30)]
    class: Option<String>,
    /// The class.
    #[schema(value_type = Option<uuid::Uuid>)]
    class_id: Option<ClassId>,
    /// What is added: 1 to 150 characters. Missing it stays; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 150)]
    note: Patch<String>,
    /// As what.
    state: Wanted,
}

/// Somebody’s sign-up, after an order.
#[derive(Debug, Serialize, ToSchema)]
struct SignupAnswer {
    /// Whether they are what was asked for. Not where there is no room: then they wait, and move up by themselves.
    granted: bool,
    /// The sign-up as it is now.
    #[serde(flatten)]
    signup: Signup,
}

impl From<SiteSignup> for Signup {
    fn from(signup: SiteSignup) -> Self {
        let SiteSignup { event, is_assigned, person, waiting_place, written } = signup;
        let line = written.line;
        let class = line.class.and_then(|id| event.class(id));
        Self {
            attended: line.attended,
            checked_in_at: line.checked_in_at,
            class: class.and_then(|class| class.name.as_ref()).map(ToString::to_string),
            class_id: class.map(|class| class.id),
            note: line.note.as_ref().map(ToString::to_string),
            offered_until: line.offered_until(),
            signed_up_at: written.signed_up_at,
            state: if is_assigned { Stood::TeamAssigned } else { line.state.into() },
            updated_at: written.updated_at,
            user: person.into(),
            waiting_place,
            car: line.car.map(|car| car.to_string()),
        }
    }
}

impl From<SitePerson> for SignupUser {
    fn from(person: SitePerson) -> Self {
        let SitePerson { discord, external_id, name, user } = person;
        let external_id = external_id.map(|id| id.to_string());
        Self { discord_id: Some(discord.to_string()), external_id, id: user, name: name.to_string() }
    }
}

impl From<SignupState> for Stood {
    fn from(state: SignupState) -> Self {
        match state {
            SignupState::Absent => Self::Absent,
            SignupState::In => Self::In,
            SignupState::Late => Self::Late,
            SignupState::Tentative => Self::Tentative,
            SignupState::Waiting => Self::Waiting,
            SignupState::Withdrawn => Self::Withdrawn,
        }
    }
}

impl SignupBody {
    fn read(self) -> Result<SignupOrder, Problem> {
        let mut fields = Fields::default();
        let car = self.car.and_then(|car| fields.take("/car", car.parse()));
        let named = self.class.and_then(|class| fields.take("/class", class.parse()));
        if named.is_some() && self.class_id.is_some() {
            fields.fault("/class", "Send either class or class_id, not both.");
        }
        let class = self.class_id.map(ClassKey::Id).or(named.map(ClassKey::Name));
        let note = self.note.read(|note| fields.take("/note", note.parse())).unwrap_or_default();
        let standing = match self.state {
            Wanted::Absent | Wanted::Withdrawn => Standing::Out,
            Wanted::In => Standing::In,
            Wanted::Late => Standing::Late,
            Wanted::Tentative => Standing::Tentative,
        };
        fields.finish(Some(SignupOrder { car, class, note, standing }))
    }
}

/// Sign-ups for an event
///
/// Everybody who said anything, in no order that matters: `waiting_place` tells who is next. Scope: `signups:read`.
#[utoipa::path(
    get,
    path = "/events/{event}/signups",
    operation_id = "list_signups",
    tag = "signups",
    params(("event" = uuid::Uuid, Path, description = "The event’s identifier."), PageQuery),
    responses((status = 200, description = "A page of sign-ups.", body = Page<Signup>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(event): Path<EventId>,
    paging: Paging,
) -> Result<Listed<Signup>, Problem> {
    let club = club_of(&api, &call, event, Scope::SignupsRead).await?;
    let found = api.service().site_signups(club, event, paging.after()?, paging.wanted()).await?;
    paging.page(found, |signup| signup.written.line.user, Signup::from)
}

/// Somebody’s sign-up
///
/// Scope: `signups:read`.
#[utoipa::path(
    get,
    path = "/events/{event}/signups/{user}",
    operation_id = "show_signup",
    tag = "signups",
    params(
        ("event" = uuid::Uuid, Path, description = "The event’s identifier."),
        ("user" = uuid::Uuid, Path, description = "The person’s identifier."),
    ),
    responses((status = 200, description = "The sign-up.", body = Signup)),
)]
async fn show(
    State(api): State<Api>,
    call: Call,
    Path((event, user)): Path<(EventId, UserId)>,
) -> Result<Json<Signup>, Problem> {
    let club = club_of(&api, &call, event, Scope::SignupsRead).await?;
    let found = api.service().site_signup(club, event, user).await?;
    let nothing = || Problem::NotFound("They said nothing about this event.".to_owned());
    Ok(Json(found.ok_or_else(nothing)?.into()))
}

/// Sign somebody up
///
/// As an organiser would: closed sign-ups, the cut-off and required roles don’t hold, limits do. Where there is no room, whoever is to come waits, and
/// `granted` is false. The card follows within moments. The same again changes nothing. Scope: `signups:write`.
#[utoipa::path(
    put,
    path = "/events/{event}/signups/{user}",
    operation_id = "put_signup",
    tag = "signups",
    params(
        ("event" = uuid::Uuid, Path, description = "The event’s identifier."),
        ("user" = uuid::Uuid, Path, description = "The person’s identifier, as the club’s users have it."),
    ),
    request_body = SignupBody,
    responses((status = 200, description = "The sign-up as it is now.", body = SignupAnswer)),
)]
async fn put(
    State(api): State<Api>,
    call: Call,
    Path((event, user)): Path<(EventId, UserId)>,
    body::Json(body): body::Json<SignupBody>,
) -> Result<Json<SignupAnswer>, Problem> {
    let club = club_of(&api, &call, event, Scope::SignupsWrite).await?;
    let by_id = body.class_id.is_some();
    let order = body.read()?;
    let standing = order.standing;
    let (by, request_id) = (call.doer(), call.request_id());
    let done = api.service().order_signup(club, (event, user), order, by, request_id).await;
    let signup = match done.map_err(|error| problem(error, by_id))? {
        Ordered::Done(signup) => *signup,
        Ordered::PickCar(cars) => return Err(choose("/car", "The class has several cars", &cars)),
        Ordered::PickClass(classes) => {
            return Err(choose("/class", "The event has several classes", &classes));
        }
    };
    let granted = standing.is(signup.written.line.state);
    Ok(Json(SignupAnswer { granted, signup: signup.into() }))
}

fn choose(at: &str, why: &str, names: &[impl ToString]) -> Problem {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    Problem::Invalid(vec![FieldError::new(at, format!("{why}. Send one of {}.", names.join(", ")))])
}

/// What a refused order is: where a value of the body is to blame, it points there.
fn problem(error: ServiceError, by_id: bool) -> Problem {
    let invalid = |at: &str, why: &str| Problem::Invalid(vec![FieldError::new(at, why)]);
    match error {
        ServiceError::Refused(Refusal::UnknownCar) => {
            invalid("/car", "The class has no such car. Send one of its own.")
        }
        ServiceError::Refused(Refusal::UnknownClass) => {
            let at = if by_id { "/class_id" } else { "/class" };
            invalid(at, "The event has no such class. Send one of its own.")
        }
        ServiceError::Refused(Refusal::NoPlace(_)) => {
            invalid("/note", "Nothing can be added for somebody who doesn’t come. Leave it out.")
        }
        other => other.into(),
    }
}
