use std::time::Duration;

use futures::future::join_all;
use twilight_model::id::Id;

use super::{
    people::user,
    stage::{manager, on_stage, person, refusal, spa},
};
use crate::{
    domain::{
        id::ClubId,
        link_code::LinkCode,
        member::LinkedBy,
        refusal::Refusal,
        signup::{SignupState, Wish},
    },
    service::{link::Linked, roster::Doer},
    store::{audit, match_answers, members, testing::noon, users},
};

const ANA: &str = "ana@example.org";

fn names(linked: &Linked) -> Vec<String> {
    let mut names: Vec<String> = linked.rosters.iter().map(|roster| roster.name.to_string()).collect();
    names.sort();
    names
}

async fn answers(stage: &super::stage::Stage, club: ClubId) -> match_answers::Answers {
    match_answers::of_club(&stage.store, club).await.unwrap()
}

#[tokio::test]
async fn whoever_is_on_no_roster_keeps_an_account_of_their_own() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        stage.enter(club, 1, &[("email", "ben@example.org"), ("discord", "ben")]).await;
        let linked = stage.link(2, Some(ANA)).await;
        assert_eq!(linked, Linked { merged: Vec::new(), rosters: Vec::new(), unclear: Vec::new() });
        let identity = stage.identity(2).await;
        assert_eq!(identity.link.unwrap().by, LinkedBy::Oauth);
        assert_eq!(identity.email.unwrap().as_str(), ANA);
        let again = stage.link(2, None).await;
        assert_eq!((again.rosters, stage.identity(2).await.email), (Vec::new(), None));
    })
    .await;
}

#[tokio::test]
async fn an_address_finds_its_entry_in_every_club() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        let first = stage.enter(one, 1, &[("email", ANA), ("external_id", "x")]).await;
        stage.enter(two, 2, &[("email", ANA), ("external_id", "x")]).await;
        stage.enter(two, 3, &[("email", "other@example.org")]).await;
        let linked = stage.link(7, Some(ANA)).await;
        assert_eq!(names(&linked), ["Entry 1", "Entry 2"]);
        assert_eq!(stage.who(7).await, first, "whom the sites know for longest");
        assert_eq!(users::current(&stage.store, user(2)).await.unwrap(), Some(first));
        assert_eq!(members::of_user(&stage.store, user(2)).await.unwrap(), []);
        for club in [one, two] {
            assert_eq!(answers(&stage, club).await.same.get(&Id::new(7)), Some(&first));
            let log = audit::of_club(&stage.store, club, 9).await.unwrap();
            assert!(log.iter().any(|entry| entry.action == "member.link"));
        }
        assert_eq!(stage.link(7, Some(ANA)).await, linked, "once more changes nothing");
    })
    .await;
}

#[tokio::test]
async fn of_two_entries_with_one_address_none_is_taken() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await, stage.club(2).await);
        stage.enter(one.id, 1, &[("email", ANA)]).await;
        stage.enter(one.id, 2, &[("email", ANA)]).await;
        let clear = stage.enter(two.id, 3, &[("email", ANA)]).await;
        let linked = stage.link(7, Some(ANA)).await;
        assert_eq!((names(&linked), linked.unclear), (vec!["Entry 3".to_owned()], vec![one.name]));
        assert_eq!(stage.who(7).await, clear);
    })
    .await;
}

#[tokio::test]
async fn a_roster_may_name_the_account() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        let id = 80_351_110_224_678_912_u64;
        let by_id = stage.enter(one, 1, &[("discord", "80351110224678912")]).await;
        let by_name = stage.enter(two, 2, &[("discord", "@Driver8")]).await;
        stage.link(id, None).await;
        assert_eq!(stage.who(id).await, by_id);
        stage.link(8, None).await;
        assert_eq!(stage.who(8).await, by_name);
    })
    .await;
}

/// A username may be made of digits, and look like somebody else's id.
#[tokio::test]
async fn a_username_is_nobodys_id() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let victim = stage.enter(club, 1, &[("discord", "80351110224678912")]).await;
        let mut account = person(66, 1).account;
        account.username = "80351110224678912".to_owned();
        let proof = crate::service::link::Proof { account, email: None };
        let linked = stage.service.link_proven(proof, "request").await.unwrap();
        assert_eq!(linked.rosters, []);
        assert_ne!(stage.who(66).await, victim);
    })
    .await;
}

/// Names on Discord change hands.
#[tokio::test]
async fn a_username_doesnt_take_an_entry_from_whose_it_is() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let entry = stage.enter(club.id, 1, &[("email", ANA), ("discord", "driver8")]).await;
        stage.link(7, Some(ANA)).await;
        let linked = stage.link(8, None).await;
        assert_eq!((linked.rosters, linked.unclear), (Vec::new(), vec![club.name]));
        assert_ne!(stage.who(8).await, entry);
        // A second account of the same person has the same address.
        stage.link(9, Some(ANA)).await;
        assert_eq!((stage.who(7).await, stage.who(9).await), (entry, entry));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_two_entries_of_one_roster() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await, stage.club(2).await);
        // The first is on both rosters; the other's has a second entry with the address.
        let both = stage.enter(one.id, 1, &[("email", ANA)]).await;
        stage.enter(two.id, 1, &[]).await;
        let other = stage.enter(two.id, 2, &[("email", ANA)]).await;
        let linked = stage.link(7, Some(ANA)).await;
        assert_eq!((linked.rosters.len(), linked.unclear.len()), (0, 2), "{linked:?}");
        let there = members::of_club(&stage.store, two.id).await.unwrap();
        assert_eq!(there.iter().filter(|member| member.on_roster).count(), 2);
        // With a code for the one, the other is still another.
        let (code, _) = stage.service.make_code(one.id, both, Doer::Operator).await.unwrap();
        stage.redeem(7, &code).await.unwrap();
        let linked = stage.link(7, Some(ANA)).await;
        assert_eq!((linked.rosters.len(), linked.unclear), (2, vec![two.name]));
        assert_eq!(users::current(&stage.store, other).await.unwrap(), Some(other));
    })
    .await;
}

#[tokio::test]
async fn a_guess_gives_way_to_proof() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let (wrong, right) = (stage.enter(club, 1, &[]).await, stage.enter(club, 2, &[("email", ANA)]).await);
        stage.guess(7, wrong, LinkedBy::Sync).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.press(&person(7, 1), facts.event.id, Wish::sign_up(None)).await.unwrap();
        assert!(stage.said(facts.event.id).await.contains_key(&wrong));
        let linked = stage.link(7, Some(ANA)).await;
        assert_eq!((names(&linked), linked.unclear), (vec!["Entry 2".to_owned()], Vec::new()));
        assert_eq!(stage.said(facts.event.id).await.into_keys().collect::<Vec<_>>(), [right]);
        let answers = answers(&stage, club).await;
        assert!(answers.different.contains(&(Id::new(7), wrong)));
        assert_eq!(answers.same.get(&Id::new(7)), Some(&right));
    })
    .await;
}

#[tokio::test]
async fn whoever_was_taken_for_somebody_stands_for_themselves_once_that_one_comes() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[("email", ANA)]).await;
        stage.guess(7, ana, LinkedBy::Sync).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.press(&person(7, 1), facts.event.id, Wish::sign_up(None)).await.unwrap();
        stage.link(8, Some(ANA)).await;
        assert_eq!(stage.who(8).await, ana);
        let namesake = stage.identity(7).await;
        assert!(namesake.user != ana && namesake.link.is_none());
        assert_eq!(stage.said(facts.event.id).await.into_keys().collect::<Vec<_>>(), [namesake.user]);
    })
    .await;
}

#[tokio::test]
async fn what_a_guess_and_a_proof_say_of_two_clubs_is_one_person() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        let guessed = stage.enter(one, 1, &[]).await;
        stage.enter(two, 2, &[("email", ANA)]).await;
        stage.guess(7, guessed, LinkedBy::Sync).await;
        assert_eq!(names(&stage.link(7, Some(ANA)).await), ["Entry 1", "Entry 2"]);
        assert_eq!(stage.who(7).await, guessed);
    })
    .await;
}

#[tokio::test]
async fn a_code_links_once() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[]).await;
        assert_eq!(
            refusal(stage.service.make_code(club, user(5), Doer::Operator).await),
            Refusal::UnknownPerson
        );
        let (old, _) = stage.service.make_code(club, ana, Doer::Operator).await.unwrap();
        let (code, until) = stage.service.make_code(club, ana, Doer::Operator).await.unwrap();
        assert_eq!(until, noon(24 * 3_600_000));
        assert_eq!(refusal(stage.redeem(7, &old).await), Refusal::WrongCode, "the newest counts");
        let typed: LinkCode = code.to_string().to_lowercase().parse().unwrap();
        let (linked, _) = stage.redeem(7, &typed).await.unwrap();
        assert_eq!(names(&linked), ["Entry 1"]);
        assert_eq!(stage.who(7).await, ana);
        assert_eq!(stage.identity(7).await.link.unwrap().by, LinkedBy::Code);
        assert_eq!(refusal(stage.redeem(8, &code).await), Refusal::WrongCode, "used");
    })
    .await;
}

#[tokio::test]
async fn a_code_lasts_a_day() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[]).await;
        let (code, until) = stage.service.make_code(club, ana, Doer::Operator).await.unwrap();
        stage.at(until);
        assert_eq!(refusal(stage.redeem(7, &code).await), Refusal::WrongCode);
    })
    .await;
}

fn wrong(number: u32) -> LinkCode {
    format!("ZZZZ{number:04}").parse().unwrap()
}

#[tokio::test]
async fn wrong_codes_lock_for_a_quarter_of_an_hour() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[]).await;
        let (code, _) = stage.service.make_code(club, ana, Doer::Operator).await.unwrap();
        for number in 0..4 {
            assert_eq!(refusal(stage.redeem(7, &wrong(number)).await), Refusal::WrongCode);
        }
        let locked = Refusal::CodesLocked(noon(15 * 60_000));
        assert_eq!(refusal(stage.redeem(7, &wrong(5)).await), locked);
        stage.at(noon(15 * 60_000 - 1));
        assert_eq!(refusal(stage.redeem(7, &code).await), locked, "the right one too");
        stage.redeem(8, &wrong(6)).await.unwrap_err();
        assert_ne!(refusal(stage.redeem(8, &wrong(7)).await), locked, "nobody else is locked out");
        stage.at(noon(15 * 60_000));
        assert_eq!(refusal(stage.redeem(7, &wrong(8)).await), Refusal::WrongCode, "counted anew");
        stage.redeem(7, &code).await.unwrap();
        for number in 0..4 {
            assert_eq!(refusal(stage.redeem(7, &wrong(number)).await), Refusal::WrongCode);
        }
        stage.at(noon(30 * 60_000));
        assert_eq!(refusal(stage.redeem(7, &wrong(9)).await), Refusal::WrongCode, "those were long ago");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_codes_are_counted_however_fast_they_come() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let tries = (0..12).map(|number| {
            let stage = stage.clone();
            tokio::spawn(async move { refusal(stage.redeem(7, &wrong(number)).await) })
        });
        let told: Vec<Refusal> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
        let wrong = told.iter().filter(|told| **told == Refusal::WrongCode).count();
        let locked = told.iter().filter(|told| matches!(told, Refusal::CodesLocked(_))).count();
        assert_eq!((wrong, locked), (4, 8), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_code_doesnt_make_one_of_two_entries() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        let (ana, ben) = (stage.enter(one, 1, &[("email", ANA)]).await, stage.enter(one, 2, &[]).await);
        stage.link(7, Some(ANA)).await;
        let (code, _) = stage.service.make_code(one, ben, Doer::Operator).await.unwrap();
        let elsewhere = Refusal::LinkedElsewhere("Entry 1".parse().unwrap());
        assert_eq!(refusal(stage.redeem(7, &code).await), elsewhere);
        // The same by way of another club, on whose roster only the other stands.
        stage.enter(two, 2, &[]).await;
        let (other, _) = stage.service.make_code(two, ben, Doer::Operator).await.unwrap();
        assert_eq!(refusal(stage.redeem(7, &other).await), elsewhere);
        assert_eq!(stage.who(7).await, ana);
        stage.redeem(8, &code).await.unwrap();
        assert_eq!(stage.who(8).await, ben, "no code was used up");
    })
    .await;
}

#[tokio::test]
async fn a_code_stands_above_a_guess() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let (wrong, right) = (stage.enter(club, 1, &[]).await, stage.enter(club, 2, &[]).await);
        stage.guess(7, wrong, LinkedBy::Sync).await;
        let (code, _) = stage.service.make_code(club, right, Doer::Operator).await.unwrap();
        stage.redeem(7, &code).await.unwrap();
        assert_eq!(stage.who(7).await, right);
        assert!(answers(&stage, club).await.different.contains(&(Id::new(7), wrong)));
    })
    .await;
}

#[tokio::test]
async fn a_code_follows_whoever_turned_out_to_be_somebody_else() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        let first = stage.enter(one, 1, &[("email", ANA)]).await;
        let second = stage.enter(two, 2, &[("email", ANA)]).await;
        let (code, _) = stage.service.make_code(two, second, Doer::Operator).await.unwrap();
        stage.link(7, Some(ANA)).await;
        let (linked, _) = stage.redeem(8, &code).await.unwrap();
        assert_eq!(names(&linked), ["Entry 1", "Entry 2"]);
        assert_eq!(stage.who(8).await, first);
        let (again, _) = stage.service.make_code(two, second, Doer::Operator).await.unwrap();
        stage.redeem(9, &again).await.unwrap();
        assert_eq!(stage.who(9).await, first);
    })
    .await;
}

#[tokio::test]
async fn what_was_done_with_an_account_goes_with_it() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[("email", ANA)]).await;
        assert_eq!(refusal(stage.unlink(7).await), Refusal::NotLinked);
        let (spa_event, _) = stage.create(&manager(1), spa("GT3 x 1")).await.unwrap();
        let (other, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let (spa_event, other) = (spa_event.event.id, other.event.id);
        for number in [7, 8] {
            stage.link(number, Some(ANA)).await;
        }
        stage.press(&person(7, 1), spa_event, Wish::sign_up(None)).await.unwrap();
        stage.press(&person(8, 1), other, Wish::Tentative).await.unwrap();
        stage.unlink(7).await.unwrap();
        let alone = stage.identity(7).await;
        assert!(alone.user != ana && alone.link.is_none() && alone.email.is_none());
        assert_eq!(stage.said(spa_event).await, [(alone.user, SignupState::In)].into());
        assert_eq!(stage.said(other).await, [(ana, SignupState::Tentative)].into());
        assert_eq!(stage.who(8).await, ana, "the other account stays");
        let own = members::by_user(&stage.store, club, alone.user).await.unwrap().unwrap();
        assert_eq!((own.on_roster, own.entry.name.as_str()), (false, "Driver 7"));
        assert!(members::by_user(&stage.store, club, ana).await.unwrap().unwrap().on_roster);
        assert!(answers(&stage, club).await.different.contains(&(Id::new(7), ana)));
        assert_eq!(refusal(stage.unlink(7).await), Refusal::NotLinked);
        // And back again.
        let linked = stage.link(7, Some(ANA)).await;
        assert_eq!((names(&linked), linked.merged), (vec!["Entry 1".to_owned()], Vec::new()));
        assert_eq!(stage.said(spa_event).await, [(ana, SignupState::In)].into());
        let answers = answers(&stage, club).await;
        assert!(answers.different.is_empty() && answers.same.get(&Id::new(7)) == Some(&ana));
        assert_eq!(members::by_user(&stage.store, club, alone.user).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_zone_that_somebody_lives_in_is_theirs_linked_or_not() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        stage.enter(club, 1, &[("email", ANA)]).await;
        let tokyo = crate::domain::zone::Zone::parse("Asia/Tokyo").unwrap();
        stage.zone(7, &tokyo).await;
        stage.link(7, Some(ANA)).await;
        assert_eq!(stage.service.me(&person(7, 1).account).await.unwrap().zone, Some(tokyo.clone()));
        stage.unlink(7).await.unwrap();
        assert_eq!(stage.service.me(&person(7, 1).account).await.unwrap().zone, Some(tokyo));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_at_once_come_to_what_one_after_the_other_would() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        for round in 0..6_u64 {
            let address = format!("ana{round}@example.org");
            let (own, second) = (1_000 + 2 * round, 1_001 + 2 * round);
            let ana = stage.enter(club, 100 + round, &[("email", &address)]).await;
            let (facts, _) = stage.create(&manager(1), spa("x 1")).await.unwrap();
            let event = facts.event.id;
            stage.press(&person(own, 1), event, Wish::Tentative).await.unwrap();
            let (driver, address) = (person(own, 1), Some(address.as_str()));
            let (one, two, three, four) = tokio::join!(
                stage.try_link(own, address),
                stage.try_link(own, address),
                stage.try_link(second, address),
                stage.press(&driver, event, Wish::sign_up(None)),
            );
            [one.map(drop), two.map(drop), three.map(drop)].into_iter().for_each(|done| done.unwrap());
            four.unwrap();
            assert_eq!((stage.who(own).await, stage.who(second).await), (ana, ana));
            assert_eq!(stage.said(event).await, [(ana, SignupState::In)].into());
        }
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_read_by_whoever_made_it_and_for_a_while() {
    on_stage(|stage| async move {
        let sealed = stage.service.issue_ticket(Id::new(7), None).unwrap();
        assert!(sealed.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert!(sealed.len() < 450, "a button's address takes 512 characters: {}", sealed.len());
        let ticket = stage.service.read_ticket(&sealed).unwrap();
        assert_eq!((ticket.account, ticket.guild), (Id::new(7), None));
        for garbage in ["", "zz", "00", &sealed[2..], &sealed.replace('0', "1")] {
            assert_eq!(stage.service.read_ticket(garbage), None, "{garbage}");
        }
        stage.clock.advance(Duration::from_secs(15 * 60));
        assert_eq!(stage.service.read_ticket(&sealed), None);
    })
    .await;
}
