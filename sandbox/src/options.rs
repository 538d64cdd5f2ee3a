//! What a sandbox is started with.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use simlane::base::clock::Clock;

/// What a sandbox is started with. `Options::default()` is a deterministic one on the machine's clock.
#[derive(Clone, Debug)]
pub struct Options {
    /// The time of everything: ids, rate limits, tokens, delays. Share it with the service under test.
    pub clock: Clock,
    /// Discord's OpenAPI description, to check every request against; the default is `DISCORD_OPENAPI` of the environment.
    pub openapi: Option<PathBuf>,
    /// What keys, tokens and other random values are derived from.
    pub seed: u64,
    /// Requests a second over all routes before a global 429; `None` for no such limit. Discord's is 50.
    pub global_per_second: Option<u32>,
    /// Multiplies the size of every route's rate-limit bucket, 1 being about what Discord has.
    pub bucket_factor: u32,
    /// Threads of a guild that can be active at once. Discord doesn't publish its own number.
    pub active_threads: usize,
    /// Whether the bot user's id differs from the application's, as it does for applications of before 2016.
    pub separate_bot_id: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            openapi: described(std::env::var_os("DISCORD_OPENAPI")),
            seed: 0,
            global_per_second: Some(50),
            bucket_factor: 1,
            active_threads: 1_000,
            separate_bot_id: false,
        }
    }
}

/// Where the description is, if the environment names it; a blank value names nothing. A relative path may be meant from the
/// workspace, while a package's tests run in the package.
fn described(named: Option<OsString>) -> Option<PathBuf> {
    let path = PathBuf::from(named.filter(|path| !path.is_empty())?);
    let workspace = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    Some(if path.exists() { path } else { workspace.join(path) })
}

impl Options {
    /// The default options on this clock.
    #[must_use]
    pub fn on(clock: Clock) -> Self {
        Self { clock, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_value_names_no_description() {
        assert_eq!(described(None), None);
        assert_eq!(described(Some(OsString::new())), None);
        assert!(described(Some("Cargo.toml".into())).is_some_and(|path| path.exists()));
    }
}
