//! `/club health`: Discord is asked by a job, whatever it answers; one report comes of it, and says what couldn't be read.

use std::time::Duration;

use sandbox::{
    Fault, FaultId, FaultKind, Match, MembersIntent, Permissions, Times,
    faults::Gate,
    model::EventPlace,
    people::{Person, Reply, ReplyKind},
};
use simlane::{
    app::Timings,
    domain::settings::ClubSettings,
    store::{clubs, guilds},
};
use twilight_model::id::Id;

use crate::world::{Pair, Setting, World, timings};

/// What Discord is asked.
const READS: [&str; 7] = [
    "GET /applications/@me",
    "GET /users/@me",
    "GET /guilds/{guild_id}/channels",
    "GET /guilds/{guild_id}/roles",
    "GET /guilds/{guild_id}/members/{user_id}",
    "GET /guilds/{guild_id}/scheduled-events",
    "GET /guilds/{guild_id}/threads/active",
];
const REPLY: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";

/// Asks, and waits for what is found.
async fn report(world: &World, organiser: &Person) -> Reply {
    let reply = organiser.slash("club health").send().await;
    assert_eq!(reply.kind(), ReplyKind::Deferred, "{}", reply.text());
    assert!(reply.is_ephemeral());
    world.settle().await;
    reply.settled().await
}

fn inject(world: &World, on: Match, times: Times, kind: FaultKind) -> FaultId {
    world.discord.faults().inject(Fault { on, times, kind })
}

/// Has every read fail in a way.
fn fail_reads(world: &World, times: Times, kind: &FaultKind) -> Vec<FaultId> {
    READS.map(|route| inject(world, Match::route(route), times, kind.clone())).to_vec()
}

/// Changes the club's settings by hand.
async fn set(world: &World, change: impl FnOnce(&mut ClubSettings)) {
    let store = world.service().store();
    let guild = Id::new(world.guild.id().get());
    let mut club = clubs::of_guild(store, guild).await.unwrap().unwrap();
    change(&mut club.settings);
    let tx = store.begin().await.unwrap();
    clubs::save(&tx, &club, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn is_well(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let mark = world.discord.mark();
    let reply = report(&world, &club.organiser).await;
    assert!(reply.text().contains("All is well."), "{}", reply.text());
    assert!(!reply.text().contains("⚠️"), "{}", reply.text());
    let mut routes = world.routes_since(mark);
    let last = routes.pop();
    routes.sort_unstable();
    let mut expected = READS;
    expected.sort_unstable();
    assert_eq!((routes.as_slice(), last.as_deref()), (&expected.map(str::to_owned)[..], Some(REPLY)));

    let again = club.organiser.press(&reply.message(), "Check again").await;
    assert_eq!(again.kind(), ReplyKind::Deferred, "{}", again.text());
    world.settle().await;
    assert!(again.settled().await.text().contains("All is well."));
    world.end().await;
}

#[tokio::test]
async fn a_server_in_order_is_well_on_sqlite() {
    is_well(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_server_in_order_is_well_on_postgresql_and_redis() {
    is_well(Pair::Postgres).await;
}

async fn finds_what_is_wrong(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let members = world.guild.role("Members");
    set(&world, |settings| {
        settings.member_role = Some(Id::new(members.id.get()));
        settings.organiser_role = Some(Id::new(4_711));
    })
    .await;
    world.guild.bot_role_position(1);
    world.guild.bot_loses(Permissions::CONNECT);
    world.discord.members_intent(MembersIntent::Off);
    let now = world.clock.now();
    for at in 1..=95_u64 {
        let times = (now + Duration::from_secs(3_600 * at), now + Duration::from_secs(3_600 * at + 60));
        let place = EventPlace::External("iRacing".to_owned());
        world.guild.by_hand().schedule(("Practice", "", place), times);
    }
    let reply = report(&world, &club.organiser).await;
    let text = reply.text();
    let expected = [
        "2 problems and 4 warnings.",
        "❌ **Permissions** · problem: Connect missing.",
        "❌ **Role order** · problem: the bot can't give **Members**",
        "⚠️ **Role order** · warning: the organisers' role was deleted",
        "⚠️ **Server Members Intent** · warning: off",
        "⚠️ **Scheduled events** · warning: 95 of 100.",
        "⚠️ **Member sync** · warning: none has run yet, so that nobody has what the club chose for its people.",
        "✅ **Channels** · fine:",
    ];
    for line in expected {
        assert!(text.contains(line), "{line:?} is missing:\n{text}");
    }
    let links: Vec<String> = reply.message().buttons().into_iter().filter_map(|button| button.url).collect();
    let install = format!("/install?server={}", world.guild.id());
    assert!(links.iter().any(|link| link.ends_with(&install)), "{links:?}");
    let portal =
        format!("https://discord.com/developers/applications/{}/bot", world.discord.application().id);
    assert!(links.contains(&portal), "{links:?}");

    // The panel and /info lead to the same page.
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("**Permissions:** Connect missing here."), "{}", panel.text());
    for reply in [panel, club.organiser.slash("info").send().await] {
        let fix = reply.message().button("Fix permissions").unwrap();
        assert!(fix.url.unwrap().ends_with(&install));
    }
    let info = world.member("Anna").slash("info").send().await.message();
    assert!(info.text().contains("Connect missing") && info.button("Fix permissions").is_none());
    world.end().await;
}

#[tokio::test]
async fn everything_wrong_is_found_with_its_fix_on_sqlite() {
    finds_what_is_wrong(Pair::Sqlite).await;
}

#[tokio::test]
async fn everything_wrong_is_found_with_its_fix_on_postgresql_and_redis() {
    finds_what_is_wrong(Pair::Postgres).await;
}

#[tokio::test]
async fn only_organisers_are_told_and_discord_is_not_asked_for_others() {
    let world = World::new(Pair::Sqlite).await;
    let admin = world.guild.organiser("Olivia");
    let reply = admin.slash("club health").send().await;
    assert!(reply.text().contains("`/club setup`"), "{}", reply.text());
    let club = world.club().await;
    let panel = club.organiser.slash("club panel").send().await.message();
    club.organiser.take(&world.guild.role_with("Organisers", Permissions::MANAGE_GUILD));
    let mark = world.discord.mark();
    let reply = club.organiser.press(&panel, "Check health").await;
    assert!(reply.text().contains("organiser"), "{}", reply.text());
    assert_eq!(reply.kind(), ReplyKind::Message);
    world.settle().await;
    assert_eq!(world.routes_since(mark), [""; 0]);
    world.end().await;
}

#[tokio::test]
async fn a_read_that_fails_once_is_made_again() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ways = [FaultKind::DropBefore, FaultKind::DropAfter, FaultKind::Status { status: 502, code: 0 }];
    for way in ways {
        fail_reads(&world, Times::Once, &way);
        let reply = report(&world, &club.organiser).await;
        assert!(reply.text().contains("All is well."), "{way:?}: {}", reply.text());
    }
    world.end().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_said() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let threads = Match::route("GET /guilds/{guild_id}/threads/active");
    let events = Match::route("GET /guilds/{guild_id}/scheduled-events");
    let away = FaultKind::Status { status: 500, code: 0 };
    let faults = [
        inject(&world, threads, Times::UntilCleared, away.clone()),
        inject(&world, events, Times::UntilCleared, FaultKind::Status { status: 403, code: 50001 }),
    ];
    let reply = report(&world, &club.organiser).await;
    let text = reply.text();
    assert!(text.contains("2 things that couldn't be read."), "{text}");
    assert!(text.contains("❔ **Threads** · not known: Discord didn't answer."), "{text}");
    assert!(text.contains("❔ **Scheduled events** · not known: the bot may not read it."), "{text}");
    assert!(text.contains("✅ **Permissions** · fine"), "{text}");
    faults.into_iter().for_each(|fault| world.discord.faults().clear(fault));

    let all = fail_reads(&world, Times::UntilCleared, &away);
    let text = report(&world, &club.organiser).await.text();
    assert!(text.contains("8 things that couldn't be read."), "{text}");
    all.into_iter().for_each(|fault| world.discord.faults().clear(fault));
    assert!(report(&world, &club.organiser).await.text().contains("All is well."));
    world.end().await;
}

#[tokio::test]
async fn a_report_that_gets_lost_is_sent_again() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    for way in [FaultKind::DropBefore, FaultKind::DropAfter, FaultKind::Status { status: 500, code: 0 }] {
        inject(&world, Match::route(REPLY), Times::Once, way.clone());
        let reply = report(&world, &club.organiser).await;
        assert!(reply.text().contains("All is well."), "{way:?}: {}", reply.text());
        assert_eq!(reply.followups().len(), 0);
    }
    world.end().await;
}

async fn is_made_once(pair: Pair) {
    let mut world = World::new(pair).await;
    world.serve().await;
    let organiser = world.club().await.organiser;
    let mark = world.discord.mark();
    let reply = organiser.slash("club health").send().await;
    let again = world.discord.redeliver(&reply).await;
    assert_eq!(again.answer(), reply.answer());
    for _ in 0..3 {
        world.service().tick().await.unwrap();
    }
    world.settle().await;
    assert!(reply.settled().await.text().contains("All is well."));
    let sent = world.routes_since(mark).into_iter().filter(|route| route == REPLY).count();
    assert_eq!(sent, 1);
    world.end().await;
}

#[tokio::test]
async fn two_processes_and_a_repeated_command_make_one_report_on_sqlite() {
    is_made_once(Pair::Sqlite).await;
}

#[tokio::test]
async fn two_processes_and_a_repeated_command_make_one_report_on_postgresql_and_redis() {
    is_made_once(Pair::Postgres).await;
}

/// The process dies with a call under way; its successor finds out anew once the claim has run out.
async fn outlives_its_process(pair: Pair, before_effect: bool) {
    let short = Timings { call: Duration::from_secs(1), ..timings() };
    let mut world = World::with(pair, Setting { timings: short, ..Setting::default() }).await;
    let organiser = world.club().await.organiser;
    let gate = Gate::closed();
    let hold = FaultKind::Hold { before_effect, gate: gate.clone() };
    inject(&world, Match::route(READS[5]), Times::Once, hold);
    let reply = organiser.slash("club health").send().await;
    gate.arrived(1).await;
    world.kill_oldest().await;
    gate.open();
    world.serve().await;
    world.settle().await;
    assert!(reply.settled().await.text().contains("All is well."));
    world.end().await;
}

#[tokio::test]
async fn a_report_outlives_its_process_on_sqlite() {
    for before_effect in [true, false] {
        outlives_its_process(Pair::Sqlite, before_effect).await;
    }
}

#[tokio::test]
async fn a_report_outlives_its_process_on_postgresql_and_redis() {
    outlives_its_process(Pair::Postgres, true).await;
}

#[tokio::test]
async fn a_club_that_is_gone_meanwhile_is_told_so() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let gate = Gate::closed();
    inject(
        &world,
        Match::route(READS[5]),
        Times::Once,
        FaultKind::Hold { before_effect: true, gate: gate.clone() },
    );
    let reply = club.organiser.slash("club health").send().await;
    gate.arrived(1).await;
    world.guild.remove_bot();
    gate.open();
    world.settle().await;
    let guild = guilds::by_id(world.service().store(), Id::new(world.guild.id().get())).await.unwrap();
    assert!(guild.is_some());
    assert!(
        reply.settled().await.text().contains("the bot may not read it"),
        "{}",
        reply.settled().await.text()
    );
    world.end().await;
}
