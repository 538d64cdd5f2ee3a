//! What people do by hand: it stays theirs, and what they delete is made again once, then only after a yes.

use std::time::Duration;

use sandbox::{
    Channel, Fault, FaultKind, Match, Message, Permissions, Times,
    model::ChannelKind,
    people::{OptionValue, Reply},
};

use crate::world::{CHANNEL, Club, EVE, EventForm, OVER, Pair, SERIES, World};

const CREATE: &str = "POST /guilds/{guild_id}/channels";

async fn panel(club: &Club<'_>) -> Message {
    club.organiser.slash("club panel").send().await.message()
}

async fn answer(club: &Club<'_>, button: &str) -> Reply {
    let reply = club.organiser.press(&panel(club).await, button).await;
    club.world.settle().await;
    reply
}

/// An event whose channel is being made when the connection breaks, while a moderator makes one of the same name and place.
async fn beside_a_moderators(world: &World, landed: bool) -> (Club<'_>, Channel) {
    let club = world.club().await;
    club.series(SERIES).await;
    world.settle().await;
    let category = club.channel(SERIES).id;
    let kind = if landed { FaultKind::DropAfter } else { FaultKind::DropBefore };
    world.discord.faults().inject(Fault { on: Match::route(CREATE), times: Times::Once, kind });
    club.event(Some(SERIES), EventForm::default()).await;
    world.settle().await;
    let theirs = world.guild.by_hand().create(ChannelKind::Text, CHANNEL, Some(category));
    world.attempts_over().await;
    world.minute().await;
    (club, theirs)
}

#[tokio::test]
async fn a_moderators_channel_of_the_same_name_and_place_is_never_ours() {
    for landed in [false, true] {
        let world = World::new(Pair::Sqlite).await;
        let (club, theirs) = beside_a_moderators(&world, landed).await;
        let channels = world.guild.channels_named(CHANNEL);
        assert_eq!(channels.len(), 2, "theirs and ours");
        assert!(theirs.messages().is_empty(), "no card in theirs");
        club.choose("Channels", "A finished event's channel", "Delete it").await;
        world.at(OVER).await;
        let left: Vec<_> = world.guild.channels_named(CHANNEL).iter().map(|channel| channel.id).collect();
        assert_eq!(left, [theirs.id]);
        world.end().await;
    }
}

#[tokio::test]
async fn a_moderators_channel_is_never_ours_without_the_audit_log_either() {
    for landed in [false, true] {
        let world = World::new(Pair::Sqlite).await;
        world.guild.bot_loses(Permissions::VIEW_AUDIT_LOG);
        let (club, theirs) = beside_a_moderators(&world, landed).await;
        assert!(theirs.messages().is_empty(), "no card in theirs");
        assert_eq!(world.guild.channels_named(CHANNEL).len(), 2, "theirs and ours, and no third");
        club.choose("Channels", "A finished event's channel", "Delete it").await;
        world.at(OVER).await;
        assert!(theirs.again().is_some(), "theirs is never deleted");
        world.end().await;
    }
}

#[tokio::test]
async fn a_channel_deleted_by_hand_is_made_again_once_and_then_after_a_yes() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.guild.by_hand().delete(club.channel(CHANNEL).id);
    world.day().await;
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"), "channel and card are made again");
    world.guild.by_hand().delete(club.channel(CHANNEL).id);
    world.day().await;
    assert!(world.guild.channel_named(CHANNEL).is_none());
    let asked = panel(&club).await;
    assert!(asked.text().contains("was deleted again"), "{}", asked.text());
    world.day().await;
    assert!(world.guild.channel_named(CHANNEL).is_none(), "not without a yes");
    answer(&club, "Make it again").await;
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"));
    world.end().await;
}

#[tokio::test]
async fn race_voice_deleted_by_hand_twice_is_left_alone_after_a_no() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at(EVE).await;
    let voice = || world.guild.channel_named("Spa 6 Hours");
    for _ in 0..2 {
        world.guild.by_hand().delete(voice().unwrap().id);
        let who = world.member("Anna");
        who.press(&club.card(CHANNEL), "Sign up").await;
        world.settle().await;
        club.withdraw(CHANNEL, &who).await;
        world.settle().await;
    }
    assert!(voice().is_none());
    answer(&club, "Leave it").await;
    world.day().await;
    assert!(voice().is_none());
    assert!(panel(&club).await.text().contains("All is well"));
    world.end().await;
}

#[tokio::test]
async fn a_name_that_people_gave_stays_until_an_organiser_uses_ours() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let channel = club.channel(CHANNEL);
    world.guild.by_hand().rename(channel.id, "spa-at-night");
    world.day().await;
    let edited = club.manage("Edit").await.modal().fill("Name", "Spa 7 Hours").submit().await.settled().await;
    assert!(edited.failure().is_none());
    world.settle().await;
    assert_eq!(channel.again().unwrap().name, "spa-at-night");
    answer(&club, "Use ours").await;
    assert_eq!(channel.again().unwrap().name, "winter-cup-spa-7-hours-2026-12-05");
    world.end().await;
}

#[tokio::test]
async fn the_full_check_mends_what_is_ours_and_leaves_a_moderators() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at(EVE).await;
    let hands = world.guild.by_hand();
    let (channel, voice) = (club.channel(CHANNEL), club.channel("Spa 6 Hours"));
    let (guests, everyone) = (world.guild.role("Guests"), world.guild.id());
    hands.move_to(channel.id, None);
    hands.delete_overwrite(voice.id, everyone);
    hands.set_role_overwrite(voice.id, guests.id, Permissions::SPEAK, Permissions::NONE);
    world.day().await;
    assert_eq!(channel.again().unwrap().parent, Some(club.channel(SERIES).id));
    let voice = voice.again().unwrap();
    let denied = voice.overwrite(everyone).map(|ours| ours.deny);
    assert_eq!(denied, Some(Permissions::CONNECT), "ours is back");
    assert_eq!(voice.overwrite(guests.id).map(|theirs| theirs.allow), Some(Permissions::SPEAK));
    world.end().await;
}

#[tokio::test]
async fn a_question_is_posted_once_where_the_organisers_are() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let office = world.guild.by_hand().create(ChannelKind::Text, "office", None);
    club.choose("General", "Organiser channel", "office").await;
    world.guild.by_hand().rename(club.channel(CHANNEL).id, "spa-at-night");
    world.day().await;
    world.day().await;
    let posted = office.messages();
    assert_eq!(posted.len(), 1);
    assert!(posted[0].text().contains("was changed by hand"), "{}", posted[0].text());
    club.organiser.press(&posted[0], "Use ours").await;
    world.settle().await;
    assert!(world.guild.channel_named(CHANNEL).is_some());
    world.end().await;
}

#[tokio::test]
async fn an_adopted_category_keeps_its_name_and_is_never_deleted() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let paddock = world.guild.by_hand().create(ChannelKind::Category, "Paddock", None);
    let slash = club.organiser.slash("series create").option("category", OptionValue::Channel(paddock.id));
    slash.send().await.modal().fill("Name", SERIES).submit().await.settled().await;
    club.event(Some(SERIES), EventForm::default()).await;
    world.settle().await;
    assert_eq!(club.channel(CHANNEL).parent, Some(paddock.id));
    club.choose("Channels", "A finished event's channel", "Delete it").await;
    world.at(OVER).await;
    world.day().await;
    assert_eq!(paddock.again().unwrap().name, "Paddock");
    assert!(world.guild.channel_named(SERIES).is_none());
    world.end().await;
}

/// Race voice of 22 events stands, and the club has no use for it any more.
async fn with_surplus(world: &World) -> Club<'_> {
    let club = world.club().await;
    for n in 1..=22 {
        club.event(None, EventForm { name: &format!("Sprint {n}"), ..EventForm::default() }).await;
        world.pass(Duration::from_secs(15)).await;
    }
    world.at(EVE).await;
    pass_until_idle(world).await;
    let form = club.settings("Race voice").await;
    form.check("Open a voice channel for each race", false).submit().await.settled().await;
    pass_until_idle(world).await;
    club
}

/// Rate limits take their time.
async fn pass_until_idle(world: &World) {
    for _ in 0..20 {
        world.pass(Duration::from_secs(15)).await;
    }
}

fn voices(world: &World) -> usize {
    world.guild.channels().iter().filter(|channel| channel.kind == ChannelKind::Voice).count()
}

#[tokio::test]
async fn more_than_twenty_deletions_an_hour_wait_for_a_yes() {
    let world = World::new(Pair::Sqlite).await;
    let club = with_surplus(&world).await;
    assert_eq!(voices(&world), 2, "twenty are gone");
    assert!(panel(&club).await.text().contains("Deletions are paused"));
    answer(&club, "Allow").await;
    pass_until_idle(&world).await;
    assert_eq!(voices(&world), 0);
    world.end().await;
}

#[tokio::test]
async fn what_is_kept_instead_stays_for_good() {
    let world = World::new(Pair::Sqlite).await;
    let club = with_surplus(&world).await;
    answer(&club, "Keep").await;
    world.pass(Duration::from_secs(600)).await;
    world.day().await;
    assert_eq!(voices(&world), 2);
    world.end().await;
}
