//! Callbacks as text: what a person would see.

use serde_json::Value;

/// A callback as text, after a line that says how it is given.
pub(super) fn draw(callback: &Value) -> String {
    let data = &callback["data"];
    let (manner, content) = match callback["type"].as_u64() {
        Some(4) if data["flags"].as_u64().is_some_and(|flags| flags & 64 != 0) => {
            ("to them alone", components(data))
        }
        Some(4) => ("to everybody", components(data)),
        Some(7) => ("instead", components(data)),
        Some(8) => ("suggestions", choices(data)),
        Some(9) => ("a form", format!("{}\n{}", word(&data["title"]), components(data))),
        _ => panic!("not a callback: {callback}"),
    };
    format!("({manner})\n{content}")
}

fn choices(data: &Value) -> String {
    let names = data["choices"].as_array().unwrap().iter().map(|choice| word(&choice["name"]));
    names.collect::<Vec<_>>().join("\n")
}

fn components(of: &Value) -> String {
    let parts: Vec<String> = of["components"].as_array().unwrap().iter().map(component).collect();
    parts.join("\n")
}

fn component(part: &Value) -> String {
    match part["type"].as_u64() {
        Some(1) => row(part),
        Some(2) if part["disabled"] == true => format!("({})", word(&part["label"])),
        Some(2) => format!("[{}]", word(&part["label"])),
        Some(4) => format!("\"{}\"", word(&part["value"])),
        Some(9) => format!("{} {}", components(part), component(&part["accessory"])),
        Some(10) => visible(&word(&part["content"])),
        Some(14) => "────".to_owned(),
        Some(17) => indent(&components(part), "│ "),
        Some(18) => format!("{}: {}", word(&part["label"]), component(&part["component"])),
        Some(23) => mark(&part["default"]).to_owned(),
        Some(3 | 22) => format!("<{}>{}", word(&part["placeholder"]), options(part)),
        Some(5..=8) => format!("<{}>", word(&part["placeholder"])),
        _ => panic!("an unknown component: {part}"),
    }
}

/// The text with what can't be seen made visible: mentions are broken, and directions isolated, by invisible characters.
fn visible(text: &str) -> String {
    text.replace('\u{200b}', "·").replace('\u{2068}', "⟨").replace('\u{2069}', "⟩")
}

fn row(row: &Value) -> String {
    row["components"].as_array().unwrap().iter().map(component).collect::<Vec<_>>().join(" ")
}

fn options(part: &Value) -> String {
    let line = |option: &Value| {
        let description = match word(&option["description"]) {
            text if text.is_empty() => text,
            text => format!(" ({text})"),
        };
        format!("\n  {} {}{description}", mark(&option["default"]), word(&option["label"]))
    };
    part["options"].as_array().unwrap().iter().map(line).collect()
}

fn mark(set: &Value) -> &'static str {
    if *set == true { "[x]" } else { "[ ]" }
}

fn indent(text: &str, with: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{with}{line}").trim_end().to_owned()).collect();
    lines.join("\n")
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
