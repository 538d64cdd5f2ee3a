//! Discord's limits on messages and forms. See Discord Docs/Component Reference.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use twilight_model::channel::message::Component;

use super::gallery::keep;
use crate::{
    domain::text::length,
    view::{
        custom_id::{FormId, Press},
        message::{Audience, Body},
        modal::Modal,
    },
};

/// What has been counted on a walk through a message or form.
#[derive(Default)]
struct Walk {
    components: usize,
    ids: BTreeSet<String>,
    text: usize,
}

/// Fails where a message goes beyond Discord's limits, or carries something that doesn't read back.
#[track_caller]
pub(crate) fn check(body: &Body) {
    let mut walk = Walk::default();
    assert!(!body.components().is_empty(), "an empty message");
    body.components().iter().for_each(|component| walk.message(component));
    assert!(walk.components <= 40, "{} components", walk.components);
    assert!(walk.text <= 4_000, "{} characters", walk.text);
    assert!(body.mentions().len() <= 100);
    for id in &walk.ids {
        assert!(id.parse::<Press>().is_ok_and(|press| press.to_string() == *id), "{id}");
    }
    keep("message", &body.json(Audience::Ephemeral));
}

/// Fails where a form goes beyond Discord's limits, or carries something that doesn't read back.
#[track_caller]
pub(crate) fn check_modal(modal: &Modal) {
    let json = modal.json();
    let title = json["title"].as_str().unwrap();
    assert!((1..=45).contains(&length(title)), "{title}");
    assert_eq!(json["custom_id"].as_str().unwrap().parse::<FormId>().as_ref(), Ok(modal.id()));
    assert!((1..=5).contains(&modal.fields().len()));
    assert!(!json.to_string().contains("\"disabled\""), "Discord refuses forms with disabled parts: {json}");
    let mut walk = Walk::default();
    modal.fields().iter().for_each(|field| walk.form(field));
    keep("form", &json);
}

impl Walk {
    #[track_caller]
    fn message(&mut self, component: &Component) {
        self.components += 1;
        match component {
            Component::ActionRow(row) => {
                assert!((1..=5).contains(&row.components.len()), "{row:?}");
                row.components.iter().for_each(|inner| self.message(inner));
            }
            Component::Button(button) => {
                assert!((1..=80).contains(&length(button.label.as_deref().unwrap())), "{button:?}");
                match (&button.custom_id, &button.url) {
                    (Some(id), None) => self.id(id),
                    (None, Some(url)) => assert!((1..=512).contains(&url.len()), "{url}"),
                    other => panic!("a button does one thing: {other:?}"),
                }
            }
            Component::Container(container) => {
                assert!(!container.components.is_empty());
                assert!(container.accent_color.flatten().is_none_or(|colour| colour <= 0xff_ff_ff));
                container.components.iter().for_each(|inner| self.message(inner));
            }
            Component::Section(section) => {
                assert!((1..=3).contains(&section.components.len()));
                section.components.iter().for_each(|inner| self.message(inner));
                self.message(&section.accessory);
            }
            Component::File(file) => assert!(file.file.url.starts_with("attachment://"), "{file:?}"),
            Component::SelectMenu(_) => self.select(component),
            Component::Separator(_) => {}
            Component::TextDisplay(text) => {
                assert!(!text.content.trim().is_empty(), "an empty text");
                self.text += length(&text.content);
            }
            other => panic!("not for a message: {other:?}"),
        }
    }

    #[track_caller]
    fn form(&mut self, field: &Component) {
        match field {
            Component::Label(label) => {
                assert!((1..=45).contains(&length(&label.label)), "{}", label.label);
                let description = label.description.as_deref().unwrap_or("-");
                assert!((1..=100).contains(&length(description)), "{description}");
                self.field(&label.component);
            }
            Component::TextDisplay(text) => {
                assert!((1..=4_000).contains(&length(&text.content)), "{}", text.content);
            }
            other => panic!("not for a form: {other:?}"),
        }
    }

    #[track_caller]
    fn field(&mut self, component: &Component) {
        match component {
            Component::Checkbox(checkbox) => self.id(&checkbox.custom_id),
            Component::CheckboxGroup(group) => {
                assert!((1..=10).contains(&group.options.len()));
                assert!(group.options.iter().all(|option| (1..=100).contains(&length(&option.label))));
                self.id(&group.custom_id);
            }
            Component::SelectMenu(_) => self.select(component),
            Component::TextInput(input) => {
                assert!(
                    input.value.as_deref().is_none_or(|value| {
                        length(value) <= usize::from(input.max_length.unwrap_or(4_000))
                    })
                );
                assert!(input.placeholder.as_deref().is_none_or(|text| length(text) <= 100));
                self.id(&input.custom_id);
            }
            other => panic!("not for a field: {other:?}"),
        }
    }

    #[track_caller]
    fn select(&mut self, component: &Component) {
        let Component::SelectMenu(menu) = component else { return };
        assert!(menu.placeholder.as_deref().is_none_or(|text| length(text) <= 150));
        self.id(&menu.custom_id);
        let Some(options) = &menu.options else { return };
        assert!((1..=25).contains(&options.len()), "{} options", options.len());
        let values: BTreeSet<&str> = options.iter().map(|option| option.value.as_str()).collect();
        assert_eq!(values.len(), options.len(), "two options of one value");
        for option in options {
            assert!((1..=100).contains(&length(&option.label)), "{option:?}");
            assert!((1..=100).contains(&length(&option.value)), "{option:?}");
            assert!(option.description.as_deref().is_none_or(|text| (1..=100).contains(&length(text))));
        }
    }

    #[track_caller]
    fn id(&mut self, id: &str) {
        assert!((1..=100).contains(&length(id)), "{id}");
        assert!(self.ids.insert(id.to_owned()), "{id} occurs twice");
    }
}
