//! Reminders and updates: one message for all whom it concerns, and one that is changed and never repeated.

use std::time::Duration;

use crate::world::{CHANNEL, Club, EVE, EventForm, Pair, SERIES, World};
use futures::future::join_all;
use sandbox::{Fault, FaultKind, Match, Message, Times, people::Person};

const SAY: &str = "POST /channels/{channel_id}/messages";
const CHANGE: &str = "PATCH /channels/{channel_id}/messages/{message_id}";
const DELETE: &str = "DELETE /channels/{channel_id}/messages/{message_id}";

/// An hour before the start.
const HOUR_BEFORE: &str = "2026-12-05T12:00:00Z";
/// The start.
const GREEN: &str = "2026-12-05T13:00:00Z";

/// An event for many in a series, two days and more ahead.
async fn big_event(world: &World) -> Club<'_> {
    let club = world.club().await;
    club.series(SERIES).await;
    club.event(Some(SERIES), EventForm { classes: "GT3 x 200", ..EventForm::default() }).await;
    world.settle().await;
    club
}

async fn sign_up(club: &Club<'_>, channel: &str, who: &Person, button: &str) {
    let reply = who.press(&club.card(channel), button).await;
    assert!(reply.failure().is_none(), "{}", reply.text());
}

/// The messages in a channel that hold those words.
fn saying(club: &Club<'_>, channel: &str, words: &str) -> Vec<Message> {
    club.channel(channel).messages().into_iter().filter(|message| message.text().contains(words)).collect()
}

fn reminders(club: &Club<'_>, channel: &str) -> Vec<Message> {
    saying(club, channel, "starts <t:")
}

fn mentioned(message: &Message) -> Vec<sandbox::Snowflake> {
    message.mentions.users.clone()
}

async fn one_call_reminds_everybody(pair: Pair) {
    let world = World::new(pair).await;
    let club = big_event(&world).await;
    let form = club.settings("Race voice").await.check("Open a voice channel for each race", false);
    form.submit().await.settled().await;
    let people: Vec<_> = (1..=150).map(|n| world.member(&format!("Driver {n}"))).collect();
    let card = club.card(CHANNEL);
    // How many may press at the same moment is for `many` to say.
    for few in people.chunks(25) {
        for reply in join_all(few.iter().map(|who| who.press(&card, "Sign up"))).await {
            assert!(reply.failure().is_none(), "{}", reply.text());
        }
    }
    world.settle().await;
    world.at(EVE).await;
    let first = reminders(&club, CHANNEL);
    assert_eq!(first.iter().map(|message| mentioned(message).len()).collect::<Vec<_>>(), [150]);
    let mark = world.discord.mark();
    world.at(HOUR_BEFORE).await;
    let changes: Vec<_> =
        world.routes_since(mark).into_iter().filter(|route| !route.starts_with("GET")).collect();
    assert_eq!(changes, [SAY, DELETE], "the new one comes, the old one goes");
    let second = reminders(&club, CHANNEL);
    assert_eq!(second.len(), 1);
    assert_ne!(second[0].id, first[0].id);
    assert_eq!(mentioned(&second[0]).len(), 150);
    world.at(GREEN).await;
    assert!(reminders(&club, CHANNEL).is_empty(), "the race is on");
    world.end().await;
}

#[tokio::test]
async fn one_call_reminds_everybody_on_sqlite() {
    one_call_reminds_everybody(Pair::Sqlite).await;
}

#[tokio::test]
async fn one_call_reminds_everybody_on_postgresql_and_redis() {
    one_call_reminds_everybody(Pair::Postgres).await;
}

#[tokio::test]
async fn those_who_want_none_and_those_who_wait_are_left_out() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let [anna, bela, cleo, dora] = ["Anna", "Bela", "Cleo", "Dora"].map(|name| world.member(name));
    for who in [&anna, &bela, &cleo] {
        sign_up(&club, CHANNEL, who, "Sign up").await;
    }
    sign_up(&club, CHANNEL, &dora, "Tentative").await;
    let me = anna.slash("me").send().await;
    assert!(me.text().contains("**Reminders:** on"), "{}", me.text());
    let off = anna.press(&me.message(), "Turn reminders off").await;
    assert!(off.message().text().contains("**Reminders:** off"), "{}", off.text());
    world.at(EVE).await;
    let [reminder] = &reminders(&club, CHANNEL)[..] else { panic!("one reminder") };
    assert_eq!(mentioned(reminder), [bela.id(), dora.id()], "Anna wants none, Cleo waits");
    assert!(reminder.text().contains(&format!("**Still tentative:** {}, please decide", dora.mention())));
    let on = anna.press(&me.message(), "Turn reminders on").await;
    assert!(on.text().contains("**Reminders:** on"), "{}", on.text());
    world.at(HOUR_BEFORE).await;
    let [reminder] = &reminders(&club, CHANNEL)[..] else { panic!("one reminder") };
    assert_eq!(mentioned(reminder), [anna.id(), bela.id(), dora.id()]);
    world.end().await;
}

#[tokio::test]
async fn nobody_is_bothered_where_nobody_comes_and_a_sign_up_costs_nothing() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at(EVE).await;
    assert!(reminders(&club, CHANNEL).is_empty());
    let mark = world.discord.mark();
    sign_up(&club, CHANNEL, &world.member("Anna"), "Tentative").await;
    world.minute().await;
    assert_eq!(world.routes_since(mark), [""; 0], "the first reminder was for those who came until then");
    world.at(HOUR_BEFORE).await;
    assert_eq!(reminders(&club, CHANNEL).len(), 1);
    world.end().await;
}

#[tokio::test]
async fn an_event_that_moves_is_reminded_of_anew() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    sign_up(&club, CHANNEL, &world.member("Anna"), "Sign up").await;
    world.at(EVE).await;
    let [before] = &reminders(&club, CHANNEL)[..] else { panic!("one reminder") };
    let form = club.manage("Edit").await.modal().fill("Start", "2026-12-06 14:00");
    form.submit().await.settled().await;
    world.settle().await;
    let moved = "winter-cup-spa-6-hours-2026-12-06";
    assert_eq!(reminders(&club, moved)[0].id, before.id, "not before its new time");
    world.at("2026-12-05T13:00:00Z").await;
    let [after] = &reminders(&club, moved)[..] else { panic!("one reminder, the old one is gone") };
    assert_ne!(after.id, before.id);
    let mark = world.discord.mark();
    world.minute().await;
    assert_eq!(world.routes_since(mark), [""; 0], "and nobody twice");
    world.end().await;
}

#[tokio::test]
async fn old_reminders_stay_where_a_club_wants_them() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let panel = club.organiser.slash("club settings").send().await.message();
    club.organiser.press(&panel, "Delete old reminders: on").await;
    sign_up(&club, CHANNEL, &world.member("Anna"), "Sign up").await;
    world.at(EVE).await;
    world.at(HOUR_BEFORE).await;
    world.at(GREEN).await;
    assert_eq!(reminders(&club, CHANNEL).len(), 2);
    world.end().await;
}

#[tokio::test]
async fn a_reminder_that_somebody_deleted_is_gone_and_no_trouble() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    sign_up(&club, CHANNEL, &world.member("Anna"), "Sign up").await;
    world.at(EVE).await;
    world.guild.by_hand().delete_message(reminders(&club, CHANNEL)[0].id);
    world.at(HOUR_BEFORE).await;
    assert_eq!(reminders(&club, CHANNEL).len(), 1);
    world.end().await;
}

#[tokio::test]
async fn reminders_go_where_the_club_wants_them() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let news = world.guild.by_hand().create(sandbox::model::ChannelKind::Text, "news", None);
    let form = club.settings("General").await.choose("Announcement channel", &["news"]);
    let saved = form.submit().await;
    world.settle().await;
    assert!(saved.settled().await.text().contains("General saved"));
    club.choose("Notifications", "Reminders", "In the announcement channel").await;
    world.settle().await;
    let anna = world.member("Anna");
    sign_up(&club, CHANNEL, &anna, "Sign up").await;
    world.at(EVE).await;
    assert!(reminders(&club, CHANNEL).is_empty());
    let [reminder] = &reminders(&club, "news")[..] else { panic!("one reminder") };
    assert_eq!(mentioned(reminder), [anna.id()]);
    world.guild.by_hand().delete(news.id);
    world.at(HOUR_BEFORE).await;
    assert_eq!(reminders(&club, CHANNEL).len(), 1, "without that channel, in the event's own");
    world.end().await;
}

/// Presses **Remind now** of the event whose card stands in the channel.
async fn remind_now(club: &Club<'_>, who: &Person) -> String {
    let card = club.card(CHANNEL);
    let id = card.button("Sign up").unwrap().custom_id.unwrap().replace(":signup:", ":remind:");
    let reply = who.press_custom_id(&card, &id).await;
    club.world.settle().await;
    reply.text()
}

#[tokio::test]
async fn an_organiser_reminds_now_and_not_too_often() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let anna = world.member("Anna");
    let nobody = remind_now(&club, &club.organiser).await;
    assert!(nobody.contains("Nobody is to be reminded"), "{nobody}");
    sign_up(&club, CHANNEL, &anna, "Sign up").await;
    let forbidden = remind_now(&club, &anna).await;
    assert!(forbidden.contains("organiser"), "{forbidden}");
    let mark = world.discord.mark();
    let done = remind_now(&club, &club.organiser).await;
    assert!(done.contains("1 person who comes"), "{done}");
    assert_eq!(world.routes_since(mark), [SAY]);
    let [reminder] = &reminders(&club, CHANNEL)[..] else { panic!("one reminder") };
    assert_eq!(mentioned(reminder), [anna.id()]);
    let again = remind_now(&club, &club.organiser).await;
    assert!(again.contains("Wait until ten minutes have passed"), "{again}");
    world.pass(Duration::from_secs(600)).await;
    remind_now(&club, &club.organiser).await;
    let [second] = &reminders(&club, CHANNEL)[..] else { panic!("one reminder") };
    assert_ne!(second.id, reminder.id);
    world.at(EVE).await;
    let [next] = &reminders(&club, CHANNEL)[..] else { panic!("one reminder") };
    assert_ne!(next.id, second.id);
    let soon = remind_now(&club, &club.organiser).await;
    assert!(soon.contains("Wait until"), "one that came by itself counts, too: {soon}");
    world.at(GREEN).await;
    let late = remind_now(&club, &club.organiser).await;
    assert!(late.contains("has started"), "{late}");
    world.end().await;
}

fn updates(club: &Club<'_>) -> Vec<Message> {
    saying(club, CHANNEL, "How the sheet stands")
}

async fn an_update_is_changed_once_a_period(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    assert!(updates(&club).is_empty());
    sign_up(&club, CHANNEL, &world.member("Anna"), "Sign up").await;
    world.at("2026-12-02T13:00:00Z").await;
    let [first] = &updates(&club)[..] else { panic!("one update") };
    assert!(first.text().contains("**GT3:** 1 in, **1 place open**"), "{}", first.text());
    assert!(first.mentions.users.is_empty());
    let mark = world.discord.mark();
    sign_up(&club, CHANNEL, &world.member("Bela"), "Sign up").await;
    world.minute().await;
    assert_eq!(world.routes_since(mark), [""; 0], "it tells how the sheet stood, not how it stands");
    let fault = Fault { on: Match::route(CHANGE), times: Times::Once, kind: FaultKind::DropAfter };
    world.discord.faults().inject(fault);
    let mark = world.discord.mark();
    world.at("2026-12-03T13:00:00Z").await;
    world.attempts_over().await;
    world.minute().await;
    let changes = world.routes_since(mark).iter().filter(|route| *route == CHANGE).count();
    assert_eq!(changes, 2, "the one whose answer was lost, and the same again");
    let [second] = &updates(&club)[..] else { panic!("one update") };
    assert_eq!(second.id, first.id);
    assert!(second.text().contains("**GT3:** 2 in, full"), "{}", second.text());
    world.at(GREEN).await;
    let mark = world.discord.mark();
    world.pass(Duration::from_secs(3_600)).await;
    assert_eq!(world.routes_since(mark), [""; 0], "it ends at the start");
    world.end().await;
}

#[tokio::test]
async fn an_update_is_changed_once_a_period_on_sqlite() {
    an_update_is_changed_once_a_period(Pair::Sqlite).await;
}

#[tokio::test]
async fn an_update_is_changed_once_a_period_on_postgresql_and_redis() {
    an_update_is_changed_once_a_period(Pair::Postgres).await;
}

#[tokio::test]
async fn an_update_that_somebody_deletes_is_made_again_once() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at("2026-12-01T13:00:00Z").await;
    for (day, left) in [("2026-12-02T13:00:00Z", 1), ("2026-12-03T13:00:00Z", 0)] {
        world.guild.by_hand().delete_message(updates(&club)[0].id);
        world.at(day).await;
        assert_eq!(updates(&club).len(), left, "{day}");
    }
    let panel = club.organiser.slash("club panel").send().await.message();
    assert!(panel.text().contains("**The update of Spa 6 Hours was deleted again**"), "{}", panel.text());
    club.organiser.press(&panel, "Leave it").await;
    world.end().await;
}
