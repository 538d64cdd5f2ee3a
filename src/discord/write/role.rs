//! Roles: what makes and changes one.

use twilight_http::{
    Error,
    client::Client,
    request::{AuditLogReason as _, Request, TryIntoRequest as _},
};
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{GuildMarker, RoleMarker},
    },
};

/// How a role looks. It permits nothing, its holders aren't listed apart, and nobody can mention it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RoleLook {
    /// Its colour, as 0xRRGGBB.
    pub colour: u32,
    /// Its name, 1 to 100 characters.
    pub name: String,
}

/// The request that makes one.
pub(super) fn created(
    build: &Client,
    guild: Id<GuildMarker>,
    RoleLook { colour, name }: &RoleLook,
    reason: &str,
) -> Result<Request, Error> {
    let role = build.create_role(guild).color(*colour).hoist(false).mentionable(false).name(name);
    role.permissions(Permissions::empty()).reason(reason).try_into_request()
}

/// The request that gives one another look.
pub(super) fn edited(
    build: &Client,
    (guild, role): (Id<GuildMarker>, Id<RoleMarker>),
    RoleLook { colour, name }: &RoleLook,
    reason: &str,
) -> Result<Request, Error> {
    let role = build.update_role(guild, role).color(Some(*colour)).name(Some(name));
    role.reason(reason).try_into_request()
}
