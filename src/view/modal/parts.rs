//! The parts that forms are made of.

use twilight_model::channel::{
    ChannelType,
    message::{
        Component,
        component::{
            Checkbox, Label, SelectDefaultValue, SelectMenu, SelectMenuOption, SelectMenuType, TextInput,
            TextInputStyle,
        },
    },
};

use super::{Draft, MAX_DESCRIPTION, MAX_LABEL};
use crate::domain::text::truncate;

/// The most characters of a text field's placeholder.
const MAX_PLACEHOLDER: usize = 100;

/// A field with its label, and what to know before filling it in.
pub(super) fn field(label: &str, description: &str, component: Component) -> Component {
    Component::Label(Label {
        component: Box::new(component),
        description: Some(description)
            .filter(|text| !text.is_empty())
            .map(|text| truncate(text, MAX_DESCRIPTION).into_owned()),
        id: None,
        label: truncate(label, MAX_LABEL).into_owned(),
    })
}

/// A field for text.
pub(super) struct Input<'t> {
    /// Its id.
    pub(super) id: &'static str,
    /// The most characters that can be typed, up to 4,000.
    pub(super) max: u16,
    /// What stands there, greyed, until something is typed.
    pub(super) placeholder: &'t str,
    /// Whether the form can't be sent without it.
    pub(super) required: bool,
    /// One line or several.
    pub(super) style: TextInputStyle,
}

impl Input<'_> {
    /// A field that has to be filled in with one line of at most 100 characters.
    pub(super) const fn line(id: &'static str) -> Self {
        Self { id, max: 100, placeholder: "", required: true, style: TextInputStyle::Short }
    }

    /// A field that may be filled in with several lines of at most `max` characters.
    pub(super) const fn lines(id: &'static str, max: u16) -> Self {
        Self { id, max, placeholder: "", required: false, style: TextInputStyle::Paragraph }
    }

    /// The field with what `draft` holds for it.
    #[allow(deprecated, reason = "the struct has no other constructor, and its deprecated field stays empty")]
    pub(super) fn filled(self, draft: &Draft) -> Component {
        let value = truncate(draft.text(self.id), usize::from(self.max)).into_owned();
        Component::TextInput(TextInput {
            custom_id: self.id.to_owned(),
            id: None,
            label: None,
            max_length: Some(self.max),
            min_length: None,
            placeholder: Some(self.placeholder)
                .filter(|text| !text.is_empty())
                .map(|text| truncate(text, MAX_PLACEHOLDER).into_owned()),
            required: Some(self.required),
            style: self.style,
            value: Some(value).filter(|value| !value.is_empty()),
        })
    }
}

/// A box to tick.
pub(super) fn checkbox(id: &'static str, draft: &Draft) -> Component {
    Component::Checkbox(Checkbox { custom_id: id.to_owned(), default: Some(draft.is_checked(id)), id: None })
}

/// A choice of exactly one: each a value with its label and description.
pub(super) fn choice(id: &'static str, options: &[(&str, &str, &str)], draft: &Draft) -> Component {
    let options = options.iter().map(|&shown| option(shown, draft.text(id) == shown.0));
    Component::SelectMenu(SelectMenu {
        options: Some(options.collect()),
        required: Some(true),
        ..menu(id, SelectMenuType::Text)
    })
}

/// A choice of any of them, or none: each a value with its label and description.
pub(super) fn choices(id: &'static str, options: &[(&str, &str, &str)], draft: &Draft) -> Component {
    let is_chosen = |value: &str| draft.values(id).iter().any(|chosen| chosen == value);
    let options: Vec<_> = options.iter().map(|&shown| option(shown, is_chosen(shown.0))).collect();
    Component::SelectMenu(SelectMenu {
        max_values: u8::try_from(options.len()).ok(),
        options: Some(options),
        placeholder: Some("None of these".to_owned()),
        ..optional(id, SelectMenuType::Text)
    })
}

fn option((value, label, description): (&str, &str, &str), default: bool) -> SelectMenuOption {
    SelectMenuOption {
        default,
        description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        emoji: None,
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

/// A choice of one role, or none.
pub(super) fn role(id: &'static str, draft: &Draft) -> Component {
    let chosen = draft.text(id).parse().ok().map(SelectDefaultValue::Role);
    Component::SelectMenu(SelectMenu {
        default_values: chosen.map(|role| vec![role]),
        placeholder: Some("None".to_owned()),
        ..optional(id, SelectMenuType::Role)
    })
}

/// A choice of up to `max` roles, or none.
pub(super) fn roles(id: &'static str, max: usize, draft: &Draft) -> Component {
    let chosen = draft.values(id).iter().filter_map(|role| role.parse().ok()).map(SelectDefaultValue::Role);
    Component::SelectMenu(SelectMenu {
        default_values: Some(chosen.take(max).collect::<Vec<_>>()).filter(|chosen| !chosen.is_empty()),
        max_values: u8::try_from(max).ok(),
        placeholder: Some("None".to_owned()),
        ..optional(id, SelectMenuType::Role)
    })
}

/// A choice of one category, or none.
pub(super) fn category(id: &'static str, draft: &Draft) -> Component {
    let chosen = draft.text(id).parse().ok().map(SelectDefaultValue::Channel);
    Component::SelectMenu(SelectMenu {
        channel_types: Some(vec![ChannelType::GuildCategory]),
        default_values: chosen.map(|category| vec![category]),
        placeholder: Some("One of its own".to_owned()),
        ..optional(id, SelectMenuType::Channel)
    })
}

/// A choice of one text channel, or none.
pub(super) fn text_channel(id: &'static str, draft: &Draft) -> Component {
    let chosen = draft.text(id).parse().ok().map(SelectDefaultValue::Channel);
    Component::SelectMenu(SelectMenu {
        channel_types: Some(vec![ChannelType::GuildText]),
        default_values: chosen.map(|channel| vec![channel]),
        placeholder: Some("None".to_owned()),
        ..optional(id, SelectMenuType::Channel)
    })
}

fn optional(id: &str, kind: SelectMenuType) -> SelectMenu {
    SelectMenu { max_values: Some(1), min_values: Some(0), required: Some(false), ..menu(id, kind) }
}

fn menu(id: &str, kind: SelectMenuType) -> SelectMenu {
    SelectMenu {
        channel_types: None,
        custom_id: id.to_owned(),
        default_values: None,
        disabled: false,
        id: None,
        kind,
        max_values: None,
        min_values: None,
        options: None,
        placeholder: None,
        required: None,
    }
}
