//! A message as a card.

use serde_json::Value;

use super::View;
use super::controls::{control, row};
use super::difference::SIDE;
use super::ink::{Ink, Line, Span, width};
use super::markdown::markdown;
use super::wrap::{cut, wrap};
use crate::{
    Message, Snowflake,
    interaction::components::{kind, list, text, type_of},
    markdown::{names::Names, stamp, told},
};

/// The colour of a card's bar where none is set.
const BAR: u64 = 0x4e_50_58;

/// A message with its author, as lines of at most `columns`.
pub(super) fn message(message: &Message, names: &Names<'_>, view: &View, columns: usize) -> Vec<Line> {
    let mut lines = vec![head(message, names, view)];
    if let Some(told) = told(message, names) {
        let told = wrap(&Line::from(Span::new(told, Ink::DIM)), columns);
        return lines.into_iter().chain(told).collect();
    }
    if message.flags & Message::LOADING != 0 {
        lines.push(Line::from(Span::new("Thinking…", Ink::DIM)));
    }
    lines.extend(markdown(&message.content, names, view, columns));
    let drawing = Drawing { names, view };
    for embed in &message.embeds {
        lines.extend(drawing.embed(embed, columns));
    }
    lines.extend(drawing.components(&message.components, columns));
    for file in &message.attachments {
        lines.push(picture("file", text(file, "filename"), columns));
    }
    if message.is_ephemeral() {
        lines.push(Line::from(Span::new("Only you can see this", Ink::DIM.italic())));
    }
    lines
}

fn head(message: &Message, names: &Names<'_>, view: &View) -> Line {
    let name = names.user(message.author).map_or_else(|| message.author.to_string(), str::to_owned);
    let mut spans = vec![Span::new(name, Ink::BOLD)];
    if names.is_bot(message.author) {
        spans.push(Span::new(" APP", Ink::PRIMARY));
    }
    let edited = if message.edited.is_some() { " (edited)" } else { "" };
    spans.push(Span::new(format!("  {}{edited}", stamp::sent(message.at, &view.zone)), Ink::DIM));
    spans.extend(mark(view, message.id));
    Line::from(spans)
}

/// What stands beside a channel or a message, if anything does.
pub(super) fn mark(view: &View, id: Snowflake) -> Option<Span> {
    view.marks.get(&id).map(|mark| Span::new(format!("  {mark}"), Ink::SUCCESS))
}

#[derive(Clone, Copy)]
struct Drawing<'a> {
    names: &'a Names<'a>,
    view: &'a View,
}

impl Drawing<'_> {
    fn components(self, components: &[Value], columns: usize) -> Vec<Line> {
        components.iter().flat_map(|component| self.component(component, columns)).collect()
    }

    fn component(self, component: &Value, columns: usize) -> Vec<Line> {
        match type_of(component) {
            kind::ACTION_ROW => row(list(component, "components"), columns),
            kind::TEXT_DISPLAY => self.text(text(component, "content"), columns),
            kind::SECTION => self.section(component, columns),
            kind::CONTAINER => {
                let inner = self.components(list(component, "components"), columns.saturating_sub(2));
                barred(inner, component["accent_color"].as_u64())
            }
            kind::SEPARATOR => separator(component, columns),
            kind::MEDIA_GALLERY => list(component, "items")
                .iter()
                .map(|item| picture("picture", text(item, "description"), columns))
                .collect(),
            kind::THUMBNAIL => vec![picture("picture", text(component, "description"), columns)],
            kind::FILE => vec![picture(
                "file",
                text(&component["file"], "url").trim_start_matches("attachment://"),
                columns,
            )],
            _ => wrap(&Line::from(control(component, columns)), columns),
        }
    }

    fn text(self, text: &str, columns: usize) -> Vec<Line> {
        markdown(text, self.names, self.view, columns)
    }

    /// Text with something beside it.
    fn section(self, section: &Value, columns: usize) -> Vec<Line> {
        let accessory = &section["accessory"];
        let beside = match type_of(accessory) {
            kind::THUMBNAIL => picture("picture", text(accessory, "description"), columns / 2).spans,
            _ => control(accessory, columns / 2),
        };
        let room = columns.saturating_sub(width(&beside) + 2);
        let mut lines = self.components(list(section, "components"), room);
        if lines.is_empty() {
            lines.push(Line::default());
        }
        if let Some(first) = lines.first_mut() {
            let gap = columns.saturating_sub(first.width() + width(&beside));
            first.spans.push(Span::plain(" ".repeat(gap)));
            first.spans.extend(beside);
        }
        lines
    }

    fn embed(self, embed: &Value, columns: usize) -> Vec<Line> {
        let room = columns.saturating_sub(2);
        let mut lines = Vec::new();
        if !text(embed, "title").is_empty() {
            lines.push(Line::from(Span::new(cut(text(embed, "title"), room), Ink::BOLD)));
        }
        lines.extend(self.text(text(embed, "description"), room));
        for field in list(embed, "fields") {
            lines.push(Line::from(Span::new(cut(text(field, "name"), room), Ink::BOLD)));
            lines.extend(self.text(text(field, "value"), room));
        }
        if !text(&embed["footer"], "text").is_empty() {
            lines.push(Line::from(Span::new(cut(text(&embed["footer"], "text"), room), Ink::DIM)));
        }
        barred(lines, embed["color"].as_u64())
    }
}

fn barred(lines: Vec<Line>, colour: Option<u64>) -> Vec<Line> {
    let bar = [Span::new(SIDE, Ink::rgb(colour.unwrap_or(BAR)))];
    lines.into_iter().map(|line| line.prefixed(&bar)).collect()
}

fn separator(separator: &Value, columns: usize) -> Vec<Line> {
    let divider = separator["divider"].as_bool().unwrap_or(true);
    let line = if divider {
        Line::from(Span::new("─".repeat(columns.min(48)), Ink::DIM))
    } else {
        Line::default()
    };
    match (separator["spacing"].as_u64(), divider) {
        (Some(2), true) => vec![Line::default(), line, Line::default()],
        _ => vec![line],
    }
}

fn picture(what: &str, description: &str, columns: usize) -> Line {
    let text = if description.is_empty() { format!("[{what}]") } else { format!("[{what}: {description}]") };
    Line::from(Span::new(cut(&text, columns), Ink::DIM))
}
