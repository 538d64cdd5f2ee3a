use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::store::{
    follow_ups::{self, FollowUpKind, OwedFile},
    inquiries::{self, Asked, Inquiry},
    testing::{commit, guild, noon, on_both},
};

const HOUR: i64 = 3_600_000;
const CLAIM: Duration = Duration::from_secs(30);

fn inquiry() -> Inquiry {
    Inquiry {
        expires_at: noon(HOUR),
        id: Uuid::from_u64_pair(7, 1),
        request_id: "request".to_owned(),
        sealed_token: vec![0, 255, 7],
        tries: 0,
        what: Asked::Health { guild: guild(1) },
    }
}

#[tokio::test]
async fn an_inquiry_becomes_an_answer_once() {
    on_both(|store| async move {
        let asked = inquiry();
        let id = asked.id;
        commit(&store, async |tx| inquiries::put(tx, asked.clone(), noon(0)).await.unwrap()).await;
        assert_eq!(inquiries::waiting(&store, noon(0), 9).await.unwrap(), [id]);
        assert!(follow_ups::waiting(&store, noon(0), 9).await.unwrap().is_empty());
        assert_eq!(follow_ups::claim(&store, id, CLAIM, noon(0)).await.unwrap(), None, "nothing to send yet");
        assert_eq!(follow_ups::owed(&store, noon(0)).await.unwrap(), 1);

        let claim = async || inquiries::claim(&store, id, CLAIM, noon(0)).await.unwrap();
        assert_eq!(claim().await, Some(Inquiry { tries: 1, ..asked.clone() }));
        assert_eq!(claim().await, None);
        follow_ups::failed(&store, id, "away", Duration::ZERO).await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert_eq!(claim().await.map(|claimed| claimed.tries), Some(2));

        let file = |name: &str| OwedFile { content: vec![0, 159, 146], name: name.to_owned() };
        let files = vec![file("members-1.csv"), file("members-2.csv")];
        let body = json!({ "flags": 32768 });
        assert!(inquiries::settle(&store, id, body, files.clone()).await.unwrap());
        let late = inquiries::settle(&store, id, json!("late"), vec![file("late.csv")]);
        assert!(!late.await.unwrap(), "the first stands");
        assert_eq!(follow_ups::files(&store, id).await.unwrap(), files);
        assert_eq!(claim().await, None);
        assert!(inquiries::waiting(&store, noon(0), 9).await.unwrap().is_empty());
        let owed = follow_ups::claim(&store, id, CLAIM, noon(0)).await.unwrap().unwrap();
        assert_eq!(
            (owed.kind, owed.tries, owed.body),
            (FollowUpKind::Original, 1, json!({ "flags": 32768 }))
        );
        assert_eq!(owed.sealed_token, asked.sealed_token);
        follow_ups::delete(&store, id).await.unwrap();
        assert_eq!(follow_ups::files(&store, id).await.unwrap(), [], "they go with it");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_answered_once_the_token_is_dead() {
    on_both(|store| async move {
        let asked = inquiry();
        commit(&store, async |tx| inquiries::put(tx, asked.clone(), noon(0)).await.unwrap()).await;
        assert_eq!(inquiries::claim(&store, asked.id, CLAIM, noon(HOUR)).await.unwrap(), None);
        assert!(inquiries::waiting(&store, noon(HOUR), 9).await.unwrap().is_empty());
        assert_eq!(follow_ups::purge(&store, noon(HOUR)).await.unwrap(), 1);
    })
    .await;
}
