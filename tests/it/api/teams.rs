//! Teams, as a club's site sees, sets and settles them.

use reqwest::Method;
use serde_json::{Value, json};
use simlane::{domain::scope::Scope, store::audit};
use uuid::Uuid;

use super::{
    Answer, Site,
    events::{SPA, id, spa, with},
    everything, on_both,
    people::each,
    send,
};
use crate::world::{Club, World};

impl Site<'_> {
    async fn teams(&self, event: &Value) -> Answer {
        self.get(&format!("/events/{}/teams", id(event))).await
    }

    pub(super) async fn put_teams(&self, event: &Value, teams: Value) -> Answer {
        self.send(Method::PUT, &format!("/events/{}/teams", id(event)), &json!({ "teams": teams })).await
    }

    async fn finalize(&self, event: &Value) -> Answer {
        send(self.request(Method::POST, &format!("/events/{}/teams/finalize", id(event))).await).await
    }
}

/// A race of two classes.
fn race() -> Value {
    with(spa(), json!({ "classes": [{ "name": "GT3", "capacity": 6 }, { "name": "GTP" }] }))
}

fn member(user: &str, duty: &str) -> Value {
    json!({ "user_id": user, "duty": duty })
}

fn team(name: &str, class: &str, members: &[Value]) -> Value {
    json!({ "name": name, "class": class, "members": members })
}

/// An event in whose GT3 class the first three people have a place; the last one has none.
async fn stage<'w>(
    world: &'w World,
    site: &Site<'w>,
    club: simlane::domain::id::ClubId,
) -> (Value, [String; 4]) {
    let people = site.members(world, club, &["Ana Pereira", "Bo Lind", "Cy Young", "Di Marsh"]).await;
    let people: Vec<String> = people.into_iter().map(|(user, _)| user).collect();
    let event = site.event(world, club, &race()).await;
    for user in &people[..3] {
        site.sign_up(&event, user, json!({ "state": "in", "class": "GT3" })).await.ok(200);
    }
    world.settle().await;
    (event, people.try_into().unwrap())
}

#[tokio::test]
async fn teams_are_set_and_settled() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (event, people) = stage(&world, &site, club).await;
        let [ana, bo, cy, di] = people.each_ref().map(String::as_str);
        let none = site.teams(&event).await;
        let first_tag = none.header("etag").unwrap().to_owned();
        let none = none.ok(200);
        assert_eq!((none["teams"].as_array().unwrap().len(), none["without_team"].as_array().unwrap().len()), (0, 3));
        assert_eq!(none["without_team"][0]["class"], "GT3");

        let red = with(
            team("Red", "gt3", &[member(ana, "driver"), member(bo, "reserve"), member(di, "spotter")]),
            json!({ "captain_id": ana, "car": "BMW M4 GT3", "number": "07" }),
        );
        let blue = team("Blue", "GT3", &[]);
        let put = site.put_teams(&event, json!([red, blue])).await;
        let tag = put.header("etag").unwrap().to_owned();
        assert_ne!(tag, first_tag);
        let put = put.ok(200);
        assert_eq!(put, site.teams(&event).await.ok(200));
        let named = |name: &str| put["teams"].as_array().unwrap().iter().find(|team| team["name"] == name).unwrap().clone();
        let made = named("Red");
        let told = ["captain_id", "car", "class", "number", "revision", "finalized_at"].map(|field| made[field].clone());
        assert_eq!(told, [json!(ana), json!("BMW M4 GT3"), json!("GT3"), json!("07"), json!(1), Value::Null]);
        let crew = made["members"].as_array().unwrap();
        assert_eq!(each(crew, "duty"), ["driver", "reserve", "spotter"]);
        assert_eq!(crew[2]["user"]["name"], "Di Marsh");
        assert!(crew.iter().all(|one| one["missing"] == false && one["user"]["discord_id"].is_string()), "{made}");
        assert_eq!(put["without_team"].as_array().unwrap().len(), 1);
        assert_eq!(put["without_team"][0]["user"]["id"], cy);
        let again = site.put_teams(&event, json!([blue, red])).await;
        assert_eq!(again.header("etag"), Some(tag.as_str()), "the same again changes nothing");

        // Names and people change hands, all at once.
        let swapped = json!([
            with(red.clone(), json!({ "id": made["id"], "name": "Blue", "number": null, "members": [member(ana, "driver")] })),
            with(blue.clone(), json!({ "id": named("Blue")["id"], "name": "Red", "number": "07", "members": [member(bo, "driver"), member(cy, "driver")] })),
        ]);
        let put = site.put_teams(&event, swapped.clone()).await.ok(200);
        let of = |team: &Value| put["teams"].as_array().unwrap().iter().find(|one| one["id"] == team["id"]).unwrap().clone();
        let (was_red, was_blue) = (of(&made), of(&named("Blue")));
        assert_eq!((&was_red["name"], &was_red["revision"], &was_red["number"]), (&json!("Blue"), &json!(2), &Value::Null));
        assert_eq!((&was_blue["name"], &was_blue["number"]), (&json!("Red"), &json!("07")));

        let bare = json!([swapped[0], swapped[1], team("Green", "GTP", &[])]);
        site.put_teams(&event, bare).await.ok(200);
        world.stores.execute(r#"UPDATE club_settings SET teams = '{"practice":"event"}'"#).await;
        let settled = site.finalize(&event).await.ok(200);
        assert_eq!((settled["settled"].as_array().unwrap().len(), settled["left_out"].as_array().unwrap().len()), (2, 1));
        world.settle().await;
        let thread = |name: &str| Club::of(&world).channel(SPA).threads().into_iter().find(|thread| thread.name.starts_with(name));
        assert_eq!(thread("Red").unwrap().members().len(), 3, "two people and the app");
        let rooms = world.guild.channels();
        let practice = rooms.iter().find(|channel| channel.name.ends_with("· practice")).unwrap();
        let shown = site.get(&format!("/events/{}", id(&event))).await.ok(200);
        assert_eq!(shown["discord"]["practice_voice_channel_id"], json!(practice.id.to_string()));
        let again = site.finalize(&event).await.ok(200);
        assert_eq!(again["settled"], json!([]));
        let states = site.listed(&format!("/events/{}/signups", id(&event))).await;
        assert_eq!(each(&states, "state"), ["team_assigned"; 3]);
        site.sign_up(&event, bo, json!({ "state": "withdrawn" })).await.ok(200);
        let teams = site.teams(&event).await.ok(200);
        let crew = teams["teams"].as_array().unwrap().iter().find(|team| team["name"] == "Red").unwrap();
        assert_eq!(each(crew["members"].as_array().unwrap(), "missing"), [true, false]);

        let gone = site.put_teams(&event, json!([])).await.ok(200);
        assert_eq!(gone["teams"], json!([]));
        let log = audit::of_club(world.service().store(), club, 200).await.unwrap();
        let deeds: Vec<_> = log.iter().filter(|entry| entry.subject_kind == "team").collect();
        let count = |action: &str| deeds.iter().filter(|entry| entry.action == action).count();
        assert_eq!((count("team.put"), count("team.finalize"), count("team.disband")), (5, 2, 3));
        assert!(deeds.iter().all(|entry| matches!(entry.by, audit::Doer::Token(_))), "the site did it");
        world.day().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn whatever_is_in_the_way_is_named_and_nothing_is_done() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (event, people) = stage(&world, &site, club).await;
        let [ana, bo, cy, di] = people.each_ref().map(String::as_str);
        let nobody = site.bring(club, json!([{ "name": "No Account" }])).await.remove(0);
        let kept = site.put_teams(&event, json!([team("Kept", "GT3", &[])])).await;
        let (tag, kept) = (kept.header("etag").unwrap().to_owned(), kept.ok(200));

        let unreadable = json!([
            with(team("", "", &[]), json!({ "car": "", "number": "1234" })),
            with(team("Red", "GT3", &[]), json!({ "class_id": Uuid::nil() })),
        ]);
        let refused = site.put_teams(&event, unreadable).await;
        assert_eq!(
            refused.is_problem(422, "invalid").pointers(),
            ["/teams/0/car", "/teams/0/class", "/teams/0/name", "/teams/0/number", "/teams/1/class"]
        );
        let unknown = json!([
            { "name": "Red", "class": "GT9", "members": [member(&Uuid::nil().to_string(), "driver"), member(&nobody, "spotter")] },
            { "name": "Blue", "members": [] },
            { "name": "Green", "class_id": Uuid::nil(), "members": [] },
        ]);
        let refused = site.put_teams(&event, unknown).await;
        assert_eq!(
            refused.is_problem(422, "invalid").pointers(),
            ["/teams/0/class", "/teams/0/members/0/user_id", "/teams/0/members/1/user_id", "/teams/1/class", "/teams/2/class_id"]
        );
        let clashing = json!([
            with(
                team("Red", "GT3", &[member(ana, "driver"), member(di, "driver")]),
                json!({ "id": Uuid::nil(), "captain_id": bo, "number": "7" }),
            ),
            with(team("RED", "GTP", &[member(bo, "driver"), member(ana, "spotter")]), json!({ "number": "7" })),
        ]);
        let refused = site.put_teams(&event, clashing).await;
        assert_eq!(
            refused.is_problem(422, "invalid").pointers(),
            [
                "/teams/0/id", "/teams/0/captain_id", "/teams/0/members/1/user_id", "/teams/1/name", "/teams/1/number",
                "/teams/1/members/1/user_id", "/teams/1/members/0/user_id",
            ]
        );
        for (body, pointer) in [
            (json!({ "teams": [{ "name": "Red" }] }), "/teams/0"),
            (json!({ "teams": [{ "name": "Red", "members": [], "people": [] }] }), "/teams/0/people"),
            (json!({ "teams": [team("Red", "GT3", &[member(ana, "pilot")])] }), "/teams/0/members/0/duty"),
            (json!([]), ""),
        ] {
            let refused = site.send(Method::PUT, &format!("/events/{}/teams", id(&event)), &body).await;
            assert_eq!(refused.is_problem(422, "invalid").pointers(), [pointer], "{body}");
        }
        let after = site.teams(&event).await;
        assert_eq!((after.header("etag"), &after.body), (Some(tag.as_str()), &kept), "nothing was done");

        let path = format!("/events/{}/teams", id(&event));
        let body = json!({ "teams": [team("Red", "GT3", &[member(cy, "driver")])] });
        let put = async |tag: &str| send(site.request(Method::PUT, &path).await.header("if-match", tag).json(&body)).await;
        put("\"7\"").await.is_problem(412, "precondition-failed");
        put(&tag).await.ok(200);
        put(&tag).await.is_problem(412, "precondition-failed");

        let reader = world.site_of(club, [Scope::TeamsRead]).await;
        reader.teams(&event).await.ok(200);
        reader.put_teams(&event, json!([])).await.is_problem(403, "forbidden");
        reader.finalize(&event).await.is_problem(403, "forbidden");
        world.site_of(club, [Scope::SignupsRead]).await.teams(&event).await.is_problem(403, "forbidden");
        let (_, rival) = world.rival().await;
        for refused in [rival.teams(&event).await, rival.put_teams(&event, json!([])).await, rival.finalize(&event).await] {
            refused.is_problem(404, "not-found");
        }
        site.delete(&format!("/events/{}", id(&event))).await.ok(200);
        site.put_teams(&event, json!([])).await.is_problem(409, "conflict");
        site.finalize(&event).await.is_problem(409, "conflict");
        world.settle().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_number_is_kept_for_its_team_in_a_series() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let series = site.post(&format!("/clubs/{club}/series"), &json!({ "name": "Cup" })).await.ok(201);
        let of_series = json!({ "series_id": series["id"] });
        let first = site.event(&world, club, &with(race(), of_series.clone())).await;
        let second = with(
            race(),
            json!({ "external_id": "race-2", "name": "Monza", "start": "2026-12-12T15:00:00+01:00" }),
        );
        let second = site.event(&world, club, &with(second, of_series)).await;
        let seven = |name: &str| json!([with(team(name, "GT3", &[]), json!({ "number": "7" }))]);
        site.put_teams(&first, seven("Red")).await.ok(200);
        let refused = site.put_teams(&second, seven("Blue")).await;
        assert_eq!(refused.is_problem(422, "invalid").pointers(), ["/teams/0/number"]);
        site.put_teams(&second, seven("Red")).await.ok(200);
        world.end().await;
    })
    .await;
}
