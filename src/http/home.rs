//! `GET /`: what this is, for people who follow the address.

use maud::{Markup, html};

use crate::oauth::page::{Action, Page, Tone};

/// Shows the page.
pub(super) async fn show() -> Page {
    let body = html! {
        p { "Simlane runs a sim racing club’s endurance events in its Discord server:" }
        ul {
            li { "an event’s channel, its sign-up card and waiting list, from one command;" }
            li { "race voice that opens when the start comes near, and reminders to those who race;" }
            li { "everything put away when the race is over." }
        }
        p { "Is it in your server already? Type " code { "/help" } " there." }
    };
    let mut page = Page::new(Tone::Plain, "Your club’s races, on Discord", body)
        .with(Action::link("Add to Discord", "install"))
        .with(Action::link("For programmers", "api/v1/docs"));
    page.below = Some(small_print());
    page
}

fn small_print() -> Markup {
    html! {
        h2 { "Privacy" }
        p { "It keeps what your club’s events need: Discord names and ids, what people sign up for, what a club’s roster says, and \
            the e-mail address of whoever links their account. It reads no messages. Thirty days after the app was removed, a server \
            is forgotten with its club, unless the club’s own site keeps that; " code { "/unlink" } " parts your Discord account \
            from your club’s roster at once." }
        h2 { "Terms" }
        p { "Use it for your club, and don’t use it to harm anybody. It comes as it is, without a warranty." }
    }
}
