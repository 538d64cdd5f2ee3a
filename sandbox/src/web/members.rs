//! The members of a guild, one of them, and everybody there is to be.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::{
    parts::{act, app_badge, avatar, initial, window},
    place::{Place, Window},
    scene::{Scene, Someone},
};
use crate::{
    Permissions, Snowflake,
    interaction::components::text,
    markdown::stamp,
    model::{Member, RoleState, User},
};

/// A user command's number among the kinds of commands.
const USER_COMMAND: u64 = 2;

/// The members of the guild, those who manage it first.
pub(super) fn list(scene: &Scene, place: &Place) -> Markup {
    let member = |someone: &&Someone| someone.belongs;
    let manages = |someone: &&Someone| someone.powers.contains(Permissions::MANAGE_GUILD);
    let (organisers, others): (Vec<_>, Vec<_>) = scene.people.iter().filter(member).partition(manages);
    let installed = scene.guild.guild.members.contains_key(&scene.bot);
    html! {
        div class="scrolls" {
            @if place.guild.is_none() { p class="hint" { "You and Simlane." } }
            @for (title, group) in [("Manage Server", organisers), ("Members", others)] {
                @if !group.is_empty() {
                    h3 { (title) " – " (group.len()) }
                    ul class="members" {
                        @for someone in group { li { (row(scene, place, someone)) } }
                    }
                }
            }
            @if installed {
                h3 { "Apps – 1" }
                ul class="members" { li { span class="member" { (avatar(scene, scene.bot)) " " (scene.name_of(scene.bot)) " " (app_badge()) } } }
            }
        }
    }
}

fn row(scene: &Scene, place: &Place, someone: &Someone) -> Markup {
    let id = someone.user.id;
    let name = scene.name_of(id);
    html! {
        a class="member" href=(place.with(|p| p.open = Some(Window::Member(id))).href()) data-turbo-action="replace" data-member=(name) {
            (initial(&name, id)) " "
            span class="name" { (name) }
            @if scene.guild.guild.owner == id { span class="hint" { " owner" } }
        }
    }
}

/// A member's card.
pub(super) fn card(scene: &Scene, place: &Place, id: Snowflake) -> Markup {
    let Some(someone) = scene.people.iter().find(|someone| someone.user.id == id) else { return html! {} };
    let user = &someone.user;
    let member = scene.guild.guild.members.get(&id);
    let zone = Scene::zone_of(user);
    let body = html! {
        div class="card" {
            p { (initial(user.display_name(), id)) " @" (user.username) }
            p class="hint" { (user.zone) ", " (stamp::show(scene.now, 't', &zone, scene.now)) }
            @if let Some(member) = member { (apps(scene, place, id)) (roles(scene, place, id, member)) }
            (nickname(place, id, member))
            (email(place, user))
            footer {
                a class="button style-1" href=(place.seen_by(id).href()) { "Be " (user.display_name()) }
                @if member.is_some() { (act(place, "leave", &[("user", &id.to_string())], "button style-4", "Have them leave")) }
                @else { (act(place, "join", &[("user", &id.to_string())], "button style-3", "Have them join")) }
                (act(place, "deauthorize", &[("user", &id.to_string())], "button style-2", "Have them de-authorise the app"))
            }
        }
    };
    window(place, "member", &scene.name_of(id), &body)
}

/// The commands in a member's menu.
fn apps(scene: &Scene, place: &Place, id: Snowflake) -> Markup {
    let commands: Vec<_> = scene.commands.iter().filter(|command| command["type"] == USER_COMMAND).collect();
    html! {
        @if !commands.is_empty() {
            h3 { "Apps" }
            @for command in commands {
                (act(place, "user-command", &[("command", text(command, "name")), ("user", &id.to_string())], "button style-2", text(command, "name")))
            }
        }
    }
}

fn roles(scene: &Scene, place: &Place, id: Snowflake, member: &Member) -> Markup {
    let give = |role: &&RoleState| role.id != scene.guild.guild.everyone() && role.managed_by.is_none();
    let roles: Vec<_> = scene.guild.guild.roles.values().filter(give).collect();
    html! {
        h3 { "Roles" }
        div class="roles" {
            @for role in roles {
                @let held = member.roles.contains(&role.id);
                form method="post" action=(place.act("role")) data-turbo-action="replace" {
                    input type="hidden" name="user" value=(id);
                    button class=(if held { "role held" } else { "role" }) name="role" value=(role.id) aria-pressed=(held) {
                        span aria-hidden="true" { (if held { "✓ " } else { "+ " }) } (role.name)
                    }
                }
            }
        }
        form method="post" action=(place.act("new-role")) data-turbo-action="replace" class="line" id={ "new-role-" (id) } data-keep data-reset {
            input type="hidden" name="user" value=(id);
            input name="name" required maxlength="100" placeholder="A new role" aria-label="The name of a new role";
            button class="button style-2" { "Give" }
        }
    }
}

fn nickname(place: &Place, id: Snowflake, member: Option<&Member>) -> Markup {
    let Some(member) = member else { return html! {} };
    html! {
        form method="post" action=(place.act("nickname")) data-turbo-action="replace" class="line" id={ "nickname-" (id) } data-keep {
            input type="hidden" name="user" value=(id);
            input name="nickname" maxlength="32" value=(member.nick.as_deref().unwrap_or_default()) placeholder="No nickname" aria-label="Nickname";
            button class="button style-2" { "Rename" }
        }
    }
}

/// What they sign in with, which the app learns where they let it.
fn email(place: &Place, user: &User) -> Markup {
    let (address, verified) =
        user.email.as_ref().map_or(("", true), |email| (email.address.as_str(), email.verified));
    html! {
        h3 { "E-mail" }
        form method="post" action=(place.act("email")) data-turbo-action="replace" class="line" id={ "email-" (user.id) } data-keep {
            input type="hidden" name="user" value=(user.id);
            input type="email" name="email" maxlength="254" value=(address) placeholder="No e-mail address" aria-label="E-mail address";
            label class="tick" { input type="checkbox" name="verified" value="true" checked[verified]; " verified" }
            button class="button style-2" { "Set" }
        }
    }
}

/// Everybody there is to be, and a way to have more.
pub(super) fn people(scene: &Scene, place: &Place) -> Markup {
    let body = html! {
        div class="people" {
            input type="search" id="find-somebody" data-keep data-filter="#everybody" placeholder="Find somebody" aria-label="Find somebody";
            ul id="everybody" {
                @for someone in &scene.people { (to_be(scene, place, someone)) }
            }
            (add(place))
        }
    };
    window(place, "people", "Be anyone", &body)
}

fn to_be(scene: &Scene, place: &Place, someone: &Someone) -> Markup {
    let user = &someone.user;
    let manages = someone.powers.contains(Permissions::MANAGE_GUILD);
    let is = match (place.guild.is_some(), someone.belongs, manages) {
        (false, ..) => "",
        (true, true, true) => "manages the server",
        (true, true, false) => "member",
        (true, false, _) => "not in this server",
    };
    html! {
        li data-name=(user.display_name()) {
            a href=(place.seen_by(user.id).href()) aria-current=[(user.id == scene.viewer.id).then_some("true")] {
                (initial(user.display_name(), user.id))
                span class="who" {
                    strong { (user.display_name()) }
                    span class="hint" { (is) @if !is.is_empty() { " · " } (user.zone) }
                }
            }
        }
    }
}

fn add(place: &Place) -> Markup {
    let zones = [
        "UTC",
        "Europe/Berlin",
        "Europe/London",
        "America/New_York",
        "America/Los_Angeles",
        "Asia/Tokyo",
        "Australia/Sydney",
    ];
    html! {
        form method="post" action=(place.act("add-people")) data-turbo-action="replace" class="add" id="add-people" data-keep data-reset {
            h3 { "Add people to this server" }
            label { span { "How many, or their names, one a line" }
                textarea name="who" rows="3" required placeholder="20" {} }
            label { span { "Zone" }
                select name="zone" { @for zone in zones { option value=(zone) { (zone) } } } }
            button class="button style-1" { "Add" }
        }
    }
}

/// Whether a zone has this name.
pub(super) fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}
