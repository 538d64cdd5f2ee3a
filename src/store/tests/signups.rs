use jiff::Timestamp;
use sea_orm::{EntityTrait, PaginatorTrait};
use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    domain::{
        account::Account,
        event::Event,
        id::{EventId, UserId},
        signup::{Applicant, Behalf, Decision, SignupState, Wish},
    },
    store::{
        Store, StoreError, events, signups,
        testing::{club, commit, event, noon, on_both},
        users,
    },
};

fn account(number: u64) -> Account {
    Account {
        global_name: Some(format!("Driver {number}")),
        id: Id::new(number),
        nickname: None,
        username: format!("driver{number}"),
    }
}

/// Two days before the race, when places aren't offered yet.
fn early() -> Timestamp {
    noon(-2 * 24 * 3_600_000)
}

fn user(number: u64) -> UserId {
    UserId::new(Uuid::from_u64_pair(5, number))
}

/// What a press of a button writes, in one transaction.
async fn press(store: &Store, event: &Event, number: u64, wish: Wish) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    let event = events::lock(&tx, event.club, event.id).await?.unwrap();
    let person = users::of_account(&tx, &account(number), user(number), early()).await?;
    let sheet = signups::sheet(&tx, event.id).await?;
    let next = sheet.next_order();
    let who = Applicant { behalf: Behalf::Own(&[]), discord: Id::new(number), user: person };
    if let Ok(Decision::Change(lines)) = sheet.decide(&event, &who, &wish, early()) {
        let mut fresh = 0;
        let ids = || {
            fresh += 1;
            Uuid::from_u64_pair(number, next * 100 + fresh)
        };
        signups::put(&tx, event.id, &lines, ids, early()).await?;
    }
    tx.commit().await
}

#[tokio::test]
async fn places_are_given_in_the_order_of_commits_however_many_press_at_once() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let event = event(&store, &club, 1, 20).await;
        let presses: Vec<_> = (1..=50)
            .map(|number| {
                let (store, event) = (store.clone(), event.clone());
                tokio::spawn(async move { press(&store, &event, number, Wish::sign_up(None)).await })
            })
            .collect();
        for press in presses {
            press.await.unwrap().unwrap();
        }
        let sheet = signups::sheet(&store, event.id).await.unwrap();
        let states: Vec<_> = sheet.lines().iter().map(|line| line.state).collect();
        assert_eq!(states, [vec![SignupState::In; 20], vec![SignupState::Waiting; 30]].concat());
        let sheets = signups::sheets(&store, &[event.id, EventId::new(Uuid::nil())]).await.unwrap();
        assert_eq!((sheets.len(), sheets[&event.id].lines().len()), (2, 50));
        let orders: Vec<_> = sheet.lines().iter().map(|line| line.order).collect();
        assert_eq!(orders, (1..=50).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_and_the_promotion_it_causes_are_written_together() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let event = event(&store, &club, 1, 1).await;
        for number in [1, u64::MAX] {
            press(&store, &event, number, Wish::sign_up(None)).await.unwrap();
        }
        press(&store, &event, 1, Wish::Withdraw { sure: true }).await.unwrap();
        let sheet = signups::sheet(&store, event.id).await.unwrap();
        assert_eq!(sheet.of(user(1)).unwrap().state, SignupState::Withdrawn);
        let promoted = sheet.of(user(u64::MAX)).unwrap();
        assert_eq!((promoted.state, promoted.promoted_at), (SignupState::In, Some(early())));
        assert_eq!(promoted.discord, Id::new(u64::MAX));
    })
    .await;
}

#[tokio::test]
async fn a_class_is_taken_off_only_when_nobody_is_in_it() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let mut event = event(&store, &club, 1, 5).await;
        press(&store, &event, 1, Wish::sign_up(None)).await.unwrap();
        event.classes[0].id = crate::domain::id::ClassId::new(Uuid::from_u64_pair(3, 99));
        let tx = store.begin().await.unwrap();
        assert!(matches!(events::save(&tx, &event).await, Err(StoreError::Db(_))));
        tx.rollback().await.unwrap();
        press(&store, &event, 1, Wish::Withdraw { sure: true }).await.unwrap();
        commit(&store, async |tx| events::save(tx, &event).await.unwrap()).await;
        let sheet = signups::sheet(&store, event.id).await.unwrap();
        assert_eq!(sheet.lines()[0].class, None, "off the sheet, they have no class then");
    })
    .await;
}

#[tokio::test]
async fn two_who_see_an_account_first_agree_on_its_person() {
    on_both(|store| async move {
        let seen: Vec<_> = (1..=12)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    commit(&store, async |tx| {
                        users::of_account(tx, &account(7), user(number), early()).await.unwrap()
                    })
                    .await
                })
            })
            .collect();
        let mut people = std::collections::HashSet::new();
        for person in seen {
            people.insert(person.await.unwrap());
        }
        assert_eq!(people.len(), 1);
        assert_eq!(entity::users::Entity::find().count(&store.read).await.unwrap(), 1);
        let renamed = Account { nickname: Some("Renamed".into()), ..account(7) };
        commit(&store, async |tx| users::of_account(tx, &renamed, user(99), noon(9)).await.unwrap()).await;
        let identity =
            entity::discord_identities::Entity::find_by_id(7).one(&store.read).await.unwrap().unwrap();
        assert_eq!((identity.name.as_str(), identity.updated_at), ("Renamed", noon(9).as_millisecond()));
        assert_eq!(users::by_account(&store, Id::new(7)).await.unwrap(), people.into_iter().next());
        assert_eq!(users::by_account(&store, Id::new(8)).await.unwrap(), None);
    })
    .await;
}
