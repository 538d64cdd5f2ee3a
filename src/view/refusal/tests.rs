#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jiff::Timestamp;

use super::*;
use crate::{
    domain::{
        channel_name::NamePattern,
        class_list::Classes,
        duration::RaceLength,
        local_time,
        name::{EventName, NameError, SeriesName},
        refusal::{Field, Problem},
        role_map::{BadRoleLine, RoleLineFault},
        zone::Zone,
    },
    view::testing::{before, check, key, render},
};

fn shown(refused: &Refusal) -> String {
    let body = refusal(refused, None);
    check(&body);
    render(body.components())
}

fn of_field(field: Field, problem: Problem) -> String {
    shown(&Refusal::Form(vec![Fault { field, problem }]))
}

fn start(typed: &str) -> String {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let problem = Problem::Time(local_time::parse(typed, &zone, before()).unwrap_err());
    of_field(Field::Start, problem)
}

#[test]
fn roles_that_do_not_work_out() {
    let line =
        |fault| Problem::RoleLine(BadRoleLine { fault, typed: "*Marshals* = Race control".to_owned() });
    let faults = [RoleLineFault::Name(NameError::Empty), RoleLineFault::NoSign, RoleLineFault::Unknown];
    let mut problems = faults.map(line).to_vec();
    problems.extend([Problem::RoleAbove, Problem::EveryonesRole, Problem::ManagedRole]);
    let shown: Vec<String> =
        problems.into_iter().map(|problem| of_field(Field::RoleNames, problem)).collect();
    assert_snapshot!(shown.join("\n"), @r"
    Nothing was saved yet. **Called otherwise in the club:** In “\*Marshals\* = Race control”: It's empty. Type something.
    Nothing was saved yet. **Called otherwise in the club:** “\*Marshals\* = Race control” has no = in it. Type the Discord role, =, and what it is called in the club.
    Nothing was saved yet. **Called otherwise in the club:** “\*Marshals\* = Race control” begins with none of the roles chosen above. Choose the role, too, or take the line out.
    Nothing was saved yet. **Called otherwise in the club:** It stands above the bot's own role, so that the bot can't give it. Drag the bot's role above it under Server Settings → Roles, or choose another.
    Nothing was saved yet. **Called otherwise in the club:** Everybody has that role. Choose one that only some have.
    Nothing was saved yet. **Called otherwise in the club:** That role belongs to a bot or another integration. Choose one that you can give to people.
    ");
}

#[test]
fn every_refusal_says_what_to_do_instead() {
    let event = || EventName::parse("Spa @everyone").unwrap();
    let refusals = [
        Refusal::ChangedMeanwhile,
        Refusal::DraftGone,
        Refusal::EventCancelled(event()),
        Refusal::EventOver(event()),
        Refusal::EventStarted(event()),
        Refusal::NeedsManageServer,
        Refusal::NoClub,
        Refusal::NoEvents,
        Refusal::CategoryTaken,
        Refusal::NotACategory,
        Refusal::NotInServer,
        Refusal::NotMember,
        Refusal::NotOrganiser,
        Refusal::Outdated,
        Refusal::SeriesNameTaken(SeriesName::parse("Cup").unwrap()),
        Refusal::Settled,
        Refusal::SignupsClosed(event()),
        Refusal::UnknownClass,
        Refusal::UnknownCommand,
        Refusal::UnknownEvent,
        Refusal::UnknownSeries,
        Refusal::NotACandidate,
        Refusal::UnknownConflict,
        Refusal::UnknownSync,
        Refusal::UnknownToken,
        Refusal::CheckInAhead { at: before(), event: event() },
        Refusal::NoChannel(event()),
        Refusal::NoPlaceToCheckIn(event()),
        Refusal::NotOver(event()),
        Refusal::NotStarted(event()),
        Refusal::PutAway(event()),
    ];
    assert_snapshot!(refusals.iter().map(shown).collect::<Vec<_>>().join("\n"), @"
    Somebody else changed this while your form was open, so nothing was saved. See how it stands now in `/event manage`; what you send with **Edit again** takes its place.
    What you typed isn't kept any more. Please run the command again.
    **Spa @·everyone** is cancelled, so nothing changed. `/event list` shows what is coming.
    **Spa @·everyone** is over, so nothing changed. `/event list` shows what is coming.
    **Spa @·everyone** has started, so nobody can sign up any more. You can still withdraw.
    This needs the Manage Server permission. Ask somebody who runs the server to do it.
    This server has no club yet. Somebody with Manage Server creates it with `/club setup`.
    No event is coming. Organisers create one with `/event create`.
    That category holds another series' events already. **Edit again** gives this series one of its own; to use another of yours, run the command once more.
    That isn't a category of this server. Choose a category, or leave it out to get a new one.
    This works only in a server. Run it again in your club's.
    You aren't a member of this server any more. Join it again first.
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.
    This button or form is from an older version. Run the command again, or press the button on a fresh card from `/event show`.
    The club already has a series called **Cup**. Choose another name.
    This has been settled meanwhile. `/club panel` shows what is open now.
    Sign-ups for **Spa @·everyone** are closed. Ask an organiser if you still want to join.
    The event doesn't have that class any more. Press **Sign up** once more to choose.
    This version doesn't know that command. Reload Discord and try again; `/help` lists what there is.
    The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming.
    The club has no such series. Choose one of those offered as you type; `/series list` shows what there is.
    That person isn't among those whom the account may be. Choose one of them, or say that it is none.
    The club was never asked that. `/club conflicts` shows who is in doubt.
    The club has no such sync. `/club sync mode: status` lists the last ones.
    The club has no such token, or it is revoked.
    Check-in for **Spa @·everyone** opens <t:1796126400:R>. Press **Check in** then.
    **Spa @·everyone** has no channel on Discord. While it is ahead, **Create channel** in `/event manage` makes one.
    You have no place in **Spa @·everyone**, so there is nothing to check in to. **Sign up** on its card shows how you stand.
    **Spa @·everyone** isn't over yet. Its channel can be put away once it is, or is cancelled.
    **Spa @·everyone** hasn't started yet. Note who took part once it has.
    The channel of **Spa @·everyone** is put away already, so nothing changed. To have one that was archived back, move it by hand.
    ");
}

#[test]
fn several_faults_are_a_list_with_a_way_back() {
    let name =
        Fault { field: Field::Name, problem: Problem::Name(NameError::TooLong { length: 200, max: 80 }) };
    let number = Fault { field: Field::Grace, problem: Problem::Number { min: 0, max: 336 } };
    let body = refusal(&Refusal::Form(vec![name, number]), Some(key(9)));
    check(&body);
    assert_snapshot!(render(body.components()), @"
    Nothing was saved yet:
    - **Name:** It's 200 characters long, 80 at most. Most emoji count as two or more.
    - **Put away after (hours):** Type a whole number from 0 to 336.
    [Edit again]
    ");
}

#[test]
fn times_that_are_none() {
    let typed = [
        "",
        "2027-10-31 02:30",
        "2027-03-28 02:30",
        "2020-01-01 14:00",
        "2099-01-01 14:00",
        "03/04 14:00",
        "30 Feb 14:00",
        "2026-13-05 14:00",
        "5 Dec 25:00",
        "Sun 5 Dec 2026 14:00",
        "14:00",
        "5 Dec",
        "5 Dec 14:00 PST",
        "5 Dec `@here` 14:00",
    ];
    assert_snapshot!(typed.map(start).join("\n"), @r"
    Nothing was saved yet. **Start:** Type when the race starts, such as `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    Nothing was saved yet. **Start:** The clocks go back, so 02:30 on 31 Oct 2027 comes twice. For <t:1824942600:F> type `2027-10-31 02:30 +02:00`, for <t:1824946200:F> type `2027-10-31 02:30 +01:00`.
    Nothing was saved yet. **Start:** The clocks go forward past 02:30 on 28 Mar 2027, so there is no such time. For <t:1806193800:F> type `2027-03-28 01:30`, for <t:1806197400:F> type `2027-03-28 03:30`.
    Nothing was saved yet. **Start:** I read <t:1577883600:F>, which is past. Type a time ahead.
    Nothing was saved yet. **Start:** I read <t:4070955600:F>, which is more than 2 years ahead. Type a time before that.
    Nothing was saved yet. **Start:** “03/04” could be two dates. Type the month as a word: `3 Apr` or `4 Mar`.
    Nothing was saved yet. **Start:** There is no 30 Feb: it has 29 days at most.
    Nothing was saved yet. **Start:** There is no month 13. Type the month as a word, such as `5 Dec 14:00`.
    Nothing was saved yet. **Start:** “25\:00” is no time of day. Type it as `14:00`.
    Nothing was saved yet. **Start:** 5 Dec 2026 is a Saturday, not a Sunday. Correct one of them, or leave the day of the week out.
    Nothing was saved yet. **Start:** The date is missing. Type both, such as `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    Nothing was saved yet. **Start:** The time of day is missing. Type both, such as `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    Nothing was saved yet. **Start:** The club's zone has no “PST” on that date. Leave it out, or type `CET` or `+01:00`.
    Nothing was saved yet. **Start:** I can't read “\`@·here\`”. Type something like `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    ");
}

#[test]
fn lengths_that_are_none() {
    let typed = ["", "24", "0.33h", "5m", "9d", "soon **now**"];
    let of = |typed| of_field(Field::Length, Problem::Length(RaceLength::parse(typed).unwrap_err()));
    assert_snapshot!(typed.map(of).join("\n"), @r"
    Nothing was saved yet. **Length:** Type how long the race is, such as `24h`, `2h40` or `2:40`.
    Nothing was saved yet. **Length:** Is “24” hours or minutes? Type `24h` or `24m`.
    Nothing was saved yet. **Length:** “0\.33h” isn't a whole number of minutes. Type hours and minutes, such as `2h40`.
    Nothing was saved yet. **Length:** A race lasts from 10 min to 168 h. This is shorter.
    Nothing was saved yet. **Length:** A race lasts from 10 min to 168 h. This is longer.
    Nothing was saved yet. **Length:** I can't read “soon”. Type something like `24h`, `2h40` or `2:40`.
    ");
}

#[test]
fn classes_that_are_none() {
    let lists = ["GT3 x 0\nGT3 x 10000", "GT3\ngt3 x 5", "GT3 x\n20", "Porsche 911", "1\n2\n3"];
    let of = |typed| of_field(Field::Classes, Problem::Classes(Classes::parse(typed).unwrap_err()));
    assert_snapshot!(lists.map(of).join("\n"), @"
    Nothing was saved yet. **Classes:** Line 1 (“GT3 x 0”): a class has 1 to 500 places. Line 2 (“GT3 x 10000”): a class has 1 to 500 places.
    Nothing was saved yet. **Classes:** Line 2 (“gt3 x 5”) has the name of line 1. Change or remove one.
    Nothing was saved yet. **Classes:** Line 1 (“GT3 x”): type the number of places after the x, as in `GT3 x 20`. Line 2 (“20”): give the class a name, as in `GT3 x 20`.
    Nothing was saved yet. **Classes:** Line 1 (“Porsche 911”): a class has 1 to 500 places. If “911” belongs to the name, add `x any` behind it.
    Nothing was saved yet. **Classes:** Line 1 (“1”): give the class a name, as in `GT3 x 20`. Line 2 (“2”): give the class a name, as in `GT3 x 20`. Line 3 (“3”): give the class a name, as in `GT3 x 20`.
    ");
    let many: Vec<String> = (0..20).map(|number| format!("class {}", "x".repeat(number))).collect();
    of_field(Field::Classes, Problem::Classes(Classes::parse(&many.join("\n")).unwrap_err()));
}

#[test]
fn patterns_that_are_none() {
    let long = "x".repeat(101);
    let patterns = ["", "event", "{event", "{driver}", long.as_str()];
    let of = |typed| of_field(Field::Pattern, Problem::Pattern(NamePattern::parse(typed).unwrap_err()));
    assert_snapshot!(patterns.map(of).join("\n"), @"
    Nothing was saved yet. **Channel names:** It's empty. Type a pattern such as `{series} {event} {date}`.
    Nothing was saved yet. **Channel names:** Every channel would have the same name. Use at least one of `{date}`, `{day}`, `{event}`, `{month}`, `{series}`, `{time}`, `{track}` and `{weekday}`.
    Nothing was saved yet. **Channel names:** A brace lacks its other half at “{event”.
    Nothing was saved yet. **Channel names:** “{driver}” isn't known. Use `{date}`, `{day}`, `{event}`, `{month}`, `{series}`, `{time}`, `{track}` and `{weekday}`.
    Nothing was saved yet. **Channel names:** It's 101 characters long, 100 at most.
    ");
}

#[test]
fn zones_that_are_none() {
    let of = |typed| of_field(Field::Zone, Problem::Zone(Zone::parse(typed).unwrap_err()));
    let zones = ["Europe/Belrin", "CET", "x@x"].map(of).join("\n");
    assert_snapshot!(zones, @"
    Nothing was saved yet. **Time zone:** I don't know the time zone “Europe/Belrin”. Did you mean `Europe/Berlin`, `Europe/Dublin`, `Europe/Lisbon`, `Europe/Tirane` or `Europe/Belgrade`?
    Nothing was saved yet. **Time zone:** I don't know the time zone “CET”. Did you mean `Europe/Berlin`, `Europe/Paris`, `Europe/Madrid`, `Europe/Rome` or `Europe/Amsterdam`?
    Nothing was saved yet. **Time zone:** I don't know the time zone “x@·x”. Type a region and its city, such as `Europe/Berlin`.
    ");
}

#[test]
fn what_an_edit_cannot_take_away() {
    let in_use = |people| Problem::ClassInUse { class: None, people };
    let started: Timestamp = before();
    let problems = [in_use(1), in_use(3), Problem::StartedAlready(started)];
    let shown = problems.map(|problem| of_field(Field::Classes, problem));
    assert_snapshot!(shown.join("\n"), @"
    Nothing was saved yet. **Classes:** The class has 1 person signed up, so it has to stay. Ask them to withdraw or change class first.
    Nothing was saved yet. **Classes:** The class has 3 people signed up, so it has to stay. Ask them to withdraw or change class first.
    Nothing was saved yet. **Classes:** The race started <t:1796126400:F>; its start can't be moved any more.
    ");
    let name =
        [NameError::Empty, NameError::Invisible].map(|error| of_field(Field::Name, Problem::Name(error)));
    assert_snapshot!(name.join("\n"), @"
    Nothing was saved yet. **Name:** It's empty. Type something.
    Nothing was saved yet. **Name:** Nothing of it can be seen. Type letters, digits or emoji.
    ");
}
