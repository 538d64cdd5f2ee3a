#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

use super::*;

/// A site that answers one call so, or never; and what it was sent.
async fn site(answer: Option<&'static str>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        while !heard.ends_with(b"{}") {
            let mut part = [0; 1024];
            let length = stream.read(&mut part).await.unwrap();
            heard.extend_from_slice(&part[..length]);
        }
        match answer {
            Some(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
            None => tokio::time::sleep(Duration::from_secs(60)).await,
        }
        String::from_utf8(heard).unwrap()
    });
    (url, heard)
}

fn sites(is_local: bool, deadline: Duration) -> Sites {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Sites::new(deadline, is_local).unwrap()
}

async fn post(sites: &Sites, url: &str) -> Received {
    let headers = [
        ("webhook-id", "1".to_owned()),
        ("webhook-timestamp", "2".to_owned()),
        ("webhook-signature", "3".to_owned()),
    ];
    sites.post(Call { body: "{}", headers, url }).await
}

/// Longer than any answer takes.
const AMPLE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_message_is_posted_with_its_headers_and_no_others() {
    let (url, heard) = site(Some("HTTP/1.1 204 .\r\n\r\n")).await;
    assert_eq!(post(&sites(true, AMPLE), &url).await, Received::Taken);
    let heard = heard.await.unwrap().to_lowercase();
    let mut names: Vec<&str> =
        heard.lines().skip(1).filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    names.sort_unstable();
    assert!(heard.starts_with("post /hook http/1.1\r\n"), "{heard}");
    assert_eq!(
        names,
        [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "webhook-id",
            "webhook-signature",
            "webhook-timestamp"
        ]
    );
}

#[tokio::test]
async fn whatever_is_no_success_is_told_from_a_site_that_is_gone() {
    let failed = |status: u16| Received::Failed(format!("status {status}"));
    for (answer, received) in [
        ("HTTP/1.1 200 .\r\ncontent-length: 99999999\r\n\r\n", Received::Taken),
        ("HTTP/1.1 302 .\r\nlocation: http://127.0.0.1:1/\r\n\r\n", failed(302)),
        ("HTTP/1.1 404 .\r\n\r\n", failed(404)),
        ("HTTP/1.1 410 .\r\n\r\n", Received::Gone),
        ("HTTP/1.1 500 .\r\n\r\n", failed(500)),
    ] {
        let (url, _) = site(Some(answer)).await;
        assert_eq!(post(&sites(true, AMPLE), &url).await, received);
    }
    let (url, _) = site(Some("")).await;
    assert!(matches!(post(&sites(true, AMPLE), &url).await, Received::Failed(_)));
}

#[tokio::test]
async fn nobody_waits_beyond_the_deadline() {
    let (url, _) = site(None).await;
    let received = post(&sites(true, Duration::from_millis(50)), &url).await;
    assert_eq!(received, Received::Failed("no answer within 50ms".to_owned()));
}

#[tokio::test]
async fn nothing_is_sent_into_the_network_that_the_service_runs_in() {
    let (url, heard) = site(Some("HTTP/1.1 204 .\r\n\r\n")).await;
    let port = url.rsplit_once(':').unwrap().1.trim_end_matches("/hook").to_owned();
    let sites = sites(false, AMPLE);
    for url in [
        url,
        format!("https://127.0.0.1:{port}/"),
        format!("https://[::1]:{port}/"),
        format!("https://localhost:{port}/"),
    ] {
        assert!(matches!(post(&sites, &url).await, Received::Failed(_)), "{url}");
    }
    // A name that leads here is refused when it is resolved.
    let found = PublicResolver.resolve("localhost".parse().unwrap()).await;
    assert_eq!(found.err().unwrap().to_string(), "localhost has no public address");
    assert!(!heard.is_finished());
}
