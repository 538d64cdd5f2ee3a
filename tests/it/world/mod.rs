//! A world for a test: a local Discord, the service, its stores, and a clock that the test moves.
//!
//! Everything goes over HTTP: signed interactions in, REST out. [`World::end`] asserts what has to hold at the end of every
//! test: Discord has nothing to complain about, and nothing is left to do.

use std::{sync::OnceLock, time::Duration};

use jiff::Timestamp;
use sandbox::{Discord, Guild, Options, people::Person};
use simlane::{
    app::{App, Parts, Running, Timings},
    base::{clock::Clock, config::Role, ids::Ids},
    domain::crew::Budget,
    reconcile,
};
use tokio::sync::Mutex;

mod browser;
mod club;
mod picture;
mod process;
mod redis;
mod stores;

pub(crate) use club::{CHANNEL, Club, EVE, EventForm, OVER, SERIES};
pub(crate) use picture::{difference, picture};
use process::Process;
pub(crate) use process::{Dead, LEASE, be_the_service};
pub(crate) use stores::{OPERATOR, Pair, Stores};

/// A Tuesday, at noon in Berlin.
pub(crate) const START: &str = "2026-11-10T11:00:00Z";

/// How long an attempt of unknown outcome waits, in real time too: a test waits as long before it lets the minute pass in which
/// everything has to heal.
pub(crate) const EXAMINE_AFTER: Duration = Duration::from_millis(400);

/// A Discord and a service with everything they stand on.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) discord: Discord,
    pub(crate) guild: Guild,
    pub(crate) stores: Stores,
    pub(crate) timings: Timings,
    /// The service, where it is a process of its own.
    process: Mutex<Option<Process>>,
    /// The service, where it runs in the test.
    services: Vec<Running>,
}

/// What a world is made with.
pub(crate) struct Setting {
    pub(crate) options: Options,
    pub(crate) timings: Timings,
}

impl Default for Setting {
    fn default() -> Self {
        let start: Timestamp = START.parse().unwrap();
        Self { options: Options::on(Clock::manual(start)), timings: timings() }
    }
}

/// Timings of a test: ticks come when the test says so.
pub(crate) fn timings() -> Timings {
    let reconcile = reconcile::Timings { examine_after: EXAMINE_AFTER, ..reconcile::Timings::default() };
    // What isn't optimised takes long, and few people need few steps.
    let search = Budget { steps: 20_000, ..Budget::default() };
    Timings { reconcile, search, sweep: None, ..Timings::default() }
}

impl World {
    /// A guild with the app installed, and one process of the service that runs everything.
    pub(crate) async fn new(pair: Pair) -> Self {
        Self::with(pair, Setting::default()).await
    }

    pub(crate) async fn with(pair: Pair, setting: Setting) -> Self {
        let mut world = Self::asleep(pair, setting).await;
        world.serve().await;
        world.settle().await;
        world
    }

    /// The same before any process of the service has started.
    pub(crate) async fn before(pair: Pair) -> Self {
        Self::asleep(pair, Setting::default()).await
    }

    /// The same, with what it is made with.
    pub(crate) async fn asleep_with(pair: Pair, setting: Setting) -> Self {
        Self::asleep(pair, setting).await
    }

    async fn asleep(pair: Pair, setting: Setting) -> Self {
        log();
        let Setting { options, timings } = setting;
        let clock = options.clock.clone();
        let discord = Discord::start(options).await.unwrap();
        let guild = discord.guild("Night Owls");
        let (stores, process) = (Stores::new(pair).await, Mutex::new(None));
        Self { clock, discord, guild, stores, timings, process, services: Vec::new() }
    }

    /// Starts a process that runs everything.
    pub(crate) async fn serve(&mut self) {
        self.serve_as(Role::All).await;
    }

    /// Starts a process of that role. Interactions go to the newest that answers them.
    pub(crate) async fn serve_as(&mut self, role: Role) {
        let config = self.stores.config(role, &self.discord);
        let parts = Parts { clock: self.clock.clone(), ids: Ids::system(), timings: self.timings };
        let running = App::start(config, parts).await.unwrap();
        if role != Role::Worker {
            self.discord.deliver_to(&format!("http://{}", running.public()));
        }
        self.services.push(running);
    }

    /// The process that was started last.
    pub(crate) fn service(&self) -> &Running {
        self.services.last().unwrap()
    }

    /// Ends the oldest process as a crash does.
    pub(crate) async fn kill_oldest(&mut self) {
        self.services.remove(0).kill().await;
    }

    /// Starts the service as a process of its own, which is returned to what kills it.
    pub(crate) async fn serve_apart(&self) -> impl Fn() + Send + Sync + use<> {
        let process = Process::start(&self.stores, &self.discord, self.clock.now()).await;
        self.discord.deliver_to(process.address());
        let killer = process.killer();
        *self.process.lock().await = Some(process);
        killer
    }

    /// Where the process listens that interactions go to.
    pub(crate) async fn address(&self) -> String {
        match self.process.lock().await.as_ref() {
            Some(process) => process.address().to_owned(),
            None => format!("http://{}", self.service().public()),
        }
    }

    /// Does everything that is due now.
    pub(crate) async fn settle(&self) {
        self.try_settle().await.unwrap();
    }

    /// Does everything that is due now, unless the service's own process dies of it.
    pub(crate) async fn try_settle(&self) -> Result<(), Dead> {
        match self.process.lock().await.as_mut() {
            Some(process) => process.settle().await,
            None => {
                self.service().settle().await.unwrap();
                Ok(())
            }
        }
    }

    /// Moves the clock to an instant.
    pub(crate) async fn set_clock(&self, instant: &str) {
        self.clock.set(instant.parse().unwrap());
        self.tell_clock().await;
    }

    /// Lets time pass.
    pub(crate) async fn advance(&self, span: Duration) {
        self.clock.advance(span);
        self.tell_clock().await;
    }

    /// A process that is dead is told when its successor starts.
    async fn tell_clock(&self) {
        if let Some(process) = self.process.lock().await.as_mut() {
            let _ = process.set_clock(self.clock.now()).await;
        }
    }

    /// Lets time pass and does what is due then.
    pub(crate) async fn pass(&self, span: Duration) {
        self.advance(span).await;
        self.settle().await;
    }

    /// Moves the clock to an instant and does what is due then.
    pub(crate) async fn at(&self, instant: &str) {
        self.set_clock(instant).await;
        self.settle().await;
    }

    /// Lets a minute pass in steps, as the sweep would see it.
    pub(crate) async fn minute(&self) {
        for _ in 0..12 {
            self.pass(Duration::from_secs(5)).await;
        }
    }

    /// Waits in real time until every attempt that has begun is over for certain.
    pub(crate) async fn attempts_over(&self) {
        tokio::time::sleep(self.timings.reconcile.examine_after + Duration::from_millis(50)).await;
    }

    /// A member of the guild.
    pub(crate) fn member(&self, name: &str) -> Person {
        self.guild.member(name)
    }

    /// The calls to Discord since `mark`, by route.
    pub(crate) fn routes_since(&self, mark: sandbox::Mark) -> Vec<String> {
        self.discord.calls_since(mark).into_iter().map(|call| call.route).collect()
    }

    /// The end of a test: nothing is left to do, and Discord has nothing to complain about.
    pub(crate) async fn end(self) {
        self.settle().await;
        self.discord.assert_clean();
        let Self { process, services, stores, .. } = self;
        if let Some(process) = process.into_inner() {
            process.stop().await;
        }
        for service in &services {
            assert_eq!(service.left().await.unwrap(), None, "something is left to do");
        }
        for service in services {
            service.stop().await.unwrap();
        }
        stores.end().await;
    }
}

/// Logs are written where somebody asks for them: `RUST_LOG=simlane=debug`.
fn log() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        if let Ok(filter) = std::env::var("RUST_LOG") {
            let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
        }
    });
}
