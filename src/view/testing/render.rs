//! Bodies and forms as readable text.

use twilight_model::channel::message::{
    Component,
    component::{Button, ButtonStyle},
};

/// The components as text: a container is drawn with a bar, `[Label]` is a button, `(Label)` one that is disabled.
pub(crate) fn render(components: &[Component]) -> String {
    let lines: Vec<String> = components.iter().map(one).collect();
    lines.join("\n")
}

fn one(component: &Component) -> String {
    match component {
        Component::ActionRow(row) => {
            let parts: Vec<String> = row.components.iter().map(one).collect();
            parts.join(" ")
        }
        Component::Button(button) => draw(button),
        Component::Checkbox(checkbox) => {
            let mark = if checkbox.default == Some(true) { 'x' } else { ' ' };
            format!("[{mark}] {}", checkbox.custom_id)
        }
        Component::CheckboxGroup(group) => {
            let marks = group.options.iter().map(|option| {
                let mark = if option.default == Some(true) { 'x' } else { ' ' };
                format!("[{mark}] {} = {}", option.value, option.label)
            });
            marks.collect::<Vec<_>>().join("\n")
        }
        Component::Container(container) => {
            let inside = render(&container.components);
            inside
                .lines()
                .map(|line| format!("│ {line}").trim_end().to_owned())
                .collect::<Vec<_>>()
                .join("\n")
        }
        Component::File(file) => format!("📄 {}", file.file.url),
        Component::Label(label) => {
            let description = label.description.as_ref().map(|text| format!(" ({text})")).unwrap_or_default();
            format!("{}{description}\n  {}", label.label, one(&label.component).replace('\n', "\n  "))
        }
        Component::Section(section) => {
            format!("{} {}", render(&section.components), one(&section.accessory))
        }
        Component::SelectMenu(menu) => {
            let options = menu.options.iter().flatten().map(|option| {
                let mark = if option.default { "•" } else { "◦" };
                let description =
                    option.description.as_ref().map(|text| format!(" ({text})")).unwrap_or_default();
                format!("{mark} {}{description}", option.label)
            });
            let placeholder = menu.placeholder.clone().unwrap_or_else(|| menu.custom_id.clone());
            let chosen =
                menu.default_values.as_ref().map(|values| format!(" = {values:?}")).unwrap_or_default();
            [format!("<{placeholder}>{chosen}")].into_iter().chain(options).collect::<Vec<_>>().join("\n")
        }
        Component::Separator(_) => "────".to_owned(),
        Component::TextDisplay(text) => visible(&text.content),
        Component::TextInput(input) => {
            format!("{}: {}", input.custom_id, input.value.as_deref().unwrap_or("…"))
        }
        other => format!("{other:?}"),
    }
}

/// The text with marks for the characters that nobody sees: a zero-width space, and the isolates of right-to-left text.
fn visible(text: &str) -> String {
    text.replace('\u{200b}', "·").replace('\u{2068}', "⟦").replace('\u{2069}', "⟧")
}

fn draw(button: &Button) -> String {
    let label = button.label.as_deref().unwrap_or_default();
    let mark = if button.style == ButtonStyle::Danger { "!" } else { "" };
    if button.disabled { format!("({label}{mark})") } else { format!("[{label}{mark}]") }
}
