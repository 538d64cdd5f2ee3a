//! The authorize page, without a script.

use reqwest::{Response, header::LOCATION, redirect::Policy};

use super::*;
use crate::{Consent, Permissions, people::Person};

const INSTALL: &[(&str, &str)] =
    &[("scope", "bot applications.commands identify"), ("permissions", "268436480"), ("state", "a b&c")];

/// A browser that goes nowhere by itself.
fn browser() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap()
}

async fn open(url: &str) -> (u16, String) {
    let answer = browser().get(url).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn press(url: &str, who: &Person, decision: &str, more: &[(&str, &str)]) -> Response {
    let id = who.id().to_string();
    let mut fields = vec![("as", id.as_str()), ("decision", decision)];
    fields.extend(more);
    form(browser().post(url), &fields).send().await.unwrap()
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

fn has(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[tokio::test]
async fn it_shows_who_asks_for_what_of_whom_and_where() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    let other = world.discord.guild("Elsewhere");
    let url = world.ask(INSTALL);
    let (status, page) = open(&format!("{url}&as={}", ana.id())).await;
    assert_eq!(status, 200);
    has(&page, &["<strong>Simlane</strong> wants to access", "Add a bot to a server", "Create commands"]);
    has(&page, &["Access your username", "View Channels", "Manage Roles", "Club</option>", "selected>Ana<"]);
    has(&page, &["name=\"permission\" value=\"268435456\" checked", "oauth/callback"]);
    assert!(!page.contains("Elsewhere") && !page.contains("email address"), "{page}");
    // The first person there is owns the club.
    has(&open(&url).await.1, &["selected>Owner<", "Club</option>"]);
    let ben = world.guild.member("Ben");
    has(&open(&format!("{url}&as={}", ben.id())).await.1, &["value=\"authorize\" disabled"]);
    let (guild, elsewhere) = (world.guild.id().to_string(), other.id().to_string());
    let locked = |id| {
        let more = [INSTALL, &[("guild_id", id), ("disable_guild_select", "true")]].concat();
        format!("{}&as={}", world.ask(&more), ana.id())
    };
    has(&open(&locked(&guild)).await.1, &["required disabled", "selected>Club<"]);
    has(&open(&locked(&elsewhere)).await.1, &["Manage Server in Elsewhere", "value=\"authorize\" disabled"]);
    ana.email(Some("ana@example.org"), false);
    let login = world.ask(&[("scope", "identify email")]);
    has(&open(&format!("{login}&as={}", ana.id())).await.1, &["ana@example.org, not verified"]);
    let style = browser().get(format!("{}/oauth2/authorize.css", world.discord.url())).send().await.unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn what_can_not_be_trusted_leads_nowhere() {
    let world = World::new().await;
    for (more, why) in [
        (("client_id", "7"), "Unknown Application"),
        (("client_id", "me"), "not snowflake"),
        (("client_id", ""), "client_id: This field is required"),
        (("redirect_uri", "https://example.org/"), "Invalid OAuth2 redirect_uri"),
        (("redirect_uri", ""), "redirect_uri is missing"),
        (("response_type", "token"), "Unsupported response type: token"),
        (("response_type", ""), "response_type: This field is required"),
        (("permissions", "lots"), "permissions: Value"),
        (("scope", ""), "scope: This field is required"),
    ] {
        let url = world.ask(&[("scope", "identify"), more]);
        let (status, page) = open(&url).await;
        assert_eq!(status, 400, "{more:?}");
        has(&page, &["<h1>Error</h1>", why]);
        let ana = world.guild.member("Ana");
        assert_eq!(press(&url, &ana, "authorize", &[]).await.status(), 400);
        assert!(ana.try_authorize(&url, Consent::default()).await.is_err());
    }
    let unknown =
        browser().get(world.ask(&[("scope", "identify fly"), ("state", "s")])).send().await.unwrap();
    let to = location(&unknown);
    assert_eq!(parameter(&to, "error").as_deref(), Some("invalid_scope"));
    assert_eq!(parameter(&to, "state").as_deref(), Some("s"));
}

#[tokio::test]
async fn cancelling_and_authorizing_lead_back_with_what_was_decided() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    world.guild.remove_bot();
    let url = world.ask(INSTALL);
    let denied = location(&press(&url, &ana, "cancel", &[]).await);
    assert_eq!(
        denied,
        format!(
            "{CALLBACK}?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request\
             &state=a+b%26c"
        )
    );
    assert_eq!(ana.decline(&url).await, denied);
    let guild = world.guild.id().to_string();
    let chosen = [("guild", guild.as_str()), ("permission", "1024"), ("permission", "268435456")];
    let to = location(&press(&url, &ana, "authorize", &chosen).await);
    assert_eq!(parameter(&to, "state").as_deref(), Some("a b&c"));
    assert_eq!(parameter(&to, "guild_id"), Some(guild.clone()));
    assert_eq!(parameter(&to, "permissions").as_deref(), Some("268436480"));
    assert_eq!(world.guild.bot_permissions(), Permissions::VIEW_CHANNEL | Permissions::MANAGE_ROLES);
    // Authorizing again changes what the bot may do.
    press(&url, &ana, "authorize", &[("guild", &guild)]).await;
    assert_eq!(world.guild.bot_permissions(), Permissions::NONE);
    let login = location(&press(&world.ask(&[("scope", "identify")]), &ana, "authorize", &[]).await);
    assert_eq!(parameter(&login, "guild_id"), None);
    assert!(parameter(&login, "code").is_some());
}

#[tokio::test]
async fn the_bot_comes_only_where_somebody_manages_the_server_at_that_moment() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    world.guild.remove_bot();
    let url = world.ask(INSTALL);
    let guild = world.guild.id().to_string();
    let role = world.guild.role_with("Organisers", Permissions::NONE);
    let refused = press(&url, &ana, "authorize", &[("guild", &guild)]).await;
    assert_eq!(refused.status(), 403);
    has(&refused.text().await.unwrap(), &["You need Manage Server in Club"]);
    has(&press(&url, &ana, "authorize", &[]).await.text().await.unwrap(), &["Choose a server."]);
    assert!(ana.try_authorize(&url, Consent::default()).await.is_err());
    let _ = world.guild.role_with(&role.name, Permissions::ADMINISTRATOR);
    let other = world.discord.guild("Elsewhere").id().to_string();
    let locked =
        world.ask(&[INSTALL, &[("guild_id", other.as_str()), ("disable_guild_select", "true")]].concat());
    has(
        &press(&locked, &ana, "authorize", &[("guild", &guild)]).await.text().await.unwrap(),
        &["asks for another server"],
    );
    assert_eq!(world.get(&format!("/guilds/{guild}")).await.error(), (403, 50001));
    ana.authorize(&url).await;
    assert_eq!(world.get(&format!("/guilds/{guild}")).await.status, 200);
}

#[tokio::test]
async fn an_invitation_without_an_address_ends_on_a_page_and_a_silent_one_asks_once() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    let invite = world.ask(&[("scope", "bot"), ("redirect_uri", ""), ("response_type", "")]);
    let to = ana.authorize(&invite).await;
    has(&open(&to).await.1, &["Authorized"]);
    let silent = world.ask(&[("scope", "identify"), ("prompt", "none")]) + &format!("&as={}", ana.id());
    assert_eq!(open(&silent).await.0, 200, "nobody has agreed yet");
    ana.authorize(&silent).await;
    assert_eq!(open(&silent).await.0, 303);
}
