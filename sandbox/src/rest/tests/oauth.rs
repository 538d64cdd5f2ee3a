//! Codes, tokens, and what is learnt with them.

use super::*;
use crate::{Consent, Fault, FaultKind, Match, Permissions, Times, people::Person};

const LOGIN: &[(&str, &str)] = &[("scope", "identify email"), ("state", "s")];
const INSTALL: &[(&str, &str)] =
    &[("scope", "bot applications.commands identify"), ("permissions", "268436480")];

/// A code that somebody agreed to.
async fn code(world: &World, person: &Person, more: &[(&str, &str)]) -> String {
    parameter(&person.authorize(&world.ask(more)).await, "code").unwrap()
}

/// What the token endpoint makes of a code.
async fn exchange(world: &World, code: &str) -> Got {
    let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
    world.oauth("token", &fields).await
}

fn wrong(got: &Got) -> (u16, &str, &str) {
    let text = |name: &str| got.body[name].as_str().unwrap_or_default();
    (got.status.as_u16(), text("error"), text("error_description"))
}

#[tokio::test]
async fn a_code_becomes_tokens_once_and_within_a_minute() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let first = code(&world, &ana, LOGIN).await;
    let tokens = exchange(&world, &first).await;
    assert_eq!(tokens.status, 200);
    assert_eq!(
        (&tokens.body["token_type"], &tokens.body["expires_in"], &tokens.body["scope"]),
        (&json!("Bearer"), &json!(604_800), &json!("identify email"))
    );
    assert!(tokens.body["access_token"].is_string() && tokens.body["refresh_token"].is_string());
    assert_eq!(tokens.body.get("guild"), None);
    let spent = exchange(&world, &first).await;
    assert_eq!(wrong(&spent), (400, "invalid_grant", "Invalid \"code\" in request."));
    let late = code(&world, &ana, LOGIN).await;
    world.advance(60);
    assert_eq!(wrong(&exchange(&world, &late).await).1, "invalid_grant");
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_code_is_good_for_the_address_that_it_was_sent_to() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let code = code(&world, &ana, LOGIN).await;
    let fields = |uri| [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", uri)];
    let elsewhere = world.oauth("token", &fields("http://127.0.0.1:9/elsewhere")).await;
    assert_eq!(wrong(&elsewhere), (400, "invalid_grant", "Invalid \"redirect_uri\" in request."));
    assert_eq!(world.oauth("token", &fields(CALLBACK)).await.status, 200);
}

#[tokio::test]
async fn only_the_application_itself_gets_tokens_by_either_way_of_saying_who_it_is() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let code = code(&world, &ana, LOGIN).await;
    let (id, secret) =
        (world.discord.application().id.to_string(), world.discord.application().client_secret.clone());
    let url = format!("{}/api/v10/oauth2/token", world.discord.url());
    let send = async |secret: &str| {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", CALLBACK),
            ("client_id", id.as_str()),
            ("client_secret", secret),
        ];
        let request = world.client.post(&url).header("user-agent", "DiscordBot (https://example.org, 1)");
        world.client.execute(form(request, &fields).build().unwrap()).await.unwrap()
    };
    let refused = send("guess").await;
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.text().await.unwrap(), r#"{"error":"invalid_client"}"#);
    assert_eq!(send(&secret).await.status(), 200);
    world.discord.assert_clean();
}

#[tokio::test]
async fn what_the_token_endpoint_does_not_take() {
    let world = World::new().await;
    let other = world.oauth("token", &[("grant_type", "password")]).await;
    assert_eq!(wrong(&other), (400, "unsupported_grant_type", "Grant type password is not supported"));
    let none = world.oauth("token", &[]).await;
    assert_eq!(wrong(&none), (400, "unsupported_grant_type", "Grant type None is not supported"));
    let missing = world.oauth("token", &[("grant_type", "authorization_code")]).await;
    assert_eq!(wrong(&missing), (400, "invalid_request", "Missing \"code\" in request."));
}

#[tokio::test]
async fn a_token_is_refreshed_once_ends_after_a_week_and_can_be_revoked() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let first = exchange(&world, &code(&world, &ana, LOGIN).await).await.body;
    let text = |body: &Value, name: &str| body[name].as_str().unwrap().to_owned();
    let refresh = text(&first, "refresh_token");
    let again =
        async || world.oauth("token", &[("grant_type", "refresh_token"), ("refresh_token", &refresh)]).await;
    let second = again().await;
    assert_eq!(second.status, 200);
    assert_eq!(wrong(&again().await).1, "invalid_grant");
    assert_eq!(world.with_token(&text(&first, "access_token"), "/users/@me").await.status, 401);
    let token = text(&second.body, "access_token");
    assert_eq!(world.with_token(&token, "/users/@me").await.status, 200);
    world.advance(604_800);
    assert_eq!(world.with_token(&token, "/users/@me").await.status, 401);
    let third = exchange(&world, &code(&world, &ana, LOGIN).await).await.body;
    let token = text(&third, "access_token");
    assert_eq!(world.oauth("token/revoke", &[("token", &token)]).await.status, 200);
    assert_eq!(world.with_token(&token, "/users/@me").await.status, 401);
}

#[tokio::test]
async fn a_token_tells_who_somebody_is_and_the_address_only_where_they_let_it() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let me = async |scope: &'static str| {
        let tokens = exchange(&world, &code(&world, &ana, &[("scope", scope)]).await).await.body;
        world.with_token(tokens["access_token"].as_str().unwrap(), "/users/@me").await
    };
    let without = me("identify").await;
    assert_eq!((&without.body["id"], without.body.get("email")), (&json!(ana.id()), None));
    let none = me("identify email").await.body;
    assert_eq!((&none["email"], &none["verified"]), (&Value::Null, &json!(false)));
    ana.email(Some("ana@example.org"), true);
    let some = me("identify email").await.body;
    assert_eq!((&some["email"], &some["verified"]), (&json!("ana@example.org"), &json!(true)));
    assert_eq!(me("email").await.status, 401, "without identify there is nobody to be read");
    let tokens = exchange(&world, &code(&world, &ana, LOGIN).await).await.body;
    let good_for = world.with_token(tokens["access_token"].as_str().unwrap(), "/oauth2/@me").await;
    assert_eq!(good_for.body["scopes"], json!(["identify", "email"]));
    assert_eq!(good_for.body["user"]["id"], json!(ana.id()));
    assert_eq!(good_for.body["expires"], "2026-12-12T14:00:00.000000+00:00");
    assert_eq!(world.get("/oauth2/@me").await.status, 401, "the bot has agreed to nothing");
    world.discord.assert_clean();
}

#[tokio::test]
async fn an_installation_answers_with_the_guild_and_what_was_granted_is_the_bots() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    world.guild.remove_bot();
    let consent =
        Consent { permissions: Permissions::VIEW_CHANNEL | Permissions::MANAGE_GUILD, ..Consent::default() };
    let to = ana.try_authorize(&world.ask(INSTALL), consent).await.unwrap();
    let guild = world.guild.id();
    assert_eq!(parameter(&to, "guild_id"), Some(guild.to_string()));
    assert_eq!(parameter(&to, "permissions").as_deref(), Some("1024"));
    assert_eq!(world.guild.bot_permissions(), Permissions::VIEW_CHANNEL, "no more than was asked for");
    let tokens = exchange(&world, &parameter(&to, "code").unwrap()).await.body;
    assert_eq!(tokens["guild"]["id"], json!(guild));
    let bot = world.discord.application().bot_user_id;
    let roles = tokens["guild"]["roles"].as_array().unwrap();
    let own = roles.iter().find(|role| role["tags"]["bot_id"] == json!(bot)).unwrap();
    assert_eq!((&own["managed"], &own["permissions"]), (&json!(true), &json!("1024")));
    let added = world.guild.audit_log().pop().unwrap();
    assert_eq!((added.action, added.user, added.target), (28, ana.id(), Some(bot)));
    assert_eq!(world.get(&format!("/guilds/{guild}")).await.status, 200);
}

#[tokio::test]
async fn answers_lack_fields_on_demand_and_the_record_holds_no_secret() {
    let world = World::new().await;
    let ana = world.guild.organiser("Ana");
    let on = Match::route("POST /oauth2/token");
    let kind = FaultKind::Without(&["guild", "access_token"]);
    world.discord.faults().inject(Fault { on: on.clone(), times: Times::Once, kind });
    let first = exchange(&world, &code(&world, &ana, INSTALL).await).await;
    assert_eq!((first.status.as_u16(), first.body["token_type"].as_str()), (200, Some("Bearer")));
    assert_eq!((first.body.get("guild"), first.body.get("access_token")), (None, None));
    let kind = FaultKind::Status { status: 503, code: 0 };
    world.discord.faults().inject(Fault { on, times: Times::Once, kind });
    let code = code(&world, &ana, INSTALL).await;
    assert_eq!(exchange(&world, &code).await.status, 503);
    let tokens = exchange(&world, &code).await.body;
    let call = world.discord.calls().pop().unwrap();
    assert_eq!((call.route.as_str(), call.path.as_str()), ("POST /oauth2/token", "/oauth2/token"));
    let recorded = format!("{:?} {:?}", call.body, call.answer);
    assert!(recorded.contains("authorization_code") && recorded.contains("•••"), "{recorded}");
    for secret in [code.as_str(), tokens["access_token"].as_str().unwrap()] {
        assert!(!recorded.contains(secret), "{recorded}");
    }
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_form_is_sent_as_one() {
    let world = World::new().await;
    let url = format!("{}/api/oauth2/token", world.discord.url());
    let request = world.client.post(url).header("user-agent", "DiscordBot (https://example.org, 1)");
    let got = world.send(request.json(&json!({ "grant_type": "authorization_code" }))).await.unwrap();
    assert_eq!(wrong(&got).1, "invalid_client");
    let complaint = world.discord.take_complaints().pop().unwrap();
    assert!(complaint.what.contains("x-www-form-urlencoded"), "{complaint}");
}
