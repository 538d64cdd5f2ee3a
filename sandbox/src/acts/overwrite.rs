//! Setting and taking away overwrites.

use serde_json::{Value, json};

use crate::{
    Snowflake,
    audit::{Act, What, action, change},
    model::{Overwrite, OverwriteKind, State},
};

/// Sets an overwrite, in place of one for the same role or member.
pub(crate) fn put_overwrite(state: &mut State, act: &Act, channel: Snowflake, overwrite: Overwrite) {
    let Some(found) = state.channels.get_mut(&channel) else { return };
    let guild = found.guild;
    let old = found.overwrites.iter_mut().find(|old| old.id == overwrite.id);
    let (action, old) = match old {
        Some(place) if *place == overwrite => return,
        Some(place) => (action::OVERWRITE_UPDATE, Some(std::mem::replace(place, overwrite))),
        None => {
            found.overwrites.push(overwrite);
            (action::OVERWRITE_CREATE, None)
        }
    };
    record(state, act, (guild, channel), action, old, Some(overwrite));
}

/// Takes an overwrite away; whether there was one.
pub(crate) fn delete_overwrite(state: &mut State, act: &Act, channel: Snowflake, id: Snowflake) -> bool {
    let Some(found) = state.channels.get_mut(&channel) else { return false };
    let guild = found.guild;
    let Some(place) = found.overwrites.iter().position(|overwrite| overwrite.id == id) else { return false };
    let old = found.overwrites.remove(place);
    record(state, act, (guild, channel), action::OVERWRITE_DELETE, Some(old), None);
    true
}

fn record(
    state: &mut State,
    act: &Act,
    (guild, channel): (Option<Snowflake>, Snowflake),
    action: u64,
    old: Option<Overwrite>,
    new: Option<Overwrite>,
) {
    let (Some(guild), Some(whose)) = (guild, new.or(old)) else { return };
    let bits = |of: Option<Overwrite>, side: fn(Overwrite) -> u64| of.map(|o| json!(side(o).to_string()));
    let mut changes: Vec<_> = [
        change("allow", bits(old, |o| o.allow.bits()), bits(new, |o| o.allow.bits())),
        change("deny", bits(old, |o| o.deny.bits()), bits(new, |o| o.deny.bits())),
    ]
    .into_iter()
    .flatten()
    .collect();
    if old.is_none() || new.is_none() {
        let side = |of: Option<Overwrite>, value: Value| of.map(|_| value);
        changes.extend(change("id", side(old, json!(whose.id)), side(new, json!(whose.id))));
        let kind = json!((whose.kind as u64).to_string());
        changes.extend(change("type", side(old, kind.clone()), side(new, kind)));
    }
    let mut options = json!({ "id": whose.id, "type": (whose.kind as u64).to_string() });
    if whose.kind == OverwriteKind::Role {
        let role = state.guilds.get(&guild).and_then(|guild| guild.roles.get(&whose.id));
        options["role_name"] = json!(role.map(|role| role.name.as_str()).unwrap_or_default());
    }
    act.record(state, guild, action, channel, What { changes, options });
}
