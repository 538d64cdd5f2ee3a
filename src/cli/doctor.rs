//! `simlane doctor`: one line per check, and how to mend what is wrong.

use std::fmt::Display;

use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{GuildMarker, UserMarker},
    },
};

use super::{CliError, Lookup, chain, one_line, say};
use crate::{
    app::{Parts, core},
    base::config::{Config, DatabaseUrl, Role},
    discord::{Class, Discord, Error, Gone, OAuthError, ReadPort},
    domain::permission::missing,
    jobs::Queue,
    oauth,
    store::{Store, bot_settings, guilds},
};

/// How many guilds' permissions are looked at: two calls each.
const GUILDS: usize = 100;

/// What was found so far.
#[derive(Debug, Default)]
struct Findings {
    failed: usize,
}

impl Findings {
    fn ok(&mut self, what: impl Display) {
        say(format_args!("ok      {what}"));
    }

    fn failed(&mut self, what: impl Display, fix: impl Display) {
        self.failed += 1;
        say(format_args!("failed  {what}\n        {fix}"));
    }
}

/// Checks everything that a deployer can get wrong.
pub(super) async fn examine(lookup: Lookup<'_>) -> Result<(), CliError> {
    let mut findings = Findings::default();
    let parts = Parts::default();
    match Config::parse(Role::All, lookup, &parts.ids) {
        Ok(config) => {
            findings.ok("configuration");
            for hint in config.hints() {
                say(format_args!("note    {hint}"));
            }
            let store = database(&mut findings, &config.database).await;
            queue(&mut findings, &config).await;
            discord(&mut findings, &config, &parts, store.as_ref()).await;
        }
        Err(faults) => {
            for fault in faults.0 {
                findings.failed(fault, "set it in the environment of this process");
            }
            if let Ok(url) = Config::parse_database(lookup) {
                let _ = database(&mut findings, &url).await;
            }
        }
    }
    match findings.failed {
        0 => Ok(()),
        failed => Err(CliError::Doctor(failed)),
    }
}

async fn database(findings: &mut Findings, url: &DatabaseUrl) -> Option<Store> {
    let opened = async {
        let store = Store::connect_existing(url.expose()).await?;
        let (took, pending) = (store.ping().await?, store.pending_migrations().await?);
        Ok::<_, crate::store::StoreError>((store, took, pending))
    };
    match opened.await {
        Ok((store, took, 0)) => {
            findings.ok(format_args!("database {url}: answers in {took:.1?}, up to date"));
            Some(store)
        }
        Ok((_, _, pending)) => {
            findings.failed(
                format_args!("database {url}: {pending} migrations to apply"),
                "run: simlane migrate",
            );
            None
        }
        Err(error) => {
            let what = format!("database {url}: {}", one_line(&chain(&error)));
            findings
                .failed(what, "check DATABASE_URL, that the server runs, and that its folder can be written; simlane migrate makes a new one");
            None
        }
    }
}

async fn queue(findings: &mut Findings, config: &Config) {
    let Some(url) = &config.redis else {
        return findings.ok("queue: jobs run inside the process");
    };
    let answered = match Queue::new(Some(url)) {
        Ok(queue) => queue.latency().await,
        Err(error) => Err(error),
    };
    match answered {
        Ok(took) => findings.ok(format_args!("queue {url}: answers in {took:.1?}")),
        Err(error) => findings.failed(
            format_args!("queue {url}: {error}"),
            "check REDIS_URL and that Redis runs; until then jobs wait for the sweep",
        ),
    }
}

async fn discord(findings: &mut Findings, config: &Config, parts: &Parts, store: Option<&Store>) {
    let discord = match core::discord(config, parts) {
        Ok(discord) => discord,
        Err(error) => {
            return findings.failed(
                format_args!("Discord: {}", chain(&error)),
                "check DISCORD_BOT_TOKEN and PUBLIC_URL",
            );
        }
    };
    let bot = match discord.bot().await {
        Ok(bot) => bot,
        Err(error) => {
            return findings.failed(format_args!("Discord: {}", one_line(&error.to_string())), mend(&error));
        }
    };
    findings.ok(format_args!("Discord: signed in as {}", one_line(&bot.username)));
    application(findings, config, &discord).await;
    secret(findings, config, parts).await;
    let Some(store) = store else { return };
    commands(findings, store).await;
    let guilds = guilds::active(store).await.unwrap_or_default();
    for guild in guilds.into_iter().take(GUILDS) {
        permissions(findings, &discord, bot.id, guild.id).await;
    }
}

/// The identifier and the key have to be those of the application that the token belongs to: with another's, Discord takes no command
/// and every interaction is refused.
async fn application(findings: &mut Findings, config: &Config, discord: &Discord) {
    let known = match discord.application().await {
        Ok(known) => known,
        Err(error) => {
            let what = format!("Discord's application: {}", one_line(&error.to_string()));
            return findings.failed(what, mend(&error));
        }
    };
    if known.id != config.discord.application_id {
        findings.failed(
            format_args!("DISCORD_APPLICATION_ID: the token belongs to application {}", known.id),
            "set the Application ID from the General Information page of the same application",
        );
    } else if known.verify_key != hex::encode(config.discord.public_key.as_bytes()) {
        findings.failed(
            "DISCORD_PUBLIC_KEY: not this application's, so everything that people do would be refused",
            format_args!("set it to {}", one_line(&known.verify_key)),
        );
    } else {
        findings.ok(format_args!("Discord: application {}, public key", known.id));
    }
    redirect(findings, config, known.redirect_uris.as_deref());
}

/// Discord's authorize page leads back to no other address than those in the portal.
fn redirect(findings: &mut Findings, config: &Config, known: Option<&[String]>) {
    let ours = config.public_url.join(oauth::CALLBACK);
    match known {
        Some(known) if !known.contains(&ours) => findings.failed(
            "Discord: nobody can install the app or link an account, for it may not send people back here",
            format_args!("on the developer portal's OAuth2 page, add the redirect {ours}"),
        ),
        Some(_) => findings.ok(format_args!("Discord: sends people back to {ours}")),
        None => say(format_args!("note    the developer portal's OAuth2 page needs the redirect {ours}")),
    }
}

/// The secret that codes of the authorize page are exchanged with.
async fn secret(findings: &mut Findings, config: &Config, parts: &Parts) {
    let checked = match core::oauth(config, parts) {
        Ok(oauth) => oauth.check_secret().await,
        Err(_) => return,
    };
    match checked {
        Ok(()) => findings.ok("Discord: client secret"),
        Err(OAuthError::Refused(_)) => findings.failed(
            "DISCORD_CLIENT_SECRET: not this application's, so nobody can install the app or link an account",
            "reset the secret on the developer portal's OAuth2 page, and set it to the new one",
        ),
        Err(error) => findings.failed(
            format_args!("Discord's OAuth2: {}", one_line(&error.to_string())),
            "check DISCORD_API_URL and that this machine reaches it",
        ),
    }
}

fn mend(error: &Error) -> &'static str {
    if error.token_refused() {
        return "reset the token on the developer portal's Bot page, and set DISCORD_BOT_TOKEN to the new one";
    }
    match error.class() {
        Class::RetryAt(_) => "nothing to mend: Discord asked to wait",
        _ => "check DISCORD_API_URL and that this machine reaches it",
    }
}

async fn commands(findings: &mut Findings, store: &Store) {
    match bot_settings::get(store).await {
        Ok(known) if known.commands_error.is_none() && known.commands_hash.is_some() => {
            findings.ok("commands: registered");
        }
        Ok(known) => {
            let why = known.commands_error.unwrap_or_else(|| "never".to_owned());
            findings.failed(
                format_args!("commands: not registered ({})", one_line(&why)),
                "run: simlane register",
            );
        }
        Err(error) => findings.failed(format_args!("commands: {error}"), "see the database above"),
    }
}

async fn permissions(
    findings: &mut Findings,
    discord: &Discord,
    bot: Id<UserMarker>,
    guild: Id<GuildMarker>,
) {
    match held(discord, bot, guild).await {
        Ok(held) if missing(held).is_empty() => {
            findings.ok(format_args!("guild {guild}: every permission"));
        }
        Ok(held) => {
            findings.failed(
                format_args!("guild {guild}: lacks {:?}", missing(held)),
                "give them to the app's role under Server Settings, Roles",
            );
        }
        Err(error) if matches!(error.class(), Class::Gone(Gone::Guild) | Class::Forbidden) => {
            findings.failed(
                format_args!("guild {guild}: the app isn't in it any more"),
                "add the app to it again",
            );
        }
        Err(error) => {
            findings.failed(format_args!("guild {guild}: {}", one_line(&error.to_string())), mend(&error))
        }
    }
}

/// What the bot may do in a guild, channels' own permission lists aside.
async fn held(discord: &Discord, bot: Id<UserMarker>, guild: Id<GuildMarker>) -> Result<Permissions, Error> {
    let (roles, member) = futures::try_join!(discord.roles(guild), discord.member(guild, bot))?;
    let everyone = guild.cast();
    let own = roles.iter().filter(|role| role.id == everyone || member.roles.contains(&role.id));
    Ok(own.fold(Permissions::empty(), |held, role| held | role.permissions))
}
