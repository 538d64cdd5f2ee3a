//! What importing a roster would come to, for people to read.

use serde::{Deserialize, Serialize};

use super::{
    RosterFile, RosterLine,
    plan::{Plan, Step, Verdict},
};
use crate::domain::spreadsheet::Encoding;

/// What importing a file would come to.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Preview {
    /// The lines that aren't taken, by line.
    pub bad: Vec<BadRow>,
    /// What becomes of the others.
    pub counts: Counts,
    /// The headers that mean nothing here, fit to be shown.
    pub ignored: Vec<String>,
    /// Whether the file's encoding was guessed.
    pub is_guess: bool,
    /// How many people of the club's roster aren't in the file.
    pub missing: usize,
}

/// How many entries come to what.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Counts {
    /// People of the roster who change.
    pub changed: usize,
    /// People whom the club doesn't know.
    pub new: usize,
    /// People whom the club knows from Discord, and who get on its roster.
    pub reconnected: usize,
    /// People of the roster who stay as they are.
    pub unchanged: usize,
}

/// A line that isn't taken.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct BadRow {
    /// The line of the file that it begins on, from 1.
    pub line: usize,
    /// Every reason. What it quotes stands between backticks.
    pub why: String,
}

impl Preview {
    /// What a file that is planned to be imported would come to.
    #[must_use]
    pub fn of(file: &RosterFile, plan: &Plan) -> Self {
        let unreadable = file.bad.iter().map(|bad| {
            let faults: Vec<String> = bad.faults.iter().map(ToString::to_string).collect();
            BadRow { line: bad.line, why: faults.join("; ") }
        });
        let mut bad: Vec<BadRow> = unreadable.chain(clashes(&file.people, plan)).collect();
        bad.sort_by_key(|row| row.line);
        Self {
            bad,
            counts: plan.verdicts.iter().collect(),
            ignored: file.ignored.clone(),
            is_guess: file.encoding == Encoding::Windows1252,
            missing: plan.missing,
        }
    }
}

/// The lines of which it can't be told who they are.
pub fn clashes<'p>(lines: &'p [RosterLine], plan: &'p Plan) -> impl Iterator<Item = BadRow> {
    let clash = |(line, verdict): (&RosterLine, &Verdict)| {
        let clash = verdict.as_ref().err()?;
        Some(BadRow { line: line.line, why: clash.to_string() })
    };
    lines.iter().zip(&plan.verdicts).filter_map(clash)
}

impl Counts {
    /// How many entries change anything.
    #[must_use]
    pub const fn written(&self) -> usize {
        self.changed + self.new + self.reconnected
    }

    /// The counts of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            changed: self.changed + other.changed,
            new: self.new + other.new,
            reconnected: self.reconnected + other.reconnected,
            unchanged: self.unchanged + other.unchanged,
        }
    }
}

impl<'v> FromIterator<&'v Verdict> for Counts {
    fn from_iter<T: IntoIterator<Item = &'v Verdict>>(verdicts: T) -> Self {
        let mut counts = Self::default();
        for step in verdicts.into_iter().flatten() {
            match step {
                Step::Change(_) => counts.changed += 1,
                Step::Create => counts.new += 1,
                Step::Keep(_) => counts.unchanged += 1,
                Step::Reconnect { .. } => counts.reconnected += 1,
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::HashMap;

    use super::*;
    use crate::domain::roster::{
        plan::{Known, plan},
        read_roster,
    };

    #[test]
    fn what_is_bad_stands_in_the_order_of_the_file() {
        let file = b"name,email,Car\nAna,ana@example.com,7\nBo,bo@,8\nCy,,9\nCy,,9\nDee,ana@example.com,1\n";
        let file = read_roster(file).unwrap();
        let plan = plan(&Known { people: &[], proven: &HashMap::new() }, &file.people);
        let preview = Preview::of(&file, &plan);
        let bad: Vec<String> = preview.bad.iter().map(|row| format!("{}: {}", row.line, row.why)).collect();
        insta::assert_snapshot!(bad.join("\n"), @"
        3: `bo@` is not an e-mail address
        5: same name as line 4, and no external_id, e-mail or iracing_id to tell them apart
        6: same e-mail as line 2
        ");
        assert_eq!((preview.counts.new, preview.counts.written()), (2, 2));
        assert_eq!((preview.ignored, preview.is_guess, preview.missing), (vec!["Car".to_owned()], false, 0));
    }
}
