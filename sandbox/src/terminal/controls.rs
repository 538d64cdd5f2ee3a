//! Buttons, selects and other things to act on.

use serde_json::Value;

use super::ink::{Ink, Line, Span, width};
use super::wrap::cut;
use crate::{
    interaction::components::{kind, list, text, type_of},
    people::is_select,
};

/// A row of controls, broken where it gets too long.
pub(super) fn row(components: &[Value], columns: usize) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for component in components {
        let control = control(component, columns);
        let Some(line) = lines.last_mut() else { continue };
        if !line.spans.is_empty() && line.width() + 2 + width(&control) > columns {
            lines.push(Line::from(control));
            continue;
        }
        if !line.spans.is_empty() {
            line.spans.push(Span::plain("  "));
        }
        line.spans.extend(control);
    }
    lines
}

/// One control.
pub(super) fn control(component: &Value, columns: usize) -> Vec<Span> {
    match type_of(component) {
        kind::BUTTON => button(component),
        _ if is_select(component) => select(component, columns),
        other => vec![Span::new(format!("[ component {other} ]"), Ink::DIM)],
    }
}

/// Without colour the style shows by a mark, and a button that can't be pressed has round brackets.
fn button(button: &Value) -> Vec<Span> {
    let (mark, style) = match button["style"].as_u64() {
        Some(1) => ("▸ ", Ink::PRIMARY),
        Some(3) => ("✓ ", Ink::SUCCESS),
        Some(4) => ("✕ ", Ink::DANGER),
        Some(5) => ("↗ ", Ink::LINK),
        _ => ("", Ink::PLAIN),
    };
    let emoji = emoji(&button["emoji"]);
    let label = format!("{mark}{emoji}{}", text(button, "label"));
    if button["disabled"] == true {
        return vec![Span::new(format!("( {} )", label.trim_end()), Ink::DIM)];
    }
    vec![Span::new(format!("[ {} ]", label.trim_end()), style)]
}

fn emoji(emoji: &Value) -> String {
    match (emoji["id"].is_null(), text(emoji, "name")) {
        (_, "") => String::new(),
        (true, name) => format!("{name} "),
        (false, name) => format!(":{name}: "),
    }
}

/// What is chosen, or else the placeholder, and what there is to choose from.
fn select(select: &Value, columns: usize) -> Vec<Span> {
    let options = list(select, "options");
    let chosen: Vec<_> = options
        .iter()
        .filter(|option| option["default"] == true)
        .map(|option| text(option, "label"))
        .collect();
    let shown = match (chosen.is_empty(), text(select, "placeholder")) {
        (false, _) => chosen.join(", "),
        (true, "") => "Make a selection".to_owned(),
        (true, placeholder) => placeholder.to_owned(),
    };
    let shown = format!("[ {shown} ▾ ]");
    if select["disabled"] == true {
        return vec![Span::new(shown, Ink::DIM)];
    }
    let labels: Vec<_> = options.iter().map(|option| text(option, "label")).collect();
    let head = Span::plain(shown);
    let left = columns.saturating_sub(width(std::slice::from_ref(&head)) + 1);
    let listed = Span::new(format!(" {}", cut(&labels.join(" · "), left)), Ink::DIM);
    if labels.is_empty() || left < 8 { vec![head] } else { vec![head, listed] }
}
