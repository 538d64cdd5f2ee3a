//! `/series`, and the pages of lists.

use insta::assert_snapshot;
use serde_json::json;

use super::stage::{DRIVER, STEWARD, Stage, command, text};

#[tokio::test]
async fn series_are_created_listed_and_suggested() {
    let stage = Stage::with_club().await;
    stage.story();
    stage.send(DRIVER, command("series list", json!([]))).await;
    let form = stage.send(STEWARD, command("series create", json!([]))).await;
    stage.submit(STEWARD, &form, &[("name", "Winter Cup")]).await;
    let category = json!([{ "name": "category", "type": 7, "value": "62" }]);
    stage.send(STEWARD, command("series create", category)).await;
    let form = stage.send(STEWARD, command("series create", json!([]))).await;
    let refused = stage.submit(STEWARD, &form, &[("name", "winter CUP")]).await;
    let again = stage.press(STEWARD, &refused, "Edit again").await;
    stage.submit(STEWARD, &again, &[("name", "Summer Cup")]).await;
    stage.suggest(STEWARD, "event create", "series", "wint").await;
    let form = stage.send(STEWARD, command("event create", text("series", "winter cup"))).await;
    stage
        .submit(STEWARD, &form, &[("name", "Daytona"), ("start", "2026-12-05 14:00"), ("length", "2h40")])
        .await;
    stage.send(STEWARD, command("event create", text("series", "Spring Cup"))).await;
    stage.send(DRIVER, command("series list", json!([]))).await;
    assert_snapshot!(stage.story(), @r#"
    > Dee /series list
    (to them alone)
    The club has no series yet. Organisers create one with `/series create`.

    > Sam /series create
    (a form)
    Create a series
    Name: ""

    > Sam sends “Create a series” with name: Winter Cup
    (to them alone)
    ✅ The series **Winter Cup** is created. Its category appears within a moment.

    **Next:** `/event create` with this series.

    > Sam /series create category: 62
    (to them alone)
    That isn't a category of this server. Choose a category, or leave it out to get a new one.

    > Sam /series create
    (a form)
    Create a series
    Name: ""

    > Sam sends “Create a series” with name: winter CUP
    (to them alone)
    The club already has a series called **winter CUP**. Choose another name.
    [Edit again]

    > Sam presses Edit again
    (a form)
    Create a series
    Name: "winter CUP"

    > Sam sends “Create a series” with name: Summer Cup
    (to them alone)
    ✅ The series **Summer Cup** is created. Its category appears within a moment.

    **Next:** `/event create` with this series.

    > Sam /event create series: wint
    (suggestions)
    Winter Cup

    > Sam /event create series: winter cup
    (a form)
    Create an event
    Name: ""
    Start: ""
    Length: ""
    Classes: ""
    Description: ""

    > Sam sends “Create an event” with name: Daytona, start: 2026-12-05 14:00, length: 2h40
    (to them alone)
    ✅ **Daytona** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 2 h 40, until <t:1796485200:F>
    **Classes:** one, no limit
    Its channel is `#winter-cup-daytona-2026-12-05` under the series Winter Cup. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam /event create series: Spring Cup
    (to them alone)
    The club has no such series. Choose one of those offered as you type; `/series list` shows what there is.

    > Dee /series list
    (to them alone)
    # Series
    - **Summer Cup**: no event coming
    - **Winter Cup**: 1 event coming, next <t:1796475600:R>
    "#);
}

#[tokio::test]
async fn lists_turn_their_pages() {
    let stage = Stage::with_club().await;
    for number in 1..=8 {
        stage.clock.advance(std::time::Duration::from_secs(1));
        stage.create_event(&format!("Round {number}"), "").await;
    }
    stage.story();
    let first = stage.send(DRIVER, command("event list", json!([]))).await;
    let second = stage.press(DRIVER, &first, "More (1 of 2)").await;
    stage.press(DRIVER, &second, "Back").await;
    stage.press(DRIVER, &second, "Show").await;
    assert_snapshot!(stage.story(), @"
    > Dee /event list
    (to them alone)
    # Coming events
    **Round 1**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 2**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 3**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 4**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 5**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 6**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    (Back) [More (1 of 2)]

    > Dee presses More (1 of 2)
    (instead)
    # Coming events
    **Round 7**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 8**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    [Back] (More (2 of 2))

    > Dee presses Back
    (instead)
    # Coming events
    **Round 1**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 2**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 3**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 4**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 5**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 6**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    (Back) [More (1 of 2)]

    > Dee presses Show
    (to them alone)
    │ # Round 7
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    ");
}
