//! The app in a server, what it learns of people, and the files that it gets.

use super::*;

#[tokio::test]
async fn the_app_goes_and_comes_back_and_its_role_moves() {
    let world = World::new().await;
    let lena = world.web.site.stage.cast.lena.clone();
    let place = world.place(&lena, world.general()).with(|params| params.side = Some(place::Side::Faults));
    let page = world.act(&place, "role-order", &[("to", "bottom")]).await;
    has(&page, &["Move the app’s role to the top"]);
    has(&world.act(&place, "role-order", &[("to", "top")]).await, &["Move other roles above"]);
    has(&world.act(&place, "permission", &[("permission", "Fly")]).await, &["There is no permission"]);
    has(&world.act(&place, "uninstall", &[]).await, &["isn’t in this server", "Install it"]);
    has(&world.act(&place, "install", &[]).await, &["Remove the app from this server"]);
    has(&world.act(&place, "kick", &[]).await, &["isn’t in this server"]);
    // The service was told of all but the kick.
    let told = world.web.site.discord.webhook_events();
    let names: Vec<_> = told.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["APPLICATION_DEAUTHORIZED", "APPLICATION_AUTHORIZED"]);
    let wire = place.with(|params| {
        params.side = Some(place::Side::Wire);
        params.entry = Some(told[1].order);
    });
    has(
        &world.page(&wire.href()).await,
        &["webhook event", "APPLICATION_AUTHORIZED", "Answered <strong>204"],
    );
    world.end().await;
}

#[tokio::test]
async fn a_call_for_a_token_stands_on_the_wire_without_its_secrets() {
    let world = World::new().await;
    let discord = world.web.site.discord.clone();
    let request = world.client.post(format!("{}/api/oauth2/token", discord.url()));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.body("grant_type=authorization_code&code=s3cret").send().await.unwrap();
    let call = discord.calls().pop().unwrap();
    let place = world.place(&world.web.site.stage.cast.lena, world.general()).with(|params| {
        params.side = Some(place::Side::Wire);
        params.entry = Some(call.order);
    });
    let page = world.page(&place.href()).await;
    has(&page, &["invalid_client", "--data-urlencode 'code=•••'", "-u '"]);
    assert!(!page.contains("s3cret") && !page.contains("DISCORD_OPENAPI"), "{page}");
    world.end().await;
}

#[tokio::test]
async fn somebodys_address_and_the_portals_switch_are_set_by_hand() {
    let world = World::new().await;
    let cast = world.web.site.stage.cast.clone();
    let place = world.place(&cast.lena, world.general());
    let ben = cast.ben.id();
    let card = place.with(|params| params.open = Some(place::Window::Member(ben)));
    has(&world.page(&card.href()).await, &["ben@example.org"]);
    let id = ben.to_string();
    has(&world.act(&card, "email", &[("user", &id), ("email", "b@example.org")]).await, &["b@example.org"]);
    let email = world.web.site.discord.with(|state| state.users[&ben].email.clone()).unwrap();
    assert_eq!((email.address.as_str(), email.verified), ("b@example.org", false));
    let page = world.act(&card, "email", &[("user", &id), ("email", "")]).await;
    assert!(!page.contains("b@example.org"), "{page}");
    world.act(&card, "deauthorize", &[("user", &id)]).await;
    assert_eq!(
        world.web.site.discord.webhook_events().pop().unwrap().payload["event"]["data"]["user"]["id"],
        id
    );
    let faults = place.with(|params| params.side = Some(place::Side::Faults));
    has(&world.page(&faults.href()).await, &["✓ </span>Server Members Intent"]);
    has(&world.act(&faults, "intent", &[("to", "off")]).await, &["✗ </span>Server Members Intent"]);
    has(&world.act(&faults, "intent", &[("to", "on")]).await, &["✓ </span>Server Members Intent"]);
    for kind in ["no-guild", "no-token"] {
        has(&world.act(&faults, "fault", &[("kind", kind)]).await, &["The answer lacks its"]);
    }
    world.end().await;
}

#[tokio::test]
async fn a_file_is_chosen_in_its_field_and_reaches_the_service() {
    let world = World::new().await;
    let file = json!({ "name": "file", "type": 11, "description": "The roster", "required": true });
    let word = json!({ "name": "word", "type": 3, "description": "A word" });
    world.register(json!({ "name": "read", "type": 1, "description": "Reads", "options": [file, word] }));
    let lena = &world.web.site.stage.cast.lena;
    let place = world.place(lena, world.general()).with(|params| params.command = Some("read".to_owned()));
    let page = world.page(&place.href()).await;
    has(&page, &["multipart/form-data", "type=\"file\"", "option.file"]);
    let part =
        |head: &str, text: &str| format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let body = [
        part("name=\"option.file\"; filename=\"roster.csv\"", "name"),
        part("name=\"option.word\"", "hello"),
        "--b--\r\n".to_owned(),
    ];
    let request = world.client.post(world.web.url() + &place.act("command"));
    let request = request.header("content-type", "multipart/form-data; boundary=b");
    request.body(body.concat()).send().await.unwrap().error_for_status().unwrap();
    let sent = world.web.site.discord.deliveries().pop().unwrap().payload["data"].clone();
    let told = sent["resolved"]["attachments"].as_object().unwrap().values().next().unwrap().clone();
    assert_eq!((&told["filename"], &told["size"]), (&json!("roster.csv"), &json!(4)));
    assert!(sent["options"].as_array().unwrap().iter().any(|option| option["value"] == "hello"));
    let got = world.client.get(told["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(got.text().await.unwrap(), "name");
    world.end().await;
}
