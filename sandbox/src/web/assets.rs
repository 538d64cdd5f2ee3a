//! The files that the page is made with, in the binary.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// Name, type and content of each.
const ASSETS: [(&str, &str, &str); 4] = [
    ("page.js", "text/javascript; charset=utf-8", include_str!("../../assets/page.js")),
    ("turbo.js", "text/javascript; charset=utf-8", include_str!("../../assets/turbo.js")),
    ("style.css", "text/css; charset=utf-8", include_str!("../../assets/style.css")),
    ("icon.svg", "image/svg+xml", include_str!("../../assets/icon.svg")),
];

/// `GET /assets/{name}`
pub(super) async fn get(Path(name): Path<String>) -> Response {
    let found = ASSETS.iter().find(|(known, ..)| *known == name);
    match found {
        Some((_, kind, content)) => {
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "no-cache")], *content).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
