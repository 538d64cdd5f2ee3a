//! An event's classes for its organisers, to edit one of them.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{self, count, name, sentence},
    message::{Body, button, option, row, select, text},
};
use crate::domain::event::{Class, Event};

/// The classes with their places, cars and roles, and the choice of one to edit.
#[must_use]
pub fn list(event: &Event) -> Body {
    let lines: Vec<String> = event.classes.iter().map(line).collect();
    let options = event.classes.iter().map(|class| {
        let label = class.name.as_ref().map_or("Drivers", |class| class.as_str());
        option(label, class.id.short(), None)
    });
    Body::new(vec![
        text(format!(
            "# Classes of {}\n{}\nTo add or remove a class, press **Edit** in the panel.",
            name(&event.name),
            lines.join("\n")
        )),
        select(&Press::PickClassForm(event.id), "Choose a class to edit", options.collect()),
        row([button(ButtonStyle::Secondary, "Manage", &Press::Manage(event.id))]),
    ])
}

fn line(class: &Class) -> String {
    let places = class
        .capacity
        .map_or_else(|| "no limit".to_owned(), |places| count(usize::from(places.get()), "place", "places"));
    let cars = match class.cars.len() {
        0 => "any car".to_owned(),
        cars => count(cars, "car", "cars"),
    };
    let roles: Vec<String> = class.roles.iter().copied().map(markup::role).collect();
    let roles =
        if roles.is_empty() { String::new() } else { format!(" · needs {}", sentence(&roles, "or")) };
    let name = class.name.as_ref().map_or_else(|| "Drivers".to_owned(), name);
    format!("- **{name}** · {places} · {cars}{roles}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;
    use twilight_model::id::Id;

    use super::*;
    use crate::{
        domain::name::CarName,
        view::testing::{check, event, render},
    };

    #[test]
    fn each_class_is_told_with_its_terms() {
        let mut event = event("GTP x 1\nGT3");
        event.classes[1].cars = vec![CarName::parse("BMW M4").unwrap()];
        event.classes[1].roles = vec![Id::new(5), Id::new(6)];
        let body = list(&event);
        check(&body);
        assert_snapshot!(render(body.components()), @"
        # Classes of Spa 24 Hours
        - **GTP** · 1 place · any car
        - **GT3** · no limit · 1 car · needs <@&5> or <@&6>
        To add or remove a class, press **Edit** in the panel.
        <Choose a class to edit>
        ◦ GTP
        ◦ GT3
        [Manage]
        ");
    }
}
