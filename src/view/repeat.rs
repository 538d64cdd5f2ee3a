//! Events that come again.

use jiff::Timestamp;
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{count, name, when},
    message::{Body, button, row, text},
};
use crate::domain::{
    event::Event,
    recurrence::{AHEAD, Rule, Times, Until},
};

/// A rule by which an event repeats, as of some instant.
#[derive(Clone, Copy, Debug)]
pub struct RepeatFacts<'f> {
    /// How many of its occurrences that were made are coming.
    pub ahead: usize,
    /// Whether more are to be made.
    pub goes_on: bool,
    /// The rule.
    pub rule: &'f Rule,
}

/// A line for an event's panel.
pub(super) fn line(facts: &RepeatFacts<'_>) -> String {
    let made = match (facts.ahead, facts.goes_on) {
        (0, _) => "nothing more to come".to_owned(),
        (ahead, true) => format!("next {ahead} made"),
        (ahead, false) => format!("the last {ahead} made"),
    };
    format!("**Repeats:** {}, {made}", words(facts.rule))
}

/// The event repeats from now on: what was understood, and what is made of it so far.
#[must_use]
pub fn started(event: &Event, rule: &Rule, made: &[Timestamp]) -> Body {
    let starts: Vec<String> = made.iter().map(|start| format!("- {}", when(*start))).collect();
    Body::new(vec![
        text(format!("🔁 **{}** repeats {}.\n{}", name(&event.name), words(rule), starts.join("\n"))),
        text(format!(
            "Each of these is an event of its own: edit, move or cancel it alone. The next {AHEAD} are always made; a later one follows \
             when one has started. To change how it repeats, stop it and repeat it again.",
        )),
        row([
            button(ButtonStyle::Secondary, "Manage", &Press::Manage(event.id)),
            button(ButtonStyle::Secondary, "Stop repeating", &Press::StopRepeating(event.id)),
        ]),
    ])
}

/// A rule in words: "every 2 weeks until 2027-06-30".
pub(super) fn words(rule: &Rule) -> String {
    match rule {
        Rule::Dates(dates) => format!("on {}", count(dates.len(), "more date", "more dates")),
        Rule::Weekly { every, until, .. } => {
            let weeks = match every.get() {
                1 => "every week".to_owned(),
                weeks => format!("every {weeks} weeks"),
            };
            match until {
                Until::Date(day) => format!("{weeks} until {day}"),
                Until::Times(times) if *times == Times::MAX => {
                    format!("{weeks}, {} times at most", times.get())
                }
                Until::Times(times) => {
                    format!("{weeks}, {}", count(times.get().into(), "more time", "more times"))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::recurrence::Weeks,
        view::testing::{at, check, event, render},
    };

    fn weekly(every: u8, until: Until) -> Rule {
        Rule::Weekly {
            every: Weeks::try_from(every).unwrap(),
            first: "2026-12-05T14:00".parse().unwrap(),
            until,
        }
    }

    #[test]
    fn rules_in_words() {
        let times = |times: u16| Until::Times(Times::try_from(times).unwrap());
        let rules = [
            (weekly(1, times(52)), 3, true),
            (weekly(2, times(10)), 3, true),
            (weekly(12, times(1)), 1, false),
            (weekly(1, Until::Date("2027-06-30".parse().unwrap())), 2, false),
            (Rule::Dates(vec![at("2026-12-12T13:00:00Z"); 4]), 0, false),
        ];
        let lines: Vec<String> = rules
            .iter()
            .map(|(rule, ahead, goes_on)| line(&RepeatFacts { ahead: *ahead, goes_on: *goes_on, rule }))
            .collect();
        assert_snapshot!(lines.join("\n"), @"
        **Repeats:** every week, 52 times at most, next 3 made
        **Repeats:** every 2 weeks, 10 more times, next 3 made
        **Repeats:** every 12 weeks, 1 more time, the last 1 made
        **Repeats:** every week until 2027-06-30, the last 2 made
        **Repeats:** on 4 more dates, nothing more to come
        ");
    }

    #[test]
    fn what_is_made_is_told() {
        let rule = weekly(1, Until::Times(Times::MAX));
        let made = ["2026-12-12T13:00:00Z", "2026-12-19T13:00:00Z"].map(at);
        let body = started(&event("2"), &rule, &made);
        check(&body);
        assert_snapshot!(render(body.components()), @"
        🔁 **Spa 24 Hours** repeats every week, 52 times at most.
        - <t:1797080400:F>
        - <t:1797685200:F>
        Each of these is an event of its own: edit, move or cancel it alone. The next 3 are always made; a later one follows when one has started. To change how it repeats, stop it and repeat it again.
        [Manage] [Stop repeating]
        ");
    }
}
