//! Hosting: the binary runs with the environment that `fly.toml` gives it, and stops as the host asks.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStderr, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use toml::Table;

/// How long the service may take to stop: the host kills it after `kill_timeout`.
const STOPS_WITHIN: Duration = Duration::from_secs(25);

fn fly() -> Table {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fly.toml");
    std::fs::read_to_string(file).unwrap().parse().unwrap()
}

/// A process of the service, killed when dropped.
struct Process {
    child: Child,
    log: BufReader<ChildStderr>,
    _volume: TempDir,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts what `fly.toml` starts, with the volume and the ports of a test, and a Discord that can't be reached.
    fn start(fly: &Table) -> Self {
        let volume = tempfile::tempdir().unwrap();
        let arguments = fly["processes"]["app"].as_str().unwrap().split_whitespace();
        let mut command = Command::new(env!("CARGO_BIN_EXE_simlane"));
        command.args(arguments).env_clear().stderr(Stdio::piped());
        for (name, value) in fly["env"].as_table().unwrap() {
            let value =
                value.as_str().unwrap().replace("///data/", &format!("//{}/", volume.path().display()));
            command.env(name, value);
        }
        command
            .env("LISTEN_ADDR", "127.0.0.1:0")
            .env("OPERATOR_ADDR", "127.0.0.1:0")
            .env("SECRET_KEY", "5ec2e7".repeat(11).split_at(64).0)
            .env("DISCORD_API_URL", "http://127.0.0.1:9")
            .env("DISCORD_APPLICATION_ID", "1174000000000000000")
            .env("DISCORD_PUBLIC_KEY", "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29")
            .env("DISCORD_BOT_TOKEN", "a.bot.token")
            .env("DISCORD_CLIENT_SECRET", "a-client-secret");
        let mut child = command.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log, _volume: volume }
    }

    /// Reads the log, which is JSON, up to the line with that message.
    fn logged(&mut self, message: &str) -> serde_json::Value {
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            let read = self.log.read_line(&mut line).unwrap();
            assert!(read > 0, "the service ended without {message:?}:\n{seen}");
            let json: serde_json::Value = serde_json::from_str(&line).unwrap();
            if json["message"] == message {
                return json;
            }
            seen.push_str(&line);
        }
    }

    fn stop(mut self) -> (Option<i32>, Duration, String) {
        let asked = Instant::now();
        let kill = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), asked.elapsed(), rest)
    }
}

async fn get(address: &serde_json::Value, path: &str) -> (u16, String) {
    let client = simlane::discord::client().unwrap();
    let url = format!("http://{}{path}", address.as_str().unwrap());
    let response = client.get(url).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[test]
fn the_host_is_told_what_the_service_needs() {
    let fly = fly();
    assert_eq!(fly["kill_signal"].as_str(), Some("SIGTERM"));
    assert!(fly["kill_timeout"].as_integer().unwrap() >= 30, "longer than a drain");
    assert_eq!(fly["http_service"]["auto_stop_machines"].as_str(), Some("off"), "the clock needs no request");
    let deploy = fly["deploy"].as_table().unwrap();
    assert!(!deploy.contains_key("release_command"), "it would run without the volume");
    assert_eq!(
        deploy["strategy"].as_str(),
        Some("rolling"),
        "a volume has one machine, and its checks count"
    );
    let database = fly["env"]["DATABASE_URL"].as_str().unwrap();
    let volume = fly["mounts"][0]["destination"].as_str().unwrap();
    assert!(database.starts_with(&format!("sqlite://{volume}/")), "{database}");
    let port = fly["http_service"]["internal_port"].as_integer().unwrap();
    assert!(fly["env"]["LISTEN_ADDR"].as_str().unwrap().ends_with(&format!(":{port}")));
    let metrics = fly["metrics"]["port"].as_integer().unwrap();
    assert!(fly["env"]["OPERATOR_ADDR"].as_str().unwrap().ends_with(&format!(":{metrics}")));
}

#[tokio::test]
async fn it_serves_without_discord_and_stops_when_asked() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let fly = fly();
    let mut process = Process::start(&fly);
    let listening = process.logged("listening");
    let failed = process.logged("commands are not registered; trying again");
    assert_eq!(failed["level"], "WARN");

    for check in fly["http_service"]["checks"].as_array().unwrap() {
        let path = check["path"].as_str().unwrap();
        assert_eq!(get(&listening["public"], path).await.0, 200, "{path}");
    }
    let (_, ready) = get(&listening["public"], "/readyz").await;
    assert_eq!(ready, r#"{"commands":"failing","database":"up","status":"ready"}"#);
    let (status, metrics) = get(&listening["operator"], fly["metrics"]["path"].as_str().unwrap()).await;
    assert!(status == 200 && metrics.contains("simlane_build_info"), "{metrics}");

    let (code, took, log) = process.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(took < STOPS_WITHIN, "{took:?}");
    assert!(log.contains("\"signal\":\"SIGTERM\"") && log.contains("\"message\":\"stopped\""), "{log}");
}

#[test]
fn what_is_missing_is_said_line_by_line() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simlane"));
    command.arg("serve").env_clear().env("LISTEN_ADDR", "here");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let lines = String::from_utf8(output.stderr).unwrap();
    let names: Vec<&str> = lines.lines().filter_map(|line| line.split(' ').next()).collect();
    let expected = [
        "DISCORD_APPLICATION_ID",
        "DISCORD_PUBLIC_KEY",
        "DISCORD_BOT_TOKEN",
        "DISCORD_CLIENT_SECRET",
        "LISTEN_ADDR",
    ];
    assert_eq!(names, expected, "{lines}");
}
