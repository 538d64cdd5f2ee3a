//! Questions to the organisers, and work that is tried again.

use std::time::Duration;

use insta::assert_snapshot;
use serde_json::json;
use simlane::{
    domain::{
        id::{OwnerId, QuestionId},
        panel::{Resource, Topic},
    },
    store::questions::{self, NewQuestion},
};
use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{ADMIN, Person, STEWARD, Stage, What, command};

async fn ask(stage: &Stage, number: u128, resource: Resource) {
    let lease = stage.store.take_lease(Id::new(50), Duration::from_secs(30)).await.unwrap().unwrap();
    let fenced = stage.store.fenced(&lease).await.unwrap();
    let question = NewQuestion {
        id: QuestionId::new(Uuid::from_u128(number)),
        owner: OwnerId::of_guild(Id::new(50)),
        slot: format!("slot/{number}"),
        topic: Topic::Deleted { resource },
    };
    assert!(questions::ask(&fenced, question, stage.clock.now()).await.unwrap());
    fenced.commit().await.unwrap();
    stage.store.release_lease(&lease).await.unwrap();
}

#[tokio::test]
async fn a_question_is_answered_once_in_the_panel_or_where_it_was_posted() {
    let stage = Stage::with_club().await;
    ask(&stage, 1, Resource::Channel).await;
    ask(&stage, 2, Resource::RaceVoice).await;
    stage.story();
    let panel = stage.send(STEWARD, command("club panel", json!([]))).await;
    stage.press(STEWARD, &panel, "Make it again").await;
    stage.press(ADMIN, &panel, "Leave it").await;
    let panel = stage.press(STEWARD, &panel, "Refresh").await;
    stage.press_card(STEWARD, &panel, "Leave it").await;
    stage.press(STEWARD, &panel, "Refresh").await;
    assert_snapshot!(stage.story(), @"
    > Sam /club panel
    (to them alone)
    # Night Owls
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here.
    ────
    **The channel of the club was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    ────
    **The race voice channel of the club was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    ────
    **Last sync:** none yet
    **Room:** not counted yet
    [Refresh] [Check health] [Sync preview] [Fix permissions]

    > Sam presses Make it again
    (to them alone)
    **The channel of the club was deleted again** after it had been made anew. Should it be made once more?
    <@71> chose **Make it again**. It is being made again.

    > Ana presses Leave it
    (to them alone)
    This has been settled meanwhile. `/club panel` shows what is open now.

    > Sam presses Refresh
    (instead)
    # Night Owls
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here.
    ────
    **The race voice channel of the club was deleted again** after it had been made anew. Should it be made once more?
    [Make it again] [Leave it]
    ────
    **Last sync:** none yet
    **Room:** not counted yet
    [Refresh] [Check health] [Sync preview] [Fix permissions]

    > Sam presses Leave it
    (instead)
    **The race voice channel of the club was deleted again** after it had been made anew. Should it be made once more?
    <@71> chose **Leave it**. It stays as it is.

    > Sam presses Refresh
    (instead)
    # Night Owls
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here.
    ────
    **Last sync:** none yet
    **Room:** not counted yet
    [Refresh] [Check health] [Sync preview] [Fix permissions]
    ");
}

#[tokio::test]
async fn work_is_tried_again_only_in_its_own_server() {
    let stage = Stage::with_club().await;
    let retry = What::raw_press(&format!("1:retry:{}", OwnerId::of_guild(Id::new(50)).short()), &[]);
    stage.story();
    stage.send(STEWARD, retry.clone()).await;
    stage.send(Person { guild: 51, ..ADMIN }, retry).await;
    assert_snapshot!(stage.story(), @"
    > Sam presses 1:retry:AAAAAAAAAAAAAAAAAAAAAy
    (to them alone)
    ✅ It is being tried again. `/club panel` shows how it went.

    > Ana presses 1:retry:AAAAAAAAAAAAAAAAAAAAAy
    (to them alone)
    This server has no club yet. Somebody with Manage Server creates it with `/club setup`.
    ");
}
