//! The race that the club has ahead when the story is over.

use jiff::civil::datetime;

use super::SERIES;
use crate::{
    people::Choice,
    tour::teller::{Stuck, Teller},
};

const EVENT: &str = "Bathurst 12 Hours";
const CHANNEL: &str = "winter-cup-bathurst-12-hours-2026-12-19";

pub(super) async fn tell(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.chapter(datetime(2026, 12, 11, 19, 0, 0, 0), "A race ahead").await?;
    create(teller).await?;
    sign_ups(teller).await
}

async fn create(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let lena = &teller.stage.cast.lena;
    let command = lena.slash("event create");
    let offered = command.clone().try_autocomplete("series", SERIES).await?;
    let series = offered.first().map(Choice::text).unwrap_or_default();
    let command = command.option("series", series).option("track", "Mount Panorama");
    let form = teller
        .types(lena, command, "/event create")
        .await?
        .try_modal()?
        .try_fill("Name", EVENT)?
        .try_fill("Start", "Sat 19 Dec 14:00")?
        .try_fill("Length", "12h")?
        .try_fill("Classes", "GT3 x 2\nGT4 x 3")?
        .try_fill("Description", "Over the mountain and into the night. Bring a friend and a spotter.")?;
    teller.sends_unseen(&form).await?;
    teller.rests().await?;
    teller.check("the race ahead has its channel", teller.channel(CHANNEL).is_some())
}

async fn sign_ups(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    let cast = &teller.stage.cast;
    let card = teller.card(CHANNEL)?;
    for (person, class) in
        [(&cast.mara, "GT3"), (&cast.aiko, "GT4"), (&cast.priya, "GT3"), (&cast.tomas, "GT3")]
    {
        let asked = person.try_press(&card, "Sign up").await?.settled().await;
        person.try_select(&asked.try_message()?, "Choose a class", &[class]).await?.settled().await;
        teller.passes(60).await?;
    }
    teller.presses(&cast.jonas, &card, "Tentative").await?;
    teller.passes(60).await
}
