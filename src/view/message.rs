//! Messages: Components V2 throughout, built from a few small parts, within Discord's limits by construction.
//!
//! See [Discord Docs/Component Reference](https://docs.discord.com/developers/components/reference).

use super::custom_id::Press;
use crate::domain::text::{length, truncate};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use twilight_model::{
    channel::message::{
        Component, EmojiReactionType, MessageFlags,
        component::{
            ActionRow, Button, ButtonStyle, Container, FileDisplay, Section, SelectDefaultValue, SelectMenu,
            SelectMenuOption, SelectMenuType, Separator, SeparatorSpacingSize, TextDisplay,
            UnfurledMediaItem,
        },
    },
    id::{Id, marker::UserMarker},
};

/// The most components that a message holds, nested ones included.
pub const MAX_COMPONENTS: usize = 40;
/// The most characters that all texts of a message hold together.
pub const MAX_TEXT: usize = 4000;
/// The most characters of a button's label.
pub const MAX_BUTTON_LABEL: usize = 80;
/// The most characters of a select option's label, value and description.
pub const MAX_OPTION: usize = 100;
/// The most options of a select.
pub const MAX_OPTIONS: usize = 25;
/// The most characters of a select's placeholder.
pub const MAX_PLACEHOLDER: usize = 150;
/// The most buttons in a row.
pub const MAX_ROW: usize = 5;

/// A message's content: what it shows and whom it may ping. Everybody else whom it names is named silently.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Body {
    components: Vec<Component>,
    mentions: Vec<Id<UserMarker>>,
    /// Whether it pings everybody whom it mentions, however many.
    pings_all: bool,
}

/// Who reads an answer to an interaction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Audience {
    /// Only the person who acted.
    Ephemeral,
    /// Everybody who reads the channel.
    Public,
}

impl Body {
    /// A body of these components that pings nobody. What goes beyond Discord's limits is cut off at the end: texts at a
    /// grapheme's boundary, components whole.
    #[must_use]
    pub fn new(components: Vec<Component>) -> Self {
        let mut room = Room { components: MAX_COMPONENTS, text: MAX_TEXT };
        Self { components: room.fit_all(components), mentions: Vec::new(), pings_all: false }
    }

    /// A body of one text.
    #[must_use]
    pub fn plain(content: impl Into<String>) -> Self {
        Self::new(vec![text(content)])
    }

    /// The same body, pinging these people where it mentions them; Discord takes at most 100.
    #[must_use]
    pub fn pinging(mut self, people: impl IntoIterator<Item = Id<UserMarker>>) -> Self {
        self.mentions = people.into_iter().take(100).collect();
        self
    }

    /// The same body, pinging everybody whom it mentions. What people typed is shown escaped, so that nobody is mentioned by it.
    #[must_use]
    pub fn pinging_all(mut self) -> Self {
        self.pings_all = true;
        self
    }

    /// What it shows.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// Whom it may ping.
    #[must_use]
    pub fn mentions(&self) -> &[Id<UserMarker>] {
        &self.mentions
    }

    /// The JSON of a new message: flags, components and explicit `allowed_mentions`.
    #[must_use]
    pub fn json(&self, audience: Audience) -> Value {
        let hidden = match audience {
            Audience::Ephemeral => MessageFlags::EPHEMERAL,
            Audience::Public => MessageFlags::empty(),
        };
        // Discord takes either a list of users or all of them.
        let pinged = if self.pings_all {
            json!({ "parse": ["users"] })
        } else {
            json!({ "parse": [], "users": self.mentions })
        };
        json!({
            "allowed_mentions": pinged,
            "components": self.components,
            "flags": (MessageFlags::IS_COMPONENTS_V2 | hidden).bits(),
        })
    }

    /// What tells this body from another: SHA-256 of its JSON, in hex.
    #[must_use]
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.edit_json().to_string().as_bytes()))
    }

    /// The JSON that edits a message of ours; whether it is ephemeral can't change any more.
    #[must_use]
    pub fn edit_json(&self) -> Value {
        self.json(Audience::Public)
    }
}

/// The room that is left in a message.
struct Room {
    components: usize,
    text: usize,
}

impl Room {
    fn fit_all(&mut self, parts: Vec<Component>) -> Vec<Component> {
        parts.into_iter().filter_map(|part| self.fit(part)).collect()
    }

    fn fit(&mut self, part: Component) -> Option<Component> {
        match part {
            Component::ActionRow(row) => {
                self.take(1 + row.components.len())?;
                (!row.components.is_empty()).then_some(Component::ActionRow(row))
            }
            Component::Container(mut container) => {
                self.take(1)?;
                container.components = self.fit_all(container.components);
                (!container.components.is_empty()).then_some(Component::Container(container))
            }
            Component::Section(mut section) => {
                self.take(2)?;
                section.components = self.fit_all(section.components);
                (!section.components.is_empty()).then_some(Component::Section(section))
            }
            Component::TextDisplay(mut display) => {
                display.content = truncate(&display.content, self.text).into_owned();
                if display.content.is_empty() {
                    return None;
                }
                self.take(1)?;
                self.text = self.text.saturating_sub(length(&display.content));
                Some(Component::TextDisplay(display))
            }
            other => self.take(1).map(|()| other),
        }
    }

    fn take(&mut self, components: usize) -> Option<()> {
        self.components = self.components.checked_sub(components)?;
        Some(())
    }
}

/// A text in Markdown.
#[must_use]
pub fn text(content: impl Into<String>) -> Component {
    Component::TextDisplay(TextDisplay { content: content.into(), id: None })
}

/// A file that goes out with the message, by its name.
#[must_use]
pub fn file(name: &str) -> Component {
    let file = UnfurledMediaItem {
        content_type: None,
        height: None,
        proxy_url: None,
        url: format!("attachment://{name}"),
        width: None,
    };
    Component::File(FileDisplay { file, id: None, spoiler: None })
}

/// A line between two parts.
#[must_use]
pub fn separator() -> Component {
    Component::Separator(Separator {
        divider: Some(true),
        id: None,
        spacing: Some(SeparatorSpacingSize::Small),
    })
}

/// A box with an accent of that colour (RGB) around `components`.
#[must_use]
pub fn container(accent: u32, components: Vec<Component>) -> Component {
    Component::Container(Container { accent_color: Some(Some(accent)), components, id: None, spoiler: None })
}

/// A text with a button beside it.
#[must_use]
pub fn section(content: impl Into<String>, button: Button) -> Component {
    Component::Section(Section {
        accessory: Box::new(Component::Button(button)),
        components: vec![text(content)],
        id: None,
    })
}

/// A row of buttons, the first five at most.
#[must_use]
pub fn row(buttons: impl IntoIterator<Item = Button>) -> Component {
    Component::ActionRow(ActionRow {
        components: buttons.into_iter().take(MAX_ROW).map(Component::Button).collect(),
        id: None,
    })
}

/// A button that sends `press`.
#[must_use]
pub fn button(style: ButtonStyle, label: &str, press: &Press) -> Button {
    Button {
        custom_id: Some(press.to_string()),
        disabled: false,
        emoji: None,
        id: None,
        label: Some(truncate(label, MAX_BUTTON_LABEL).into_owned()),
        sku_id: None,
        style,
        url: None,
    }
}

/// A button that opens a page, at an address of at most 512 characters.
#[must_use]
pub fn link(label: &str, url: impl Into<String>) -> Button {
    Button {
        custom_id: None,
        disabled: false,
        emoji: None,
        id: None,
        label: Some(truncate(label, MAX_BUTTON_LABEL).into_owned()),
        sku_id: None,
        style: ButtonStyle::Link,
        url: Some(url.into()),
    }
}

/// The same button, to be pressed only if `enabled`.
#[must_use]
pub fn enabled(mut button: Button, enabled: bool) -> Button {
    button.disabled = !enabled;
    button
}

/// The same button with an emoji before its label.
#[must_use]
pub fn marked(mut button: Button, emoji: &str) -> Button {
    button.emoji = Some(EmojiReactionType::Unicode { name: emoji.to_owned() });
    button
}

/// A select of any of `options`, the first 25 at most, none included, that sends `press` with the values chosen.
#[must_use]
pub fn multi_select(press: &Press, placeholder: &str, options: Vec<SelectMenuOption>) -> Component {
    let most = u8::try_from(options.len().min(MAX_OPTIONS)).unwrap_or(u8::MAX);
    let mut menu = menu(press, placeholder, options);
    (menu.min_values, menu.max_values) = (Some(0), Some(most));
    Component::ActionRow(ActionRow { components: vec![Component::SelectMenu(menu)], id: None })
}

/// A select of one of `options`, the first 25 at most, that sends `press` with the value chosen.
#[must_use]
pub fn select(press: &Press, placeholder: &str, options: Vec<SelectMenuOption>) -> Component {
    let menu = menu(press, placeholder, options);
    Component::ActionRow(ActionRow { components: vec![Component::SelectMenu(menu)], id: None })
}

fn menu(press: &Press, placeholder: &str, options: Vec<SelectMenuOption>) -> SelectMenu {
    SelectMenu {
        channel_types: None,
        custom_id: press.to_string(),
        default_values: None,
        disabled: false,
        id: None,
        kind: SelectMenuType::Text,
        max_values: None,
        min_values: None,
        options: Some(options.into_iter().take(MAX_OPTIONS).collect()),
        placeholder: Some(truncate(placeholder, MAX_PLACEHOLDER).into_owned()),
        required: None,
    }
}

/// A select of one member of the server that sends `press` with their id.
#[must_use]
pub fn user_select(press: &Press, placeholder: &str) -> Component {
    let menu =
        SelectMenu { kind: SelectMenuType::User, options: None, ..menu(press, placeholder, Vec::new()) };
    Component::ActionRow(ActionRow { components: vec![Component::SelectMenu(menu)], id: None })
}

/// A select of up to `most` members of the server, or nobody, with those chosen before, that sends `press` with their ids.
#[must_use]
pub fn users_select(press: &Press, placeholder: &str, most: u8, chosen: &[Id<UserMarker>]) -> Component {
    let chosen: Vec<_> = chosen.iter().copied().map(SelectDefaultValue::User).collect();
    let menu = SelectMenu {
        default_values: Some(chosen).filter(|chosen| !chosen.is_empty()),
        kind: SelectMenuType::User,
        max_values: Some(most),
        min_values: Some(0),
        options: None,
        ..menu(press, placeholder, Vec::new())
    };
    Component::ActionRow(ActionRow { components: vec![Component::SelectMenu(menu)], id: None })
}

/// An option of a select. Its label is shown as it is, without Markdown.
#[must_use]
pub fn option(label: &str, value: impl Into<String>, description: Option<&str>) -> SelectMenuOption {
    SelectMenuOption {
        default: false,
        description: description
            .filter(|text| !text.is_empty())
            .map(|text| truncate(text, MAX_OPTION).into_owned()),
        emoji: None,
        label: truncate(label, MAX_OPTION).into_owned(),
        value: value.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_beyond_the_limits_is_cut_off_at_the_end() {
        let many = Body::new((0..60).map(|_| text("x")).collect());
        assert_eq!(many.components().len(), MAX_COMPONENTS);
        let long = Body::new(vec![text("x".repeat(3999)), text("yy"), text("zz")]);
        assert_eq!(long.components(), [text("x".repeat(3999)), text("…")]);
    }

    #[test]
    fn mentions_are_always_explicit() {
        let silent = Body::plain("hello").json(Audience::Ephemeral);
        assert_eq!(silent["allowed_mentions"], json!({ "parse": [], "users": [] }));
        assert_eq!(silent["flags"], 32768 + 64);
        let loud = Body::plain("hello").pinging([Id::new(7)]).json(Audience::Public);
        assert_eq!(loud["allowed_mentions"], json!({ "parse": [], "users": ["7"] }));
        assert_eq!(loud["flags"], 32768);
        let louder = Body::plain("hello").pinging_all().json(Audience::Public);
        assert_eq!(louder["allowed_mentions"], json!({ "parse": ["users"] }));
    }
}
