//! What isn't there any more: roles and people, cards, the organisers' channel, the guild; and what an attempt has made for nothing.

use sandbox::{Fault, FaultKind, Match, Permissions, Times, model::ChannelKind};

use crate::world::{CHANNEL, Club, EVE, EventForm, OVER, Pair, SERIES, World};

const CREATE: &str = "POST /guilds/{guild_id}/channels";
const OVERWRITE: &str = "PUT /channels/{channel_id}/permissions/{overwrite_id}";

async fn panel(club: &Club<'_>) -> String {
    club.organiser.slash("club panel").send().await.text()
}

fn lose_the_answer(world: &World, route: &'static str) {
    world.discord.faults().inject(Fault {
        on: Match::route(route),
        times: Times::Once,
        kind: FaultKind::DropAfter,
    });
}

#[tokio::test]
async fn race_voice_opens_without_a_role_that_is_gone() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let stewards = world.guild.role("Stewards");
    club.choose("General", "Organiser role", "Stewards").await;
    let anna = world.member("Anna");
    anna.press(&club.card(CHANNEL), "Sign up").await;
    world.guild.by_hand().delete_role(stewards.id);
    world.at(EVE).await;
    world.minute().await;
    let voice = club.channel("Spa 6 Hours");
    let admitted = voice.overwrite(anna.id()).map(|ours| ours.allow);
    assert!(admitted.is_some_and(|allow| allow.contains(Permissions::CONNECT)), "the drivers are let in");
    assert_eq!(voice.overwrite(stewards.id), None);
    assert!(panel(&club).await.contains("All is well"));
    world.end().await;
}

#[tokio::test]
async fn a_driver_whose_account_is_gone_keeps_nobody_out() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.at(EVE).await;
    let (anna, ben) = (world.member("Anna"), world.member("Ben"));
    world.discord.faults().inject(Fault {
        on: Match::route(OVERWRITE),
        times: Times::Once,
        kind: FaultKind::Status { status: 404, code: 10_013 },
    });
    for who in [&anna, &ben] {
        who.press(&club.card(CHANNEL), "Sign up").await;
        world.settle().await;
    }
    let voice = || club.channel("Spa 6 Hours");
    assert_eq!(voice().overwrite(anna.id()), None);
    assert!(voice().overwrite(ben.id()).is_some());
    assert!(panel(&club).await.contains("All is well"));
    world.day().await;
    assert!(voice().overwrite(anna.id()).is_some(), "who is back is let in after a day");
    world.end().await;
}

#[tokio::test]
async fn a_card_deleted_by_hand_is_back_after_the_full_check() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.guild.by_hand().delete_message(club.card(CHANNEL).id);
    world.day().await;
    assert!(club.card(CHANNEL).text().contains("Spa 6 Hours"));
    let cards = club.channel(CHANNEL).messages();
    assert_eq!(cards.iter().filter(|message| message.button("Sign up").is_some()).count(), 1);
    world.end().await;
}

#[tokio::test]
async fn what_is_over_is_not_asked_about_when_people_delete_it() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    world.guild.by_hand().delete(club.channel(CHANNEL).id);
    world.day().await;
    world.at(OVER).await;
    world.guild.by_hand().delete(club.channel(CHANNEL).id);
    world.day().await;
    assert!(world.guild.channel_named(CHANNEL).is_none());
    assert!(panel(&club).await.contains("All is well"));
    world.end().await;
}

#[tokio::test]
async fn a_deleted_organiser_channel_costs_no_calls_and_stands_in_the_panel() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let office = world.guild.by_hand().create(ChannelKind::Text, "office", None);
    club.choose("General", "Organiser channel", "office").await;
    world.guild.by_hand().delete(office.id);
    world.guild.by_hand().rename(club.channel(CHANNEL).id, "spa-at-night");
    world.day().await;
    let mark = world.discord.mark();
    world.minute().await;
    assert!(world.routes_since(mark).is_empty());
    assert!(panel(&club).await.contains("Your organiser channel was deleted"));
    let office = world.guild.by_hand().create(ChannelKind::Text, "office", None);
    club.choose("General", "Organiser channel", "office").await;
    world.minute().await;
    assert!(!panel(&club).await.contains("Your organiser channel was deleted"));
    let posted = office.messages();
    assert_eq!(posted.len(), 1, "what was asked meanwhile");
    assert!(posted[0].text().contains("was changed by hand"));
    world.end().await;
}

#[tokio::test]
async fn what_an_attempt_made_for_nothing_is_taken_away() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    lose_the_answer(&world, CREATE);
    world.at(EVE).await;
    assert!(world.guild.channel_named("Spa 6 Hours").is_some());
    club.settings("Race voice")
        .await
        .check("Open a voice channel for each race", false)
        .submit()
        .await
        .settled()
        .await;
    world.settle().await;
    world.attempts_over().await;
    world.minute().await;
    assert!(world.guild.channel_named("Spa 6 Hours").is_none());
    world.end().await;
}

#[tokio::test]
async fn what_an_attempt_made_is_found_under_the_name_that_it_gave() {
    let world = World::new(Pair::Sqlite).await;
    world.guild.bot_loses(Permissions::VIEW_AUDIT_LOG);
    let club = world.club().await;
    club.series(SERIES).await;
    world.settle().await;
    lose_the_answer(&world, CREATE);
    club.event(Some(SERIES), EventForm::default()).await;
    world.settle().await;
    club.manage("Edit").await.modal().fill("Name", "Spa 7 Hours").submit().await.settled().await;
    world.attempts_over().await;
    world.minute().await;
    assert!(world.guild.channel_named(CHANNEL).is_none());
    assert_eq!(world.guild.channels_named("winter-cup-spa-7-hours-2026-12-05").len(), 1);
    world.end().await;
}

#[tokio::test]
async fn a_guild_that_is_gone_is_left_in_peace_until_it_is_back() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let permissions = world.guild.bot_permissions();
    world.guild.remove_bot();
    world.day().await;
    let mark = world.discord.mark();
    world.at(EVE).await;
    assert!(world.routes_since(mark).is_empty());
    world.guild.install_bot(permissions);
    panel(&club).await;
    world.minute().await;
    assert!(world.guild.channel_named("Spa 6 Hours").is_some(), "what came due meanwhile");
    world.end().await;
}
