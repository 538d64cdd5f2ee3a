#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::sync::Arc;

use crate::discord::testing::{Reply, Server};

use super::*;

/// Longer than any answer of the server takes.
const AMPLE: Duration = Duration::from_secs(30);

fn cdn(api: &str, deadline: Duration) -> Cdn {
    // Another test of this process may have installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Cdn::new(&api.parse().unwrap(), deadline).unwrap()
}

/// What comes of fetching at most ten bytes from a server that answers so.
async fn fetched(reply: Reply) -> (Server, Result<Vec<u8>, FetchError>) {
    let server = Server::start([reply]).await;
    let port: Arc<dyn AttachmentPort> = Arc::new(cdn(server.url(), AMPLE));
    let found = port.fetch(&format!("{}/attachments/1/2/roster.csv?ex=5&hm=6", server.url()), 10).await;
    (server, found)
}

fn whole(status: u16, body: &str) -> Reply {
    Reply::Whole(status, Vec::new(), body.to_owned())
}

#[tokio::test]
async fn a_file_is_fetched_without_a_token() {
    let (server, found) = fetched(whole(200, "0123456789")).await;
    assert_eq!(found.unwrap(), b"0123456789");
    assert_eq!(server.lines(), ["GET /attachments/1/2/roster.csv?ex=5&hm=6"]);
    let headers = server.seen().remove(0).headers;
    let mut names: Vec<_> = headers.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "host", "user-agent"]);
}

#[tokio::test]
async fn a_file_may_be_empty() {
    assert_eq!(fetched(whole(200, "")).await.1.unwrap(), b"");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start([whole(200, "secret")]).await;
    let reply = whole(302, "").with("location", &format!("{}/attachments/1/2/x", elsewhere.url()));
    assert_eq!(fetched(reply).await.1, Err(FetchError::Status(302)));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_given_up() {
    let too_large = Err(FetchError::TooLarge { limit: 10 });
    assert_eq!(fetched(whole(200, "0123456789x")).await.1, too_large);
    // Refused for what the header says: there is no body to wait for.
    assert_eq!(fetched(Reply::Promise(11, String::new())).await.1, too_large);
    // The rest of a body that is longer than it said is no part of it.
    assert_eq!(fetched(Reply::Promise(5, "0123456789x".to_owned())).await.1, Ok(b"01234".to_vec()));
}

#[tokio::test]
async fn a_flood_without_a_length_is_cut_off() {
    let (server, found) = fetched(Reply::Flood).await;
    assert_eq!(found, Err(FetchError::TooLarge { limit: 10 }));
    // What went out is what fits into the buffers between here and there.
    assert!(server.flooded() < 50_000_000, "{} bytes were read", server.flooded());
}

#[tokio::test]
async fn a_file_that_breaks_off_is_none() {
    for reply in [Reply::Promise(10, "01234".to_owned()), Reply::Drop] {
        let found = fetched(reply.clone()).await.1;
        assert!(matches!(found, Err(FetchError::Connection(_))), "{reply:?}: {found:?}");
    }
}

#[tokio::test]
async fn nobody_waits_beyond_the_deadline() {
    let server = Server::start([Reply::Hang]).await;
    let deadline = Duration::from_millis(50);
    let found = cdn(server.url(), deadline).fetch(&format!("{}/attachments/1", server.url()), 10).await;
    assert_eq!(found, Err(FetchError::TooSlow(deadline)));
}

#[tokio::test]
async fn an_expired_link_is_told_from_a_broken_server() {
    for status in [403, 404, 410] {
        assert_eq!(fetched(whole(status, "")).await.1, Err(FetchError::Gone(status)));
    }
    for status in [204, 206, 401, 429, 500, 503] {
        assert_eq!(fetched(whole(status, "")).await.1, Err(FetchError::Status(status)));
    }
}

#[tokio::test]
async fn nothing_is_sent_to_another_address() {
    let other = Server::start([whole(200, "")]).await;
    let found = cdn("http://127.0.0.1:1", AMPLE).fetch(&format!("{}/attachments/1", other.url()), 10).await;
    assert_eq!(found, Err(FetchError::Address(AddressFault::Host)));
    assert!(other.seen().is_empty());
}

/// What is made of addresses that an interaction could bring.
fn admitted(api: &str, addresses: &[&str]) -> String {
    let source = Source::of(&api.parse().unwrap());
    let mut table = String::new();
    for address in addresses {
        match source.admit(address) {
            Ok((_, url)) => writeln!(table, "{address:?} is asked as {url}").unwrap(),
            Err(fault) => writeln!(table, "{address:?}: {fault}").unwrap(),
        }
    }
    table
}

#[test]
fn with_discord_only_its_cdn_is_asked() {
    insta::assert_snapshot!(admitted("https://discord.com", &[
        "https://cdn.discordapp.com/attachments/1/2/roster.csv?ex=5&is=6&hm=7&",
        "https://cdn.discordapp.com/ephemeral-attachments/1/2/roster.csv",
        "https://media.discordapp.net/attachments/1/2/roster.csv",
        "HTTPS://CDN.DiscordApp.com:443/attachments/1/2/a..b%20c.csv",
        "http://cdn.discordapp.com/attachments/1/2/x",
        "https://cdn.discordapp.com:8443/attachments/1/2/x",
        "https://cdn.discordapp.com./attachments/1/2/x",
        "https://cdn.discordapp.com.example.com/attachments/1/2/x",
        "https://xcdn.discordapp.com/attachments/1/2/x",
        "https://discord.com/attachments/1/2/x",
        "https://user@cdn.discordapp.com/attachments/1/2/x",
        "https://:word@cdn.discordapp.com/attachments/1/2/x",
        "https://cdn.discordapp.com@example.com/attachments/1/2/x",
        "https://example.com\\@cdn.discordapp.com/attachments/1/2/x",
        "https://example.com#@cdn.discordapp.com/attachments/1/2/x",
        "https://127.0.0.1/attachments/1/2/x",
        "https://0x7f.1/attachments/1/2/x",
        "https://2130706433/attachments/1/2/x",
        "https://[::1]/attachments/1/2/x",
        "https://сdn.discordapp.com/attachments/1/2/x",
        "https://cdn.discordapp.com/icons/1/2.png",
        "https://cdn.discordapp.com/attachments",
        "https://cdn.discordapp.com/attachments/",
        "https://cdn.discordapp.com//attachments/1/2/x",
        "https://cdn.discordapp.com/attachments//1/2/x",
        "https://cdn.discordapp.com/attachments/../icons/1/2.png",
        "https://cdn.discordapp.com/attachments/%2e%2E/icons/1/2.png",
        "https://cdn.discordapp.com/attachments/..%2ficons/1/2.png",
        "https://cdn.discordapp.com/attachments/..%5Cicons/1/2.png",
        "https://cdn.discordapp.com/attachments/..%252ficons/1/2.png",
        "https://cdn.discordapp.com/attachments\\..\\icons\\1.png",
        "file:///attachments/1/2/x",
        "data:text/csv,/attachments/",
        "//cdn.discordapp.com/attachments/1/2/x",
        "/attachments/1/2/x",
        "",
    ]), @r#"
    "https://cdn.discordapp.com/attachments/1/2/roster.csv?ex=5&is=6&hm=7&" is asked as https://cdn.discordapp.com/attachments/1/2/roster.csv?ex=5&is=6&hm=7&
    "https://cdn.discordapp.com/ephemeral-attachments/1/2/roster.csv" is asked as https://cdn.discordapp.com/ephemeral-attachments/1/2/roster.csv
    "https://media.discordapp.net/attachments/1/2/roster.csv" is asked as https://media.discordapp.net/attachments/1/2/roster.csv
    "HTTPS://CDN.DiscordApp.com:443/attachments/1/2/a..b%20c.csv" is asked as https://cdn.discordapp.com/attachments/1/2/a..b%20c.csv
    "http://cdn.discordapp.com/attachments/1/2/x": another host
    "https://cdn.discordapp.com:8443/attachments/1/2/x": another host
    "https://cdn.discordapp.com./attachments/1/2/x": another host
    "https://cdn.discordapp.com.example.com/attachments/1/2/x": another host
    "https://xcdn.discordapp.com/attachments/1/2/x": another host
    "https://discord.com/attachments/1/2/x": another host
    "https://user@cdn.discordapp.com/attachments/1/2/x": it has a user in it
    "https://:word@cdn.discordapp.com/attachments/1/2/x": it has a user in it
    "https://cdn.discordapp.com@example.com/attachments/1/2/x": it has a user in it
    "https://example.com\\@cdn.discordapp.com/attachments/1/2/x": another host
    "https://example.com#@cdn.discordapp.com/attachments/1/2/x": another host
    "https://127.0.0.1/attachments/1/2/x": another host
    "https://0x7f.1/attachments/1/2/x": another host
    "https://2130706433/attachments/1/2/x": another host
    "https://[::1]/attachments/1/2/x": another host
    "https://сdn.discordapp.com/attachments/1/2/x": another host
    "https://cdn.discordapp.com/icons/1/2.png": another path
    "https://cdn.discordapp.com/attachments": another path
    "https://cdn.discordapp.com/attachments/": another path
    "https://cdn.discordapp.com//attachments/1/2/x": another path
    "https://cdn.discordapp.com/attachments//1/2/x": another path
    "https://cdn.discordapp.com/attachments/../icons/1/2.png": another path
    "https://cdn.discordapp.com/attachments/%2e%2E/icons/1/2.png": another path
    "https://cdn.discordapp.com/attachments/..%2ficons/1/2.png": another path
    "https://cdn.discordapp.com/attachments/..%5Cicons/1/2.png": another path
    "https://cdn.discordapp.com/attachments/..%252ficons/1/2.png": another path
    "https://cdn.discordapp.com/attachments\\..\\icons\\1.png": another path
    "file:///attachments/1/2/x": another host
    "data:text/csv,/attachments/": another host
    "//cdn.discordapp.com/attachments/1/2/x": not an address
    "/attachments/1/2/x": not an address
    "": not an address
    "#);
}

#[test]
fn with_a_stand_in_that_is_asked_and_the_cdn() {
    insta::assert_snapshot!(admitted("http://127.0.0.1:9000", &[
        "http://127.0.0.1:9000/attachments/1/2/roster.csv",
        "http://0x7f.1:9000/attachments/1/2/roster.csv",
        "https://127.0.0.1:9000/attachments/1/2/x",
        "http://127.0.0.1:9001/attachments/1/2/x",
        "http://127.0.0.1/attachments/1/2/x",
        "http://localhost:9000/attachments/1/2/x",
        "http://user:word@127.0.0.1:9000/attachments/1/2/x",
        "http://127.0.0.1:9000/api/v10/users/@me",
        "https://cdn.discordapp.com/attachments/1/2/x",
        "http://cdn.discordapp.com/attachments/1/2/x",
    ]), @r#"
    "http://127.0.0.1:9000/attachments/1/2/roster.csv" is asked as http://127.0.0.1:9000/attachments/1/2/roster.csv
    "http://0x7f.1:9000/attachments/1/2/roster.csv" is asked as http://127.0.0.1:9000/attachments/1/2/roster.csv
    "https://127.0.0.1:9000/attachments/1/2/x": another host
    "http://127.0.0.1:9001/attachments/1/2/x": another host
    "http://127.0.0.1/attachments/1/2/x": another host
    "http://localhost:9000/attachments/1/2/x": another host
    "http://user:word@127.0.0.1:9000/attachments/1/2/x": it has a user in it
    "http://127.0.0.1:9000/api/v10/users/@me": another path
    "https://cdn.discordapp.com/attachments/1/2/x" is asked as https://cdn.discordapp.com/attachments/1/2/x
    "http://cdn.discordapp.com/attachments/1/2/x": another host
    "#);
}

#[test]
fn everybody_is_told_what_to_do() {
    let mut table = String::new();
    for error in [
        FetchError::Address(AddressFault::Path),
        FetchError::Connection("reset".to_owned()),
        FetchError::Gone(404),
        FetchError::TooLarge { limit: 5 * 1024 * 1024 },
        FetchError::TooLarge { limit: 10 },
        FetchError::TooSlow(Cdn::DEADLINE),
        FetchError::Status(302),
    ] {
        writeln!(table, "{error}\n  {}", error.advice()).unwrap();
    }
    insta::assert_snapshot!(table, @"
    not an attachment's address: another path
      That isn't a file attached on Discord. Attach the file itself.
    connection failed: reset
      The file couldn't be fetched from Discord. Try again in a minute.
    expired or deleted (status 404)
      The link to that file has expired. Upload it again.
    larger than 5242880 bytes
      That file is larger than 5 MiB. Attach a smaller one.
    larger than 10 bytes
      That file is larger than 10 bytes. Attach a smaller one.
    not there within 10s
      The file couldn't be fetched from Discord. Try again in a minute.
    status 302 instead of a file
      The file couldn't be fetched from Discord. Try again in a minute.
    ");
}
