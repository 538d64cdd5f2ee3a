//! Teams: made, filled, led and disbanded inside Discord, and what they get once they are settled.

use std::time::Duration;

use sandbox::{
    Channel,
    model::ChannelKind,
    people::{Person, Reply},
};

use crate::world::{Club, EventForm, OVER, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";

async fn team(club: &Club<'_>, name: &str) -> Reply {
    let made = club.organiser.slash("team create").option("name", name).send().await;
    assert!(made.failure().is_none(), "{}", made.text());
    made
}

/// Has somebody open a team's page by what it is called.
async fn open(club: &Club<'_>, who: &Person, name: &str) -> Reply {
    let choices = who.autocomplete("team manage", "team", name).await;
    let choice = choices.iter().find(|choice| choice.name.starts_with(name)).unwrap();
    let page = who
        .slash("team manage")
        .option("team", choice.text())
        .in_channel(&club.channel(CHANNEL))
        .send()
        .await;
    assert!(page.failure().is_none(), "{}", page.text());
    page
}

async fn a_team_is_looked_after(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    club.event(None, EventForm { classes: "GT3 x 4\nGTP x 2", ..EventForm::default() }).await;
    world.settle().await;
    let [anna, bela, cleo] = ["Anna", "Bela", "Cleo"].map(|name| world.member(name));
    for who in [&anna, &bela] {
        let asked = who.press(&club.card(CHANNEL), "Sign up").await;
        who.select(&asked.message(), "Choose a class", &["GT3"]).await;
    }
    let asked = team(&club, "Red").await;
    assert!(asked.text().contains("Which class of"), "{}", asked.text());
    let page = club.organiser.select(&asked.message(), "Choose a class", &["GT3"]).await;
    assert!(page.text().contains("# Red"), "{}", page.text());
    let page = club.organiser.select(&page.message(), "Add somebody of the sheet", &["Anna"]).await;
    let page = club.organiser.select(&page.message(), "Add a driver from the server", &["Cleo"]).await;
    assert!(page.text().contains("**Drivers (2):**"), "{}", page.text());
    let mate = club.organiser.select(&page.message(), "Choose somebody to change", &["Anna"]).await;
    let page = club.organiser.press(&mate.message(), "Make captain").await;
    assert!(page.text().contains(&format!("**Captain:** {}", anna.mention())), "{}", page.text());

    let own = anna.slash("team manage").in_channel(&club.channel(CHANNEL)).send().await;
    assert!(own.text().contains("# Red"), "{}", own.text());
    let form = anna.press(&own.message(), "Edit").await.modal();
    let wrong = form.fill("Car number", "seven").submit().await;
    assert!(wrong.text().contains("one to three digits"), "{}", wrong.text());
    let form = anna.press(&wrong.message(), "Edit again").await.modal();
    let edited = form.fill("Name", "Redder").fill("Car number", "07").fill("Car", "BMW M4").submit().await;
    assert!(edited.text().contains("# Redder #07 · GT3 · BMW M4"), "{}", edited.text());
    let page = anna.select(&edited.message(), "Add a spotter from the server", &["Bela"]).await;
    assert!(page.text().contains("**Spotters (1):**"), "{}", page.text());

    let others = open(&club, &cleo, "Redder").await;
    assert!(others.message().button("Edit").is_none());
    let list = cleo.slash("team list").in_channel(&club.channel(CHANNEL)).send().await;
    assert!(list.text().contains("**Redder** #07 · GT3 · BMW M4"), "{}", list.text());

    club.withdraw(CHANNEL, &cleo).await;
    let page = open(&club, &club.organiser, "Redder").await;
    assert!(page.text().contains("Not there any more:"), "{}", page.text());
    let mate = club.organiser.select(&page.message(), "Choose somebody to change", &["Cleo"]).await;
    let page = club.organiser.press(&mate.message(), "Take out").await;
    assert!(!page.text().contains("Not there any more:"), "{}", page.text());

    let asked = club.organiser.press(&page.message(), "Disband").await;
    assert!(asked.text().contains("Disband Redder?"), "{}", asked.text());
    let list = club.organiser.press(&asked.message(), "Disband it").await;
    assert!(list.text().contains("Nobody is in a team yet"), "{}", list.text());
    world.day().await;
    world.end().await;
}

/// An event with a team of Anna and Bela, which is settled.
pub(crate) async fn settled(club: &Club<'_>) {
    club.event(None, EventForm { classes: "GT3 x 4", ..EventForm::default() }).await;
    club.world.settle().await;
    for name in ["Anna", "Bela", "Cleo"] {
        club.world.member(name).press(&club.card(CHANNEL), "Sign up").await;
        club.world.pass(Duration::from_secs(10)).await;
    }
    let mut page = team(club, "Red").await;
    for name in ["Anna", "Bela"] {
        page = club.organiser.select(&page.message(), "Add somebody of the sheet", &[name]).await;
    }
    finalize(club).await;
}

async fn finalize(club: &Club<'_>) -> Reply {
    let reply = club.organiser.slash("team finalize").send().await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    club.world.settle().await;
    reply
}

/// The names of those in a thread, the app aside.
fn people(club: &Club<'_>, thread: &Channel) -> Vec<String> {
    let ids = thread.members();
    let known = ["Anna", "Bela", "Cleo", "Olivia"];
    let name = |name: &&str| ids.contains(&club.world.member(name).id());
    known.iter().filter(|one| name(one)).map(ToString::to_string).collect()
}

async fn a_settled_team_lives_in_its_thread(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let mark = world.discord.mark();
    settled(&club).await;
    let thread = club.channel(CHANNEL).threads().remove(0);
    assert_eq!(
        (thread.name.as_str(), people(&club, &thread)),
        ("Red", vec!["Anna".to_owned(), "Bela".to_owned()])
    );
    let card = thread.pinned().remove(0);
    assert!(card.text().contains("**Drivers (2):**"), "{}", card.text());
    let of_teams = world
        .routes_since(mark)
        .into_iter()
        .filter(|route| route.contains("thread") || route.contains("pins"));
    let mut of_teams: Vec<String> = of_teams.collect();
    of_teams.sort();
    assert_eq!(
        of_teams,
        [
            "POST /channels/{channel_id}/threads",
            "PUT /channels/{channel_id}/messages/pins/{message_id}",
            "PUT /channels/{channel_id}/thread-members/{user_id}",
            "PUT /channels/{channel_id}/thread-members/{user_id}",
        ]
    );
    let mark = world.discord.mark();
    assert!(finalize(&club).await.text().contains("nothing changed"));
    assert_eq!(world.routes_since(mark), [""; 0], "settled twice is settled once");

    // Anna opens it from her own thread, Cleo joins, Bela gives his place up.
    let own = world.member("Anna").press(&card, "Manage team").await;
    assert!(own.text().contains("# Red") && own.is_ephemeral(), "{}", own.text());
    let page = open(&club, &club.organiser, "Red").await;
    club.organiser.select(&page.message(), "Add somebody of the sheet", &["Cleo"]).await;
    club.withdraw(CHANNEL, &world.member("Bela")).await;
    world.pass(Duration::from_secs(10)).await;
    assert_eq!(people(&club, &thread), ["Anna", "Cleo"]);
    assert!(thread.pinned()[0].text().contains("**Drivers (2):**"));

    // A quiet week archives it; what changes then un-archives it first.
    world.guild.by_hand().archive(thread.id, true, false);
    club.organiser.select(&page.message(), "Choose somebody to change", &["Cleo"]).await;
    let page = open(&club, &club.organiser, "Red").await;
    let mate = club.organiser.select(&page.message(), "Choose somebody to change", &["Cleo"]).await;
    club.organiser.press(&mate.message(), "Take out").await;
    world.settle().await;
    assert_eq!((people(&club, &thread), thread.is_archived()), (vec!["Anna".to_owned()], false));

    // Deleted by hand, it is made once more with what belongs in it.
    world.guild.by_hand().delete(thread.id);
    let page = open(&club, &club.organiser, "Red").await;
    club.organiser.select(&page.message(), "Add somebody of the sheet", &["Cleo"]).await;
    world.settle().await;
    let again = club.channel(CHANNEL).threads().remove(0);
    assert_eq!(people(&club, &again), ["Anna", "Cleo"]);
    assert_eq!(again.pinned().len(), 1);

    // Disbanded, it goes; nobody else's thread does.
    let theirs =
        world.guild.by_hand().create_thread(club.channel(CHANNEL).id, "Chat", ChannelKind::PublicThread);
    let page = open(&club, &club.organiser, "Red").await;
    let asked = club.organiser.press(&page.message(), "Disband").await;
    club.organiser.press(&asked.message(), "Disband it").await;
    world.settle().await;
    let left: Vec<_> = club.channel(CHANNEL).threads().iter().map(|thread| thread.id).collect();
    assert_eq!(left, [theirs.id]);
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn a_settled_team_lives_in_its_thread_on_sqlite() {
    a_settled_team_lives_in_its_thread(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_settled_team_lives_in_its_thread_on_postgresql_and_redis() {
    a_settled_team_lives_in_its_thread(Pair::Postgres).await;
}

#[tokio::test]
async fn a_thread_is_closed_once_its_event_is_put_away() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    settled(&club).await;
    let thread = club.channel(CHANNEL).threads().remove(0);
    let mark = world.discord.mark();
    world.at(OVER).await;
    let calls = world.routes_since(mark);
    assert!(thread.is_archived() && thread.is_locked(), "{calls:#?}");
    world.end().await;
}

#[tokio::test]
async fn a_team_is_looked_after_on_sqlite() {
    a_team_is_looked_after(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_team_is_looked_after_on_postgresql_and_redis() {
    a_team_is_looked_after(Pair::Postgres).await;
}

/// Where the club wants it, whoever is put into a team is asked first, in the event's channel.
async fn people_are_asked_before_they_join(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    world.stores.execute(r#"UPDATE club_settings SET teams = '{"invitations":true}'"#).await;
    settled(&club).await;
    let [anna, bela, cleo] = ["Anna", "Bela", "Cleo"].map(|name| world.member(name));
    let channel = club.channel(CHANNEL);
    assert!(channel.threads().is_empty(), "nobody has answered yet, so nobody drives");
    let page = open(&club, &club.organiser, "Red").await;
    assert!(page.text().contains("**Asked, no answer yet:**"), "{}", page.text());
    let asked = |who: &Person| {
        let to_them = |message: &sandbox::Message| {
            message.text().contains(&format!("{}, **Red** wants you", who.mention()))
        };
        channel.messages().into_iter().find(to_them).unwrap()
    };
    let wrong = cleo.press(&asked(&anna), "Accept").await;
    assert!(wrong.text().contains("You aren't asked to join **Red**"), "{}", wrong.text());
    let joined = anna.press(&asked(&anna), "Accept").await;
    assert!(joined.text().contains("**Drivers (1):**"), "{}", joined.text());
    finalize(&club).await;
    let thread = channel.threads().remove(0);
    assert_eq!(people(&club, &thread), ["Anna"]);
    let declined = bela.press(&asked(&bela), "Decline").await;
    assert!(declined.text().contains("You won't join **Red**"), "{}", declined.text());
    world.settle().await;
    assert!(
        thread.messages().pop().unwrap().text().contains(&format!("{} won't join **Red**", bela.mention()))
    );
    let again = bela.press(&asked(&bela), "Accept").await;
    assert!(again.text().contains("You aren't asked to join **Red**"), "{}", again.text());

    // The card tells who drives with whom.
    let card = club.card(CHANNEL).text();
    assert!(card.contains(&format!("**Red**: {}", anna.mention())), "{card}");
    assert!(card.contains("✅ **In, no team yet**"), "{card}");

    // An organiser joins by themselves without being asked, and takes back what others were asked.
    let page = open(&club, &club.organiser, "Red").await;
    club.organiser.select(&page.message(), "Add somebody of the sheet", &["Cleo"]).await;
    world.settle().await;
    let page = open(&club, &club.organiser, "Red").await;
    let page = club.organiser.press(&page.message(), "Take back what was asked").await;
    assert!(!page.text().contains("Asked"), "{}", page.text());
    let late = cleo.press(&asked(&cleo), "Accept").await;
    assert!(late.text().contains("You aren't asked to join **Red**"), "{}", late.text());
    let page = open(&club, &club.organiser, "Red").await;
    let page = club.organiser.select(&page.message(), "Add a spotter from the server", &["Olivia"]).await;
    assert!(page.text().contains("**Spotters (1):**"), "{}", page.text());
    world.day().await;
    world.end().await;
}

#[tokio::test]
async fn people_are_asked_before_they_join_on_sqlite() {
    people_are_asked_before_they_join(Pair::Sqlite).await;
}

#[tokio::test]
async fn people_are_asked_before_they_join_on_postgresql_and_redis() {
    people_are_asked_before_they_join(Pair::Postgres).await;
}
