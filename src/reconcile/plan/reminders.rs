//! Which reminders are taken back.

use jiff::Timestamp;

use super::{Known, Plan, SaidState};
use crate::reconcile::{
    desired::{Desired, REMINDERS, Stay},
    step::Step,
};

/// The steps that take back reminders that were said and don't stay. The newest is the one with the greatest id: ids grow with time.
pub(super) fn steps(plan: &mut Plan, desired: &Desired, known: Known<'_>, now: Timestamp) {
    if desired.reminders == Stay::All {
        return;
    }
    let standing = known.said.range(REMINDERS.to_owned()..).take_while(|(key, _)| key.starts_with(REMINDERS));
    let standing: Vec<_> = standing
        .filter_map(|(key, state)| match state {
            SaidState::Stands { channel, message, not_before } => {
                Some((key, *channel, *message, *not_before))
            }
            SaidState::Begun(_) | SaidState::Refused(_) | SaidState::Settled => None,
        })
        .collect();
    let newest = standing.iter().map(|(_, _, message, _)| *message).max();
    for (key, channel, message, not_before) in standing {
        if desired.reminders == Stay::Newest && newest == Some(message) {
            continue;
        }
        if not_before.is_some_and(|at| at > now) {
            plan.wait(not_before);
            continue;
        }
        plan.steps.push(Step::Unsay { channel, key: key.clone(), message });
    }
}
