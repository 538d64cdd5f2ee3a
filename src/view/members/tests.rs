#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        account::Account,
        id::UserId,
        matching::{Alike, Evidence, Likeness, NameKind},
        member::{Judgement, LinkedBy, Member},
        roster::read_roster,
    },
    view::testing::{at, check, club, render},
};

fn left() -> Timestamp {
    at("2026-11-30T10:00:00Z")
}

fn account(number: u64) -> Account {
    Account { global_name: None, id: Id::new(number), nickname: None, username: format!("driver{number}") }
}

/// Somebody on the roster, whose account came to be theirs like this.
fn driver(number: u64, called: &str, by: Option<LinkedBy>, judged: Option<Judgement>) -> Listed {
    let user = UserId::new(Uuid::from_u128(number.into()));
    let mut member = Member::on_their_own(user, &account(number));
    member.entry.name = called.parse().unwrap();
    member.on_roster = true;
    let link = by.map(|by| Link { at: left(), by });
    Listed { accounts: vec![Identity { account: account(number), email: None, link, user }], judged, member }
}

fn evidence() -> Evidence {
    let alike = |likeness, member, user| Alike { likeness, member, user };
    Evidence {
        also: Some(alike(Likeness::Reordered, NameKind::Nickname, NameKind::IRacing)),
        best: alike(Likeness::InitialTogether, NameKind::Global, NameKind::IRacing),
    }
}

/// One of each kind.
fn people() -> Vec<Listed> {
    let names = Some(Judgement::Names { evidence: evidence() });
    let mut left_one = driver(5, "Gone", Some(LinkedBy::Roster), None);
    left_one.member.left_at = Some(left());
    let mut lost = driver(6, "Cleo Lang", None, None);
    lost.accounts.clear();
    let mut wanderer = driver(7, "=Wanderer", None, None);
    wanderer.member.on_roster = false;
    let mut several = driver(8, "Many", Some(LinkedBy::Oauth), None);
    several.accounts = vec![several.accounts[0].clone(); 4];
    vec![
        driver(1, "Ana *Pereira* <@1> @everyone", Some(LinkedBy::Sync), names),
        driver(2, "Ben", Some(LinkedBy::Conflict), Some(Judgement::Chosen { by: Id::new(1) })),
        driver(3, "Dirk", Some(LinkedBy::Code), None),
        driver(4, "Esra", None, None),
        left_one,
        lost,
        wanderer,
        several,
    ]
}

fn shown(
    people: &[Listed],
    standing: Option<Standing>,
    (number, pages): (u16, u16),
    tally: &Tally,
) -> String {
    let shown = Page { items: people.iter().collect(), number, pages };
    let club = club();
    let body = page(&MembersFacts { club: &club.name, page: shown, standing, tally });
    check(&body);
    render(body.components())
}

const TALLY: Tally = Tally { active: 49_000, left: 12, no_account: 1, off_roster: 988 };

#[test]
fn everybody_is_told_with_how_they_were_matched() {
    assert_snapshot!(shown(&people(), None, (0, 1), &TALLY), @r"
    # Members of Night Owls
    **50001 people:** 🟢 49000 active · 🚪 12 left · 🔎 1 without a Discord account · 👤 988 on no roster
    🟢 **Ana \*Pereira\* \<@·1> @·everyone** · <@1> · display name has the surname and an initial of the iRacing name; nickname is the iRacing name in another order
    🟢 **Ben** · <@2> · chosen by <@1>
    🟢 **Dirk** · <@3> · linked by themselves, with a code
    🟢 **Esra** · <@4> · by the roster
    🚪 **Gone** · <@5> · by the roster · left <t:1796032800:D>
    🔎 **Cleo Lang** · no Discord account
    👤 **=Wanderer** · <@7> · on no roster
    🟢 **Many** · <@8>, <@8> and 2 more · linked by themselves
    [Get as CSV]
    <Show>
    • Everybody
    ◦ Active
    ◦ Left the server
    ◦ Without a Discord account
    ◦ In the server, on no roster
    ");
    assert_snapshot!(shown(&people()[..1], Some(Standing::Active), (2, 4_900), &TALLY), @r"
    # Members of Night Owls
    **50001 people:** 🟢 49000 active · 🚪 12 left · 🔎 1 without a Discord account · 👤 988 on no roster
    🟢 **Ana \*Pereira\* \<@·1> @·everyone** · <@1> · display name has the surname and an initial of the iRacing name; nickname is the iRacing name in another order
    [Back] [More (3 of 4900)] [Get as CSV]
    <Show>
    ◦ Everybody
    • Active
    ◦ Left the server
    ◦ Without a Discord account
    ◦ In the server, on no roster
    ");
}

#[test]
fn nobody_is_told_with_the_next_step() {
    let told = |standing| shown(&[], standing, (0, 1), &TALLY).lines().nth(2).unwrap_or_default().to_owned();
    let told: Vec<String> = Standing::ALL.map(Some).map(told).to_vec();
    assert_snapshot!(told.join("\n"), @"
    Nobody is active. `/club sync` finds out who of the server is on the roster.
    Nobody has left.
    Everybody on the roster has a Discord account.
    Everybody in the server whom the club knows is on its roster.
    ");
    assert_snapshot!(shown(&[], None, (0, 1), &Tally::default()), @"Nobody is of the club yet. **Next:** `/club import` brings its roster, and `/club sync` the people of this server.");
}

#[test]
fn the_longest_page_fits() {
    let name = "*".repeat(80);
    let judged = Some(Judgement::Names { evidence: evidence() });
    let mut longest = driver(u64::MAX, &name, Some(LinkedBy::Sync), judged);
    longest.member.left_at = Some(left());
    longest.accounts = vec![longest.accounts[0].clone(); 10];
    let people = vec![longest; MEMBERS_A_PAGE.into()];
    let tally = Tally { active: u64::from(u32::MAX), left: 1, no_account: 1, off_roster: 1 };
    let mut club = club();
    club.name = "*".repeat(60).parse().unwrap();
    let shown = Page { items: people.iter().collect(), number: 60_000, pages: u16::MAX };
    let body = page(&MembersFacts { club: &club.name, page: shown, standing: None, tally: &tally });
    check(&body);
    let shown = render(body.components());
    assert!(!shown.contains('…'), "nothing is cut off: {shown}");
}

#[test]
fn a_file_has_everything_and_is_read_again() {
    let people = people();
    let (body, files) = files(&club(), None, &people);
    check(&body);
    assert_snapshot!(render(body.components()), @"
    **Members of Night Owls:** 8 people.
    📄 attachment://members.csv
    -# `/club import` takes it again, changed or not. Who is on no roster is left out there; `yes` under `on_roster` puts them on it. There are e-mail addresses in it: mind who gets it.
    ");
    assert_eq!(files.len(), 1);
    assert_snapshot!(String::from_utf8(files[0].content.clone()).unwrap().replace('\u{feff}', ""), @r#"
    external_id,name,email,iracing_id,iracing_name,discord,timezone,aliases,on_roster,status,roles,discord_account,discord_account_name,matched
    ,Ana *Pereira* <@1> @everyone,,,,,,,yes,active,,1,driver1,"display name has the surname and an initial of the iRacing name; nickname is the iRacing name in another order"
    ,Ben,,,,,,,yes,active,,2,driver2,chosen by driver1
    ,Dirk,,,,,,,yes,active,,3,driver3,"linked by themselves, with a code"
    ,Esra,,,,,,,yes,active,,4,driver4,by the roster
    ,Gone,,,,,,,yes,left,,5,driver5,by the roster
    ,Cleo Lang,,,,,,,yes,no_account,,,,
    ,'=Wanderer,,,,,,,no,off_roster,,7,driver7,
    ,Many,,,,,,,yes,active,,8,driver8,linked by themselves
    "#);
    let read = read_roster(&files[0].content).unwrap();
    assert!(read.bad.is_empty(), "{:?}", read.bad);
    let on_roster: Vec<&RosterEntry> =
        people.iter().filter(|one| one.member.on_roster).map(|one| &one.member.entry).collect();
    assert_eq!(read.people.iter().map(|line| &line.entry).collect::<Vec<_>>(), on_roster);
}

#[test]
fn a_crowd_fits_into_files_that_can_be_imported() {
    let judged = Some(Judgement::Names { evidence: evidence() });
    let people: Vec<Listed> = (1..=50_001)
        .map(|number| driver(number, &format!("Driver Number {number}"), Some(LinkedBy::Sync), judged))
        .collect();
    let (body, files) = files(&club(), Some(Standing::Active), &people);
    check(&body);
    assert!(files.len() > 1, "{}", files.len());
    let read: usize = files.iter().map(|file| read_roster(&file.content).unwrap().people.len()).sum();
    assert_eq!(read, people.len());
}

#[test]
fn without_anybody_there_is_no_file() {
    for standing in [None, Some(Standing::Left), Some(Standing::NoAccount)] {
        let (body, files) = files(&club(), standing, &[]);
        check(&body);
        assert!(files.is_empty());
    }
}
