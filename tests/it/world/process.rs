//! A process of the service that can be killed: this test's own program once more, which a test talks to in lines.
//!
//! The test moves its clock and asks it to settle over standard input; it answers on standard output.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use sandbox::Discord;
use simlane::{
    app::{App, Parts, Running, Timings},
    base::{
        clock::Clock,
        config::{Config, Role},
        ids::Ids,
    },
    reconcile,
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Stores;

/// Set for the program that is to be the service: where its clock stands, in Unix milliseconds.
const CLOCK: &str = "SIMLANE_TEST_CLOCK";
/// What its lines begin with, among those of the test runner.
const MARK: &str = "@@ ";
/// The test that is the service when it is told to be.
const TEST: &str = "killed::a_process_does_as_it_is_told_and_dies";

/// A lease of two seconds outlasts a call; so long an attempt may take, and so long a successor waits.
pub(crate) const LEASE: Duration = Duration::from_secs(2);

/// A process of the service.
pub(crate) struct Process {
    address: String,
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: UnboundedReceiver<String>,
}

/// The process is dead.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Dead;

impl Drop for Process {
    fn drop(&mut self) {
        self.killer()();
    }
}

impl Process {
    /// Starts one that runs everything on these stores.
    pub(crate) async fn start(stores: &Stores, discord: &Discord, now: Timestamp) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", TEST, "--nocapture"]).envs(stores.environment(discord));
        command.env(CLOCK, now.as_millisecond().to_string());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (said, heard) = unbounded_channel();
        std::thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            let ours = lines.filter_map(|line| line.split_once(MARK).map(|(_, ours)| ours.to_owned()));
            ours.for_each(|line| drop(said.send(line)));
        });
        let child = Arc::new(Mutex::new(child));
        let mut process = Self { address: String::new(), child, input, output: heard };
        process.address = process.output.recv().await.unwrap();
        process
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What kills it with SIGKILL, and returns once it is dead.
    pub(crate) fn killer(&self) -> impl Fn() + Send + Sync + use<> {
        let child = Arc::clone(&self.child);
        move || {
            let mut child = child.lock().unwrap();
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Moves its clock.
    pub(crate) async fn set_clock(&mut self, now: Timestamp) -> Result<(), Dead> {
        self.ask(&format!("clock {}", now.as_millisecond())).await
    }

    /// Has it do everything that is due.
    pub(crate) async fn settle(&mut self) -> Result<(), Dead> {
        self.ask("settle").await
    }

    /// Has it stop as SIGTERM does.
    pub(crate) async fn stop(mut self) {
        self.ask("stop").await.unwrap();
    }

    async fn ask(&mut self, line: &str) -> Result<(), Dead> {
        writeln!(self.input, "{line}").map_err(|_| Dead)?;
        match self.output.recv().await {
            None => Err(Dead),
            Some(answer) => {
                assert_eq!(answer, "done", "{line}");
                Ok(())
            }
        }
    }
}

/// Is the service, when this program was started as one. Returns at once otherwise.
pub(crate) async fn be_the_service() -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    let Some(start) = variable(CLOCK) else { return false };
    let clock = Clock::manual(Timestamp::from_millisecond(start.parse().unwrap()).unwrap());
    let ids = Ids::system();
    let config = Config::parse(Role::All, variable, &ids).unwrap();
    let parts = Parts { clock: clock.clone(), ids, timings: timings() };
    let mut running = Some(App::start(config, parts).await.unwrap());
    say(&format!("http://{}", running.as_ref().unwrap().public()));
    let (line, mut lines) = unbounded_channel();
    std::thread::spawn(move || {
        std::io::stdin().lines().map_while(Result::ok).for_each(|l| drop(line.send(l)))
    });
    while let Some(line) = lines.recv().await {
        obey(&line, &clock, &mut running).await;
    }
    true
}

async fn obey(line: &str, clock: &Clock, running: &mut Option<Running>) {
    let done = match (line.split_once(' '), line) {
        (Some(("clock", now)), _) => {
            clock.set(Timestamp::from_millisecond(now.parse().unwrap()).unwrap());
            Ok(())
        }
        (_, "settle") => running.as_ref().unwrap().settle().await.map_err(|error| error.to_string()),
        (_, "stop") => running.take().unwrap().stop().await.map_err(|error| error.to_string()),
        _ => Err(format!("what is {line:?}?")),
    };
    say(&done.err().unwrap_or_else(|| "done".to_owned()));
}

/// The runner may have left a line unfinished.
fn say(line: &str) {
    println!("\n{MARK}{line}");
}

fn timings() -> Timings {
    Timings {
        call: LEASE * 3 / 4,
        reconcile: reconcile::Timings { examine_after: LEASE, lease: LEASE },
        sweep: None,
        ..Timings::default()
    }
}
