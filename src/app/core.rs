//! Everything behind the listeners, put together.

use std::sync::Arc;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Parts, StartError};
use crate::{
    base::{config::Config, digest::Digester, ids::Ids, seal::Sealer},
    discord::{self, Cdn, Discord, OAuth, OAuthSetup, Setup},
    interaction::{register, registry::REGISTRY},
    jobs::{
        Bell, Census, Crew, CrewParts, FollowUpParts, FollowUps, ImportParts, Imports, Inquiries,
        InquiryParts, Queue, Registrar, RegistrarParts, Sweeper, Syncs, Webhooks,
    },
    oauth,
    reconcile::{self, Reconciler},
    service::{self, Service},
    site::Sites,
    store::Store,
};

/// What a tokens' sealing key is derived for.
const TOKENS: &str = "interaction tokens";
/// What the key that links to calendars are signed with is derived for.
const CALENDARS: &str = "calendar links";
/// What the key that link codes are hashed with is derived for.
const CODES: &str = "link codes";

/// The layers behind the listeners.
pub(crate) struct Core {
    /// Ends what is in hand at once.
    pub(crate) abandon: CancellationToken,
    /// Rings for jobs.
    pub(crate) bell: Bell,
    /// Does jobs.
    pub(crate) crew: Arc<Crew>,
    /// Where identifiers come from.
    pub(crate) ids: Ids,
    /// Where jobs wait.
    pub(crate) queue: Queue,
    /// Registers commands.
    pub(crate) registrar: Registrar,
    /// The use cases.
    pub(crate) service: Service,
    /// The database.
    pub(crate) store: Store,
    /// Finds what nobody rang for.
    pub(crate) sweeper: Sweeper,
    /// The listeners, and whatever else runs until the process is asked to stop.
    pub(crate) tasks: TaskTracker,
}

impl Core {
    /// Puts them together. Nothing runs yet, and nothing is asked of Discord.
    pub(crate) fn build(
        config: &Config,
        parts: &Parts,
        store: Store,
        queue: Queue,
        stop: &CancellationToken,
    ) -> Result<Self, StartError> {
        let Parts { clock, ids, timings } = parts;
        let discord = discord(config, parts)?;
        let bell = Bell::new(queue.clone(), clock.clone());
        let service = Service::new(service::Parts {
            calendars: Digester::new(&config.secret_key, CALENDARS),
            clock: clock.clone(),
            codes: Digester::new(&config.secret_key, CODES),
            doorbell: Arc::new(bell.clone()),
            ids: ids.clone(),
            sealer: Sealer::new(&config.secret_key, TOKENS, ids.clone()),
            store: store.clone(),
            sync_claim: timings.reconcile.lease,
        });
        let reconciler = Reconciler::new(reconcile::Parts {
            clock: clock.clone(),
            ids: ids.clone(),
            read: Arc::new(discord.clone()),
            stop: stop.clone(),
            store: store.clone(),
            timings: timings.reconcile,
            write: Arc::new(discord.clone()),
        });
        let follow_ups = FollowUps::new(FollowUpParts {
            application: config.discord.application_id,
            clock: clock.clone(),
            discord: discord.clone(),
            service: service.clone(),
            store: store.clone(),
        });
        let syncs =
            Syncs::new(config.discord.application_id, clock.clone(), discord.clone(), service.clone());
        let inquiries = Inquiries::new(InquiryParts {
            application: config.discord.application_id,
            call: timings.call,
            clock: clock.clone(),
            read: Arc::new(discord.clone()),
            search: timings.search,
            service: service.clone(),
            site: config.public_url.join(""),
            store: store.clone(),
        });
        let imports = Imports::new(ImportParts {
            application: config.discord.application_id,
            attachments: Arc::new(cdn(config, parts)?),
            claim: timings.reconcile.lease,
            clock: clock.clone(),
            discord: discord.clone(),
            service: service.clone(),
        });
        let webhooks =
            Webhooks::new(timings.reconcile.lease, service.clone(), Arc::new(sites(config, parts)?));
        let abandon = CancellationToken::new();
        let crew = Crew::new(CrewParts {
            abandon: abandon.clone(),
            bell: bell.clone(),
            census: Census::new(clock.clone(), Arc::new(discord.clone()), store.clone()),
            clock: clock.clone(),
            follow_ups,
            ids: ids.clone(),
            inquiries,
            imports,
            reconciler,
            syncs,
            webhooks,
        });
        let registrar = registrar(config, parts, &store, discord);
        let sweeper = Sweeper::new(service.clone(), store.clone(), queue.clone(), clock.clone(), ids.clone());
        let (crew, tasks) = (Arc::new(crew), TaskTracker::new());
        let ids = ids.clone();
        Ok(Self { abandon, bell, crew, ids, queue, registrar, service, store, sweeper, tasks })
    }

    /// Runs a task that ends when everything is abandoned.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let abandon = self.abandon.clone();
        self.tasks.spawn(async move { abandon.run_until_cancelled(task).await.unwrap_or_default() });
    }
}

/// Where people's files come from.
fn cdn(config: &Config, parts: &Parts) -> Result<Cdn, StartError> {
    let deadline = parts.timings.call.min(Cdn::DEADLINE);
    Cdn::new(&config.discord.api_url.as_str().parse()?, deadline)
        .map_err(|error| StartError::Http(error.into()))
}

/// Clubs' sites, as they are called.
fn sites(config: &Config, parts: &Parts) -> Result<Sites, StartError> {
    let deadline = parts.timings.call.min(Sites::DEADLINE);
    Sites::new(deadline, config.public_url.is_local()).map_err(|error| StartError::Http(error.into()))
}

/// Discord, as the configuration has it.
pub(crate) fn discord(config: &Config, parts: &Parts) -> Result<Discord, StartError> {
    // Another part of the process may have installed the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(Discord::new(Setup {
        base: config.discord.api_url.as_str().parse()?,
        clock: parts.clock.clone(),
        homepage: config.public_url.join("/").parse()?,
        http: discord::client().map_err(|error| StartError::Http(error.into()))?,
        timings: discord::Timings { call: parts.timings.call },
        token: config.discord.bot_token.clone(),
    })?)
}

/// Discord's OAuth2, as the configuration has it.
pub(crate) fn oauth(config: &Config, parts: &Parts) -> Result<OAuth, StartError> {
    Ok(OAuth::new(OAuthSetup {
        application: config.discord.application_id,
        base: config.discord.api_url.as_str().parse()?,
        client_secret: config.discord.client_secret.clone(),
        deadline: parts.timings.call,
        homepage: config.public_url.join("/").parse()?,
        http: discord::client().map_err(|error| StartError::Http(error.into()))?,
        redirect: config.public_url.join(oauth::CALLBACK),
    }))
}

/// The registrar of the commands that this version answers.
pub(crate) fn registrar(config: &Config, parts: &Parts, store: &Store, discord: Discord) -> Registrar {
    let commands = register::payload(&REGISTRY);
    Registrar::new(RegistrarParts {
        application: config.discord.application_id,
        clock: parts.clock.clone(),
        hash: register::hash(&commands),
        commands,
        store: store.clone(),
        write: Arc::new(discord),
    })
}
