//! The story: a club comes to Discord, races once, calls a race off, and never makes a channel by hand.

mod club;
mod next;
mod race;
mod second;
mod signups;

use jiff::Timestamp;

use super::teller::{Stuck, Teller};

/// When it begins: 10 November 2026, 20:00 in the club's zone.
pub(super) const BEGINS: Timestamp = Timestamp::constant(1794337200, 0);

/// The series of the story.
const SERIES: &str = "Winter Cup";
/// The event that the story follows, and its channels.
const EVENT: &str = "Spa 6 Hours";
const CHANNEL: &str = "winter-cup-spa-6-hours-2026-11-28";

/// Tells it from its beginning to its end.
pub(super) async fn tell(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    // Commands are registered as the service starts.
    teller.starts().await?;
    club::tell(teller).await?;
    signups::tell(teller).await?;
    race::tell(teller).await?;
    second::tell(teller).await
}

/// Goes on where it ended: the club has its next race ahead.
pub(super) async fn go_on(teller: &mut Teller<'_>) -> Result<(), Stuck> {
    next::tell(teller).await
}
