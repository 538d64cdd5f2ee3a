#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{HashMap, HashSet};

use insta::assert_snapshot;
use twilight_model::id::{Id, marker::UserMarker};

use super::*;
use crate::{
    domain::{
        id::UserId,
        name::TeamName,
        permission::Denier,
        readiness::{Need, Told},
        signup::{Sheet, SignupState::In},
        team::{Duty, Mate, Teams},
    },
    view::{
        team::TeamsView,
        testing::{at, before, check, event, key, render, sheet},
    },
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

fn voice() -> Id<twilight_model::id::marker::ChannelMarker> {
    Id::new(70)
}

/// A check in which everything was as it should be.
fn good() -> Check {
    Check {
        at: before(),
        connected: Some(true),
        in_thread: Told::Yes,
        joins: Told::Yes,
        sees: Told::Yes,
        team: key(51),
        voice: Some(voice()),
    }
}

fn denied(by: Denier, channel: u64, what: Need) -> Told {
    Told::No(Obstacle::Denied { by, channel: Id::new(channel), what })
}

fn not_in(private: bool) -> Told {
    Told::No(Obstacle::NotIn { private, thread: Id::new(60) })
}

fn team(number: u128, called: &str, sheet: &Sheet, people: std::ops::Range<usize>) -> Team {
    let mate = |at: usize| {
        let line = &sheet.lines()[at];
        Mate { discord: line.discord, duty: Duty::Driver, user: line.user }
    };
    Team {
        captain: None,
        car: None,
        class: key(10),
        created_at: before(),
        finalized_at: Some(before()),
        id: key(number),
        mates: people.map(mate).collect(),
        name: TeamName::parse(called).unwrap(),
        number: None,
        revision: 1,
    }
}

fn own_list(check: Check, hears: Option<bool>) -> String {
    let event = event("20");
    let red = team(51, "Red *Racing*", &Sheet::default(), 0..0);
    let readiness = Readiness { check, hears };
    let opens = Some(at("2026-12-04T13:00:00Z"));
    shown(&own(&OwnView { event: &event, opens, readiness: &readiness, team: &red }))
}

#[test]
fn whoever_is_ready_is_told_so() {
    assert_snapshot!(own_list(good(), Some(true)), @r"
    # You're ready
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ✅ You are in the team's thread
    ✅ You may join the race voice, <#70>
    ✅ You are connected now
    ✅ You hear the others, by your own word
    -# Checked <t:1796126400:R>
    (I hear them) [I don't] [Check again]
    ");
}

#[test]
fn what_is_not_known_yet_is_told() {
    let ahead =
        Check { connected: None, in_thread: Told::Unknown, joins: Told::Unknown, voice: None, ..good() };
    let open = Check { at: at("2026-12-04T14:00:00Z"), connected: Some(false), ..good() };
    let unseen = Check {
        at: at("2026-12-04T14:00:00Z"),
        connected: None,
        joins: Told::Unknown,
        sees: Told::Unknown,
        voice: None,
        ..good()
    };
    let blind = Check { connected: None, ..good() };
    let lists =
        [own_list(ahead, None), own_list(open, None), own_list(unseen, None), own_list(blind, Some(true))];
    assert_snapshot!(lists.join("\n\n"), @r"
    # Almost ready
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ⏳ The team has no thread yet. It comes once the teams are settled.
    ⏳ The race voice opens <t:1796389200:R>.
    -# Checked <t:1796126400:R>
    [Check again]

    # Almost ready
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ✅ You are in the team's thread
    ✅ You may join the race voice, <#70>
    ⏳ You aren't connected now. Join <#70> and press **Check again**.
    ⏳ Do you hear the others in <#70>? Say so below.
    -# Checked <t:1796392800:R>
    [I hear them] [I don't] [Check again]

    # Almost ready
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ⏳ The event's channel couldn't be looked at: it is just being made, or the bot doesn't see it.
    ✅ You are in the team's thread
    ⏳ The race voice couldn't be looked at: it is just being made, or the bot doesn't see it.
    -# Checked <t:1796392800:R>
    [Check again]

    # You're ready
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ✅ You are in the team's thread
    ✅ You may join the race voice, <#70>
    ⏳ Whether you are connected to <#70> couldn't be seen.
    ✅ You hear the others, by your own word
    -# Checked <t:1796126400:R>
    (I hear them) [I don't] [Check again]
    ");
}

#[test]
fn whatever_fails_has_one_thing_to_do_about_it() {
    let role = Denier::Role(Id::new(5));
    let lists = [
        Check { in_thread: not_in(false), joins: denied(role, 70, Need::Connect), ..good() },
        Check { in_thread: not_in(true), joins: Told::No(Obstacle::Pending), ..good() },
        Check {
            joins: denied(Denier::Everyone, 70, Need::View),
            sees: denied(Denier::Themselves, 69, Need::View),
            ..good()
        },
        Check { joins: denied(Denier::NoRole, 70, Need::Connect), ..good() },
        Check { joins: Told::No(Obstacle::TimedOut { until: at("2026-12-06T00:00:00Z") }), ..good() },
    ];
    let lists = lists.map(|check| own_list(check, Some(false)));
    assert_snapshot!(lists.join("\n\n"), @r"
    # Not ready yet
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ⚠️ **You aren't in the team's thread.** Open <#60> and press **Join**.
    ⚠️ **You may not join the race voice.** Ask an organiser: <#70> denies Connect to the role <@&5>.
    ✅ You are connected now
    ⚠️ **You don't hear the others.** Look at Discord's voice settings, join <#70> once more, and say so below.
    -# Checked <t:1796126400:R>
    [I hear them] (I don't) [Check again]

    # Not ready yet
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ⚠️ **You aren't in the team's thread.** Ask your captain to mention you in <#60>.
    ⚠️ **You may not join the race voice.** Accept the server's rules: Discord shows them where you would write.
    ✅ You are connected now
    ⚠️ **You don't hear the others.** Look at Discord's voice settings, join <#70> once more, and say so below.
    -# Checked <t:1796126400:R>
    [I hear them] (I don't) [Check again]

    # Not ready yet
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ⚠️ **You don't see the event's channel.** Ask an organiser: <#69> denies View Channel to you.
    ✅ You are in the team's thread
    ⚠️ **You may not join the race voice.** Ask an organiser: <#70> denies View Channel to everybody, and allows it to none of your roles.
    ✅ You are connected now
    ⚠️ **You don't hear the others.** Look at Discord's voice settings, join <#70> once more, and say so below.
    -# Checked <t:1796126400:R>
    [I hear them] (I don't) [Check again]

    # Not ready yet
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ✅ You are in the team's thread
    ⚠️ **You may not join the race voice.** Ask an organiser: <#70> asks for Connect, which none of your roles gives.
    ✅ You are connected now
    ⚠️ **You don't hear the others.** Look at Discord's voice settings, join <#70> once more, and say so below.
    -# Checked <t:1796126400:R>
    [I hear them] (I don't) [Check again]

    # Not ready yet
    **Red \*Racing\*** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ✅ You are in the team's thread
    ⚠️ **You may not join the race voice.** You are timed out until <t:1796515200:F>. Ask a moderator.
    ✅ You are connected now
    ⚠️ **You don't hear the others.** Look at Discord's voice settings, join <#70> once more, and say so below.
    -# Checked <t:1796126400:R>
    [I hear them] (I don't) [Check again]
    ");
}

#[test]
fn a_club_without_race_voice_asks_for_none() {
    let event = event("20");
    let red = team(51, "Red", &Sheet::default(), 0..0);
    let check = Check { connected: None, joins: Told::Unknown, voice: None, ..good() };
    let readiness = Readiness { check, hears: None };
    let view = OwnView { event: &event, opens: None, readiness: &readiness, team: &red };
    assert_snapshot!(shown(&own(&view)), @"
    # You're ready
    **Red** in **Spa 24 Hours**, which starts <t:1796475600:R>
    ✅ You see the event's channel
    ✅ You are in the team's thread
    -# Checked <t:1796126400:R>
    [Check again]
    ");
}

struct Scene {
    checked: HashMap<UserId, Readiness>,
    event: Event,
    gone: HashSet<Id<UserMarker>>,
    sheet: Sheet,
    teams: Teams,
}

impl Scene {
    /// Teams of six, of which the first is checked in every way, and one of nobody.
    fn new(others: usize) -> Self {
        let event = event("GT3\nGTP");
        let sheet = sheet(&event, &[(0, In, 6 * (others + 1))]);
        let red = team(51, "Red *Racing*", &sheet, 0..6);
        let fails = Check {
            in_thread: not_in(false),
            joins: denied(Denier::Role(Id::new(5)), 70, Need::Connect),
            ..good()
        };
        let ahead = Check { joins: Told::Unknown, voice: None, connected: None, ..good() };
        let states = [
            (good(), Some(true)),
            (fails, Some(false)),
            (good(), None),
            (ahead, None),
            (Check { team: key(99), ..good() }, Some(true)),
        ];
        let checked = red.mates.iter().zip(states);
        let checked = checked.map(|(mate, (check, hears))| (mate.user, Readiness { check, hears })).collect();
        let more =
            (1..=others).map(|at| team(51 + at as u128, &format!("Team {at}"), &sheet, at * 6..at * 6 + 6));
        let bare = team(90, "Bare", &sheet, 0..0);
        let teams = Teams::new([red].into_iter().chain(more).chain([bare]).collect());
        Self { checked, event, gone: HashSet::new(), sheet, teams }
    }

    fn view(&self) -> BoardView<'_> {
        let Self { checked, event, gone, sheet, teams } = self;
        let teams = TeamsView {
            event,
            gone,
            invitations: &[],
            names: &[],
            organises: true,
            reader: None,
            sheet,
            teams,
        };
        BoardView { checked, has_voice: true, teams }
    }
}

#[test]
fn a_captain_sees_who_is_ready_and_what_to_do() {
    let scene = Scene::new(0);
    assert_snapshot!(shown(&of_team(&scene.view(), key(51), 0)), @r"
    # Readiness of Red \*Racing\* · GT3
    **Spa 24 Hours** starts <t:1796475600:R> · 1 of 6 ready
    ✅ <@1001> is ready · checked <t:1796126400:R>
    ⚠️ <@1002> isn't ready · checked <t:1796126400:R>
    - **Not in the thread.** They open <#60> and press **Join**.
    - **May not join the race voice.** <#70> denies Connect to the role <@&5>. Allow it under Edit Channel → Permissions.
    - **Doesn't hear the others.** They look at Discord's voice settings, and join once more.
    ⏳ <@1003> hasn't said yet whether they hear the others · checked <t:1796126400:R>
    ⏳ <@1004> checked before the race voice was open · checked <t:1796126400:R>
    ⏳ <@1005> hasn't pressed **Check me** yet
    ⏳ <@1006> hasn't pressed **Check me** yet
    [Refresh] [Back to the team]
    ");
    assert_snapshot!(shown(&of_team(&scene.view(), key(90), 7)), @"
    # Readiness of Bare · GT3
    **Spa 24 Hours** starts <t:1796475600:R> · 0 of 0 ready
    Nobody is in the team yet.
    [Refresh] [Back to the team]
    ");
    assert!(shown(&of_team(&scene.view(), key(91), 0)).contains("disbanded"));
}

#[test]
fn organisers_see_every_team() {
    let scene = Scene::new(0);
    assert_snapshot!(shown(&of_event(&scene.view(), 0)), @r"
    # Readiness of the teams
    **Spa 24 Hours** starts <t:1796475600:R> · 1 of 6 ready
    **Red \*Racing\*** · GT3 · 1 of 6 ready
    ⚠️ <@1002>: not in the thread, may not join the race voice, doesn't hear the others
    ⏳ Not checked yet: <@1005>, <@1006>
    ⏳ Not all known yet: <@1003>, <@1004>

    **Bare** · GT3 · 0 of 0 ready
    <Choose a team to see what to do>
    ◦ Red *Racing*
    ◦ Bare
    [Refresh] [All teams]
    ");
    let full = Scene::new(11);
    let pages = [0, 1, 2, 3, 9].map(|page| shown(&of_event(&full.view(), page)));
    assert_eq!(pages[0].replace(":0]", ""), pages[1].replace(":0]", ""), "both are the first");
    assert_eq!(pages[3], pages[4], "past the end is the last");
    assert!(pages[2].contains("Team 5") && pages[3].contains("**Bare**"), "{}", pages[3]);
    let none = Scene { teams: Teams::default(), ..Scene::new(0) };
    assert!(shown(&of_event(&none.view(), 0)).contains("Nobody is in a team yet."));
}
