use secrecy::SecretString;
use serde_json::json;

use super::stage::{manager, on_stage, person, refusal};
use crate::{
    domain::{health::Backlog, refusal::Refusal},
    service::{Ask, Rendered, Ring, ServiceError, health::Asked},
    store::{
        inquiries,
        testing::{guild, noon},
    },
};

fn deferred(_: &()) -> Rendered {
    json!({ "type": 5 }).into()
}

#[tokio::test]
async fn a_look_is_asked_for_once_by_organisers() {
    on_stage(|stage| async move {
        let (boss, driver) = (manager(1), person(9, 1));
        let token = SecretString::from("the interaction's token");
        let ask = async |actor, key| {
            let ask = Ask { actor, key, received_at: noon(0), render: &deferred, request_id: "request" };
            stage.service.ask_health(ask, &token).await
        };
        let waiting = async || inquiries::waiting(&stage.store, noon(0), 9).await.unwrap();
        let of = |asked: Result<_, ServiceError>| refusal(asked);
        assert_eq!(of(ask(&boss, "i:health").await), Refusal::NoClub);
        stage.club(1).await;
        assert_eq!(of(ask(&driver, "i:health").await), Refusal::NotOrganiser);
        assert!(waiting().await.is_empty());

        for _ in 0..2 {
            assert_eq!(ask(&boss, "i:health").await.unwrap(), json!({ "type": 5 }));
        }
        let owed = waiting().await;
        let [id] = owed.as_slice() else { panic!("{owed:?}") };
        let rings = stage.rings();
        assert_eq!(rings[0], Ring::Inquiry { id: *id, request_id: "request".to_owned() });
        let minute = std::time::Duration::from_secs(60);
        let inquiry = inquiries::claim(&stage.store, *id, minute, noon(0)).await.unwrap().unwrap();
        assert_eq!(inquiry.what, Asked::Health { guild: guild(1) });
        let secret = b"token";
        assert!(!inquiry.sealed_token.windows(secret.len()).any(|part| part == secret));
    })
    .await;
}

#[tokio::test]
async fn a_clubs_state_is_read_from_the_database() {
    on_stage(|stage| async move {
        assert_eq!(stage.service.club_state(guild(1)).await.unwrap(), None);
        let club = stage.club(1).await;
        let state = stage.service.club_state(guild(1)).await.unwrap().unwrap();
        assert_eq!((state.club.id, state.failing.as_slice()), (club.id, &[][..]));
        assert_eq!(state.queue, Backlog { oldest: None, waiting: 0 });
    })
    .await;
}
