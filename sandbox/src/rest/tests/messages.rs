use super::*;
use crate::{Message, Permissions, model::ChannelKind};

const V2: u64 = Message::COMPONENTS_V2;

fn card(text: &str, button: &str) -> Value {
    json!({
        "flags": V2, "allowed_mentions": { "parse": [] },
        "components": [{ "type": 17, "accent_color": 255, "components": [
            { "type": 10, "content": text },
            { "type": 14 },
            { "type": 9, "components": [{ "type": 10, "content": "x" }],
              "accessory": { "type": 2, "style": 5, "label": "Site", "url": "https://example.org" } },
            { "type": 1, "components": [{ "type": 2, "style": 1, "label": "Sign up", "custom_id": button }] },
            { "type": 1, "components": [{ "type": 3, "custom_id": "s", "options": [{ "label": "A", "value": "a" }] }] },
        ] }],
    })
}

#[tokio::test]
async fn a_card_is_kept_as_it_was_sent_and_answered_with_ids() {
    let world = World::new().await;
    let path = format!("/channels/{}/messages", world.general());
    let sent = card("# Spa", "1:signup:x");
    let made = world.post(&path, sent.clone()).await;
    assert_eq!(made.status, 200);
    let message = world.guild.messages().remove(0);
    assert_eq!(json!(message.components), sent["components"]);
    let ids: Vec<_> =
        ["", "/components/0", "/components/2", "/components/2/accessory", "/components/3/components/0"]
            .into_iter()
            .map(|place| made.body.pointer(&format!("/components/0{place}/id")).and_then(Value::as_u64))
            .collect();
    assert!(ids.iter().all(Option::is_some), "{ids:?}");
    let again = world.get(&format!("{path}/{}", made.id())).await;
    assert_eq!(again.body["components"], made.body["components"]);
    world.advance(5);
    let edited = world.patch(&format!("{path}/{}", made.id()), card("# Spa 24h", "1:signup:x")).await;
    assert_eq!(edited.body["edited_timestamp"], "2026-12-05T14:00:05.000000+00:00");
    assert_eq!(edited.body["timestamp"], "2026-12-05T14:00:00.000000+00:00");
    assert_eq!(world.delete(&format!("{path}/{}", made.id())).await.status, 204);
    assert_eq!(world.get(&format!("{path}/{}", made.id())).await.error(), (404, 10008));
    assert!(world.guild.audit_log().is_empty(), "its own message is no moderation");
    world.discord.assert_clean();
}

#[tokio::test]
async fn the_same_nonce_is_the_same_message_for_a_few_minutes() {
    let world = World::new().await;
    let body = |text: &str, enforce: bool| json!({ "content": text, "nonce": "n1", "enforce_nonce": enforce, "allowed_mentions": { "parse": [] } });
    let path = format!("/channels/{}/messages", world.general());
    let first = world.post(&path, body("one", true)).await;
    assert_eq!(first.body["nonce"], "n1");
    let again = world.post(&path, body("two", true)).await;
    assert_eq!((again.id(), &again.body["content"]), (first.id(), &json!("one")));
    assert_ne!(world.post(&path, body("three", false)).await.id(), first.id());
    assert!(world.get(&path).await.body[0].get("nonce").is_none(), "only the sender gets it, when sending");
    world.advance(301);
    assert_ne!(world.post(&path, body("four", true)).await.id(), first.id());
    assert_eq!(world.guild.messages().len(), 3);
    world.discord.assert_clean();
}

#[tokio::test]
async fn every_wrong_component_is_named_where_it_is() {
    let world = World::generous().await;
    let path = format!("/channels/{}/messages", world.general());
    let send = |components: Value| {
        world.post(
            &path,
            json!({ "flags": V2, "components": components, "allowed_mentions": { "parse": [] } }),
        )
    };
    let button = |id: &str| json!({ "type": 2, "style": 1, "label": "Go", "custom_id": id });
    let row = |inner: Vec<Value>| json!({ "type": 1, "components": inner });
    let twice = send(json!([row(vec![button("a"), button("a")])])).await;
    assert_eq!(twice.error(), (400, 50035));
    assert_eq!(twice.fault("/components/0/components/1/custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED");
    let long = send(json!([row(vec![button(&"x".repeat(101))])])).await;
    assert_eq!(long.fault("/components/0/components/0/custom_id"), "BASE_TYPE_BAD_LENGTH");
    let wide = send(json!([row((0..6).map(|n| button(&n.to_string())).collect())])).await;
    assert_eq!(wide.fault("/components/0/components"), "BASE_TYPE_BAD_LENGTH");
    let bare = send(json!([button("a")])).await;
    assert_eq!(bare.fault("/components/0/type"), "UNION_TYPE_CHOICES");
    let many = send(Value::from_iter((0..21).map(|n| row(vec![button(&n.to_string())])))).await;
    assert_eq!(many.fault("/components"), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED");
    let text = |length: usize| json!({ "type": 10, "content": "x".repeat(length) });
    assert_eq!(
        send(json!([text(2000), text(2001)])).await.fault("/components"),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
    );
    assert_eq!(send(json!([text(2000), text(2000)])).await.status, 200);
    assert_eq!(send(json!([text(0)])).await.fault("/components/0/content"), "BASE_TYPE_BAD_LENGTH");
    let options = Value::from_iter((0..26).map(|n| json!({ "label": "A", "value": n.to_string() })));
    let select = send(json!([row(vec![json!({ "type": 3, "custom_id": "s", "options": options })])])).await;
    assert_eq!(select.fault("/components/0/components/0/options"), "BASE_TYPE_BAD_LENGTH");
    let nested = send(json!([{ "type": 17, "components": [{ "type": 17, "components": [text(1)] }] }])).await;
    assert_eq!(nested.fault("/components/0/components/0/type"), "UNION_TYPE_CHOICES");
    assert_eq!(send(json!([])).await.error(), (400, 50006));
}

#[tokio::test]
async fn a_message_of_components_has_nothing_else_and_stays_one() {
    let world = World::new().await;
    let path = format!("/channels/{}/messages", world.general());
    let mut mixed = card("x", "b");
    mixed["content"] = json!("hello");
    let mixed = world.post(&path, mixed).await;
    assert_eq!(mixed.fault("/content"), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
    let made = world.post(&path, card("x", "b")).await.id();
    let back = json!({ "flags": 0, "content": "x", "allowed_mentions": { "parse": [] } });
    assert_eq!(
        world.patch(&format!("{path}/{made}"), back).await.fault("/flags"),
        "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"
    );
    let without_flag =
        json!({ "components": [{ "type": 10, "content": "y" }], "allowed_mentions": { "parse": [] } });
    let edited = world.patch(&format!("{path}/{made}"), without_flag.clone()).await;
    assert_eq!(edited.body["flags"], V2);
    assert_eq!(world.post(&path, without_flag).await.fault("/components/0/type"), "UNION_TYPE_CHOICES");
    let long = world.say(world.general(), &"x".repeat(2001)).await;
    assert_eq!(long.fault("/content"), "BASE_TYPE_MAX_LENGTH");
}

#[tokio::test]
async fn an_old_message_takes_few_edits() {
    let world = World::new().await;
    let made = world.say(world.general(), "x").await.id();
    let path = format!("/channels/{}/messages/{made}", world.general());
    let edit = || world.patch(&path, json!({ "content": "y", "allowed_mentions": { "parse": [] } }));
    for _ in 0..5 {
        assert_eq!(edit().await.status, 200);
    }
    world.advance(3600);
    for _ in 0..3 {
        assert_eq!(edit().await.status, 200);
    }
    let refused = edit().await;
    assert_eq!(
        (refused.error(), refused.body["retry_after"].as_f64().unwrap() > 3500.0),
        ((429, 30046), true)
    );
    world.advance(3600);
    assert_eq!(edit().await.status, 200);
}

#[tokio::test]
async fn who_is_mentioned_is_said_and_checked() {
    let world = World::generous().await;
    let (ana, staff) = (world.guild.member("Ana"), world.guild.role("Staff").id);
    let general = world.general();
    let text = format!("@everyone <@{}> <@&{staff}> <@12345>", ana.id());
    let path = format!("/channels/{general}/messages");
    let send = |allowed: Value| world.post(&path, json!({ "content": text, "allowed_mentions": allowed }));
    send(json!({ "parse": [] })).await;
    assert_eq!(world.guild.messages().pop().unwrap().mentions, Default::default());
    send(json!({ "parse": ["everyone", "users", "roles"] })).await;
    let mentions = world.guild.messages().pop().unwrap().mentions;
    assert_eq!((mentions.everyone, &mentions.users, &mentions.roles), (false, &vec![ana.id()], &vec![]));
    world.guild.bot_gains(Permissions::MENTION_EVERYONE);
    send(json!({ "parse": ["everyone"], "roles": [staff] })).await;
    let mentions = world.guild.messages().pop().unwrap().mentions;
    assert_eq!((mentions.everyone, &mentions.users, &mentions.roles), (true, &vec![], &vec![staff]));
    let both = send(json!({ "parse": ["users"], "users": [ana.id()] })).await;
    assert_eq!(both.fault("/allowed_mentions"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE");
    world.discord.assert_clean();
    let silent = json!({ "content": "x" });
    world.post(&path, silent).await;
    assert_eq!(world.discord.take_complaints()[0].what, "a message without allowed_mentions");
}

#[tokio::test]
async fn a_channel_is_read_from_the_newest_and_around_marks() {
    let world = World::generous().await;
    let general = world.general();
    let mut ids = Vec::new();
    for n in 0..10 {
        ids.push(world.say(general, &n.to_string()).await.id());
    }
    let read = |query: String| {
        let path = format!("/channels/{general}/messages{query}");
        let world = &world;
        async move {
            let got = world.get(&path).await;
            let texts =
                got.body.as_array().unwrap().iter().map(|m| m["content"].as_str().unwrap().to_owned());
            texts.collect::<Vec<_>>().join("")
        }
    };
    assert_eq!(read(String::new()).await, "9876543210");
    assert_eq!(read("?limit=3".to_owned()).await, "987");
    assert_eq!(read(format!("?before={}&limit=3", ids[5])).await, "432");
    assert_eq!(read(format!("?after={}&limit=3", ids[5])).await, "876");
    assert_eq!(read(format!("?around={}&limit=3", ids[5])).await, "654");
    world.guild.bot_loses(Permissions::READ_MESSAGE_HISTORY);
    assert_eq!(read(String::new()).await, "");
}

#[tokio::test]
async fn other_peoples_messages_are_theirs_and_not_to_be_read() {
    let world = World::new().await;
    let general = world.general();
    let said = world.guild.by_hand().say(general, "a secret").id;
    let bot = world.discord.application().bot_user_id;
    world.guild.by_hand().say(general, &format!("hello <@{bot}>"));
    let path = format!("/channels/{general}/messages");
    let read = world.get(&path).await.body;
    assert_eq!(read[1]["content"], "", "without the message content intent");
    assert!(read[0]["content"].as_str().unwrap().starts_with("hello"));
    let edit = json!({ "content": "x", "allowed_mentions": { "parse": [] } });
    assert_eq!(world.patch(&format!("{path}/{said}"), edit).await.error(), (403, 50005));
    assert_eq!(world.delete(&format!("{path}/{said}")).await.error(), (403, 50013));
    world.guild.bot_loses(Permissions::SEND_MESSAGES);
    assert_eq!(world.say(general, "x").await.error(), (403, 50013));
    let category = world.guild.by_hand().create(ChannelKind::Category, "Cup", None).id;
    assert_eq!(world.say(category, "x").await.error(), (400, 50024));
}
