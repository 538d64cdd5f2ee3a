//! A sync from its preview to its undoing.

use std::time::Duration;

use sandbox::{MembersIntent, people::Person};
use simlane::{
    domain::{
        account::Account,
        id::{ClubId, UserId},
        member::LinkedBy,
        sync::{SyncKind, Trouble},
    },
    store::{audit::Doer, users},
};
use twilight_model::id::Id;
use uuid::Uuid;

use super::{named, set_member_role};
use crate::world::{CHANNEL, Pair, World};

/// A preview changes nothing, Apply makes exactly it, and Undo takes it back.
async fn is_shown_applied_and_undone(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let (ana, ben, wanderer) = (world.member("Ana Pereira"), world.member("Bee"), world.member("Wanderer"));
    ben.nickname(Some("Okafor, Ben | GT3"));
    world.enter([named("Ana Pereira"), named("Ben Okafor"), named("Cleo Lang")]).await;

    let preview = club.sync("preview").await;
    assert!(preview.is_ephemeral(), "{}", preview.text());
    let text = preview.text();
    assert!(text.contains("**2** likely") && text.contains("**1** unmatched"), "{text}");
    assert!(text.contains(&ana.mention()) && text.contains("Ana Pereira"), "{text}");
    assert_eq!((world.who(&ana).await, world.who(&wanderer).await), (None, None), "nothing has changed yet");

    let offered = preview.message();
    let apply = offered.button("Apply").unwrap().custom_id.unwrap();
    let applied = club.press(&offered, "Apply").await;
    assert!(applied.text().contains("Member sync done"), "{}", applied.text());
    assert_eq!(world.who(&ana).await, Some(("Ana Pereira".to_owned(), Some(LinkedBy::Sync))));
    assert_eq!(world.who(&ben).await, Some(("Ben Okafor".to_owned(), Some(LinkedBy::Sync))));
    assert_eq!(world.who(&wanderer).await, Some(("Wanderer".to_owned(), None)));

    let again = club.organiser.press_custom_id(&offered, &apply).await;
    assert!(again.text().contains("applied, dropped, or waited too long"), "{}", again.text());
    let nothing = club.sync("preview").await;
    assert!(nothing.text().contains("Nothing changes"), "{}", nothing.text());

    let asked = club.sync("undo").await;
    assert!(asked.text().contains("Undo the last sync?"), "{}", asked.text());
    let undone = club.press(&asked.message(), "Undo").await;
    assert!(undone.text().contains("undone"), "{}", undone.text());
    assert_eq!((world.who(&ana).await, world.who(&wanderer).await), (None, None));
    let names: Vec<String> = world.members().await.iter().map(|one| one.entry.name.to_string()).collect();
    assert_eq!(names, ["Ana Pereira", "Ben Okafor", "Cleo Lang"], "the roster stays");
    let refused = club.sync("undo").await;
    assert!(refused.text().contains("no sync to undo"), "{}", refused.text());
    let status = club.sync("status").await;
    assert!(status.text().contains("undone") && status.text().contains("taken back"), "{}", status.text());
    world.end().await;
}

#[tokio::test]
async fn a_sync_is_shown_applied_and_undone_on_sqlite() {
    is_shown_applied_and_undone(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_sync_is_shown_applied_and_undone_on_postgresql_and_redis() {
    is_shown_applied_and_undone(Pair::Postgres).await;
}

/// Somebody who signed up before the club knew them keeps the sign-up when names tell who they are, and again when that is undone.
#[tokio::test]
async fn what_somebody_signed_up_for_goes_with_them() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let ana = world.member("Ana Pereira");
    ana.press(&club.card(CHANNEL), "Sign up").await;
    world.enter([named("Ana Pereira")]).await;
    club.sync("apply").await;
    assert_eq!(world.who(&ana).await.unwrap().1, Some(LinkedBy::Sync));
    world.settle().await;
    let me = ana.slash("me").send().await;
    assert!(me.text().contains("Spa 6 Hours") && me.text().contains("Ana Pereira"), "{}", me.text());
    let asked = club.sync("undo").await;
    club.press(&asked.message(), "Undo").await;
    let me = ana.slash("me").send().await;
    assert!(me.text().contains("Spa 6 Hours") && me.text().contains("Not linked"), "{}", me.text());
    world.pass(Duration::from_secs(20)).await;
    world.end().await;
}

/// People leave and come back; more than a fifth at once needs a yes.
#[tokio::test]
async fn who_leaves_is_marked_and_many_at_once_are_asked_about() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let people: Vec<Person> = (0..10).map(|number| world.member(&format!("Racer {number}"))).collect();
    club.sync("apply").await;
    people[0].leave();
    let left = club.sync("apply").await;
    assert!(left.text().contains("1 left"), "{}", left.text());
    people[0].join();
    let back = club.sync("apply").await;
    assert!(back.text().contains("1 back"), "{}", back.text());
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 0);

    people.iter().take(4).for_each(Person::leave);
    let asks = club.sync("apply").await;
    assert!(asks.text().contains("more than a fifth"), "{}", asks.text());
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 0);
    let kept = club.press(&asks.message(), "Cancel").await;
    assert!(kept.text().contains("nothing was changed"), "{}", kept.text());
    let asks = club.sync("apply").await;
    let gone = club.press(&asks.message(), "Apply, 4 leave").await;
    assert!(gone.text().contains("4 left"), "{}", gone.text());
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 4);
    world.end().await;
}

/// What has changed between the preview and the yes is left out, and told.
#[tokio::test]
async fn a_preview_is_applied_exactly_or_says_what_changed() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana Pereira");
    let users = world.enter([named("Ana Pereira")]).await;
    let preview = club.sync("preview").await;
    let late = world.member("Late Comer");
    // Ana has proved who she is meanwhile.
    let account = Account {
        global_name: Some("Ana Pereira".to_owned()),
        id: Id::new(ana.id().get()),
        nickname: None,
        username: "anapereira".to_owned(),
    };
    let tx = world.store().begin().await.unwrap();
    let now = world.clock.now();
    users::of_account(&tx, &account, UserId::new(Uuid::now_v7()), now).await.unwrap();
    let link = simlane::domain::member::Link { at: now, by: LinkedBy::Oauth };
    users::give(&tx, account.id, users[0], Some(link), None).await.unwrap();
    tx.commit().await.unwrap();
    let applied = club.press(&preview.message(), "Apply").await;
    assert!(applied.text().contains("left out"), "{}", applied.text());
    assert_eq!(world.who(&ana).await, Some(("Ana Pereira".to_owned(), Some(LinkedBy::Oauth))));
    assert_eq!(world.who(&late).await, None, "who came later is the next sync's");
    world.advance(Duration::from_secs(3_700)).await;
    let preview = club.sync("preview").await;
    world.advance(Duration::from_secs(3_601)).await;
    let late = club.press(&preview.message(), "Apply").await;
    assert!(late.text().contains("waited too long"), "{}", late.text());
    world.end().await;
}

/// Without the intent it says so, and goes on with the people who used the app.
#[tokio::test]
async fn without_the_intent_those_are_known_who_used_the_app() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let (ana, _ben) = (world.member("Ana Pereira"), world.member("Ben Okafor"));
    ana.press(&club.card(CHANNEL), "Sign up").await;
    world.enter([named("Ana Pereira"), named("Ben Okafor")]).await;
    world.discord.members_intent(MembersIntent::Off);
    let preview = club.sync("preview").await;
    let text = preview.text();
    assert!(text.contains("Server Members Intent") && text.contains("**1** likely"), "{text}");
    club.press(&preview.message(), "Apply").await;
    assert_eq!(world.who(&ana).await.unwrap().1, Some(LinkedBy::Sync));
    assert_eq!(world.runs().await[0].trouble, Some(Trouble::NoIntent));
    world.pass(Duration::from_secs(20)).await;
    world.end().await;
}

/// The member role is given to whoever lacks it, and taken again by an undo from those alone; a role above the bot's own is told.
#[tokio::test]
async fn the_member_role_is_given_and_taken_back() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let role = world.guild.role("Members");
    ben.give(&role);
    set_member_role(&world, &role).await;
    world.guild.bot_role_position(1_000);
    club.sync("apply").await;
    let has = |person: &Person| world.guild.snapshot().guild.members[&person.id()].roles.contains(&role.id);
    assert!(has(&ana) && has(&ben));
    let asked = club.sync("undo").await;
    club.press(&asked.message(), "Undo").await;
    assert!(!has(&ana) && has(&ben), "who had it before keeps it");
    world.guild.bot_role_position(1);
    let told = club.sync("apply").await;
    assert!(told.text().contains("The member role was not given"), "{}", told.text());
    world.end().await;
}

/// Nobody but organisers; and a sync of another club is out of reach.
#[tokio::test]
async fn a_sync_is_the_organisers_alone() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana");
    assert!(ana.slash("club sync").try_send().await.is_err(), "Discord hides it");
    let preview = club.sync("preview").await;
    let message = preview.message();
    let pressed = ana.try_press(&message, "Apply").await;
    assert!(pressed.is_err(), "nobody else sees it");
    let foreign =
        world.service().service().start_sync(ClubId::new(Uuid::nil()), SyncKind::Api, Doer::Operator, "t");
    assert!(foreign.await.is_err());
    world.end().await;
}
