//! The operator's routes.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{everything, on_both};

#[tokio::test]
async fn the_operator_tells_everybody_something() {
    on_both(|world| async move {
        let (_, site) = world.club_with_site(everything()).await;
        let operator = world.operator();
        let known = operator.get("/operator/settings").await.ok(200);
        assert_eq!((&known["notice"], &known["commands_error"]), (&Value::Null, &Value::Null));
        assert!(known["commands_at"].is_string());
        let patch = async |notice: Value| {
            operator.send(Method::PATCH, "/operator/settings", &json!({ "notice": notice })).await
        };
        let told = patch(json!("Back at *nine*.")).await.ok(200);
        assert_eq!(
            (&told["notice"], &told["commands_at"]),
            (&json!("Back at *nine*."), &known["commands_at"])
        );
        let info = world.member("Ada").slash("info").send().await.message().text();
        assert!(info.contains("From whoever runs this app") && info.contains(r"\*nine\*"), "{info}");
        patch(json!("")).await.is_problem(422, "invalid");
        operator.send(Method::PATCH, "/operator/settings", &json!({})).await.is_problem(422, "invalid");
        assert_eq!(patch(Value::Null).await.ok(200), known);
        for path in ["/operator/settings", "/operator/commands"] {
            site.get(path).await.is_problem(403, "forbidden");
        }
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_command_log_is_read_the_latest_first() {
    on_both(|world| async move {
        world.club().await;
        let ada = world.member("Ada");
        for command in ["ping", "help", "info"] {
            world.pass(Duration::from_secs(1)).await;
            ada.slash(command).send().await;
        }
        world.settle().await;
        let log = world.operator().get("/operator/commands?limit=2").await.ok(200);
        let commands: Vec<&str> =
            log["data"].as_array().unwrap().iter().map(|used| used["command"].as_str().unwrap()).collect();
        assert_eq!(commands, ["info", "help"]);
        let last = &log["data"][0];
        assert_eq!(
            (&last["outcome"], &last["guild_id"]),
            (&json!("answered"), &json!(world.guild.id().to_string()))
        );
        assert_eq!(last["user_id"], ada.id().to_string());
        assert!(last["milliseconds"].is_u64());
        let next = format!("/operator/commands?limit=2&cursor={}", log["next"].as_str().unwrap());
        assert_eq!(world.operator().get(&next).await.ok(200)["data"][0]["command"], "ping");
        world.end().await;
    })
    .await;
}
