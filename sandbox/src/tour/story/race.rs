//! The race: everything here happens by itself, at its time.

use jiff::civil::{DateTime, datetime};

use super::{CHANNEL, EVENT, SERIES};
use crate::{
    Permissions,
    people::Person,
    tour::teller::{Stuck, Teller},
};

/// The start, once it was moved; the race lasts six hours, and its channel stands for a day after it.
pub(super) const START: DateTime = datetime(2026, 11, 28, 15, 0, 0, 0);
const DAY_BEFORE: DateTime = datetime(2026, 11, 27, 15, 0, 0, 0);
const END: DateTime = datetime(2026, 11, 28, 21, 0, 0, 0);
const DAY_AFTER: DateTime = datetime(2026, 11, 29, 21, 0, 0, 0);

pub(super) async fn tell(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    voice(teller).await?;
    race(teller).await?;
    put_away(teller).await
}

/// The race voice channel opens a day ahead, for those who race.
async fn voice(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.begin_picture();
    teller.chapter(DAY_BEFORE, "A day ahead, by itself").await?;
    teller.shows_everything("to open race voice and announce it").await?;
    teller.end_picture();

    let cast = &teller.stage.cast;
    let voice = teller.channel(EVENT);
    teller.check("the race voice channel is open", voice.is_some())?;
    let Some(voice) = voice else { return Ok(()) };
    let joins = |person: &Person| person.permissions_in(&voice).contains(Permissions::CONNECT);
    let admitted = [&cast.lena, &cast.mara, &cast.aiko, &cast.priya, &cast.tomas];
    teller
        .check("every driver and the organiser may join it", admitted.iter().all(|person| joins(person)))?;
    let others = [&cast.ben, &cast.jonas];
    let kept_out = others.iter().all(|person| person.sees(&voice) && !joins(person));
    teller.check("others see it and can't join", kept_out)?;
    let link = format!("<#{}>", voice.id);
    teller.check("it is announced with a link", teller.was_said(CHANNEL, &link))
}

async fn race(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.chapter(START, "Green flag").await?;
    teller.shows_changes("to tell of the start").await?;
    let card = teller.card(CHANNEL)?;
    let closed = card.button("Sign up").is_some_and(|button| button.disabled);
    teller.check("nobody can sign up for a race that is on", closed)?;
    teller.check("the card says that the race is on", card.text().contains("The race is on"))?;

    teller.chapter(END, "The chequered flag").await?;
    teller.shows_changes("to tell of the end").await?;
    teller.check("the end is told", teller.was_said(CHANNEL, &format!("**{EVENT} is over.**")))
}

/// The channel goes to the archive, and race voice goes.
async fn put_away(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    teller.chapter(DAY_AFTER, "A day later, by itself").await?;
    teller.shows_everything("to put the event away").await?;

    teller.check("race voice is gone", teller.channel(EVENT).is_none())?;
    let archive = teller.channel("Archive").map(|archive| archive.id);
    let channel = teller.channel(CHANNEL);
    let archived = channel.as_ref().is_some_and(|channel| archive.is_some() && channel.parent == archive);
    teller.check("the event's channel is in the archive", archived)?;
    let mara = &teller.stage.cast.mara;
    let read_only = channel.is_some_and(|channel| {
        mara.sees(&channel) && !mara.permissions_in(&channel).contains(Permissions::SEND_MESSAGES)
    });
    teller.check("people read it and can't write there", read_only)?;
    teller.check("the series keeps its category", teller.channel(SERIES).is_some())
}
