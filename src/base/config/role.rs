//! Which parts of the service a process runs.

use std::fmt;

/// The `--role` of `simlane serve`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Everything in one process.
    #[default]
    All,
    /// Answers HTTP: interactions, pages, the API.
    Web,
    /// Runs jobs and ticks.
    Worker,
}

impl Role {
    /// Whether this process answers the public address.
    #[must_use]
    pub const fn serves_web(self) -> bool {
        matches!(self, Self::All | Self::Web)
    }

    /// Whether this process runs jobs and ticks.
    #[must_use]
    pub const fn runs_jobs(self) -> bool {
        matches!(self, Self::All | Self::Worker)
    }

    /// Whether other processes do the rest, so that database and queue must be shared.
    #[must_use]
    pub const fn is_split(self) -> bool {
        !matches!(self, Self::All)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "all",
            Self::Web => "web",
            Self::Worker => "worker",
        })
    }
}
