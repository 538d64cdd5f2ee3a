//! In which order things are done, and what waits for what: nothing that fails may hold up what doesn't, or call Discord again
//! and again.

use std::time::Duration;

use sandbox::{
    Fault, FaultKind, Match, Permissions, Times,
    model::{ChannelKind, ChannelState},
};

use crate::world::{CHANNEL, EVE, EventForm, Pair, SERIES, World};

const CREATE: &str = "POST /guilds/{guild_id}/channels";
const EDIT_CARD: &str = "PATCH /channels/{channel_id}/messages/{message_id}";

fn forbidden(on: Match) -> Fault {
    Fault { on, times: Times::UntilCleared, kind: FaultKind::Status { status: 403, code: 50013 } }
}

fn voice(world: &World) -> Vec<ChannelState> {
    let channels = world.guild.snapshot().channels;
    channels.into_iter().filter(|channel| channel.kind == ChannelKind::Voice).collect()
}

/// Ten minutes of the clock, as the sweep would see them.
async fn ten_minutes(world: &World) {
    for _ in 0..120 {
        world.pass(Duration::from_secs(5)).await;
    }
}

#[tokio::test]
async fn race_voice_of_a_full_category_goes_to_the_next() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let category = club.channel(SERIES).id;
    for n in 2..=50 {
        world.guild.by_hand().create(ChannelKind::Text, &format!("paddock-{n}"), Some(category));
    }
    let mark = world.discord.mark();
    world.at(EVE).await;
    let (voice, next) = (voice(&world), club.channel("Winter Cup · 2"));
    assert_eq!((voice.len(), voice[0].parent), (1, Some(next.id)));
    let creates = world.routes_since(mark).iter().filter(|route| *route == CREATE).count();
    assert_eq!(creates, 3, "refused once, then the category and the channel");
    world.end().await;
}

#[tokio::test]
async fn race_voice_that_is_opened_to_all_keeps_the_bot_in() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.member("Anna").press(&club.card(CHANNEL), "Sign up").await;
    world.at(EVE).await;
    club.choose("Race voice", "Who may join", "Everybody who sees it").await;
    world.settle().await;
    assert_eq!(voice(&world)[0].overwrites, []);
    club.choose("Race voice", "Who may join", "Drivers and organisers").await;
    world.settle().await;
    let bot = world.discord.application().bot_user_id;
    let admits = |channel: &ChannelState, who| {
        channel.overwrite(who).is_some_and(|overwrite| overwrite.allow.contains(Permissions::CONNECT))
    };
    let channel = voice(&world).remove(0);
    assert!(admits(&channel, bot) && admits(&channel, world.member("Anna").id()));
    world.at("2026-12-06T20:00:00Z").await;
    assert_eq!(voice(&world).len(), 0, "and it can be taken away");
    world.end().await;
}

#[tokio::test]
async fn nobody_is_locked_out_before_the_bot_is_let_in() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    club.choose("Race voice", "Who may join", "Everybody who sees it").await;
    world.at(EVE).await;
    let put = "PUT /channels/{channel_id}/permissions/{overwrite_id}";
    let broken = FaultKind::Status { status: 500, code: 0 };
    world.discord.faults().inject(Fault { on: Match::route(put), times: Times::Once, kind: broken });
    let mark = world.discord.mark();
    club.choose("Race voice", "Who may join", "Drivers and organisers").await;
    world.settle().await;
    assert_eq!(world.routes_since(mark), [put], "what builds on a step that failed waits with it");
    world.minute().await;
    let everyone = world.guild.id();
    assert!(voice(&world)[0].overwrite(everyone).unwrap().deny.contains(Permissions::CONNECT));
    world.end().await;
}

#[tokio::test]
async fn what_is_refused_holds_up_nothing_that_comes_due() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at("2026-12-04T12:00:00Z").await;
    let fault = world.discord.faults().inject(forbidden(Match::route(EDIT_CARD)));
    let edited =
        club.manage("Edit").await.modal().fill("Description", "Bring lights.").submit().await.settled().await;
    assert!(edited.failure().is_none(), "{}", edited.text());
    ten_minutes(&world).await;
    world.at(EVE).await;
    assert_eq!(voice(&world).len(), 1, "race voice opens in time");
    world.discord.faults().clear(fault);
    world.pass(Duration::from_secs(3 * 3_600)).await;
    assert!(club.card(CHANNEL).text().contains("Bring lights."));
    world.end().await;
}

#[tokio::test]
async fn while_everything_is_refused_hardly_anything_is_tried() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    for name in ["Anna", "Bela", "Cleo"] {
        world.member(name).press(&club.card(CHANNEL), "Sign up").await;
        world.clock.advance(Duration::from_secs(10));
    }
    world.at(EVE).await;
    let fault = world.discord.faults().inject(forbidden(Match::any()));
    let mark = world.discord.mark();
    for name in ["Anna", "Bela"] {
        club.withdraw(CHANNEL, &world.member(name)).await;
    }
    club.manage("Cancel event").await.modal().submit().await.settled().await;
    world.settle().await;
    ten_minutes(&world).await;
    let calls = world.routes_since(mark);
    assert!(calls.len() < 10, "{} calls: {calls:#?}", calls.len());
    world.discord.faults().clear(fault);
    let panel = club.organiser.slash("club panel").send().await.message();
    club.organiser.press(&panel, "Retry").await;
    world.minute().await;
    assert!(voice(&world).is_empty());
    assert!(club.channel(CHANNEL).messages().iter().any(|message| message.text().contains("Cancelled")));
    world.end().await;
}

#[tokio::test]
async fn an_event_that_waits_for_a_category_keeps_nobody_busy() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let category = club.channel(SERIES).id;
    for n in 2..=50 {
        world.guild.by_hand().create(ChannelKind::Text, &format!("paddock-{n}"), Some(category));
    }
    let full = FaultKind::Status { status: 400, code: 30013 };
    let of_category = |call: &sandbox::Call| call.body.as_ref().is_some_and(|body| body["type"] == 4);
    let fault = Fault { on: Match::route(CREATE).when(of_category), times: Times::UntilCleared, kind: full };
    let fault = world.discord.faults().inject(fault);
    world.at(EVE).await;
    let monza = EventForm { name: "Monza 6 Hours", start: "2026-12-12 14:00", ..EventForm::default() };
    club.event(Some(SERIES), monza).await;
    world.settle().await;
    let lone = EventForm { name: "Imola 6 Hours", start: "2026-12-13 14:00", ..EventForm::default() };
    club.event(None, lone).await;
    world.settle().await;
    world.discord.faults().clear(fault);
    world.pass(Duration::from_secs(3_600)).await;
    world.pass(Duration::from_secs(3_600)).await;
    assert_eq!(voice(&world).len(), 1);
    for name in ["winter-cup-monza-6-hours-2026-12-12", "imola-6-hours-2026-12-13"] {
        assert_eq!(world.guild.channels_named(name).len(), 1, "{name}");
    }
    world.end().await;
}

#[tokio::test]
async fn an_owner_that_cannot_be_read_holds_up_nobody_else() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.stores.execute("UPDATE bindings SET state = 'from a later version' WHERE slot = 'card'").await;
    club.manage("Close sign-ups").await;
    club.event(None, EventForm { name: "Imola 6 Hours", start: "2026-12-13 14:00", ..EventForm::default() })
        .await;
    world.settle().await;
    assert!(world.guild.channel_named("imola-6-hours-2026-12-13").is_some());
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("Spa 6 Hours"), "{}", panel.text());
    world.stores.execute("UPDATE bindings SET state = 'bound' WHERE state = 'from a later version'").await;
    world.minute().await;
    assert!(club.channel(CHANNEL).messages()[0].text().contains("Sign-ups are closed"));
    world.end().await;
}

#[tokio::test]
async fn permissions_that_come_back_are_noticed_at_the_next_click() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    world.guild.bot_loses(Permissions::MANAGE_CHANNELS);
    club.event(None, EventForm::default()).await;
    ten_minutes(&world).await;
    assert!(world.guild.channel_named("spa-6-hours-2026-12-05").is_none());
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("permission"), "{}", panel.text());
    world.guild.bot_gains(Permissions::MANAGE_CHANNELS);
    world.member("Anna").slash("ping").send().await;
    world.settle().await;
    assert!(club.card("spa-6-hours-2026-12-05").text().contains("Spa 6 Hours"));
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("All is well"), "{}", panel.text());
    world.end().await;
}
