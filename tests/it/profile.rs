//! **Racing profile**: what the club knows about a member, as far as the reader may.

use sandbox::{Newcomer, people::Person};
use simlane::{
    domain::member::{Link, LinkedBy, Member},
    store::{clubs, identities, members, users},
};
use twilight_model::id::Id;

use crate::world::{Pair, World};

const NAME: &str = "Racing profile";
const CARD: &str = "winter-cup-spa-6-hours-2026-12-05";

/// Puts somebody who has used the app onto the club's roster, with an account that the roster names.
async fn enrol(world: &World, who: &Person) {
    let store = world.service().store();
    let guild = Id::new(world.guild.id().get());
    let club = clubs::of_guild(store, guild).await.unwrap().unwrap();
    let account = Id::new(who.id().get());
    let identity = identities::by_account(store, account).await.unwrap().unwrap();
    let mut member = Member::on_their_own(identity.user, &identity.account);
    member.entry.email = Some("ana@example.com".parse().unwrap());
    member.entry.external_id = Some("drv-17".parse().unwrap());
    member.entry.iracing_id = Some("123456".parse().unwrap());
    member.entry.iracing_name = Some("Ana Pereira2".parse().unwrap());
    member.entry.name = "Ana Pereira".parse().unwrap();
    member.on_roster = true;
    let now = world.clock.now();
    let tx = store.begin().await.unwrap();
    members::put(&tx, club.id, &[member], now).await.unwrap();
    let link = Link { at: now, by: LinkedBy::Roster };
    users::give(&tx, account, identity.user, Some(link), None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn tells_what_the_club_knows(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    ana.press(&club.card(CARD), "Sign up").await;
    ana.slash("me").option("timezone", "Asia/Tokyo").send().await;
    world.settle().await;
    enrol(&world, &ana).await;

    let mark = world.discord.mark();
    let reply = ben.user_command(NAME, &ana).await;
    assert!(reply.is_ephemeral());
    let read = reply.text();
    let public = [
        "# Ana Pereira",
        "is on the roster of **Night Owls**",
        "**iRacing:** Ana Pereira2 · customer 123456",
        "**Time zone:** Asia/Tokyo, where it is Tuesday 20:00",
        "**Linked:** since <t:",
        "✅ **Spa 6 Hours** · in",
    ];
    for line in public {
        assert!(read.contains(line), "{line:?} is missing:\n{read}");
    }
    for private in ["drv-17", "example.com", "by the roster"] {
        assert!(!read.contains(private), "{private:?} is told:\n{read}");
    }
    let read = club.organiser.user_command(NAME, &ana).await.text();
    for line in ["**External id:** drv-17", "by the roster"] {
        assert!(read.contains(line), "{line:?} is missing:\n{read}");
    }
    assert!(!read.contains("example.com"), "{read}");
    assert_eq!(world.routes_since(mark), [""; 0], "Discord isn't asked");

    ana.leave();
    let read = ben.user_command(NAME, &ana).await.text();
    assert!(read.contains("**In the server:** no"), "{read}");
    world.end().await;
}

#[tokio::test]
async fn a_member_is_told_of_as_far_as_the_reader_may_know_on_sqlite() {
    tells_what_the_club_knows(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_member_is_told_of_as_far_as_the_reader_may_know_on_postgresql_and_redis() {
    tells_what_the_club_knows(Pair::Postgres).await;
}

#[tokio::test]
async fn whom_nobody_knows_is_told_with_the_next_step() {
    let world = World::new(Pair::Sqlite).await;
    let admin = world.guild.organiser("Olivia");
    let ben = world.member("Ben");
    let refused = ben.user_command(NAME, &admin).await.text();
    assert!(refused.contains("`/club setup`"), "{refused}");
    let club = world.club().await;
    let read = ben.user_command(NAME, &club.organiser).await.text();
    assert!(read.contains("doesn't know") && read.contains("they tell the club who they are"), "{read}");
    assert!(read.contains("**Roles in the club:** Organiser"), "{read}");
    let read = club.organiser.user_command(NAME, &ben).await.text();
    assert!(read.contains("`/club sync`"), "{read}");
    let read = ben.user_command(NAME, &ben).await.text();
    assert!(read.contains("`/link` tells the club who you are"), "{read}");
    let bot = Newcomer { bot: true, ..Newcomer::from("Robo") };
    world.guild.fill([bot]);
    let read = ben.user_command(NAME, &world.member("Robo")).await.text();
    assert!(read.contains("**Robo** is a bot."), "{read}");
    world.end().await;
}

#[tokio::test]
async fn help_says_where_it_is() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let read = world.member("Ben").slash("help").option("topic", "Club").send().await.text();
    assert!(read.contains("Apps → Racing profile"), "{read}");
    world.end().await;
}
