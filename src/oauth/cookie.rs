//! The cookie that tells one browser from another while somebody is on their way.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::base::ids::Ids;

/// How long a browser keeps it, in seconds: as long as two passes last, for the way to Discord and for a yes after it.
const MAX_AGE: u32 = 1_200;
/// As many characters as [`Ids::token`] gives.
const LENGTH: usize = 32;

/// How the cookie is called, and whether it goes over TLS alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cookies {
    secure: bool,
}

impl Cookies {
    /// The cookies of a service whose public address begins with `https`, or doesn't.
    pub(super) const fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// A browser takes a name that begins with `__Host-` only from this very host and over TLS.
    const fn name(self) -> &'static str {
        if self.secure { "__Host-simlane" } else { "simlane" }
    }

    /// What the browser brought, if it is one of ours.
    pub(super) fn read(self, headers: &HeaderMap) -> Option<String> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let ours =
            |value: &str| value.len() == LENGTH && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
        pairs.find(|(name, value)| *name == self.name() && ours(value)).map(|(_, value)| value.to_owned())
    }

    /// The browser's cookie, or a fresh one, and the header that makes it stay.
    pub(super) fn keep(self, headers: &HeaderMap, ids: &Ids) -> (String, HeaderMap) {
        let cookie = self.read(headers).unwrap_or_else(|| ids.token());
        let secure = if self.secure { "; Secure" } else { "" };
        let set =
            format!("{}={cookie}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}", self.name());
        let set = HeaderValue::try_from(set).ok().map(|value| (header::SET_COOKIE, value));
        (cookie, set.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn with(cookie: &str) -> HeaderMap {
        [(header::COOKIE, HeaderValue::try_from(cookie).unwrap())].into_iter().collect()
    }

    #[test]
    fn a_browser_keeps_its_cookie() {
        let (cookies, ids) = (Cookies::new(true), Ids::seeded(1));
        let (fresh, set) = cookies.keep(&HeaderMap::new(), &ids);
        let set = set[header::SET_COOKIE].to_str().unwrap();
        assert_eq!(
            set,
            format!("__Host-simlane={fresh}; Path=/; Max-Age=1200; HttpOnly; SameSite=Lax; Secure")
        );
        let again = with(&format!("other=1; __Host-simlane={fresh}"));
        assert_eq!(cookies.keep(&again, &ids).0, fresh);
        assert_eq!(cookies.read(&with("__Host-simlane=short")), None);
        assert_eq!(Cookies::new(false).read(&again), None, "another name");
    }
}
