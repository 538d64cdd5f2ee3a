//! A club, its series and its first event, by forms.

use jiff::civil::datetime;

use super::{CHANNEL, EVENT, SERIES};
use crate::{
    people::{Choice, Reply, Unavailable},
    stage::ZONE,
    tour::teller::{Stuck, Teller},
};

/// What the organiser types where there is no such day.
const TYPO: &str = "31 Nov 14:00";

pub(super) async fn tell(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.chapter(datetime(2026, 11, 10, 20, 0, 0, 0), "A club comes to Discord").await?;
    set_up(teller).await?;
    organisers(teller).await?;
    series(teller).await?;
    teller.chapter(datetime(2026, 11, 10, 20, 5, 0, 0), "Its first event").await?;
    let refused = mistyped(teller).await?;
    event(teller, &refused).await
}

async fn set_up(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let opened = teller.types(lena, lena.slash("club setup"), "/club setup and sends the form").await?;
    let form = opened
        .try_modal()?
        .try_fill("Name", "Night Owls Racing")?
        .try_fill("Time zone", ZONE)?
        .try_choose("Organiser channel", &["organisers"])?;
    let reply = teller.sends(&form).await?;
    teller.check("the club is set up", reply.is_ephemeral() && reply.text().contains("is set up"))?;
    teller.shows_changes("to set up the club").await
}

/// Admits the organisers' role, which may join race voice too.
async fn organisers(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let panel = teller.types(lena, lena.slash("club settings"), "/club settings").await?;
    teller.shows(&panel)?;
    let form = teller.presses(lena, &panel.try_message()?, "Edit").await?.try_modal()?;
    let form = form.try_choose("Organiser role", &["Organisers"])?;
    teller.says(lena, "chooses the role @Organisers and sends the form").await?;
    let reply = teller.sends_unseen(&form).await?;
    teller.check("the settings are saved", reply.text().contains("saved"))?;
    teller.shows_changes("to change settings").await
}

async fn series(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let opened = teller.types(lena, lena.slash("series create"), "/series create and sends the form").await?;
    let form = opened.try_modal()?.try_fill("Name", SERIES)?;
    let reply = teller.sends(&form).await?;
    teller.check("the series is created", reply.text().contains(SERIES))?;
    teller.shows_changes("to create a series").await
}

/// Sends the event's form with a day that doesn't exist; returns the refusal.
async fn mistyped(teller: &mut Teller<'_>) -> Result<Reply, Stuck> {
    let lena = &teller.stage.cast.lena;
    let command = lena.slash("event create");
    let offered = command.clone().try_autocomplete("series", "wint").await?;
    let offers = |choice: &&Choice| choice.name == SERIES;
    let Some(series) = offered.iter().find(offers).map(Choice::text) else {
        return Err(Unavailable(format!("typing “wint” doesn't offer {SERIES}")).into());
    };
    let command = command.option("series", series).option("track", "Spa-Francorchamps");
    let words = format!("/event create series:{SERIES} track:Spa-Francorchamps and sends the form");
    let form = teller
        .types(lena, command, &words)
        .await?
        .try_modal()?
        .try_fill("Name", EVENT)?
        .try_fill("Start", TYPO)?
        .try_fill("Length", "6h")?
        .try_fill("Classes", "GT3 x 2\nGT4 x 2")?
        .try_fill("Description", "Day into night. Two drivers a car: bring a friend and a spotter.")?;
    let refused = teller.sends(&form).await?;
    teller.check(
        "the refusal says what is wrong with the day",
        refused.text().contains("There is no 31 Nov"),
    )?;
    teller.check("nothing is made of a refused form", teller.channel(CHANNEL).is_none())?;
    Ok(refused)
}

/// Opens the draft again, corrects the day, and gets the event with all its channels.
async fn event(teller: &mut Teller<'_>, refused: &Reply) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let again = teller.presses(lena, &refused.try_message()?, "Edit again").await?.try_modal()?;
    let kept = again.value("Name").is_some_and(|name| name == EVENT)
        && again.value("Start").is_some_and(|start| start == TYPO);
    teller.check("nothing has to be typed twice", kept)?;
    teller
        .says(lena, "corrects Start to Sat 28 Nov 14:00, finds all the rest still there, and sends the form")
        .await?;
    let reply = teller.sends_unseen(&again.try_fill("Start", "Sat 28 Nov 14:00")?).await?;
    teller.check("the event is created", reply.text().contains("is created"))?;
    teller.shows_everything("to create an event: its channel, its card and its Discord event").await?;

    let channel = teller.channel(CHANNEL);
    let category = teller.channel(SERIES).map(|category| category.id);
    let stands = channel.is_some_and(|channel| channel.parent.is_some() && channel.parent == category);
    teller.check("the event's channel stands in the series' category", stands)?;
    let card = teller.card(CHANNEL)?;
    teller.check("the card offers to sign up", card.button("Sign up").is_some_and(|button| !button.disabled))
}
