use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{on_stage, person};
use crate::{
    domain::id::DraftId,
    service::{
        Ring,
        desk::{CommandLine, FollowUpKind, KeptDraft, LateAnswer, NewDraft},
    },
    store::{
        command_log, follow_ups,
        testing::{guild, noon},
    },
};

#[tokio::test]
async fn a_draft_is_its_keepers_for_a_day() {
    on_stage(|stage| async move {
        let draft = NewDraft {
            fields: json!({ "name": ["Spa"] }),
            form: "1:create:7::".into(),
            guild: guild(1),
            user: Id::new(2),
        };
        let id = stage.service.keep_draft(draft).await.unwrap();
        let kept = stage.service.draft(id, (guild(1), Id::new(2))).await.unwrap();
        let expected = KeptDraft { fields: json!({ "name": ["Spa"] }), form: "1:create:7::".into() };
        assert_eq!(kept, Some(expected));
        assert_eq!(stage.service.draft(id, (guild(1), Id::new(3))).await.unwrap(), None);
        assert_eq!(stage.service.draft(id, (guild(2), Id::new(2))).await.unwrap(), None);
        let unknown = DraftId::new(Uuid::nil());
        assert_eq!(stage.service.draft(unknown, (guild(1), Id::new(2))).await.unwrap(), None);
        stage.at(noon(24 * 3_600_000));
        assert_eq!(stage.service.draft(id, (guild(1), Id::new(2))).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_late_answer_is_owed_with_its_token_sealed() {
    on_stage(|stage| async move {
        let answer = LateAnswer {
            body: json!({ "flags": 32768 }),
            kind: FollowUpKind::Original,
            request_id: "request".into(),
            token: SecretString::from("the interaction's token"),
        };
        stage.service.late(answer).await.unwrap();
        let rings = stage.rings();
        let [Ring::FollowUp { id, request_id }] = rings.as_slice() else { panic!("{rings:?}") };
        assert_eq!(request_id, "request");
        let owed = follow_ups::claim(&stage.store, *id, Duration::from_secs(30), noon(0)).await.unwrap();
        let owed = owed.unwrap();
        let token = b"token";
        assert!(!owed.sealed_token.windows(token.len()).any(|part| part == token));
        let token = stage.service.open_token(&owed).unwrap();
        assert_eq!(token.expose_secret(), "the interaction's token");
        assert_eq!((owed.body, owed.kind), (json!({ "flags": 32768 }), FollowUpKind::Original));
    })
    .await;
}

#[tokio::test]
async fn the_command_log_and_the_health_are_told() {
    on_stage(|stage| async move {
        let line = CommandLine {
            command: "event create".into(),
            guild: Some(guild(1)),
            outcome: "answered".into(),
            took: Duration::from_millis(12),
            user: person(2, 1).account.id,
        };
        stage.service.log(line).await.unwrap();
        let logged = command_log::of_guild(&stage.store, guild(1), 9).await.unwrap();
        assert_eq!((logged.len(), logged[0].command.as_str()), (1, "event create"));
        assert_eq!(stage.service.health().await.unwrap().queue, Some(Duration::from_millis(3)));
    })
    .await;
}
