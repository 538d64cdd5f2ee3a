use jiff::SignedDuration;
use twilight_model::id::Id;
use uuid::Uuid;

use super::{
    people::user,
    stage::{Stage, manager, on_stage, person, spa},
};
use crate::{
    domain::{
        availability::{Answer, Availability, blocks},
        event::Event,
        id::{OwnerId, UserId},
        member::{Judgement, LinkedBy},
        signup::{Signup, SignupState, Wish},
    },
    service::roster::Doer,
    store::{availability, match_answers, members, signups, testing::commit, users},
};

impl Stage {
    /// Makes one person of two.
    async fn merge(&self, from: UserId, into: UserId) -> Vec<String> {
        let mut work = self.service.begin().await.unwrap();
        let merged = self.service.merge(&mut work, from, into).await.unwrap();
        self.service.commit(work, "request").await.unwrap();
        merged.events.iter().map(ToString::to_string).collect()
    }

    /// An account of nobody's but its own person.
    async fn account(&self, number: u64) -> UserId {
        let account = person(number, 1).account;
        let fresh = UserId::new(Uuid::from_u64_pair(7, number));
        let now = self.clock.now();
        commit(&self.store, async |tx| users::of_account(tx, &account, fresh, now).await.unwrap()).await
    }

    /// When somebody can drive.
    async fn hours(&self, event: &Event, user: UserId) -> Availability {
        availability::of(&self.store, event.id, user).await.unwrap()
    }

    /// Writes a line as it is.
    async fn line(&self, event: &Event, user: UserId, (number, order): (u64, u64), state: SignupState) {
        let line =
            Signup { class: Some(event.classes[0].id), order, state, ..Signup::blank(user, Id::new(number)) };
        let (fresh, now) = (|| Uuid::from_u64_pair(order, number), self.clock.now());
        commit(&self.store, async |tx| signups::put(tx, event.id, &[line], fresh, now).await.unwrap()).await;
    }
}

/// What becomes of what two people said, the first of them first.
fn kept(first: SignupState, second: SignupState) -> SignupState {
    use SignupState::{In, Late, Tentative, Waiting};
    match (first, second) {
        (place @ (In | Late), In | Late | Tentative | Waiting) => place,
        (Tentative | Waiting, place @ (In | Late)) => place,
        (Waiting, Tentative | Waiting) | (Tentative, Waiting) => Waiting,
        (_, last) => last,
    }
}

#[tokio::test]
async fn whatever_two_people_said_one_line_is_left() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let mut number = 100;
        for first in SignupState::ALL {
            for second in SignupState::ALL {
                let (facts, _) = stage.create(&manager(1), spa("x 2")).await.unwrap();
                let (one, two) = (stage.account(number).await, stage.account(number + 1).await);
                let third = stage.account(number + 2).await;
                stage.line(&facts.event, one, (number, 1), first).await;
                stage.line(&facts.event, two, (number + 1, 2), second).await;
                stage.line(&facts.event, third, (number + 2, 3), SignupState::Tentative).await;
                // Either may be the one that stays.
                let (from, into) = if number % 2 == 0 { (one, two) } else { (two, one) };
                assert_eq!(stage.merge(from, into).await, ["Spa 24 Hours"]);
                let mut expected = kept(first, second);
                // The queue of a class with free places moves up at once.
                if expected == SignupState::Waiting {
                    expected = SignupState::In;
                }
                let said = stage.said(facts.event.id).await;
                assert_eq!(said.get(&into), Some(&expected), "{first:?} and {second:?}");
                assert_eq!((said.len(), said.get(&third)), (2, Some(&SignupState::Tentative)));
                number += 3;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_waited_gets_the_place_that_becomes_free() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[("email", "ana@example.org")]).await;
        let (facts, _) = stage.create(&manager(1), spa("x 2")).await.unwrap();
        let event = facts.event.id;
        for number in [7, 8, 9] {
            stage.press(&person(number, 1), event, Wish::sign_up(None)).await.unwrap();
        }
        let waited = stage.who(9).await;
        assert_eq!(stage.said(event).await[&waited], SignupState::Waiting);
        stage.link(7, Some("ana@example.org")).await;
        stage.serve(1).await;
        stage.rings();
        let linked = stage.link(8, Some("ana@example.org")).await;
        assert_eq!(linked.merged, [facts.event.name]);
        assert!(stage.rang(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(event)]);
        assert_eq!(stage.said(event).await, [(ana, SignupState::In), (waited, SignupState::In)].into());
        let sheet = stage.sheet(event).await;
        assert_eq!(sheet.of(waited).unwrap().promoted_at, Some(stage.clock.now()), "who is told");
        assert_eq!(sheet.of(ana).unwrap().promoted_at, None);
    })
    .await;
}

#[tokio::test]
async fn of_when_two_people_can_drive_what_was_said_last_counts() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("x 2")).await.unwrap();
        let event = facts.event;
        let (from, into) = (stage.account(100).await, stage.account(101).await);
        stage.line(&event, from, (100, 1), SignupState::In).await;
        stage.line(&event, into, (101, 2), SignupState::In).await;
        let (hours, now) = (blocks(&event), stage.clock.now());
        let early = Availability::default().with_available(&hours[..2], now, |_| false);
        let late =
            Availability::default()
                .with_available(&hours[1..3], now + SignedDuration::from_secs(1), |_| true);
        commit(&stage.store, async |tx| {
            availability::put(tx, event.id, into, &early).await.unwrap();
            availability::put(tx, event.id, from, &late).await.unwrap();
        })
        .await;
        assert_eq!(stage.hours(&event, from).await, late, "what is read is what was written");
        stage.merge(from, into).await;
        let joined = stage.hours(&event, into).await;
        let (no, yes) = (Some(Answer::No), Some(Answer::Available));
        assert_eq!(hours[..4].iter().map(|hour| joined.of(*hour)).collect::<Vec<_>>(), [no, yes, yes, None]);
        let everybody = availability::of_event(&stage.store, event.id).await.unwrap();
        assert_eq!(everybody, [(into, joined)].into());
    })
    .await;
}

#[tokio::test]
async fn nobody_moves_up_where_the_race_is_over_or_off() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (over, _) = stage.create(&manager(1), spa("x 2")).await.unwrap();
        let (off, _) = stage.create(&manager(1), spa("x 2")).await.unwrap();
        for event in [&over, &off] {
            for number in [7, 8, 9] {
                stage.press(&person(number, 1), event.event.id, Wish::sign_up(None)).await.unwrap();
            }
        }
        stage.cancel(&manager(1), off.event.id).await.unwrap();
        stage.at(over.event.end());
        let (one, two, waited) = (stage.who(7).await, stage.who(8).await, stage.who(9).await);
        stage.merge(one, two).await;
        for event in [over.event.id, off.event.id] {
            let expected = [(two, SignupState::In), (waited, SignupState::Waiting)];
            assert_eq!(stage.said(event).await, expected.into());
        }
    })
    .await;
}

#[tokio::test]
async fn everything_that_hangs_on_a_person_goes_along() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        let (from, into) = (stage.enter(one, 1, &[("external_id", "x")]).await, user(2));
        stage.enter(two, 2, &[]).await;
        stage.guess(7, from, LinkedBy::Conflict).await;
        let (code, _) = stage.service.make_code(one, from, Doer::Operator).await.unwrap();
        let now = stage.clock.now();
        let (same, different) = (match_answers::Verdict::Same, match_answers::Verdict::Different);
        commit(&stage.store, async |tx| {
            for (account, user, verdict) in
                [(7, from, same), (8, from, different), (9, from, different), (9, into, same)]
            {
                let pair = (Id::new(account), user);
                match_answers::put(tx, one, pair, verdict, Doer::Operator, now).await.unwrap();
            }
        })
        .await;
        assert_eq!(stage.merge(from, into).await, [""; 0]);
        assert_eq!(stage.who(7).await, into);
        assert_eq!(stage.identity(7).await.link.unwrap().by, LinkedBy::Conflict, "as it was");
        let answers = match_answers::of_club(&stage.store, one).await.unwrap();
        assert_eq!(answers.same, [(Id::new(7), into), (Id::new(9), into)].into());
        assert_eq!(answers.different, [(Id::new(8), into)].into());
        let member = members::by_user(&stage.store, one, into).await.unwrap().unwrap();
        assert_eq!(member.entry.external_id.unwrap().as_str(), "x");
        assert!(members::by_user(&stage.store, two, into).await.unwrap().is_some());
        stage.redeem(10, &code).await.unwrap();
        assert_eq!(stage.who(10).await, into);
    })
    .await;
}

#[tokio::test]
async fn why_somebody_was_matched_stays_with_the_link() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let (from, into) = (stage.enter(club, 1, &[]).await, stage.enter(club, 2, &[]).await);
        let (other, moved) = (stage.enter(club, 3, &[("email", "c@example.com")]).await, user(4));
        let why = Judgement::Chosen { by: Id::new(9) };
        let judge = async |person: UserId, why: Judgement| {
            commit(&stage.store, async |tx| members::judge(tx, club, person, &why).await.unwrap()).await;
        };
        let told = async |person: UserId| members::judgement(&stage.store, club, person).await.unwrap();
        stage.guess(7, from, LinkedBy::Conflict).await;
        judge(from, why).await;
        stage.merge(from, into).await;
        assert_eq!(told(into).await, Some(why), "of one whom the club knows");
        commit(&stage.store, async |tx| users::create(tx, moved, "moved", stage.clock.now()).await.unwrap())
            .await;
        stage.merge(into, moved).await;
        assert_eq!(told(moved).await, Some(why), "of one whom it doesn't");
        // A fact of the roster changes nothing about it, and what another account does neither.
        stage.enter(club, 4, &[("external_id", "x")]).await;
        stage.guess(5, moved, LinkedBy::Roster).await;
        assert_eq!(told(moved).await, Some(why));
        stage.unlink(7).await.unwrap();
        assert_eq!(told(moved).await, None);

        stage.guess(8, other, LinkedBy::Sync).await;
        judge(other, why).await;
        stage.link(8, Some("c@example.com")).await;
        assert_eq!((stage.who(8).await, told(other).await), (other, None), "proved, and no more a guess");
    })
    .await;
}

#[tokio::test]
async fn one_of_a_roster_stays_on_it() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let ana = stage.enter(club, 1, &[("email", "ana@example.org"), ("external_id", "x")]).await;
        let own = stage.account(7).await;
        let account = person(7, 1).account;
        let (now, mut left) = (stage.clock.now(), crate::domain::member::Member::on_their_own(own, &account));
        left.left_at = Some(now);
        commit(&stage.store, async |tx| members::put(tx, club, &[left], now).await.unwrap()).await;
        for (from, into) in [(ana, own), (own, ana)] {
            stage.merge(from, into).await;
            let all = members::of_club(&stage.store, club).await.unwrap();
            let [member] = all.as_slice() else { panic!("{all:?}") };
            assert!(member.user == into && member.on_roster, "{member:?}");
            assert_eq!(member.left_at, None, "who is there with one account is there");
            assert_eq!(member.entry.external_id.as_ref().unwrap().as_str(), "x");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_turned_out_to_be_another_leads_to_who_they_are_now() {
    on_stage(|stage| async move {
        let accounts = [stage.account(7).await, stage.account(8).await, stage.account(9).await];
        let [one, two, three] = accounts;
        stage.merge(one, two).await;
        stage.merge(two, three).await;
        stage.merge(three, three).await;
        for account in accounts {
            assert_eq!(users::current(&stage.store, account).await.unwrap(), Some(three));
        }
        assert_eq!(users::current(&stage.store, user(99)).await.unwrap(), None);
        assert_eq!([stage.who(7).await, stage.who(8).await], [three; 2]);
    })
    .await;
}
