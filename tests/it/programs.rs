//! The `simlane` program, run as deployers run it, beside a Discord on the real clock.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::{Child, ChildStderr, Command, Output, Stdio},
    time::{Duration, Instant},
};

use sandbox::{Discord, Fault, FaultKind, Guild, Match, Options, Times, people::Person};
use serde_json::Value;
use simlane::base::clock::Clock;

use crate::world::{Pair, Stores};

const CREATE: &str = "POST /guilds/{guild_id}/channels";
/// How long the service may take to stop, jobs included.
const STOPS_WITHIN: Duration = Duration::from_secs(25);

/// A Discord, and what the program stands on.
struct Place {
    discord: Discord,
    stores: Stores,
}

impl Place {
    async fn new(pair: Pair) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let discord = Discord::start(Options::on(Clock::system())).await.unwrap();
        discord.register_redirect("http://localhost:8080/oauth/callback");
        Self { discord, stores: Stores::new(pair).await }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simlane"));
        command.args(arguments).env_clear().envs(self.stores.environment(&self.discord));
        command
    }

    /// Runs a command to its end: whether it succeeded, and everything that it said.
    async fn run(&self, arguments: &[&str]) -> (bool, String) {
        said(self.command(arguments)).await
    }

    /// Starts `serve`, and has Discord deliver to it.
    async fn serve(&self) -> Service {
        let mut command = self.command(&["serve"]);
        command.env("LOG_FORMAT", "json").env("RUST_LOG", "simlane=debug").stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut service = Service { child, log, seen: Vec::new() };
        tokio::task::block_in_place(|| service.logs("listening"));
        let public = service.seen.last().unwrap()["public"].as_str().unwrap().to_owned();
        self.discord.deliver_to(&format!("http://{public}"));
        service
    }
}

async fn said(mut command: Command) -> (bool, String) {
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let Output { status, stdout, stderr } = run.await.unwrap();
    let text = [stdout, stderr].concat();
    (status.success(), String::from_utf8(text).unwrap())
}

/// The service as a process, killed when dropped.
struct Service {
    child: Child,
    log: BufReader<ChildStderr>,
    /// The lines of its log so far.
    seen: Vec<Value>,
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// Reads its log up to the line with that message.
    fn logs(&mut self, message: &str) {
        while self.seen.last().is_none_or(|last| last["message"] != message) {
            let mut line = String::new();
            let read = self.log.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended without {message:?}: {:#?}", self.seen);
            self.seen.push(serde_json::from_str(&line).unwrap());
        }
    }

    /// Waits until it has served a guild.
    async fn has_served(&self) {
        let operator = self.seen.iter().find_map(|line| line["operator"].as_str()).unwrap();
        let (client, url) = (simlane::discord::client().unwrap(), format!("http://{operator}/metrics"));
        let served = r#"simlane_jobs_total{job="wake",outcome="ended"}"#;
        let since = Instant::now();
        while !client.get(&url).send().await.unwrap().text().await.unwrap().contains(served) {
            assert!(since.elapsed() < Duration::from_secs(30), "no guild was served");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Asks it to stop, and waits until it has: its exit code, how long it took, and the rest of its log.
    fn stop(mut self, signal: &str) -> (Option<i32>, Duration, String) {
        let asked = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), asked.elapsed(), rest)
    }
}

/// An organiser waits for the commands, and sets a club up.
async fn set_up(place: &Place, guild: &Guild) -> Person {
    let registers = "PUT /applications/{application_id}/commands";
    until("commands", || {
        place.discord.calls().iter().any(|call| call.route == registers && call.status.is_some())
    })
    .await;
    let organiser = guild.organiser("Olivia");
    let form = organiser.slash("club setup").send().await.modal();
    form.fill("Name", "Night Owls").fill("Time zone", "Europe/Berlin").submit().await.settled().await;
    organiser
}

/// An organiser creates an event without a series.
async fn create_event(organiser: &Person) {
    // Far enough ahead that race voice doesn't open.
    let start = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(5 * 24);
    let start = start.strftime("%Y-%m-%d 14:00").to_string();
    let form = organiser.slash("event create").send().await.modal();
    let form = form.fill("Name", "Spa 6 Hours").fill("Start", &start).fill("Length", "6h");
    let reply = form.submit().await.settled().await;
    assert!(reply.text().contains("is created"), "{}", reply.text());
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    let since = Instant::now();
    while !holds() {
        assert!(since.elapsed() < Duration::from_secs(30), "never: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn every_command_does_what_it_says() {
    for pair in [Pair::Sqlite, Pair::Postgres] {
        let place = Place::new(pair).await;
        let _guild = place.discord.guild("Night Owls");
        if pair == Pair::Sqlite {
            for command in ["status", "doctor"] {
                let (done, text) = place.run(&[command]).await;
                assert!(!done && text.contains("there is no"), "{text}");
            }
        }
        for (command, says) in [
            ("migrate", "migrations applied"),
            ("migrate", "is up to date"),
            ("register", "the commands are registered"),
            ("register", "Discord has these commands already"),
            ("doctor", "ok      commands: registered"),
            ("tick", ""),
            ("status", "nothing waits"),
        ] {
            let (done, text) = place.run(&[command]).await;
            assert!(done && text.contains(says), "{command} on {pair:?}: {text}");
        }
        place.discord.assert_clean();
        place.stores.end().await;
    }
}

#[tokio::test]
async fn a_backup_is_a_database_and_replaces_none() {
    let place = Place::new(Pair::Sqlite).await;
    place.run(&["migrate"]).await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db").display().to_string();
    let (done, text) = place.run(&["backup", &copy]).await;
    assert!(done, "{text}");
    let mut status = place.command(&["status"]);
    status.env("DATABASE_URL", format!("sqlite://{copy}"));
    let (done, text) = said(status).await;
    assert!(done && text.contains("Guilds    0"), "{text}");
    let (done, text) = place.run(&["backup", &copy]).await;
    assert!(!done, "the file exists: {text}");
    place.stores.end().await;
}

#[tokio::test]
async fn doctor_names_what_is_not_this_applications() {
    let place = Place::new(Pair::Sqlite).await;
    place.run(&["migrate"]).await;
    let own = &place.discord.application().public_key_hex;
    let other = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";
    for (variable, value, fix) in [
        ("DISCORD_PUBLIC_KEY", other, own.as_str()),
        ("DISCORD_APPLICATION_ID", "1174000000000000000", "General Information"),
        ("DISCORD_BOT_TOKEN", "a.wrong.token", "reset the token"),
        ("DISCORD_CLIENT_SECRET", "wrong", "reset the secret"),
        ("PUBLIC_URL", "https://elsewhere.example", "https://elsewhere.example/oauth/callback"),
    ] {
        let mut doctor = place.command(&["doctor"]);
        doctor.env(variable, value);
        let (done, text) = said(doctor).await;
        assert!(!done && text.contains(fix), "{variable}: {text}");
    }
    place.stores.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_found_again_in_the_work_that_it_causes() {
    let place = Place::new(Pair::Sqlite).await;
    let guild = place.discord.guild("Night Owls");
    let mut service = place.serve().await;
    let organiser = set_up(&place, &guild).await;
    // A wake that still runs would take the event up, too.
    service.has_served().await;
    create_event(&organiser).await;
    until("the event's card", || !guild.messages().is_empty()).await;
    let id = |line: &Value, span: &str| {
        let spans = line["spans"].as_array().cloned().unwrap_or_default();
        spans.iter().find(|known| known["name"] == span).map(|known| known["request_id"].clone())
    };
    let request = tokio::task::block_in_place(|| {
        loop {
            service.logs("interaction finished");
            let line = service.seen.last().unwrap();
            if line["name"] == "create" && line["kind"] == "form" {
                break id(line, "request").unwrap();
            }
            service.seen.push(Value::Null);
        }
    });
    let steps = tokio::task::block_in_place(|| {
        loop {
            service.logs("step");
            let steps: Vec<_> = service.seen.iter().filter(|line| line["message"] == "step").collect();
            if steps
                .iter()
                .any(|step| step["step"].as_str().is_some_and(|step| step.starts_with("create channel")))
            {
                break steps.iter().filter_map(|step| id(step, "job")).collect::<Vec<_>>();
            }
            service.seen.push(Value::Null);
        }
    });
    assert!(steps.contains(&request), "{request} isn't among {steps:?}");
    service.stop("-TERM");
    place.discord.assert_clean();
    place.stores.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_service_finishes_what_is_in_hand_at_sigterm() {
    finishes_what_is_in_hand("-TERM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_service_finishes_what_is_in_hand_at_sigint() {
    finishes_what_is_in_hand("-INT").await;
}

/// A channel is being made when the signal comes: that call is finished, and a successor goes on from there.
async fn finishes_what_is_in_hand(signal: &str) {
    let place = Place::new(Pair::Sqlite).await;
    let guild = place.discord.guild("Night Owls");
    let service = place.serve().await;
    let kind = FaultKind::Latency { before: Duration::from_secs(2), after: Duration::from_secs(1) };
    let on = Match::route(CREATE);
    let slow = place.discord.faults().inject(Fault { on, times: Times::UntilCleared, kind });
    let organiser = set_up(&place, &guild).await;
    create_event(&organiser).await;
    until("a call in hand", || place.discord.faults().fired(slow) > 0).await;
    let (code, took, log) = tokio::task::block_in_place(|| service.stop(signal));
    assert_eq!(code, Some(0), "{log}");
    assert!(took < STOPS_WITHIN, "{took:?}");
    assert!(log.contains("\"message\":\"stopped\""), "{log}");
    place.discord.faults().clear(slow);

    let successor = place.serve().await;
    until("the event's card", || !guild.messages().is_empty()).await;
    assert_eq!(guild.channels().iter().filter(|channel| channel.name.contains("spa-6-hours")).count(), 1);
    assert_eq!(guild.channels_named("Events").len(), 1);
    tokio::task::block_in_place(|| successor.stop("-TERM"));
    place.discord.assert_clean();
    place.stores.end().await;
}

/// As root, as hosts start it, the folder of a volume becomes the service's own; as anybody else, it is left alone.
#[test]
fn the_image_writes_to_a_volume_that_belongs_to_root() {
    let (bin, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&bin, &data] {
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    }
    let stand_in = bin.path().join("simlane");
    std::fs::write(&stand_in, "#!/bin/sh\nid -u\necho \"$@\"\ntouch \"$DATA_DIR/simlane.db\"\n").unwrap();
    std::fs::set_permissions(&stand_in, PermissionsExt::from_mode(0o755)).unwrap();
    let root = std::fs::metadata(data.path()).unwrap().uid() == 0;
    let entrypoint = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/entrypoint");
    let path = format!("{}:/usr/bin:/bin:/usr/sbin:/sbin", bin.path().display());
    let run = Command::new("sh")
        .arg(entrypoint)
        .args(["serve", "--role", "all"])
        .env_clear()
        .env("PATH", path)
        .env("DATA_DIR", data.path())
        .env("RUN_AS", "nobody")
        .output()
        .unwrap();
    let text = String::from_utf8([run.stdout, run.stderr].concat()).unwrap();
    assert!(run.status.success() && text.contains("serve --role all"), "{text}");
    let owner = std::fs::metadata(data.path().join("simlane.db")).unwrap().uid();
    assert_eq!(owner.to_string(), text.lines().next().unwrap(), "it writes as whom it runs");
    assert_ne!(owner, 0, "never as root: {text}");
    if root {
        assert_eq!(std::fs::metadata(data.path()).unwrap().uid(), owner);
    }
}
