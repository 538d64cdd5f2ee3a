//! A message with its author.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    choices::Choices,
    component::{Drawing, file},
    desk::mentions,
    parts::{app_badge, avatar},
    place::{Place, Window},
    scene::Scene,
    text::Reader,
};
use crate::{
    Message, Permissions, Snowflake,
    interaction::components::{list, text},
    markdown::{stamp, told},
};

/// A message. One that follows another of the same author stands below it without a head of its own.
pub(super) fn message(scene: &Scene, place: &Place, message: &Message, follows: bool) -> Markup {
    if let Some(told) = told(message, &scene.names()) {
        return system(scene, place, message, &told);
    }
    let mentioned = mentions(Some(&scene.guild.guild), message, scene.viewer.id);
    let classes = [
        ("message", true),
        ("follows", follows),
        ("mentions-you", mentioned),
        ("only-you", message.is_ephemeral()),
    ];
    let classes: Vec<_> = classes.into_iter().filter(|(_, on)| *on).map(|(class, _)| class).collect();
    html! {
        article class=(classes.join(" ")) id={ "message-" (message.id) } data-message=(message.id) {
            @if !follows { (said_to(scene, message)) (avatar(scene, message.author)) (head(scene, message)) }
            div class="body" {
                (body(scene, place, message))
                @if message.is_ephemeral() { (only_you(place, message.id)) }
            }
            (controls(scene, place, message))
            form method="post" id={ "press-" (message.id) } action=(place.act("press")) data-turbo-action="replace" {
                input type="hidden" name="message" value=(message.id);
            }
        }
    }
}

/// What Discord itself says about something that somebody did.
fn system(scene: &Scene, place: &Place, message: &Message, told: &str) -> Markup {
    html! {
        p class="system" id={ "message-" (message.id) } {
            strong { (scene.name_of(message.author)) } " " (told) " "
            @if let Some(about) = message.about {
                a href={ "#message-" (about) } { "Go to it" } " · "
                a href=(place.with(|p| p.open = Some(Window::Pins)).href()) data-turbo-action="replace" { "See all pins" } " "
            }
            span class="hint" { (stamp::sent(message.at, &scene.zone)) }
        }
    }
}

/// What a message says, without anything to press.
pub(super) fn reading(scene: &Scene, place: &Place, message: &Message) -> Markup {
    let reader = Reader::of(scene, place);
    let drawing =
        Drawing { reader, choices: Choices { guild: &scene.guild }, message: message.id, select: None };
    html! { div class="body" { (content(&drawing, message)) } }
}

/// Everything that a message says.
fn body(scene: &Scene, place: &Place, message: &Message) -> Markup {
    let select = place.act("select");
    let drawing = Drawing {
        reader: Reader::of(scene, place),
        choices: Choices { guild: &scene.guild },
        message: message.id,
        select: Some(&select),
    };
    content(&drawing, message)
}

/// The text, embeds, components and files of a message.
pub(super) fn content(drawing: &Drawing<'_>, message: &Message) -> Markup {
    html! {
        @if message.flags & Message::LOADING != 0 {
            p class="thinking" { span class="dots" aria-hidden="true" { "•••" } " Simlane is thinking…" }
        }
        @if !message.content.is_empty() { div class="text" { (drawing.reader.text(&message.content)) } }
        @for one in &message.embeds { (embed(drawing.reader, one)) }
        (drawing.components(&message.components))
        @for attachment in &message.attachments { (attached(attachment)) }
    }
}

fn head(scene: &Scene, message: &Message) -> Markup {
    let app = message.author == scene.bot;
    html! {
        header {
            span class="author" { (scene.name_of(message.author)) }
            @if app { (app_badge()) }
            time datetime=(message.at.to_string()) title=(stamp::show(message.at, 'F', &scene.zone, scene.now)) {
                (stamp::sent(message.at, &scene.zone))
            }
            @if message.edited.is_some() { span class="hint" { " (edited)" } }
            @if message.pinned_at.is_some() { span class="hint" { span aria-hidden="true" { "📌 " } "pinned" } }
        }
    }
}

/// What an answer answers.
fn said_to(scene: &Scene, message: &Message) -> Markup {
    let who = message.interaction.as_ref().and_then(|m| text(&m["user"], "id").parse::<Snowflake>().ok());
    let (Some(who), Some(about)) = (who, scene.answered.get(&message.id)) else { return html! {} };
    html! { p class="said-to" { span aria-hidden="true" { "╭ " } strong { (scene.name_of(who)) } " used " (about) } }
}

fn only_you(place: &Place, message: Snowflake) -> Markup {
    html! {
        form class="only" method="post" action=(place.act("dismiss")) data-turbo-action="replace" {
            input type="hidden" name="message" value=(message);
            span aria-hidden="true" { "👁 " } "Only you can see this · "
            button class="plain" { "Dismiss message" }
        }
    }
}

/// What can be done to a message by hand.
fn controls(scene: &Scene, place: &Place, message: &Message) -> Markup {
    let deletes = message.author == scene.viewer.id || scene.held().contains(Permissions::MANAGE_MESSAGES);
    let (act, label) =
        if message.pinned_at.is_some() { ("unpin", "Unpin message") } else { ("pin", "Pin message") };
    html! {
        @if !message.is_ephemeral() && (deletes || scene.may_pin()) {
            div class="controls" {
                @if scene.may_pin() { (control(place, message.id, act, "📌", label)) }
                @if deletes { (control(place, message.id, "delete-message", "🗑", "Delete message")) }
            }
        }
    }
}

fn control(place: &Place, message: Snowflake, act: &str, mark: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(place.act(act)) data-turbo-action="replace" {
            button class="plain" name="message" value=(message) title={ (label) " by hand" } {
                span aria-hidden="true" { (mark) } span class="unseen" { (label) }
            }
        }
    }
}

fn embed(reader: Reader<'_>, embed: &Value) -> Markup {
    let accent = embed["color"].as_u64().map(|colour| format!("--accent: #{colour:06x}"));
    html! {
        div class="container accented embed" style=[accent] {
            @if !text(embed, "title").is_empty() { strong { (text(embed, "title")) } }
            (reader.text(text(embed, "description")))
            @for field in list(embed, "fields") {
                strong { (text(field, "name")) }
                (reader.text(text(field, "value")))
            }
            @if text(&embed["image"], "url").starts_with("http") { img class="picture" src=(text(&embed["image"], "url")) alt=""; }
            @if !text(&embed["footer"], "text").is_empty() { p class="small" { (text(&embed["footer"], "text")) } }
        }
    }
}

fn attached(attachment: &Value) -> Markup {
    let (name, url) = (text(attachment, "filename"), text(attachment, "url"));
    let picture = text(attachment, "content_type").starts_with("image/") && !url.is_empty();
    html! {
        @if picture { img class="picture" src=(url) alt=(text(attachment, "description")); }
        @else { a href=(url) download=(name) { (file(name, attachment["size"].as_u64())) } }
    }
}
