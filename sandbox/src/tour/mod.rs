//! A tour of the product: a club, its people, and an event's life on a local Discord, told on a terminal and checked on the way.

mod change;
mod page;
mod picture;
mod story;
mod teller;
#[cfg(test)]
mod tests;

use std::{
    io::{self, Write},
    time::Duration,
};

use tokio_util::sync::CancellationToken;

use crate::stage::Stage;
use page::Page;
use teller::{Stuck, Teller};

/// Columns that the tour is told in, at least and at most.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=100;

/// How the tour is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// How long to wait before each thing that somebody does, in real time.
    pub pace: Duration,
    /// Columns of the terminal. From 60 to 100 are used.
    pub width: usize,
}

/// How the tour ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was as it should be.
    Fine,
    /// Something wasn't; it is named in what was told.
    Off,
    /// It was stopped on the way.
    Interrupted,
}

/// A tour that has been told.
#[derive(Clone, Debug)]
pub struct Told {
    /// How it ended.
    pub outcome: Outcome,
    /// Its most telling moment, as coloured text.
    excerpt: String,
}

impl Told {
    /// The tour's most telling moment as an SVG picture.
    #[must_use]
    pub fn svg(&self) -> String {
        picture::svg(&self.excerpt)
    }
}

/// Starts a Discord and the service, plays the story and tells it on `out`, coloured, until its end or until `stop` is
/// cancelled. Whatever goes wrong in the story is told there; see [`Outcome::Off`].
///
/// # Errors
///
/// When `out` can't be written.
pub async fn run(options: &Options, out: &mut dyn Write, stop: CancellationToken) -> io::Result<Told> {
    let width = options.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let mut page = Page::new(out, width);
    let stage = match Stage::start(story::BEGINS).await {
        Ok(stage) => stage,
        Err(error) => {
            page.off(&error.to_string())?;
            return Ok(Told { outcome: Outcome::Off, excerpt: String::new() });
        }
    };
    let mut teller = Teller::new(&stage, page, options.pace);
    let told = stop.run_until_cancelled(story::tell(&mut teller)).await;
    let outcome = match told {
        None => teller.interrupted()?,
        Some(told) => teller.end(told).await?,
    };
    let excerpt = teller.into_excerpt();
    let stopped = stage.end().await.is_ok();
    Ok(Told { outcome: if stopped { outcome } else { Outcome::Off }, excerpt })
}

/// When the story begins.
pub(crate) const BEGINS: jiff::Timestamp = story::BEGINS;

/// Plays the story on a stage that stands at its beginning, tells nobody, and leaves the club with a race ahead. The error says
/// what wasn't as it should be.
pub(crate) async fn play(stage: &Stage) -> Result<(), String> {
    let mut nowhere = io::sink();
    let mut teller = Teller::new(stage, Page::new(&mut nowhere, *WIDTHS.end()), Duration::ZERO);
    let told = async {
        story::tell(&mut teller).await?;
        story::go_on(&mut teller).await
    };
    let told: Result<(), Stuck> = told.await;
    match teller.end(told).await {
        Ok(Outcome::Fine) => Ok(()),
        Ok(_) => Err(teller.into_off().join(" ")),
        Err(error) => Err(error.to_string()),
    }
}
