//! A modal as a form.

use maud::{Markup, html};
use serde_json::Value;

use super::{choices::Choices, desk::Form, parts::window, place::Place, scene::Scene, text::Reader};
use crate::{
    Snowflake,
    interaction::components::{kind, list, text, type_of},
};

/// The form that an interaction opened.
pub(super) fn modal(scene: &Scene, place: &Place, id: Snowflake, form: &Form) -> Markup {
    let reader = Reader::of(scene, place);
    let choices = Choices { guild: &scene.guild };
    // A refused form is another one, so that the page doesn't keep what stood there before.
    let window_id = format!("form-{id}-{}", form.tries);
    let body = html! {
        form method="post" action=(place.act("submit")) data-turbo-action="replace" class="modal" id={ (window_id) "-fields" } data-keep {
            input type="hidden" name="form" value=(id);
            p class="hint app-says" { "This form is sent to Simlane." }
            (fields(reader, choices, form))
            @if let Some(problem) = &form.problem {
                p class="problem" role="alert" { strong { "Something went wrong. Try again." } br; (problem) }
            }
            footer {
                a class="button style-2" href=(place.plain().href()) data-turbo-action="replace" data-close { "Cancel" }
                button class="button style-1" { "Submit" }
            }
        }
    };
    window(place, &window_id, form.form.title(), &body)
}

/// What stands on a form.
pub(super) fn fields(reader: Reader<'_>, choices: Choices<'_>, form: &Form) -> Markup {
    html! {
        @for component in list(form.form.json(), "components") {
            @match type_of(component) {
                kind::LABEL => (labelled(choices, component, form)),
                kind::TEXT_DISPLAY => div class="text" { (reader.text(text(component, "content"))) },
                other => p class="unknown" { "Component " (other) " isn’t drawn here." },
            }
        }
    }
}

fn labelled(choices: Choices<'_>, label: &Value, form: &Form) -> Markup {
    let component = &label["component"];
    let of = type_of(component);
    let required = component["required"].as_bool().unwrap_or(true) && of != kind::CHECKBOX;
    let value = form.form.value(text(label, "label")).unwrap_or_default();
    let id = format!("field-{}", component["id"]);
    let said = html! {
        (text(label, "label"))
        @if required { span class="required" title="required" { " *" } }
    };
    let description = Some(text(label, "description")).filter(|text| !text.is_empty());
    let about = html! { @if let Some(description) = description { span class="hint" { (description) } } };
    let field = Field { choices, component, id: &id, required, value: &value };
    if matches!(of, kind::RADIO_GROUP | kind::CHECKBOX_GROUP) || field.takes_several() {
        return html! { fieldset class="field" { legend { (said) } (about) (field.group(of)) } };
    }
    html! { div class="field" { label for=(id) { (said) } (about) (field.control(of)) } }
}

struct Field<'a> {
    choices: Choices<'a>,
    component: &'a Value,
    id: &'a str,
    required: bool,
    /// What stands in it: a text, a list of values, or true or false.
    value: &'a Value,
}

impl Field<'_> {
    fn takes_several(&self) -> bool {
        self.component["max_values"].as_u64().unwrap_or(1) > 1
    }

    /// What the field is called when it is sent.
    fn name(&self) -> String {
        format!("field.{}", text(self.component, "custom_id"))
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.value.as_array().is_some_and(|values| values.iter().any(|chosen| chosen == value))
    }

    /// Some of which one or several are ticked.
    fn group(&self, of: u64) -> Markup {
        let one = of == kind::RADIO_GROUP;
        html! {
            div class="group" {
                @for choice in self.choices.of(self.component) {
                    label class="option" {
                        input type=(if one { "radio" } else { "checkbox" }) name=(self.name()) value=(choice.value)
                            checked[self.is_chosen(&choice.value)] required[one && self.required];
                        (choice.shown())
                    }
                }
            }
        }
    }

    fn control(&self, of: u64) -> Markup {
        match of {
            kind::TEXT_INPUT => self.typed(),
            kind::CHECKBOX => html! {
                input type="checkbox" id=(self.id) name=(self.name()) value="true" checked[*self.value == true];
            },
            kind::FILE_UPLOAD => html! { p class="unknown" { "Files can’t be sent here." } },
            _ => self.choice(),
        }
    }

    fn typed(&self) -> Markup {
        let (input, value) = (self.component, self.value.as_str().unwrap_or_default());
        let placeholder = Some(text(input, "placeholder")).filter(|text| !text.is_empty());
        let (min, max) = (input["min_length"].as_u64(), input["max_length"].as_u64().unwrap_or(4000));
        html! {
            @if input["style"] == 2 {
                textarea id=(self.id) name=(self.name()) rows="4" required[self.required] minlength=[min] maxlength=(max)
                    placeholder=[placeholder] { (value) }
            } @else {
                input id=(self.id) name=(self.name()) autocomplete="off" required[self.required] minlength=[min] maxlength=(max)
                    placeholder=[placeholder] value=(value);
            }
        }
    }

    fn choice(&self) -> Markup {
        let placeholder = text(self.component, "placeholder");
        html! {
            select id=(self.id) name=(self.name()) required[self.required] {
                option value="" { (if placeholder.is_empty() { "Make a selection" } else { placeholder }) }
                @for choice in self.choices.of(self.component) {
                    option value=(choice.value) selected[self.is_chosen(&choice.value)] { (choice.line()) }
                }
            }
        }
    }
}
