#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::{collection::vec, option, prelude::*};
use uuid::Uuid;

use super::*;

fn user(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

/// An entry as `external_id/name/email/iracing_id`, any of which may be empty.
fn entry(text: &str) -> RosterEntry {
    let mut parts = text.split('/').map(str::trim).map(|part| Some(part).filter(|part| !part.is_empty()));
    let (external_id, name) = (parts.next().flatten(), parts.next().flatten());
    let (email, iracing_id) = (parts.next().flatten(), parts.next().flatten());
    RosterEntry {
        aliases: Vec::new(),
        discord: None,
        email: email.map(|mailbox| format!("{mailbox}@example.com").parse().unwrap()),
        external_id: external_id.map(|id| id.parse().unwrap()),
        iracing_id: iracing_id.map(|id| id.parse().unwrap()),
        iracing_name: None,
        name: name.unwrap().parse().unwrap(),
        zone: None,
    }
}

fn member(number: u128, text: &str) -> Member {
    Member { entry: entry(text), left_at: None, on_roster: true, roles: Vec::new(), user: user(number) }
}

fn lines(texts: &[&str]) -> Vec<RosterLine> {
    (2..).zip(texts).map(|(line, text)| RosterLine { entry: entry(text), line }).collect()
}

/// What becomes of each line, in words, with the numbers of those who are found.
fn told(roster: &[&str], file: &[&str]) -> Vec<String> {
    let people: Vec<Member> = (1..).zip(roster).map(|(number, text)| member(number, text)).collect();
    let plan = plan(&Known { people: &people, proven: &HashMap::new() }, &lines(file));
    let mut told: Vec<String> = plan.verdicts.iter().map(words).collect();
    told.push(format!("{} missing", plan.missing));
    told
}

fn words(verdict: &Verdict) -> String {
    let number = |user: UserId| user.uuid().as_u128();
    match verdict {
        Err(clash) => clash.to_string(),
        Ok(Step::Change(member)) => format!("changes {}", number(member.user)),
        Ok(Step::Create) => "new".to_owned(),
        Ok(Step::Keep(user)) => format!("is {}", number(*user)),
        Ok(Step::Reconnect { found, person }) => {
            let person = person.as_ref().map(|person| format!(", who is {}", number(person.user)));
            format!("proven by {}{}", number(*found), person.unwrap_or_default())
        }
    }
}

#[test]
fn people_are_known_by_the_best_that_is_said_of_them() {
    let roster = ["x/Ana/a/1", "/Bob/b/2", "/Cy/c/3", "/Dee//4", "/Eve//"];
    let file = ["x/Anna/z/", "/Bob/b/", "y/Cyd/c/", "/Di//4", "/Eve//", "/Fay/f/6"];
    assert_eq!(
        told(&roster, &file),
        ["changes 1", "is 2", "changes 3", "changes 4", "is 5", "new", "0 missing"]
    );
    assert_eq!(told(&roster, &["/Gus//"]), ["new", "5 missing"]);
}

#[test]
fn what_was_not_known_before_is_added() {
    assert_eq!(told(&["/Ana//"], &["x/Ana/a/7"]), ["changes 1", "0 missing"]);
    assert_eq!(told(&["/Ana//7"], &["x/Anna/a/7"]), ["changes 1", "0 missing"]);
    assert_eq!(told(&["/Ana/a/7"], &["/Ana//7"]), ["is 1", "0 missing"]);
    // Two lines of that name: either could be her.
    assert_eq!(told(&["/Ana//"], &["x/Ana//", "y/Ana//"]), ["new", "new", "1 missing"]);
    // Another iRacing id, another person.
    assert_eq!(told(&["/Ana//7"], &["/Ana//8"]), ["new", "1 missing"]);
    // Somebody else's address: who shares a name shares nothing else.
    assert_eq!(told(&["/Ana/a/"], &["/Ana/b/"]), ["new", "1 missing"]);
}

#[test]
fn what_contradicts_itself_is_told() {
    insta::assert_snapshot!(told(&["x/Ana/a/", "y/Bob/b/"], &["x/Ana/b/"])[0], @"external_id is `Ana` of the club, and the e-mail is that of `Bob`");
    insta::assert_snapshot!(told(&["x/Ana/a/"], &["z/Ana/a/"])[0], @"the club has that e-mail under the external_id `x`");
    insta::assert_snapshot!(told(&["x/Ana/a/", "/Bob/a/"], &["/Ana/a/"])[0], @"2 people of the club have that e-mail; give an external_id");
    insta::assert_snapshot!(told(&["/Ana//1", "/Bob//1"], &["/Cy//1"])[0], @"2 people of the club have that iracing_id; give an external_id or e-mail");
    insta::assert_snapshot!(told(&["/Ana//1", "/Ana//2"], &["/Ana//"])[0], @"2 people of the club have that name; give an external_id, e-mail or iracing_id");
    insta::assert_snapshot!(told(&["x/Ana/a/"], &["x/Ana//", "/Ana/a/"])[1], @"same person as line 2");
}

#[test]
fn lines_that_say_the_same_are_told() {
    let file = ["x/Ana/a/1", "x/Bob/b/", "/Cy/a/", "/Dee//1", "/Eve//", "/Eve//", "/Eve//5"];
    insta::assert_snapshot!(told(&[], &file).join("\n"), @"
    new
    same external_id as line 2
    same e-mail as line 2
    same iracing_id as line 2
    new
    same name as line 6, and no external_id, e-mail or iracing_id to tell them apart
    new
    0 missing
    ");
}

#[test]
fn addresses_are_passed_on_and_exchanged() {
    let roster = ["x/Ana/a/", "y/Bob/b/", "z/Cy/c/"];
    assert_eq!(told(&roster, &["x/Ana/b/", "y/Bob/a/"]), ["changes 1", "changes 2", "1 missing"]);
    assert_eq!(told(&roster, &["x/Ana/b/", "y/Bob/n/"]), ["changes 1", "changes 2", "1 missing"]);
    let told = told(&roster, &["x/Ana/b/", "y/Bob/c/"]);
    assert!(told[0].contains("that of `Bob`") && told[1].contains("that of `Cy`"), "{told:?}");
}

#[test]
fn whoever_proved_an_address_is_found_once() {
    let email = |mailbox: &str| format!("{mailbox}@example.com").parse::<Email>().unwrap();
    let proven = HashMap::from([(email("a"), user(9)), (email("b"), user(9)), (email("c"), user(1))]);
    let people = [member(1, "x/Cy/z/"), member(2, "y/Ana/a/")];
    let plan = plan(
        &Known { people: &people, proven: &proven },
        &lines(&["y/Ana//", "/Bob/b/", "/Dee/c/", "/Eve/e/"]),
    );
    let told: Vec<String> = plan.verdicts.iter().map(words).collect();
    assert_eq!(told, ["proven by 9, who is 2", "new", "new", "new"]);
}

/// Carries out the first `count` steps of what is planned.
fn carry_out(
    people: &mut Vec<Member>,
    proven: &mut HashMap<Email, UserId>,
    file: &[RosterLine],
    range: std::ops::Range<usize>,
) {
    let plan = plan(&Known { people, proven }, file);
    for at in range {
        let entry = &file[at].entry;
        let written = match &plan.verdicts[at] {
            Err(_) | Ok(Step::Keep(_)) => continue,
            Ok(Step::Create) => Member { entry: entry.clone(), ..member(1_000 + at as u128, "/x//") },
            Ok(Step::Change(known)) => Member { entry: combined(&known.entry, entry), ..(**known).clone() },
            Ok(Step::Reconnect { found, person: None }) => {
                Member { entry: entry.clone(), user: *found, ..member(0, "/x//") }
            }
            Ok(Step::Reconnect { found, person: Some(known) }) => {
                people.retain(|member| member.user != *found);
                proven.values_mut().filter(|user| *user == found).for_each(|user| *user = known.user);
                Member { entry: combined(&known.entry, entry), ..(**known).clone() }
            }
        };
        people.retain(|member| member.user != written.user);
        people.push(written);
    }
}

prop_compose! {
    /// Somebody out of few, so that they have much in common.
    fn anybody()(id in option::of("[xyz]"), name in "[ABC]", email in option::of("[abcd]"), iracing in option::of(1_u8..4)) -> String {
        let part = |part: Option<String>| part.unwrap_or_default();
        format!("{}/{name}/{}/{}", part(id), part(email), part(iracing.map(|id| id.to_string())))
    }
}

prop_compose! {
    fn club()(texts in vec(anybody(), 0..5), alone in vec(any::<bool>(), 5)) -> Vec<Member> {
        let mut people: Vec<Member> = (1..).zip(&texts).map(|(number, text)| member(number, text)).collect();
        let mut ids = HashSet::new();
        people.retain(|member| member.entry.external_id.clone().is_none_or(|id| ids.insert(id)));
        for (member, alone) in people.iter_mut().zip(alone) {
            if alone {
                *member = Member { entry: entry("/alone//"), on_roster: false, ..member.clone() };
            }
        }
        people
    }
}

fn proofs() -> impl Strategy<Value = HashMap<Email, UserId>> {
    vec(("[abcd]", prop_oneof![1_u128..5, 50_u128..52]), 0..3).prop_map(|proofs| {
        proofs
            .into_iter()
            .map(|(email, number)| (format!("{email}@example.com").parse().unwrap(), user(number)))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_two_lines_are_one_person(people in club(), texts in vec(anybody(), 0..7), proven in proofs()) {
        let file = lines(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let plan = plan(&Known { people: &people, proven: &proven }, &file);
        let mut seen = HashSet::new();
        for step in plan.verdicts.iter().flatten() {
            let users = match step {
                Step::Change(member) => vec![member.user],
                Step::Create => vec![],
                Step::Keep(user) => vec![*user],
                Step::Reconnect { found, person } => {
                    person.iter().map(|person| person.user).chain([*found]).collect()
                }
            };
            for user in users {
                prop_assert!(seen.insert(user), "{plan:?}");
            }
        }
    }

    #[test]
    fn what_was_carried_out_changes_nothing_again(people in club(), texts in vec(anybody(), 0..7), proven in proofs()) {
        let file = lines(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let (mut after, mut later) = (people.clone(), proven.clone());
        let first = plan(&Known { people: &people, proven: &proven }, &file);
        carry_out(&mut after, &mut later, &file, 0..file.len());
        let second = plan(&Known { people: &after, proven: &later }, &file);
        for (first, second) in first.verdicts.iter().zip(&second.verdicts) {
            match first {
                Ok(_) => prop_assert!(matches!(second, Ok(Step::Keep(_))), "{first:?}, then {second:?}"),
                Err(_) => prop_assert!(second.is_err(), "{first:?}, then {second:?}"),
            }
        }
    }

    #[test]
    fn whoever_is_killed_in_the_middle_goes_on_as_planned(
        people in club(), texts in vec(anybody(), 0..7), proven in proofs(), cut in 0_usize..7,
    ) {
        let file = lines(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let cut = cut.min(file.len());
        let (mut whole, mut proven_whole) = (people.clone(), proven.clone());
        carry_out(&mut whole, &mut proven_whole, &file, 0..file.len());
        let (mut parts, mut proven_parts) = (people, proven);
        carry_out(&mut parts, &mut proven_parts, &file, 0..cut);
        carry_out(&mut parts, &mut proven_parts, &file, cut..file.len());
        whole.sort_by_key(|member| member.user);
        parts.sort_by_key(|member| member.user);
        prop_assert_eq!(whole, parts);
    }
}
