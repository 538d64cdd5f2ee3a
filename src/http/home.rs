//! `GET /`: what this is, for people who follow the address.

use maud::html;

use crate::oauth::page::{Action, Page, Tone};

/// Shows the page.
pub(super) async fn show() -> Page {
    let body = html! {
        p { "A Discord app that runs a sim racing club’s endurance events: sign-ups, channels, teams and announcements, from slash \
            commands and buttons." }
        p { "Already in your server? Type " code { "/help" } " there." }
        h2 { "Terms" }
        p { "Use it for your club, and don’t use it to harm anybody. It comes as it is, without a warranty." }
        h2 { "Privacy" }
        p { "It keeps what your club’s events need: Discord names and ids, what people sign up for, and what a club’s roster says. \
            It reads no messages. A server that removes the app is forgotten after 30 days; " code { "/unlink" } " parts your \
            Discord account from your club’s roster at once." }
    };
    Page::new(Tone::Plain, "Simlane on Discord", body).with(Action::link("Add to Discord", "install"))
}
