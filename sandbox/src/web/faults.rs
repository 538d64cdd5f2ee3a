//! What can go wrong, at a click.

use std::time::Duration;

use maud::{Markup, html};

use super::{parts::act, place::Place, scene::Scene, site::Site};
use crate::{ArmedFault, FaultKind, MembersIntent, Permissions, Times, rest::routes};

/// The permissions that the app works with, by their names on Discord.
pub(super) const PERMISSIONS: [(&str, Permissions); 10] = [
    ("View Channels", Permissions::VIEW_CHANNEL),
    ("Manage Channels", Permissions::MANAGE_CHANNELS),
    ("Manage Roles", Permissions::MANAGE_ROLES),
    ("Send Messages", Permissions::SEND_MESSAGES),
    ("Read Message History", Permissions::READ_MESSAGE_HISTORY),
    ("Connect", Permissions::CONNECT),
    ("Manage Threads", Permissions::MANAGE_THREADS),
    ("Create Events", Permissions::CREATE_EVENTS),
    ("View Audit Log", Permissions::VIEW_AUDIT_LOG),
    ("Pin Messages", Permissions::PIN_MESSAGES),
];

/// What goes wrong with a call, as the panel offers it.
pub(super) const KINDS: [(&str, &str); 10] = [
    ("slow", "It takes 3 seconds"),
    ("limited", "429: wait 10 seconds"),
    ("global", "429 for every route: wait 10 seconds"),
    ("500", "500, and nothing happens"),
    ("500-after", "500, though it happens"),
    ("drop", "The connection drops, and nothing happens"),
    ("drop-after", "The connection drops, though it happens"),
    ("forbidden", "403 Missing Permissions"),
    ("no-guild", "The answer lacks its guild"),
    ("no-token", "The answer lacks its access token"),
];

/// The fault that goes by this name.
pub(super) fn kind(name: &str) -> Option<FaultKind> {
    let retry_after = Duration::from_secs(10);
    Some(match name {
        "slow" => FaultKind::Slow(Duration::from_secs(3)),
        "limited" => FaultKind::RateLimited { retry_after, global: false, scope: "user" },
        "global" => FaultKind::RateLimited { retry_after, global: true, scope: "global" },
        "500" => FaultKind::Status { status: 500, code: 0 },
        "500-after" => FaultKind::StatusAfter { status: 500, code: 0 },
        "drop" => FaultKind::DropBefore,
        "drop-after" => FaultKind::DropAfter,
        "forbidden" => FaultKind::Status { status: 403, code: 50013 },
        "no-guild" => FaultKind::Without(&["guild"]),
        "no-token" => FaultKind::Without(&["access_token"]),
        _ => return None,
    })
}

/// The panel.
pub(super) fn panel(site: &Site, scene: &Scene, place: &Place) -> Markup {
    html! {
        div class="scrolls" {
            (next_calls(site, place))
            (armed(place, &site.discord.faults().armed()))
            @if place.guild.is_some() { (by_hand(scene, place)) }
            (portal(site, place))
            @if place.guild.is_some() {
                h3 { "The club’s site" }
                (act(place, "invite", &[], "button style-2", "Invite the club to a server"))
            }
            p class="hint" { "The wire shows what became of each call." }
        }
    }
}

fn next_calls(site: &Site, place: &Place) -> Markup {
    let seen = site.discord.0.calls.routes();
    let others: Vec<_> = routes().filter(|route| !seen.contains(route)).collect();
    html! {
        h3 { "Let REST calls go wrong" }
        form method="post" action=(place.act("fault")) data-turbo-action="replace" class="fault" id="fault-form" data-keep {
            label { span { "What" } select name="kind" { @for (value, label) in KINDS { option value=(value) { (label) } } } }
            label { span { "With" }
                select name="route" {
                    option value="" { "any call" }
                    optgroup label="Called so far" { @for route in &seen { option value=(route) { (route) } } }
                    optgroup label="Others" { @for route in &others { option value=(route) { (route) } } }
                } }
            label { span { "How often" }
                select name="times" {
                    option value="1" { "once" } option value="3" { "three times" } option value="all" { "until it is cleared" }
                } }
            button class="button style-4" { "Inject" }
        }
    }
}

fn armed(place: &Place, faults: &[ArmedFault]) -> Markup {
    html! {
        @if !faults.is_empty() {
            h3 { "Armed" }
            ul class="armed" {
                @for fault in faults {
                    li {
                        p { strong { (called(&fault.fault.kind)) } " – " (fault.fault.on.route_name().unwrap_or("any call")) }
                        p class="hint" { (often(fault.fault.times)) ", happened " (fault.fired) " times" }
                        (act(place, "clear-fault", &[("fault", &fault.id.to_string())], "button style-2", "Clear"))
                    }
                }
            }
        }
    }
}

fn often(times: Times) -> String {
    match times {
        Times::Once => "once".to_owned(),
        Times::N(times) => format!("{times} times"),
        Times::UntilCleared => "until it is cleared".to_owned(),
    }
}

/// What a fault is called here.
fn called(fault: &FaultKind) -> &'static str {
    let name = match fault {
        FaultKind::Slow(_) | FaultKind::Latency { .. } => "slow",
        FaultKind::RateLimited { global: true, .. } => "global",
        FaultKind::RateLimited { .. } => "limited",
        FaultKind::Status { status: 403, .. } => "forbidden",
        FaultKind::Status { .. } => "500",
        FaultKind::StatusAfter { .. } => "500-after",
        FaultKind::DropBefore => "drop",
        FaultKind::DropAfter => "drop-after",
        FaultKind::Without(["guild"]) => "no-guild",
        FaultKind::Without(["access_token"]) => "no-token",
        FaultKind::Without(_) => return "The answer lacks fields",
        FaultKind::Hang { .. } | FaultKind::Hold { .. } => return "It hangs",
    };
    KINDS.iter().find(|(known, _)| *known == name).map_or("", |(_, label)| label)
}

/// What a moderator can take from the app.
fn by_hand(scene: &Scene, place: &Place) -> Markup {
    let Some(role) = scene.guild.guild.role_of_bot(scene.bot) else {
        return html! {
            h3 { "By hand" }
            p { "Simlane isn’t in this server." }
            (act(place, "install", &[], "button style-3", "Install it"))
        };
    };
    let everyone = scene.guild.guild.roles.get(&scene.guild.guild.everyone());
    let held = role.permissions | everyone.map_or(Permissions::NONE, |everyone| everyone.permissions);
    let above = scene.guild.guild.roles.values().any(|other| other.position > role.position);
    html! {
        h3 { "What the app may do in this server" }
        div class="roles" {
            @for (name, permission) in PERMISSIONS {
                @let has = held.contains(permission);
                form method="post" action=(place.act("permission")) data-turbo-action="replace" {
                    button class=(if has { "role held" } else { "role lost" }) name="permission" value=(name) aria-pressed=(has) {
                        span aria-hidden="true" { (if has { "✓ " } else { "✗ " }) } (name)
                    }
                }
            }
        }
        h3 { "By hand" }
        div class="row" {
            @if above { (act(place, "role-order", &[("to", "top")], "button style-2", "Move the app’s role to the top")) }
            @else { (act(place, "role-order", &[("to", "bottom")], "button style-4", "Move other roles above the app’s")) }
            @if scene.here.as_ref().is_some_and(|here| here.guild.is_some()) {
                (act(place, "delete-channel", &[], "button style-4", "Delete the channel that is open"))
            }
            (act(place, "uninstall", &[], "button style-4", "Remove the app from this server"))
            (act(place, "kick", &[], "button style-4", "Kick the app, untold"))
        }
    }
}

/// What is set in the developer portal.
fn portal(site: &Site, place: &Place) -> Markup {
    let on = site.discord.with(|state| state.portal.members_intent) != MembersIntent::Off;
    html! {
        h3 { "Developer portal" }
        form method="post" action=(place.act("intent")) data-turbo-action="replace" class="roles" {
            button class=(if on { "role held" } else { "role lost" }) name="to" value=(if on { "off" } else { "on" }) aria-pressed=(on) {
                span aria-hidden="true" { (if on { "✓ " } else { "✗ " }) } "Server Members Intent"
            }
        }
    }
}
