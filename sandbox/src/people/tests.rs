#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod threads;

use serde_json::{Value, json};

use super::stand_in::{World, card};
use super::{OptionValue, ReplyKind};
use crate::{Channel, Role};

fn commands() -> Value {
    json!([
        { "name": "ping", "type": 1, "contexts": [0, 1], "default_member_permissions": null },
        { "name": "club", "type": 1, "contexts": [0], "default_member_permissions": "32", "options": [{ "type": 1, "name": "panel" }] },
        { "name": "event", "type": 1, "contexts": [0], "options": [
            { "type": 1, "name": "show", "options": [
                { "type": 3, "name": "event", "required": true, "autocomplete": true },
                { "type": 4, "name": "page", "min_value": 1, "max_value": 9 },
                { "type": 3, "name": "mode", "choices": [{ "name": "Short", "value": "s" }] },
                { "type": 6, "name": "driver" },
                { "type": 8, "name": "role" },
                { "type": 7, "name": "channel" },
            ] },
        ] },
        { "name": "Racing profile", "type": 2 },
    ])
}

#[tokio::test]
async fn a_command_arrives_as_discord_sends_it() {
    let world = World::new(|_| card(4, "Here", &[], 64)).await;
    world.commands(commands());
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let role = Role {
        id: world.discord.with(|state| *state.guilds[&world.guild].roles.keys().last().unwrap()),
        name: "Staff".to_owned(),
    };
    let channel = Channel::find(&world.discord, world.channel).unwrap();
    ana.speaks("de");
    let sent = ana
        .slash("event show")
        .option("event", "spa")
        .option("page", 2)
        .option("mode", "Short")
        .option("driver", &ben)
        .option("role", &role);
    let reply = sent.option("channel", &channel).in_channel(&channel).send().await;
    assert_eq!(
        (reply.kind(), reply.text().as_str(), reply.is_ephemeral()),
        (ReplyKind::Message, "Here", true)
    );
    let got = world.last();
    assert_eq!(got["type"], 2);
    assert_eq!(got["locale"], "de");
    assert_eq!(got["guild_locale"], "en-GB");
    assert_eq!(got["member"]["user"]["id"], json!(ana.id()));
    assert_eq!(got["context"], 0);
    assert_eq!(got["authorizing_integration_owners"], json!({ "0": world.guild.to_string() }));
    let options = got["data"]["options"][0]["options"].as_array().unwrap();
    let values: Vec<_> = options.iter().map(|option| option["value"].clone()).collect();
    assert_eq!(
        values,
        [json!("spa"), json!(2), json!("s"), json!(ben.id()), json!(role.id), json!(world.channel)]
    );
    let resolved = &got["data"]["resolved"];
    assert_eq!(resolved["users"][ben.id().to_string()]["global_name"], "Ben");
    assert!(resolved["members"][ben.id().to_string()]["user"].is_null());
    assert_eq!(resolved["roles"][role.id.to_string()]["name"], "Staff");
    assert_eq!(resolved["channels"][world.channel.to_string()]["name"], "paddock");
    assert_eq!(world.complaints(), [""; 0]);
}

#[tokio::test]
async fn the_client_refuses_what_was_not_registered_or_is_hidden() {
    let world = World::new(|_| card(4, "Here", &[], 64)).await;
    world.commands(commands());
    let ana = world.member("Ana");
    let refused = |path: &'static str, options: Vec<(&'static str, OptionValue)>| {
        let slash =
            options.into_iter().fold(ana.slash(path), |slash, (name, value)| slash.option(name, value));
        async move { slash.try_send().await.unwrap_err().to_string() }
    };
    assert_eq!(
        refused("pit", vec![]).await,
        "there is no command /pit; there are: ping, club, event, Racing profile"
    );
    assert_eq!(refused("event", vec![]).await, "/event can't be sent itself; there are: show");
    assert_eq!(refused("event list", vec![]).await, "/event list: there is no list; there are: show");
    assert_eq!(refused("event show", vec![]).await, "/event show: the option event is required");
    assert_eq!(
        refused("event show", vec![("event", 5.into())]).await,
        "/event show: option event: is of type 3, and does not take Integer(5)"
    );
    assert_eq!(
        refused("event show", vec![("event", "x".into()), ("page", 10.into())]).await,
        "/event show: option page: does not take 10"
    );
    assert_eq!(
        refused("event show", vec![("event", "x".into()), ("mode", "Long".into())]).await,
        "/event show: option mode: \"Long\" is not among its choices"
    );
    assert_eq!(refused("club panel", vec![]).await, "/club is hidden from Ana");
    assert_eq!(
        ana.slash("event show")
            .option("event", "x")
            .in_direct_message()
            .try_send()
            .await
            .unwrap_err()
            .to_string(),
        "/event is not offered in a direct message"
    );
    assert_eq!(world.count(), 0);
}

#[tokio::test]
async fn an_organiser_sees_what_is_hidden_from_others_and_a_conversation_has_a_user() {
    let world = World::new(|_| card(4, "Here", &[], 0)).await;
    world.commands(commands());
    let ana = world.member("Ana");
    ana.give(&Role {
        id: world.discord.with(|state| *state.guilds[&world.guild].roles.keys().last().unwrap()),
        name: "Staff".to_owned(),
    });
    assert_eq!(ana.slash("club panel").send().await.kind(), ReplyKind::Message);
    assert_eq!(ana.slash("ping").in_direct_message().send().await.kind(), ReplyKind::Message);
    let got = world.last();
    assert_eq!(got["user"]["id"], json!(ana.id()));
    assert!(got["member"].is_null() && got["guild_id"].is_null());
    assert_eq!(got["authorizing_integration_owners"], json!({ "0": "0" }));
    assert_eq!(got["channel"]["type"], 1);
    let ben = world.member("Ben");
    assert_eq!(ana.user_command("Racing profile", &ben).await.kind(), ReplyKind::Message);
    assert_eq!(world.last()["data"]["target_id"], json!(ben.id()));
}

#[tokio::test]
async fn suggestions_come_while_required_options_are_missing() {
    let world =
        World::new(|_| json!({ "type": 8, "data": { "choices": [{ "name": "Spa 24", "value": "e1" }] } }))
            .await;
    world.commands(commands());
    let choices = world.member("Ana").slash("event show").option("page", 1).autocomplete("event", "sp").await;
    assert_eq!((choices[0].name.as_str(), choices[0].text().as_str()), ("Spa 24", "e1"));
    let focused = &world.last()["data"]["options"][0]["options"][1];
    assert_eq!(focused, &json!({ "name": "event", "type": 3, "value": "sp", "focused": true }));
}

#[tokio::test]
async fn a_button_updates_its_card() {
    let world = World::new(|got| match got["type"].as_u64() {
        Some(2) => card(4, "0 drivers", &["Sign up"], 0),
        _ => card(7, "1 driver", &["Withdraw"], 0),
    })
    .await;
    world.commands(commands());
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let posted = ana.slash("ping").send().await.message();
    let reply = ben.press(&posted, "Sign up").await;
    assert_eq!((reply.kind(), reply.text().as_str()), (ReplyKind::Update, "1 driver"));
    assert_eq!(reply.message().id, posted.id);
    let got = world.last();
    assert_eq!(got["data"], json!({ "component_type": 2, "custom_id": "1:Sign up", "id": 3 }));
    assert_eq!(got["message"]["id"], json!(posted.id));
    assert_eq!(got["message"]["components"][0]["content"], "0 drivers");
    assert_eq!(
        ben.try_press(&posted, "Sign up").await.unwrap_err().to_string(),
        "there is no button Sign up; there are: Withdraw"
    );
    assert_eq!(ben.press_custom_id(&posted, "0:old").await.kind(), ReplyKind::Update);
    assert_eq!(world.last()["data"]["custom_id"], "0:old");
    let again = world.discord.redeliver(&reply).await;
    assert_eq!((again.kind(), again.text().as_str()), (ReplyKind::Update, "1 driver"));
    assert_eq!(world.complaints(), [""; 0]);
}

#[tokio::test]
async fn only_its_reader_presses_a_button_of_an_ephemeral_message() {
    let world = World::new(|_| card(4, "Secret", &["Open"], 64)).await;
    world.commands(commands());
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let secret = ana.slash("ping").send().await.message();
    assert_eq!(ben.try_press(&secret, "Open").await.unwrap_err().to_string(), "Ben doesn't see that message");
    assert_eq!(ana.press(&secret, "Open").await.kind(), ReplyKind::Message);
    assert_eq!(Channel::find(&world.discord, world.channel).unwrap().messages().len(), 0);
}

fn selects() -> Value {
    let options = json!([{ "label": "GT3", "value": "gt3" }, { "label": "LMP2", "value": "lmp2" }]);
    let row = |select: Value| json!({ "type": 1, "components": [select] });
    let components = [
        row(
            json!({ "type": 3, "custom_id": "class", "placeholder": "Class", "options": options, "max_values": 2 }),
        ),
        row(json!({ "type": 5, "custom_id": "who", "placeholder": "Who" })),
        row(json!({ "type": 8, "custom_id": "where", "placeholder": "Where", "channel_types": [0] })),
    ];
    json!({ "type": 4, "data": { "content": "Choose", "components": components, "allowed_mentions": { "parse": [] } } })
}

#[tokio::test]
async fn selects_send_values_and_what_they_stand_for() {
    let world = World::new(|got| if got["type"] == 2 { selects() } else { json!({ "type": 6 }) }).await;
    world.commands(commands());
    let ana = world.member("Ana");
    let message = ana.slash("ping").send().await.message();
    assert_eq!(ana.select(&message, "Class", &["GT3", "lmp2"]).await.kind(), ReplyKind::UpdateDeferred);
    assert_eq!(
        world.last()["data"],
        json!({ "component_type": 3, "custom_id": "class", "id": 2, "values": ["gt3", "lmp2"] })
    );
    ana.select(&message, "Who", &["Ana"]).await;
    assert_eq!(world.last()["data"]["resolved"]["users"][ana.id().to_string()]["username"], "ana");
    ana.select(&message, "Where", &["paddock"]).await;
    assert_eq!(world.last()["data"]["values"], json!([world.channel]));
    assert_eq!(
        ana.try_select(&message, "Class", &[]).await.unwrap_err().to_string(),
        "0 chosen, but it takes 1 to 2"
    );
    assert_eq!(
        ana.try_select(&message, "Class", &["GT4"]).await.unwrap_err().to_string(),
        "there is no option GT4; there are: GT3, LMP2"
    );
}

fn modal() -> Value {
    let label = |text: &str, component: Value| json!({ "type": 18, "label": text, "component": component });
    let options =
        json!([{ "label": "GT3", "value": "gt3", "default": true }, { "label": "LMP2", "value": "lmp2" }]);
    json!({ "type": 9, "data": { "custom_id": "1:create", "title": "New event", "components": [
        label("Name", json!({ "type": 4, "custom_id": "name", "style": 1, "min_length": 2, "max_length": 5 })),
        label("Notes", json!({ "type": 4, "custom_id": "notes", "style": 2, "required": false, "value": "as usual" })),
        label("Class", json!({ "type": 21, "custom_id": "class", "options": options })),
        label("Also", json!({ "type": 22, "custom_id": "also", "required": false, "options": options })),
        label("Announce", json!({ "type": 23, "custom_id": "announce" })),
    ] } })
}

#[tokio::test]
async fn a_form_is_checked_and_sent_in_discords_shape() {
    let world = World::new(|got| if got["type"] == 2 { modal() } else { card(4, "Made", &[], 64) }).await;
    world.commands(commands());
    let ana = world.member("Ana");
    let opened = ana.slash("ping").send().await;
    assert_eq!(
        (opened.kind(), opened.text().as_str()),
        (ReplyKind::Modal, "New event\nName\nNotes\nClass\nAlso\nAnnounce")
    );
    let form = opened.modal();
    assert_eq!(form.title(), "New event");
    assert_eq!(form.try_submit().await.unwrap_err().to_string(), "New event: Name: is required");
    assert_eq!(
        form.clone().fill("Name", "x").try_submit().await.unwrap_err().to_string(),
        "New event: Name: 1 characters, but it takes 2 to 5"
    );
    let form =
        form.fill("Name", "Spa").choose("Class", &["LMP2"]).choose("Also", &[]).check("Announce", true);
    assert_eq!(form.submit().await.text(), "Made");
    let got = world.last();
    assert_eq!(got["type"], 5);
    assert_eq!(
        got["data"],
        json!({ "custom_id": "1:create", "components": [
            { "type": 18, "id": 1, "component": { "type": 4, "id": 2, "custom_id": "name", "value": "Spa" } },
            { "type": 18, "id": 3, "component": { "type": 4, "id": 4, "custom_id": "notes", "value": "as usual" } },
            { "type": 18, "id": 5, "component": { "type": 21, "id": 6, "custom_id": "class", "value": "lmp2" } },
            { "type": 18, "id": 7, "component": { "type": 22, "id": 8, "custom_id": "also", "values": [] } },
            { "type": 18, "id": 9, "component": { "type": 23, "id": 10, "custom_id": "announce", "value": true } },
        ] })
    );
    assert!(got["message"].is_null());
    let metadata = form.submit().await.message().interaction.unwrap();
    assert_eq!(metadata["triggering_interaction_metadata"]["type"], 2);
    assert_eq!(world.complaints(), [""; 0]);
}

#[tokio::test]
async fn a_form_spells_out_whom_it_names() {
    let who = json!({ "type": 18, "label": "Who", "component": { "type": 5, "custom_id": "who", "max_values": 2 } });
    let what = json!({ "type": 18, "label": "What", "component": { "type": 6, "custom_id": "what" } });
    let modal = json!({ "type": 9, "data": { "custom_id": "m", "title": "T", "components": [who, what] } });
    let world =
        World::new(move |got| if got["type"] == 2 { modal.clone() } else { card(4, "Made", &[], 64) }).await;
    world.commands(commands());
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let form = ana.slash("ping").send().await.modal();
    form.choose("Who", &["Ben", "Ana"]).choose("What", &["Staff"]).submit().await;
    let data = world.last()["data"].take();
    assert_eq!(data["components"][0]["component"]["values"], json!([ben.id(), ana.id()]));
    assert_eq!(data["resolved"]["members"].as_object().unwrap().len(), 2);
    assert_eq!(data["resolved"]["roles"].as_object().unwrap().len(), 1);
}
