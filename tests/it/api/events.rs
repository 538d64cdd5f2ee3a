//! Events, as a club's site makes and changes them.

use reqwest::Method;
use serde_json::{Value, json};
use simlane::domain::{id::ClubId, scope::Scope};
use uuid::Uuid;

use super::{Answer, Site, everything, on_both, send};
use crate::world::World;

/// The channel of [`spa`].
pub(super) const SPA: &str = "spa-6-hours-2026-12-05";

/// A race of one class with two places.
pub(super) fn spa() -> Value {
    json!({
        "classes": [{ "name": "GT3", "capacity": 2 }], "external_id": "race-1", "length_minutes": 360, "name": "Spa 6 Hours",
        "start": "2026-12-05T15:00:00+01:00",
    })
}

/// The object with those fields instead.
pub(super) fn with(mut object: Value, fields: Value) -> Value {
    let fields = fields.as_object().unwrap().clone();
    object.as_object_mut().unwrap().extend(fields);
    object
}

impl Site<'_> {
    /// Makes an event, and waits until it stands.
    pub(super) async fn event(&self, world: &World, club: ClubId, event: &Value) -> Value {
        let made = self.post(&format!("/clubs/{club}/events"), event).await.ok(201);
        world.settle().await;
        made
    }

    async fn change(&self, event: &str, change: Value) -> Answer {
        self.send(Method::PATCH, &format!("/events/{event}"), &change).await
    }
}

/// An event's identifier.
pub(super) fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// What a site calls the events of a list, in order: those made in the same millisecond may stand either way.
fn called(list: &[Value]) -> Vec<String> {
    let mut names: Vec<String> =
        list.iter().map(|one| one["external_id"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_event_lives_its_whole_life_by_the_api() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let sent = with(
            spa(),
            json!({
                "classes": [{ "name": "GT3", "capacity": 2, "cars": ["BMW", "Audi"], "roles": ["1174000000000000042"] }, { "name": "GT4" }],
                "description": "Bring lights.", "signup_url": "https://club.example/races/1", "track": "Spa",
                "terms": { "cutoff_minutes": 60, "limit": 40, "minimum": 5, "requirements": "iRating 2000", "roles": [] },
            }),
        );
        let answer = site.post(&format!("/clubs/{club}/events"), &sent).await;
        assert_eq!(answer.header("etag"), Some("\"1\""));
        let at = answer.header("location").unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        let made = answer.ok(201);
        assert_eq!(at, format!("/events/{}", id(&made)));
        assert_eq!((&made["discord"]["status"], &made["discord"]["text_channel_id"]), (&json!("pending"), &Value::Null));
        let gt3 = json!({
            "capacity": 2, "cars": ["BMW", "Audi"], "id": made["classes"][0]["id"], "name": "GT3", "roles": ["1174000000000000042"],
        });
        assert_eq!(made["classes"][0], gt3);
        assert_eq!((&made["start"], &made["end"]), (&json!("2026-12-05T14:00:00Z"), &json!("2026-12-05T20:00:00Z")));
        let terms = json!({ "cutoff_minutes": 60, "limit": 40, "minimum": 5, "requirements": "iRating 2000", "roles": [] });
        assert_eq!((&made["terms"], &made["state"]), (&terms, &json!("open")));

        world.settle().await;
        let channel = world.guild.channel_named(SPA).unwrap();
        let shown = site.get(&at).await.ok(200);
        let discord = &shown["discord"];
        assert_eq!(discord["status"], "live");
        assert_eq!(discord["text_channel_id"], channel.id.to_string());
        assert_eq!(discord["category_id"], channel.parent.unwrap().to_string());
        let card = channel.messages().into_iter().find(|message| discord["signup_message_id"] == message.id.to_string());
        assert!(card.unwrap().text().contains("Bring lights."));
        let native = world.guild.snapshot().events;
        assert_eq!(discord["scheduled_event_id"], native[0].id.to_string());
        assert_eq!(discord["put_away_at"], "2026-12-06T20:00:00Z");

        let changed = site.change(id(&made), json!({ "name": "Spa 7 Hours", "length_minutes": 420, "state": "closed" })).await;
        assert_eq!(changed.header("etag"), Some("\"2\""));
        let changed = changed.ok(200);
        assert_eq!((&changed["state"], &changed["track"], &changed["terms"]), (&json!("closed"), &json!("Spa"), &terms));
        world.settle().await;
        let channel = world.guild.channel_named("spa-7-hours-2026-12-05").unwrap();
        assert!(channel.messages()[0].text().contains("# Spa 7 Hours"), "{}", channel.messages()[0].text());
        let bare = site.change(id(&made), json!({ "track": null, "signup_url": null, "terms": { "limit": null } })).await.ok(200);
        assert_eq!((&bare["track"], &bare["signup_url"], &bare["terms"]["limit"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(bare["terms"]["minimum"], 5);

        let cancelled = site.delete(&format!("{at}?reason=No%20servers")).await.ok(200);
        assert_eq!((&cancelled["state"], &cancelled["cancelled"]["reason"]), (&json!("cancelled"), &json!("No servers")));
        let again = site.delete(&format!("{at}?reason=Other")).await.ok(200);
        assert_eq!((&again["cancelled"], &again["revision"]), (&cancelled["cancelled"], &cancelled["revision"]));
        world.settle().await;
        let channel = world.guild.channel_named("spa-7-hours-2026-12-05").unwrap();
        assert!(channel.messages()[0].text().contains("No servers"), "{}", channel.messages()[0].text());
        site.change(id(&made), json!({ "name": "Other" })).await.is_problem(409, "conflict");
        world.day().await;
        assert_eq!(site.get(&at).await.ok(200)["discord"]["status"], "archived");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_external_id_is_the_same_event() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/events");
        let made = site.event(&world, club, &with(spa(), json!({ "track": "Spa" }))).await;
        let again = site.post(&path, &spa()).await;
        assert_eq!(again.header("etag"), Some("\"1\""), "nothing has changed");
        assert_eq!(again.header("location"), None);
        assert_eq!(again.ok(200)["track"], "Spa", "what is left out stays");
        let moved = site.post(&path, &with(spa(), json!({ "start": "2026-12-06T14:00:00Z" }))).await.ok(200);
        assert_eq!((id(&moved), &moved["revision"]), (id(&made), &json!(2)));
        assert_eq!(moved["classes"][0]["id"], made["classes"][0]["id"]);
        world.settle().await;
        assert!(world.guild.channel_named("spa-6-hours-2026-12-06").is_some());
        let other = site.event(&world, club, &with(spa(), json!({ "external_id": "race-2" }))).await;
        assert_ne!(id(&other), id(&made));
        site.change(id(&other), json!({ "external_id": "race-1" })).await.is_problem(409, "conflict");
        site.change(id(&other), json!({ "external_id": null })).await.ok(200);
        let nameless = with(spa(), json!({ "external_id": null }));
        let (first, second) =
            (site.event(&world, club, &nameless).await, site.event(&world, club, &nameless).await);
        assert_ne!(id(&first), id(&second));
        let (first, second) =
            (site.post_once("k", &path, &nameless).await, site.post_once("k", &path, &nameless).await);
        assert_eq!(first.ok(201), second.ok(201));
        let at_once = (0..6)
            .map(|_| async { site.post(&path, &with(spa(), json!({ "external_id": "race-3" }))).await });
        let mut statuses: Vec<u16> =
            futures::future::join_all(at_once).await.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 200, 200, 200, 201]);
        world.settle().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn every_wrong_value_is_named_at_once() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/events");
        let everyone = world.guild.id().to_string();
        let wrong = json!({
            "classes": [
                { "name": "GT3", "capacity": 0, "cars": ["BMW", "bmw", ""], "roles": ["x", everyone] },
                { "name": "gt3" }, {}, { "name": "x".repeat(31) },
            ],
            "description": "x".repeat(1001), "external_id": "", "length_minutes": 5, "name": " ", "signup_url": "http://club.example",
            "start": "tomorrow", "terms": { "cutoff_minutes": 20_161, "limit": 501, "minimum": 0, "requirements": "" }, "track": "\u{200b}",
        });
        let refused = site.post(&path, &wrong).await;
        let mut pointers = refused.is_problem(422, "invalid").pointers();
        pointers.sort_unstable();
        assert_eq!(pointers, [
            "/classes/0/capacity", "/classes/0/cars/1", "/classes/0/cars/2", "/classes/0/roles/0", "/classes/0/roles/1",
            "/classes/1/name", "/classes/2/name", "/classes/3/name", "/classes/3/name", "/description", "/external_id",
            "/length_minutes", "/name", "/signup_url", "/start", "/terms/cutoff_minutes", "/terms/limit", "/terms/minimum",
            "/terms/requirements", "/track",
        ]);
        for (field, value) in [
            ("start", json!("2026-11-10T10:00:00Z")), ("start", json!("2029-01-01T00:00:00Z")), ("classes", json!([])),
            ("series_id", json!(Uuid::from_u128(7))), ("classes", json!([{ "name": "A", "id": "?" }])), ("nothing", json!(1)),
            ("start", json!("9999-12-30T00:00:00Z")), ("state", json!("cancelled")),
        ] {
            let refused = site.post(&path, &with(spa(), json!({ field: value }))).await;
            refused.is_problem(422, "invalid");
            assert!(refused.pointers()[0].starts_with(&format!("/{field}")), "{field}: {}", refused.body);
        }
        let made = site.event(&world, club, &spa()).await;
        let lost = site.change(id(&made), json!({ "classes": [{ "name": "GT3", "id": Uuid::from_u128(9) }] })).await;
        assert_eq!(lost.is_problem(422, "invalid").pointers(), ["/classes"]);
        site.get(&format!("{path}?from=now")).await.is_problem(400, "malformed");
        site.get(&format!("{path}?state=lost")).await.is_problem(400, "malformed");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_of_what_has_changed_is_refused_where_that_is_asked() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let made = site.event(&world, club, &spa()).await;
        let at = format!("/events/{}", id(&made));
        let change = async |tag: &str, name: &str| {
            let request = site.request(Method::PATCH, &at).await.header("if-match", tag);
            send(request.json(&json!({ "name": name }))).await
        };
        change("\"1\"", "First").await.ok(200);
        change("\"1\"", "Second").await.is_problem(412, "precondition-failed");
        change("1", "Second").await.is_problem(412, "precondition-failed");
        change("*", "Third").await.ok(200);
        let cancel = site.request(Method::DELETE, &at).await.header("if-match", "\"2\"");
        send(cancel).await.is_problem(412, "precondition-failed");
        assert_eq!(site.get(&at).await.ok(200)["name"], "Third");
        world.settle().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn events_are_found_and_paged() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let series =
            site.post(&format!("/clubs/{club}/series"), &json!({ "name": "Winter Cup" })).await.ok(201);
        let path = format!("/clubs/{club}/events");
        for (number, start) in
            [(1, "2026-12-01T12:00:00Z"), (2, "2026-12-02T12:00:00Z"), (3, "2026-12-03T12:00:00Z")]
        {
            let mut event = with(spa(), json!({ "external_id": format!("e{number}"), "start": start }));
            if number == 2 {
                event = with(event, json!({ "series_id": series["id"], "state": "closed" }));
            }
            site.event(&world, club, &event).await;
        }
        for (query, found) in [
            ("", vec!["e1", "e2", "e3"]),
            ("external_id=e2", vec!["e2"]),
            ("state=closed", vec!["e2"]),
            ("state=open", vec!["e1", "e3"]),
            ("from=2026-12-02T12:00:00Z", vec!["e2", "e3"]),
            ("until=2026-12-02T12:00:00Z", vec!["e1"]),
            ("state=cancelled", vec![]),
            (&format!("series={}", id(&series)), vec!["e2"]),
            (&format!("series={}", Uuid::nil()), vec![]),
        ] {
            assert_eq!(called(&site.listed(&format!("{path}?{query}")).await), found, "{query}");
        }
        let first = site.get(&format!("{path}?limit=2")).await.ok(200);
        let rest = site.listed(&format!("{path}?limit=2&cursor={}", first["next"].as_str().unwrap())).await;
        let both = [first["data"].as_array().unwrap().as_slice(), &rest].concat();
        assert_eq!((rest.len(), called(&both)), (1, vec!["e1".to_owned(), "e2".to_owned(), "e3".to_owned()]));
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_another_clubs_is_not_there_and_scopes_hold() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (other, rival) = world.rival().await;
        let made = site.event(&world, club, &spa()).await;
        let at = format!("/events/{}", id(&made));
        rival.get(&at).await.is_problem(404, "not-found");
        rival.change(id(&made), json!({ "name": "Mine" })).await.is_problem(404, "not-found");
        rival.delete(&at).await.is_problem(404, "not-found");
        rival.get(&format!("/clubs/{club}/events")).await.is_problem(404, "not-found");
        rival.post(&format!("/clubs/{club}/events"), &spa()).await.is_problem(404, "not-found");
        assert_ne!(
            id(&rival.event(&world, other, &spa()).await),
            id(&made),
            "external ids are each club's own"
        );
        let reader = world.site_of(club, [Scope::EventsRead]).await;
        reader.get(&at).await.ok(200);
        reader.delete(&at).await.is_problem(403, "forbidden");
        reader.post(&format!("/clubs/{club}/events"), &spa()).await.is_problem(403, "forbidden");
        world.site_of(club, [Scope::ClubsRead]).await.get(&at).await.is_problem(403, "forbidden");
        let operator = world.operator();
        operator.change(id(&made), json!({ "name": "Le Mans" })).await.ok(200);
        operator.get(&format!("/events/{}", Uuid::nil())).await.is_problem(404, "not-found");
        let unbound = operator.post("/clubs", &json!({ "name": "New", "zone": "UTC" })).await.ok(201);
        let path = format!("/clubs/{}/events", id(&unbound));
        operator.post(&path, &spa()).await.is_problem(409, "conflict");
        assert_eq!(operator.listed(&path).await.len(), 0);
        world.settle().await;
        world.end().await;
    })
    .await;
}
