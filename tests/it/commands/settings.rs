//! The panel of a club's settings: what is chosen at once, and channels that are looked at before they are saved.

use std::time::Duration;

use sandbox::{Fault, FaultKind, Match, Permissions, Times, model::ChannelKind, people::ReplyKind};

use crate::world::{CHANNEL, Club, EVE, EventForm, Pair, World};

/// The text of the panel now.
async fn panel(club: &Club<'_>) -> sandbox::Message {
    club.organiser.slash("club settings").send().await.message()
}

#[tokio::test]
async fn what_is_on_and_off_is_turned_on_the_panel() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let toggles = ["Automatic channels", "Discord events", "Delete old reminders", "Nightly sync"];
    for (label, was) in toggles.into_iter().zip(["on", "on", "on", "off"]) {
        let is = if was == "on" { "off" } else { "on" };
        let shown = club.organiser.press(&panel(&club).await, &format!("{label}: {was}")).await;
        assert!(shown.message().button(&format!("{label}: {is}")).is_some(), "{}", shown.text());
    }
    assert!(panel(&club).await.text().contains("**Made:** when an organiser asks"));
    let shown = club.organiser.select(&panel(&club).await, "Language of dates", &["Dates: Deutsch"]).await;
    assert!(shown.failure().is_none(), "{}", shown.text());
    let shown = club
        .organiser
        .select(&panel(&club).await, "A finished event's channel", &["Finished channels: delete"])
        .await;
    assert!(shown.message().text().contains("**Put away:** deleted"), "{}", shown.text());
    let form = club.settings("Channels").await.fill("Channel names", "{weekday} {day} {month} {event}");
    let saved = form.submit().await.settled().await;
    assert!(saved.text().contains("**Such as:** #sa-5-dez-spa-6-hours"), "{}", saved.text());
    club.event(None, EventForm { start: "2026-12-12 14:00", ..EventForm::default() }).await;
    assert!(panel(&club).await.text().contains("#sa-12-dez-spa-6-hours for your next event"));
    world.end().await;
}

#[tokio::test]
async fn reminders_and_updates_are_typed() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let form = club.settings("Reminders").await;
    let form = form.fill("Reminders before the start", "soon").fill("Updates (every … hours)", "5");
    let refused = form.submit().await.settled().await;
    assert!(refused.text().contains("I can't read “soon”"), "{}", refused.text());
    assert!(refused.text().contains("Type a whole number from 6 to 168"), "{}", refused.text());
    let again = club.organiser.press(&refused.message(), "Edit again").await.modal();
    let form = again.fill("Reminders before the start", "2d, 90 min").fill("Updates (every … hours)", "off");
    let saved = form.submit().await.settled().await;
    assert!(saved.text().contains("**Sent:** 48h, 1h30m before the start"), "{}", saved.text());
    assert!(saved.text().contains("**Updates of the sign-ups:** off"), "{}", saved.text());
    world.end().await;
}

#[tokio::test]
async fn what_teams_get_is_chosen() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let form = club.settings("Teams").await;
    let form = form.choose("Who may join", &["The team and organisers"]).choose("Practice rooms", &["None"]);
    let form = form.choose("What else", &["A race room for each team", "Ask people first"]);
    let form = form.fill("People in a room", "100").fill("Sound (kilobits a second)", "loud");
    let refused = form.submit().await.settled().await;
    let text = refused.text();
    assert!(text.contains("**People in a room:** Type a whole number from 0 to 99."), "{text}");
    let sound = "**Sound (kilobits a second):** Type a whole number from 8 to 96, or leave it empty.";
    assert!(text.contains(sound), "{text}");
    let again = club.organiser.press(&refused.message(), "Edit again").await.modal();
    let form = again.fill("People in a room", " 6 ").fill("Sound (kilobits a second)", "");
    let saved = form.submit().await.settled().await;
    let text = saved.text();
    for line in [
        "**Who may join:** the team and organisers; threads are private",
        "**Threads:** as soon as a team is settled",
        "**Roles:** none",
        "**Practice rooms:** none",
        "**Race rooms:** one for each team",
        "**In a room:** 6 people",
        "**People come into a team:** when they accept",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let form = club.settings("Teams").await.choose("What else", &[]).fill("Sound (kilobits a second)", "64");
    let saved = form.submit().await.settled().await;
    assert!(saved.text().contains("**In a room:** 6 people, 64 kbit/s"), "{}", saved.text());
    assert!(panel(&club).await.text().contains("**Race rooms:** one for the event"));
    world.end().await;
}

async fn a_channel_is_looked_at_before_it_is_saved(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let [open, shut] =
        ["open", "shut"].map(|name| world.guild.by_hand().create(ChannelKind::Text, name, None));
    let send = Permissions::SEND_MESSAGES;
    let everyone = world.guild.id();
    world.guild.by_hand().set_role_overwrite(shut.id, everyone, Permissions::NONE, send);
    let form = club.settings("General").await.fill("Name", "Night Owls 2");
    let form = form.choose("Organiser channel", &["shut"]).choose("Announcement channel", &["open"]);
    let sent = form.submit().await;
    assert_eq!(sent.kind(), ReplyKind::Deferred, "{}", sent.text());
    world.settle().await;
    let refused = sent.settled().await;
    let text = refused.text();
    assert!(
        text.contains("**Organiser channel:** The bot can't write there: it lacks Send Messages"),
        "{text}"
    );
    assert!(panel(&club).await.text().contains("**Name:** Night Owls\n"), "nothing was saved");
    let again = club.organiser.press(&refused.message(), "Edit again").await.modal();
    assert_eq!(again.value("Name").unwrap(), "Night Owls 2", "what was typed is kept");
    let sent = again.choose("Organiser channel", &["open"]).submit().await;
    world.settle().await;
    let saved = sent.settled().await;
    assert!(saved.text().contains(&format!("**Questions go to:** <#{}>", open.id)), "{}", saved.text());
    assert!(panel(&club).await.text().contains("**Name:** Night Owls 2"));
    let unchanged = club.settings("General").await.fill("Name", "Owls").submit().await;
    assert_eq!(unchanged.kind(), ReplyKind::Message, "no other channel, nothing to look at");
    world.end().await;
}

#[tokio::test]
async fn a_channel_is_looked_at_before_it_is_saved_on_sqlite() {
    a_channel_is_looked_at_before_it_is_saved(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_channel_is_looked_at_before_it_is_saved_on_postgresql_and_redis() {
    a_channel_is_looked_at_before_it_is_saved(Pair::Postgres).await;
}

#[tokio::test]
async fn nothing_is_saved_while_discord_does_not_answer() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    world.guild.by_hand().create(ChannelKind::Text, "open", None);
    let on = Match::route("GET /guilds/{guild_id}/roles");
    world.discord.faults().inject(Fault { on, times: Times::UntilCleared, kind: FaultKind::DropBefore });
    let sent = club.settings("General").await.choose("Organiser channel", &["open"]).submit().await;
    for _ in 0..4 {
        world.pass(Duration::from_secs(5)).await;
        tokio::time::sleep(Duration::from_millis(2_100)).await;
    }
    let told = sent.settled().await;
    assert!(told.text().contains("Discord doesn't answer"), "{}", told.text());
    assert!(told.message().button("Edit again").is_some());
    assert!(panel(&club).await.text().contains("**Questions go to:** only `/club panel`"));
    world.end().await;
}

async fn off_makes_no_calls(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    let anna = world.member("Anna");
    let asked = club.organiser.press(&panel(&club).await, "Switch off").await.message();
    assert!(asked.text().contains("All data stays"), "{}", asked.text());
    let off = club.organiser.press(&asked, "Switch off").await.message();
    assert!(off.text().contains("⏸️ **Off.**"), "{}", off.text());
    world.settle().await;
    let mark = world.discord.mark();
    anna.press(&club.card(CHANNEL), "Sign up").await;
    let form = club.manage("Edit").await.modal();
    form.fill("Name", "Spa 8 Hours").submit().await.settled().await;
    world.at(EVE).await;
    world.day().await;
    assert_eq!(world.routes_since(mark), [""; 0]);
    let sync = club.organiser.slash("club sync").send().await.settled().await;
    assert!(sync.text().contains("is off, so nothing is done"), "{}", sync.text());
    let on = club.organiser.press(&panel(&club).await, "Switch on").await.message();
    assert!(!on.text().contains("⏸️"), "{}", on.text());
    world.settle().await;
    let card = club.card("winter-cup-spa-8-hours-2026-12-05");
    assert!(card.text().contains(&anna.mention()), "everything was kept: {}", card.text());
    world.end().await;
}

#[tokio::test]
async fn off_makes_no_calls_on_sqlite() {
    off_makes_no_calls(Pair::Sqlite).await;
}

#[tokio::test]
async fn off_makes_no_calls_on_postgresql_and_redis() {
    off_makes_no_calls(Pair::Postgres).await;
}
