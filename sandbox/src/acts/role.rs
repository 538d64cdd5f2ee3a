//! Making, changing, deleting, giving and taking roles.

use serde_json::{Value, json};

use crate::{
    Permissions, Snowflake,
    audit::{Act, What, action, change},
    limits::RoleForm,
    model::{GuildState, RoleState, State},
};

/// Makes a role, at the bottom of the hierarchy just above @everyone.
pub(crate) fn create_role(state: &mut State, act: &Act, guild: Snowflake, form: RoleForm) -> Snowflake {
    let id = state.id(act.at);
    let everyone = state.guilds.get(&guild).and_then(|guild| guild.roles.get(&guild.everyone()));
    let permissions = everyone.map_or(Permissions::NONE, |everyone| everyone.permissions);
    let mut role = RoleState::new(id, "new role", permissions, 1);
    apply(&mut role, form);
    let changes = changes(None, Some(&role));
    if let Some(guild) = state.guilds.get_mut(&guild) {
        insert_role(guild, role);
    }
    act.record(state, guild, action::ROLE_CREATE, id, What::changed(changes));
    id
}

/// Puts a new role where it says it is; those that stand there or above go up by one.
pub(crate) fn insert_role(guild: &mut GuildState, role: RoleState) {
    guild
        .roles
        .values_mut()
        .filter(|other| other.position >= role.position)
        .for_each(|role| role.position += 1);
    guild.roles.insert(role.id, role);
}

fn apply(role: &mut RoleState, form: RoleForm) {
    role.name = form.name.unwrap_or_else(|| std::mem::take(&mut role.name));
    role.permissions = form.permissions.unwrap_or(role.permissions);
    role.colour = form.colour.unwrap_or(role.colour);
    role.hoist = form.hoist.unwrap_or(role.hoist);
    role.mentionable = form.mentionable.unwrap_or(role.mentionable);
}

/// What the log says of the way from one state of a role to another.
fn changes(old: Option<&RoleState>, new: Option<&RoleState>) -> Vec<Value> {
    let of = |key: &str, read: fn(&RoleState) -> Value| change(key, old.map(read), new.map(read));
    [
        of("name", |role| json!(role.name)),
        of("permissions", |role| json!(role.permissions.bits().to_string())),
        of("color", |role| json!(role.colour)),
        of("hoist", |role| json!(role.hoist)),
        of("mentionable", |role| json!(role.mentionable)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Changes a role.
pub(crate) fn update_role(state: &mut State, act: &Act, guild: Snowflake, id: Snowflake, form: RoleForm) {
    let found = state.guilds.get_mut(&guild).and_then(|guild| guild.roles.get_mut(&id));
    let Some(role) = found else { return };
    let old = role.clone();
    apply(role, form);
    let changes = changes(Some(&old), Some(role));
    if !changes.is_empty() {
        act.record(state, guild, action::ROLE_UPDATE, id, What::changed(changes));
    }
}

/// Deletes a role, and with it the overwrites for it.
pub(crate) fn delete_role(state: &mut State, act: &Act, guild: Snowflake, id: Snowflake) {
    let Some(found) = state.guilds.get_mut(&guild) else { return };
    let Some(role) = found.roles.remove(&id) else { return };
    found.members.values_mut().for_each(|member| member.roles.retain(|held| *held != id));
    let theirs = state.channels.values_mut().filter(|channel| channel.guild == Some(guild));
    theirs.for_each(|channel| channel.overwrites.retain(|overwrite| overwrite.id != id));
    act.record(state, guild, action::ROLE_DELETE, id, What::changed(changes(Some(&role), None)));
}

/// Gives a member a role, or takes it from them; one that they have already or lack is no change.
pub(crate) fn set_role(
    state: &mut State,
    act: &Act,
    guild: Snowflake,
    (user, role): (Snowflake, Snowflake),
    held: bool,
) {
    let Some(found) = state.guilds.get_mut(&guild) else { return };
    let name = found.roles.get(&role).map(|role| role.name.clone()).unwrap_or_default();
    let Some(member) = found.members.get_mut(&user) else { return };
    if member.roles.contains(&role) == held {
        return;
    }
    if held {
        member.roles.push(role);
    } else {
        member.roles.retain(|known| *known != role);
    }
    let key = if held { "$add" } else { "$remove" };
    let changes = vec![json!({ "key": key, "new_value": [{ "id": role, "name": name }] })];
    act.record(state, guild, action::MEMBER_ROLE_UPDATE, user, What::changed(changes));
}
