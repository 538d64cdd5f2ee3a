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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use jiff::Timestamp;
    use twilight_model::id::Id;

    use super::*;
    use crate::{
        domain::signup::SignupState::{In, Waiting},
        reconcile::{
            facts::EventFacts,
            plan::Said,
            testing::{built, planned},
        },
        view::testing::{at, sheet},
    };

    const DAY_BEFORE: &str = "reminder/1796475600000/1440";
    const HOUR_BEFORE: &str = "reminder/1796475600000/60";

    fn stands(message: u64, not_before: Option<Timestamp>) -> SaidState {
        SaidState::Stands { channel: Id::new(600), message: Id::new(message), not_before }
    }

    fn said(all: &[(&str, SaidState)]) -> Said {
        let voice = ("race-voice/1796475600000", SaidState::Settled);
        let other = ("said/else", stands(70, None));
        all.iter().chain(&[voice, other]).map(|(key, state)| ((*key).to_owned(), *state)).collect()
    }

    fn with(people: &[(usize, crate::domain::signup::SignupState, usize)], now: Timestamp) -> EventFacts {
        let mut facts = built(now);
        facts.sheet = sheet(&facts.event, people);
        facts
    }

    /// What the plan says of reminders.
    fn print(facts: &EventFacts, said: &Said, now: Timestamp) -> String {
        let plan = planned(facts, said, now).to_string();
        plan.lines()
            .filter(|line| line.contains("reminder") || line.contains("unsay"))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn each_is_said_at_its_time_and_the_older_taken_back() {
        let (eve, hour) = (at("2026-12-04T13:00:00Z"), at("2026-12-05T12:00:00Z"));
        let facts = with(&[(0, In, 1)], eve);
        assert_snapshot!(print(&facts, &said(&[]), eve), @"say reminder/1796475600000/1440 in channel");
        let first = said(&[(DAY_BEFORE, stands(7, None))]);
        assert_snapshot!(print(&facts, &first, eve), @"");
        assert_snapshot!(print(&facts, &first, hour), @"say reminder/1796475600000/60 in channel");
        let both = said(&[(DAY_BEFORE, stands(7, None)), (HOUR_BEFORE, stands(8, None))]);
        assert_snapshot!(print(&facts, &both, hour), @"unsay reminder/1796475600000/1440");
        assert_snapshot!(print(&facts, &both, facts.event.start), @"unsay reminder/1796475600000/1440, unsay reminder/1796475600000/60");
        let later = Some(at("2026-12-05T12:30:00Z"));
        let waits = said(&[(DAY_BEFORE, stands(7, later)), (HOUR_BEFORE, stands(8, None))]);
        assert_eq!(planned(&facts, &waits, hour).retry_at, later);
        let mut kept = facts;
        kept.club.settings.clean_reminders = false;
        assert_snapshot!(print(&kept, &both, kept.event.start), @"");
    }

    #[test]
    fn what_concerns_nobody_is_never_said() {
        let eve = at("2026-12-04T13:00:00Z");
        let waiting = with(&[(0, Waiting, 2)], eve);
        assert_snapshot!(print(&waiting, &said(&[]), eve), @"expire reminder/1796475600000/1440");
        let mut facts = with(&[(0, In, 1)], eve);
        facts.unreminded = facts.sheet.lines().iter().map(|line| line.user).collect();
        assert_snapshot!(print(&facts, &said(&[]), eve), @"expire reminder/1796475600000/1440");
        let late = with(&[(0, In, 1)], eve);
        let never = said(&[(DAY_BEFORE, SaidState::Settled)]);
        assert_snapshot!(print(&late, &never, at("2026-12-04T20:00:00Z")), @"");
        let mut fresh = late.clone();
        fresh.event.created_at = at("2026-12-04T18:00:00Z");
        assert_snapshot!(print(&fresh, &said(&[]), at("2026-12-04T20:00:00Z")), @"");
        let mut moved = late;
        moved.event.start = at("2026-12-05T14:00:00Z");
        let before = said(&[(DAY_BEFORE, stands(7, None))]);
        assert_snapshot!(print(&moved, &before, at("2026-12-04T14:00:00Z")), @"say reminder/1796479200000/1440 in channel");
    }
}
