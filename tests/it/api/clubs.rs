//! Clubs, and what they choose.

use reqwest::Method;
use sandbox::model::ChannelKind;
use serde_json::{Value, json};
use simlane::{
    domain::scope::Scope,
    store::{audit, clubs},
};
use twilight_model::id::Id;

use super::{Answer, Site, everything, on_both};
use crate::world::{Club, EventForm, OVER, Pair, World};

impl Site<'_> {
    async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, body).await
    }
}

#[tokio::test]
async fn a_club_is_shown_to_its_site_and_to_the_operator() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}");
        let shown = json!({
            "guild_id": world.guild.id().to_string(),
            "id": club,
            "name": "Night Owls",
            "zone": "Europe/Berlin",
        });
        for site in [&site, &world.operator()] {
            assert_eq!(site.get(&path).await.ok(200), shown);
        }
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_operator_makes_a_club_and_its_site_brings_it_to_discord() {
    on_both(|world| async move {
        let operator = world.operator();
        let new = json!({ "name": "Day Owls", "zone": "europe/paris" });
        let club = operator.post("/clubs", &new).await.ok(201);
        assert_eq!((&club["guild_id"], &club["zone"]), (&Value::Null, &json!("Europe/Paris")));
        let path = format!("/clubs/{}", club["id"].as_str().unwrap());
        let scopes = json!({ "name": "Site", "scopes": ["clubs:read", "clubs:write"] });
        let token = operator.post(&format!("{path}/tokens"), &scopes).await.ok(201)["secret"].clone();
        let site = world.site(token.as_str().unwrap());
        site.post("/clubs", &new).await.is_problem(403, "forbidden");
        let before = site.get(&format!("{path}/discord")).await.ok(200);
        assert_eq!((&before["guild"], &before["health"]["ok"]), (&Value::Null, &json!(false)));
        let invitation = site.post(&format!("{path}/discord/invite"), &json!({})).await.ok(201);
        assert_eq!(invitation["expires_at"], "2026-11-17T11:00:00Z");
        let url = invitation["url"].as_str().unwrap().to_owned();
        let home = world.discord.guild("Day Owls");
        home.remove_bot();
        let nora = home.organiser("Nora");
        let way = url.strip_prefix("http://localhost:8080").unwrap();
        let page = world.browser().through(way, &nora, Some(&home)).await;
        page.says(200, "Day Owls is on Discord", &[]);
        world.settle().await;
        let bound = json!(home.id().to_string());
        assert_eq!(site.get(&path).await.ok(200)["guild_id"], bound);
        let after = site.get(&format!("{path}/discord")).await.ok(200);
        assert_eq!((&after["guild"]["id"], &after["guild"]["name"]), (&bound, &json!("Day Owls")));
        assert_eq!((&after["health"]["ok"], &after["last_sync"]), (&json!(true), &Value::Null));
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_club_is_changed_in_part() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}");
        let renamed = site.patch(&path, &json!({ "name": " Owls " })).await.ok(200);
        assert_eq!((&renamed["name"], &renamed["zone"]), (&json!("Owls"), &json!("Europe/Berlin")));
        assert_eq!(site.patch(&path, &json!({})).await.ok(200), renamed);
        let bad = site.patch(&path, &json!({ "name": "", "zone": "Berlin" })).await;
        assert_eq!(bad.is_problem(422, "invalid").pointers(), ["/name", "/zone"]);
        assert!(bad.body["errors"][1]["detail"].as_str().unwrap().contains("Europe/Berlin"), "{}", bad.body);
        let reader = world.site_of(club, [Scope::ClubsRead]).await;
        reader.patch(&path, &json!({ "name": "Mine" })).await.is_problem(403, "forbidden");
        let log = audit::of_club(world.service().store(), club, 9).await.unwrap();
        let edits: Vec<_> = log.into_iter().filter(|entry| entry.action == "club.edit").collect();
        let [edit] = edits.as_slice() else { panic!("{edits:?}") };
        assert_eq!(edit.after.as_ref().unwrap()["name"], "Owls");
        assert!(matches!(edit.by, audit::Doer::Token(_)), "{:?}", edit.by);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn settings_are_replaced_as_a_whole_and_take_effect() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        Club::of(&world).event(None, EventForm::default()).await;
        world.settle().await;
        let path = format!("/clubs/{club}/discord/settings");
        let mut chosen = site.get(&format!("/clubs/{club}/discord")).await.ok(200)["settings"].clone();
        assert_eq!(site.send(Method::PUT, &path, &chosen).await.ok(200), chosen, "nothing changes");
        chosen["put_away"] = json!("delete");
        chosen["grace_hours"] = json!(1);
        chosen["organiser_role_id"] = json!("90");
        chosen["role_map"] = json!([{ "club_role": " Steward ", "discord_role_id": "91" }]);
        chosen["race_voice_lead_hours"] = Value::Null;
        chosen["notification_preferences"]["put_away"] = json!(false);
        chosen["notification_preferences"]["reminders"] = json!("announcement");
        chosen["reminders"] = json!([2880, 90]);
        chosen["update_hours"] = Value::Null;
        chosen["clean_reminders"] = json!(false);
        chosen["locale"] = json!("ja");
        chosen["teams"] = json!({
            "access": "team", "bitrate": 96, "invitations": true, "practice": "both", "practice_at_finalize": false, "race_rooms": "team",
            "roles": false, "threads_early": true, "user_limit": 99,
        });
        let answered = site.send(Method::PUT, &path, &chosen).await.ok(200);
        chosen["role_map"][0]["club_role"] = json!("Steward");
        chosen["notification_preferences"]["put_away"] = json!("off");
        assert_eq!(answered, chosen);
        assert_eq!(site.get(&format!("/clubs/{club}/discord")).await.ok(200)["settings"], chosen);
        assert!(world.guild.channel_named("spa-6-hours-2026-12-05").is_some());
        world.at(OVER).await;
        assert!(world.guild.channel_named("spa-6-hours-2026-12-05").is_none(), "deleted, as the site chose");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn where_events_are_announced_stays_as_it_is_where_a_site_leaves_it_out() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/discord/settings");
        let mut settings = site.get(&format!("/clubs/{club}/discord")).await.ok(200)["settings"].clone();
        assert_eq!(
            (&settings["announcement_channel_id"], &settings["native_events"]),
            (&json!(null), &json!(true))
        );
        let news = world.guild.by_hand().create(ChannelKind::Text, "news", None);
        settings["announcement_channel_id"] = json!(news.id);
        settings["native_events"] = json!(false);
        let chosen = site.send(Method::PUT, &path, &settings).await.ok(200);
        assert_eq!(chosen, settings);
        world.settle().await;
        assert!(news.messages()[0].text().contains("Nothing is planned yet"));
        for name in ["announcement_channel_id", "native_events"] {
            settings.as_object_mut().unwrap().remove(name);
        }
        assert_eq!(site.send(Method::PUT, &path, &settings).await.ok(200), chosen);
        settings["announcement_channel_id"] = json!(null);
        let none = site.send(Method::PUT, &path, &settings).await.ok(200);
        assert_eq!((&none["announcement_channel_id"], &none["native_events"]), (&json!(null), &json!(false)));
        world.settle().await;
        assert!(news.messages().is_empty());
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn settings_that_can_not_be_are_refused_all_at_once() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/discord/settings");
        let good = site.get(&format!("/clubs/{club}/discord")).await.ok(200)["settings"].clone();
        let everyone = world.guild.id().to_string();
        let bad = [
            ("announcement_channel_id", json!("news"), "/announcement_channel_id"),
            ("channel_naming_pattern", json!("{driver}"), "/channel_naming_pattern"),
            ("grace_hours", json!(337), "/grace_hours"),
            ("member_role_id", json!("mods"), "/member_role_id"),
            ("organiser_channel_id", json!("007"), "/organiser_channel_id"),
            ("organiser_role_id", json!(everyone), "/organiser_role_id"),
            ("race_voice_lead_hours", json!(0), "/race_voice_lead_hours"),
            ("role_map", json!([{ "club_role": "", "discord_role_id": "9" }]), "/role_map/0/club_role"),
        ];
        let mut all = good.clone();
        for (name, value, _) in &bad {
            all[*name] = value.clone();
        }
        let refused = site.send(Method::PUT, &path, &all).await;
        let mut expected: Vec<&str> = bad.iter().map(|(_, _, pointer)| *pointer).collect();
        let mut pointers = refused.is_problem(422, "invalid").pointers();
        expected.sort_unstable();
        pointers.sort_unstable();
        assert_eq!(pointers, expected);
        let rule = |role: &str| json!({ "club_role": "A", "discord_role_id": role });
        for (name, value, pointer) in [
            ("role_map", json!([rule("9"), rule("9")]), "/role_map/1/discord_role_id"),
            ("role_map", json!(vec![rule("9"); 21]), "/role_map"),
            ("put_away", json!("burn"), "/put_away"),
            ("grace_hours", json!(-1), "/grace_hours"),
            ("colour", json!("red"), "/colour"),
            ("teams", json!({ "bitrate": 7 }), "/teams/bitrate"),
            ("teams", json!({ "bitrate": 97 }), "/teams/bitrate"),
            ("teams", json!({ "bitrate": "64" }), "/teams/bitrate"),
            ("teams", json!({ "user_limit": 100 }), "/teams/user_limit"),
            ("teams", json!({ "user_limit": -1 }), "/teams/user_limit"),
            ("teams", json!({ "practice": "always" }), "/teams/practice"),
            ("teams", json!({ "race_rooms": null }), "/teams/race_rooms"),
            ("teams", json!({ "colour": "red" }), "/teams/colour"),
            ("teams", json!(["open"]), "/teams"),
            ("teams", json!(null), "/teams"),
        ] {
            let mut one = good.clone();
            one[name] = value;
            let refused = site.send(Method::PUT, &path, &one).await;
            assert_eq!(refused.is_problem(422, "invalid").pointers(), [pointer], "{}", refused.body);
        }
        let mut loud = good.clone();
        loud["teams"]["bitrate"] = json!(128);
        let refused = site.send(Method::PUT, &path, &loud).await;
        assert_eq!(refused.body["errors"][0]["detail"], "Send a whole number from 8 to 96.");
        let mut less = good.clone();
        less.as_object_mut().unwrap().remove("organiser_role_id");
        site.send(Method::PUT, &path, &less).await.is_problem(422, "invalid");
        assert_eq!(site.get(&format!("/clubs/{club}/discord")).await.ok(200)["settings"], good);
        world.end().await;
    })
    .await;
}

/// A member role that the bot can't give is refused, once its place is known.
#[tokio::test]
async fn a_role_above_the_bots_is_refused() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let guild = Id::new(world.guild.id().get());
    let id = clubs::of_guild(world.service().store(), guild).await.unwrap().unwrap().id;
    let site = world.site_of(id, everything()).await;
    let high = world.guild.role("Admirals");
    world.guild.bot_role_position(1);
    club.organiser.slash("club health").send().await;
    world.settle().await;
    let path = format!("/clubs/{id}/discord/settings");
    let mut wanted = site.get(&format!("/clubs/{id}/discord")).await.ok(200)["settings"].clone();
    wanted["member_role_id"] = json!(high.id.to_string());
    let refused = site.send(Method::PUT, &path, &wanted).await;
    assert_eq!(refused.is_problem(422, "invalid").pointers(), ["/member_role_id"], "{}", refused.body);
    world.guild.bot_role_position(1_000);
    club.organiser.slash("club health").send().await;
    world.settle().await;
    site.send(Method::PUT, &path, &wanted).await.ok(200);
    world.settle().await;
    world.end().await;
}

#[tokio::test]
async fn a_club_without_a_server_has_nothing_of_one_to_choose() {
    on_both(|world| async move {
        let operator = world.operator();
        let new = json!({ "name": "Day Owls", "zone": "UTC" });
        let club = operator.post("/clubs", &new).await.ok(201)["id"].as_str().unwrap().to_owned();
        let path = format!("/clubs/{club}/discord");
        let mut chosen = operator.get(&path).await.ok(200)["settings"].clone();
        chosen["nightly_sync"] = json!(true);
        let settings = format!("{path}/settings");
        assert_eq!(operator.send(Method::PUT, &settings, &chosen).await.ok(200), chosen);
        chosen["member_role_id"] = json!("90");
        let refused = operator.send(Method::PUT, &settings, &chosen).await;
        assert_eq!(refused.is_problem(422, "invalid").pointers(), ["/member_role_id"]);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_in_a_server_is_told() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let path = format!("/clubs/{club}/discord");
        world.stores.execute("UPDATE guilds SET bot_permissions = bot_permissions & ~16").await;
        let health = site.get(&path).await.ok(200)["health"].clone();
        assert_eq!(
            (&health["ok"], &health["missing_permissions"]),
            (&json!(false), &json!(["Manage Channels"]))
        );
        world.stores.execute("UPDATE guilds SET state = 'lost', lost_at = 1000").await;
        let health = site.get(&path).await.ok(200)["health"].clone();
        assert_eq!(health["lost_at"], "1970-01-01T00:00:01Z");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_operator_finds_every_club() {
    on_both(|world| async move {
        let (club, site) = world.club_with_site(everything()).await;
        let operator = world.operator();
        world.advance(std::time::Duration::from_secs(1)).await;
        let new = operator.post("/clubs", &json!({ "name": "Day Owls", "zone": "UTC" })).await.ok(201);
        let listed = operator.get("/clubs").await.ok(200);
        assert_eq!(listed["data"], json!([site.get(&format!("/clubs/{club}")).await.body, new]));
        let first = operator.get("/clubs?limit=1").await.ok(200);
        let next = format!("/clubs?limit=1&cursor={}", first["next"].as_str().unwrap());
        assert_eq!(operator.get(&next).await.ok(200)["data"], json!([new]));
        site.get("/clubs").await.is_problem(403, "forbidden");
        world.end().await;
    })
    .await;
}
