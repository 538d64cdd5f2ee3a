//! Small pieces that many parts of the page use.

use maud::{Markup, html};

use super::{place::Place, scene::Scene};
use crate::Snowflake;

/// Hues of avatars, far enough apart to tell people by.
const HUES: [u32; 8] = [12, 40, 96, 150, 190, 225, 270, 320];

/// A round picture of somebody: their initial on a colour of their own, or the app's flag.
pub(super) fn avatar(scene: &Scene, user: Snowflake) -> Markup {
    if user == scene.bot {
        return html! { span class="avatar app" aria-hidden="true" { (flag()) } };
    }
    initial(&scene.name_of(user), user)
}

/// The initial of a name on a colour that goes with an id.
pub(super) fn initial(name: &str, id: Snowflake) -> Markup {
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    // The lowest bits of an id are its sequence, which spreads best.
    let index = usize::try_from(id.get() % HUES.len() as u64).unwrap_or_default();
    html! { span class="avatar" aria-hidden="true" style={ "--hue: " (HUES[index]) } { (initial) } }
}

/// A chequered flag.
pub(super) fn flag() -> Markup {
    html! {
        svg viewBox="0 0 16 16" {
            @for y in 0..4_u32 { @for x in 0..4_u32 {
                @if (x + y) % 2 == 0 { rect x=(x * 4) y=(y * 4) width="4" height="4" {} }
            } }
        }
    }
}

pub(super) fn app_badge() -> Markup {
    html! { span class="badge" { "APP" } }
}

/// A form that does one thing at a press of its button.
pub(super) fn act(place: &Place, act: &str, fields: &[(&str, &str)], class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(place.act(act)) data-turbo-action="replace" class="act" {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class=(class) { (label) }
        }
    }
}

/// A window in front of the page, which the browser opens as one.
pub(super) fn window(place: &Place, id: &str, title: &str, body: &Markup) -> Markup {
    html! {
        dialog id=(id) data-window aria-labelledby={ (id) "-title" } {
            header {
                h2 id={ (id) "-title" } { (title) }
                (close(place))
            }
            (body)
        }
    }
}

fn close(place: &Place) -> Markup {
    html! {
        a class="close" href=(place.plain().href()) data-turbo-action="replace" data-close aria-label="Close" { "✕" }
    }
}
