//! The authorize page, drawn as plain forms that work without a script.

use maud::{DOCTYPE, Markup, html};

use super::ask::Asked;
use super::scope::Scope;
use crate::{
    Discord, Permissions, Snowflake,
    model::{State, User},
    permissions::in_guild,
    rest::query,
};

/// How many people can be chosen from; more are found by `as` in the address.
const PEOPLE: usize = 200;

/// What the page shows of the state.
pub(super) struct Screen {
    user: User,
    /// Whom there is to be.
    people: Vec<(Snowflake, String)>,
    /// The servers that the person manages.
    servers: Vec<(Snowflake, String)>,
    /// The server that is chosen to begin with, if it isn't among them.
    closed: Option<String>,
}

impl Screen {
    pub(super) fn of(state: &State, asked: &Asked, user: Snowflake) -> Self {
        let manages = |id: Snowflake| {
            let held = state.guilds.get(&id).map(|guild| in_guild(guild, user));
            held.is_some_and(|held| held.contains(Permissions::MANAGE_GUILD))
        };
        let mine = state.guilds.values().filter(|guild| manages(guild.id));
        let others = state.users.values().filter(|other| !other.bot && other.id != user).take(PEOPLE);
        let user = state.users.get(&user).cloned().unwrap_or_else(|| User::new(user, "Nobody"));
        let mut people: Vec<_> = std::iter::once(&user)
            .chain(others)
            .map(|user| (user.id, user.display_name().to_owned()))
            .collect();
        people.sort_by(|(_, a), (_, b)| a.cmp(b));
        let wanted = asked.guild.filter(|id| !manages(*id)).and_then(|id| state.guilds.get(&id));
        Self {
            people,
            servers: mine.map(|guild| (guild.id, guild.name.clone())).collect(),
            closed: wanted.map(|guild| guild.name.clone()),
            user,
        }
    }
}

/// The page that asks.
pub(super) fn authorize(
    discord: &Discord,
    asked: &Asked,
    screen: &Screen,
    text: &str,
    problem: Option<&str>,
) -> Markup {
    let name = &discord.application().name;
    let here = format!("/oauth2/authorize?{text}");
    document(
        &format!("{name} wants access"),
        &html! {
            header { h1 { strong { (name) } " wants to access your Discord account" } }
            (signed_in(screen, text))
            @if let Some(problem) = problem { p class="problem" role="alert" { (problem) } }
            section aria-labelledby="will-allow" {
                h2 id="will-allow" { "This will allow the developer of " (name) " to:" }
                ul { @for scope in &asked.scopes { li { (scope.means()) (about(*scope, screen)) } } }
            }
            form method="post" action=(here) {
                input type="hidden" name="as" value=(screen.user.id);
                @if asked.invites() { (servers(asked, screen)) (permissions(asked)) }
                @if let Some(uri) = &asked.redirect_uri {
                    p class="hint" { "Once you authorize, you will be redirected to " span class="uri" { (uri) } "." }
                }
                footer {
                    button name="decision" value="cancel" formnovalidate { "Cancel" }
                    button class="main" name="decision" value="authorize" disabled[asked.invites() && !can_choose(asked, screen)] { "Authorize" }
                }
            }
        },
    )
}

/// What more there is to say of a scope.
fn about(scope: Scope, screen: &Screen) -> Markup {
    let email = screen.user.email.as_ref().filter(|_| scope == Scope::Email);
    html! {
        @if scope == Scope::Email {
            span class="hint" {
                @match email {
                    Some(email) if email.verified => { (email.address) }
                    Some(email) => { (email.address) ", not verified" }
                    None => "You have none."
                }
            }
        }
    }
}

/// Who is signed in, and a way to be somebody else.
fn signed_in(screen: &Screen, text: &str) -> Markup {
    let rest = query(text).into_iter().filter(|(name, _)| name != "as");
    html! {
        form method="get" action="/oauth2/authorize" class="who" {
            @for (name, value) in rest { input type="hidden" name=(name) value=(value); }
            label for="as" { "Signed in as" }
            select id="as" name="as" {
                @for (id, name) in &screen.people { option value=(id) selected[*id == screen.user.id] { (name) } }
            }
            button { "Switch" }
        }
    }
}

/// Whether there is a server to add the bot to.
fn can_choose(asked: &Asked, screen: &Screen) -> bool {
    if asked.guild_locked { screen.closed.is_none() } else { !screen.servers.is_empty() }
}

fn servers(asked: &Asked, screen: &Screen) -> Markup {
    let locked = asked.guild.filter(|_| asked.guild_locked);
    html! {
        div class="field" {
            label for="guild" { "Add to server" }
            @if let Some(locked) = locked { input type="hidden" name="guild" value=(locked); }
            select id="guild" name="guild" required disabled[locked.is_some()] aria-describedby="guild-hint" {
                @if let (Some(name), true) = (&screen.closed, asked.guild_locked) { option value="" { (name) } }
                @else { option value="" { "Select a server" } }
                @for (id, name) in &screen.servers { option value=(id) selected[asked.guild == Some(*id)] { (name) } }
            }
            p class="hint" id="guild-hint" {
                @if let Some(name) = &screen.closed { "You don’t have Manage Server in " (name) ". " }
                "This requires you to have Manage Server permission in the server."
            }
        }
    }
}

/// A tick for each permission that is asked for.
fn permissions(asked: &Asked) -> Markup {
    let named: Vec<_> = asked.permissions.named().collect();
    html! {
        @if !named.is_empty() {
            fieldset {
                legend { "It will be able to" }
                div class="permissions" {
                    @for (name, permission) in named {
                        label { input type="checkbox" name="permission" value=(permission.bits()) checked; " " (name) }
                    }
                }
            }
        }
    }
}

/// The page that says why nothing can be asked.
pub(super) fn refused(discord: &Discord, why: &str) -> Markup {
    let registered = discord.with(|state| state.portal.redirect_uris.clone());
    document(
        "Error",
        &html! {
            header { h1 { "Error" } }
            @for line in why.lines() { p class="problem" { (line) } }
            @if why.contains("redirect_uri") {
                p class="hint" { "The application is known with " (registered.len()) " of them:" }
                ul { @for uri in &registered { li class="uri" { (uri) } } }
            }
        },
    )
}

/// Where somebody ends who has invited a bot and is awaited nowhere.
pub(super) fn done() -> Markup {
    document(
        "Authorized",
        &html! { header { h1 { "Authorized" } } p { "You may now close this window or tab." } },
    )
}

fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Simlane’s sandbox" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/oauth2/authorize.css";
            }
            body { main { (body) } }
        }
    }
}
