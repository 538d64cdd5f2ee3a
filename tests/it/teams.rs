//! Teams by hand: made, filled, led and disbanded inside Discord.

use sandbox::people::{Person, Reply};

use crate::world::{Club, EventForm, Pair, World};

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

#[tokio::test]
async fn a_team_is_looked_after_on_sqlite() {
    a_team_is_looked_after(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_team_is_looked_after_on_postgresql_and_redis() {
    a_team_is_looked_after(Pair::Postgres).await;
}
