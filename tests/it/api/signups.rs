//! Sign-ups, as a club's site sees and changes them.

use reqwest::Method;
use serde_json::{Value, json};
use simlane::domain::{id::ClubId, scope::Scope};
use uuid::Uuid;

use super::{
    Answer, Site,
    events::{SPA, id, spa, with},
    everything, on_both,
    people::each,
};
use crate::world::{Club, World};

impl Site<'_> {
    pub(super) async fn sign_up(&self, event: &Value, user: &str, body: Value) -> Answer {
        self.send(Method::PUT, &format!("/events/{}/signups/{user}", id(event)), &body).await
    }

    /// Has people of these names on the roster and in the server, and tells who they are.
    pub(super) async fn members(
        &self,
        world: &World,
        club: ClubId,
        names: &[&str],
    ) -> Vec<(String, sandbox::people::Person)> {
        let there: Vec<_> = names.iter().map(|name| world.member(name)).collect();
        let entries = (1..)
            .zip(names)
            .map(|(number, name)| json!({ "external_id": format!("u{number}"), "name": name }));
        let users = self.bring(club, entries.collect()).await;
        self.sync(world, club, "apply").await;
        users.into_iter().zip(there).collect()
    }
}

#[tokio::test]
async fn people_are_signed_up_and_the_card_shows_them() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let people = site.members(&world, club, &["Ana Pereira", "Bo Lind", "Cy Young"]).await;
        let event = site.event(&world, club, &spa()).await;
        let [(ana, ana_there), (bo, bo_there), (cy, cy_there)] = people.as_slice() else { panic!() };
        let first = site.sign_up(&event, ana, json!({ "state": "in", "note": "Starts" })).await.ok(200);
        let user = json!({ "discord_id": ana_there.id().to_string(), "external_id": "u1", "id": ana, "name": "Ana Pereira" });
        assert_eq!((&first["granted"], &first["state"], &first["user"]), (&json!(true), &json!("in"), &user));
        assert_eq!((&first["class"], &first["class_id"]), (&json!("GT3"), &event["classes"][0]["id"]));
        assert_eq!(first["note"], "Starts");
        site.sign_up(&event, bo, json!({ "state": "late", "class": "gt3" })).await.ok(200);
        let waits = site.sign_up(&event, cy, json!({ "state": "in" })).await.ok(200);
        assert_eq!((&waits["granted"], &waits["state"], &waits["waiting_place"]), (&json!(false), &json!("waiting"), &json!(1)));
        world.minute().await;
        let card = Club::of(&world).card(SPA).text();
        for mention in [ana_there.mention(), bo_there.mention(), format!("1. {}", cy_there.mention())] {
            assert!(card.contains(&mention), "{card}");
        }

        let audited = site.sign_up(&event, ana, json!({ "state": "in" })).await.ok(200);
        assert_eq!((&audited["note"], &audited["updated_at"]), (&json!("Starts"), &first["updated_at"]), "nothing changes");
        let gone = site.sign_up(&event, ana, json!({ "state": "withdrawn", "note": null })).await.ok(200);
        assert_eq!((&gone["state"], &gone["note"], &gone["granted"]), (&json!("withdrawn"), &Value::Null, &json!(true)));
        let moved = site.get(&format!("/events/{}/signups/{cy}", id(&event))).await.ok(200);
        assert_eq!((&moved["state"], &moved["waiting_place"]), (&json!("in"), &Value::Null));
        site.sign_up(&event, bo, json!({ "state": "in" })).await.ok(200);
        let tentative = site.sign_up(&event, bo, json!({ "state": "tentative" })).await.ok(200);
        assert_eq!((&tentative["state"], &tentative["granted"]), (&json!("tentative"), &json!(true)));
        world.minute().await;
        let card = Club::of(&world).card(SPA).text();
        assert!(!card.contains(&ana_there.mention()) && card.contains(&cy_there.mention()), "{card}");
        let all = site.listed(&format!("/events/{}/signups", id(&event))).await;
        assert_eq!(each(&all, "state").len(), 3);
        let page = site.get(&format!("/events/{}/signups?limit=2", id(&event))).await.ok(200);
        let cursor = page["next"].as_str().unwrap();
        assert_eq!(site.listed(&format!("/events/{}/signups?limit=2&cursor={cursor}", id(&event))).await, [all[2].clone()]);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn classes_and_cars_are_chosen_and_a_person_of_discord_is_seen_too() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let people = site.members(&world, club, &["Ana Pereira"]).await;
        let ana = people[0].0.as_str();
        let classes = json!([{ "name": "GT3", "cars": ["BMW", "Audi"] }, { "name": "GT4" }]);
        let event =
            site.event(&world, club, &with(spa(), json!({ "classes": classes, "state": "closed" }))).await;
        for (body, pointer) in [
            (json!({ "state": "in" }), "/class"),
            (json!({ "state": "in", "class": "GT3", "car": "Lada" }), "/car"),
            (json!({ "state": "in", "class": "GTP" }), "/class"),
            (json!({ "state": "in", "class_id": Uuid::nil() }), "/class_id"),
            (json!({ "state": "in", "class": "GT4", "class_id": event["classes"][1]["id"] }), "/class"),
            (json!({ "state": "absent", "note": "Ill" }), "/note"),
            (json!({ "state": "waiting" }), "/state"),
        ] {
            let refused = site.sign_up(&event, ana, body.clone()).await;
            assert_eq!(refused.is_problem(422, "invalid").pointers(), [pointer], "{body}");
        }
        let wrong =
            site.sign_up(&event, ana, json!({ "state": "in", "car": "", "class": "", "note": "" })).await;
        assert_eq!(wrong.is_problem(422, "invalid").pointers(), ["/car", "/class", "/note"]);
        let chosen =
            site.sign_up(&event, ana, json!({ "state": "in", "class": "gt3", "car": "audi" })).await.ok(200);
        assert_eq!(
            (&chosen["class"], &chosen["car"]),
            (&json!("GT3"), &json!("Audi")),
            "though sign-ups are closed"
        );

        let stranger = world.member("Wanderer");
        site.send(Method::PATCH, &format!("/events/{}", id(&event)), &json!({ "state": "open" }))
            .await
            .ok(200);
        world.minute().await;
        stranger.press(&Club::of(&world).card(SPA), "Tentative").await.settled().await;
        world.minute().await;
        let all = site.listed(&format!("/events/{}/signups", id(&event))).await;
        let seen = all.iter().find(|one| one["user"]["external_id"].is_null()).unwrap();
        assert_eq!((&seen["user"]["name"], &seen["state"]), (&json!("Wanderer"), &json!("tentative")));
        let moved =
            site.sign_up(&event, id(&seen["user"]), json!({ "state": "in", "class": "GT4" })).await.ok(200);
        assert_eq!(moved["state"], "in");
        world.minute().await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn who_cannot_be_signed_up_is_told_why() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let event = site.event(&world, club, &spa()).await;
        let nobody = site.bring(club, json!([{ "name": "No Account" }])).await.remove(0);
        let refused = site.sign_up(&event, &nobody, json!({ "state": "in" })).await;
        assert!(
            refused.is_problem(409, "conflict").body["detail"].as_str().unwrap().contains("Discord account")
        );
        let path = format!("/events/{}/signups", id(&event));
        site.get(&format!("{path}/{nobody}")).await.is_problem(404, "not-found");
        site.sign_up(&event, &Uuid::nil().to_string(), json!({ "state": "in" }))
            .await
            .is_problem(404, "not-found");
        let (_, rival) = world.rival().await;
        rival.get(&path).await.is_problem(404, "not-found");
        rival.sign_up(&event, &nobody, json!({ "state": "in" })).await.is_problem(404, "not-found");
        let reader = world.site_of(club, [Scope::SignupsRead]).await;
        reader.get(&path).await.ok(200);
        reader.sign_up(&event, &nobody, json!({ "state": "in" })).await.is_problem(403, "forbidden");
        world.site_of(club, [Scope::EventsWrite]).await.get(&path).await.is_problem(403, "forbidden");
        site.delete(&format!("/events/{}", id(&event))).await.ok(200);
        let late = site.members(&world, club, &["Ana Pereira"]).await.remove(0).0;
        site.sign_up(&event, &late, json!({ "state": "in" })).await.is_problem(409, "conflict");
        world.settle().await;
        world.end().await;
    })
    .await;
}
