//! What the log says, and what it never says.

use std::{
    io,
    sync::{Arc, Mutex, Once},
};

use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use super::stage::{Stage, command, press, submit, text};

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// Delivers the interactions, and returns the answers and every log line, down to the least.
async fn delivered(interactions: &[Value]) -> (Vec<Value>, Vec<String>) {
    // Whether anybody listens is remembered for the whole process: somebody always has to.
    static SOMEBODY: Once = Once::new();
    SOMEBODY.call_once(|| {
        let deaf = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(io::sink);
        let _ = tracing::subscriber::set_global_default(deaf.finish());
    });
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _subscribed = tracing::subscriber::set_default(subscriber);
    let stage = Stage::new();
    let mut answers = Vec::new();
    for interaction in interactions {
        answers.push(stage.deliver(interaction).await);
    }
    stage.dispatcher.drained().await;
    let lines = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    (answers, lines.lines().map(str::to_owned).collect())
}

#[tokio::test(start_paused = true)]
async fn a_reference_finds_its_error_and_its_request() {
    for (path, cause) in [("fail error", "the disk is full"), ("fail panic", "the handler broke")] {
        let (answers, log) = delivered(&[command(path, json!([]))]).await;
        let reply = text(&answers[0]);
        let found = log.iter().find(|line| line.contains(" ERROR ")).unwrap();
        assert!(found.contains(cause) && found.contains("request_id=\"100\""), "{found}");
        let reference = found.split_once("reference=\"").unwrap().1.split_once('"').unwrap().0;
        assert_eq!(reference.len(), 8);
        assert!(reply.contains(reference) && !reply.contains(cause), "{reply}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_personal_and_no_token_is_logged() {
    let (_, log) = delivered(&[
        command("event list", json!([{ "name": "note", "type": 3, "value": "my secret note" }])),
        command("whisper secrets", json!([])),
        press(1, "1:whisper:secrets"),
        submit(2, "1:setup:1", "a secret club"),
    ])
    .await;
    assert!(log.iter().any(|line| line.contains("interaction finished")), "{log:#?}");
    for word in ["a-token", "Ana", "ana", "secret", "whisper"] {
        let told = log.iter().find(|line| line.contains(word));
        assert_eq!(told, None, "{word}");
    }
}
