#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use insta::assert_snapshot;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use twilight_model::{guild::Permissions, id::Id};

use super::*;
use crate::{
    domain::{
        event::{EventState, Fate},
        overwrite::{Overwrite, OverwriteTarget},
        permission::NEEDED,
        settings::{Grace, PutAway, VoiceAccess},
        signup::SignupState,
        team::{Duty, Mate, Team, Teams},
    },
    reconcile::{
        binding::{Applied, AppliedThread, Category, State},
        facts::{EventFacts, Facts},
        slot::{Shelf, Shelving, Slot, TeamPart},
        testing::{apply, built, digested, fresh, moderators, planned, with_archive},
    },
    store::bindings::Evidence,
    view::testing::{at, sheet},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Two weeks ahead of the start.
fn early() -> Timestamp {
    at("2026-11-22T10:00:00Z")
}

/// The race voice channel is open.
fn eve() -> Timestamp {
    at("2026-12-05T10:00:00Z")
}

/// Over, and its grace has passed.
fn after() -> Timestamp {
    at("2026-12-08T10:00:00Z")
}

fn print(facts: &crate::reconcile::facts::EventFacts, now: Timestamp) -> String {
    planned(facts, &Said::new(), now).to_string()
}

#[test]
fn a_new_event_gets_its_channel_and_card() {
    assert_snapshot!(print(&fresh(), early()), @r#"
    create channel text channel "spa-24-hours-2026-12-05" in 500
    post card
    "#);
}

/// An event with everything that it has early on, and a team of its first two people.
fn with_team() -> EventFacts {
    let mut facts = built(early());
    facts.sheet = sheet(&facts.event, &[(0, SignupState::In, 3)]);
    let mate = |line: &crate::domain::signup::Signup| Mate {
        discord: line.discord,
        duty: Duty::Driver,
        user: line.user,
    };
    let team = Team {
        captain: None,
        car: None,
        class: facts.event.classes[0].id,
        created_at: early(),
        finalized_at: Some(early()),
        id: crate::view::testing::key(50),
        mates: facts.sheet.lines()[..2].iter().map(mate).collect(),
        name: "Red".parse().unwrap(),
        number: None,
        revision: 1,
    };
    facts.teams = Teams::new(vec![team]);
    facts
}

fn change_team(facts: &mut EventFacts, change: impl FnOnce(&mut Team)) {
    let mut team = facts.teams.all()[0].clone();
    change(&mut team);
    facts.teams = Teams::new(vec![team]);
}

fn change_thread(facts: &mut EventFacts, change: impl FnOnce(&mut AppliedThread)) {
    let team = facts.teams.all()[0].id;
    let binding = facts.bindings.0.get_mut(&Slot::Team(team, TeamPart::Thread)).unwrap();
    if let Some(Applied::Thread(thread)) = &mut binding.applied {
        change(thread);
    }
}

#[test]
fn a_team_that_is_settled_gets_a_thread_with_its_people_and_a_pinned_card() {
    let mut facts = with_team();
    let mut passes = Vec::new();
    while !planned(&facts, &Said::new(), early()).is_empty() && passes.len() < 9 {
        passes.push(print(&facts, early()));
        let body = facts.clone();
        apply(&mut facts, early());
        if let Some(card) = facts.bindings.0.get_mut(&Slot::Card) {
            card.hash = Some(crate::view::card::card(&card_of(&body), early()).hash());
        }
    }
    assert_snapshot!(passes.join("\n--\n"), @r#"
    create team/AAAAAAAAAAAAAAAAAAAAAy/practice voice channel "Red · practice · Spa 24 Hours" in 500
    open team/AAAAAAAAAAAAAAAAAAAAAy/thread "Red"
    edit card
    post team/AAAAAAAAAAAAAAAAAAAAAy/card
    --
    add 1001 to team/AAAAAAAAAAAAAAAAAAAAAy/thread
    add 1002 to team/AAAAAAAAAAAAAAAAAAAAAy/thread
    pin team/AAAAAAAAAAAAAAAAAAAAAy/card
    "#);
    change_team(&mut facts, |team| team.finalized_at = None);
    assert_snapshot!(print(&facts, early()), @"
    edit card
    release team/AAAAAAAAAAAAAAAAAAAAAy/card
    delete team/AAAAAAAAAAAAAAAAAAAAAy/practice 603 (asked for)
    delete team/AAAAAAAAAAAAAAAAAAAAAy/thread 604 (asked for)
    ");
}

fn card_of(facts: &EventFacts) -> crate::view::card::CardFacts<'_> {
    crate::view::card::CardFacts {
        event: &facts.event,
        series: facts.series.as_ref(),
        settings: &facts.club.settings,
        sheet: &facts.sheet,
        teams: &facts.teams,
    }
}

/// The same with all of it done.
fn with_team_built() -> EventFacts {
    let mut facts = with_team();
    for _ in 0..4 {
        apply(&mut facts, early());
    }
    let hash = crate::view::card::card(&card_of(&facts), early()).hash();
    facts.bindings.0.get_mut(&Slot::Card).unwrap().hash = Some(hash);
    facts
}

#[test]
fn whoever_joins_or_leaves_a_team_follows_into_its_thread() {
    let mut facts = with_team_built();
    assert_snapshot!(print(&facts, early()), @"nothing to do");
    let fresh = &facts.sheet.lines()[2];
    let mate = Mate { discord: fresh.discord, duty: Duty::Driver, user: fresh.user };
    change_team(&mut facts, |team| {
        team.mates[0] = mate;
        team.name = "Redder".parse().unwrap();
    });
    assert_snapshot!(print(&facts, early()), @r#"
    edit team/AAAAAAAAAAAAAAAAAAAAAy/practice name "Redder · practice · Spa 24 Hours"
    edit team/AAAAAAAAAAAAAAAAAAAAAy/thread name "Redder"
    edit card
    edit team/AAAAAAAAAAAAAAAAAAAAAy/card
    add 1003 to team/AAAAAAAAAAAAAAAAAAAAAy/thread
    remove 1001 from team/AAAAAAAAAAAAAAAAAAAAAy/thread
    "#);
    // A thread that has been quiet takes nobody before it is un-archived.
    change_thread(&mut facts, |thread| thread.archived = true);
    assert!(print(&facts, early()).starts_with("edit team/"), "{}", print(&facts, early()));
    // Whoever can't be added isn't tried again.
    change_thread(&mut facts, |thread| thread.absent.push(mate.discord));
    assert!(!print(&facts, early()).contains("add 1003"));
}

#[test]
fn a_thread_is_closed_with_its_event_and_goes_with_the_channel() {
    let mut facts = with_team_built();
    with_archive(&mut facts);
    let closes: Vec<String> = planned(&facts, &digested(&facts), after())
        .steps
        .iter()
        .map(ToString::to_string)
        .filter(|step| step.contains("team/"))
        .collect();
    assert_snapshot!(closes.join("\n"), @"
    edit team/AAAAAAAAAAAAAAAAAAAAAy/thread archived true, locked true
    delete team/AAAAAAAAAAAAAAAAAAAAAy/practice 603 (put away)
    ");
    change_thread(&mut facts, |thread| thread.archived = true);
    let lock = print(&facts, after());
    assert!(lock.contains("/thread archived false, locked true"), "{lock}");
    facts.club.settings.put_away = PutAway::Delete;
    let goes: Vec<String> =
        planned(&facts, &digested(&facts), after()).steps.iter().map(ToString::to_string).collect();
    assert!(goes.iter().filter(|step| step.starts_with("release team/")).count() == 2, "{goes:?}");
}

#[test]
fn nothing_is_left_to_do_twice() {
    assert_snapshot!(print(&built(early()), early()), @"nothing to do");
}

#[test]
fn the_race_voice_channel_opens_ahead_of_the_start() {
    let mut facts = built(early());
    facts.sheet = sheet(&facts.event, &[(0, SignupState::In, 1), (0, SignupState::Waiting, 1)]);
    facts.bindings.0.remove(&Slot::Card);
    apply(&mut facts, early());
    assert_snapshot!(print(&facts, eve()), @r#"
    create voice/race voice channel "Spa 24 Hours" in 500
    say reminder/1796475600000/1440 in channel
    say race-voice/1796475600000 in channel
    "#);
}

#[test]
fn only_those_with_a_place_may_join_and_the_bot_never_locks_itself_out() {
    let mut facts = fresh();
    facts.sheet = sheet(&facts.event, &[(0, SignupState::In, 1), (0, SignupState::Waiting, 1)]);
    let plan = planned(&facts, &Said::new(), eve());
    let overwrites = plan.steps.iter().find_map(|step| match step {
        Step::Create { make: crate::reconcile::step::Make::Voice { overwrites, .. }, .. } => {
            Some(overwrites.clone())
        }
        _ => None,
    });
    let overwrites = overwrites.unwrap();
    let of = |target| overwrites.iter().find(|overwrite| overwrite.target == target);
    let everyone = of(OverwriteTarget::Role(facts.club.guild.cast())).unwrap();
    assert_eq!(everyone.deny, Permissions::CONNECT);
    let bot = of(OverwriteTarget::Member(facts.bot)).unwrap();
    assert!(
        bot.allow.contains(Permissions::CONNECT | Permissions::MANAGE_CHANNELS | Permissions::VIEW_CHANNEL)
    );
    assert!(of(OverwriteTarget::Member(Id::new(1001))).unwrap().allow.contains(Permissions::CONNECT));
    assert_eq!(of(OverwriteTarget::Member(Id::new(1002))), None, "who waits has no place");
    facts.club.settings.race_voice_access = VoiceAccess::Open;
    assert_snapshot!(print(&facts, eve()), @r#"
    create channel text channel "spa-24-hours-2026-12-05" in 500
    create voice/race voice channel "Spa 24 Hours" in 500
    post card
    say reminder/1796475600000/1440 in channel
    say race-voice/1796475600000 in channel
    "#);
}

#[test]
fn the_app_asks_for_every_permission_that_it_sets() {
    for now in [eve(), after()] {
        let desired = crate::reconcile::desired::desired(&Facts::Event(Box::new(built(eve()))), now);
        for resource in desired.resources {
            let rules = match resource.spec {
                Spec::Text { rules, .. } | Spec::Voice { rules, .. } => rules,
                Spec::Board { .. }
                | Spec::Card(_)
                | Spec::Category { .. }
                | Spec::Native(_)
                | Spec::Role { .. }
                | Spec::TeamCard { .. }
                | Spec::Thread { .. } => Vec::new(),
            };
            for rule in rules {
                assert!(NEEDED.contains(rule.allow | rule.deny), "{rule:?}");
            }
        }
    }
}

#[test]
fn overwrites_change_one_by_one_and_a_moderators_stay() {
    let mut facts = built(eve());
    let voice = facts.bindings.0.get_mut(&Slot::RaceVoice).unwrap();
    if let Some(Applied::Channel(channel)) = &mut voice.applied {
        channel.overwrites.push(moderators(77));
    }
    facts.sheet = sheet(&facts.event, &[(0, SignupState::In, 1)]);
    let steps = planned(&facts, &Said::new(), eve()).steps;
    let overwrites: Vec<String> =
        steps.iter().filter(|step| step.to_string().contains("overwrite")).map(ToString::to_string).collect();
    assert_snapshot!(overwrites.join("\n"), @"set overwrite voice/race member 1001 +Permissions(VIEW_CHANNEL | CONNECT | SPEAK) -Permissions(0x0)");
}

#[test]
fn a_driver_who_withdraws_loses_only_their_own_overwrite() {
    let mut facts = fresh();
    facts.sheet = sheet(&facts.event, &[(0, SignupState::In, 2)]);
    for _ in 0..3 {
        apply(&mut facts, eve());
    }
    facts.sheet = sheet(&facts.event, &[(0, SignupState::In, 1), (0, SignupState::Withdrawn, 1)]);
    assert!(print(&facts, eve()).contains("clear overwrite voice/race member 1002"));
    assert!(!print(&facts, eve()).contains("1001"));
}

#[test]
fn putting_away_archives_the_channel_and_takes_the_voice_channel_away() {
    let mut facts = built(eve());
    let print = |facts: &EventFacts, now| planned(facts, &digested(facts), now).to_string();
    assert_snapshot!(print(&facts, after()), @"
    want archive/1
    set overwrite channel member 9 +Permissions(MANAGE_CHANNELS | VIEW_CHANNEL | SEND_MESSAGES) -Permissions(0x0)
    set overwrite channel role 1 +Permissions(0x0) -Permissions(SEND_MESSAGES | CREATE_PUBLIC_THREADS | CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS)
    edit card
    expire race-voice/1796475600000
    expire over/1796562000000
    release native
    delete voice/race 601 (put away)
    ");
    with_archive(&mut facts);
    assert!(print(&facts, after()).contains("edit channel parent 501"));
}

#[test]
fn a_channel_stays_open_until_its_digest_is_said() {
    let mut facts = built(eve());
    with_archive(&mut facts);
    assert_snapshot!(print(&facts, after()), @"
    edit card
    expire race-voice/1796475600000
    expire over/1796562000000
    say digest/1796562000000 in channel
    release native
    delete voice/race 601 (put away)
    ");
    let begun = Said::from([("digest/1796562000000".to_owned(), SaidState::Begun(Some(after() + HOUR)))]);
    let plan = planned(&facts, &begun, after());
    assert_eq!(plan.retry_at, Some(after() + HOUR));
    assert!(!plan.to_string().contains("edit channel"), "{plan}");
    let refused = Said::from([("digest/1796562000000".to_owned(), SaidState::Refused(Some(after() + HOUR)))]);
    assert!(planned(&facts, &refused, after()).to_string().contains("edit channel parent 501"));
    let late = at("2026-12-21T13:00:00Z");
    let plan = print(&facts, late);
    assert!(plan.contains("expire digest/") && plan.contains("edit channel parent 501"), "{plan}");
    facts.club.settings.notification_preferences.put_away = crate::domain::notice::Where::Off;
    let plan = print(&facts, after());
    assert!(!plan.contains("digest/") && plan.contains("edit channel parent 501"), "{plan}");
}

#[test]
fn a_digest_outlives_a_channel_that_is_deleted() {
    let mut facts = built(eve());
    facts.club.settings.put_away = PutAway::Delete;
    facts.club.settings.organiser_channel = Some(Id::new(70));
    assert!(print(&facts, after()).contains("say digest/1796562000000 in 70"));
    facts.club.settings.announcement_channel = Some(Id::new(71));
    assert_snapshot!(print(&facts, after()), @"
    expire race-voice/1796475600000
    expire over/1796562000000
    say digest/1796562000000 in 71
    release card
    release native
    delete voice/race 601 (put away)
    ");
    assert!(
        planned(&facts, &digested(&facts), after()).to_string().contains("delete channel 600 (put away)")
    );
    facts.bindings.0.get_mut(&Slot::Channel).unwrap().state = State::Creating;
    let plan = print(&facts, after());
    assert!(plan.contains("examine channel") && !plan.contains("digest"), "{plan}");
}

#[test]
fn a_kept_channel_stays_and_its_race_voice_goes() {
    let mut facts = built(eve());
    facts.event.fate = Fate::Kept;
    assert_snapshot!(print(&facts, after()), @"
    edit card
    expire race-voice/1796475600000
    expire over/1796562000000
    release native
    delete voice/race 601 (put away)
    ");
    let (plan, desired) = (print(&facts, at("2027-12-08T10:00:00Z")), Facts::Event(Box::new(facts.clone())));
    assert!(!plan.contains("edit channel"), "{plan}");
    assert_eq!(crate::reconcile::desired::desired(&desired, after()).next_change, None);
    facts.event.fate = Fate::Now(at("2026-12-06T14:00:00Z"));
    assert!(print(&facts, at("2026-12-06T14:00:00Z")).contains("say digest/1796562000000 in channel"));
}

#[test]
fn those_with_a_place_are_asked_to_check_in_once_half_an_hour_ahead() {
    let (mut facts, soon) = (built(eve()), at("2026-12-05T12:30:00Z"));
    assert!(!print(&facts, soon).contains("check-in"), "nobody is there to be asked");
    facts.sheet = sheet(&facts.event, &[(0, SignupState::Late, 1), (0, SignupState::Waiting, 1)]);
    assert!(!print(&facts, soon - SignedDuration::from_secs(1)).contains("check-in"));
    assert!(print(&facts, soon).contains("say check-in/1796475600000 in channel"));
    assert!(print(&facts, facts.event.start).contains("expire check-in/1796475600000"));
    facts.club.settings.check_in = None;
    assert!(!print(&facts, soon).contains("check-in"));
}

#[test]
fn closing_a_channel_keeps_it_hidden_from_those_who_did_not_see_it() {
    let mut facts = built(early());
    with_archive(&mut facts);
    let everyone = OverwriteTarget::Role(facts.club.guild.cast());
    let channel = facts.bindings.0.get_mut(&Slot::Channel).unwrap();
    if let Some(Applied::Channel(channel)) = &mut channel.applied {
        let deny = Permissions::VIEW_CHANNEL;
        channel.overwrites.push(Overwrite { allow: Permissions::empty(), deny, target: everyone });
    }
    let denied = planned(&facts, &digested(&facts), after()).steps.into_iter().find_map(|step| match step {
        Step::SetOverwrite { overwrite, .. } if overwrite.target == everyone => Some(overwrite.deny),
        _ => None,
    });
    assert!(denied.unwrap().contains(Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES));
}

#[test]
fn a_club_may_have_everything_deleted() {
    let mut facts = built(eve());
    facts.club.settings.put_away = PutAway::Delete;
    assert_snapshot!(print(&facts, after()), @"
    expire race-voice/1796475600000
    expire over/1796562000000
    delete channel 600 (put away)
    release card
    release native
    delete voice/race 601 (put away)
    ");
}

#[test]
fn what_was_archived_stays_when_the_club_has_finished_channels_deleted_from_now_on() {
    let mut facts = built(eve());
    with_archive(&mut facts);
    let channel = facts.bindings.0.get_mut(&Slot::Channel).unwrap();
    if let Some(Applied::Channel(channel)) = &mut channel.applied {
        channel.parent = Some(Id::new(501));
    }
    facts.club.settings.put_away = PutAway::Delete;
    let plan = print(&facts, after());
    assert!(!plan.contains("delete channel"), "{plan}");
}

#[test]
fn what_is_not_certainly_ours_is_never_deleted() {
    let mut facts = built(eve());
    facts.club.settings.put_away = PutAway::Delete;
    for evidence in [Evidence::Match, Evidence::Adopted] {
        facts.bindings.0.get_mut(&Slot::Channel).unwrap().row.evidence = Some(evidence);
        assert!(print(&facts, after()).contains("release channel"));
        assert!(!print(&facts, after()).contains("delete channel"));
    }
}

#[test]
fn a_cancelled_event_says_so_and_closes_its_voice_channel_at_once() {
    let mut facts = built(eve());
    facts.event.state = EventState::Cancelled { at: eve(), reason: "Fog".into() };
    assert_snapshot!(print(&facts, eve()), @"
    edit card
    say over/1796464800000 in channel
    delete native 603
    delete voice/race 601 (asked for)
    ");
    facts.club.settings.grace = Grace::hours(0).unwrap();
    let an_hour = SignedDuration::from_hours(1);
    assert!(
        print(&facts, eve() + an_hour - SignedDuration::from_secs(1)).contains("say over/"),
        "time to read it"
    );
    assert!(print(&facts, eve() + an_hour).starts_with("want archive/1"));
}

#[test]
fn an_event_that_never_had_a_channel_gets_none_to_be_put_away() {
    assert_snapshot!(print(&fresh(), after()), @"
    expire race-voice/1796475600000
    expire over/1796562000000
    ");
}

#[test]
fn a_full_category_is_followed_by_the_next() {
    let mut facts = fresh();
    let shelf = facts.shelves.0[0].0;
    facts.shelves.0[0].1[0].state = State::Full(Id::new(500));
    let plan = planned(&facts, &Said::new(), early());
    assert_eq!(plan.awaits, Some(shelf));
    assert_snapshot!(plan, @"
    want category/2
    post card
    ");
    facts.shelves.0[0].1.push(Category { n: 2, state: State::Wanted });
    assert!(!print(&facts, early()).contains("want"), "asked for once");
    facts.shelves.0[0].1[1].state = State::Bound(Id::new(502));
    assert!(print(&facts, early()).contains("in 502"));
}

#[test]
fn a_channel_that_stands_in_a_full_category_stays_there() {
    let mut facts = built(early());
    facts.shelves.0[0].1[0].state = State::Full(Id::new(500));
    assert_snapshot!(print(&facts, early()), @"nothing to do");
}

#[test]
fn a_name_that_people_changed_is_theirs() {
    let mut facts = built(early());
    facts.event.channel_name = facts.event.channel_name.apart(&|name| !name.ends_with("-2"));
    assert!(print(&facts, early()).contains("edit channel name"));
    facts.bindings.0.get_mut(&Slot::Channel).unwrap().row.renamed = true;
    assert_snapshot!(print(&facts, early()), @"nothing to do");
}

#[test]
fn an_attempt_left_behind_is_examined_and_never_repeated() {
    let mut facts = built(early());
    facts.bindings.0.get_mut(&Slot::Channel).unwrap().state = State::Creating;
    let plan = print(&facts, early());
    assert!(plan.contains("examine channel") && !plan.contains("create"), "{plan}");
}

#[test]
fn a_failed_step_waits_and_the_others_go_on() {
    let mut facts = built(eve());
    let later = eve() + Duration::from_secs(60);
    facts.bindings.0.get_mut(&Slot::RaceVoice).unwrap().row.not_before = Some(later);
    facts.event.state = EventState::Cancelled { at: eve(), reason: String::new() };
    let plan = planned(&facts, &Said::new(), eve());
    assert_eq!(plan.retry_at, Some(later));
    assert!(plan.steps.iter().any(|step| matches!(step, Step::EditCard { .. })));
    assert!(!plan.steps.iter().any(|step| matches!(step, Step::Delete { .. })));
}

#[test]
fn a_clicked_card_settles_once_it_is_quiet() {
    let mut facts = built(early());
    let quiet = early() + Duration::from_secs(5);
    facts.bindings.0.get_mut(&Slot::Card).unwrap().row.settle_at = Some(quiet);
    assert_snapshot!(print(&facts, early()), @"nothing to do");
    assert_snapshot!(print(&facts, quiet), @"edit card");
}

#[test]
fn a_card_of_a_newer_version_is_left_alone() {
    let mut facts = built(early());
    let card = facts.bindings.0.get_mut(&Slot::Card).unwrap();
    card.hash = Some("drawn by a newer version".into());
    card.row.view_version += 1;
    assert_snapshot!(print(&facts, early()), @"nothing to do");
}

#[test]
fn a_card_whose_channel_was_made_anew_is_posted_again() {
    let mut facts = built(early());
    facts.bindings.0.get_mut(&Slot::Channel).unwrap().state = State::Bound(Id::new(999));
    assert_snapshot!(print(&facts, early()), @r#"
    post card
    edit native location https://discord.com/channels/1/999, description "Winter Cup · Spa-Francorchamps · 24 h\nSign up: https://discord.com/channels/1/999"
    "#);
}

#[test]
fn what_is_too_late_is_recorded_as_never_said() {
    let facts = built(eve());
    let late = at("2026-12-06T14:00:00Z");
    let plan = print(&facts, late);
    assert!(plan.contains("expire race-voice/"), "{plan}");
    assert!(plan.contains("say over/"), "{plan}");
    let said = [("race-voice/1796475600000".to_owned(), SaidState::Settled)].into();
    assert!(!planned(&facts, &said, late).to_string().contains("race-voice"));
}

#[test]
fn nothing_happens_while_the_integration_is_off() {
    let mut facts = built(eve());
    facts.club.settings.discord_integration_enabled = false;
    assert_snapshot!(print(&facts, after()), @"nothing to do");
}

#[test]
fn a_deletion_that_nobody_announced_counts() {
    let mut facts = built(eve());
    facts.event.start = at("2027-02-05T13:00:00Z");
    assert!(print(&facts, eve()).contains("delete voice/race 601 (not needed)"));
}

#[test]
fn a_shelf_names_its_categories() {
    let slot = Shelf::Archive(Id::new(1)).slot(3);
    assert_eq!(slot, Slot::Category(Shelving::Archive, 3));
}

proptest! {
    /// Whatever the hour and whoever signed up, a plan that was carried out leaves nothing to do, and the answer changes later only.
    #[test]
    fn carrying_out_a_plan_finishes_it(hours in 0_i64..800, people in 0_usize..120, open: bool) {
        let now = early() + Duration::from_secs(hours.unsigned_abs() * 3600);
        let mut facts = fresh();
        if open {
            facts.club.settings.race_voice_access = VoiceAccess::Open;
        }
        facts.sheet = sheet(&facts.event, &[(0, SignupState::In, people)]);
        for _ in 0..3 {
            apply(&mut facts, now);
        }
        let plan = planned(&facts, &digested(&facts), now);
        let left: Vec<_> = plan
            .steps
            .iter()
            .filter(|step| !matches!(step, Step::Say(_) | Step::Expire { .. }))
            .filter(|step| !matches!(step, Step::SetOverwrite { .. } if people > 90))
            .collect();
        prop_assert!(left.is_empty(), "{left:?}");
        let desired = crate::reconcile::desired::desired(&crate::reconcile::facts::Facts::Event(Box::new(facts)), now);
        prop_assert!(desired.next_change.is_none_or(|change| change.at > now));
    }
}
