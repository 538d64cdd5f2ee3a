//! E-mail addresses, in the form in which they are compared.

use std::fmt;
use std::str::FromStr;

use email_address::EmailAddress;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Host;

use super::text;

/// The longest address in bytes, by [RFC 5321, 4.5.3.1.3](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3).
const LONGEST: usize = 254;

/// An e-mail address: NFC, in lower case, its domain in ASCII. Two that are equal are one mailbox.
///
/// It has neither white space nor control characters nor quotes, so that no header breaks on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// What was typed is no e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{typed}` is not an e-mail address")]
pub struct NotEmail {
    /// The beginning of it, fit to be shown.
    pub typed: String,
}

impl Email {
    /// Reads an address. Case is set aside before the `@` too: no mail service that people use tells mailboxes apart by it.
    ///
    /// # Errors
    /// When it is none that mail can be sent to over the internet: a name without a domain, an IP address, a local host.
    pub fn parse(typed: &str) -> Result<Self, NotEmail> {
        read(typed).map(Self).ok_or_else(|| NotEmail { typed: text::excerpt(typed) })
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn read(typed: &str) -> Option<String> {
    if typed.len() > 4 * LONGEST {
        return None;
    }
    let address = text::clean(&text::clean(typed).to_lowercase());
    let (mailbox, domain) = address.rsplit_once('@')?;
    let Host::Domain(domain) = Host::parse(domain).ok()? else { return None };
    let is_mailbox = !mailbox.contains('"') && EmailAddress::is_valid_local_part(mailbox);
    let is_domain = domain.contains('.') && EmailAddress::is_valid_domain(&domain);
    let address = format!("{mailbox}@{domain}");
    (is_mailbox && is_domain && address.len() <= LONGEST).then_some(address)
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = NotEmail;

    fn from_str(typed: &str) -> Result<Self, NotEmail> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for Email {
    type Error = NotEmail;

    fn try_from(typed: String) -> Result<Self, NotEmail> {
        Self::parse(&typed)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_have_one_form() {
        for (typed, address) in [
            (" Ana.Lopez+Sim@Example.COM\u{a0}", "ana.lopez+sim@example.com"),
            ("jose\u{301}@example.com", "josé@example.com"),
            ("racer@MÜLLER.example", "racer@xn--mller-kva.example"),
            ("racer@xn--mller-kva.example", "racer@xn--mller-kva.example"),
            ("\u{feff}a_b'c@mail.example.co.uk\u{200b}", "a_b'c@mail.example.co.uk"),
        ] {
            assert_eq!(Email::parse(typed).unwrap().as_str(), address, "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "x".repeat(65));
        let longer = format!("x@{}com", "abcdefghi.".repeat(30));
        for typed in [
            "",
            "foo",
            "foo@",
            "@example.com",
            "foo@localhost",
            "foo@127.0.0.1",
            "foo@[127.0.0.1]",
            "foo@[::1]",
            "foo@example..com",
            "foo@example.com.",
            "foo@-example.com",
            ".foo@example.com",
            "foo..bar@example.com",
            "foo bar@example.com",
            "\"foo bar\"@example.com",
            "Foo <foo@example.com>",
            "foo@example.com, bar@example.com",
            "foo@example.com\r\nBcc: bar@example.com",
            "foo\nbar@example.com",
            "foo@bar@example.com",
            &long,
            &longer,
            &"@".repeat(100_000),
        ] {
            assert!(Email::parse(typed).is_err(), "{typed:?}");
        }
        assert_eq!(Email::parse("fo`o@").unwrap_err().to_string(), "`fo'o@` is not an e-mail address");
    }

    #[test]
    fn an_address_is_a_string_in_json() {
        let email: Email = serde_json::from_str(r#""A@Example.com""#).unwrap();
        assert_eq!(serde_json::to_string(&email).unwrap(), r#""a@example.com""#);
    }

    proptest! {
        #[test]
        fn what_was_parsed_parses_to_itself(typed in prop_oneof![any::<String>(), "\\PC{1,8}@\\PC{1,5}\\.[a-z]{2}"]) {
            if let Ok(email) = Email::parse(&typed) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
                prop_assert!(!email.as_str().contains(|c: char| c.is_whitespace() || c.is_control()));
            }
        }
    }
}
