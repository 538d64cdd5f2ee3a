#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::{
        name::CarName,
        signup::SignupState::{In, Tentative, Waiting},
    },
    view::testing::{before, check, event, key, render, sheet},
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

/// A team of those of the sheet at these places.
fn team(number: u128, called: &str, sheet: &Sheet, mates: &[(usize, Duty)]) -> Team {
    let mate = |(at, duty): &(usize, Duty)| {
        let line = &sheet.lines()[*at];
        Mate { discord: line.discord, duty: *duty, user: line.user }
    };
    Team {
        captain: mates.first().map(|(at, _)| sheet.lines()[*at].user),
        car: CarName::parse("BMW M4 GT3").ok(),
        class: key(10),
        created_at: before(),
        finalized_at: None,
        id: key(50 + number),
        mates: mates.iter().map(mate).collect(),
        name: TeamName::parse(called).unwrap(),
        number: "7".parse().ok(),
        revision: 1,
    }
}

struct Scene {
    event: Event,
    gone: HashSet<Id<UserMarker>>,
    names: Vec<(Id<UserMarker>, String)>,
    sheet: Sheet,
    teams: Teams,
}

impl Scene {
    fn new() -> Self {
        let event = event("GT3\nGTP");
        let sheet = sheet(&event, &[(0, In, 5), (1, In, 1), (0, Waiting, 1), (0, Tentative, 1)]);
        let names =
            sheet.lines().iter().map(|line| (line.discord, format!("Driver {}", line.discord))).collect();
        let red = team(
            1,
            "Red *Racing*",
            &sheet,
            &[(0, Duty::Driver), (1, Duty::Driver), (2, Duty::Reserve), (6, Duty::Driver)],
        );
        let bare = Team { captain: None, car: None, number: None, ..team(2, "Blue", &sheet, &[]) };
        let gone = HashSet::from([sheet.lines()[1].discord]);
        Self { event, gone, names, sheet, teams: Teams::new(vec![red, bare]) }
    }

    fn for_reader(&self, organises: bool, reader: Option<UserId>) -> TeamsView<'_> {
        let Self { event, gone, names, sheet, teams } = self;
        TeamsView { event, gone, invitations: &[], names, organises, reader, sheet, teams }
    }
}

#[test]
fn everybody_sees_who_drives_with_whom() {
    let scene = Scene::new();
    let view = scene.for_reader(false, None);
    assert_snapshot!(shown(&list(&view, 0)), @r"
    # Teams of Spa 24 Hours
    2 teams
    **Red \*Racing\*** #7 · GT3 · BMW M4 GT3
    <@1001> (C)
    -# Reserve: <@1003>

    **Blue** · GT3
    Nobody yet
    **In no team (3):** <@1004>, <@1005>, <@1006>
    ");
    assert_snapshot!(shown(&panel(&view, key(51))), @r"
    # Red \*Racing\* #7 · GT3 · BMW M4 GT3
    A team of **Spa 24 Hours**
    **Captain:** <@1001>
    **Drivers (1):** <@1001>
    **Reserves (1):** <@1003>
    ⚠️ **Not there any more:** <@1002> and <@1007> gave their place up, or left the server
    [All teams]
    ");
}

#[test]
fn an_organiser_looks_after_every_team() {
    let scene = Scene::new();
    let view = scene.for_reader(true, None);
    assert!(shown(&list(&view, 0)).contains("<Choose a team to look after>"));
    assert_snapshot!(shown(&panel(&view, key(51))), @r"
    # Red \*Racing\* #7 · GT3 · BMW M4 GT3
    A team of **Spa 24 Hours**
    **Captain:** <@1001>
    **Drivers (1):** <@1001>
    **Reserves (1):** <@1003>
    ⚠️ **Not there any more:** <@1002> and <@1007> gave their place up, or left the server
    <Add somebody of the sheet>
    ◦ Driver 1004 (GT3)
    ◦ Driver 1005 (GT3)
    ◦ Driver 1006 (GTP)
    <Add a driver from the server>
    <Add a spotter from the server>
    <Choose somebody to change>
    ◦ Driver 1001 (Driver)
    ◦ Driver 1002 (Driver)
    ◦ Driver 1003 (Reserve)
    ◦ Driver 1007 (Driver)
    [Edit] [Disband!] [Readiness] [All teams]
    ");
    assert_snapshot!(shown(&panel(&view, key(52))), @"
    # Blue · GT3
    A team of **Spa 24 Hours**
    **Captain:** nobody yet
    **Drivers (0):** nobody yet
    <Add somebody of the sheet>
    ◦ Driver 1004 (GT3)
    ◦ Driver 1005 (GT3)
    ◦ Driver 1006 (GTP)
    <Add a driver from the server>
    <Add a spotter from the server>
    [Edit] [Disband!] [Readiness] [All teams]
    ");
}

#[test]
fn a_captain_looks_after_their_own() {
    let scene = Scene::new();
    let captain = scene.teams.all()[0].captain;
    let view = scene.for_reader(false, captain);
    let own = shown(&panel(&view, key(51)));
    assert!(own.contains("[Edit] [Readiness] [Check me] [All teams]"), "{own}");
    assert!(!own.contains("Add a driver from the server"), "{own}");
    assert!(!shown(&panel(&view, key(52))).contains("[Edit]"));
    assert_snapshot!(shown(&mate(&view, key(51), scene.sheet.lines()[0].user)), @r"
    # Red \*Racing\*
    <@1001> is a driver of the team, and its captain.
    (Driver) [Reserve] [Spotter]
    (Make captain) [Take out!] [Back to the team]
    ");
    assert_snapshot!(shown(&mate(&view, key(51), scene.sheet.lines()[2].user)), @r"
    # Red \*Racing\*
    <@1003> is a reserve of the team.
    [Driver] (Reserve) [Spotter]
    [Make captain] [Take out!] [Back to the team]
    ");
}

#[test]
fn disbanding_is_asked_and_a_class_is_chosen() {
    let scene = Scene::new();
    let view = scene.for_reader(true, None);
    let called = TeamName::parse("Green").unwrap();
    let all = [ask_disband(&view, key(51)), ask_class(&scene.event, &called), panel(&view, key(99))];
    assert_snapshot!(all.iter().map(shown).collect::<Vec<_>>().join("\n\n"), @r"
    # Disband Red \*Racing\*?
    4 people keep their places in **Spa 24 Hours** and are in no team then.
    [Disband it!] [Keep it]

    Which class of **Spa 24 Hours** does **Green** drive?
    <Choose a class>
    ◦ GT3
    ◦ GTP

    That team was disbanded.
    [All teams]
    ");
    assert_eq!(read_new_value(&new_value(key(10), &called)), Some((key(10), called)));
    for odd in ["", "GREEN", "ÄÄÄÄÄÄÄÄÄÄÄÄÄ"] {
        assert_eq!(read_new_value(odd), None, "{odd}");
    }
}

#[test]
fn the_most_of_everything_fits() {
    let event = event("GT3");
    let sheet = sheet(&event, &[(0, In, 200)]);
    let names: Vec<_> = sheet.lines().iter().map(|line| (line.discord, "N".repeat(80))).collect();
    let long = "W".repeat(50);
    let teams = (0..7_u8).map(|n| {
        let mates: Vec<_> = (0..25).map(|at| (usize::from(n) * 25 + at, Duty::ALL[at % 3])).collect();
        Team {
            car: CarName::parse(&"C".repeat(60)).ok(),
            ..team(n.into(), &format!("{}{n}", &long[1..]), &sheet, &mates)
        }
    });
    let (teams, gone) = (Teams::new(teams.collect()), HashSet::new());
    let view = TeamsView {
        invitations: &[],
        event: &event,
        gone: &gone,
        names: &names,
        organises: true,
        reader: None,
        sheet: &sheet,
        teams: &teams,
    };
    for page in [0, 9] {
        shown(&list(&view, page));
    }
    shown(&panel(&view, key(50)));
    shown(&mate(&view, key(50), sheet.lines()[0].user));
}

#[test]
fn a_settled_team_has_a_card_and_settling_says_what_follows() {
    let scene = Scene::new();
    let view = scene.for_reader(true, None);
    let mut cards = vec![own_card(&scene.event, &scene.teams.all()[0])];
    cards.push(finalized(&view, (&[], &[key(52)]), None));
    let settled = scene.teams.all().iter().map(|team| Team { finalized_at: Some(before()), ..team.clone() });
    let teams = Teams::new(settled.collect());
    let view = TeamsView { teams: &teams, ..view };
    cards.extend([finalized(&view, (&[key(51)], &[]), Some(237)), finalized(&view, (&[], &[]), None)]);
    assert_snapshot!(cards.iter().map(shown).collect::<Vec<_>>().join("\n\n"), @r"
    # Red \*Racing\* #7 · GT3 · BMW M4 GT3
    A team of **Spa 24 Hours**
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Captain:** <@1001>
    **Drivers (3):** <@1001>, <@1002>, <@1007>
    **Reserves (1):** <@1003>
    [Manage team]

    # Teams of Spa 24 Hours
    No team has a driver yet. `/team manage` puts people in.
    Left out, as nobody drives: **Blue**.
    [All teams]

    # Teams of Spa 24 Hours
    **Red \*Racing\*** settled. Each gets its thread in the event's channel, with its people and its card; later changes follow by themselves.
    New teams do without a role: the server has 237 of the 250 that Discord allows. Delete some, then `/club health`.
    [All teams]

    # Teams of Spa 24 Hours
    2 teams are settled already; nothing changed.
    [All teams]
    ");
}
