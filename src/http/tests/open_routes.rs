//! The routes that anybody may ask.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::stage::{Stage, Up, command, read};
use crate::http::operator;

async fn get(stage: &Stage, path: &str) -> (StatusCode, Vec<u8>) {
    stage.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test(start_paused = true)]
async fn readiness_fails_for_the_database_only() {
    let up = json!({ "database": "up", "status": "ready" });
    let with_redis = json!({ "database": "up", "redis": "up", "status": "ready" });
    let degraded = json!({ "database": "up", "redis": "away", "status": "degraded" });
    let unavailable = json!({ "database": "away", "redis": "up", "status": "unavailable" });
    let cases = [
        (Up(Some(true), Some(None)), 200, up),
        (Up(Some(true), Some(Some(true))), 200, with_redis),
        (Up(Some(true), Some(Some(false))), 200, degraded.clone()),
        (Up(Some(true), None), 200, degraded),
        (Up(Some(false), Some(Some(true))), 503, unavailable.clone()),
        (Up(None, Some(Some(true))), 503, unavailable),
    ];
    for (readiness, code, report) in cases {
        let (status, body) = get(&Stage::with(readiness), "/readyz").await;
        assert_eq!((status.as_u16(), serde_json::from_slice::<Value>(&body).unwrap()), (code, report));
    }
}

#[tokio::test]
async fn the_rest_is_small_and_known() {
    let stage = Stage::new();
    assert_eq!(get(&stage, "/healthz").await, (StatusCode::OK, b"ok".to_vec()));
    let (status, page) = get(&stage, "/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(String::from_utf8(page).unwrap().contains("Add to Discord"));
    assert_eq!(get(&stage, "/nowhere").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&stage, "/interactions").await.0, StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn requests_and_interactions_are_counted() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let shown = metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let stage = Stage::new();
            stage.deliver(&command("ping", json!([]))).await;
            stage.deliver(&command("x; drop", json!([]))).await;
            stage.send(Request::post("/interactions").body(Body::empty()).unwrap()).await;
            stage.dispatcher.drained().await;
            let request = Request::get("/metrics").body(Body::empty()).unwrap();
            read(operator::router(move || handle.render()).oneshot(request).await.unwrap()).await.1
        })
    });
    let shown = String::from_utf8(shown).unwrap();
    for line in [
        r#"simlane_http_requests_total{method="POST",route="/interactions",status="200"} 2"#,
        r#"simlane_http_requests_total{method="POST",route="/interactions",status="401"} 1"#,
        r#"simlane_interactions_total{kind="command",name="ping",outcome="answered"} 1"#,
        r#"simlane_interactions_total{kind="command",name="unknown",outcome="refused"} 1"#,
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} in\n{shown}");
    }
}
