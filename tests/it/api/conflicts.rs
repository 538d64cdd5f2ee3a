//! The conflict inbox, as a club's site works through it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{everything, on_both};
use crate::world::{Pair, World};

#[tokio::test]
async fn a_conflict_is_shown_and_decided() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let ana = world.member("Ana Pereira");
        ana.nickname(Some("Ana P | GT3"));
        let entries = json!([
            { "external_id": "1", "name": "Ana Pereira", "iracing_name": "Ana Pereira" },
            { "external_id": "2", "name": "Ana Pereira", "iracing_name": "Ana Pereira2" },
            { "external_id": "3", "name": "Bo Lind" },
        ]);
        let users = site.bring(club, entries).await;
        site.sync(&world, club, "apply").await;
        let inbox = format!("/clubs/{club}/discord/conflicts");
        let open = site.listed(&inbox).await;
        assert_eq!(open.len(), 1, "{open:?}");
        let conflict = &open[0];
        assert_eq!(
            (&conflict["state"], &conflict["user"], &conflict["decided_at"]),
            (&json!("open"), &Value::Null, &Value::Null)
        );
        assert_eq!(conflict["account"]["id"], ana.id().to_string());
        assert_eq!(conflict["account"]["nickname"], "Ana P | GT3");
        let candidates = conflict["candidates"].as_array().unwrap();
        assert_eq!(candidates.len(), 2);
        assert!(candidates.iter().all(|one| !one["evidence"].as_str().unwrap().is_empty()));
        let one = format!("{inbox}/{}", conflict["id"].as_str().unwrap());
        for (body, pointer) in [
            (json!({}), ""),
            (json!({ "none": false }), ""),
            (json!({ "none": true, "user": users[0] }), "/none"),
            (json!({ "user": users[2] }), "/user"),
            (json!({ "user": Uuid::nil() }), "/user"),
            (json!({ "user": "ana" }), "/user"),
            (json!({ "nobody": true }), "/nobody"),
        ] {
            assert_eq!(
                site.post(&one, &body).await.is_problem(422, "invalid").pointers(),
                [pointer],
                "{body}"
            );
        }
        let decided = site.post(&one, &json!({ "user": users[1] })).await.ok(200);
        assert_eq!((&decided["state"], &decided["user"]), (&json!("answered"), &json!(users[1])));
        assert!(decided["decided_at"].is_string());
        site.post(&one, &json!({ "none": true })).await.is_problem(409, "conflict");
        assert_eq!(site.listed(&inbox).await.len(), 0);
        assert_eq!(site.listed(&format!("{inbox}?state=decided")).await, [decided]);
        site.get(&format!("{inbox}?state=lost")).await.is_problem(400, "malformed");
        let person = site.listed(&format!("/clubs/{club}/users?external_id=2")).await.remove(0);
        assert_eq!(person["accounts"][0]["linked_by"], "conflict");
        site.post(&format!("{inbox}/{}", Uuid::nil()), &json!({ "none": true }))
            .await
            .is_problem(404, "not-found");
        // The answer stands in the next sync.
        site.sync(&world, club, "apply").await;
        assert_eq!(site.listed(&inbox).await.len(), 0);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn none_of_them_is_an_answer_too() {
    let world = World::new(Pair::Sqlite).await;
    let (club, site) = world.club_with_site(everything()).await;
    world.member("Ana Pereira");
    let entries =
        json!([{ "external_id": "1", "name": "Ana Pereira" }, { "external_id": "2", "name": "Ana Pereira" }]);
    site.bring(club, entries).await;
    site.sync(&world, club, "apply").await;
    let inbox = format!("/clubs/{club}/discord/conflicts");
    let id = site.listed(&inbox).await[0]["id"].as_str().unwrap().to_owned();
    let decided = site.post(&format!("{inbox}/{id}"), &json!({ "none": true })).await.ok(200);
    assert_eq!((&decided["state"], &decided["user"]), (&json!("answered"), &Value::Null));
    site.sync(&world, club, "apply").await;
    assert_eq!(site.listed(&inbox).await.len(), 0, "nobody is asked twice");
    world.end().await;
}
