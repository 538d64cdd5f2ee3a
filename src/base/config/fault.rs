//! What is wrong with the environment.

use std::fmt;

/// One value that is missing or malformed.
///
/// It never holds the value itself: that may be a secret, or a secret pasted into the wrong line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The variable's name.
    pub name: &'static str,
    /// What is wrong, to follow the name: "is not set".
    pub problem: String,
    /// A value that would be accepted.
    pub example: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} (for example {}={})", self.name, self.problem, self.name, self.example)
    }
}

/// Every fault of an environment, in the order in which the variables are read; prints as one line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let line_end = if at == 0 { "" } else { "\n" };
            write!(f, "{line_end}{fault}")?;
        }
        Ok(())
    }
}
