//! Member syncs, as a club's site drives them.

use std::time::Duration;

use reqwest::Method;
use sandbox::{Fault, FaultKind, Times, people::Person};
use serde_json::{Value, json};
use simlane::{
    domain::{id::ClubId, scope::Scope},
    store,
};
use uuid::Uuid;

use super::{
    Answer, Site, everything, on_both,
    people::{each, names},
    send,
};
use crate::world::{Pair, World};

/// A second, and the day in which a sync can be undone.
const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(24 * 3_600);

impl Site<'_> {
    /// Starts a sync, works on it until it rests, and returns where it is read.
    pub(super) async fn sync(&self, world: &World, club: ClubId, mode: &str) -> String {
        let started = self.post(&format!("/clubs/{club}/discord/sync"), &json!({ "mode": mode })).await;
        rests(world, started).await
    }

    async fn names(&self, club: ClubId) -> Vec<String> {
        names(&self.listed(&format!("/clubs/{club}/users")).await)
    }
}

/// Works on a sync that was set going, and returns where it is read.
async fn rests(world: &World, going: Answer) -> String {
    let at = going.header("location").unwrap_or_default().to_owned();
    going.ok(202);
    world.settle().await;
    at.strip_prefix("/api/v1").unwrap().to_owned()
}

#[tokio::test]
async fn a_sync_is_looked_at_applied_and_undone() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (ana, wanderer) = (world.member("Ana Pereira"), world.member("Wanderer"));
        site.bring(
            club,
            json!([{ "external_id": "1", "name": "Ana Pereira" }, { "external_id": "2", "name": "Bo Lind" }]),
        )
        .await;
        let started = send(site.request(Method::POST, &format!("/clubs/{club}/discord/sync")).await).await;
        assert_eq!(
            (&started.body["sync_type"], &started.body["state"]),
            (&json!("preview"), &json!("reading"))
        );
        assert_eq!(started.body["sync_timestamp"], "2026-11-10T11:00:00Z");
        let at = rests(&world, started).await;
        let planned = site.get(&at).await.ok(200);
        assert_eq!(
            (&planned["state"], &planned["waits_until"]),
            (&json!("planned"), &json!("2026-11-10T12:00:00Z"))
        );
        let results = &planned["results"];
        assert_eq!(
            (&results["likely"], &results["unmatched"], &results["done"]),
            (&json!(1), &json!(1), &json!(0))
        );
        let link = &planned["samples"]["linked"][0];
        assert_eq!((&link["account"], &link["name"]), (&json!(ana.id().to_string()), &json!("Ana Pereira")));
        assert!(!link["evidence"].as_str().unwrap().is_empty());
        assert!(planned["samples"]["new"].as_array().unwrap().contains(&json!(wanderer.id().to_string())));
        assert_eq!(site.names(club).await.len(), 2, "nothing has changed yet");

        let applied = rests(&world, site.post(&format!("{at}/apply"), &json!({})).await).await;
        assert_eq!(applied, at);
        let done = site.get(&at).await.ok(200);
        assert_eq!(
            (&done["state"], &done["progress"], &done["samples"]),
            (&json!("done"), &json!(1.0), &Value::Null)
        );
        let found = site.listed(&format!("/clubs/{club}/users?external_id=1")).await;
        let account = &found[0]["accounts"][0];
        assert_eq!((&account["linked_by"], &account["id"]), (&json!("sync"), &json!(ana.id().to_string())));
        assert!(site.names(club).await.contains(&"Wanderer".to_owned()));
        site.post(&format!("{at}/apply"), &json!({})).await.is_problem(409, "conflict");
        site.post(&format!("{at}/stop"), &json!({})).await.is_problem(409, "conflict");

        world.advance(DAY - SECOND).await;
        let undo = rests(&world, site.post(&format!("{at}/undo"), &json!({})).await).await;
        let undone = site.get(&undo).await.ok(200);
        assert_eq!(
            (&undone["sync_type"], &undone["state"], &undone["undoes"]),
            (&json!("undo"), &json!("done"), &done["id"])
        );
        assert!(site.get(&at).await.ok(200)["undone_at"].is_string());
        assert_eq!(site.names(club).await, ["Ana Pereira", "Bo Lind"]);
        site.post(&format!("{at}/undo"), &json!({})).await.is_problem(409, "conflict");
        let syncs = site.listed(&format!("/clubs/{club}/discord/syncs")).await;
        assert_eq!(each(&syncs, "sync_type"), ["undo", "preview"]);
        world.end().await;
    })
    .await;
}

/// One sync runs in a server at a time, and what isn't known yet can't be applied.
#[tokio::test]
async fn a_sync_runs_alone() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let retry_after = Duration::from_secs(60);
        let kind = FaultKind::RateLimited { global: false, retry_after, scope: "user" };
        let on = sandbox::Match::route("GET /guilds/{guild_id}/members").nth(1);
        world.discord.faults().inject(Fault { kind, on, times: Times::Once });
        let at = site.sync(&world, club, "preview").await;
        for again in [format!("/clubs/{club}/discord/sync"), format!("{at}/apply"), format!("{at}/stop")] {
            site.post(&again, &json!({})).await.is_problem(409, "conflict");
        }
        let reading = site.get(&at).await.ok(200);
        assert_eq!((&reading["state"], &reading["samples"]), (&json!("reading"), &Value::Null));
        world.pass(retry_after).await;
        assert_eq!(site.get(&at).await.ok(200)["state"], "planned");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_sync_is_applied_at_once_stopped_or_too_old() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        world.member("Wanderer");
        let at = site.sync(&world, club, "apply").await;
        let done = site.get(&at).await.ok(200);
        assert_eq!(
            (&done["sync_type"], &done["state"], &done["started_by"]),
            (&json!("api"), &json!("done"), &Value::Null)
        );
        let stopped = site.sync(&world, club, "preview").await;
        assert_eq!(site.post(&format!("{stopped}/stop"), &json!({})).await.ok(200)["state"], "stopped");
        site.post(&format!("{stopped}/apply"), &json!({})).await.is_problem(409, "conflict");
        let old = site.sync(&world, club, "preview").await;
        world.advance(Duration::from_secs(3_600)).await;
        site.post(&format!("{old}/apply"), &json!({})).await.is_problem(409, "conflict");
        let undo = site.sync(&world, club, "undo").await;
        assert_eq!(site.get(&undo).await.ok(200)["undoes"], done["id"]);
        let nothing = site.post(&format!("/clubs/{club}/discord/sync"), &json!({ "mode": "undo" })).await;
        nothing.is_problem(409, "conflict");
        let path = format!("/clubs/{club}/discord/sync");
        for (body, pointer) in [
            (json!({ "mode": "now" }), "/mode"),
            (json!({ "mode": 7 }), "/mode"),
            (json!({ "x": 1 }), "/x"),
            (json!([]), ""),
        ] {
            assert_eq!(
                site.post(&path, &body).await.is_problem(422, "invalid").pointers(),
                [pointer],
                "{body}"
            );
        }
        let page = site.get(&format!("{path}s?limit=2")).await.ok(200);
        let next = site.listed(&format!("{path}s?limit=2&cursor={}", page["next"].as_str().unwrap())).await;
        assert_eq!((page["data"].as_array().unwrap().len(), next.len()), (2, 2));
        site.get(&format!("{path}s?cursor=00")).await.is_problem(400, "malformed");
        world.end().await;
    })
    .await;
}

/// More than a fifth leaving waits for a yes, which a program gives or doesn't.
#[tokio::test]
async fn many_who_leave_are_asked_about() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let people: Vec<Person> = (0..8).map(|number| world.member(&format!("Racer {number}"))).collect();
        site.sync(&world, club, "apply").await;
        people.iter().take(4).for_each(Person::leave);
        let at = site.sync(&world, club, "apply").await;
        let asking = site.get(&at).await.ok(200);
        assert_eq!((&asking["state"], &asking["results"]["left"]), (&json!("asking"), &json!(4)));
        assert_eq!(asking["samples"]["left"].as_array().unwrap().len(), 4);
        rests(&world, site.post(&format!("{at}/apply"), &json!({})).await).await;
        assert_eq!(site.listed(&format!("/clubs/{club}/users?status=left")).await.len(), 4);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn clubs_do_not_see_each_others_syncs_and_conflicts() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let (other, rival) = world.rival().await;
        world.member("Ana Pereira");
        let entries = json!([{ "external_id": "1", "name": "Ana Pereira" }, { "external_id": "2", "name": "Ana Pereira" }]);
        let users = site.bring(club, entries).await;
        let at = site.sync(&world, club, "apply").await;
        let sync = at.rsplit('/').next().unwrap();
        let id = site.listed(&format!("/clubs/{club}/discord/conflicts")).await[0]["id"].as_str().unwrap().to_owned();
        for path in [at.clone(), format!("/clubs/{club}/discord/syncs"), format!("/clubs/{club}/discord/conflicts"), format!("/clubs/{other}/discord/syncs/{sync}")] {
            rival.get(&path).await.is_problem(404, "not-found");
        }
        let mixed = format!("/clubs/{other}/discord");
        for (path, body) in [
            (format!("/clubs/{club}/discord/sync"), json!({})),
            (format!("{at}/undo"), json!({})),
            (format!("{mixed}/syncs/{sync}/undo"), json!({})),
            (format!("{mixed}/syncs/{sync}/apply"), json!({})),
            (format!("{mixed}/syncs/{sync}/stop"), json!({})),
            (format!("{mixed}/conflicts/{id}"), json!({ "user": users[0] })),
        ] {
            rival.post(&path, &body).await.is_problem(404, "not-found");
        }
        assert_eq!(rival.listed(&format!("{mixed}/syncs")).await, Vec::<Value>::new());
        let reader = world.site_of(club, [Scope::SyncRead]).await;
        reader.get(&at).await.ok(200);
        reader.post(&format!("/clubs/{club}/discord/sync"), &json!({})).await.is_problem(403, "forbidden");
        reader.post(&format!("{at}/undo"), &json!({})).await.is_problem(403, "forbidden");
        reader.post(&format!("/clubs/{club}/discord/conflicts/{id}"), &json!({ "none": true })).await.is_problem(403, "forbidden");
        let writer = world.site_of(club, [Scope::SyncWrite]).await;
        writer.get(&at).await.is_problem(403, "forbidden");
        let nowhere = format!("/clubs/{}/discord", Uuid::nil());
        let operator = world.operator();
        operator.get(&format!("{nowhere}/syncs")).await.is_problem(404, "not-found");
        operator.get(&format!("{nowhere}/conflicts")).await.is_problem(404, "not-found");
        operator.post(&format!("{nowhere}/sync"), &json!({})).await.is_problem(404, "not-found");
        world.end().await;
    })
    .await;
}

/// A club whose server has lost the app, or that has none, can't be synced.
#[tokio::test]
async fn a_club_without_a_server_is_not_synced() {
    let world = World::new(Pair::Sqlite).await;
    let (club, site) = world.club_with_site(everything()).await;
    let guild = world.guild.id();
    world.stores.execute(&format!("UPDATE guilds SET club_id = NULL WHERE id = {guild}")).await;
    let refused = site.post(&format!("/clubs/{club}/discord/sync"), &json!({})).await;
    assert!(refused.is_problem(409, "conflict").body["detail"].as_str().unwrap().contains("invitation"));
    world.end().await;
}

/// What a program does is in the audit log under its token.
#[tokio::test]
async fn the_audit_log_names_the_token() {
    let world = World::new(Pair::Sqlite).await;
    let (club, site) = world.club_with_site(everything()).await;
    world.member("Wanderer");
    site.bring(club, json!({ "name": "Ana" })).await;
    let at = site.sync(&world, club, "preview").await;
    rests(&world, site.post(&format!("{at}/apply"), &json!({})).await).await;
    let trail = store::audit::of_club(world.service().store(), club, 20).await.unwrap();
    let by_token = trail.iter().filter(|entry| matches!(entry.by, store::audit::Doer::Token(_)));
    let mut deeds: Vec<&str> = by_token.map(|entry| entry.action.as_str()).collect();
    deeds.sort_unstable();
    assert_eq!(deeds, ["roster.upsert", "sync.apply", "sync.start"]);
    world.end().await;
}
