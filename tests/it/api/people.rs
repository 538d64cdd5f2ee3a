//! The people of a club: brought by its site, listed, and linked.

use reqwest::Method;
use serde_json::{Value, json};
use simlane::{
    domain::{account::Account, id::ClubId, scope::Scope},
    service::link::Proof,
    store,
};
use twilight_model::id::Id;
use uuid::Uuid;

use super::{Site, everything, on_both, send};
use crate::world::{Club, Pair, World};

impl World {
    /// Another club in a server of its own, and its site.
    pub(super) async fn rival(&self) -> (ClubId, Site<'_>) {
        let guild = self.discord.guild("Day Owls");
        Club { organiser: guild.organiser("Oscar"), world: self }.set_up().await;
        self.settle().await;
        let guild = Id::new(guild.id().get());
        let club = store::clubs::of_guild(self.service().store(), guild).await.unwrap().unwrap().id;
        (club, self.site_of(club, everything()).await)
    }
}

impl Site<'_> {
    /// Brings people who can all be taken, and tells who they are.
    pub(super) async fn bring(&self, club: ClubId, entries: Value) -> Vec<String> {
        let taken = self.post(&format!("/clubs/{club}/users"), &entries).await.ok(200);
        assert_eq!(taken["counts"]["refused"], 0, "{taken}");
        taken["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["user"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The people of a list.
    pub(super) async fn listed(&self, path: &str) -> Vec<Value> {
        let page = self.get(path).await.ok(200);
        page["data"].as_array().unwrap().clone()
    }
}

/// What is named of everything in a list.
pub(super) fn each(list: &[Value], field: &str) -> Vec<Value> {
    list.iter().map(|one| one[field].clone()).collect()
}

/// The names of a list's people, in order: who came in the same millisecond may stand either way.
pub(super) fn names(list: &[Value]) -> Vec<String> {
    let mut names: Vec<String> = list.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn people_are_brought_brought_again_and_listed() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/users");
        let ana = json!({
            "external_id": "42", "name": " Ana  Pereira ", "email": "Ana@Example.com", "iracing_id": 123_456,
            "iracing_name": "Ana Pereira2", "discord": "@ana.races", "timezone": "europe/lisbon", "aliases": ["AP"],
        });
        let taken = site.post(&path, &ana).await.ok(200);
        let counts = json!({ "changed": 0, "new": 1, "reconnected": 0, "refused": 0, "unchanged": 0 });
        assert_eq!(taken["counts"], counts);
        let id = taken["results"][0]["user"].clone();
        let result = json!({ "external_id": "42", "index": 0, "result": "new", "user": id });
        assert_eq!(taken["results"], json!([result]));
        let again = site.post(&path, &json!([ana, { "external_id": "43", "name": "Bo" }])).await.ok(200);
        assert_eq!(each(again["results"].as_array().unwrap(), "result"), ["unchanged", "new"]);
        let third = site.post(&path, &json!({ "users": [{ "external_id": "42", "name": "Ana P." }] })).await.ok(200);
        assert_eq!((&third["results"][0]["result"], &third["results"][0]["user"]), (&json!("changed"), &id));
        assert_eq!(site.post(&path, &json!([])).await.ok(200)["results"], json!([]));

        let found = site.listed(&format!("{path}?external_id=42")).await;
        let person = json!({
            "accounts": [], "aliases": ["AP"], "discord": "ana.races", "email": "ana@example.com", "external_id": "42", "id": id,
            "iracing_id": 123_456, "iracing_name": "Ana Pereira2", "left_at": null, "name": "Ana P.", "on_roster": true,
            "roles": [], "status": "active", "timezone": "Europe/Lisbon",
        });
        assert_eq!(found, [person]);
        assert_eq!(site.listed(&format!("{path}?status=left")).await.len(), 0);
        assert_eq!(site.listed(&format!("{path}?on_roster=true&status=active")).await.len(), 2);
        let page = site.get(&format!("{path}?limit=1")).await;
        assert!(page.header("link").unwrap().contains("rel=\"next\""));
        let page = page.ok(200);
        let next = site.listed(&format!("{path}?limit=1&cursor={}", page["next"].as_str().unwrap())).await;
        assert_eq!(names(&[page["data"][0].clone(), next[0].clone()]), ["Ana P.", "Bo"]);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_stops_nothing_else() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/users");
        let entries = json!({ "users": [
            { "external_id": "1", "name": "Ana", "email": "ana@example.com" },
            { "external_id": "1", "name": "Ana again" },
            { "external_id": "2", "name": "Bo", "email": "ana@example.com" },
            { "external_id": "3", "name": "Cy", "timezone": "Europe/Berlim" },
            { "external_id": "4\u{0}", "name": "D\u{0}ee", "aliases": ["\u{0}"] },
            { "external_id": "5", "name": "\u{0}", "email": "\u{0}@\u{0}", "iracing_id": "\u{0}" },
            "Eve",
            { "name": ["Fay"], "iracing_id": -7 },
        ] });
        let taken = site.post(&path, &entries).await.ok(200);
        let counts = json!({ "changed": 0, "new": 2, "reconnected": 0, "refused": 6, "unchanged": 0 });
        assert_eq!(taken["counts"], counts);
        let results = taken["results"].as_array().unwrap();
        let errors: Vec<String> = results
            .iter()
            .filter_map(|result| result["errors"].as_array())
            .flatten()
            .map(|error| {
                format!("{} {}", error["pointer"].as_str().unwrap(), error["detail"].as_str().unwrap())
            })
            .collect();
        insta::allow_duplicates! { insta::assert_snapshot!(errors.join("\n"), @"
        /users/1/external_id Same as in entry 0.
        /users/2/email Same as in entry 0.
        /users/3/timezone `Europe/Berlim` is not a time zone (perhaps Europe/Berlin, Europe/Rome or Europe/Dublin).
        /users/5/name No name.
        /users/5/email `@` is not an e-mail address.
        /users/6 Not an object.
        /users/7/iracing_id Not a whole number.
        /users/7/name Not a text.
        "); }
        assert_eq!(each(results, "external_id")[4], "4");
        assert_eq!(names(&site.listed(&path).await), ["Ana", "Dee"]);
        // What clashes with somebody of the club is told as well.
        let clash =
            site.post(&path, &json!({ "external_id": "9", "name": "Zoe", "email": "ana@example.com" })).await;
        assert_eq!(clash.is_problem(422, "invalid").pointers(), ["/email"]);
        let bad = site.post(&path, &json!([{ "name": "" }, { "name": "Bo", "email": "bo" }])).await;
        assert_eq!(bad.is_problem(422, "invalid").pointers(), ["/0/name", "/1/email"]);
        for (body, pointer) in
            [(json!(7), ""), (json!({ "users": {} }), "/users"), (json!(vec![0; 50_001]), "")]
        {
            assert_eq!(site.post(&path, &body).await.is_problem(422, "invalid").pointers(), [pointer]);
        }
        let json = |bytes: Vec<u8>| async {
            let request = site.request(Method::POST, &path).await;
            send(request.header("content-type", "application/json").body(bytes)).await
        };
        json(b"[{".to_vec()).await.is_problem(400, "malformed");
        json(vec![b' '; 5 * 1024 * 1024 + 1]).await.is_problem(413, "too-large");
        send(site.request(Method::POST, &path).await.body("[]"))
            .await
            .is_problem(415, "unsupported-media-type");
        for query in ["status=gone", "on_roster=7", "external_id=%00", "cursor=7"] {
            site.get(&format!("{path}?{query}")).await.is_problem(400, "malformed");
        }
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_roster_of_thousands_is_brought_at_once() {
    let world = World::new(Pair::Postgres).await;
    let (club, site) = world.club_with_site(everything()).await;
    let person = |number: usize| {
        json!({ "external_id": number.to_string(), "name": format!("Racer {number}"), "email": format!("r{number}@example.com"),
            "iracing_name": "x".repeat(60) })
    };
    let entries: Vec<Value> = (0..2_500).map(person).collect();
    assert!(json!(entries).to_string().len() > 256 * 1024);
    assert_eq!(site.bring(club, json!(entries)).await.len(), 2_500);
    let counts = site.post(&format!("/clubs/{club}/users"), &json!(entries)).await.ok(200)["counts"].clone();
    assert_eq!(counts["unchanged"], 2_500);
    world.end().await;
}

#[tokio::test]
async fn whoever_proved_an_address_becomes_the_person_who_is_brought() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let ana = world.member("Ana");
        let account = Account {
            global_name: Some("Ana".into()),
            id: Id::new(ana.id().get()),
            nickname: None,
            username: "ana".into(),
        };
        let proof = Proof { account, email: Some("ana@example.com".parse().unwrap()) };
        world.service().service().link_proven(proof, "test").await.unwrap();
        let first = site.bring(club, json!({ "external_id": "42", "name": "Ana Pereira" })).await;
        let entry = json!({ "external_id": "42", "name": "Ana Pereira", "email": "ana@example.com" });
        let taken = site.post(&format!("/clubs/{club}/users"), &entry).await.ok(200);
        assert_eq!(
            (&taken["results"][0]["result"], &taken["results"][0]["user"]),
            (&json!("reconnected"), &json!(first[0]))
        );
        let found = site.listed(&format!("/clubs/{club}/users?external_id=42")).await;
        let accounts = found[0]["accounts"].as_array().unwrap();
        assert_eq!(each(accounts, "id"), [ana.id().to_string()]);
        assert_eq!(each(accounts, "username"), ["ana"]);
        let again = site.post(&format!("/clubs/{club}/users"), &entry).await.ok(200);
        assert_eq!(again["counts"]["unchanged"], 1);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_sites_links() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let user = site.bring(club, json!({ "external_id": "42", "name": "Ana Pereira" })).await.remove(0);
        let path = format!("/clubs/{club}/users/{user}/link-code");
        let made = site.post(&path, &json!({})).await.ok(201);
        assert_eq!((&made["user"], &made["expires_at"]), (&json!(user), &json!("2026-11-11T11:00:00Z")));
        let ana = world.member("Ana");
        let told = ana.slash("link").option("code", made["code"].as_str().unwrap()).send().await.text();
        assert!(told.contains("Ana Pereira"), "{told}");
        let account = site.listed(&format!("/clubs/{club}/users")).await[0]["accounts"][0].clone();
        assert_eq!((&account["linked_by"], &account["id"]), (&json!("code"), &json!(ana.id().to_string())));
        assert_eq!(
            (&account["evidence"], &account["linked_at"]),
            (&Value::Null, &json!("2026-11-10T11:00:00Z"))
        );
        let nobody = format!("/clubs/{club}/users/{}/link-code", Uuid::nil());
        site.post(&nobody, &json!({})).await.is_problem(404, "not-found");
        let nobody = format!("/clubs/{club}/users/ana/link-code");
        site.post(&nobody, &json!({})).await.is_problem(404, "not-found");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn clubs_do_not_see_each_others_people() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (other, rival) = world.rival().await;
        let entry = json!({ "external_id": "1", "name": "Ana", "email": "ana@example.com" });
        let (ana, theirs) = (site.bring(club, entry.clone()).await, rival.bring(other, entry.clone()).await);
        assert_ne!(ana, theirs, "the same external id in another club is somebody else");
        let path = format!("/clubs/{club}/users");
        rival.get(&path).await.is_problem(404, "not-found");
        rival.post(&path, &entry).await.is_problem(404, "not-found");
        rival.post(&format!("{path}/{}/link-code", ana[0]), &json!({})).await.is_problem(404, "not-found");
        let mixed = format!("/clubs/{other}/users/{}/link-code", ana[0]);
        rival.post(&mixed, &json!({})).await.is_problem(404, "not-found");
        let cursor = site.get(&format!("{path}?limit=1")).await.ok(200)["next"].clone();
        assert_eq!((cursor, site.listed(&path).await.len()), (Value::Null, 1));
        let operator = world.operator();
        assert_eq!(operator.listed(&path).await.len(), 1);
        operator.bring(club, json!({ "external_id": "2", "name": "Bo" })).await;
        let nowhere = format!("/clubs/{}/users", Uuid::nil());
        operator.get(&nowhere).await.is_problem(404, "not-found");
        operator.post(&nowhere, &entry).await.is_problem(404, "not-found");
        let narrow = world.site_of(club, [Scope::UsersRead, Scope::SyncWrite]).await;
        narrow.get(&path).await.ok(200);
        narrow.post(&path, &entry).await.is_problem(403, "forbidden");
        narrow.post(&format!("{path}/{}/link-code", ana[0]), &json!({})).await.is_problem(403, "forbidden");
        world.site_of(club, [Scope::UsersWrite]).await.get(&path).await.is_problem(403, "forbidden");
        world.site("").get(&path).await.is_problem(401, "unauthorized");
        world.end().await;
    })
    .await;
}
