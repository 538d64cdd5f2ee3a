//! Everything that the views' tests draw, for a page of pictures: `cargo run -p sandbox -- gallery` reads it.

use serde_json::{Value, json};

/// Prints a body or a form on a line of its own, with the test that drew it, where the environment has `GALLERY`.
pub(super) fn keep(kind: &str, body: &Value) {
    if std::env::var_os("GALLERY").is_some() {
        let test = std::thread::current().name().unwrap_or_default().to_owned();
        println!("{}", json!({ "gallery": kind, "test": test, "body": body }));
    }
}
