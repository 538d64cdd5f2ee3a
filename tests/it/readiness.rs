//! Whether people are ready for their race: they press a button, are looked at on Discord, and captains and organisers see who isn't.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sandbox::{
    Channel, Fault, FaultKind, Match, Message, Moment, Permissions, Times,
    model::ChannelKind,
    people::{Person, Reply, ReplyKind},
};

use crate::{
    teams::settled,
    world::{Club, Dead, LEASE, Pair, World},
};

const CHANNEL: &str = "spa-6-hours-2026-12-05";
/// How far apart people press, so that Discord has room for their calls.
const APART: Duration = Duration::from_secs(10);
/// Race voice is open.
const OPEN: &str = "2026-12-05T12:00:00Z";

fn thread(club: &Club<'_>) -> Channel {
    club.channel(CHANNEL).threads().remove(0)
}

/// Somebody's own page of their team.
async fn page(club: &Club<'_>, who: &Person) -> Message {
    let card = thread(club).pinned().remove(0);
    who.press(&card, "Manage team").await.message()
}

/// What somebody who presses **Check me** is told.
async fn checked(club: &Club<'_>, who: &Person) -> Reply {
    let asked = who.press(&page(club, who).await, "Check me").await;
    assert_eq!(asked.kind(), ReplyKind::Deferred, "{}", asked.text());
    club.world.pass(APART).await;
    let told = asked.settled().await;
    assert!(told.is_ephemeral(), "to them alone");
    told
}

async fn again(club: &Club<'_>, who: &Person, told: &Reply) -> Reply {
    let asked = who.press(&told.message(), "Check again").await;
    assert_eq!(asked.kind(), ReplyKind::UpdateDeferred, "{}", asked.text());
    club.world.pass(APART).await;
    asked.settled().await
}

#[track_caller]
fn says(told: &Reply, lines: &[&str]) {
    for line in lines {
        assert!(told.text().contains(line), "{line} in {}", told.text());
    }
}

fn voice(world: &World) -> Channel {
    world
        .guild
        .channels()
        .into_iter()
        .find(|channel| channel.kind == ChannelKind::Voice && channel.name == "Spa 6 Hours")
        .unwrap()
}

async fn people_are_checked(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    settled(&club).await;
    let [anna, bela, cleo] = ["Anna", "Bela", "Cleo"].map(|name| world.member(name));
    let hands = world.guild.by_hand();

    let told = checked(&club, &anna).await;
    says(
        &told,
        &[
            "✅ You see the event's channel",
            "✅ You are in the team's thread",
            "⏳ The race voice opens <t:1796389200:R>",
        ],
    );
    assert!(told.message().button("I hear them").is_none(), "there is nobody to hear yet");
    assert!(page(&club, &cleo).await.button("Check me").is_none(), "it is another's team");
    let own = page(&club, &anna).await;
    let twice = [anna.press(&own, "Check me").await, anna.press(&own, "Check me").await];
    world.pass(APART).await;
    for asked in twice {
        says(&asked.settled().await, &["# Almost ready", "⏳ The race voice opens"]);
    }

    // Anna is connected and hears; Bela was kept out, and left the thread.
    world.at(OPEN).await;
    let voice = voice(&world);
    let told = again(&club, &anna, &told).await;
    says(
        &told,
        &[
            "# Almost ready",
            "✅ You may join the race voice",
            "⏳ You aren't connected now.",
            "⏳ Do you hear",
        ],
    );
    anna.join_voice(&voice);
    let told = again(&club, &anna, &told).await;
    says(&told, &["✅ You are connected now"]);
    let told = anna.press(&told.message(), "I hear them").await;
    says(&told, &["# You're ready", "✅ You hear the others, by your own word"]);
    let told = again(&club, &anna, &told).await;
    says(&told, &["# You're ready"]);

    hands.set_member_overwrite(voice.id, bela.id(), Permissions::NONE, Permissions::CONNECT);
    hands.remove_member(thread(&club).id, bela.id());
    let told = checked(&club, &bela).await;
    let denied = format!("Ask an organiser: <#{}> denies Connect to you.", voice.id);
    let open = format!("**You aren't in the team's thread.** Open <#{}>", thread(&club).id);
    says(&told, &["# Not ready yet", &open, &denied]);

    // The organiser reads what to do about it, does it, and Bela is asked for the rules.
    let board = club.organiser.press(&page(&club, &club.organiser).await, "Readiness").await;
    says(
        &board,
        &[
            "1 of 2 ready",
            &format!("✅ {} is ready", anna.mention()),
            &format!("⚠️ {} isn't ready", bela.mention()),
            &format!("<#{}> denies Connect to them. Allow it under Edit Channel", voice.id),
        ],
    );
    hands.set_member_overwrite(voice.id, bela.id(), Permissions::CONNECT, Permissions::NONE);
    hands.add_member(thread(&club).id, bela.id());
    hands.set_pending(bela.id(), true);
    let told = again(&club, &bela, &told).await;
    says(
        &told,
        &[
            "✅ You are in the team's thread",
            "⚠️ **You may not join the race voice.** Accept the server's rules",
        ],
    );
    hands.set_pending(bela.id(), false);
    let told = again(&club, &bela, &told).await;
    let told = bela.press(&told.message(), "I don't").await;
    says(&told, &["⚠️ **You don't hear the others.** Look at Discord's voice settings"]);
    let board = club.organiser.press(&board.message(), "Refresh").await;
    says(&board, &["**Doesn't hear the others.** They look at Discord's voice settings"]);

    let list = club.organiser.slash("team list").in_channel(&club.channel(CHANNEL)).send().await;
    let all = club.organiser.press(&list.message(), "Readiness").await;
    says(&all, &["# Readiness of the teams", "**Red** · 1 of 2 ready", "doesn't hear the others"]);
    let one = club.organiser.select(&all.message(), "Choose a team to see what to do", &["Red"]).await;
    says(&one, &["# Readiness of Red"]);
    let list = cleo.slash("team list").in_channel(&club.channel(CHANNEL)).send().await;
    assert!(list.message().button("Readiness").is_none(), "it is the organisers'");
    world.end().await;
}

#[tokio::test]
async fn people_are_checked_on_sqlite() {
    people_are_checked(Pair::Sqlite).await;
}

#[tokio::test]
async fn people_are_checked_on_postgresql_and_redis() {
    people_are_checked(Pair::Postgres).await;
}

#[tokio::test]
async fn whoever_left_the_team_meanwhile_is_told_so() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    settled(&club).await;
    let anna = world.member("Anna");
    let own = page(&club, &anna).await;
    let team = page(&club, &club.organiser).await;
    let mate = club.organiser.select(&team, "Choose somebody to change", &["Anna"]).await;
    club.organiser.press(&mate.message(), "Take out").await;
    let refused = anna.press(&own, "Check me").await;
    says(&refused, &["Only the people of **Red** can do this. `/team list`"]);
    world.settle().await;
    world.end().await;
}

#[tokio::test]
async fn nothing_is_told_while_discord_does_not_answer() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    settled(&club).await;
    let anna = world.member("Anna");
    let own = page(&club, &anna).await;
    let on = Match::route("GET /guilds/{guild_id}/roles");
    world.discord.faults().inject(Fault { on, times: Times::UntilCleared, kind: FaultKind::DropBefore });
    let asked = anna.press(&own, "Check me").await;
    for _ in 0..4 {
        world.pass(Duration::from_secs(5)).await;
        tokio::time::sleep(Duration::from_millis(2_100)).await;
    }
    says(&asked.settled().await, &["Discord doesn't answer just now"]);
    let page = club.organiser.press(&page(&club, &club.organiser).await, "Readiness").await;
    says(&page, &[&format!("⏳ {} hasn't pressed **Check me** yet", anna.mention())]);
    world.end().await;
}

async fn a_check_outlives_the_service(pair: Pair) {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    settled(&club).await;
    let anna = world.member("Anna");
    let own = page(&club, &anna).await;
    let killed = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&killed);
    let at = Match::route("GET /guilds/{guild_id}/voice-states/{user_id}").nth(1);
    world.discord.faults().on_call(at, move |moment, _| {
        if moment == Moment::AfterEffect {
            kill();
            seen.store(true, Ordering::SeqCst);
        }
    });
    let asked = anna.press(&own, "Check me").await;
    assert_eq!(world.try_settle().await, Err(Dead));
    assert!(killed.load(Ordering::SeqCst));
    drop(world.serve_apart().await);
    tokio::time::sleep(LEASE * 3).await;
    world.minute().await;
    says(&asked.settled().await, &["✅ You are in the team's thread"]);
    world.end().await;
}

#[tokio::test]
async fn a_check_outlives_the_service_on_sqlite() {
    a_check_outlives_the_service(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_check_outlives_the_service_on_postgresql_and_redis() {
    a_check_outlives_the_service(Pair::Postgres).await;
}
