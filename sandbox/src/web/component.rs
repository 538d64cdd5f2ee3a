//! The components of a message. See Discord Docs/Components/Reference.

use maud::{Markup, html};
use serde_json::Value;

use super::{choices::Choices, text::Reader};
use crate::{
    Snowflake,
    interaction::components::{kind, list, text, type_of},
    people::is_select,
};

/// What draws the components of a message.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) choices: Choices<'a>,
    /// The message that they are on.
    pub(super) message: Snowflake,
    /// Where a choice in a select is sent; nowhere on a picture.
    pub(super) select: Option<&'a str>,
}

impl Drawing<'_> {
    pub(super) fn components(&self, components: &[Value]) -> Markup {
        html! { @for component in components { (self.component(component)) } }
    }

    fn component(&self, component: &Value) -> Markup {
        match type_of(component) {
            kind::ACTION_ROW => {
                html! { div class="row" { (self.components(list(component, "components"))) } }
            }
            kind::BUTTON => self.button(component),
            _ if is_select(component) => self.select(component),
            kind::TEXT_DISPLAY => {
                html! { div class="text" { (self.reader.text(text(component, "content"))) } }
            }
            kind::SECTION => self.section(component),
            kind::CONTAINER => self.container(component),
            kind::SEPARATOR => separator(component),
            kind::MEDIA_GALLERY => gallery(list(component, "items")),
            kind::THUMBNAIL => picture(component, "thumbnail"),
            kind::FILE => file(text(&component["file"], "url").trim_start_matches("attachment://"), None),
            other => html! { p class="unknown" { "Component " (other) " isn’t drawn here." } },
        }
    }

    fn container(&self, container: &Value) -> Markup {
        let accent = container["accent_color"].as_u64().map(|colour| format!("--accent: #{colour:06x}"));
        html! {
            div class=(if accent.is_some() { "container accented" } else { "container" }) style=[accent] {
                (self.components(list(container, "components")))
            }
        }
    }

    /// Text with something beside it.
    fn section(&self, section: &Value) -> Markup {
        html! {
            div class="section" {
                div class="beside" { (self.components(list(section, "components"))) }
                div class="accessory" { (self.component(&section["accessory"])) }
            }
        }
    }

    fn button(&self, button: &Value) -> Markup {
        let style = button["style"].as_u64().unwrap_or(2);
        let disabled = button["disabled"] == true;
        let label = html! { (emoji(&button["emoji"])) (text(button, "label")) };
        if !text(button, "url").is_empty() && !disabled {
            return html! {
                a class="button link" href=(text(button, "url")) target="_blank" rel="noopener noreferrer" {
                    (label) span aria-hidden="true" { " ↗" }
                }
            };
        }
        html! {
            button class={ "button style-" (style) } form={ "press-" (self.message) } name="button"
                value=(text(button, "custom_id")) disabled[disabled || self.select.is_none()] { (label) }
        }
    }

    /// A select is a list that opens. With one choice each option sends itself; with more there is a button for it.
    fn select(&self, select: &Value) -> Markup {
        let offered = self.choices.of(select);
        let chosen: Vec<_> =
            offered.iter().filter(|choice| choice.chosen).map(|c| c.label.as_str()).collect();
        let placeholder = Some(text(select, "placeholder")).filter(|text| !text.is_empty());
        let shown = if chosen.is_empty() {
            placeholder.unwrap_or("Make a selection").to_owned()
        } else {
            chosen.join(", ")
        };
        let several = select["max_values"].as_u64().unwrap_or(1) > 1;
        let Some(act) = self.select.filter(|_| select["disabled"] != true) else {
            return html! { div class="select" { div class="shown off" aria-disabled="true" { (shown) } } };
        };
        let id = format!("select-{}-{}", self.message, text(select, "custom_id"));
        html! {
            details class="select" id=(id) data-menu {
                summary class="shown" { (shown) }
                form class="options" method="post" action=(act) data-turbo-action="replace" {
                    input type="hidden" name="message" value=(self.message);
                    input type="hidden" name="select" value=(text(select, "custom_id"));
                    @for choice in &offered {
                        @if several {
                            label class="option" {
                                input type="checkbox" name="value" value=(choice.value) checked[choice.chosen];
                                (choice.shown())
                            }
                        } @else {
                            button class="option" name="value" value=(choice.value)
                                aria-current=[choice.chosen.then_some("true")] { (choice.shown()) }
                        }
                    }
                    @if offered.is_empty() { p class="hint" { "There is nothing to choose from." } }
                    @if several { button class="button style-1" { "Choose" } }
                }
            }
        }
    }
}

fn separator(separator: &Value) -> Markup {
    let large = separator["spacing"].as_u64() == Some(2);
    let line = separator["divider"].as_bool().unwrap_or(true);
    html! {
        @if line { hr class=[large.then_some("large")]; }
        @else { div class=(if large { "gap large" } else { "gap" }) {} }
    }
}

/// An emoji of a button or an option, with a space behind it.
pub(super) fn emoji(emoji: &Value) -> Markup {
    let name = text(emoji, "name");
    html! {
        @if !name.is_empty() {
            span class="emoji" aria-hidden="true" { @if emoji["id"].is_null() { (name) } @else { ":" (name) ":" } }
            " "
        }
    }
}

fn gallery(items: &[Value]) -> Markup {
    html! { div class="gallery" { @for item in items { (picture(item, "picture")) } } }
}

/// A picture, or where it isn't on the web what it shows.
fn picture(of: &Value, class: &str) -> Markup {
    let (url, description) = (text(&of["media"], "url"), text(of, "description"));
    html! {
        @if url.starts_with("http") { img class=(class) src=(url) alt=(description) loading="lazy"; }
        @else { div class={ (class) " missing" } { (if description.is_empty() { "Picture" } else { description }) } }
    }
}

/// A file to download.
pub(super) fn file(name: &str, size: Option<u64>) -> Markup {
    html! {
        div class="file" {
            span aria-hidden="true" { "📄 " } (name)
            @if let Some(size) = size { span class="hint" { " " (size) " bytes" } }
        }
    }
}
