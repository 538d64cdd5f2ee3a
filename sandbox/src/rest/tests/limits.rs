use super::*;

#[tokio::test]
async fn a_bucket_is_announced_emptied_and_filled_again() {
    let world = World::new().await;
    let general = world.general();
    let first = world.say(general, "1").await;
    assert_eq!((first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")), ("5", "4"));
    assert_eq!(first.header("x-ratelimit-reset-after"), "5.000");
    assert_eq!(first.header("x-ratelimit-reset"), format!("{}.000", start().as_second() + 5));
    for _ in 0..4 {
        assert_eq!(world.say(general, "x").await.status, 200);
    }
    world.advance(4);
    let refused = world.say(general, "6").await;
    assert_eq!(refused.status, 429);
    assert_eq!((refused.header("x-ratelimit-remaining"), refused.header("x-ratelimit-scope")), ("0", "user"));
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(
        refused.body,
        json!({ "message": "You are being rate limited.", "retry_after": 1.0, "global": false })
    );
    assert!(!world.discord.calls().pop().unwrap().took_effect);
    let elsewhere = world.channel(json!({ "name": "a" })).await.id();
    assert_eq!(world.say(elsewhere, "each channel has its own").await.status, 200);
    world.advance(1);
    assert_eq!(world.say(general, "7").await.status, 200);
    assert_eq!(world.guild.messages().len(), 7);
    world.discord.assert_clean();
}

#[tokio::test]
async fn fifty_a_second_over_all_routes() {
    let world = World::with(Options { bucket_factor: 100, ..Options::on(Clock::manual(start())) }).await;
    let started = std::time::Instant::now();
    for _ in 0..50 {
        world.get("/users/@me").await;
    }
    let refused = world.get("/applications/@me").await;
    if started.elapsed() < Duration::from_secs(1) {
        assert_eq!((refused.status.as_u16(), &refused.body["global"]), (429, &json!(true)));
        assert_eq!(
            (refused.header("x-ratelimit-global"), refused.header("x-ratelimit-scope")),
            ("true", "global")
        );
    }
    let path = format!("/webhooks/{}/nobody", world.discord.application().id);
    let follow_up = json!({ "content": "x", "allowed_mentions": { "parse": [] } });
    assert_eq!(world.post(&path, follow_up).await.status, 404, "follow-ups don't count");
    world.advance(1);
    assert_eq!(world.get("/users/@me").await.status, 200);
}

#[tokio::test]
async fn coming_again_and_again_is_complained_about() {
    let world = World::new().await;
    let general = world.general();
    for _ in 0..6 {
        world.say(general, "x").await;
    }
    world.advance(2);
    for _ in 0..20 {
        assert_eq!(world.say(general, "x").await.status, 429);
    }
    let complaints = world.discord.take_complaints();
    assert_eq!(complaints.len(), 1, "{complaints:?}");
}
