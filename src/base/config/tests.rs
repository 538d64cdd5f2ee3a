#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;

use insta::assert_snapshot;

use super::*;

const KEY: &str = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

/// A complete environment, with changes; an empty value unsets.
fn environment(changes: &[(&str, &str)]) -> HashMap<String, String> {
    let base = [
        ("DISCORD_APPLICATION_ID", "1174000000000000000"),
        ("DISCORD_PUBLIC_KEY", KEY),
        ("DISCORD_BOT_TOKEN", "bot-token-s3cret"),
        ("DISCORD_CLIENT_SECRET", "client-s3cret"),
    ];
    base.iter().chain(changes).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn parse_as(role: Role, changes: &[(&str, &str)]) -> Result<Config, Faults> {
    let environment = environment(changes);
    Config::parse(role, |name| environment.get(name).cloned(), &Ids::seeded(1))
}

fn parse(changes: &[(&str, &str)]) -> Result<Config, Faults> {
    parse_as(Role::All, changes)
}

fn faults(changes: &[(&str, &str)]) -> String {
    parse(changes).unwrap_err().to_string()
}

#[test]
fn the_required_values_are_enough() {
    let config = parse(&[]).unwrap();
    assert_eq!(config.discord.api_url.as_str(), "https://discord.com");
    assert_eq!(config.public_url.join("/healthz"), "http://localhost:8080/healthz");
    assert_eq!(config.database.expose(), "sqlite://data/simlane.db?mode=rwc");
    assert_eq!(config.database.folder().unwrap().to_str(), Some("data"));
    assert!(config.redis.is_none() && config.operator_token.is_none());
    assert_eq!(config.listeners.listen.to_string(), "0.0.0.0:8080");
    assert_eq!(config.listeners.operator.to_string(), "127.0.0.1:9090");
    assert_eq!(config.log, LogConfig { filter: "info".into(), format: LogFormat::Text });
    assert!(config.secret_key.is_ephemeral());
    assert_eq!(config.hints().len(), 1);
}

#[test]
fn everything_missing_is_said_at_once() {
    let faults = Config::parse(Role::Worker, |_| None, &Ids::seeded(1)).unwrap_err();
    assert_snapshot!(faults, @"
    DISCORD_APPLICATION_ID is not set (for example DISCORD_APPLICATION_ID=1174000000000000000)
    DISCORD_PUBLIC_KEY is not set (for example DISCORD_PUBLIC_KEY=3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29)
    DISCORD_BOT_TOKEN is not set (for example DISCORD_BOT_TOKEN=the token from the portal's Bot page)
    DISCORD_CLIENT_SECRET is not set (for example DISCORD_CLIENT_SECRET=the client secret from the portal's OAuth2 page)
    DATABASE_URL is SQLite, but split roles (--role web, --role worker) need PostgreSQL (for example DATABASE_URL=postgres://simlane:password@localhost/simlane)
    REDIS_URL is not set, but split roles (--role web, --role worker) need Redis (for example REDIS_URL=redis://localhost:6379)
    ");
}

#[test]
fn everything_malformed_is_said_at_once() {
    let faults = faults(&[
        ("DISCORD_APPLICATION_ID", "0"),
        ("DISCORD_PUBLIC_KEY", "abcd"),
        ("DISCORD_BOT_TOKEN", "Bot abc"),
        ("DISCORD_CLIENT_SECRET", "two\nlines"),
        ("DISCORD_API_URL", "https://discord.com/api/v10"),
        ("PUBLIC_URL", "ftp://example.com"),
        ("DATABASE_URL", "mysql://localhost/simlane"),
        ("REDIS_URL", "localhost:6379"),
        ("LISTEN_ADDR", "everywhere"),
        ("OPERATOR_ADDR", "127.0.0.1"),
        ("PORT", "80800"),
        ("SECRET_KEY", "short"),
        ("OPERATOR_TOKEN", "short"),
        ("RUST_LOG", "simlane=loud"),
        ("LOG_FORMAT", "xml"),
    ]);
    assert_snapshot!(faults, @"
    DISCORD_APPLICATION_ID is not an id, the long number from General Information (for example DISCORD_APPLICATION_ID=1174000000000000000)
    DISCORD_PUBLIC_KEY is not 64 hexadecimal digits, as General Information shows them (for example DISCORD_PUBLIC_KEY=3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29)
    DISCORD_BOT_TOKEN has a space or another character that no Discord secret has (for example DISCORD_BOT_TOKEN=the token from the portal's Bot page)
    DISCORD_CLIENT_SECRET has a space or another character that no Discord secret has (for example DISCORD_CLIENT_SECRET=the client secret from the portal's OAuth2 page)
    DISCORD_API_URL has a path; give scheme and host only (for example DISCORD_API_URL=https://discord.com)
    PUBLIC_URL is not an http or https address (for example PUBLIC_URL=http://localhost:8080)
    DATABASE_URL is neither sqlite: nor postgres: (for example DATABASE_URL=sqlite://data/simlane.db?mode=rwc)
    REDIS_URL is neither redis: nor rediss: (for example REDIS_URL=redis://localhost:6379)
    LISTEN_ADDR is not an IP address and a port (for example LISTEN_ADDR=0.0.0.0:8080)
    OPERATOR_ADDR is not an IP address and a port (for example OPERATOR_ADDR=127.0.0.1:9090)
    PORT is not a port, a number up to 65535 (for example PORT=8080)
    SECRET_KEY is not 32 bytes in hexadecimal (64 digits) (for example SECRET_KEY=the output of: openssl rand -hex 32)
    OPERATOR_TOKEN is not at least 16 letters, digits and signs (for example OPERATOR_TOKEN=the output of: openssl rand -hex 32)
    RUST_LOG is not a list of levels and targets (for example RUST_LOG=info)
    LOG_FORMAT is neither text nor json (for example LOG_FORMAT=text)
    ");
}

#[test]
fn blank_values_are_unset_values() {
    let config = parse(&[("REDIS_URL", "  "), ("PORT", ""), ("LOG_FORMAT", " json ")]).unwrap();
    assert!(config.redis.is_none());
    assert_eq!(config.log.format, LogFormat::Json);
    assert!(faults(&[("DISCORD_BOT_TOKEN", " ")]).starts_with("DISCORD_BOT_TOKEN is not set"));
}

#[test]
fn no_secret_is_ever_printed() {
    let secrets = [
        ("DISCORD_BOT_TOKEN", "bot-token-s3cret"),
        ("DISCORD_CLIENT_SECRET", "client-s3cret"),
        ("DATABASE_URL", "postgres://user:db-s3cret@db.internal:5433/simlane?password=par-s3cret"),
        ("REDIS_URL", "rediss://:redis-s3cret@cache.internal:6380/2"),
        ("SECRET_KEY", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
        ("OPERATOR_TOKEN", "operator-s3cret-operator"),
    ];
    let config = parse(&secrets).unwrap();
    assert_eq!(config.database.expose(), secrets[2].1);
    assert_eq!(config.redis.as_ref().unwrap().expose(), secrets[3].1);
    let shown = format!(
        "{config:?} {config:#?} {} {} {:?}",
        config.database,
        config.redis.as_ref().unwrap(),
        config.secret_key.clone(),
    );
    assert!(shown.contains("db.internal:5433/simlane") && shown.contains("cache.internal:6380/2"), "{shown}");
    for leak in ["s3cret", "00112233", "0, 17, 34", "user:"] {
        assert!(!shown.contains(leak), "{leak} in {shown}");
    }
}

#[test]
fn no_fault_ever_prints_what_was_set() {
    let names = [
        "DISCORD_APPLICATION_ID",
        "DISCORD_PUBLIC_KEY",
        "DISCORD_BOT_TOKEN",
        "DISCORD_CLIENT_SECRET",
        "DISCORD_API_URL",
        "PUBLIC_URL",
        "DATABASE_URL",
        "REDIS_URL",
        "LISTEN_ADDR",
        "OPERATOR_ADDR",
        "PORT",
        "SECRET_KEY",
        "RUST_LOG",
        "LOG_FORMAT",
    ];
    for wrong in
        ["s3cret s3cret", "postgres://user:s3cret@/x", "redis://:s3cret@[", "https://s3cret@host/s3cret"]
    {
        let changes: Vec<_> = names.iter().map(|name| (*name, wrong)).collect();
        let faults = parse(&changes).unwrap_err();
        assert!(!format!("{faults} {faults:?}").contains("s3cret"), "{faults}");
    }
}

#[test]
fn a_secret_key_is_needed_off_this_machine() {
    for local in ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost"] {
        assert!(parse(&[("PUBLIC_URL", local)]).unwrap().secret_key.is_ephemeral(), "{local}");
    }
    assert_snapshot!(
        faults(&[("PUBLIC_URL", "https://simlane.example.com")]),
        @"SECRET_KEY is not set, but PUBLIC_URL is not this machine (for example SECRET_KEY=the output of: openssl rand -hex 32)"
    );
    let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let config = parse(&[("PUBLIC_URL", "https://simlane.example.com/bot/"), ("SECRET_KEY", key)]).unwrap();
    assert!(!config.secret_key.is_ephemeral() && config.hints().is_empty());
    assert_eq!(config.public_url.join("/install"), "https://simlane.example.com/bot/install");
}

#[test]
fn derived_keys_differ_by_purpose_and_by_key() {
    let one = SecretKey::from_bytes([1; 32]);
    let two = SecretKey::from_bytes([2; 32]);
    assert_eq!(one.derive("a"), one.derive("a"));
    assert_ne!(one.derive("a"), one.derive("b"));
    assert_ne!(one.derive("a"), two.derive("a"));
}

#[test]
fn port_overrides_the_public_listener_only() {
    let listeners = parse(&[("PORT", "3000"), ("LISTEN_ADDR", "[::]:8080")]).unwrap().listeners;
    assert_eq!(listeners.listen.to_string(), "[::]:3000");
    assert_eq!(listeners.operator.to_string(), "127.0.0.1:9090");
    assert!(listeners.operator_is_local());
    assert!(!parse(&[("OPERATOR_ADDR", "0.0.0.0:9091")]).unwrap().listeners.operator_is_local());
    assert!(parse(&[("LISTEN_ADDR", "localhost:0"), ("OPERATOR_ADDR", "localhost:0")]).is_ok());
    assert!(faults(&[("PORT", "9090")]).starts_with("OPERATOR_ADDR has the public listener's port"));
}

#[test]
fn split_roles_accept_shared_stores() {
    let shared = [("DATABASE_URL", "postgresql://localhost/simlane"), ("REDIS_URL", "redis://localhost")];
    let config = parse_as(Role::Web, &shared).unwrap();
    assert!(config.role.serves_web() && !config.role.runs_jobs());
    assert!(matches!(config.database, DatabaseUrl::Postgres(_)));
}

#[test]
fn sqlite_files_and_their_folders() {
    let folder = |url: &str| {
        let database = parse(&[("DATABASE_URL", url)]).unwrap().database;
        database.folder().map(|folder| folder.to_str().unwrap().to_owned())
    };
    assert_eq!(folder("sqlite:///data/simlane.db"), Some("/data".to_owned()));
    assert_eq!(folder("sqlite:simlane.db"), None);
    assert_eq!(folder("sqlite::memory:"), None);
    assert!(faults(&[("DATABASE_URL", "sqlite://")]).starts_with("DATABASE_URL names no SQLite file"));
}

#[test]
fn a_stand_in_for_discord() {
    let api = parse(&[("DISCORD_API_URL", "http://127.0.0.1:9000")]).unwrap().discord.api_url;
    assert_eq!(
        (api.as_str(), api.authority(), api.is_https()),
        ("http://127.0.0.1:9000", "127.0.0.1:9000", false)
    );
}

#[test]
fn the_operators_token_is_compared_whole() {
    let token = parse(&[("OPERATOR_TOKEN", "operator-s3cret-operator")]).unwrap().operator_token.unwrap();
    assert!(token.matches("operator-s3cret-operator"));
    assert!(!token.matches("operator-s3cret-operato") && !token.matches(""));
}

/// The example's lines, those that are commented out too.
fn example() -> HashMap<String, String> {
    let lines = include_str!("../../../.env.example").lines();
    let assignments = lines.map(|line| line.trim_start_matches('#')).filter_map(|line| line.split_once('='));
    let names = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    assignments.filter(|(name, _)| names(name)).map(|(name, value)| (name.into(), value.into())).collect()
}

#[test]
fn the_example_names_every_variable_with_its_default() {
    let asked = std::cell::RefCell::new(Vec::new());
    let note = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        None
    };
    let _ = Config::parse(Role::All, note, &Ids::seeded(1));
    let example = example();
    let mut named: Vec<_> = example.keys().cloned().collect();
    let mut asked = asked.into_inner();
    named.sort();
    asked.sort();
    assert_eq!(named, asked);

    let filled = environment(&[]);
    let lookup = |name: &str| filled.get(name).or_else(|| example.get(name)).cloned();
    let from_example = Config::parse(Role::All, lookup, &Ids::seeded(1)).unwrap();
    assert_eq!(format!("{from_example:?}"), format!("{:?}", parse(&[]).unwrap()));
}
