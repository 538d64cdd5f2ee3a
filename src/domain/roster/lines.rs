//! The lines of a roster, each held against those above it.

use std::collections::HashMap;

use super::entry::{EntryFault, Field, RosterRow};
use super::{BadLine, LineFault, RosterLine};
use crate::domain::email::Email;
use crate::domain::name::ExternalId;
use crate::domain::zone::{UnknownZone, Zone};

/// How many different bad time zones are guessed at. Guessing at one in every line of a long file would take minutes.
const GUESSES: usize = 20;

/// What has been read so far.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) bad: Vec<BadLine>,
    emails: HashMap<Email, usize>,
    external_ids: HashMap<ExternalId, usize>,
    pub(super) people: Vec<RosterLine>,
    zones: Zones,
}

impl Lines {
    /// Reads a line. One that is bad isn't what a later one with the same e-mail address repeats.
    pub(super) fn read(&mut self, line: usize, row: &RosterRow) {
        self.read_with(line, row, Vec::new());
    }

    /// The same for a line of which something was left out, as it is of the wrong kind.
    pub(super) fn read_with(&mut self, line: usize, row: &RosterRow, mut wrong: Vec<EntryFault>) {
        match row.read_with(|typed| self.zones.parse(typed)) {
            Ok(entry) if wrong.is_empty() => {
                let repeats = self.repeats(entry.external_id.as_ref(), entry.email.as_ref());
                if !repeats.is_empty() {
                    return self.refuse(line, repeats);
                }
                self.external_ids.extend(entry.external_id.clone().map(|id| (id, line)));
                self.emails.extend(entry.email.clone().map(|email| (email, line)));
                self.people.push(RosterLine { entry, line });
            }
            read => {
                let is_named = wrong.iter().any(|fault| fault.field() == Field::Name);
                let faults = read.err().unwrap_or_default().into_iter();
                wrong.extend(faults.filter(|fault| !is_named || *fault != EntryFault::NoName));
                let external_id = row.external_id.as_deref().and_then(|typed| typed.parse().ok());
                let email = row.email.as_deref().and_then(|typed| typed.parse().ok());
                let repeats = self.repeats(external_id.as_ref(), email.as_ref());
                self.refuse(line, wrong.into_iter().map(LineFault::from).chain(repeats).collect());
            }
        }
    }

    /// Notes a line that can't be taken.
    pub(super) fn refuse(&mut self, line: usize, faults: Vec<LineFault>) {
        self.bad.push(BadLine { faults, line });
    }

    /// The lines above that have the same external id or e-mail address; only once the line that has both.
    fn repeats(&self, external_id: Option<&ExternalId>, email: Option<&Email>) -> Vec<LineFault> {
        let by_id = external_id.and_then(|id| self.external_ids.get(id)).copied();
        let by_email = email.and_then(|email| self.emails.get(email)).copied();
        let by_email = by_email.filter(|first| by_id != Some(*first));
        let by_id = by_id.map(|first| LineFault::SameExternalId { first });
        by_id.into_iter().chain(by_email.map(|first| LineFault::SameEmail { first })).collect()
    }
}

/// The time zones that were looked up; a club has few, but says them in every line.
#[derive(Default)]
struct Zones {
    guessed: usize,
    known: HashMap<String, Result<Zone, UnknownZone>>,
}

impl Zones {
    fn parse(&mut self, typed: &str) -> Result<Zone, UnknownZone> {
        if let Some(known) = self.known.get(typed) {
            return known.clone();
        }
        let found = match Zone::find(typed) {
            Some(zone) => Ok(zone),
            None if self.guessed < GUESSES => {
                self.guessed += 1;
                Zone::parse(typed)
            }
            None => Err(UnknownZone { typed: typed.trim().to_owned(), near: Vec::new() }),
        };
        self.known.insert(typed.to_owned(), found.clone());
        found
    }
}
