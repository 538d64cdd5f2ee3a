//! Templates.

use twilight_model::channel::message::component::{Button, ButtonStyle};

use super::{
    custom_id::Press,
    markup::{count, name, typed},
    message::{Body, button, option, row, text},
    pages::Choice,
    series::plan,
};
use crate::domain::{club::Series, template::Template};

/// The most characters of a template's description on its panel.
const MAX_DESCRIPTION: usize = 400;

/// The club's templates, of which one can be chosen.
#[must_use]
pub fn list(templates: &[Template], page: u16) -> Body {
    if templates.is_empty() {
        return Body::plain(
            "The club has no templates yet. **Save as template** on an event's panel (`/event manage`) makes one.",
        );
    }
    let choice =
        Choice { choose: Press::PickTemplate, items: templates, page, placeholder: "Choose a template" };
    let mut parts = vec![text(format!(
        "# Templates\nThe club has {}. `/event create` takes one; choose it here to rename or delete it.",
        count(templates.len(), "template", "templates"),
    ))];
    let row = |template: &Template| option(template.name.as_str(), template.id.short(), None);
    parts.extend(choice.parts(row, Press::Templates));
    Body::new(parts)
}

/// A template, with its series.
#[must_use]
pub fn panel(template: &Template, series: Option<&Series>) -> Body {
    let mut lines = vec![format!("# Template {}", name(&template.name))];
    lines.extend(series.map(|series| {
        let archived =
            if series.archived_at.is_some() { " (archived: its events get no series)" } else { "" };
        format!("- **Series:** {}{archived}", name(&series.name))
    }));
    lines.extend(plan(&template.blueprint));
    if let Some(description) = &template.blueprint.description {
        lines.push(format!("- **Description:** {}", typed(description.as_str(), MAX_DESCRIPTION)));
    }
    Body::new(vec![
        text(lines.join("\n")),
        row([
            button(ButtonStyle::Primary, "Rename", &Press::RenameTemplate(template.id)),
            button(ButtonStyle::Danger, "Delete", &Press::AskDeleteTemplate(template.id)),
            all(),
        ]),
    ])
}

/// Asks whether the template is to be deleted.
#[must_use]
pub fn ask_delete(template: &Template) -> Body {
    Body::new(vec![
        text(format!(
            "Delete the template **{}**? Events made from it stay. It can't be brought back.",
            name(&template.name)
        )),
        row([button(ButtonStyle::Danger, "Delete it", &Press::DeleteTemplate(template.id)), all()]),
    ])
}

/// The template is deleted.
#[must_use]
pub fn deleted(template: &Template) -> Body {
    done(&format!("The template **{}** is deleted.", name(&template.name)))
}

/// The template is kept.
#[must_use]
pub fn saved(template: &Template) -> Body {
    done(&format!(
        "The template **{}** is saved. `/event create` with it makes an event like this one.",
        name(&template.name)
    ))
}

/// The template has another name.
#[must_use]
pub fn renamed(template: &Template) -> Body {
    done(&format!("The template is called **{}** now.", name(&template.name)))
}

fn done(what: &str) -> Body {
    Body::new(vec![text(format!("✅ {what}")), row([all()])])
}

fn all() -> Button {
    button(ButtonStyle::Secondary, "All templates", &Press::Templates(0))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::blueprint::Blueprint,
        view::testing::{at, check, event, key, render},
    };

    fn template() -> Template {
        let mut event = event("GT3 x 20\nGT4");
        event.description = "No contact.".parse().unwrap_or_default();
        Template {
            blueprint: Blueprint::of(&event),
            club: key(1),
            id: key(9),
            name: event.name,
            series: Some(key(2)),
        }
    }

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn a_template_and_what_becomes_of_it() {
        let (template, mut series) = (template(), crate::view::testing::series());
        let open = panel(&template, Some(&series));
        series.archived_at = Some(at("2026-01-01T00:00:00Z"));
        let all = [
            list(&[], 0),
            list(std::slice::from_ref(&template), 0),
            open,
            panel(&template, Some(&series)),
            ask_delete(&template),
            deleted(&template),
            saved(&template),
            renamed(&template),
        ];
        let all: Vec<String> = all.iter().map(shown).collect();
        assert_snapshot!(all.join("\n\n"), @"
        The club has no templates yet. **Save as template** on an event's panel (`/event manage`) makes one.

        # Templates
        The club has 1 template. `/event create` takes one; choose it here to rename or delete it.
        <Choose a template>
        ◦ Spa 24 Hours

        # Template Spa 24 Hours
        - **Series:** Winter Cup
        - **Classes:** GT3 x 20, GT4
        - **Length:** 24 h
        - **Track:** Spa-Francorchamps
        - **Description:** No contact.
        [Rename] [Delete!] [All templates]

        # Template Spa 24 Hours
        - **Series:** Winter Cup (archived: its events get no series)
        - **Classes:** GT3 x 20, GT4
        - **Length:** 24 h
        - **Track:** Spa-Francorchamps
        - **Description:** No contact.
        [Rename] [Delete!] [All templates]

        Delete the template **Spa 24 Hours**? Events made from it stay. It can't be brought back.
        [Delete it!] [All templates]

        ✅ The template **Spa 24 Hours** is deleted.
        [All templates]

        ✅ The template **Spa 24 Hours** is saved. `/event create` with it makes an event like this one.
        [All templates]

        ✅ The template is called **Spa 24 Hours** now.
        [All templates]
        ");
        let many: Vec<Template> =
            (0..30).map(|number| Template { id: key(number), ..template.clone() }).collect();
        assert!(shown(&list(&many, 1)).contains("[Back] (More (2 of 2))"));
    }
}
