//! The board of coming events: one message in a channel that the club chose.

use std::time::Duration;

use sandbox::{Channel, Fault, FaultKind, Match, Message, Permissions, Times, model::ChannelKind};

use crate::world::{CHANNEL, Club, EventForm, Pair, World};

const POST: &str = "POST /channels/{channel_id}/messages";
const EDIT: &str = "PATCH /channels/{channel_id}/messages/{message_id}";
const DELETE: &str = "DELETE /channels/{channel_id}/messages/{message_id}";

/// A channel of the club's people.
fn news(world: &World, name: &str) -> Channel {
    world.guild.by_hand().create(ChannelKind::Text, name, None)
}

async fn choose(club: &Club<'_>, name: &str) {
    club.choose("General", "Announcement channel", name).await;
    club.world.settle().await;
}

/// The only message there.
fn board(channel: &Channel) -> Message {
    let mut messages = channel.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    messages.remove(0)
}

async fn panel(club: &Club<'_>) -> Message {
    club.organiser.slash("club panel").send().await.message()
}

async fn edit(club: &Club<'_>, field: &str, typed: &str) {
    club.manage("Edit").await.modal().fill(field, typed).submit().await.settled().await;
    club.world.settle().await;
}

/// The calls since a mark that change messages of a channel.
fn about(world: &World, mark: sandbox::Mark, channel: &Channel) -> Vec<String> {
    let path = format!("/channels/{}/", channel.id);
    let calls = world.discord.calls_since(mark).into_iter().filter(|call| call.path.starts_with(&path));
    calls.map(|call| call.route).filter(|route| !route.starts_with("GET ")).collect()
}

async fn follows(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let channel = news(&world, "news");
    choose(&club, "news").await;
    assert!(board(&channel).text().contains("Nothing is planned yet"));
    let first = board(&channel).id;

    let mark = world.discord.mark();
    club.series("Winter Cup").await;
    club.event(Some("Winter Cup"), EventForm::default()).await;
    world.settle().await;
    assert_eq!(about(&world, mark, &channel), [EDIT], "once, with the link to its channel");
    let text = board(&channel).text();
    let link = format!("<#{}>", club.channel(CHANNEL).id);
    for part in ["Spa 6 Hours", "Winter Cup", "Sign-ups open", link.as_str(), "<t:1796475600:F>"] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    let mark = world.discord.mark();
    let earlier = EventForm { classes: "", length: "2h", name: "Monza 2 Hours", start: "2026-11-20 14:00" };
    club.event(Some("Winter Cup"), earlier).await;
    world.settle().await;
    assert_eq!(about(&world, mark, &channel), [EDIT]);
    let text = board(&channel).text();
    assert!(text.find("Monza 2 Hours") < text.find("Spa 6 Hours"), "in order of start:\n{text}");

    let mark = world.discord.mark();
    world.member("Anna").press(&club.card(CHANNEL), "Sign up").await;
    world.settle().await;
    assert!(world.routes_since(mark).is_empty(), "a sign-up costs nothing");

    for (at, says) in [("2026-11-20T13:00:00Z", "On now"), ("2026-11-20T15:00:00Z", "Sign-ups open")] {
        let mark = world.discord.mark();
        world.at(at).await;
        assert_eq!(about(&world, mark, &channel), [EDIT], "{at}");
        assert!(board(&channel).text().contains(says), "{at}");
    }
    assert!(!board(&channel).text().contains("Monza"), "what is over is off the board");

    for button in ["Close sign-ups", "Open sign-ups"] {
        let mark = world.discord.mark();
        club.manage(button).await.settled().await;
        world.settle().await;
        assert_eq!(about(&world, mark, &channel), [EDIT], "{button}");
    }
    // Discord takes three edits of an old message in an hour.
    world.pass(Duration::from_secs(3_600)).await;
    let mark = world.discord.mark();
    edit(&club, "Name", "Spa 8 Hours").await;
    assert_eq!(
        world.routes_since(mark).len(),
        4,
        "channel, card, Discord event and board: {:?}",
        world.routes_since(mark)
    );
    assert!(board(&channel).text().contains("Spa 8 Hours"));
    club.manage("Cancel event").await.modal().fill("Reason", "Fog").submit().await.settled().await;
    world.settle().await;
    assert!(board(&channel).text().contains("Nothing is planned yet"));
    assert_eq!(board(&channel).id, first, "it is one message all along");
    world.end().await;
}

#[tokio::test]
async fn it_follows_the_clubs_events_on_sqlite() {
    follows(Pair::Sqlite).await;
}

#[tokio::test]
async fn it_follows_the_clubs_events_on_postgresql_and_redis() {
    follows(Pair::Postgres).await;
}

#[tokio::test]
async fn in_another_channel_it_is_posted_there_and_taken_away_here() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let (here, there) = (news(&world, "here"), news(&world, "there"));
    choose(&club, "here").await;
    assert!(board(&here).text().contains("Spa 6 Hours"));
    let mark = world.discord.mark();
    choose(&club, "there").await;
    let routes = world.routes_since(mark);
    let messages: Vec<_> = routes.iter().filter(|route| route.contains("/channels/{channel_id}/")).collect();
    assert_eq!(messages, [DELETE, POST]);
    assert!(here.messages().is_empty());
    assert!(board(&there).text().contains("Spa 6 Hours"));
    let form = club.settings("General").await.choose("Announcement channel", &[]);
    form.submit().await.settled().await;
    world.settle().await;
    assert!(there.messages().is_empty(), "without a channel there is no board");
    world.end().await;
}

#[tokio::test]
async fn where_discord_takes_no_more_edits_of_an_old_one_it_is_posted_anew() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let channel = news(&world, "news");
    choose(&club, "news").await;
    let first = board(&channel).id;
    world.advance(Duration::from_secs(7_200)).await;
    for round in 1..=3 {
        for button in ["Close sign-ups", "Open sign-ups"] {
            club.manage(button).await.settled().await;
            world.settle().await;
            let says = if button == "Open sign-ups" { "Sign-ups open" } else { "Sign-ups closed" };
            assert!(board(&channel).text().contains(says), "round {round}, {button}");
        }
    }
    assert_ne!(board(&channel).id, first);
    world.pass(Duration::from_secs(3_600)).await;
    world.end().await;
}

#[tokio::test]
async fn deleted_by_hand_it_is_posted_again_once_and_then_after_a_yes() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let channel = news(&world, "news");
    choose(&club, "news").await;
    world.guild.by_hand().delete_message(board(&channel).id);
    world.day().await;
    let again = board(&channel).id;
    world.guild.by_hand().delete_message(again);
    edit(&club, "Name", "Spa 8 Hours").await;
    world.minute().await;
    assert!(channel.messages().is_empty());
    let asked = panel(&club).await;
    assert!(
        asked.text().contains("The board of coming events of the club was deleted again"),
        "{}",
        asked.text()
    );
    club.organiser.press(&asked, "Make it again").await;
    world.settle().await;
    assert!(board(&channel).text().contains("Spa 8 Hours"));
    world.end().await;
}

#[tokio::test]
async fn a_deleted_channel_is_told_of_and_costs_no_more_calls() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let channel = news(&world, "news");
    choose(&club, "news").await;
    world.guild.by_hand().delete(channel.id);
    edit(&club, "Name", "Spa 8 Hours").await;
    world.minute().await;
    assert!(panel(&club).await.text().contains("Your announcement channel was deleted"));
    world.advance(Duration::from_secs(600)).await;
    let mark = world.discord.mark();
    edit(&club, "Name", "Spa 9 Hours").await;
    assert_eq!(world.routes_since(mark).len(), 3, "channel, card and Discord event");
    let channel = news(&world, "news");
    choose(&club, "news").await;
    assert!(board(&channel).text().contains("Spa 9 Hours"));
    assert!(!panel(&club).await.text().contains("Your announcement channel was deleted"));
    world.end().await;
}

#[tokio::test]
async fn where_the_bot_may_not_post_organisers_are_asked_and_the_rest_goes_on() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let channel = news(&world, "news");
    let everyone = world.guild.id();
    let hands = world.guild.by_hand();
    choose(&club, "news").await;
    hands.set_role_overwrite(channel.id, everyone, Permissions::NONE, Permissions::SEND_MESSAGES);
    hands.delete_message(board(&channel).id);
    club.event(None, EventForm { name: "Spa", ..EventForm::default() }).await;
    world.settle().await;
    assert!(club.card("spa-2026-12-05").text().contains("Spa"), "the rest goes on");
    let asked = panel(&club).await;
    assert!(
        asked.text().contains("The board of coming events of the club needs a permission"),
        "{}",
        asked.text()
    );
    hands.delete_overwrite(channel.id, everyone);
    club.organiser.press(&asked, "Retry").await;
    world.settle().await;
    assert!(board(&channel).text().contains("Spa"));
    world.end().await;
}

#[tokio::test]
async fn however_the_call_that_posts_it_fails_there_is_one_a_minute_later() {
    let kinds = [
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::Status { status: 500, code: 0 },
        FaultKind::StatusAfter { status: 502, code: 0 },
    ];
    for kind in kinds {
        for then in [None, Some("there"), Some("")] {
            let world = World::new(Pair::Sqlite).await;
            let club = world.with_event().await;
            let (here, there) = (news(&world, "here"), news(&world, "there"));
            let on = Match::route(POST);
            world.discord.faults().inject(Fault { on, times: Times::Once, kind: kind.clone() });
            choose(&club, "here").await;
            if let Some(then) = then {
                let chosen: Vec<&str> = [then].into_iter().filter(|name| !name.is_empty()).collect();
                let form = club.settings("General").await.choose("Announcement channel", &chosen);
                form.submit().await.settled().await;
            }
            world.settle().await;
            world.attempts_over().await;
            world.minute().await;
            let many = (here.messages().len(), there.messages().len());
            let expected = match then {
                None => (1, 0),
                Some("there") => (0, 1),
                Some(_) => (0, 0),
            };
            assert_eq!(many, expected, "{kind:?}, then {then:?}");
            world.end().await;
        }
    }
}
