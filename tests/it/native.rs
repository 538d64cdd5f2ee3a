//! Events among Discord's own scheduled ones: they follow the club's, and where Discord refuses them nothing else suffers.

use std::time::Duration;

use sandbox::{
    Fault, FaultKind, Match, Permissions, Times,
    model::{EventPlace, EventStatus, ScheduledEvent},
};

use crate::world::{CHANNEL, Club, EVE, EventForm, Pair, SERIES, World};

const CREATE: &str = "POST /guilds/{guild_id}/scheduled-events";
const LIST: &str = "GET /guilds/{guild_id}/scheduled-events";
const EDIT: &str = "PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}";
const DELETE: &str = "DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}";

/// The guild's scheduled events that are ahead or on.
fn ahead(world: &World) -> Vec<ScheduledEvent> {
    world.guild.snapshot().events
}

/// The only one.
fn event(world: &World) -> ScheduledEvent {
    let mut events = ahead(world);
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0)
}

fn place(event: &ScheduledEvent) -> &str {
    match &event.place {
        EventPlace::External(place) => place,
        EventPlace::Voice(_) => panic!("it takes place in a voice channel"),
    }
}

async fn edit(club: &Club<'_>, fields: &[(&str, &str)]) {
    let form = club.manage("Edit").await.modal();
    let form = fields.iter().fold(form, |form, (field, typed)| form.fill(field, typed));
    let reply = form.submit().await.settled().await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    club.world.settle().await;
}

async fn cancel(club: &Club<'_>) {
    club.manage("Cancel event").await.modal().fill("Reason", "Fog").submit().await.settled().await;
    club.world.settle().await;
}

async fn panel(club: &Club<'_>) -> String {
    club.organiser.slash("club panel").send().await.text()
}

async fn health(club: &Club<'_>) -> String {
    let reply = club.organiser.slash("club health").send().await;
    club.world.settle().await;
    reply.settled().await.text()
}

async fn switch(club: &Club<'_>, on: bool) {
    let form = club.settings("Channels").await.check("Discord events", on);
    form.submit().await.settled().await;
    club.world.settle().await;
}

fn fail(world: &World, route: &'static str, times: Times, kind: FaultKind) -> sandbox::FaultId {
    world.discord.faults().inject(Fault { on: Match::route(route), times, kind })
}

async fn follows(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    let made = event(&world);
    let link = format!("https://discord.com/channels/{}/{}", world.guild.id(), club.channel(CHANNEL).id);
    assert_eq!((made.name.as_str(), place(&made)), ("Spa 6 Hours", link.as_str()));
    assert_eq!(
        (made.starts.to_string(), made.ends.to_string()),
        ("2026-12-05T13:00:00Z".into(), "2026-12-05T19:00:00Z".into())
    );
    assert!(made.description.contains(SERIES) && made.description.contains(&link), "{}", made.description);
    assert!(world.guild.snapshot().user(made.creator).is_some_and(|user| user.bot));

    for (fields, expected) in [
        (&[("Name", "Spa 8 Hours")][..], vec!["PATCH /channels/{channel_id}", EDIT_CARD, EDIT]),
        (&[("Start", "2026-12-05 15:00")][..], vec![EDIT_CARD, EDIT]),
        (&[("Length", "8h")][..], vec!["PATCH /channels/{channel_id}", EDIT_CARD, EDIT]),
        (&[("Description", "Bring lights.")][..], vec![EDIT_CARD]),
    ] {
        world.advance(Duration::from_secs(600)).await;
        let mark = world.discord.mark();
        edit(&club, fields).await;
        let mut routes = world.routes_since(mark);
        routes.sort();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        expected.sort();
        assert_eq!(routes, expected, "{fields:?}");
    }
    let edited = event(&world);
    assert_eq!((edited.id, edited.name.as_str()), (made.id, "Spa 8 Hours"));
    assert_eq!(
        (edited.starts.to_string(), edited.ends.to_string()),
        ("2026-12-05T14:00:00Z".into(), "2026-12-05T22:00:00Z".into())
    );

    world.at("2026-12-04T14:00:00Z").await;
    let voice = club.channel("Spa 8 Hours").id.to_string();
    assert!(place(&event(&world)).ends_with(&voice), "race voice is the place once it is open");
    world.at("2026-12-05T14:00:00Z").await;
    assert_eq!(event(&world).status(world.clock.now()), EventStatus::Active, "Discord starts it");
    let mark = world.discord.mark();
    world.at("2026-12-05T22:00:00Z").await;
    assert!(ahead(&world).is_empty(), "Discord ends it");
    world.at("2026-12-07T22:00:00Z").await;
    let touched = world.routes_since(mark).into_iter().filter(|route| route.contains("scheduled-events"));
    assert_eq!(touched.count(), 0, "what is over is left alone");
    world.end().await;
}

const EDIT_CARD: &str = "PATCH /channels/{channel_id}/messages/{message_id}";

#[tokio::test]
async fn it_follows_the_event_through_its_life_on_sqlite() {
    follows(Pair::Sqlite).await;
}

#[tokio::test]
async fn it_follows_the_event_through_its_life_on_postgresql_and_redis() {
    follows(Pair::Postgres).await;
}

#[tokio::test]
async fn it_goes_when_the_event_is_cancelled_even_while_it_is_on() {
    for at in [EVE, "2026-12-05T15:00:00Z"] {
        let world = World::new(Pair::Sqlite).await;
        let club = world.with_event().await;
        world.at(at).await;
        let mark = world.discord.mark();
        cancel(&club).await;
        assert_eq!(world.routes_since(mark).iter().filter(|route| *route == DELETE).count(), 1);
        assert!(world.guild.snapshot().events.is_empty());
        world.end().await;
    }
}

#[tokio::test]
async fn deleted_by_hand_it_is_made_again_once_and_then_after_a_yes() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.guild.by_hand().unschedule(event(&world).id);
    world.day().await;
    let again = event(&world).id;
    world.guild.by_hand().unschedule(again);
    edit(&club, &[("Name", "Spa 8 Hours")]).await;
    world.minute().await;
    assert!(ahead(&world).is_empty());
    assert!(panel(&club).await.contains("The Discord event of Spa 8 Hours was deleted again"));
    let asked = club.organiser.slash("club panel").send().await.message();
    club.organiser.press(&asked, "Make it again").await;
    world.settle().await;
    assert_eq!(event(&world).name, "Spa 8 Hours");
    world.end().await;
}

async fn forbidden(pair: Pair) {
    let world = World::new(pair).await;
    world.guild.bot_loses(Permissions::CREATE_EVENTS);
    let club = world.with_event().await;
    assert!(ahead(&world).is_empty());
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"), "the rest goes on");
    let mark = world.discord.mark();
    for _ in 0..60 {
        world.pass(Duration::from_secs(60)).await;
    }
    assert!(world.routes_since(mark).iter().filter(|route| *route == CREATE).count() < 6);
    assert!(panel(&club).await.contains("All is well"), "{}", panel(&club).await);
    let report = health(&club).await;
    assert!(
        report.contains("⚠️ **Scheduled events** · warning: the bot lacks **Create Events**"),
        "{report}"
    );
    assert!(!report.contains("fails for"), "{report}");
    assert_eq!(world.service().left().await.unwrap(), None, "nothing is left undone meanwhile");

    world.guild.bot_gains(Permissions::CREATE_EVENTS);
    world.advance(Duration::from_secs(601)).await;
    assert!(!health(&club).await.contains("Create Events"));
    world.minute().await;
    assert_eq!(event(&world).name, "Spa 6 Hours");
    world.end().await;
}

#[tokio::test]
async fn without_the_permission_the_health_report_says_so_and_the_rest_goes_on_on_sqlite() {
    forbidden(Pair::Sqlite).await;
}

#[tokio::test]
async fn without_the_permission_the_health_report_says_so_and_the_rest_goes_on_on_postgresql_and_redis() {
    forbidden(Pair::Postgres).await;
}

#[tokio::test]
async fn where_there_is_no_room_it_comes_once_there_is() {
    let world = World::new(Pair::Sqlite).await;
    let times = |hours: u64| {
        let at = |hours: u64| world.clock.now() + Duration::from_secs(3_600 * hours);
        (at(hours), at(hours + 1))
    };
    let place = || EventPlace::External("iRacing".to_owned());
    let theirs: Vec<_> = (1..=100)
        .map(|n| world.guild.by_hand().schedule(("Practice", "", place()), times(200 + n)))
        .collect();
    let club = world.with_event().await;
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"), "the rest goes on");
    assert!(panel(&club).await.contains("All is well"));
    assert!(health(&club).await.contains("**Scheduled events** · problem: 100 of 100."));
    theirs.into_iter().for_each(|event| world.guild.by_hand().unschedule(event));
    world.day().await;
    assert_eq!(event(&world).name, "Spa 6 Hours");
    world.end().await;
}

#[tokio::test]
async fn switched_off_and_on_it_goes_and_comes_back_and_nothing_else_changes() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let theirs = EventPlace::External("iRacing".to_owned());
    let times = (world.clock.now() + Duration::from_secs(60), world.clock.now() + Duration::from_secs(7_200));
    world.guild.by_hand().schedule(("Practice", "", theirs), times);
    let mark = world.discord.mark();
    switch(&club, false).await;
    assert_eq!(event(&world).name, "Practice");
    assert_eq!(world.routes_since(mark), [DELETE]);
    let mark = world.discord.mark();
    switch(&club, true).await;
    assert_eq!(ahead(&world).len(), 2);
    assert_eq!(world.routes_since(mark), [CREATE]);
    world.end().await;
}

#[tokio::test]
async fn switched_off_one_that_is_on_stays_to_its_end() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at("2026-12-05T14:00:00Z").await;
    switch(&club, false).await;
    assert_eq!(event(&world).name, "Spa 6 Hours");
    world.at("2026-12-05T19:00:00Z").await;
    world.end().await;
}

#[tokio::test]
async fn what_an_attempt_has_made_is_found_and_a_moderators_is_never_ours() {
    for landed in [false, true] {
        let world = World::new(Pair::Sqlite).await;
        let club = world.club().await;
        club.series(SERIES).await;
        world.settle().await;
        let kind = if landed { FaultKind::DropAfter } else { FaultKind::DropBefore };
        fail(&world, CREATE, Times::Once, kind);
        club.event(Some(SERIES), EventForm::default()).await;
        world.settle().await;
        let times = ("2026-12-05T13:00:00Z".parse().unwrap(), "2026-12-05T19:00:00Z".parse().unwrap());
        let place = EventPlace::External("iRacing".to_owned());
        let theirs = world.guild.by_hand().schedule(("Spa 6 Hours", "", place), times);
        world.attempts_over().await;
        let mark = world.discord.mark();
        world.minute().await;
        assert_eq!(world.routes_since(mark)[0], LIST);
        assert_eq!(ahead(&world).len(), 2, "theirs and ours, and no third");
        cancel(&club).await;
        assert_eq!(event(&world).id, theirs);
        world.end().await;
    }
}
