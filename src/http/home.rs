//! `GET /`: what this is, for people who follow the address.

use axum::{
    http::header,
    response::{Html, IntoResponse},
};

/// Nothing but this page's own style may load or run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = r#"<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simlane on Discord</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; }
h1 { line-height: 1.2; }
</style>
</head>
<body>
<main>
<h1>Simlane on Discord</h1>
<p>A Discord app that runs a sim racing club's endurance events: sign-ups, channels and announcements, from slash commands
and buttons.</p>
<p>Already in your server? Type <code>/help</code> there.</p>
</main>
</body>
</html>
"#;

/// Shows the page.
pub(super) async fn show() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Html(PAGE))
}
