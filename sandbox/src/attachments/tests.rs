#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use reqwest::{Client, Response, redirect::Policy};

use super::*;
use crate::people::stand_in::{World, card};

/// A world with a command that takes a file.
async fn world() -> World {
    let world = World::new(|_| card(4, "Read.", &[], 64)).await;
    let file = json!({ "name": "file", "type": 11, "description": "The roster", "required": true });
    let word = json!({ "name": "word", "type": 3, "description": "A word", "autocomplete": true });
    world.commands(
        json!([{ "name": "import", "type": 1, "description": "Imports", "options": [file, word] }]),
    );
    world
}

/// What an interaction with this file says of it.
async fn told(world: &World, attachment: Attachment) -> Value {
    let ana = world.member("Ana");
    ana.slash("import").option("file", attachment).send().await;
    let data = world.last()["data"].clone();
    let id = data["options"][0]["value"].as_str().unwrap();
    data["resolved"]["attachments"][id].clone()
}

async fn fetch(url: &Value) -> Response {
    let client = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
    client.get(url.as_str().unwrap()).send().await.unwrap()
}

#[tokio::test]
async fn a_file_is_told_of_with_an_address_that_hands_it_out() {
    let world = world().await;
    let told = told(&world, Attachment::new("Our roster.csv", "name\nAna\n")).await;
    assert_eq!((&told["filename"], &told["size"]), (&json!("Our roster.csv"), &json!(9)));
    assert_eq!(
        (&told["content_type"], &told["ephemeral"]),
        (&json!("text/csv; charset=utf-8"), &json!(true))
    );
    let url = told["url"].as_str().unwrap();
    let id = told["id"].as_str().unwrap();
    let path = format!("{}/attachments/{}/{id}/Our%20roster.csv?ex=", world.discord.url(), world.channel);
    assert!(url.starts_with(&path), "{url}");
    let got = fetch(&told["url"]).await;
    assert_eq!((got.status().as_u16(), got.headers()["content-length"].to_str().unwrap()), (200, "9"));
    assert_eq!(got.text().await.unwrap(), "name\nAna\n");
    // An address is signed, and works for a day.
    assert_eq!(fetch(&json!(url.replace("&hm=", "&hm=0"))).await.status(), 404);
    assert_eq!(fetch(&json!(url.split_once('?').unwrap().0)).await.status(), 404);
    assert_eq!(fetch(&json!(url.replace("Our", "Their"))).await.status(), 404);
    world.discord.clock().advance(ADDRESS_LIFE);
    assert_eq!(fetch(&told["url"]).await.status(), 404);
    assert_eq!(world.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn an_address_may_lead_astray() {
    let world = world().await;
    let file = || Attachment::new("roster.csv", "name\n");
    let redirected =
        told(&world, file().served(Served::Redirected("http://127.0.0.1:9/other".to_owned()))).await;
    let got = fetch(&redirected["url"]).await;
    assert_eq!(
        (got.status().as_u16(), got.headers()["location"].to_str().unwrap()),
        (302, "http://127.0.0.1:9/other")
    );
    assert_eq!(fetch(&told(&world, file().served(Served::Gone)).await["url"]).await.status(), 404);
    let lying = told(&world, file().claiming(3).of_type("text/plain")).await;
    assert_eq!((&lying["size"], &lying["content_type"]), (&json!(3), &json!("text/plain")));
    assert_eq!(fetch(&lying["url"]).await.text().await.unwrap(), "name\n");
    let other = told(&world, file().elsewhere("http://169.254.169.254/latest")).await;
    assert_eq!(other["url"], "http://169.254.169.254/latest");
    let hanging = told(&world, file().served(Served::Hanging)).await;
    let waited = tokio::time::timeout(Duration::from_millis(100), fetch(&hanging["url"])).await;
    assert!(waited.is_err());
}

#[tokio::test]
async fn a_stream_is_long_and_does_not_say_how_long() {
    let world = world().await;
    let file = Attachment::new("roster.csv", "name\n").served(Served::Streamed { mebibytes: 6 });
    let got = fetch(&told(&world, file).await["url"]).await;
    assert_eq!((got.headers().get("content-length"), got.content_length()), (None, None));
    let bytes = got.bytes().await.unwrap();
    assert_eq!((bytes.len(), &bytes[..6]), (6 * 1024 * 1024, b"name\nx".as_slice()));
}

#[tokio::test]
async fn a_file_is_uploaded_when_its_command_is_sent_and_only_where_one_is_taken() {
    let world = World::new(|_| json!({ "type": 8, "data": { "choices": [] } })).await;
    let file = json!({ "name": "file", "type": 11, "description": "The roster" });
    let word = json!({ "name": "word", "type": 3, "description": "A word", "autocomplete": true });
    world.commands(
        json!([{ "name": "import", "type": 1, "description": "Imports", "options": [file, word] }]),
    );
    let ana = world.member("Ana");
    let typed = ana.slash("import").option("file", Attachment::new("a.csv", "x"));
    typed.clone().try_autocomplete("word", "w").await.unwrap();
    assert_eq!(world.last()["data"]["options"].as_array().unwrap().len(), 1);
    let wrong = ana.slash("import").option("word", Attachment::new("a.csv", "x")).try_send().await;
    assert!(wrong.unwrap_err().to_string().contains("does not take"));
    let wrong = ana.slash("import").option("file", "a.csv").try_send().await;
    assert!(wrong.unwrap_err().to_string().contains("does not take"));
    assert_eq!(world.discord.with(|state| state.files.len()), 0);
}

/// Edits the answer to the last interaction, with files as parts of a form. Returns the status and what Discord says.
async fn edit(world: &World, payload: Value, files: &[(&str, Vec<u8>)]) -> (u16, Value) {
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n".to_vec();
    body.extend(payload.to_string().into_bytes());
    for (number, (name, content)) in files.iter().enumerate() {
        let head = format!(
            "\r\n--b\r\nContent-Disposition: form-data; name=\"files[{number}]\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(content);
    }
    body.extend(b"\r\n--b--\r\n");
    let (last, url) = (world.last(), world.discord.url().to_owned());
    let (application, token) = (last["application_id"].as_str().unwrap(), last["token"].as_str().unwrap());
    let client = Client::builder().no_proxy().build().unwrap();
    let sent = client
        .patch(format!("{url}/api/v10/webhooks/{application}/{token}/messages/@original"))
        .header("content-type", "multipart/form-data; boundary=b")
        .header("user-agent", "DiscordBot (https://simlane.example, 1)")
        .body(body)
        .send()
        .await
        .unwrap();
    (sent.status().as_u16(), sent.json().await.unwrap())
}

/// A message that shows a file of that name.
fn showing(name: &str, attachments: &Value) -> Value {
    let file = json!({ "type": 13, "file": { "url": format!("attachment://{name}") } });
    json!({
        "allowed_mentions": { "parse": [] }, "attachments": attachments, "components": [file], "flags": 32768,
    })
}

#[tokio::test]
async fn files_come_with_an_answer_as_parts_of_a_form() {
    let world = world().await;
    let ana = world.member("Ana");
    let reply = ana.slash("import").option("file", Attachment::new("a.csv", "x")).send().await;
    let listed = json!([{ "id": "0", "filename": "members.csv" }]);
    let content = b"name\r\n\r\n--Ana".to_vec();
    let (status, message) = edit(&world, showing("members.csv", &listed), &[("blob", content.clone())]).await;
    assert_eq!(status, 200, "{message}");
    let attachment = &message["attachments"][0];
    assert_eq!(
        (&attachment["filename"], &attachment["size"]),
        (&json!("members.csv"), &json!(content.len()))
    );
    assert_eq!(fetch(&attachment["url"]).await.bytes().await.unwrap(), content);
    assert_eq!(reply.settled().await.message().attachments, std::slice::from_ref(attachment));

    // An edit keeps those that it lists, and no others.
    let kept = json!([{ "id": attachment["id"] }]);
    let (status, again) = edit(&world, showing("members.csv", &kept), &[]).await;
    assert_eq!((status, &again["attachments"][0]["id"]), (200, &attachment["id"]));
    let (status, refused) = edit(&world, showing("members.csv", &json!([])), &[]).await;
    assert_eq!((status, &refused["code"]), (400, &json!(50035)), "it shows a file that is gone: {refused}");
    assert_eq!(world.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn files_that_discord_would_not_take_are_refused() {
    let world = world().await;
    world.member("Ana").slash("import").option("file", Attachment::new("a.csv", "x")).send().await;
    let listed = json!([{ "id": 0, "filename": "a.csv" }]);
    let large = vec![b'x'; 10 * 1024 * 1024 + 1];
    let (status, refused) = edit(&world, showing("a.csv", &listed), &[("a.csv", large)]).await;
    assert_eq!((status, &refused["code"]), (413, &json!(40005)));
    let missing = json!([{ "id": 1, "filename": "a.csv" }]);
    let (status, refused) = edit(&world, showing("a.csv", &missing), &[("a.csv", vec![b'x'])]).await;
    assert_eq!(status, 400, "{refused}");
    let (status, refused) = edit(&world, showing("b.csv", &listed), &[("a.csv", vec![b'x'])]).await;
    assert_eq!(status, 400, "{refused}");
}
