#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use serde_json::json;

/// A small description in the manner of Discord's.
fn description() -> OpenApi {
    let component =
        json!({ "oneOf": [{ "$ref": "#/components/schemas/Row" }, { "$ref": "#/components/schemas/Text" }] });
    let message = json!({
        "type": "object",
        "properties": {
            "content": { "type": ["string", "null"], "maxLength": 2000 },
            "components": { "type": "array", "items": component },
            "before": { "type": "string", "format": "date-time" },
        },
    });
    let snowflake = json!({ "type": "string", "pattern": "^(0|[1-9][0-9]*)$" });
    let error = json!({ "content": { "application/json": { "schema": { "type": "object", "required": ["code"] } } } });
    OpenApi::new(json!({
        "openapi": "3.1.0",
        "paths": {
            "/channels/{channel_id}/messages": {
                "parameters": [{ "name": "channel_id", "in": "path", "schema": { "$ref": "#/components/schemas/Snowflake" } }],
                "post": {
                    "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Message" } } } },
                    "responses": {
                        "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Message" } } } },
                        "204": {},
                        "4XX": { "$ref": "#/components/responses/Error" },
                    },
                },
                "get": {
                    "parameters": [
                        { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 100 } },
                        { "name": "ids", "in": "query", "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Snowflake" } } },
                        { "name": "around", "in": "query", "required": true, "schema": { "$ref": "#/components/schemas/Snowflake" } },
                    ],
                    "responses": {},
                },
            },
            "/users/{user_id}": { "get": {} },
            "/users/@me": { "get": {} },
        },
        "components": {
            "responses": { "Error": error },
            "schemas": {
                "Snowflake": snowflake,
                "Message": message,
                "Row": { "type": "object", "required": ["type"], "properties": { "type": { "enum": [1] }, "components": { "type": "array", "items": component } } },
                "Text": { "type": "object", "required": ["type", "content"], "properties": { "type": { "enum": [10] }, "content": { "type": "string", "minLength": 1 } } },
            },
        },
    }))
    .unwrap()
}

fn post(path: &str, body: &Value) -> Vec<String> {
    let request = Request { method: "POST", path, query: None, body: Some(body) };
    description().check_request(&request).iter().map(Violation::to_string).collect()
}

fn get(query: &str) -> Vec<String> {
    let request = Request { method: "GET", path: "/channels/7/messages", query: Some(query), body: None };
    description().check_request(&request).iter().map(Violation::to_string).collect()
}

#[test]
fn what_is_spelled_out_beats_a_parameter() {
    let api = description();
    assert_eq!(api.route("GET", "/users/@me").unwrap().template, "/users/@me");
    assert_eq!(api.route("get", "/users/12").unwrap().to_string(), "GET /users/{user_id}");
    assert!(api.route("GET", "/users/").is_none());
    assert!(api.route("DELETE", "/users/12").is_none());
}

#[test]
fn a_request_is_held_to_its_body() {
    let fine = json!({ "content": null, "components": [{ "type": 1, "components": [{ "type": 10, "content": "x" }] }] });
    assert_eq!(post("/channels/7/messages", &fine), Vec::<String>::new());
    assert_eq!(
        post("/channels/7/messages", &json!({ "content": 5 })),
        [r#"/content: 5 is not of types "null", "string""#]
    );
    assert_eq!(
        post("/channels/7/messages", &json!({ "before": "soon" })),
        [r#"/before: "soon" is not a "date-time""#]
    );
    let request = Request { method: "POST", path: "/channels/7/messages", query: None, body: None };
    assert_eq!(description().check_request(&request), [Violation::new("body", "is missing")]);
}

#[test]
fn a_broken_union_is_explained_by_the_branch_that_was_meant() {
    let nested = json!({ "components": [{ "type": 1, "components": [{ "type": 10, "content": "" }] }] });
    assert_eq!(
        post("/channels/7/messages", &nested),
        [r#"/components/0/components/0/content: "" is shorter than 1 character"#]
    );
}

#[test]
fn an_unknown_route_and_a_malformed_id_are_found() {
    assert_eq!(post("/nothing", &json!({})), ["route: POST /nothing is not described"]);
    assert_eq!(
        post("/channels/x/messages", &json!({})),
        [r#"path parameter channel_id: "x" does not match "^(0|[1-9][0-9]*)$""#]
    );
}

#[test]
fn a_query_is_read_as_its_schema_means_it() {
    assert_eq!(get("around=7&limit=100&ids=1&ids=2"), Vec::<String>::new());
    assert_eq!(get("around=7&ids=1"), Vec::<String>::new());
    assert_eq!(get("limit=5"), ["query parameter around: is missing"]);
    assert_eq!(get("around=7&limit=lots"), [r#"query parameter limit: "lots" is not of type "integer""#]);
    assert_eq!(
        get("around=7&limt=5"),
        ["query parameter limt: GET /channels/{channel_id}/messages has none of that name"]
    );
}

#[test]
fn an_answer_is_held_to_its_status() {
    let api = description();
    let answer =
        |status, body: Option<&Value>| api.check_response("POST", "/channels/7/messages", status, body);
    assert_eq!(answer(200, Some(&json!({ "content": "x" }))), []);
    assert_eq!(answer(204, None), []);
    assert_eq!(answer(204, Some(&json!({}))), [Violation::new("body", "204 has no body")]);
    assert_eq!(answer(404, Some(&json!({}))), [Violation::new("body", r#""code" is a required property"#)]);
    assert_eq!(answer(302, None).len(), 1);
}

#[test]
fn the_official_description_is_read_when_it_is_there() {
    let Some(path) = std::env::var_os("DISCORD_OPENAPI") else { return };
    let api = OpenApi::load(Path::new(&path)).unwrap();
    assert!(Arc::ptr_eq(&api, &OpenApi::load(Path::new(&path)).unwrap()));
    let check = |method: &str, path: &str, body: &Value| {
        api.check_request(&Request { method, path, query: None, body: Some(body) })
    };
    let card = json!({ "flags": 32768, "components": [{ "type": 17, "components": [{ "type": 10, "content": "Hello" }] }], "allowed_mentions": { "parse": [] } });
    assert_eq!(check("POST", "/channels/7/messages", &card), []);
    assert_eq!(
        check(
            "POST",
            "/guilds/7/channels",
            &json!({ "name": "x", "type": 0, "permission_overwrites": [{ "id": "7", "type": 0, "allow": "0" }] })
        ),
        []
    );
    assert_eq!(
        check("PATCH", "/channels/7", &json!({ "name": "pit-wall", "topic": null, "parent_id": "8" })),
        []
    );
    assert_eq!(check("PATCH", "/channels/7", &json!({ "name": "pit-wall", "tpoic": "Boxes" })).len(), 1);
    assert_eq!(check("PUT", "/channels/7/permissions/8", &json!({ "type": 0, "allow": "many" })).len(), 1);
    assert_eq!(check("PATCH", "/webhooks/7/token/messages/@original", &card), []);
    let modal = json!({ "type": 9, "data": { "custom_id": "m", "title": "T", "components": [{ "type": 18, "label": "L", "component": { "type": 4, "custom_id": "i", "style": 1 } }] } });
    assert_eq!(api.check_callback(&modal), []);
    let broken = json!({ "type": 9, "data": { "custom_id": "m", "title": "T", "components": [{ "type": 18, "label": "L", "component": { "type": 4, "custom_id": "", "style": 1 } }] } });
    assert_eq!(
        api.check_callback(&broken)[0].to_string(),
        r#"/data/components/0/component/custom_id: "" is shorter than 1 character"#
    );
    assert_eq!(api.check_callback(&json!({ "type": 4, "data": { "content": "x".repeat(2001) } })).len(), 1);
}
