//! The update in an event's channel: how its sheet stood a while ago, and what is missing.

use jiff::Timestamp;

use super::{
    markup::{count, name, relative, when},
    message::{Body, text},
};
use crate::domain::{
    event::{Class, Event, EventState},
    snapshot::{ClassCount, Snapshot},
};

/// How a sheet stood. It says nothing of what changed since, so that no sign-up changes it.
#[must_use]
pub fn update(event: &Event, snapshot: &Snapshot) -> Body {
    let heading = format!("📊 **How the sheet stands**, as of {}", relative(minute(snapshot.at)));
    let mut lines: Vec<String> = snapshot.classes.iter().filter_map(|class| line(event, class)).collect();
    lines.extend(missing(event, snapshot));
    Body::new(vec![text(heading), text(lines.join("\n")), text(closing(event))])
}

/// The minute of an instant: nobody needs to know better how long ago it was.
fn minute(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second() / 60 * 60).unwrap_or(at)
}

fn line(event: &Event, counted: &ClassCount) -> Option<String> {
    let class = event.class(counted.class)?;
    let places = match counted.left {
        Some(0) => "full".to_owned(),
        Some(left) => format!("**{}**", count(left, "place open", "places open")),
        None => "places for everybody".to_owned(),
    };
    let waiting = match counted.waiting {
        0 => String::new(),
        many => format!(", {many} waiting"),
    };
    Some(format!("{}{} in, {places}{waiting}", heading(class), counted.coming))
}

/// A class's name before its numbers; nothing for an event without classes.
fn heading(class: &Class) -> String {
    class.name.as_ref().map(|class| format!("**{}:** ", name(class))).unwrap_or_default()
}

/// What the race still lacks, a line each.
fn missing(event: &Event, snapshot: &Snapshot) -> Vec<String> {
    let entries = event
        .terms
        .minimum
        .map(|minimum| usize::from(minimum.get()).saturating_sub(snapshot.coming))
        .filter(|lacking| *lacking > 0)
        .map(|lacking| {
            format!(
                "🏁 **{}** for the race to take place",
                count(lacking, "entry missing", "entries missing")
            )
        });
    let tentative = (snapshot.tentative > 0).then(|| {
        let undecided = count(snapshot.tentative, "person hasn't", "people haven't");
        format!("❔ {undecided} decided yet")
    });
    let silent = usize::try_from(snapshot.silent).unwrap_or(usize::MAX);
    let silent = (silent > 0).then(|| {
        let silent = count(silent, "person of the club hasn't", "people of the club haven't");
        format!("💬 {silent} answered yet")
    });
    [entries, tentative, silent].into_iter().flatten().collect()
}

fn closing(event: &Event) -> String {
    match event.state {
        EventState::Open => {
            let at = event.signups_close_at();
            format!("Sign-ups close: {}, {}.", when(at), relative(at))
        }
        EventState::Closed | EventState::Cancelled { .. } => "Sign-ups are closed.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{
            class_list::Capacity,
            signup::SignupState::{self, In, Tentative, Waiting},
        },
        view::testing::{before, check, event, render, sheet},
    };

    fn shown(event: &Event, people: &[(usize, SignupState, usize)], silent: u64) -> String {
        let snapshot = Snapshot::of(event, &sheet(event, people), silent, before());
        let body = update(event, &snapshot);
        check(&body);
        assert!(body.mentions().is_empty());
        render(body.components())
    }

    #[test]
    fn it_tells_what_is_open_and_what_is_missing() {
        let mut event = event("GT3 x 2\nLMP2 x 3");
        event.terms.minimum = Capacity::new(6).ok();
        let people = [(0, In, 2), (0, Waiting, 1), (1, In, 1), (1, Tentative, 2)];
        assert_snapshot!(shown(&event, &people, 12), @"
        📊 **How the sheet stands**, as of <t:1796126400:R>
        **GT3:** 2 in, full, 1 waiting
        **LMP2:** 1 in, **2 places open**
        🏁 **3 entries missing** for the race to take place
        ❔ 2 people haven't decided yet
        💬 12 people of the club haven't answered yet
        Sign-ups close: <t:1796475600:F>, <t:1796475600:R>.
        ");
        event.state = EventState::Closed;
        event.terms.minimum = None;
        assert_snapshot!(shown(&event, &[(0, In, 2), (1, In, 3)], 0), @"
        📊 **How the sheet stands**, as of <t:1796126400:R>
        **GT3:** 2 in, full
        **LMP2:** 3 in, full
        Sign-ups are closed.
        ");
    }

    #[test]
    fn an_event_without_classes_or_caps_has_one_line() {
        assert_snapshot!(shown(&event(""), &[(0, In, 1)], 1), @"
        📊 **How the sheet stands**, as of <t:1796126400:R>
        1 in, places for everybody
        💬 1 person of the club hasn't answered yet
        Sign-ups close: <t:1796475600:F>, <t:1796475600:R>.
        ");
    }
}
