//! A second event, which is called off.

use jiff::civil::datetime;

use super::SERIES;
use crate::{
    people::Choice,
    tour::teller::{Stuck, Teller},
};

const EVENT: &str = "Monza 2 Hours";
const CHANNEL: &str = "winter-cup-monza-2-hours-2026-12-12";

pub(super) async fn tell(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.chapter(datetime(2026, 11, 30, 20, 0, 0, 0), "The next race of the series").await?;
    create(teller).await?;
    sign_ups(teller).await?;
    teller.chapter(datetime(2026, 12, 8, 20, 0, 0, 0), "It is called off").await?;
    cancel(teller).await?;
    teller.chapter(datetime(2026, 12, 9, 20, 0, 0, 0), "A day later, by itself").await?;
    teller.shows_everything("to put the cancelled event away").await?;
    let archive = teller.channel("Archive").map(|archive| archive.id);
    let archived = teller.channel(CHANNEL).is_some_and(|channel| channel.parent == archive);
    teller.check("the cancelled event is in the archive too", archived)
}

async fn create(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let command = lena.slash("event create");
    let offered = command.clone().try_autocomplete("series", SERIES).await?;
    let series = offered.first().map(Choice::text).unwrap_or_default();
    let words =
        format!("/event create series:{SERIES} and sends the form: {EVENT}, 12 Dec 20:00, 2h, 8 places");
    let form = teller
        .types(lena, command.option("series", series), &words)
        .await?
        .try_modal()?
        .try_fill("Name", EVENT)?
        .try_fill("Start", "12 Dec 20:00")?
        .try_fill("Length", "2h")?
        .try_fill("Classes", "8")?;
    teller.sends_unseen(&form).await?;
    teller.shows_changes("to create the next event").await?;
    teller.check("the second event has its channel", teller.channel(CHANNEL).is_some())
}

/// With one class, a press on the card changes it in the answer.
async fn sign_ups(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let cast = &teller.stage.cast;
    for (person, button) in [(&cast.aiko, "Sign up"), (&cast.tomas, "Sign up"), (&cast.mara, "Tentative")] {
        let card = teller.card(CHANNEL)?;
        teller.presses(person, &card, button).await?;
        teller.passes(60).await?;
    }
    teller.shows_changes("for three people to answer, each in their own time").await?;
    let text = teller.card(CHANNEL)?.text();
    let all = [&cast.aiko, &cast.tomas, &cast.mara];
    teller.check("the card names all three", all.iter().all(|person| text.contains(&person.mention())))
}

async fn cancel(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let panel = teller.types(lena, lena.slash("event manage"), "/event manage").await?;
    teller.shows(&panel)?;
    let form = teller.presses(lena, &panel.try_message()?, "Cancel event").await?.try_modal()?;
    teller.sends(&form.try_fill("Reason", "Too few drivers for two hours at Monza.")?).await?;
    teller.shows_changes("to cancel an event and tell those who meant to come").await?;
    let card = teller.card(CHANNEL)?;
    teller.check("the card says that it is cancelled", card.text().contains("Cancelled"))?;
    teller.check("nothing can be pressed on it any more", card.buttons().is_empty())?;
    let aiko = teller.stage.cast.aiko.mention();
    teller.check("those who signed up are told", teller.was_said(CHANNEL, &aiko))
}
