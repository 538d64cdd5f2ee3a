//! What an event says of itself among Discord's own scheduled events.

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use super::announce;
use crate::domain::{club::Series, event::Event, text::truncate};

/// The most characters of a description, its link aside. See Discord Docs/Guild Scheduled Event.
const MAX_ABOUT: usize = 850;

/// The address of a channel, which Discord opens in place.
#[must_use]
pub fn link(guild: Id<GuildMarker>, channel: Id<ChannelMarker>) -> String {
    format!("https://discord.com/channels/{guild}/{channel}")
}

/// Series, track and length, and where people sign up.
#[must_use]
pub fn description(event: &Event, series: Option<&Series>, link: &str) -> String {
    let about = announce::topic(event, series);
    format!("{}\nSign up: {link}", truncate(&about, MAX_ABOUT))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{event, series};

    #[test]
    fn it_says_what_is_raced_and_where_to_sign_up() {
        let link = link(Id::new(u64::MAX), Id::new(u64::MAX));
        assert!(link.len() <= 100, "a location has a hundred characters");
        assert_snapshot!(description(&event("20"), Some(&series()), &link), @"
        Winter Cup · Spa-Francorchamps · 24 h
        Sign up: https://discord.com/channels/18446744073709551615/18446744073709551615
        ");
    }
}
