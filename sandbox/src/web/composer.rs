//! Where people write, and type commands: the picker, the options, and what is suggested for them.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    choices::{Choice, Choices},
    place::Place,
    scene::Scene,
};
use crate::{
    Permissions,
    interaction::components::{list, text},
    model::{ChannelKind, ChannelState},
    people::{Choice as Suggestion, option_type, paths},
};

/// The foot of the channel that is open.
pub(super) fn composer(scene: &Scene, place: &Place, here: &ChannelState) -> Markup {
    let paths = paths(&scene.commands);
    let typed =
        place.params.command.as_deref().and_then(|path| paths.iter().find(|(known, _)| known == path));
    html! {
        footer id="composer" {
            @match typed {
                Some((path, command)) => (command_form(scene, place, path, command)),
                None => (writing(scene, place, here, &paths)),
            }
        }
    }
}

/// A line to write in. With a slash at its beginning it is a search for a command.
fn writing(scene: &Scene, place: &Place, here: &ChannelState, paths: &[(String, &Value)]) -> Markup {
    let needed = if here.kind.is_thread() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    let shut =
        here.is_locked() && (here.is_archived() || !scene.held().contains(Permissions::MANAGE_THREADS));
    let may_write = scene.held().contains(needed) && !shut;
    let placeholder = match (may_write, here.kind) {
        (false, _) => "You may not write here. Commands begin with /".to_owned(),
        (true, ChannelKind::Dm) => "Message Simlane, or / for a command".to_owned(),
        (true, _) => format!("Message {}{}, or / for a command", super::chat::mark(here.kind), here.name),
    };
    html! {
        ul id="commands" role="listbox" aria-label="Commands" hidden {
            @for (path, command) in paths {
                li role="option" id={ "choose-" (path.replace(' ', "-")) } data-path=(path) {
                    a href=(place.plain().with(|p| p.command = Some(path.clone())).href()) data-turbo-action="replace" tabindex="-1" {
                        strong { "/" (path) }
                        @for option in list(command, "options") {
                            span class=(if option["required"] == true { "opt required" } else { "opt" }) { (text(option, "name")) }
                        }
                        span class="about" { (text(command, "description")) }
                    }
                }
            }
            @if paths.is_empty() { li class="hint" { "No commands are offered here." } }
        }
        form class="writing" id={ "write-" (here.id) } method="post" action=(place.act("say")) data-turbo-action="replace" data-keep data-reset {
            button class="icon" type="button" data-commands aria-label="Commands" title="Commands" { "/" }
            input name="text" autocomplete="off" maxlength="2000" placeholder=(placeholder) aria-label=(placeholder)
                role="combobox" aria-controls="commands" aria-expanded="false" data-write=[may_write.then_some("")];
            button class="icon" aria-label="Send" title="Send" { "➤" }
        }
    }
}

/// A command with its options.
fn command_form(scene: &Scene, place: &Place, path: &str, command: &Value) -> Markup {
    let options = list(command, "options");
    let files = options.iter().any(|option| option["type"] == option_type::ATTACHMENT);
    html! {
        form class="command" enctype=[files.then_some("multipart/form-data")] id={ "command-" (path.replace(' ', "-")) } method="post" action=(place.act("command"))
            data-turbo-action="replace" data-keep data-suggest=(place.act("suggest")) {
            header {
                strong { "/" (path) }
                span class="about" { (text(command, "description")) }
                a class="close" href=(place.plain().href()) data-turbo-action="replace" data-close aria-label="Close" { "✕" }
            }
            div class="options" {
                @for option in options { (field(scene, option)) }
                button class="button style-1" autofocus[options.is_empty()] { "Send" }
            }
        }
    }
}

fn field(scene: &Scene, option: &Value) -> Markup {
    let name = text(option, "name");
    let required = option["required"] == true;
    html! {
        div class="field" {
            label for={ "option-" (name) } {
                (name)
                @if required { span class="required" title="required" { " *" } }
                @else { span class="hint" { " optional" } }
            }
            (control(scene, option, required))
            span class="hint" { (text(option, "description")) }
        }
    }
}

fn control(scene: &Scene, option: &Value, required: bool) -> Markup {
    let name = text(option, "name");
    let (id, sent) = (format!("option-{name}"), format!("option.{name}"));
    if option["autocomplete"] == true {
        return html! {
            div class="suggesting" {
                input id=(id) name={ "typed." (name) } autocomplete="off" required[required] role="combobox"
                    aria-expanded="false" aria-controls={ "suggested-" (name) } data-option=(name);
                input type="hidden" name=(sent) value="";
                ul role="listbox" id={ "suggested-" (name) } aria-label={ "Suggestions for " (name) } hidden {}
            }
        };
    }
    if option["type"] == option_type::ATTACHMENT {
        return html! { input type="file" id=(id) name=(sent) required[required]; };
    }
    let offered = offered(scene, option);
    if let Some(offered) = offered {
        return html! {
            select id=(id) name=(sent) required[required] {
                option value="" { }
                @for choice in offered { option value=(choice.value) { (choice.line()) } }
            }
        };
    }
    let number = matches!(option["type"].as_u64(), Some(option_type::INTEGER | option_type::NUMBER));
    html! {
        input id=(id) name=(sent) autocomplete="off" required[required] type=(if number { "number" } else { "text" })
            step=[number.then_some(if option["type"] == option_type::INTEGER { "1" } else { "any" })]
            min=[option["min_value"].as_f64()] max=[option["max_value"].as_f64()]
            minlength=[option["min_length"].as_u64()] maxlength=[option["max_length"].as_u64()];
    }
}

/// What an option offers, where one is chosen and not typed.
fn offered(scene: &Scene, option: &Value) -> Option<Vec<Choice>> {
    let choices = Choices { guild: &scene.guild };
    match option["type"].as_u64() {
        _ if !list(option, "choices").is_empty() => Some(Choices::named(list(option, "choices"))),
        Some(option_type::BOOLEAN) => Some(Choices::yes_or_no()),
        Some(option_type::USER) => Some(choices.people(&|_| false)),
        Some(option_type::ROLE) => Some(choices.roles(&|_| false)),
        Some(option_type::CHANNEL) => Some(choices.channels(list(option, "channel_types"), &|_| false)),
        _ => None,
    }
}

/// What is suggested for an option, as items of its list.
pub(super) fn suggestions(choices: &[Suggestion]) -> Markup {
    html! {
        @for choice in choices {
            li role="option" data-value=(choice.text()) { (choice.name) }
        }
        @if choices.is_empty() { li class="hint" { "Nothing fits." } }
    }
}
