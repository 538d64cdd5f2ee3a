use super::*;

#[tokio::test]
async fn what_the_bot_asks_about_itself_and_its_guild() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let me = world.get("/users/@me").await;
    assert_eq!(me.id(), world.discord.application().bot_user_id);
    let application = world.get("/applications/@me").await;
    assert_eq!(application.body["verify_key"], world.discord.application().public_key_hex);
    let guild = world.guild.id();
    assert_eq!(world.get(&format!("/guilds/{guild}")).await.body["name"], "Club");
    let counted = world.get(&format!("/guilds/{guild}?with_counts=true")).await;
    assert_eq!(counted.body["approximate_member_count"], 3);
    let roles = world.get(&format!("/guilds/{guild}/roles")).await;
    assert_eq!(roles.body.as_array().unwrap().len(), 2);
    let member = world.get(&format!("/guilds/{guild}/members/{}", ana.id())).await;
    assert_eq!(member.body["user"]["global_name"], "Ana");
    let channels = world.get(&format!("/guilds/{guild}/channels")).await;
    assert_eq!(channels.body[0]["name"], "general");
    world.discord.assert_clean();
}

#[tokio::test]
async fn what_is_unknown_has_the_code_of_its_kind() {
    let world = World::new().await;
    let (guild, general) = (world.guild.id(), world.general());
    assert_eq!(world.get("/channels/1").await.error(), (404, 10003));
    assert_eq!(world.get("/guilds/1").await.error(), (404, 10004));
    assert_eq!(world.get(&format!("/channels/{general}/messages/1")).await.error(), (404, 10008));
    assert_eq!(world.get(&format!("/guilds/{guild}/members/1")).await.error(), (404, 10013));
    let gone = world.guild.member("Ana");
    gone.leave();
    assert_eq!(world.get(&format!("/guilds/{guild}/members/{}", gone.id())).await.error(), (404, 10007));
    let malformed = world.get("/channels/general").await;
    assert_eq!(malformed.error(), (400, 50035));
    assert_eq!(malformed.fault("/channel_id"), "NUMBER_TYPE_COERCE");
}

#[tokio::test]
async fn a_guild_without_the_bot_is_out_of_reach() {
    let world = World::new().await;
    let (guild, general) = (world.guild.id(), world.general());
    world.guild.remove_bot();
    assert_eq!(world.get(&format!("/guilds/{guild}")).await.error(), (403, 50001));
    assert_eq!(world.channel(json!({ "name": "x" })).await.error(), (403, 50001));
    assert_eq!(world.say(general, "hello").await.error(), (403, 50001));
    world.guild.install_bot(crate::Permissions::SIMLANE);
    assert_eq!(world.say(general, "hello").await.status, 200);
}

#[tokio::test]
async fn a_wrong_token_an_unknown_route_and_bad_json() {
    let world = World::new().await;
    let url = format!("{}/api/v10/users/@me", world.discord.url());
    let answer = world.client.get(&url).header("authorization", "Bot no").send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let answer = world.client.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(world.discord.take_complaints().iter().any(|complaint| complaint.what.contains("User-Agent")));

    assert_eq!(world.get("/guilds/1/emojis").await.error(), (404, 0));
    assert_eq!(world.discord.take_complaints()[0].about, "GET /guilds/1/emojis");
    let path = format!("/channels/{}/messages", world.general());
    let request = world.request("POST", &path, None).header("content-type", "application/json").body("{");
    assert_eq!(world.send(request).await.unwrap().error(), (400, 50109));
}

#[tokio::test]
async fn every_call_is_recorded() {
    let world = World::new().await;
    world.get("/users/@me").await;
    let mark = world.discord.mark();
    let request = world.request(
        "POST",
        &format!("/guilds/{}/channels", world.guild.id()),
        Some(&json!({ "name": "a" })),
    );
    world.send(request.header("x-audit-log-reason", "caf%C3%A9%20%231")).await.unwrap();
    world.get("/channels/1").await;
    let calls = world.discord.calls_since(mark);
    let [create, missing] = calls.as_slice() else { unreachable!("{calls:?}") };
    assert_eq!(create.route, "POST /guilds/{guild_id}/channels");
    assert_eq!(create.body, Some(json!({ "name": "a" })));
    assert_eq!(create.reason.as_deref(), Some("café #1"));
    assert_eq!((create.status, create.code, create.guild), (Some(201), None, Some(world.guild.id())));
    assert!(create.took_effect);
    assert_eq!((missing.status, missing.code, missing.took_effect), (Some(404), Some(10003), false));
    assert_eq!(world.discord.calls().len(), 3);
    world.discord.assert_clean();
}

#[tokio::test]
async fn requests_that_break_the_description_are_complained_about() {
    let world = World::new().await;
    world.channel(json!({ "name": "a", "user_limit": -1 })).await;
    let complaints = world.discord.take_complaints();
    assert_eq!(complaints.is_empty(), world.discord.0.openapi.is_none(), "{complaints:?}");
}
