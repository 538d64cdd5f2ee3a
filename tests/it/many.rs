//! Many at once: two processes of the service, each with its own ticks, on one guild with fifty events; and two hundred people who
//! press the same button.

use std::{collections::BTreeMap, time::Duration};

use futures::future::join_all;
use sandbox::{
    Channel,
    model::ChannelKind,
    people::{Person, Reply},
};
use simlane::{
    app::Timings,
    domain::signup::{Sheet, SignupState},
    store,
};

use crate::world::{Club, EventForm, Pair, Setting, World, timings};

const EVENTS: usize = 50;
const SERIES: &str = "Sprint Cup";
const EVE: &str = "2026-12-04T13:00:00Z";

/// Lets everything that is due be done, as far as Discord's rate limits allow, and then nothing more is.
async fn pass(world: &World) {
    for _ in 0..40 {
        world.pass(Duration::from_secs(5)).await;
    }
}

async fn create(club: &Club<'_>, n: usize) {
    let event = EventForm { name: &format!("Sprint {n}"), ..EventForm::default() };
    club.event(Some(SERIES), event).await;
}

/// The channels of a kind by name, with how many there are of each.
fn count(world: &World, kind: ChannelKind) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for channel in world.guild.channels().iter().filter(|channel| channel.kind == kind) {
        *counted.entry(channel.name.clone()).or_default() += 1;
    }
    counted
}

fn of(name: impl Fn(usize) -> String) -> BTreeMap<String, usize> {
    (1..=EVENTS).map(|n| (name(n), 1)).collect()
}

fn messages_with(channel: &Channel, text: &str) -> usize {
    channel.messages().iter().filter(|message| message.text().contains(text)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_and_two_tickers_make_nothing_twice() {
    let ticking = Timings { sweep: Some("* * * * * *"), ..timings() };
    let mut world = World::with(Pair::Postgres, Setting { timings: ticking, ..Setting::default() }).await;
    world.serve().await;
    let club = world.club().await;
    club.series(SERIES).await;
    world.settle().await;
    join_all((1..=EVENTS).map(|n| create(&club, n))).await;
    pass(&world).await;
    let mut texts = count(&world, ChannelKind::Text);
    texts.remove("general");
    assert_eq!(texts, of(|n| format!("sprint-cup-sprint-{n}-2026-12-05")));
    world.at(EVE).await;
    pass(&world).await;
    assert_eq!(count(&world, ChannelKind::Voice), of(|n| format!("Sprint {n}")));
    let categories = [(SERIES.to_owned(), 1), (format!("{SERIES} · 2"), 1)];
    assert_eq!(count(&world, ChannelKind::Category), BTreeMap::from(categories));
    for n in 1..=EVENTS {
        let channel = club.channel(&format!("sprint-cup-sprint-{n}-2026-12-05"));
        assert_eq!(messages_with(&channel, &format!("# Sprint {n}\n")), 1, "cards of {n}");
        assert_eq!(messages_with(&channel, "Race voice is open"), 1, "announcements of {n}");
        assert_eq!(messages_with(&channel, "How the sheet stands"), 1, "updates of {n}");
        assert_eq!(channel.messages().len(), 3);
    }
    world.end().await;
}

/// What somebody was told in the answer to their own press: the card with their place in it.
fn told(reply: &Reply, mention: &str) -> Option<SignupState> {
    let text = reply.text();
    let line = text.lines().find(|line| line.contains(mention))?;
    Some(if line.contains("Waiting list") { SignupState::Waiting } else { SignupState::In })
}

/// Two hundred people press **Sign up** at once for sixty places.
async fn crowd(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    club.event(None, EventForm { classes: "60", ..EventForm::default() }).await;
    world.settle().await;
    let card = club.card("spa-6-hours-2026-12-05");
    let people: Vec<_> = (1..=200).map(|n| world.member(&format!("Driver {n}"))).collect();
    let replies = join_all(people.iter().map(|who| who.press(&card, "Sign up"))).await;
    for reply in &replies {
        assert!(reply.failure().is_none(), "{}", reply.text());
    }
    world.settle().await;
    world.pass(Duration::from_secs(10)).await;

    let store = world.service().store();
    let guild = twilight_model::id::Id::new(world.guild.id().get());
    let found = store::clubs::of_guild(store, guild).await.unwrap().unwrap();
    let event = store::events::coming(store, found.id, world.clock.now(), 1).await.unwrap().remove(0);
    let sheet = store::signups::sheet(store, event.id).await.unwrap();
    let of = |state| sheet.lines().iter().filter(|line| line.state == state).collect::<Vec<_>>();
    let (inside, waiting) = (of(SignupState::In), of(SignupState::Waiting));
    assert_eq!((inside.len(), waiting.len()), (60, 140));
    let last_in = inside.iter().map(|line| line.order).max();
    assert!(waiting.iter().all(|line| Some(line.order) > last_in), "places go in the order of commits");
    for (who, reply) in people.iter().zip(&replies) {
        let line = sheet.lines().iter().find(|line| line.discord.get() == who.id().get()).unwrap();
        if told(reply, &who.mention()) == Some(SignupState::In) {
            assert_eq!(line.state, SignupState::In, "{} was told that they are in", who.name());
        }
    }
    let text = club.card("spa-6-hours-2026-12-05").text();
    assert!(text.contains("60 of 60") && text.contains("(140)"), "{text}");
    for line in &inside[..20] {
        assert!(text.contains(&format!("<@{}>", line.discord)), "{} is not on the card", line.discord);
    }
    assert!(text.contains(" and 40 more"), "{text}");
    everybody_is_on_the_full_list(&club, &people[0], &sheet).await;
    world.end().await;
}

async fn everybody_is_on_the_full_list(club: &Club<'_>, reader: &Person, sheet: &Sheet) {
    let mut page = reader.press(&club.card("spa-6-hours-2026-12-05"), "Full list").await.message();
    let mut read = page.text();
    while page.button("Next ▶").is_some_and(|button| !button.disabled) {
        page = reader.press(&page, "Next ▶").await.message();
        read.push_str(&page.text());
    }
    for line in sheet.lines() {
        assert!(read.contains(&format!("<@{}>", line.discord)), "{} is not on the list", line.discord);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_press_for_sixty_places_on_sqlite() {
    crowd(Pair::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_press_for_sixty_places_on_postgresql_and_redis() {
    crowd(Pair::Postgres).await;
}
