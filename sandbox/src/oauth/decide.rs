//! What somebody decides on the authorize page, and what comes of it.

use super::ask::Asked;
use super::grants::{Grant, issue_code};
use crate::{
    Discord, Permissions, Snowflake,
    acts::{Bot, install_bot},
    audit::{Act, What, action},
    model::State,
    permissions::in_guild,
};

/// What somebody decides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decision {
    Cancel,
    Authorize {
        /// Where the bot is to come, if one does.
        guild: Option<Snowflake>,
        /// What it may do there, of what was asked for.
        permissions: Permissions,
    },
}

/// Carries a decision out, tells the application of it, and returns the address that the person goes on to; the error is what
/// they read instead.
pub(super) async fn decide(
    discord: &Discord,
    asked: &Asked,
    user: Snowflake,
    decision: Decision,
) -> Result<String, String> {
    let Decision::Authorize { guild, permissions } = decision else {
        const WHY: &str = "The resource owner or authorization server denied the request";
        return Ok(asked.back(discord, &[("error", "access_denied"), ("error_description", WHY)]));
    };
    let permissions = permissions & asked.permissions;
    let (guild, code) = discord.with(|state| {
        let guild = if asked.invites() { Some(allowed(state, asked, user, guild)?) } else { None };
        if let Some(guild) = guild {
            install(discord, state, guild, user, permissions);
        }
        let redirect_uri = asked.redirect_uri.clone().unwrap_or_default();
        let grant = Grant { user, scopes: asked.scopes.clone(), guild, redirect_uri };
        Ok::<_, String>((guild, issue_code(discord, state, grant)))
    })?;
    let scopes: Vec<_> = asked.scopes.iter().map(|scope| scope.name()).collect();
    discord.tell_authorized(user, guild, &scopes).await;
    let (id, bits) = (guild.map(|id| id.to_string()), permissions.bits().to_string());
    let mut told = vec![("code", code.as_str())];
    if let Some(id) = &id {
        told.extend([("guild_id", id.as_str()), ("permissions", bits.as_str())]);
    }
    Ok(asked.back(discord, &told))
}

/// The guild that the bot comes into, if this person may have it come.
fn allowed(
    state: &State,
    asked: &Asked,
    user: Snowflake,
    chosen: Option<Snowflake>,
) -> Result<Snowflake, String> {
    let Some(chosen) = chosen else { return Err("Choose a server.".to_owned()) };
    if asked.guild_locked && asked.guild != Some(chosen) {
        return Err("The application asks for another server.".to_owned());
    }
    match state.guilds.get(&chosen) {
        None => Err("Unknown Guild".to_owned()),
        Some(guild) if in_guild(guild, user).contains(Permissions::MANAGE_GUILD) => Ok(chosen),
        Some(guild) => Err(format!("You need Manage Server in {} to add a bot to it.", guild.name)),
    }
}

fn install(
    discord: &Discord,
    state: &mut State,
    guild: Snowflake,
    user: Snowflake,
    permissions: Permissions,
) {
    let (now, bot) = (discord.now(), Bot { user: discord.bot(), name: &discord.application().name });
    if install_bot(state, now, guild, bot, permissions) {
        let act = Act { by: user, at: now, reason: None };
        act.record(state, guild, action::BOT_ADD, bot.user, What::default());
    }
}
