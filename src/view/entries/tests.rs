#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::signup::SignupState::{Absent, In, Tentative, Waiting},
    view::testing::{check, event, key, render, sheet},
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

fn names(sheet: &Sheet) -> Vec<(Id<UserMarker>, String)> {
    sheet.lines().iter().map(|line| (line.discord, format!("Driver {}", line.discord))).collect()
}

#[test]
fn people_are_chosen_moved_and_removed() {
    let event = event("GTP x 1\nGT3");
    let sheet = sheet(&event, &[(0, In, 1), (0, Waiting, 1), (1, Tentative, 1), (1, Absent, 1)]);
    let names = names(&sheet);
    let facts = CrowdFacts { event: &event, lacking: &[key(1001)], names: &names, sheet: &sheet };
    let all = [people(&facts, 0), one(&event, &sheet, key(1002)), one(&event, &sheet, key(1004))];
    let rest = [one(&event, &sheet, key(9)), ask_class(&event, key(9), Id::new(9))];
    let shown: Vec<String> = all.iter().chain(&rest).map(shown).collect();
    assert_snapshot!(shown.join("\n\n"), @"
    # People of Spa 24 Hours
    4 people are on the sheet
    ⚠️ **Without a role that is needed:** <@1001>
    <Choose somebody to move or remove>
    ◦ Driver 1001 (In · GTP)
    ◦ Driver 1002 (Number 1 on the waiting list · GTP)
    ◦ Driver 1003 (Tentative · GT3)
    ◦ Driver 1004 (Absent)
    <Add somebody>
    [Manage]

    # Spa 24 Hours
    <@1002>: Number 1 on the waiting list · GTP
    <Move to a class>
    ◦ GTP
    ◦ GT3
    [Tentative] [Remove!] [People]

    # Spa 24 Hours
    <@1004>: Absent
    <Put in a class>
    ◦ GTP
    ◦ GT3
    [Tentative] (Remove!) [People]

    They aren't on the sheet any more.
    [Manage]

    Which class of **Spa 24 Hours** does <@9> drive?
    <Choose a class>
    ◦ GTP
    ◦ GT3
    [Manage]
    ");
}

#[test]
fn sixty_people_have_three_pages() {
    let event = event("GT3");
    let sheet = sheet(&event, &[(0, In, 60)]);
    let names = names(&sheet);
    let facts = CrowdFacts { event: &event, lacking: &[], names: &names, sheet: &sheet };
    for (page, options) in [(0, 25), (1, 25), (2, 10), (9, 10)] {
        assert_eq!(shown(&people(&facts, page)).matches("◦ ").count(), options, "page {page}");
    }
}

#[test]
fn who_never_answered_is_listed() {
    let event = event("GT3");
    let people: Vec<Id<UserMarker>> = (1..=50).map(Id::new).collect();
    let few = [silent(&event, &people[..2], true, 0), silent(&event, &[], false, 0)];
    assert_snapshot!(few.iter().map(shown).collect::<Vec<_>>().join("\n\n"), @"
    # Who never answered
    **Spa 24 Hours:** 2 people
    <@1>, <@2>
    [Manage]

    # Who never answered
    **Spa 24 Hours:** 0 people
    Only those who have used the app are known. `/club sync` reads all members of the server.
    Everybody known has answered.
    [Manage]
    ");
    assert_eq!(shown(&silent(&event, &people, true, 1)).matches("<@").count(), 10);
}

#[test]
fn who_has_not_said_when_they_can_drive_is_listed() {
    let event = event("GT3");
    let people: Vec<Id<UserMarker>> = (1..=50).map(Id::new).collect();
    let few = [unanswered(&event, &people[..2], 3, 0), unanswered(&event, &[], 3, 0)];
    assert_snapshot!(few.iter().map(shown).collect::<Vec<_>>().join("\n\n"), @"
    # Without availability
    **Spa 24 Hours:** 1 of 3 have said for every hour when they can drive
    <@1>, <@2>
    [Manage]

    # Without availability
    **Spa 24 Hours:** 3 of 3 have said for every hour when they can drive
    Nobody is missing.
    [Manage]
    ");
    let last = shown(&unanswered(&event, &people, 60, 9));
    assert_eq!(last.matches("<@").count(), 10, "{last}");
    assert!(last.contains("10 of 60"), "{last}");
}
