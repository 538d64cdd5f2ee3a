//! What holds whatever the two lists.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

/// A name as it may stand anywhere: real, decorated, or nothing that anybody would call a name.
fn text() -> impl Strategy<Value = String> {
    let given = select(vec!["Max", "Mia", "Maximilian", "M.", "Иван", "Li", "محمد", "Daniel", "Daniela"]);
    let surname =
        select(vec!["Power", "Powar", "van der Berg", "Петров", "Na", "السيد", "Garcia-Lopez", "Power Jr."]);
    let around = select(vec!["", "[NOR] ", "🇩🇪", " | GT3", "#33", "(", ")", " - ", "\u{200f}", "\u{202e}"]);
    let real = (around.clone(), given, surname, around.clone())
        .prop_map(|(a, given, surname, b)| format!("{a}{given} {surname}{b}"));
    let zalgo = vec(select(vec!['M', 'a', 'x', ' ', '\u{300}', '\u{336}', '\u{489}', '\u{360}']), 100..101);
    prop_oneof![
        4 => real,
        1 => "[A-Z]{1,4}[a-z]{0,12}[ ._]?[a-z]{0,12}[0-9]{0,4}",
        1 => any::<String>(),
        1 => zalgo.prop_map(|letters| letters.into_iter().collect::<String>()),
        1 => "[\u{5d0}-\u{5ea}\u{627}-\u{64a}\u{200e}\u{202e} ]{0,32}",
        1 => select(vec!["", " ", "🏁", "🇩🇪🏎️🍌", "\u{200b}", "...", "()", "[", "🅼🅰🆇"]).prop_map(str::to_owned),
        1 => "\\PC{0,32}",
        1 => "[a-z ]{200,300}",
    ]
}

fn people(kinds: [NameKind; 3]) -> impl Strategy<Value = Vec<Person<u32>>> {
    let name = (select(kinds.to_vec()), text()).prop_map(|(kind, text)| Name { kind, text });
    vec(vec(name, 0..4), 0..14)
        .prop_map(|people| (0..).zip(people).map(|(key, names)| Person { key, names }).collect())
}

fn members() -> impl Strategy<Value = Vec<Person<u32>>> {
    people([NameKind::Nickname, NameKind::Global, NameKind::Username])
}

fn users() -> impl Strategy<Value = Vec<Person<u32>>> {
    people([NameKind::Name, NameKind::IRacing, NameKind::Alias])
}

/// Everybody of both lists is in one place, nobody is in two pairs, and nobody who is in one is offered to somebody else.
fn check(
    members: &[Person<u32>],
    users: &[Person<u32>],
    found: &Matching<u32, u32>,
) -> Result<(), TestCaseError> {
    let mut seen: Vec<u32> = found.sure.iter().map(|pair| pair.member).collect();
    seen.extend(found.unclear.iter().map(|unclear| unclear.member));
    seen.extend(&found.unmatched);
    seen.sort_unstable();
    prop_assert_eq!(seen, (0..).take(members.len()).collect::<Vec<u32>>());
    let taken: BTreeSet<u32> = found.sure.iter().map(|pair| pair.user).collect();
    prop_assert_eq!(taken.len(), found.sure.len());
    prop_assert!(taken.iter().all(|user| (*user as usize) < users.len()));
    for Unclear { candidates, .. } in &found.unclear {
        prop_assert!((1..=MAX_CANDIDATES).contains(&candidates.len()));
        prop_assert!(
            candidates.iter().all(|(user, evidence)| !taken.contains(user) && evidence.score() <= 100)
        );
        prop_assert!(candidates.is_sorted_by_key(|(_, evidence)| std::cmp::Reverse(evidence.score())));
    }
    Ok(())
}

/// The same people, and their names, the other way round.
fn turned(people: &[Person<u32>]) -> Vec<Person<u32>> {
    let turned = |person: &Person<u32>| Person {
        key: person.key,
        names: person.names.iter().rev().cloned().collect(),
    };
    people.iter().rev().map(turned).collect()
}

/// Adds so many people, in this order, who share their names with each other but with nobody else.
fn strangers(people: &[Person<u32>], kind: NameKind, letters: [&str; 2], many: u32) -> Vec<Person<u32>> {
    let word = |of: &str, number: u32| {
        let end: String = (0..6).map(|at| ["q", "x", "zz"][(number / 3_u32.pow(at) % 3) as usize]).collect();
        format!("{of}{end}")
    };
    let stranger = |key: u32| {
        let name = format!("{} {}", word(letters[0], key % 7), word(letters[1], key % 5));
        person(1_000 + key, &[(kind, &name)])
    };
    (0..many).map(stranger).chain(people.iter().cloned()).collect()
}

fn holds(members: &[Person<u32>], users: &[Person<u32>], many: u32) -> Result<(), TestCaseError> {
    let found = matched(members, users);
    check(members, users, &found)?;
    prop_assert_eq!(&matched(&turned(members), &turned(users)), &found);
    let more = matched(
        &strangers(members, NameKind::Nickname, ["vq", "jx"], many),
        &strangers(users, NameKind::Name, ["wz", "kj"], many),
    );
    prop_assert_eq!((more.sure, more.unclear), (found.sure, found.unclear));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Nobody is in two pairs, the order of neither list matters, and unrelated people change nothing.
    #[test]
    fn pairs_are_one_to_one_and_stable(members in members(), users in users(), many in 0..40_u32) {
        holds(&members, &users, many)?;
    }

    /// What was refused isn't offered again.
    #[test]
    fn the_refused_are_nowhere(members in members(), users in users(), seed: u64) {
        let refused = |member: u32, user: u32| (u64::from(member) * 31 + u64::from(user) * 7 + seed % 5) % 3 == 0;
        let pairs = (0..14).flat_map(|member| (0..14).map(move |user| (member, user)));
        let refused: BTreeSet<(u32, u32)> = pairs.filter(|(member, user)| refused(*member, *user)).collect();
        let found = match_people(&members, &users, &refused);
        check(&members, &users, &found)?;
        prop_assert!(found.sure.iter().all(|pair| !refused.contains(&(pair.member, pair.user))));
        for Unclear { member, candidates } in &found.unclear {
            prop_assert!(candidates.iter().all(|(user, _)| !refused.contains(&(*member, *user))));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The same for clubs as they are.
    #[test]
    fn pairs_of_a_club_are_one_to_one_and_stable(seed: u64, members in 1..60_u32, users in 1..60_u32) {
        let mut club = club(seed, members, users);
        club.members.sort_by_key(|member| member.key);
        holds(&club.members, &club.users, 20)?;
    }
}
