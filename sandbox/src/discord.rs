//! The sandbox itself: what it shares, and how it starts.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use simlane::base::clock::Clock;

use crate::{
    Application, Call, Complaint, Delivery, Faults, Mark, MembersIntent, Options, Snowflake,
    calls::Calls,
    limits::{Limiter, Stamp},
    model::{State, User},
    openapi::{OpenApi, OpenApiError},
    record::Records,
    rest,
};

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No address of this machine could be listened on.
    #[error("cannot listen on 127.0.0.1: {0}")]
    Listen(#[from] std::io::Error),
    /// The OpenAPI description could not be used.
    #[error("cannot use the OpenAPI description: {0}")]
    OpenApi(#[from] OpenApiError),
    /// The client that delivers interactions could not be made.
    #[error("cannot make an HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// A local Discord. Clones share it; it ends with the last of them.
#[derive(Clone)]
pub struct Discord(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) application: Application,
    /// What interactions are signed with.
    pub(crate) key: SigningKey,
    /// What interactions are delivered with.
    pub(crate) http: reqwest::Client,
    pub(crate) openapi: Option<Arc<OpenApi>>,
    pub(crate) calls: Calls,
    pub(crate) records: Records,
    pub(crate) limiter: Mutex<Limiter>,
    url: String,
    state: Mutex<State>,
    faults: Faults,
    complaints: Mutex<Vec<Complaint>>,
    deliver_to: Mutex<Option<String>>,
    page: Mutex<Option<String>>,
    server: tokio::task::AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for Discord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discord").field("url", &self.0.url).finish_non_exhaustive()
    }
}

/// Locks, whatever became of the thread that held it last: a failing test must not hide its own reason.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Discord {
    /// Starts a Discord on a free port of this machine, in the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// When nothing can be listened on, or the OpenAPI description can't be read.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        // Another part of the process may have installed one already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let openapi = options.openapi.as_deref().map(OpenApi::load).transpose()?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (state, application, key) = first_state(&options);
        Ok(Self(Arc::new_cyclic(|weak| Inner {
            application,
            key,
            http,
            openapi,
            calls: Calls::default(),
            records: Records::default(),
            limiter: Mutex::new(Limiter::new(options.global_per_second, options.bucket_factor)),
            url,
            state: Mutex::new(state),
            faults: Faults::default(),
            complaints: Mutex::default(),
            deliver_to: Mutex::default(),
            page: Mutex::default(),
            server: tokio::spawn(rest::serve(listener, weak.clone())).abort_handle(),
            options,
        })))
    }

    /// Where it is, such as `http://127.0.0.1:40123`: the value for `DISCORD_API_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// The application that is under test.
    #[must_use]
    pub fn application(&self) -> &Application {
        &self.0.application
    }

    /// Names the service under test: interactions go to `<public_url>/interactions`, webhook events to
    /// `<public_url>/webhook-events`.
    pub fn deliver_to(&self, public_url: &str) {
        *lock(&self.0.deliver_to) = Some(public_url.trim_end_matches('/').to_owned());
    }

    /// Switches the application's Server Members Intent, as in the developer portal. It is on to begin with.
    pub fn members_intent(&self, intent: MembersIntent) {
        self.with(|state| state.portal.members_intent = intent);
    }

    /// The clock that everything here runs on.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.options.clock
    }

    /// Every REST request so far, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.0.calls.all()
    }

    /// Every interaction so far, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.0.records.deliveries()
    }

    /// This moment, to count the calls from.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.0.calls.mark()
    }

    /// Every REST request since a moment, oldest first.
    #[must_use]
    pub fn calls_since(&self, mark: Mark) -> Vec<Call> {
        self.0.calls.since(mark)
    }

    /// What goes wrong, and when.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// What the real Discord would not have liked so far.
    #[must_use]
    pub fn complaints(&self) -> Vec<Complaint> {
        lock(&self.0.complaints).clone()
    }

    /// Forgets the complaints so far and returns them, for a test that provokes some.
    pub fn take_complaints(&self) -> Vec<Complaint> {
        std::mem::take(&mut *lock(&self.0.complaints))
    }

    /// Fails the test unless there is nothing to complain about.
    ///
    /// # Panics
    ///
    /// With every complaint, one a line.
    #[expect(clippy::panic, reason = "a test's assertion")]
    #[track_caller]
    pub fn assert_clean(&self) {
        let complaints = self.complaints();
        if !complaints.is_empty() {
            let lines: Vec<_> = complaints.iter().map(|complaint| format!("  {complaint}")).collect();
            panic!("Discord has {} complaints:\n{}", lines.len(), lines.join("\n"));
        }
    }

    /// How many answers of the last ten minutes Discord calls invalid: 401, 403 and 429. At 10,000 it bans the address.
    #[must_use]
    pub fn invalid_requests(&self) -> usize {
        lock(&self.0.limiter).invalid_count(self.stamp())
    }

    /// The current instant of the sandbox's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// The current instant for whatever wears off.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp::new(self.now())
    }

    /// Does something with everything that Discord remembers, nobody else seeing it meanwhile.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let now = self.now();
        let mut state = lock(&self.0.state);
        state.archive_quiet(now);
        act(&mut state)
    }

    /// Records something that the real Discord would not have liked.
    pub(crate) fn complain(&self, about: &str, what: impl Into<String>) {
        let complaint = Complaint { at: self.now(), about: about.to_owned(), what: what.into() };
        tracing::warn!(%complaint, "the sandbox complains");
        lock(&self.0.complaints).push(complaint);
    }

    /// The bot's user.
    pub(crate) fn bot(&self) -> Snowflake {
        self.0.application.bot_user_id
    }

    /// Says where a page shows this Discord: links that open a server lead there.
    pub(crate) fn shown_at(&self, page: &str) {
        *lock(&self.0.page) = Some(page.to_owned());
    }

    /// Where a page shows this Discord, if one does.
    pub(crate) fn page(&self) -> Option<String> {
        lock(&self.0.page).clone()
    }

    /// Where the service under test is, once somebody said.
    pub(crate) fn delivers_to(&self) -> Option<String> {
        lock(&self.0.deliver_to).clone()
    }
}

/// A Discord with nothing in it but the application and its bot.
fn first_state(options: &Options) -> (State, Application, SigningKey) {
    let mut state = State::default();
    let now = options.clock.now();
    let id = state.id(now);
    let bot = if options.separate_bot_id { state.id(now) } else { id };
    let (application, key) = Application::new(id, bot, options.seed);
    let username = application.name.clone();
    state.users.insert(
        bot,
        User { username: username.clone(), global_name: None, bot: true, ..User::new(bot, &username) },
    );
    (state, application, key)
}
