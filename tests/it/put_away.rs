//! Put away: the digest comes first, organisers keep a channel or put it away at once, and what is full waits.

use std::time::Duration;

use sandbox::{
    Channel, Fault, FaultKind, Match, Message, Snowflake, Times,
    model::ChannelKind,
    people::{Person, Reply},
};

use crate::world::{CHANNEL, Club, EventForm, Pair, SERIES, World};

const POST: &str = "POST /channels/{channel_id}/messages";
const DELETE: &str = "DELETE /channels/{channel_id}";
const MOVE: &str = "PATCH /channels/{channel_id}";
const END: &str = "2026-12-05T19:00:00Z";
const AWAY: &str = "2026-12-06T19:00:00Z";

async fn signed_up<'w>(world: &'w World, people: &[&str]) -> Club<'w> {
    let club = world.with_event().await;
    for name in people {
        let reply = world.member(name).press(&club.card(CHANNEL), "Sign up").await;
        assert!(reply.failure().is_none(), "{}", reply.text());
        world.pass(Duration::from_secs(10)).await;
    }
    club
}

/// The message in a channel that says that the event is over.
fn over(channel: &Channel) -> Message {
    let messages = channel.messages();
    messages.into_iter().find(|message| message.button("Put away now").is_some()).unwrap()
}

fn digest(channel: &Channel) -> Option<Message> {
    channel.messages().into_iter().find(|message| message.text().contains("# 🏁 "))
}

fn category(world: &World, name: &str) -> Option<Snowflake> {
    let categories = world.guild.channels_named(name).into_iter();
    categories.filter(|channel| channel.kind == ChannelKind::Category).map(|channel| channel.id).next()
}

async fn pressed(who: &Person, message: &Message, button: &str) -> Reply {
    let reply = who.press(message, button).await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    reply
}

async fn panel(club: &Club<'_>) -> String {
    club.organiser.slash("club panel").send().await.text()
}

/// Which calls come first of these routes.
fn at(routes: &[String], route: &str) -> usize {
    routes.iter().position(|made| made == route).unwrap_or_else(|| panic!("no {route} in {routes:#?}"))
}

async fn kept(pair: Pair) {
    let world = World::new(pair).await;
    let club = signed_up(&world, &["Anna"]).await;
    world.at(END).await;
    let stranger = world.member("Anna").press(&over(&club.channel(CHANNEL)), "Keep").await;
    assert!(stranger.text().contains("Only the club's organisers"), "{}", stranger.text());
    let mark = world.discord.mark();
    let reply = pressed(&club.organiser, &over(&club.channel(CHANNEL)), "Keep").await;
    assert!(reply.text().contains("**Channel kept** until an organiser lets it go."), "{}", reply.text());
    world.settle().await;
    assert_eq!(world.routes_since(mark), ["PATCH /channels/{channel_id}/messages/{message_id}"], "the card");
    world.at(AWAY).await;
    world.pass(Duration::from_secs(30 * 24 * 3600)).await;
    let channel = club.channel(CHANNEL);
    assert_eq!(channel.parent, category(&world, SERIES));
    assert!(digest(&channel).is_none());
    assert!(world.guild.channel_named("Spa 6 Hours").is_none(), "race voice goes all the same");

    let mark = world.discord.mark();
    pressed(&club.organiser, &over(&channel), "Let it go").await;
    world.settle().await;
    let routes = world.routes_since(mark);
    assert!(at(&routes, POST) < at(&routes, MOVE), "{routes:#?}");
    let channel = club.channel(CHANNEL);
    assert_eq!(channel.parent, category(&world, "Archive"));
    let digest = digest(&channel).unwrap().text();
    assert!(digest.contains("**1 driver**") && digest.contains(&world.member("Anna").mention()), "{digest}");
    let late = pressed(&club.organiser, &over(&channel), "Keep").await;
    assert!(late.text().contains("put away already"), "{}", late.text());
    world.end().await;
}

#[tokio::test]
async fn a_channel_is_kept_until_it_is_let_go_on_sqlite() {
    kept(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_channel_is_kept_until_it_is_let_go_on_postgresql_and_redis() {
    kept(Pair::Postgres).await;
}

#[tokio::test]
async fn a_channel_is_put_away_at_once_after_a_question() {
    let world = World::new(Pair::Sqlite).await;
    let club = signed_up(&world, &["Anna"]).await;
    world.at(END).await;
    let asked = pressed(&club.organiser, &over(&club.channel(CHANNEL)), "Put away now").await;
    assert!(asked.is_ephemeral() && asked.text().contains("A digest of the race is posted first"));
    world.settle().await;
    assert_eq!(category(&world, "Archive"), None, "nothing happens before the yes");
    let done = pressed(&club.organiser, &asked.message(), "Archive it now").await;
    assert!(done.text().contains("is being archived"), "{}", done.text());
    world.settle().await;
    let channel = club.channel(CHANNEL);
    assert_eq!(channel.parent, category(&world, "Archive"));
    assert!(digest(&channel).is_some());
    world.at("2026-12-09T19:00:00Z").await;
    assert_eq!(club.channel(CHANNEL).messages().len(), channel.messages().len());
    world.end().await;
}

/// A finished event's channel is deleted, in a club with a channel for its announcements.
async fn deleting<'w>(world: &'w World, people: &[&str]) -> (Club<'w>, Channel) {
    let club = signed_up(world, people).await;
    let news = world.guild.by_hand().create(ChannelKind::Text, "news", None);
    club.choose("General", "Announcement channel", "news").await;
    club.choose("Channels", "A finished event's channel", "Delete it").await;
    world.at(END).await;
    (club, news)
}

async fn deleted(pair: Pair) {
    for lost in [None, Some(FaultKind::DropAfter), Some(FaultKind::DropBefore)] {
        let world = World::new(pair).await;
        let (_club, news) = deleting(&world, &["Anna", "Ben"]).await;
        let mark = world.discord.mark();
        if let Some(kind) = lost {
            world.discord.faults().inject(Fault { on: Match::route(POST), times: Times::Once, kind });
        }
        world.at(AWAY).await;
        world.attempts_over().await;
        world.minute().await;
        assert!(world.guild.channel_named(CHANNEL).is_none());
        let said = news.messages().into_iter().filter(|message| message.text().contains("# 🏁 "));
        let said: Vec<Message> = said.collect();
        assert_eq!(said.len(), 1, "once");
        assert!(said[0].text().contains("**2 drivers**") && said[0].mentions.users.is_empty());
        let routes = world.routes_since(mark);
        let deletes = routes.iter().rposition(|route| route == DELETE).unwrap();
        assert!(at(&routes, POST) < deletes, "{routes:#?}");
        world.end().await;
    }
}

#[tokio::test]
async fn a_digest_stays_in_the_announcement_channel_before_a_channel_is_deleted_on_sqlite() {
    deleted(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_digest_stays_in_the_announcement_channel_before_a_channel_is_deleted_on_postgresql_and_redis() {
    deleted(Pair::Postgres).await;
}

#[tokio::test]
async fn without_a_place_for_its_digest_a_channel_is_deleted_all_the_same() {
    let world = World::new(Pair::Sqlite).await;
    let (club, news) = deleting(&world, &["Anna"]).await;
    world.guild.by_hand().delete(news.id);
    world.at(AWAY).await;
    world.minute().await;
    assert!(world.guild.channel_named(CHANNEL).is_none());
    let asked = panel(&club).await;
    assert!(asked.contains("channel") && asked.contains("was deleted"), "{asked}");
    world.end().await;
}

#[tokio::test]
async fn a_digest_that_is_forbidden_holds_a_channel_up_for_a_day_at_most() {
    let world = World::new(Pair::Sqlite).await;
    let (club, news) = deleting(&world, &["Anna"]).await;
    let kind = FaultKind::Status { status: 403, code: 50013 };
    let forbidden = Fault { on: Match::route(POST), times: Times::UntilCleared, kind };
    world.discord.faults().inject(forbidden);
    let mark = world.discord.mark();
    world.at(AWAY).await;
    for _ in 0..12 {
        world.pass(Duration::from_secs(3600)).await;
    }
    assert!(world.guild.channel_named(CHANNEL).is_some(), "it waits");
    assert!(world.routes_since(mark).iter().filter(|route| *route == POST).count() < 20);
    assert!(
        panel(&club).await.contains("A message of Spa 6 Hours needs a permission"),
        "{}",
        panel(&club).await
    );
    for _ in 12..24 {
        world.pass(Duration::from_secs(3600)).await;
    }
    assert!(world.guild.channel_named(CHANNEL).is_none(), "it goes without");
    world.discord.faults().clear_all();
    world.day().await;
    assert!(digest(&news).is_none(), "what is too late isn't said");
    world.end().await;
}

#[tokio::test]
async fn what_is_put_away_into_a_full_archive_goes_into_the_next() {
    let world = World::new(Pair::Sqlite).await;
    let club = signed_up(&world, &["Anna"]).await;
    let second =
        EventForm { name: "Monza 2 Hours", start: "2026-12-05 19:00", length: "2h", ..EventForm::default() };
    club.event(Some(SERIES), second).await;
    world.settle().await;
    world.at(AWAY).await;
    let archive = category(&world, "Archive").unwrap();
    for n in 2..=50 {
        drop(world.guild.by_hand().create(ChannelKind::Text, &format!("race-{n}"), Some(archive)));
    }
    world.at("2026-12-06T20:00:00Z").await;
    world.minute().await;
    let second = club.channel("winter-cup-monza-2-hours-2026-12-05");
    assert_eq!(second.parent, category(&world, "Archive 2"));
    assert_eq!(club.channel(CHANNEL).parent, Some(archive));
    world.end().await;
}

#[tokio::test]
async fn in_a_full_server_putting_away_waits_and_goes_on_once_there_is_room() {
    let world = World::new(Pair::Sqlite).await;
    let club = signed_up(&world, &["Anna"]).await;
    let form = club.settings("Race voice").await.check("Open a voice channel for each race", false);
    form.submit().await.settled().await;
    world.at(END).await;
    let theirs: Vec<Channel> = (world.guild.channels().len()..500)
        .map(|n| world.guild.by_hand().create(ChannelKind::Text, &format!("talk-{n}"), None))
        .collect();
    world.at(AWAY).await;
    world.minute().await;
    let asked = panel(&club).await;
    assert!(asked.contains("has no room.** The server holds 500 channels"), "{asked}");
    assert_eq!(club.channel(CHANNEL).parent, category(&world, SERIES));
    let report = club.organiser.slash("club health").send().await;
    world.settle().await;
    let report = report.settled().await.text();
    assert!(
        report.contains("**Channels** · problem: 500 of 500. Put events away, or delete archived channels"),
        "{report}"
    );

    world.guild.by_hand().delete(theirs[0].id);
    world.pass(Duration::from_secs(600)).await;
    world.minute().await;
    assert_eq!(club.channel(CHANNEL).parent, category(&world, "Archive"));
    assert_eq!(
        club.channel(CHANNEL).messages().iter().filter(|said| said.text().contains("# 🏁 ")).count(),
        1
    );
    world.end().await;
}

#[tokio::test]
async fn the_panel_of_an_event_whose_channel_has_no_room_says_so() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    club.series(SERIES).await;
    world.settle().await;
    let theirs: Vec<Channel> = (world.guild.channels().len()..500)
        .map(|n| world.guild.by_hand().create(ChannelKind::Text, &format!("talk-{n}"), None))
        .collect();
    club.event(Some(SERIES), EventForm::default()).await;
    world.settle().await;
    let shown = club.organiser.slash("event manage").send().await.text();
    assert!(shown.contains("can't be made: the server holds 500 channels"), "{shown}");
    theirs.into_iter().take(3).for_each(|channel| world.guild.by_hand().delete(channel.id));
    world.pass(Duration::from_secs(600)).await;
    let shown = club.organiser.slash("event manage").send().await.text();
    assert!(!shown.contains("can't be made"), "{shown}");
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"));
    world.end().await;
}
