use std::time::Duration;

use serde_json::json;
use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    domain::{
        id::{DraftId, OwnerId, QuestionId},
        panel::{Answer, Failure, Resource, Topic},
    },
    store::{
        answers,
        audit::{self, Doer},
        bindings::Attempt,
        bot_settings::{self, BotSettings},
        command_log, deletions,
        drafts::{self, Draft},
        fault::Fault,
        follow_ups::{self, FollowUp, FollowUpKind},
        messages::{self, NewMessage, SaidState},
        questions::{self, Answered, NewQuestion},
        testing::{club, commit, event, fenced, guild, lease, noon, on_both},
    },
};

const HOUR: i64 = 3_600_000;

#[tokio::test]
async fn the_first_answer_stands() {
    on_both(|store| async move {
        assert_eq!(answers::get(&store, "i:1").await.unwrap(), None);
        let answers: Vec<_> = (0..8)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    let put = async |tx: &_| answers::put(tx, "i:1", json!(number), noon(0)).await.unwrap();
                    (number, commit(&store, put).await)
                })
            })
            .collect();
        let mut first = Vec::new();
        for answer in answers {
            let (number, stands) = answer.await.unwrap();
            first.extend(stands.then_some(json!(number)));
        }
        assert_eq!(first.len(), 1);
        assert_eq!(answers::get(&store, "i:1").await.unwrap(), first.pop());
        assert_eq!(answers::purge(&store, noon(HOUR - 1)).await.unwrap(), 0);
        assert_eq!(answers::purge(&store, noon(HOUR)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_its_writers_alone() {
    on_both(|store| async move {
        let draft = Draft {
            context: json!({ "event": null }),
            expires_at: noon(HOUR),
            fields: json!({ "name": "💥\u{202e}" }),
            form: "event".into(),
            guild: guild(1),
            id: DraftId::new(Uuid::from_u128(1)),
            user: Id::new(u64::MAX),
        };
        commit(&store, async |tx| drafts::put(tx, draft.clone(), noon(0)).await.unwrap()).await;
        let of = async |number, user, at| {
            drafts::of_person(&store, draft.id, (guild(number), Id::new(user)), noon(at)).await.unwrap()
        };
        assert_eq!(of(1, u64::MAX, 0).await, Some(draft.clone()));
        assert_eq!(of(1, 5, 0).await, None);
        assert_eq!(of(2, u64::MAX, 0).await, None);
        assert_eq!(of(1, u64::MAX, HOUR).await, None);
        commit(&store, async |tx| drafts::delete(tx, draft.id).await.unwrap()).await;
        assert_eq!(drafts::purge(&store, noon(HOUR)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_follow_up_is_sent_by_one_worker() {
    on_both(|store| async move {
        let owed = FollowUp {
            body: json!({ "content": "done" }),
            expires_at: noon(HOUR),
            id: Uuid::from_u128(1),
            kind: FollowUpKind::Original,
            request_id: "r".into(),
            sealed_token: vec![0, 255, 7],
            tries: 0,
        };
        commit(&store, async |tx| follow_ups::put(tx, owed.clone(), noon(0)).await.unwrap()).await;
        let claim =
            async || follow_ups::claim(&store, owed.id, Duration::from_secs(30), noon(0)).await.unwrap();
        assert_eq!(follow_ups::waiting(&store, noon(0), 9).await.unwrap(), [owed.id]);
        assert_eq!(claim().await, Some(FollowUp { tries: 1, ..owed.clone() }));
        assert_eq!(claim().await, None);
        assert!(follow_ups::waiting(&store, noon(0), 9).await.unwrap().is_empty());
        let minute = Duration::from_secs(60);
        follow_ups::failed(&store, owed.id, "away", minute).await.unwrap();
        assert_eq!(claim().await, None, "not before the wait is over");
        follow_ups::failed(&store, owed.id, "away", Duration::ZERO).await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert_eq!(claim().await.map(|claimed| claimed.tries), Some(2));
        follow_ups::delete(&store, owed.id).await.unwrap();
        assert_eq!(follow_ups::purge(&store, noon(HOUR)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_question_is_open_once_and_answered_once() {
    on_both(|store| async move {
        club(&store, 1).await;
        let lease = lease(&store, 1).await;
        let question = |number: u16| NewQuestion {
            id: QuestionId::new(Uuid::from_u64_pair(0, number.into())),
            owner: OwnerId::of_guild(guild(1)),
            slot: "channel".to_owned(),
            topic: Topic::Ambiguous { candidates: vec![Id::new(number.into())], resource: Resource::Channel },
        };
        let ask = async |number| {
            fenced(&store, &lease, async |tx| questions::ask(tx, question(number), noon(0)).await.unwrap())
                .await
        };
        let answer = async |number, by: u64| {
            let which = (guild(number), question(1).id);
            commit(&store, async |tx| {
                questions::answer(tx, which, Answer::Allow, Id::new(by), noon(5)).await.unwrap()
            })
            .await
        };
        assert!(ask(1).await);
        assert!(!ask(2).await, "asked already, with another candidate");
        let open = questions::open(&store, guild(1)).await.unwrap();
        assert_eq!((open.len(), &open[0].topic), (1, &question(1).topic));
        assert!(!answer(2, 8).await, "not theirs");
        assert!(answer(1, 8).await);
        assert!(!answer(1, 9).await, "settled");
        let asked = questions::by_id(&store, guild(1), question(1).id).await.unwrap().unwrap();
        let allowed = Answered { answer: Some(Answer::Allow), at: noon(5), by: Some(Id::new(8)) };
        assert_eq!(asked.answered, Some(allowed));
        assert!(ask(3).await, "asked again");
        let all = questions::of_owners(&store, &[OwnerId::of_guild(guild(1))]).await.unwrap();
        assert_eq!(all.len(), 2);
        let settle = async |tx: &_| questions::settle(tx, question(3).id, noon(6)).await.unwrap();
        assert!(fenced(&store, &lease, settle).await);
        assert!(questions::open(&store, guild(1)).await.unwrap().is_empty());
        assert!(questions::by_id(&store, guild(2), question(1).id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_message_is_said_once() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        let message = |key: &str| NewMessage {
            channel: Id::new(77),
            expires_at: Some(noon(HOUR)),
            id: Uuid::from_u128(key.len() as u128),
            key: key.into(),
            nonce: format!("nonce-{key}"),
            owner,
        };
        let begin = async |key: &str| {
            let attempt = Attempt { at: noon(0), lasts: Duration::from_secs(20) };
            fenced(&store, &lease, async |tx| messages::begin(tx, &message(key), attempt).await.unwrap())
                .await
        };
        let id = begin("a").await.unwrap();
        assert_eq!(begin("a").await, None, "its outcome isn't known");
        fenced(&store, &lease, async |tx| messages::unsaid(tx, id).await.unwrap()).await;
        assert_eq!(begin("a").await, Some(id));
        fenced(&store, &lease, async |tx| messages::said(tx, id, Id::new(u64::MAX), noon(1)).await.unwrap())
            .await;
        assert_eq!(begin("a").await, None);
        let expire = async |key: &str| {
            fenced(&store, &lease, async |tx| messages::expire(tx, &message(key)).await.unwrap()).await
        };
        assert!(!expire("a").await, "it was said");
        assert!(expire("bb").await);
        assert_eq!(begin("bb").await, None, "never said");
        let parked = begin("ccc").await.unwrap();
        let fault = Fault { class: Failure::Broken, message: "no".into() };
        fenced(&store, &lease, async |tx| {
            messages::unsaid(tx, parked).await.unwrap();
            messages::retry(tx, parked, 1, noon(9), &fault).await.unwrap();
        })
        .await;
        let failed = messages::of_owners(&store, &[owner]).await.unwrap().pop().unwrap();
        assert_eq!((failed.tries, failed.not_before, failed.fault), (1, Some(noon(9)), Some(fault)));
        commit(&store, async |tx| messages::unpark(tx, &[owner]).await.unwrap()).await;
        let all = messages::of_owners(&store, &[owner]).await.unwrap();
        let states: Vec<_> = all.iter().map(|said| said.state).collect();
        assert_eq!(states, [SaidState::Said, SaidState::Expired, SaidState::Unsaid]);
        assert_eq!(all[0].message, Some(Id::new(u64::MAX)));
    })
    .await;
}

#[tokio::test]
async fn deletions_count_for_an_hour() {
    on_both(|store| async move {
        club(&store, 1).await;
        let lease = lease(&store, 1).await;
        for minute in 0..3 {
            let id = Uuid::from_u128(minute);
            let at = noon(i64::try_from(minute).unwrap() * 60_000);
            fenced(&store, &lease, async |tx| deletions::count(tx, id, at).await.unwrap()).await;
        }
        assert_eq!(deletions::recent(&store, guild(1), noon(HOUR - 1)).await.unwrap(), 3);
        assert_eq!(deletions::recent(&store, guild(1), noon(HOUR)).await.unwrap(), 2);
        assert_eq!(deletions::recent(&store, guild(2), noon(0)).await.unwrap(), 0);
        assert_eq!(deletions::purge(&store, noon(HOUR)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn logs_and_settings_read_back() {
    on_both(|store| async move {
        let (ours, theirs) = (club(&store, 1).await, club(&store, 2).await);
        let change = |number: i64| audit::Entry {
            action: "event.cancel".into(),
            after: Some(json!({ "state": "cancelled" })),
            at: noon(number),
            before: None,
            by: [Doer::Operator, Doer::Token(Uuid::from_u128(5)), Doer::Account(Id::new(u64::MAX))]
                [usize::try_from(number % 3).unwrap()],
            club: ours.id,
            id: Uuid::from_u128(number.unsigned_abs().into()),
            subject_id: "x".into(),
            subject_kind: "event".into(),
        };
        for number in 1..=3 {
            commit(&store, async |tx| audit::write(tx, change(number)).await.unwrap()).await;
        }
        assert_eq!(audit::of_club(&store, ours.id, 3).await.unwrap(), [3, 2, 1].map(change));
        assert!(audit::of_club(&store, theirs.id, 9).await.unwrap().is_empty());
        let used = command_log::Entry {
            at: noon(0),
            command: "event create".into(),
            guild: Some(guild(1)),
            id: Uuid::from_u128(1),
            outcome: "ok".into(),
            took: Duration::from_millis(42),
            user: Id::new(5),
        };
        command_log::write(&store, used.clone()).await.unwrap();
        let alone = command_log::Entry { guild: None, id: Uuid::from_u128(2), ..used.clone() };
        command_log::write(&store, alone).await.unwrap();
        assert_eq!(command_log::of_guild(&store, guild(1), 9).await.unwrap(), [used]);
        assert_eq!(command_log::purge(&store, noon(1)).await.unwrap(), 2);
        assert_eq!(bot_settings::get(&store).await.unwrap(), BotSettings::default());
        let settings =
            BotSettings { bot_user: Some(Id::new(9)), commands_hash: Some("h".into()), ..Default::default() };
        for settings in [settings, BotSettings { commands_at: Some(noon(1)), ..Default::default() }] {
            bot_settings::save(&store, settings.clone(), noon(0)).await.unwrap();
            assert_eq!(bot_settings::get(&store).await.unwrap(), settings);
        }
    })
    .await;
}
