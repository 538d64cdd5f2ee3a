//! OAuth2: the authorize page, what people let the application do on it, and the tokens that come of that. See Discord
//! Docs/Topics/OAuth2.

mod ask;
mod consent;
mod decide;
mod grants;
mod page;
mod scope;
mod serve;
mod token;
mod user;

pub use consent::Consent;
pub(crate) use grants::Grants;
pub(crate) use serve::answer;
pub(crate) use token::{exchange, is_secret, revoke};
pub(crate) use user::{authorization, me};
