//! The document that describes the API, generated from the routes. What all of them have in common is added here.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, ContentBuilder, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Ref, RefOr,
        Required, ResponseBuilder, Server, Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
        tag::TagBuilder,
    },
};

use super::{
    idempotency,
    problem::{self, FieldError, Kind, Sent},
};
use crate::base::config::PublicUrl;

/// The name of the one way to say who calls.
const BEARER: &str = "token";

/// What a request to any route may get.
const ANYWHERE: [StatusCode; 7] = [
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
];

/// What a request with a body may get.
const WITH_BODY: [StatusCode; 4] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::UNPROCESSABLE_ENTITY,
];

/// The finished document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    json: Arc<str>,
    value: Arc<Value>,
}

/// What the document tells of the whole.
pub(super) fn information() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Simlane on Discord")
        .version("1")
        .description(Some(include_str!("about.md")));
    let tag = |(name, about): (&str, &str)| TagBuilder::new().name(name).description(Some(about)).build();
    let tags = [
        ("clubs", "A club, and what it chose."),
        ("discord", "How a club is on Discord, and how it gets there."),
        ("operator", "The service itself, for whoever runs it."),
        ("tokens", "What a club’s programs show to say for whom they speak."),
        ("users", "The people of a club: its roster, and who they are on Discord."),
        ("series", "Championships and cups, whose events share channel categories."),
        ("events", "Races, and what stands for them on Discord."),
        ("signups", "Who comes to an event, who waits, and who doesn’t."),
        ("teams", "Who shares a car in an event."),
        ("syncs", "Who is in the club’s Discord server, held against its roster."),
        ("conflicts", "Accounts that may be one of several people, for somebody to decide."),
        ("webhooks", "Where a club’s site hears of changes by itself."),
    ];
    OpenApiBuilder::new().info(info).tags(Some(tags.map(tag))).build()
}

impl Document {
    /// The document of these routes, which are reached at that address.
    pub(super) fn new(mut routes: OpenApi, public_url: &PublicUrl) -> Self {
        routes.servers = Some(vec![Server::new(public_url.join(""))]);
        routes.security = Some(vec![SecurityRequirement::new(BEARER, [""; 0])]);
        let components = routes.components.get_or_insert_with(Components::new);
        components.add_security_scheme(BEARER, SecurityScheme::Http(bearer()));
        components.schemas.insert(Sent::name().into_owned(), Sent::schema());
        components.schemas.insert(FieldError::name().into_owned(), FieldError::schema());
        components.responses.extend(problems());
        routes.paths.paths.values_mut().for_each(complete);
        let value = serde_json::to_value(&routes).unwrap_or_default();
        Self { json: value.to_string().into(), value: value.into() }
    }

    /// The document, to be drawn.
    pub(super) fn value(&self) -> &Value {
        &self.value
    }

    /// The document itself.
    pub(super) async fn show(State(document): State<Self>) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], document.json.to_string()).into_response()
    }
}

fn bearer() -> utoipa::openapi::security::Http {
    let about = "A token of the club’s, `slc_…`, or the operator’s.";
    HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about)).build()
}

/// An answer for each status that a problem has.
fn problems() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    let mut titles = BTreeMap::<StatusCode, Vec<&str>>::new();
    for kind in Kind::ALL {
        titles.entry(kind.status()).or_default().push(kind.title());
    }
    let answer = |(status, titles): (StatusCode, Vec<&str>)| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Sent::name()))).build();
        let answer = ResponseBuilder::new().description(format!("{}.", titles.join(", or: ")));
        (name(status), answer.content(problem::CONTENT_TYPE, content).build().into())
    };
    titles.into_iter().map(answer).collect()
}

fn name(status: StatusCode) -> String {
    format!("Problem{}", status.as_u16())
}

/// What every POST takes.
fn key() -> Parameter {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(idempotency::LONGEST))
        .pattern(Some("^[!-~]+$"));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("A name of your own for this request. Sent again with the same key, it gets the same answer for a day."))
        .schema(Some(text))
        .build()
}

/// Adds to a path's operations what all of them have in common.
fn complete(item: &mut PathItem) {
    let with_problems = |operation: &mut Operation, more: &[StatusCode]| {
        let mut may_get = ANYWHERE.to_vec();
        if operation.request_body.is_some() {
            may_get.extend(WITH_BODY);
        }
        let asks = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(parameter) if parameter.name == "If-Match");
        if operation.parameters.iter().flatten().any(asks) {
            may_get.push(StatusCode::PRECONDITION_FAILED);
        }
        may_get.extend(more);
        for status in may_get {
            let answers = &mut operation.responses.responses;
            let answer = || RefOr::Ref(Ref::from_response_name(name(status)));
            answers.entry(status.as_str().to_owned()).or_insert_with(answer);
        }
    };
    for read in [&mut item.get].into_iter().flatten() {
        with_problems(read, &[]);
    }
    for change in [&mut item.delete, &mut item.patch, &mut item.put].into_iter().flatten() {
        with_problems(change, &[StatusCode::CONFLICT]);
    }
    for post in item.post.iter_mut() {
        with_problems(post, &[StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY]);
        post.parameters.get_or_insert_default().push(RefOr::T(key()));
    }
}
