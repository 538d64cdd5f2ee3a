#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::{
    domain::{
        name::{Description, EventName},
        signup::SignupState::{Absent, In, Tentative, Waiting, Withdrawn},
    },
    view::testing::{at, before, check, event, facts, render, series, sheet, undecided, with_real_ids},
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

#[test]
fn a_few_people_in_one_class() {
    let mut event = event("20");
    event.description = Description::parse("Bring **two** drivers.\n- no wet tyres").unwrap();
    let sheet = sheet(&event, &[(0, In, 2), (0, Tentative, 1), (0, Absent, 3), (0, Withdrawn, 1)]);
    let (series, settings) = (series(), ClubSettings::default());
    let facts = CardFacts { series: Some(&series), ..facts(&event, &sheet, &settings) };
    assert_snapshot!(shown(&card(&facts, before())), @r"
    │ # Spa 24 Hours
    │ Winter Cup · Spa-Francorchamps
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ Bring \*\*two\*\* drivers.
    │ \- no wet tyres
    │ ────
    │ **2 of 20** · 18 places left
    │ ✅ **In**: <@1001>, <@1002>
    │ ❔ **Tentative** (1): <@1003>
    │ 🚫 **Absent:** 3
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    ");
}

#[test]
fn several_classes_one_of_them_full() {
    let event = event("GTP x 2\nLMP2 x 10\nGT3");
    let people = [(0, In, 2), (0, Waiting, 2), (1, In, 1), (2, In, 3), (2, Tentative, 1)];
    let (sheet, settings) = (sheet(&event, &people), ClubSettings::default());
    assert_snapshot!(shown(&card(&facts(&event, &sheet, &settings), before())), @"
    │ # Spa 24 Hours
    │ Spa-Francorchamps
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ ### GTP
    │ **2 of 2** · full
    │ ✅ **In**: <@1001>, <@1002>
    │ ⏳ **Waiting list** (2): 1. <@1003>, 2. <@1004>
    │ ### LMP2
    │ **1 of 10** · 9 places left
    │ ✅ **In**: <@1005>
    │ ### GT3
    │ **3** coming · no limit
    │ ✅ **In**: <@1006>, <@1007>, <@1008>
    │ ❔ **Tentative** (1): <@1009>
    │ ────
    │ 🟢 **Sign-ups are open** until the start. A full class puts you on its waiting list.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    ");
}

#[test]
fn whoever_is_tentative_may_leave_the_class_open() {
    let settings = ClubSettings::default();
    let people = |event: &Event| {
        let sheet = undecided(&sheet(event, &[(0, In, 1), (0, Tentative, 2)]));
        let all = shown(&card(&facts(event, &sheet, &settings), before()));
        all.split("────").nth(1).unwrap_or_default().trim().to_owned()
    };
    assert_snapshot!([people(&event("GT3\nGT4")), people(&event("GT3"))].join("\n\n"), @"
    │ ### GT3
    │ **1** coming · no limit
    │ ✅ **In**: <@1001>
    │ ### GT4
    │ **0** coming · no limit
    │ ### Class not chosen yet
    │ ❔ **Tentative** (2): <@1002>, <@1003>
    │

    │ ### GT3
    │ **1** coming · no limit
    │ ✅ **In**: <@1001>
    │ ❔ **Tentative** (2): <@1002>, <@1003>
    │
    ");
}

#[test]
fn two_hundred_people_are_counted_and_the_first_are_named() {
    let event = event("60");
    let sheet = with_real_ids(&sheet(&event, &[(0, In, 60), (0, Waiting, 140)]));
    let settings = ClubSettings::default();
    let card = shown(&card(&facts(&event, &sheet, &settings), before()));
    let line = |with: &str| card.lines().find(|line| line.contains(with)).unwrap_or_default().to_owned();
    assert_eq!(line("full"), "│ **60 of 60** · full");
    assert_eq!(line("✅").matches("<@").count(), 20);
    assert!(line("✅").ends_with(" and 40 more"));
    let waiting = line("⏳");
    let named = waiting.matches("<@").count();
    assert!(
        waiting.starts_with("│ ⏳ **Waiting list** (140): 1. <@1000000000000001061>, 2. <@"),
        "{waiting}"
    );
    assert!(waiting.ends_with(&format!(" and {} more", 140 - named)), "{waiting}");
    assert_eq!(named, 5);
    assert!(line("Full list").contains("[Full list]"), "{card}");
}

#[test]
fn a_life_in_phases() {
    let mut event = event("20");
    let (sheet, settings) = (sheet(&event, &[(0, In, 1)]), ClubSettings::default());
    let last_lines = |event: &Event, now: &str| {
        let all = shown(&card(&facts(event, &sheet, &settings), at(now)));
        all.rsplit("────").next().unwrap_or_default().trim().to_owned()
    };
    event.state = EventState::Closed;
    let closed = last_lines(&event, "2026-12-01T12:00:00Z");
    let running = last_lines(&event, "2026-12-05T13:00:00Z");
    let finished = last_lines(&event, "2026-12-06T13:00:00Z");
    let put_away = last_lines(&event, "2026-12-07T13:00:00Z");
    event.state = EventState::Cancelled { at: before(), reason: "@everyone no *track*".to_owned() };
    let cancelled = last_lines(&event, "2026-12-01T12:00:00Z");
    let cancelled_away = last_lines(&event, "2026-12-07T13:00:00Z");
    let lives = [closed, running, finished, put_away, cancelled, cancelled_away].join("\n\n");
    assert_snapshot!(lives, @r"
    │ 🔒 **Sign-ups are closed.** You can still withdraw.
    │ (Sign up) (Tentative) [Withdraw] [Availability] [Manage]

    │ 🏎️ **The race is on.** If you can't make it, withdraw.
    │ (Sign up) (Tentative) [Withdraw] [Availability] [Manage]

    │ 🏁 **The race is over.** The channel is archived <t:1796648400:R>.
    │ [Manage]

    │ 📦 **Put away.** The race is over.

    │ ❌ **Cancelled.** @·everyone no \*track\* The channel is archived <t:1796212800:R>.

    │ ❌ **Cancelled.** @·everyone no \*track\* Put away.
    ");
}

#[test]
fn names_that_try_to_do_something() {
    let mut event = event("GT3 x 20");
    event.name = EventName::parse("@everyone **سباق** <@123> # [x](https://evil.example)").unwrap();
    let (sheet, settings) = (sheet(&event, &[]), ClubSettings::default());
    assert_snapshot!(shown(&card(&facts(&event, &sheet, &settings), before())), @r"
    │ # ⟦@·everyone \*\*سباق\*\* \<@·123> # \[x\](<https://evil.example>)⟧
    │ Spa-Francorchamps
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ ### GT3
    │ **0 of 20** · 20 places left
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    ");
}

#[test]
fn an_organiser_can_ask_for_a_channel_where_there_is_none() {
    let mut event = event("20");
    let (sheet, settings) = (sheet(&event, &[]), ClubSettings::default());
    let offers = |event: &Event, organiser| {
        shown(&copy(&facts(event, &sheet, &settings), before(), organiser)).contains("[Create channel]")
    };
    assert!(!offers(&event, true));
    event.channels_wanted = false;
    assert!(offers(&event, true));
    assert!(!offers(&event, false));
    event.state = EventState::Cancelled { at: before(), reason: String::new() };
    assert!(!offers(&event, true));
}

#[test]
fn only_the_phase_of_now_matters() {
    let event = event("20");
    let (sheet, settings) = (sheet(&event, &[(0, In, 1)]), ClubSettings::default());
    let facts = facts(&event, &sheet, &settings);
    assert_eq!(card(&facts, before()), card(&facts, at("2026-12-05T12:59:59Z")));
    assert_ne!(card(&facts, before()), card(&facts, event.start));
}

const NASTY: &str =
    r"([@<>#*_~|`\[\]()\\:&!/. 0-9a-c-]|\n|@everyone|@here|https://a\||<@1|<@&9>|<#5>|سב|🏁){1,40}";

fn people() -> impl Strategy<Value = Vec<(usize, crate::domain::signup::SignupState, usize)>> {
    let state = prop::sample::select(vec![In, Waiting, Tentative, Absent, Withdrawn]);
    prop::collection::vec((0_usize..10, state, 0_usize..60), 0..12)
}

/// Mentions that Discord would read as such, apart from those of people on the sheet.
fn foreign_mentions(text: &str) -> Vec<&str> {
    let meant = |at: &usize| !text[..*at].ends_with('\\');
    let mentions = text.match_indices(['@', '<']).filter(|(at, _)| meant(at)).map(|(at, _)| &text[at..]);
    mentions
        .filter(|rest| {
            let ours = rest.starts_with("<@1") || rest.starts_with("<t:") || rest.starts_with("<http");
            let inside = rest.starts_with('@') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
            !ours && !inside && !rest.starts_with("@\u{200b}")
        })
        .collect()
}

fn texts(components: &[Component], into: &mut Vec<String>) {
    for component in components {
        match component {
            Component::Container(container) => texts(&container.components, into),
            Component::TextDisplay(text) => into.push(text.content.clone()),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_card_keeps_the_limits_and_mentions_nobody_else(
        name in NASTY,
        description in prop::collection::vec(NASTY, 0..30),
        reason in proptest::option::of(NASTY),
        classes in 1_usize..=10,
        people in people(),
        hours in 0_i64..200,
    ) {
        let typed: Vec<String> = (0..classes).map(|at| format!("{at} {} x 20", "#@<*_".repeat(5))).collect();
        let mut event = event(&typed.join("\n"));
        event.name = EventName::parse(&name).unwrap_or(event.name);
        event.description = Description::parse(&description.join("\n")).unwrap_or(event.description);
        if let Some(reason) = reason {
            event.state = EventState::Cancelled { at: before(), reason };
        }
        let people: Vec<_> = people.into_iter().map(|(class, state, count)| (class % classes, state, count)).collect();
        let (sheet, settings) = (with_real_ids(&sheet(&event, &people)), ClubSettings::default());
        let now = before() + jiff::SignedDuration::from_hours(hours);
        for body in [card(&facts(&event, &sheet, &settings), now), copy(&facts(&event, &sheet, &settings), now, true)] {
            check(&body);
            let mut all = Vec::new();
            texts(body.components(), &mut all);
            for text in &all {
                prop_assert_eq!(foreign_mentions(text), Vec::<&str>::new(), "{}", text);
            }
        }
    }
}
