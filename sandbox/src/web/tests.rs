#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod threads;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use super::{
    Options, Web,
    place::{self, Params, Place},
};
use crate::{Guild, Message, Permissions, Snowflake, model::ChannelKind, people::Person};

/// The page, its server, and a browser without a script.
struct World {
    web: Web,
    client: Client,
}

impl World {
    async fn new() -> Self {
        let listen = Some("127.0.0.1:0".parse().unwrap());
        let begins = Some("2026-11-23T19:00:00Z".parse().unwrap());
        let web = Web::start(Options { listen, begins, tour: false }).await.unwrap();
        web.site.stage.running.settle().await.unwrap();
        Self { web, client: Client::new() }
    }

    fn guild(&self) -> &Guild {
        &self.web.site.stage.guild
    }

    fn place(&self, viewer: &Person, channel: Snowflake) -> Place {
        let guild = Some(self.guild().id());
        Place { viewer: viewer.id(), guild, channel: Some(channel), params: Params::default() }
    }

    async fn page(&self, href: &str) -> String {
        let answer = self.client.get(self.web.url() + href).send().await.unwrap();
        answer.error_for_status().unwrap().text().await.unwrap()
    }

    /// Sends a form, and returns the page that it leads to.
    async fn act(&self, place: &Place, act: &str, fields: &[(&str, &str)]) -> String {
        self.send(place, act, fields).await.error_for_status().unwrap().text().await.unwrap()
    }

    async fn send(&self, place: &Place, act: &str, fields: &[(&str, &str)]) -> Response {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let body: Vec<_> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = self.client.post(self.web.url() + &place.act(act));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(body.join("&")).send().await.unwrap()
    }

    /// Registers a command beside the service's own.
    fn register(&self, mut command: Value) {
        self.web.site.discord.with(|state| {
            command["id"] = json!(state.id(self.web.site.discord.now()));
            state.commands.push(command);
        });
    }

    fn general(&self) -> Snowflake {
        self.guild().channel_named("general").unwrap().id
    }

    /// A message of the bot's, as it would send it.
    fn post(&self, change: impl FnOnce(&mut Message)) {
        let (general, guild) = (self.general(), self.guild().id());
        self.web.site.discord.with(|state| {
            let id = state.id(self.web.site.discord.now());
            let mut message = Message::new(id, general, Some(guild), self.web.site.discord.bot());
            change(&mut message);
            crate::compose::post(state, message);
        });
    }

    async fn end(self) {
        self.web.end().await.unwrap();
    }
}

fn has(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[tokio::test]
async fn a_user_command_is_in_a_members_menu_and_reaches_the_service() {
    let world = World::new().await;
    world.register(json!({ "name": "Racing profile", "type": 2, "contexts": [0] }));
    let cast = &world.web.site.stage.cast;
    let place = world.place(&cast.lena, world.general());
    let ben = cast.ben.id();
    let card = world.page(&place.with(|params| params.open = Some(place::Window::Member(ben))).href()).await;
    has(&card, &["Racing profile", "Be Ben", "Europe/London"]);
    let ben = ben.to_string();
    let page = world.act(&place, "user-command", &[("command", "Racing profile"), ("user", &ben)]).await;
    has(&page, &["Only you can see this", "This server has no club yet"]);
    let sent = world.web.site.discord.deliveries().pop().unwrap();
    assert_eq!(sent.payload["data"]["target_id"], ben);
    world.end().await;
}

#[tokio::test]
async fn options_of_every_type_are_offered_and_sent_as_what_they_are() {
    let world = World::new().await;
    let option = |name: &str, of: u64| json!({ "name": name, "type": of, "description": name });
    let mut laps = option("laps", 4);
    laps["choices"] = json!([{ "name": "Ten", "value": 10 }]);
    world.register(json!({ "name": "all", "type": 1, "description": "All", "options": [
        option("text", 3), laps, option("wet", 5), option("who", 6), option("where", 7), option("role", 8), option("fuel", 10),
    ] }));
    let lena = &world.web.site.stage.cast.lena;
    let general = world.general();
    let place = world.place(lena, general).with(|params| params.command = Some("all".to_owned()));
    let page = world.page(&place.href()).await;
    has(
        &page,
        &[
            "option.text",
            "option.laps",
            ">Ten<",
            ">True<",
            "# general",
            "@Organisers",
            "type=\"number\"",
            "step=\"any\"",
        ],
    );
    let (who, channel) = (lena.id().to_string(), general.to_string());
    let role = world.guild().role_with("Organisers", Permissions::MANAGE_GUILD).id.to_string();
    let fields = [
        ("option.text", "Hi"),
        ("option.laps", "10"),
        ("option.wet", "true"),
        ("option.who", &who),
        ("option.where", &channel),
        ("option.role", &role),
        ("option.fuel", "2.5"),
    ];
    world.act(&place, "command", &fields).await;
    let sent = world.web.site.discord.deliveries().pop().unwrap().payload["data"].clone();
    let values: Vec<_> = sent["options"].as_array().unwrap().iter().map(|o| o["value"].clone()).collect();
    assert_eq!(
        values,
        [json!("Hi"), json!(10), json!(true), json!(who), json!(channel), json!(role), json!(2.5)]
    );
    assert!(sent["resolved"]["channels"][&channel].is_object());
    world.end().await;
}

#[tokio::test]
async fn a_message_shows_everything_that_can_be_in_it() {
    let world = World::new().await;
    world.post(|message| {
        message.content = "Results".to_owned();
        message.embeds = vec![json!({
            "title": "Spa", "description": "**P1**", "color": 0xff_00_00, "footer": { "text": "official" },
            "fields": [{ "name": "Class", "value": "GT3" }], "image": { "url": "https://example.org/p.png" },
        })];
        message.attachments = vec![
            json!({ "filename": "grid.csv", "size": 12, "url": "https://example.org/grid.csv" }),
            json!({ "filename": "a.png", "content_type": "image/png", "url": "https://example.org/a.png", "description": "A chart" }),
        ];
        message.components = vec![
            json!({ "type": 12, "items": [{ "media": { "url": "attachment://chart.png" }, "description": "The stints" }] }),
            json!({ "type": 9, "components": [{ "type": 10, "content": "Beside" }],
                "accessory": { "type": 11, "media": { "url": "https://example.org/t.png" }, "description": "A thumb" } }),
            json!({ "type": 13, "file": { "url": "attachment://log.txt" } }),
            json!({ "type": 14, "divider": false, "spacing": 2 }),
            json!({ "type": 1, "components": [
                { "type": 2, "style": 5, "label": "Site", "url": "https://example.org" },
                { "type": 2, "style": 1, "label": "Pit", "emoji": { "name": "🔧" }, "custom_id": "x", "disabled": true },
            ] }),
            json!({ "type": 1, "components": [{ "type": 5, "custom_id": "u", "placeholder": "Who", "max_values": 3 }] }),
            json!({ "type": 1, "components": [{ "type": 3, "custom_id": "s", "disabled": true, "options": [] }] }),
            json!({ "type": 99 }),
        ];
    });
    let page = world.page(&world.place(&world.web.site.stage.cast.ben, world.general()).href()).await;
    has(
        &page,
        &[
            "Results",
            "<strong>Spa</strong>",
            "--accent: #ff0000",
            "official",
            "GT3",
            "https://example.org/p.png",
            "grid.csv",
            "12 bytes",
            "alt=\"A chart\"",
            "The stints",
            "alt=\"A thumb\"",
            "log.txt",
            "gap large",
            "Site",
            "🔧",
            "Who",
            "type=\"checkbox\"",
            "Choose",
            "aria-disabled=\"true\"",
            "Component 99",
        ],
    );
    world.end().await;
}

#[tokio::test]
async fn nobody_does_what_they_may_not() {
    let world = World::new().await;
    let guild = world.guild().clone();
    let cast = world.web.site.stage.cast.clone();
    let (by_hand, everyone) = (guild.by_hand(), guild.id());
    let quiet = by_hand.create(ChannelKind::Text, "quiet", None).id;
    by_hand.set_role_overwrite(quiet, everyone, Permissions::NONE, Permissions::SEND_MESSAGES);
    let small = by_hand.create(ChannelKind::Voice, "Small", None).id;
    world.web.site.discord.with(|state| state.channels.get_mut(&small).unwrap().user_limit = 1);

    let ben = |channel| world.place(&cast.ben, channel);
    has(&world.act(&ben(quiet), "say", &[("text", "hello")]).await, &["may not write here"]);
    has(&world.act(&ben(quiet), "rename", &[("name", "loud")]).await, &["may not do that here"]);
    has(&world.act(&ben(quiet), "new-channel", &[("name", "x"), ("kind", "0")]).await, &["in this server"]);
    has(&world.act(&ben(quiet), "schedule", &[("name", "x")]).await, &["may not do that in this server"]);
    has(&world.act(&ben(small), "join-voice", &[]).await, &["1 of 1", "Disconnect"]);
    let aiko = world.place(&cast.aiko, small);
    has(&world.page(&aiko.href()).await, &["This channel is full"]);
    has(&world.act(&aiko, "join-voice", &[]).await, &["The channel is full"]);
    has(&world.act(&ben(small), "leave-voice", &[]).await, &["Join voice"]);
    has(&world.act(&ben(quiet), "fly", &[]).await, &["Nothing is called fly here"]);
    has(&world.act(&ben(quiet), "clock", &[("to", "noon")]).await, &["has no hand"]);
    has(&world.act(&ben(quiet), "clock", &[("to", "start")]).await, &["No race is ahead"]);
    has(&world.act(&ben(quiet), "fault", &[("kind", "meteor")]).await, &["There is no such fault"]);
    has(&world.act(&ben(quiet), "add-people", &[("who", "")]).await, &["Give a number, or names"]);
    has(
        &world.act(&ben(quiet), "press", &[("message", "7"), ("button", "x")]).await,
        &["The message is gone"],
    );
    has(&world.act(&ben(quiet), "submit", &[("form", "7")]).await, &["That form was closed"]);
    // A message of one's own can be deleted; another's only by a moderator.
    let general = world.general();
    world.act(&ben(general), "say", &[("text", "mine")]).await;
    let message = guild.channel_named("general").unwrap().last_message().unwrap().id.to_string();
    let theirs = world.place(&cast.aiko, general);
    has(
        &world.act(&theirs, "delete-message", &[("message", &message)]).await,
        &["may not do that here", "mine"],
    );
    let page = world.act(&ben(general), "delete-message", &[("message", &message)]).await;
    assert!(!page.contains(">mine<"), "{page}");
    world.end().await;
}

#[tokio::test]
async fn a_form_that_is_not_sent_stays_with_the_reason() {
    let world = World::new().await;
    let lena = world.web.site.stage.cast.lena.clone();
    let place = world.place(&lena, world.general());
    let typed = place.with(|params| params.command = Some("club setup".to_owned()));
    let answer = world.send(&typed, "command", &[]).await;
    let opened = answer.url().clone();
    let page = answer.text().await.unwrap();
    has(&page, &["Set up your club", "data-window"]);
    let form = opened.query().unwrap().split("form%2E").nth(1).unwrap().to_owned();
    let at = place.with(|params| params.open = Some(place::Window::Form(form.parse().unwrap())));
    let page = world.act(&at, "submit", &[("form", &form), ("field.name", &"x".repeat(200))]).await;
    has(&page, &["Something went wrong. Try again.", "200 characters", &"x".repeat(200)]);
    // The service goes away: the form is still there.
    world.web.site.discord.deliver_to("http://127.0.0.1:9");
    let zone = ("field.zone", "Europe/Berlin");
    let page = world.act(&at, "submit", &[("form", &form), ("field.name", "Owls"), zone]).await;
    has(&page, &["Something went wrong. Try again.", "could not be reached", "Owls"]);
    world.end().await;
}
