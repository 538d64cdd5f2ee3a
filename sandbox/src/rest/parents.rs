//! Whether a channel may go under a category.

use super::{ApiError, FormErrors};
use crate::{
    Discord, Permissions, Snowflake,
    model::{ChannelKind, State},
    permissions,
};

/// Channels in a category.
const CATEGORY_MAX: usize = 50;

/// Whether the bot may put a channel of this kind under this category, and there is a place left.
pub(super) fn check(
    discord: &Discord,
    state: &State,
    guild: Snowflake,
    kind: Option<ChannelKind>,
    parent: Option<Snowflake>,
) -> Result<(), ApiError> {
    let Some(parent) = parent else { return Ok(()) };
    let mut errors = FormErrors::default();
    let category = state.channels.get(&parent).filter(|category| category.guild == Some(guild));
    match category {
        None => errors.add("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist"),
        Some(category) if category.kind != ChannelKind::Category => {
            errors.add("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category");
        }
        Some(_) if kind == Some(ChannelKind::Category) => {
            errors.add("parent_id", "CHANNEL_PARENT_INVALID_PARENT", "Categories cannot have subcategories");
        }
        Some(category) => {
            let held = permissions::in_channel(state, category, discord.bot());
            if !held.contains(Permissions::VIEW_CHANNEL) {
                return Err(ApiError::missing_access());
            }
            if !held.contains(Permissions::MANAGE_CHANNELS) {
                return Err(ApiError::missing_permissions());
            }
            let inside = state.channels.values().filter(|channel| channel.parent == Some(parent)).count();
            if inside >= CATEGORY_MAX {
                let message = format!("Maximum number of channels in category reached ({CATEGORY_MAX})");
                errors.add("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", message);
            }
        }
    }
    errors.finish()
}
