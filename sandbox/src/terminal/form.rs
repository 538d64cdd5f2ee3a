//! A modal as a form.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::View;
use super::ink::{Ink, Line, Span};
use super::markdown::markdown;
use super::wrap::{cut, wrap};
use crate::{
    interaction::components::{kind, list, text, type_of},
    markdown::names::Names,
    people::ModalForm,
};

/// Columns between the frame's sides, at most.
const WIDEST: usize = 64;

/// A form in a frame.
pub(super) fn lines(form: &ModalForm, view: &View) -> Vec<Line> {
    let room = view.width.saturating_sub(4).min(WIDEST);
    let guild = form.guild();
    let names = Names::new(&guild);
    let mut body = Vec::new();
    for component in list(form.json(), "components") {
        body.extend(match type_of(component) {
            kind::LABEL => field(component, form, &names, room),
            _ => markdown(text(component, "content"), &names, view, room),
        });
        body.push(Line::default());
    }
    let buttons = Line::from(vec![Span::plain("[ Cancel ]  "), Span::new("[ ▸ Submit ]", Ink::PRIMARY)]);
    body.push(buttons);
    framed(form.title(), body, room)
}

fn field(label: &Value, form: &ModalForm, names: &Names<'_>, room: usize) -> Vec<Line> {
    let component = &label["component"];
    let required = component["required"].as_bool().unwrap_or(true) && type_of(component) != kind::CHECKBOX;
    let mut head = vec![Span::new(cut(text(label, "label"), room.saturating_sub(2)), Ink::BOLD)];
    if required {
        head.push(Span::new(" *", Ink::RED));
    }
    let mut lines = vec![Line::from(head)];
    if !text(label, "description").is_empty() {
        lines.extend(wrap(&Line::from(Span::new(text(label, "description"), Ink::DIM)), room));
    }
    let value = form.value(text(label, "label")).unwrap_or_default();
    lines.extend(entry(component, &value, names, room));
    lines
}

fn entry(component: &Value, value: &Value, names: &Names<'_>, room: usize) -> Vec<Line> {
    match type_of(component) {
        kind::TEXT_INPUT => typed(component, value.as_str().unwrap_or_default(), room),
        kind::CHECKBOX => vec![Line::plain(if *value == true { "[x]" } else { "[ ]" })],
        kind::RADIO_GROUP => options(component, value, ["(•)", "( )"]),
        kind::CHECKBOX_GROUP => options(component, value, ["[x]", "[ ]"]),
        _ => vec![chosen(component, value, names, room)],
    }
}

fn typed(component: &Value, value: &str, room: usize) -> Vec<Line> {
    let (shown, style) =
        if value.is_empty() { (text(component, "placeholder"), Ink::DIM) } else { (value, Ink::PLAIN) };
    let bar = [Span::new("│ ", Ink::DIM)];
    let paragraphs = if shown.is_empty() { vec![""] } else { shown.lines().collect() };
    let lines = paragraphs
        .into_iter()
        .flat_map(|line| wrap(&Line::from(Span::new(line, style)), room.saturating_sub(2)));
    lines.map(|line| line.prefixed(&bar)).collect()
}

fn options(component: &Value, value: &Value, [on, off]: [&str; 2]) -> Vec<Line> {
    let chosen = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let option = |option: &Value| {
        let mark = if chosen.contains(&option["value"]) { on } else { off };
        let description = text(option, "description");
        let mut line = Line::plain(format!("{mark} {}", text(option, "label")));
        if !description.is_empty() {
            line.spans.push(Span::new(format!("  {description}"), Ink::DIM));
        }
        line
    };
    list(component, "options").iter().map(option).collect()
}

fn chosen(component: &Value, value: &Value, names: &Names<'_>, room: usize) -> Line {
    let options = list(component, "options");
    let label = |value: &Value| {
        let option = options.iter().find(|option| option["value"] == *value);
        let known = option.map(|option| text(option, "label").to_owned());
        let id = value.as_str().unwrap_or_default();
        known.or_else(|| names.any(id.parse().ok()?)).unwrap_or_else(|| id.to_owned())
    };
    let values: Vec<_> = value.as_array().into_iter().flatten().map(label).collect();
    let shown = if values.is_empty() { text(component, "placeholder").to_owned() } else { values.join(", ") };
    Line::plain(format!("[ {} ▾ ]", cut(&shown, room.saturating_sub(6))))
}

fn framed(title: &str, body: Vec<Line>, room: usize) -> Vec<Line> {
    let title = cut(title, room.saturating_sub(2));
    let rest = room.saturating_sub(title.width() + 1);
    let mut lines = vec![Line::from(vec![
        Span::new("╭─ ", Ink::DIM),
        Span::new(title, Ink::BOLD),
        Span::new(format!(" {}╮", "─".repeat(rest)), Ink::DIM),
    ])];
    for line in body {
        let gap = " ".repeat(room.saturating_sub(line.width()));
        let mut line = line.prefixed(&[Span::new("│ ", Ink::DIM)]);
        line.spans.push(Span::new(format!("{gap} │"), Ink::DIM));
        lines.push(line);
    }
    lines.push(Line::from(Span::new(format!("╰{}╯", "─".repeat(room + 2)), Ink::DIM)));
    lines
}
