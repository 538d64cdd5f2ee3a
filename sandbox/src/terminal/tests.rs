#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;
use crate::people::stand_in::World;

fn signup() -> Value {
    let button =
        |style: u64, label: &str| json!({ "type": 2, "style": style, "label": label, "custom_id": label });
    let link = json!({ "type": 2, "style": 5, "label": "Site", "url": "https://example.org" });
    let closed = json!({ "type": 2, "style": 2, "label": "Manage", "custom_id": "m", "disabled": true });
    let options =
        json!([{ "label": "GT3", "value": "a" }, { "label": "LMP2", "value": "b", "default": true }]);
    let card = json!({ "type": 17, "accent_color": 0x2b_6c_b0, "components": [
        { "type": 10, "content": "## Spa 24 Hours\nStarts <t:1796482800:F> (<t:1796482800:R>)\n- **GT3** 1/20: <@7>" },
        { "type": 14, "spacing": 2 },
        { "type": 9, "components": [{ "type": 10, "content": "Bring a spotter" }], "accessory": button(2, "Help") },
        { "type": 1, "components": [button(1, "Sign up"), button(3, "Ready"), button(4, "Withdraw"), link, closed] },
        { "type": 1, "components": [{ "type": 3, "custom_id": "s", "options": options }] },
        { "type": 12, "items": [{ "media": { "url": "x" }, "description": "the grid" }] },
    ] });
    json!({ "type": 4, "data": { "flags": 32768, "components": [card], "allowed_mentions": { "parse": [] } } })
}

async fn shown(answer: Value, flags: u64) -> (World, Reply, View) {
    let world = World::new(move |_| {
        let mut answer = answer.clone();
        answer["data"]["flags"] = json!(answer["data"]["flags"].as_u64().unwrap_or_default() | flags);
        answer
    })
    .await;
    world.commands(json!([{ "name": "ping", "type": 1 }]));
    let reply = world.member("Ana").slash("ping").send().await;
    let mut view = View::new(world.discord.now());
    view.width = 60;
    (world, reply, view)
}

#[tokio::test]
async fn a_message_is_drawn_as_a_card() {
    let (world, sent, view) = shown(signup(), 64).await;
    assert_snapshot!(reply(&world.snapshot(), &sent, &view), @r"
    Simlane APP  5 Dec 14:00
    ▌ Spa 24 Hours
    ▌ Starts Saturday, 5 December 2026 15:00 (in an hour)
    ▌ • GT3 1/20: @unknown-user
    ▌
    ▌ ────────────────────────────────────────────────
    ▌
    ▌ Bring a spotter                                   [ Help ]
    ▌ [ ▸ Sign up ]  [ ✓ Ready ]  [ ✕ Withdraw ]  [ ↗ Site ]
    ▌ ( Manage )
    ▌ [ LMP2 ▾ ] GT3 · LMP2
    ▌ [picture: the grid]
    Only you can see this
    ");
}

#[tokio::test]
async fn colour_changes_nothing_but_the_escapes() {
    let (world, sent, mut view) = shown(signup(), 0).await;
    let plain = reply(&world.snapshot(), &sent, &view);
    view.colour = true;
    let coloured = reply(&world.snapshot(), &sent, &view);
    assert!(coloured.contains("\u{1b}[38;2;43;108;176m▌"));
    let mut stripped = String::new();
    let mut escape = false;
    for letter in coloured.chars() {
        match letter {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            _ => stripped.push(letter),
        }
    }
    assert_eq!(stripped, plain);
}

#[tokio::test]
async fn a_guild_is_drawn_as_a_tree() {
    let (world, sent, mut view) =
        shown(json!({ "type": 4, "data": { "content": "Hello **there**" } }), 64).await;
    world.furnish();
    assert_snapshot!(tree(&world.snapshot(), &view), @r"
    Club
    ├─ # paddock
    └─ ▾ Endurance Cup
       ├─ # stewards 🔒  Protests
       │  Olivia  5 Dec 14:00
       │  Anything?
       │
       └─ 🔊 Race
    ");
    view.viewer = sent.message().ephemeral_for;
    assert_snapshot!(tree(&world.snapshot(), &view), @r"
    Club
    ├─ # paddock
    │  Simlane APP  5 Dec 14:00
    │  Hello there
    │  Only you can see this
    │
    └─ ▾ Endurance Cup
       └─ 🔊 Race
    ");
}

#[tokio::test]
async fn a_modal_is_drawn_as_a_form() {
    let label = |text: &str, component: Value| json!({ "type": 18, "label": text, "component": component });
    let options = json!([{ "label": "GT3", "value": "a", "description": "20 places" }, { "label": "LMP2", "value": "b", "default": true }]);
    let mut name =
        label("Name", json!({ "type": 4, "custom_id": "n", "style": 1, "placeholder": "Spa 24 Hours" }));
    name["description"] = json!("Shown on the card");
    let modal = json!({ "type": 9, "data": { "custom_id": "m", "title": "New event", "components": [
        { "type": 10, "content": "Times are in **Europe/Berlin**" },
        name,
        label("Classes", json!({ "type": 22, "custom_id": "c", "options": options })),
        label("Series", json!({ "type": 3, "custom_id": "s", "options": options, "required": false })),
        label("Announce", json!({ "type": 23, "custom_id": "a", "default": true })),
    ] } });
    let (_world, sent, view) = shown(modal, 0).await;
    assert_snapshot!(form(&sent.modal(), &view), @r"
    ╭─ New event ──────────────────────────────────────────────╮
    │ Times are in Europe/Berlin                               │
    │                                                          │
    │ Name *                                                   │
    │ Shown on the card                                        │
    │ │ Spa 24 Hours                                           │
    │                                                          │
    │ Classes *                                                │
    │ [ ] GT3  20 places                                       │
    │ [x] LMP2                                                 │
    │                                                          │
    │ Series                                                   │
    │ [ LMP2 ▾ ]                                               │
    │                                                          │
    │ Announce                                                 │
    │ [x]                                                      │
    │                                                          │
    │ [ Cancel ]  [ ▸ Submit ]                                 │
    ╰──────────────────────────────────────────────────────────╯
    ");
}

#[tokio::test]
async fn a_failure_is_said() {
    let (world, sent, view) = shown(json!({ "type": 6 }), 0).await;
    assert_snapshot!(reply(&world.snapshot(), &sent, &view), @r"
    The application did not respond (Discord refuses the answer:
    there is no message to update: it was no component)
    ");
}
