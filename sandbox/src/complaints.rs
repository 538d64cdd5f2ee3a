//! What the real Discord would not have liked.

use std::fmt;

use jiff::Timestamp;

/// Something that the service under test did and the real Discord, or its documentation, would not have liked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// When it happened, on the sandbox's clock.
    pub at: Timestamp,
    /// What was done, such as `POST /channels/{channel_id}/messages`.
    pub about: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}: {}", self.at, self.about, self.what)
    }
}
