//! What a person reads on a message or a modal.

use serde_json::Value;

use crate::{
    Message,
    interaction::components::{all, kind, list, text, type_of},
};

/// A button that a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What the application gets; none for a link.
    pub custom_id: Option<String>,
    /// Where a link goes.
    pub url: Option<String>,
    /// Discord's number of its style: 1 primary, 2 secondary, 3 success, 4 danger, 5 link.
    pub style: u64,
    /// Whether it can't be pressed.
    pub disabled: bool,
}

impl Message {
    /// All the text on it, a line for each text component: content, embeds and text displays, as Markdown.
    #[must_use]
    pub fn text(&self) -> String {
        let mut texts = vec![self.content.as_str()];
        for embed in &self.embeds {
            texts.extend([text(embed, "title"), text(embed, "description")]);
            texts.extend(
                list(embed, "fields").iter().flat_map(|field| [text(field, "name"), text(field, "value")]),
            );
            texts.push(text(&embed["footer"], "text"));
        }
        texts.extend(all(&self.components).into_iter().map(|component| text(component, "content")));
        texts.retain(|text| !text.is_empty());
        texts.join("\n")
    }

    /// Its buttons, in order.
    #[must_use]
    pub fn buttons(&self) -> Vec<Button> {
        let tree = all(&self.components);
        tree.into_iter().filter(|component| type_of(component) == kind::BUTTON).map(Button::of).collect()
    }

    /// The labels of its buttons, in order.
    #[must_use]
    pub fn button_labels(&self) -> Vec<String> {
        self.buttons().into_iter().map(|button| button.label).collect()
    }

    /// The button with this label.
    #[must_use]
    pub fn button(&self, label: &str) -> Option<Button> {
        self.buttons().into_iter().find(|button| button.label == label)
    }

    /// The placeholders of its selects, in order.
    #[must_use]
    pub fn selects(&self) -> Vec<String> {
        let tree = all(&self.components);
        tree.into_iter()
            .filter(|c| is_select(c))
            .map(|select| text(select, "placeholder").to_owned())
            .collect()
    }

    /// The values that a select with that placeholder offers, in order.
    #[must_use]
    pub fn select_values(&self, placeholder: &str) -> Vec<String> {
        let tree = all(&self.components);
        let select = tree.into_iter().find(|c| is_select(c) && text(c, "placeholder") == placeholder);
        let options = select.and_then(|select| select["options"].as_array()).cloned().unwrap_or_default();
        options.iter().filter_map(|option| option["value"].as_str().map(str::to_owned)).collect()
    }

    /// Whether only one person sees it.
    #[must_use]
    pub const fn is_ephemeral(&self) -> bool {
        self.flags & Self::EPHEMERAL != 0
    }
}

impl Button {
    fn of(button: &Value) -> Self {
        Self {
            label: text(button, "label").to_owned(),
            custom_id: button["custom_id"].as_str().map(str::to_owned),
            url: button["url"].as_str().map(str::to_owned),
            style: button["style"].as_u64().unwrap_or_default(),
            disabled: button["disabled"] == true,
        }
    }
}

/// Whether a component is a select of any type.
pub(crate) fn is_select(component: &Value) -> bool {
    let of = type_of(component);
    of == kind::STRING_SELECT || (kind::USER_SELECT..=kind::CHANNEL_SELECT).contains(&of)
}

/// All the text on a modal: its title, texts, labels and their descriptions, a line each.
#[must_use]
pub fn modal_text(modal: &Value) -> String {
    let tree = all(list(modal, "components"));
    let texts = tree.into_iter().flat_map(|c| [text(c, "content"), text(c, "label"), text(c, "description")]);
    let texts: Vec<_> =
        [text(modal, "title")].into_iter().chain(texts).filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}
