//! Something went wrong on our side.

use super::message::Body;

/// Says so, with the reference under which the log has it: 8 capital letters and digits.
#[must_use]
pub fn error(reference: &str) -> Body {
    Body::plain(format!(
        "Something went wrong on our side; it isn't your fault. Please try again in a minute. If it happens again, tell \
         whoever runs this app the reference `{reference}`.",
    ))
}

/// A form that couldn't be opened in time; nothing changed.
#[must_use]
pub fn slow() -> Body {
    Body::plain("That took too long, and nothing changed. Please press it once more.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::testing::{check, render};

    #[test]
    fn an_error_tells_its_reference_and_nothing_else() {
        let body = error("ABCD1234");
        check(&body);
        check(&slow());
        assert!(render(body.components()).contains("`ABCD1234`"));
    }
}
