//! The sandbox as a program, as a newcomer starts it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

fn sandbox(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[tokio::test]
async fn it_prints_an_address_shows_a_page_and_ends_when_told() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut child = sandbox(&["--listen", "127.0.0.1:0"]);
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.split_whitespace().last().unwrap().to_owned();
    let page = reqwest::get(&url).await.unwrap().error_for_status().unwrap().text().await.unwrap();
    assert!(page.contains("Night Owls Racing") && page.contains("general"), "{page}");
    // What another site's page sends is refused.
    let theirs =
        reqwest::Client::new().post(format!("{url}/1/2/3/clock")).header("origin", "https://example.org");
    assert_eq!(theirs.send().await.unwrap().status(), 403);
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let ended = tokio::task::spawn_blocking(move || child.wait()).await.unwrap().unwrap();
    assert!(ended.success(), "{ended}");
}

#[test]
fn an_address_that_is_taken_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut child = sandbox(&["--listen", &taken.local_addr().unwrap().to_string()]);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(said.contains("cannot listen on") && said.contains("--listen"), "{said}");
}
