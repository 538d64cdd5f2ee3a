#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use twilight_model::id::Id;
use uuid::Uuid;

use super::*;
use crate::domain::{member::person_name, roster::RosterEntry};

fn account(number: u64, name: &str) -> Account {
    Account {
        global_name: Some(name.to_owned()),
        id: Id::new(number),
        nickname: None,
        username: format!("user{number}"),
    }
}

fn seen(number: u64, name: &str) -> Seen {
    Seen { account: account(number, name), is_bot: false, roles: BTreeSet::new() }
}

fn user(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

fn on_roster(number: u128, name: &str) -> Member {
    let mut member = Member::on_their_own(user(number), &account(999, name));
    member.on_roster = true;
    member
}

fn entry(member: &mut Member) -> &mut RosterEntry {
    &mut member.entry
}

fn whole(seen: Vec<Seen>, members: Vec<Member>) -> SyncFacts {
    SyncFacts { is_whole: true, members, seen, ..SyncFacts::default() }
}

fn kinds(difference: &Difference) -> Vec<(u64, &'static str)> {
    let kind = |change: &Change| match change {
        Change::Ask { .. } => "ask",
        Change::Back { .. } => "back",
        Change::Grant { .. } => "grant",
        Change::Join { .. } => "join",
        Change::Leave { .. } => "leave",
        Change::Link { by, .. } if by.is_certain() => "certain",
        Change::Link { .. } => "likely",
        Change::Roles { .. } => "roles",
    };
    difference.changes.iter().map(|change| (change.account().get(), kind(change))).collect()
}

#[test]
fn who_is_nobody_of_the_roster_joins_on_their_own_and_bots_are_left_out() {
    let bot = Seen { is_bot: true, ..seen(2, "Music") };
    let difference = compare(&whole(vec![seen(1, "Wanderer"), bot], vec![on_roster(7, "Ana Pereira")]));
    assert_eq!(kinds(&difference), [(1, "join")]);
    let expected = Counts { bots: 1, new: 1, seen: 1, unmatched: 1, ..Counts::default() };
    assert_eq!(difference.counts, expected);
}

#[test]
fn names_link_and_what_the_roster_says_goes_before_them() {
    let mut named = on_roster(8, "Somebody Else");
    entry(&mut named).discord = Some("2".parse().unwrap_or_else(|_| "user2".parse().unwrap()));
    let people = vec![on_roster(7, "Ana Pereira"), named];
    let difference = compare(&whole(vec![seen(1, "Ana Pereira"), seen(2, "Ana Pereira")], people));
    let links: Vec<_> = difference
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Link { account, user, .. } => Some((account.get(), *user)),
            _ => None,
        })
        .collect();
    assert_eq!(links, [(2, user(8)), (1, user(7))]);
    assert_eq!((difference.counts.certain, difference.counts.likely), (1, 1));
}

#[test]
fn a_roster_that_names_one_account_twice_says_nothing_of_it() {
    let named = |number, name| {
        let mut member = on_roster(number, name);
        entry(&mut member).discord = Some("user1".parse().unwrap());
        member
    };
    let facts = whole(vec![seen(1, "Wanderer")], vec![named(7, "Ana Pereira"), named(8, "Ben Okafor")]);
    assert_eq!(kinds(&compare(&facts)), [(1, "join")]);
}

#[test]
fn what_was_answered_stands_both_ways() {
    let people = || vec![on_roster(7, "Ana Pereira"), on_roster(8, "Ben Okafor")];
    let mut facts = whole(vec![seen(1, "Ana Pereira")], people());
    facts.different.insert((Id::new(1), user(7)));
    assert_eq!(kinds(&compare(&facts)), [(1, "join")], "it was said not to be her");
    facts.same.insert(Id::new(1), user(8));
    assert_eq!(kinds(&compare(&facts)), [(1, "certain")]);
}

#[test]
fn who_is_linked_stays_and_takes_the_person_out_of_what_names_decide() {
    let mut facts =
        whole(vec![seen(1, "Ana Pereira"), seen(2, "Ana Pereira")], vec![on_roster(7, "Ana Pereira")]);
    facts.before = BTreeSet::from([Id::new(1)]);
    facts.identities.insert(Id::new(1), Owner { is_linked: true, user: user(7) });
    let difference = compare(&facts);
    assert_eq!(kinds(&difference), [(2, "join")]);
    assert_eq!((difference.counts.known, difference.counts.unmatched), (1, 0));
}

#[test]
fn who_left_and_who_is_back_is_told_only_where_everybody_was_read() {
    let mut facts = whole(vec![seen(1, "Ana"), seen(3, "Cleo")], Vec::new());
    for number in 1..=3 {
        let own = Member::on_their_own(user(number.into()), &account(number, "x"));
        facts.members.push(own);
        facts.identities.insert(Id::new(number), Owner { is_linked: false, user: user(number.into()) });
    }
    facts.before = BTreeSet::from([Id::new(1), Id::new(2)]);
    facts.gone = BTreeSet::from([Id::new(3)]);
    let difference = compare(&facts);
    assert_eq!(kinds(&difference), [(3, "back"), (2, "leave")]);
    assert!(difference.counts.needs_a_yes(), "one of two is more than a fifth");
    facts.is_whole = false;
    assert_eq!(kinds(&compare(&facts)), [(3, "back")]);
}

#[test]
fn roles_stand_for_roles_and_the_member_role_is_given_to_who_lacks_it() {
    let mut racer = seen(1, "Ana");
    racer.roles = BTreeSet::from([Id::new(50)]);
    let mut facts = whole(vec![racer, seen(2, "Ben")], Vec::new());
    let rule = |discord, club: &str| RoleRule {
        club: club.parse().unwrap(),
        discord: Id::new(discord),
        discord_name: None,
    };
    facts.role_map = vec![rule(50, "Driver"), rule(51, "Steward"), rule(50, "Driver")];
    facts.member_role = Some(Id::new(50));
    let difference = compare(&facts);
    assert_eq!(kinds(&difference), [(1, "join"), (2, "join"), (1, "roles"), (2, "grant")]);
    let driver = difference.changes.iter().find_map(|change| match change {
        Change::Roles { after, before, .. } => Some((after.clone(), before.clone())),
        _ => None,
    });
    assert_eq!(driver.unwrap(), (vec!["Driver".parse().unwrap()], Vec::new()));
}

#[test]
fn a_fifth_may_leave_and_no_more() {
    let counts = |left, members| Counts { left, members, ..Counts::default() };
    assert!(!counts(2, 10).needs_a_yes() && counts(3, 10).needs_a_yes());
    assert!(!counts(0, 0).needs_a_yes() && counts(1, 4).needs_a_yes());
    assert!(counts(u32::MAX, u32::MAX).needs_a_yes());
}

#[test]
fn changes_read_back_from_json() {
    let change = Change::Link { account: Id::new(1), by: Grounds::Roster, user: user(7) };
    let json = serde_json::to_value(&change).unwrap();
    assert_eq!(serde_json::from_value::<Change>(json).unwrap(), change);
}

fn some_name() -> impl Strategy<Value = String> {
    let first = prop::sample::select(vec!["Ana", "Ben", "Cleo", "Dirk", "Эва", "エミ"]);
    let last = prop::sample::select(vec!["Pereira", "Okafor", "Lang", "de Vries", "Иванова", "田中"]);
    prop_oneof![
        3 => (first, last).prop_map(|(first, last)| format!("{first} {last}")),
        1 => ".{0,12}",
    ]
}

prop_compose! {
    fn some_facts()(
        names in prop::collection::vec((some_name(), any::<bool>()), 0..12),
        people in prop::collection::vec((some_name(), any::<bool>()), 0..12),
        before in prop::collection::btree_set(1_u64..14, 0..6),
        linked in prop::collection::btree_map(1_u64..14, 0_u128..12, 0..4),
        is_whole in any::<bool>(),
    ) -> SyncFacts {
        let seen = names.iter().enumerate().map(|(at, (name, is_bot))| {
            let account = account(at as u64 + 1, name);
            Seen { account, is_bot: *is_bot, roles: BTreeSet::new() }
        });
        let members = people.iter().enumerate().map(|(at, (name, on_roster))| {
            let mut member = Member::on_their_own(user(at as u128), &account(900, name));
            member.on_roster = *on_roster;
            member
        });
        let identities = linked.iter().map(|(&account, &of)| {
            (Id::new(account), Owner { is_linked: true, user: user(of) })
        });
        SyncFacts {
            before: before.into_iter().map(Id::new).collect(),
            identities: identities.collect(),
            is_whole,
            members: members.collect(),
            seen: seen.collect(),
            ..SyncFacts::default()
        }
    }
}

proptest! {
    #[test]
    fn nobody_is_taken_for_two_and_no_two_for_one(facts in some_facts()) {
        let difference = compare(&facts);
        let links: Vec<_> = difference.changes.iter().filter_map(|change| match change {
            Change::Link { account, user, .. } => Some((*account, *user)),
            _ => None,
        }).collect();
        let accounts: BTreeSet<_> = links.iter().map(|(account, _)| *account).collect();
        let users: BTreeSet<_> = links.iter().map(|(_, user)| *user).collect();
        prop_assert_eq!((accounts.len(), users.len()), (links.len(), links.len()));
        for (account, user) in links {
            prop_assert!(!facts.identities.contains_key(&account), "a link that stands is never changed");
            prop_assert!(facts.members.iter().any(|member| member.user == user && member.on_roster));
        }
    }

    #[test]
    fn the_same_facts_in_any_order_give_the_same(facts in some_facts()) {
        let mut turned = facts.clone();
        turned.seen.reverse();
        turned.members.reverse();
        prop_assert_eq!(compare(&facts), compare(&turned));
    }

    #[test]
    fn whoever_is_here_never_leaves_and_counts_agree(facts in some_facts()) {
        let difference = compare(&facts);
        let here: BTreeSet<_> =
            facts.seen.iter().filter(|seen| !seen.is_bot).map(|seen| seen.account.id).collect();
        let mut left = 0;
        for change in &difference.changes {
            match change {
                Change::Leave { account } => {
                    left += 1;
                    prop_assert!(!here.contains(account) && facts.before.contains(account) && facts.is_whole);
                }
                other => prop_assert!(here.contains(&other.account())),
            }
        }
        prop_assert_eq!(difference.counts.left, left);
        prop_assert_eq!(difference.counts.seen as usize, here.len());
    }

    #[test]
    fn whatever_discord_shows_is_a_name(name in any::<String>(), number in 1_u64..) {
        prop_assert!(!person_name(&account(number, &name)).is_empty());
    }
}
