//! Who holds which permission where: roles first, then the channel's overwrites, then what follows from a denial.

use super::Permissions;
use crate::{
    Snowflake,
    model::{ChannelKind, ChannelState, GuildState, OverwriteKind, RoleState, State},
};

/// What both sides of a conversation may do in it.
const IN_CONVERSATION: Permissions = Permissions(
    Permissions::VIEW_CHANNEL.0
        | Permissions::SEND_MESSAGES.0
        | Permissions::EMBED_LINKS.0
        | Permissions::ATTACH_FILES.0
        | Permissions::READ_MESSAGE_HISTORY.0
        | Permissions::ADD_REACTIONS.0
        | Permissions::USE_APPLICATION_COMMANDS.0,
);
/// What is lost with Send Messages.
const NEEDS_SEND: Permissions =
    Permissions(Permissions::MENTION_EVERYONE.0 | Permissions::EMBED_LINKS.0 | Permissions::ATTACH_FILES.0);

/// What a user may do in a guild as a whole; nothing if they aren't in it.
#[must_use]
pub fn in_guild(guild: &GuildState, user: Snowflake) -> Permissions {
    let Some(member) = guild.members.get(&user) else { return Permissions::NONE };
    if guild.owner == user {
        return Permissions::ALL;
    }
    let roles = member.roles.iter().chain([&guild.id]);
    let held =
        roles.filter_map(|id| guild.roles.get(id)).fold(Permissions::NONE, |all, r| all | r.permissions);
    if held.contains(Permissions::ADMINISTRATOR) { Permissions::ALL } else { held }
}

/// Whether a user stands above a role in a guild's hierarchy, so that they may change and give it. See Discord
/// Docs/Topics/Permissions, Permission Hierarchy.
#[must_use]
pub(crate) fn outranks(guild: &GuildState, user: Snowflake, role: &RoleState) -> bool {
    // Of two roles in the same place the older one stands higher.
    let rank = |role: &RoleState| (role.position, std::cmp::Reverse(role.id));
    let held = guild.members.get(&user).into_iter().flat_map(|member| &member.roles);
    let highest = held.filter_map(|id| guild.roles.get(id)).map(rank).max();
    guild.owner == user || highest.is_some_and(|highest| highest > rank(role))
}

/// What a user may do in a channel of a guild or in a conversation; nothing if they don't see it.
#[must_use]
pub fn in_channel(state: &State, channel: &ChannelState, user: Snowflake) -> Permissions {
    let Some(guild) = channel.guild.and_then(|id| state.guilds.get(&id)) else {
        let bot = state.users.get(&user).is_some_and(|user| user.bot);
        return if bot || channel.recipient == Some(user) { IN_CONVERSATION } else { Permissions::NONE };
    };
    let held = if channel.kind.is_thread() {
        in_thread(state, guild, channel, user)
    } else {
        with_overwrites(guild, channel, user)
    };
    with_denials(channel, held)
}

fn in_thread(state: &State, guild: &GuildState, thread: &ChannelState, user: Snowflake) -> Permissions {
    let parent = thread.parent.and_then(|id| state.channels.get(&id));
    let held = parent.map_or(Permissions::NONE, |parent| with_overwrites(guild, parent, user));
    let added = thread.has_member(user);
    let private = thread.kind == ChannelKind::PrivateThread;
    if private && !added && !held.contains(Permissions::MANAGE_THREADS) { Permissions::NONE } else { held }
}

/// @everyone's overwrite, then those of all roles together, then the member's.
fn with_overwrites(guild: &GuildState, channel: &ChannelState, user: Snowflake) -> Permissions {
    let base = in_guild(guild, user);
    let Some(member) = guild.members.get(&user) else { return base };
    if base.contains(Permissions::ADMINISTRATOR) {
        return base;
    }
    let apply = |held: Permissions, chosen: &dyn Fn(Snowflake, OverwriteKind) -> bool| {
        let chosen = channel.overwrites.iter().filter(|o| chosen(o.id, o.kind));
        let (allow, deny) = chosen.fold((Permissions::NONE, Permissions::NONE), |(allow, deny), o| {
            (allow | o.allow, deny | o.deny)
        });
        (held & !deny) | allow
    };
    let held = apply(base, &|id, kind| kind == OverwriteKind::Role && id == guild.id);
    let held = apply(held, &|id, kind| kind == OverwriteKind::Role && member.roles.contains(&id));
    apply(held, &|id, kind| kind == OverwriteKind::Member && id == user)
}

/// Without View there is nothing, and in a voice channel without Connect nothing but View.
fn with_denials(channel: &ChannelState, held: Permissions) -> Permissions {
    if !held.contains(Permissions::VIEW_CHANNEL) {
        return Permissions::NONE;
    }
    if channel.kind == ChannelKind::Voice && !held.contains(Permissions::CONNECT) {
        return Permissions::VIEW_CHANNEL;
    }
    let send = if channel.kind.is_thread() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    if held.contains(send) { held } else { held & !NEEDS_SEND }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::model::{Member, Overwrite};

    const GUILD: Snowflake = Snowflake::new(1);
    const USER: Snowflake = Snowflake::new(2);
    const CREW: Snowflake = Snowflake::new(3);
    const OTHER: Snowflake = Snowflake::new(4);

    fn role(id: Snowflake, permissions: Permissions) -> RoleState {
        RoleState::new(id, "role", permissions, 0)
    }

    fn state(kind: ChannelKind, overwrites: Vec<Overwrite>) -> (State, ChannelState) {
        let mut state = State::default();
        let joined_at = GUILD.timestamp();
        let member = Member { user: USER, nick: None, roles: vec![CREW], joined_at, pending: false };
        let guild = GuildState {
            id: GUILD,
            name: "Club".to_owned(),
            owner: OTHER,
            locale: "en-US".to_owned(),
            roles: [role(GUILD, Permissions::NEW_MEMBER), role(CREW, Permissions::MANAGE_CHANNELS)]
                .map(|role| (role.id, role))
                .into(),
            members: [(USER, member)].into(),
            audit: Vec::new(),
        };
        state.guilds.insert(GUILD, guild);
        let mut channel = ChannelState::new(Snowflake::new(9), Some(GUILD), kind, "room");
        channel.overwrites = overwrites;
        (state, channel)
    }

    fn overwrite(id: Snowflake, kind: OverwriteKind, allow: Permissions, deny: Permissions) -> Overwrite {
        Overwrite { id, kind, allow, deny }
    }

    #[test]
    fn a_role_allows_again_what_everyone_is_denied_and_a_member_has_the_last_word() {
        let view = Permissions::VIEW_CHANNEL;
        let everyone = overwrite(GUILD, OverwriteKind::Role, Permissions::NONE, view);
        let crew = overwrite(CREW, OverwriteKind::Role, view, Permissions::NONE);
        let member = overwrite(USER, OverwriteKind::Member, Permissions::NONE, view);
        let seen = |overwrites| {
            let (state, channel) = state(ChannelKind::Text, overwrites);
            in_channel(&state, &channel, USER).contains(view)
        };
        assert!(!seen(vec![everyone]));
        assert!(seen(vec![everyone, crew]));
        assert!(!seen(vec![everyone, crew, member]));
    }

    #[test]
    fn without_view_there_is_nothing_and_without_connect_no_managing_of_voice() {
        let hidden = overwrite(GUILD, OverwriteKind::Role, Permissions::NONE, Permissions::VIEW_CHANNEL);
        let (hidden_state, channel) = state(ChannelKind::Text, vec![hidden]);
        assert_eq!(in_channel(&hidden_state, &channel, USER), Permissions::NONE);
        let closed = overwrite(GUILD, OverwriteKind::Role, Permissions::NONE, Permissions::CONNECT);
        let (closed_state, channel) = state(ChannelKind::Voice, vec![closed]);
        assert!(!in_channel(&closed_state, &channel, USER).contains(Permissions::MANAGE_CHANNELS));
        let (text_state, channel) = state(ChannelKind::Text, vec![closed]);
        assert!(in_channel(&text_state, &channel, USER).contains(Permissions::MANAGE_CHANNELS));
    }

    #[test]
    fn owners_and_administrators_are_above_overwrites_and_strangers_have_nothing() {
        let hidden = overwrite(GUILD, OverwriteKind::Role, Permissions::NONE, Permissions::VIEW_CHANNEL);
        let (mut state, channel) = state(ChannelKind::Text, vec![hidden]);
        assert_eq!(in_channel(&state, &channel, OTHER), Permissions::NONE, "the owner is not in this guild");
        state.guilds.get_mut(&GUILD).unwrap().owner = USER;
        assert_eq!(in_channel(&state, &channel, USER), Permissions::ALL);
        let guild = state.guilds.get_mut(&GUILD).unwrap();
        guild.owner = OTHER;
        guild.roles.get_mut(&CREW).unwrap().permissions = Permissions::ADMINISTRATOR;
        assert_eq!(in_channel(&state, &channel, USER), Permissions::ALL);
    }
}
