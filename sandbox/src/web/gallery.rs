//! Everything that the service's views draw, on one page: to look at words and looks side by side.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead},
};

use jiff::{Timestamp, tz::TimeZone};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;
use serde_json::Value;

use super::{choices::Choices, component::Drawing, desk::Form, form, message::content, text::Reader};
use crate::{
    Discord, Guild, GuildSnapshot, Message, Options, Snowflake, StartError,
    interaction::components::list,
    markdown::names::Names,
    model::{ChannelKind, ChannelState, RoleState, User},
    people::ModalForm,
    permissions::Permissions,
};

/// Pictures of one test; a test that draws at random has enough of them.
const EACH: usize = 21;
/// What the views' tests take for now.
const NOW: &str = "2026-12-01T12:00:00Z";
/// Their zone.
const ZONE: &str = "Europe/Berlin";

/// Why there is no gallery.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// There is nothing in what was read.
    #[error("nothing to draw: pipe the views' tests in, as CONTRIBUTING.md says")]
    Nothing,
    /// It can't be read.
    #[error("cannot read: {0}")]
    Read(#[from] io::Error),
    /// There is no Discord to draw it on.
    #[error("{0}")]
    Start(#[from] StartError),
}

/// A line that a test printed.
#[derive(Deserialize)]
struct Printed {
    gallery: Kind,
    test: String,
    body: Value,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Message,
    Form,
}

/// A page of everything that the views' tests printed, other lines among it being left out.
///
/// # Errors
///
/// When it can't be read, or there is nothing in it.
pub async fn gallery(printed: impl BufRead) -> Result<String, GalleryError> {
    let mut tests: BTreeMap<String, Vec<Printed>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for line in printed.lines() {
        let line = line?;
        // The runner's own words may stand before it.
        let Some(begin) = line.find('{') else { continue };
        let Ok(one) = serde_json::from_str::<Printed>(&line[begin..]) else { continue };
        if known.insert(one.body.to_string()) {
            tests.entry(one.test.clone()).or_default().push(one);
        }
    }
    if tests.is_empty() {
        return Err(GalleryError::Nothing);
    }
    let discord = Discord::start(Options { openapi: None, ..Options::default() }).await?;
    let guild = discord.guild("Night Owls");
    Ok(page(&guild, &tests).into_string())
}

fn page(guild: &Guild, tests: &BTreeMap<String, Vec<Printed>>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Everything that Simlane says" }
                style { (PreEscaped(include_str!("../../assets/style.css"))) (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Everything that Simlane says" }
                @for (test, printed) in tests {
                    section {
                        h2 { (test.trim_start_matches("view::").replace("::tests::", ": ").replace('_', " ")) }
                        div class="pictures" { @for one in printed.iter().take(EACH) { (picture(guild, one)) } }
                    }
                }
            }
        }
    }
}

/// As wide as a phone.
const STYLE: &str = "
body { padding: 16px; background: var(--ground); }
section { margin-top: 24px; }
h2 { margin-bottom: 8px; font-size: 1rem; color: var(--muted); }
.pictures { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
.picture-of { width: 360px; padding: 12px; border: 1px solid var(--line); border-radius: 12px; }
";

fn picture(guild: &Guild, printed: &Printed) -> Markup {
    let snapshot = named(guild, &printed.body);
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let reader = Reader {
        names: Names::new(&snapshot),
        viewer: Snowflake::new(0),
        zone: &zone,
        now: NOW.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        place: None,
    };
    let choices = Choices { guild: &snapshot };
    let drawn = match printed.gallery {
        Kind::Message => {
            let id = Snowflake::new(1);
            let mut message = Message::new(id, id, None, guild.owner().id());
            message.components = list(&printed.body, "components").to_vec();
            let drawing = Drawing { reader, choices, message: id, select: Some("#") };
            html! { div class="body" { (content(&drawing, &message)) } }
        }
        Kind::Form => {
            let form = ModalForm::new(&guild.owner(), Snowflake::new(0), &printed.body);
            let form = Form { form, problem: None, tries: 0 };
            html! {
                strong { (form.form.title()) }
                form class="modal" { (form::fields(reader, choices, &form)) }
            }
        }
    };
    html! { div class="picture-of" { (drawn) } }
}

/// A guild in which everything has a name that the text mentions.
fn named(guild: &Guild, body: &Value) -> GuildSnapshot {
    let mut snapshot = guild.snapshot();
    let text = body.to_string();
    for id in mentioned(&text, "<@&") {
        let name = format!("Role {id}");
        snapshot.guild.roles.insert(id, RoleState::new(id, &name, Permissions::NONE, 1));
    }
    for id in mentioned(&text, "<@") {
        snapshot.users.push(User::new(id, &format!("Driver {id}")));
    }
    for id in mentioned(&text, "<#") {
        snapshot.channels.push(ChannelState::new(id, None, ChannelKind::Text, &format!("channel-{id}")));
    }
    snapshot
}

fn mentioned(text: &str, mark: &str) -> Vec<Snowflake> {
    text.split(mark).skip(1).filter_map(|rest| rest.split_once('>')?.0.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[tokio::test]
    async fn what_tests_print_becomes_a_page_and_the_rest_is_left_out() {
        let printed = r##"
running 2 tests
test one ... {"gallery":"message","test":"view::card::tests::a_card","body":{"components":[{"type":10,"content":"Hello <@7>"}]}}
{"gallery":"form","test":"view::modal::tests::a_form","body":{"title":"Create","custom_id":"x","components":[{"type":18,"label":"Name","component":{"type":4,"custom_id":"n","style":1}}]}}
"##;
        let page = gallery(printed.as_bytes()).await.unwrap();
        for part in ["card: a card", "@Driver 7", "modal: a form", "<strong>Create</strong>", "Name"] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(matches!(gallery("nothing".as_bytes()).await, Err(GalleryError::Nothing)));
    }
}
