//! The page.

use maud::{DOCTYPE, Markup, html};

use super::{chat::chat, clock, nav::nav, place::Place, scene::Scene, side, site::Site, windows};
use crate::Message;

/// All of the page that somebody sees from a place; nothing if nobody has the viewer's id.
pub(super) fn page(site: &Site, place: &Place) -> Option<Markup> {
    // Taken first: what changes while the page is drawn is told to it afterwards.
    let revision = *site.discord.0.records.watch().borrow();
    let mut scene = Scene::of(&site.discord, place, &site.desk.reading())?;
    scene.guild.messages.retain(|message: &Message| !site.desk.is_dismissed(message.id));
    if let Some(here) = &scene.here {
        site.desk.read(place.viewer, here);
    }
    let title = match &scene.here {
        Some(here) => format!("{} – {}", here.name, scene.viewer.display_name()),
        None => scene.viewer.display_name().to_owned(),
    };
    Some(document(
        &title,
        Some(revision),
        &html! {
            div id="app" {
                (clock::face(site, &scene, place))
                div id="columns" {
                    (nav(&scene, place))
                    (chat(&scene, place, &site.desk.notices(place)))
                    (side::side(site, &scene, place))
                }
            }
            (windows::open(site, &scene, place))
        },
    ))
}

/// A whole document. Without a number of the change that it shows it never asks for itself again.
fn document(title: &str, revision: Option<u64>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="turbo-refresh-method" content="morph";
                meta name="turbo-refresh-scroll" content="preserve";
                meta name="turbo-prefetch" content="false";
                meta name="turbo-cache-control" content="no-cache";
                title { (title) " – Simlane’s sandbox" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/style.css" data-turbo-track="reload";
                script type="module" src="/assets/page.js" data-turbo-track="reload" {}
            }
            body data-revision=[revision] {
                (body)
            }
        }
    }
}

/// A page that says that there is nothing at an address.
pub(super) fn nothing_here() -> Markup {
    document(
        "Nothing here",
        None,
        &html! {
            main class="nowhere" {
                h1 { "There is nothing here" }
                p { "The sandbox forgets everything when it ends, addresses too." }
                a class="button style-1" href="/" { "To its beginning" }
            }
        },
    )
}
