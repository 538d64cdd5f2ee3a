//! The checks that stand before every handler. What can't be decided is refused.

use super::{
    desk::Desk,
    failure::Failure,
    incoming::Context,
    options::Options,
    table::{Audience, Leaf},
};
use crate::domain::refusal::Refusal;

/// Lets the audience through.
///
/// # Errors
///
/// Refuses everybody else, and fails when it can't be told who they are.
pub(super) async fn admit<D: Desk>(desk: &D, audience: Audience, context: &Context) -> Result<(), Failure> {
    if audience == Audience::Anywhere {
        return Ok(());
    }
    let actor = context.member()?;
    match audience {
        Audience::Anywhere | Audience::Everyone => Ok(()),
        _ if actor.manage_guild => Ok(()),
        Audience::ManageServer => Err(Refusal::NeedsManageServer.into()),
        Audience::Organiser => desk.admit_organiser(actor).await,
    }
}

/// Lets options through that are of the kinds which the command declares, with none missing that it requires.
///
/// # Errors
///
/// Refuses all others: they come from an older registration of the command.
pub(super) fn fits<D>(leaf: &Leaf<D>, options: &Options) -> Result<(), Refusal> {
    let fits = leaf.options.iter().all(|option| match options.kind(option.name) {
        Some(kind) => kind == option.kind.discord(),
        None => !option.required,
    });
    if fits { Ok(()) } else { Err(Refusal::UnknownCommand) }
}
