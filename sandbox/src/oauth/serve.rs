//! The pages under `/oauth2`, which people see and the service doesn't call.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, Uri, header},
    response::{IntoResponse as _, Redirect},
};

use super::ask::{Asked, Unaskable};
use super::decide::{Decision, decide};
use super::page::{self, Screen};
use crate::{Discord, Permissions, Snowflake, rest::query};

const STYLE: &str = include_str!("../../assets/authorize.css");

/// Answers a request for a page under `/oauth2`; nothing if it is for something else.
pub(crate) async fn answer(
    discord: &Discord,
    method: &str,
    uri: &Uri,
    body: &[u8],
) -> Option<Response<Body>> {
    Some(match (method, uri.path()) {
        ("GET", "/oauth2/authorize") => show(discord, uri).await,
        ("POST", "/oauth2/authorize") => perform(discord, uri, &query(&String::from_utf8_lossy(body))).await,
        ("GET", "/oauth2/authorized") => page::done().into_response(),
        ("GET", "/oauth2/authorize.css") => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], STYLE)
                .into_response()
        }
        _ => return None,
    })
}

fn asked(discord: &Discord, uri: &Uri) -> Result<Asked, Unaskable> {
    Asked::read(discord, uri.query().unwrap_or_default())
}

/// The answer to what can't be asked.
fn unaskable(discord: &Discord, why: &Unaskable) -> Response<Body> {
    match why {
        Unaskable::Told(why) => refused(discord, why),
        Unaskable::Redirected(to) => Redirect::to(to).into_response(),
    }
}

fn refused(discord: &Discord, why: &str) -> Response<Body> {
    (StatusCode::BAD_REQUEST, page::refused(discord, why)).into_response()
}

/// `GET /oauth2/authorize`
async fn show(discord: &Discord, uri: &Uri) -> Response<Body> {
    let asked = match asked(discord, uri) {
        Ok(asked) => asked,
        Err(why) => return unaskable(discord, &why),
    };
    let Some(user) = person(discord, &query(uri.query().unwrap_or_default())) else {
        return refused(discord, "There is nobody who could be signed in.");
    };
    let known = discord.with(|state| state.grants.has_agreed(user, &asked.scopes));
    if asked.silent && known && !asked.invites() {
        let decision = Decision::Authorize { guild: None, permissions: Permissions::NONE };
        return decided(discord, uri, &asked, user, decision).await;
    }
    draw(discord, uri, &asked, user, None)
}

/// `POST /oauth2/authorize`: Cancel or Authorize was pressed.
async fn perform(discord: &Discord, uri: &Uri, fields: &[(String, String)]) -> Response<Body> {
    let asked = match asked(discord, uri) {
        Ok(asked) => asked,
        Err(why) => return unaskable(discord, &why),
    };
    let Some(user) = person(discord, fields) else { return refused(discord, "Nobody has that id.") };
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let decision = match field("decision") {
        Some("authorize") => Decision::Authorize {
            guild: field("guild").and_then(|id| id.parse().ok()),
            permissions: ticked(fields),
        },
        _ => Decision::Cancel,
    };
    decided(discord, uri, &asked, user, decision).await
}

fn ticked(fields: &[(String, String)]) -> Permissions {
    let bits = fields.iter().filter(|(name, _)| name == "permission").filter_map(|(_, bit)| bit.parse().ok());
    bits.fold(Permissions::NONE, |all, bit| all | Permissions::from_bits(bit))
}

async fn decided(
    discord: &Discord,
    uri: &Uri,
    asked: &Asked,
    user: Snowflake,
    decision: Decision,
) -> Response<Body> {
    discord.0.records.uses(user);
    let done = decide(discord, asked, user, decision).await;
    discord.0.records.changed();
    match done {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(why) => (StatusCode::FORBIDDEN, draw(discord, uri, asked, user, Some(&why))).into_response(),
    }
}

fn draw(
    discord: &Discord,
    uri: &Uri,
    asked: &Asked,
    user: Snowflake,
    problem: Option<&str>,
) -> Response<Body> {
    let query = uri.query().unwrap_or_default();
    let screen = discord.with(|state| Screen::of(state, asked, user));
    page::authorize(discord, asked, &screen, query, problem).into_response()
}

/// Who is signed in: whoever `as` names, else who used the application last, else the first person there is.
fn person(discord: &Discord, fields: &[(String, String)]) -> Option<Snowflake> {
    let named = fields.iter().rfind(|(name, _)| name == "as").and_then(|(_, id)| id.parse().ok());
    let last = discord.0.records.last_user();
    discord.with(|state| {
        let mut people = state.users.values().filter(|user| !user.bot).map(|user| user.id);
        match named {
            Some(id) => people.find(|known| *known == id),
            None => last.or_else(|| people.next()),
        }
    })
}
