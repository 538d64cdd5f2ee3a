//! Six people and four places.

use jiff::civil::datetime;

use super::{CHANNEL, EVENT};
use crate::{
    Message,
    people::Person,
    tour::teller::{Stuck, Teller},
};

pub(super) async fn tell(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.chapter(datetime(2026, 11, 10, 20, 30, 0, 0), "People sign up").await?;
    answers(teller).await?;
    teller.chapter(datetime(2026, 11, 18, 21, 10, 0, 0), "Somebody can't make it").await?;
    withdrawal(teller).await?;
    teller.chapter(datetime(2026, 11, 19, 19, 0, 0, 0), "The organiser moves the start").await?;
    edit(teller).await
}

/// Two classes with two places each.
async fn answers(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let cast = &teller.stage.cast;
    let card = teller.card(CHANNEL)?;
    let asked = teller.presses(&cast.mara, &card, "Sign up").await?;
    teller.shows(&asked)?;
    teller.says(&cast.mara, "chooses GT3").await?;
    choose(teller, &cast.mara, &asked.try_message()?, "GT3").await?;
    for (person, class) in
        [(&cast.jonas, "GT3"), (&cast.aiko, "GT4"), (&cast.priya, "GT3"), (&cast.tomas, "GT4")]
    {
        teller.says(person, &format!("presses Sign up and chooses {class}")).await?;
        let asked = person.try_press(&card, "Sign up").await?.settled().await;
        choose(teller, person, &asked.try_message()?, class).await?;
    }
    teller.presses(&cast.ben, &card, "Tentative").await?;
    teller.shows_changes("for six people to sign up, five of them with a choice of class").await?;

    let text = teller.card(CHANNEL)?.text();
    let all = [&cast.mara, &cast.jonas, &cast.aiko, &cast.priya, &cast.tomas, &cast.ben];
    teller.check("the card names all six", all.iter().all(|person| text.contains(&person.mention())))?;
    let waits = text.lines().any(|line| line.contains("Waiting") && line.contains(&cast.priya.mention()));
    teller.check("Priya is on the waiting list", waits)
}

/// Chooses a class, and shows what came of it.
async fn choose(teller: &mut Teller<'_>, person: &Person, asked: &Message, class: &str) -> Result<(), Stuck> {
    let reply = person.try_select(asked, "Choose a class", &[class]).await?.settled().await;
    teller.shows(&reply)?;
    teller.passes(60).await
}

/// A place is free: the first of the waiting list moves up and is told.
async fn withdrawal(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let cast = &teller.stage.cast;
    let card = teller.card(CHANNEL)?;
    teller.presses(&cast.jonas, &card, "Withdraw").await?;
    teller.shows_changes("to withdraw, and to tell whoever moves up").await?;

    let text = teller.card(CHANNEL)?.text();
    teller.check("Jonas is off the card", !text.contains(&cast.jonas.mention()))?;
    let moved_up = text.contains(&cast.priya.mention()) && !text.contains("Waiting list");
    teller.check("Priya has moved up", moved_up)?;
    let told = format!("{}, a place is free", cast.priya.mention());
    teller.check("Priya is told", teller.was_said(CHANNEL, &told))
}

async fn edit(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let card = teller.card(CHANNEL)?;
    let panel = teller.presses(lena, &card, "Manage").await?;
    teller.shows(&panel)?;
    let form = teller.presses(lena, &panel.try_message()?, "Edit").await?.try_modal()?;
    teller.says(lena, "changes Start from 2026-11-28 14:00 to Sat 28 Nov 15:00 and sends the form").await?;
    let reply = teller.sends_unseen(&form.try_fill("Start", "Sat 28 Nov 15:00")?).await?;
    let changed = format!("**{EVENT}** is changed");
    teller.check("the event is changed", reply.text().contains(&changed))?;
    teller.shows_changes("to move the start, of the Discord event too").await?;

    let start = teller.stage.instant(super::race::START).as_second();
    let shows = teller.card(CHANNEL)?.text().contains(&format!("<t:{start}:F>"));
    teller.check("the card shows the new start", shows)
}
