//! What is played on: a local Discord, a process of the service on SQLite, and one clock for both.

use std::{net::SocketAddr, time::Duration};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use simlane::{
    app::{App, Parts, Running, StartError as AppError, Timings, Unfinished},
    base::{
        clock::Clock,
        config::{Config, Faults, Role},
        ids::Ids,
    },
    reconcile,
};
use tempfile::TempDir;

use crate::{
    Discord, Guild, Options, Permissions, Role as GuildRole, StartError as DiscordError, model::ChannelKind,
    people::Person,
};

/// The club's zone.
pub(crate) const ZONE: &str = "Europe/Berlin";
/// What everything random is drawn from, so that every run is the same.
const SEED: u64 = 24;

/// A Discord on the same machine answers at once: what isn't known after a few seconds never will be, and whoever lets things go
/// wrong doesn't wait long to see them mended.
fn timings() -> Timings {
    let (call, examine_after, lease) =
        (Duration::from_secs(4), Duration::from_secs(5), Duration::from_secs(8));
    Timings {
        call,
        reconcile: reconcile::Timings { examine_after, lease },
        sweep: None,
        ..Timings::default()
    }
}

/// Why the stage could not be set.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StageError {
    #[error("the service doesn't start: {0}")]
    App(#[from] AppError),
    #[error("the service's configuration is wrong: {0}")]
    Config(#[from] Faults),
    #[error("the local Discord doesn't start: {0}")]
    Discord(#[from] DiscordError),
    #[error("no folder for the database, or no address: {0}")]
    System(#[from] std::io::Error),
    #[error("no time zone: {0}")]
    Zone(#[from] jiff::Error),
}

/// The people.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    /// May manage the server.
    pub(crate) lena: Person,
    pub(crate) aiko: Person,
    pub(crate) ben: Person,
    pub(crate) jonas: Person,
    pub(crate) mara: Person,
    pub(crate) priya: Person,
    pub(crate) tomas: Person,
}

/// What is played on.
pub(crate) struct Stage {
    pub(crate) cast: Cast,
    pub(crate) clock: Clock,
    pub(crate) discord: Discord,
    pub(crate) guild: Guild,
    pub(crate) running: Running,
    pub(crate) zone: TimeZone,
    /// Holds the database; deleted at the end.
    _folder: TempDir,
}

impl Stage {
    /// Starts both sides on a server with seven people in it. The clock stands until somebody moves it, and what is due is done
    /// when somebody asks for it.
    pub(crate) async fn start(begins: Timestamp) -> Result<Self, StageError> {
        let zone = TimeZone::get(ZONE)?;
        let clock = Clock::manual(begins);
        let discord = Discord::start(Options { seed: SEED, ..Options::on(clock.clone()) }).await?;
        let guild = discord.guild("Night Owls Racing");
        let cast = Cast::of(&guild);
        furnish(&guild);
        let folder = tempfile::tempdir()?;
        let database = format!("sqlite://{}/simlane.db?mode=rwc", folder.path().display());
        let ids = Ids::seeded(SEED);
        let listen = free_address()?;
        let public_url = format!("http://{listen}");
        discord.register_redirect(&format!("{public_url}/oauth/callback"));
        let config = config(&discord, &database, listen, &ids)?;
        let running = App::start(config, Parts { clock: clock.clone(), ids, timings: timings() }).await?;
        discord.deliver_to(&public_url);
        Ok(Self { cast, clock, discord, guild, running, zone, _folder: folder })
    }

    /// The instant of a local time in the club's zone.
    pub(crate) fn instant(&self, local: DateTime) -> Timestamp {
        self.zone.to_timestamp(local).unwrap_or(Timestamp::MIN)
    }

    /// Where the service listens.
    pub(crate) const fn service(&self) -> SocketAddr {
        self.running.public()
    }

    /// Stops the service; an error if it didn't go in order.
    pub(crate) async fn end(self) -> Result<(), Unfinished> {
        self.running.stop().await
    }
}

impl Cast {
    fn of(guild: &Guild) -> Self {
        Self {
            lena: at(guild.organiser("Lena"), ZONE),
            aiko: at(guild.member("Aiko"), "Asia/Tokyo"),
            ben: at(guild.member("Ben"), "Europe/London"),
            jonas: at(guild.member("Jonas"), "Europe/Stockholm"),
            mara: at(guild.member("Mara"), "Europe/Rome"),
            priya: at(guild.member("Priya"), "Asia/Kolkata"),
            tomas: at(guild.member("Tomás"), "America/Sao_Paulo"),
        }
    }
}

/// Somebody who lives in a zone, and signs in with an address that Discord knows.
fn at(person: Person, zone: &str) -> Person {
    person.lives_in(zone);
    let name: String = person.name().to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    person.email(Some(&format!("{name}@example.org")), true);
    person
}

/// Gives the server a channel for its organisers, where the bot may write.
fn furnish(guild: &Guild) {
    let by_hand = guild.by_hand();
    let channel = by_hand.create(ChannelKind::Text, "organisers", None).id;
    let write = Permissions::from_bits(Permissions::VIEW_CHANNEL.bits() | Permissions::SEND_MESSAGES.bits());
    let GuildRole { id: organisers, .. } = guild.role_with("Organisers", Permissions::MANAGE_GUILD);
    by_hand.set_role_overwrite(channel, guild.id(), Permissions::NONE, Permissions::VIEW_CHANNEL);
    by_hand.set_role_overwrite(channel, organisers, write, Permissions::NONE);
    by_hand.set_member_overwrite(channel, guild.discord.bot(), write, Permissions::NONE);
}

/// An address that nobody listens on. The service has to know its own before it listens, to tell Discord where people come back.
fn free_address() -> std::io::Result<SocketAddr> {
    std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// The environment of a service that is connected to this Discord.
fn config(discord: &Discord, database: &str, listen: SocketAddr, ids: &Ids) -> Result<Config, Faults> {
    let application = discord.application();
    let lookup = |name: &str| {
        Some(match name {
            "DATABASE_URL" => database.to_owned(),
            "DISCORD_API_URL" => discord.url().to_owned(),
            "DISCORD_APPLICATION_ID" => application.id.to_string(),
            "DISCORD_BOT_TOKEN" => application.bot_token.clone(),
            "DISCORD_CLIENT_SECRET" => application.client_secret.clone(),
            "DISCORD_PUBLIC_KEY" => application.public_key_hex.clone(),
            "LISTEN_ADDR" => listen.to_string(),
            "OPERATOR_ADDR" => "127.0.0.1:0".to_owned(),
            "PUBLIC_URL" => format!("http://{listen}"),
            _ => return None,
        })
    };
    Config::parse(Role::All, lookup, ids)
}
