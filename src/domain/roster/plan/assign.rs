//! Which line is which person: by what can't be mistaken first, each person once.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Clash, combined};
use crate::domain::{
    email::Email,
    iracing_id::IRacingId,
    member::Member,
    name::{ExternalId, PersonName},
    roster::{RosterEntry, RosterLine},
};

/// Whom a line names: one of the roster, or nobody yet.
pub(super) type Found = Result<Option<usize>, Clash>;

/// Tells of every line which person of the roster it is, by index.
pub(super) fn assign(roster: &[&Member], lines: &[RosterLine]) -> Vec<Found> {
    let mut assigning = Assigning::new(roster, lines);
    assigning.refuse_repeats();
    assigning.by_external_id();
    assigning.keep_emails_apart();
    assigning.each(Assigning::by_email);
    assigning.each(Assigning::by_iracing_id);
    assigning.each(Assigning::by_bare_name);
    assigning.each(Assigning::by_name);
    assigning.found.into_iter().map(|found| found.unwrap_or(Ok(None))).collect()
}

struct Assigning<'a> {
    /// What is decided; `None` while it isn't.
    found: Vec<Option<Found>>,
    lines: &'a [RosterLine],
    roster: &'a [&'a Member],
    /// Which line has a person of the roster.
    taken: HashMap<usize, usize>,
    lines_by: LinesBy<'a>,
    people_by: PeopleBy<'a>,
}

/// The lines, by what occurs in them.
struct LinesBy<'a> {
    email: HashMap<&'a Email, Vec<usize>>,
    external_id: HashMap<&'a ExternalId, Vec<usize>>,
    iracing_id: HashMap<IRacingId, Vec<usize>>,
    name: HashMap<&'a PersonName, Vec<usize>>,
}

/// The people of the roster, by what is known of them.
struct PeopleBy<'a> {
    email: HashMap<&'a Email, Vec<usize>>,
    external_id: HashMap<&'a ExternalId, Vec<usize>>,
    iracing_id: HashMap<IRacingId, Vec<usize>>,
    /// Only those without external id and address.
    name: HashMap<&'a PersonName, Vec<usize>>,
}

impl<'a> Assigning<'a> {
    fn new(roster: &'a [&'a Member], lines: &'a [RosterLine]) -> Self {
        let entries = || lines.iter().map(|line| &line.entry);
        let people = || roster.iter().map(|member| &member.entry);
        Self {
            found: vec![None; lines.len()],
            lines,
            lines_by: LinesBy {
                email: group(entries(), |entry| entry.email.as_ref()),
                external_id: group(entries(), |entry| entry.external_id.as_ref()),
                iracing_id: group(entries(), |entry| entry.iracing_id),
                name: group(entries(), |entry| Some(&entry.name)),
            },
            people_by: PeopleBy {
                email: group(people(), |entry| entry.email.as_ref()),
                external_id: group(people(), |entry| entry.external_id.as_ref()),
                iracing_id: group(people(), |entry| entry.iracing_id),
                name: group(people(), |entry| is_keyless(entry).then_some(&entry.name)),
            },
            roster,
            taken: HashMap::new(),
        }
    }

    /// Decides on the lines that are open still.
    fn each(&mut self, decide: impl Fn(&Self, &RosterEntry) -> Option<Found>) {
        for at in 0..self.lines.len() {
            if self.found[at].is_none() {
                self.found[at] = decide(self, &self.lines[at].entry).map(|found| self.take(at, found));
            }
        }
    }

    /// Gives a person to a line, unless another one has them.
    fn take(&mut self, at: usize, found: Found) -> Found {
        let Some(person) = found? else { return Ok(None) };
        let holder = *self.taken.entry(person).or_insert(at);
        if holder == at {
            Ok(Some(person))
        } else {
            Err(Clash::SamePerson { other: self.lines[holder].line })
        }
    }

    fn refuse_repeats(&mut self) {
        for at in 0..self.lines.len() {
            self.found[at] = self.repeats(at).map(Err);
        }
    }

    /// The earlier line of which this one says the same.
    fn repeats(&self, at: usize) -> Option<Clash> {
        let entry = &self.lines[at].entry;
        let earlier = |lines: Option<&Vec<usize>>| {
            let first = *lines?.first()?;
            (first < at).then(|| self.lines[first].line)
        };
        let by = &self.lines_by;
        if let Some(first) = entry.external_id.as_ref().and_then(|id| earlier(by.external_id.get(id))) {
            return Some(Clash::SameExternalId { first });
        }
        if let Some(first) = entry.email.as_ref().and_then(|email| earlier(by.email.get(email))) {
            return Some(Clash::SameEmail { first });
        }
        if !is_keyless(entry) {
            return None;
        }
        if let Some(iracing_id) = entry.iracing_id {
            return earlier(by.iracing_id.get(&iracing_id)).map(|first| Clash::SameIRacingId { first });
        }
        let bare = |other: &&usize| **other < at && is_bare(&self.lines[**other].entry);
        let first = by.name.get(&entry.name)?.iter().find(bare)?;
        Some(Clash::SameName { first: self.lines[*first].line })
    }

    fn by_external_id(&mut self) {
        let people = std::mem::take(&mut self.people_by.external_id);
        self.each(|_, entry| {
            let person = people.get(entry.external_id.as_ref()?)?.first()?;
            Some(Ok(Some(*person)))
        });
    }

    /// Refuses the lines that would give somebody the address of somebody else, who keeps it. Whoever's own line has another address
    /// for them doesn't keep it, so that addresses may pass on, and be exchanged.
    fn keep_emails_apart(&mut self) {
        let mut open: Vec<usize> = (0..self.lines.len()).rev().collect();
        while let Some(at) = open.pop() {
            let (Some(Ok(Some(person))), Some(email)) = (&self.found[at], &self.lines[at].entry.email) else {
                continue;
            };
            let person = *person;
            let Some(other) = self.owners(email).find(|owner| *owner != person) else { continue };
            let (by_id, by_email) =
                (self.roster[person].entry.name.clone(), self.roster[other].entry.name.clone());
            self.found[at] = Some(Err(Clash::OtherPerson { by_email, by_id }));
            self.taken.remove(&person);
            // They keep their address now, which another line may have counted on.
            let kept = self.roster[person].entry.email.as_ref();
            open.extend(kept.and_then(|email| self.lines_by.email.get(email)).into_iter().flatten());
        }
    }

    /// The people who have an address, and keep it.
    fn owners(&self, email: &Email) -> impl Iterator<Item = usize> {
        let leaves = move |person: &usize| {
            let line = self.taken.get(person).map(|line| &self.lines[*line].entry);
            line.and_then(|entry| entry.email.as_ref()).is_some_and(|other| other != email)
        };
        self.people_by.email.get(email).into_iter().flatten().copied().filter(move |person| !leaves(person))
    }

    fn by_email(&self, entry: &RosterEntry) -> Option<Found> {
        let owners: Vec<usize> = self.owners(entry.email.as_ref()?).collect();
        match owners.as_slice() {
            [] => None,
            [owner] => match (&entry.external_id, &self.roster[*owner].entry.external_id) {
                (Some(_), Some(other)) => Some(Err(Clash::OtherExternalId(other.clone()))),
                _ => Some(Ok(Some(*owner))),
            },
            owners => Some(Err(Clash::SharedEmail(owners.len()))),
        }
    }

    /// An iRacing id of several lines says nothing of those that have better.
    fn by_iracing_id(&self, entry: &RosterEntry) -> Option<Found> {
        let id = entry.iracing_id?;
        if !is_keyless(entry) && self.lines_by.iracing_id.get(&id).is_none_or(|lines| lines.len() > 1) {
            return None;
        }
        let people = self.free(self.people_by.iracing_id.get(&id));
        let people: Vec<usize> =
            people.filter(|person| !differ(&self.roster[*person].entry, entry)).collect();
        match people.as_slice() {
            [] => None,
            [person] => Some(Ok(Some(*person))),
            people => Some(Err(Clash::SharedIRacingId(people.len()))),
        }
    }

    /// Of somebody who is nothing but a name, the name has to do.
    fn by_bare_name(&self, entry: &RosterEntry) -> Option<Found> {
        if !is_bare(entry) {
            return None;
        }
        let people: Vec<usize> = self.free(self.people_by.name.get(&entry.name)).collect();
        let same = |person: &&usize| {
            let known = &self.roster[**person].entry;
            combined(known, entry) == *known && known.iracing_id.is_none()
        };
        match people.as_slice() {
            [] => None,
            [person] => Some(Ok(Some(*person))),
            people => match people.iter().filter(same).collect::<Vec<_>>().as_slice() {
                [person] => Some(Ok(Some(**person))),
                _ => Some(Err(Clash::SharedName(people.len()))),
            },
        }
    }

    /// A line that says more than is known gives it to whoever has its name, if there is no other such line or person.
    fn by_name(&self, entry: &RosterEntry) -> Option<Found> {
        if self.lines_by.name.get(&entry.name).is_none_or(|lines| lines.len() > 1) {
            return None;
        }
        let people: Vec<usize> = self.free(self.people_by.name.get(&entry.name)).collect();
        let [person] = people.as_slice() else { return None };
        let known = self.roster[*person].entry.iracing_id;
        let differs = known.zip(entry.iracing_id).is_some_and(|(known, said)| known != said);
        (!differs && !self.is_disputed(*person)).then_some(Ok(Some(*person)))
    }

    /// Whether a line may mean that person or another by their iRacing id. A guess here would decide it there the next time.
    fn is_disputed(&self, person: usize) -> bool {
        let id = self.roster[person].entry.iracing_id;
        let mut lines = id.and_then(|id| self.lines_by.iracing_id.get(&id)).into_iter().flatten();
        lines.any(|line| matches!(self.found[*line], Some(Err(Clash::SharedIRacingId(_)))))
    }

    fn free(&self, people: Option<&'a Vec<usize>>) -> impl Iterator<Item = usize> {
        people.into_iter().flatten().copied().filter(|person| !self.taken.contains_key(person))
    }
}

/// Where each value of `key` occurs.
fn group<'e, K: Eq + Hash>(
    entries: impl Iterator<Item = &'e RosterEntry>,
    key: impl Fn(&'e RosterEntry) -> Option<K>,
) -> HashMap<K, Vec<usize>> {
    let mut groups: HashMap<K, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.enumerate() {
        if let Some(key) = key(entry) {
            groups.entry(key).or_default().push(at);
        }
    }
    groups
}

/// Whether nothing is said by which somebody could be told from everybody else.
const fn is_keyless(entry: &RosterEntry) -> bool {
    entry.external_id.is_none() && entry.email.is_none()
}

/// Whether there is nothing but a name to know somebody by.
const fn is_bare(entry: &RosterEntry) -> bool {
    is_keyless(entry) && entry.iracing_id.is_none()
}

/// Whether two can't be the same, as both say what the other contradicts.
fn differ(one: &RosterEntry, other: &RosterEntry) -> bool {
    let external_id = one.external_id.as_ref().zip(other.external_id.as_ref());
    let email = one.email.as_ref().zip(other.email.as_ref());
    external_id.is_some_and(|(one, other)| one != other) || email.is_some_and(|(one, other)| one != other)
}
