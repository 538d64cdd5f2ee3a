//! A roster as a program sends it: a list in JSON, each entry of it checked as a line of a spreadsheet is.

use serde_json::{Map, Value};

use super::entry::{EntryFault, Field, RosterRow};
use super::lines::Lines;
use super::plan::Clash;
use super::{BadLine, LineFault, RosterLine};

/// The entries of a list. A line's number is an entry's place, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterList {
    /// The entries that name nobody, by place.
    pub bad: Vec<BadLine>,
    /// The people, by place; no two with one external id or one e-mail address.
    pub people: Vec<RosterLine>,
}

/// Something that is wrong with an entry, for whoever wrote the program that sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryError {
    /// What of it is wrong; `None` for the entry as a whole.
    pub field: Option<Field>,
    /// What is wrong. What it quotes stands between backticks and has none.
    pub why: String,
}

/// Reads the entries of a list. One that can't be taken stops no other. What an entry says besides the names of [`Field`] isn't read.
#[must_use]
pub fn read_list(entries: &[Value]) -> RosterList {
    let mut lines = Lines::default();
    for (line, entry) in (1..).zip(entries) {
        match entry {
            Value::Object(entry) => {
                let (row, wrong) = row(entry);
                lines.read_with(line, &row, wrong);
            }
            _ => lines.refuse(line, vec![LineFault::NoObject]),
        }
    }
    RosterList { bad: lines.bad, people: lines.people }
}

/// What an entry says, and what of it isn't even of the right kind.
fn row(entry: &Map<String, Value>) -> (RosterRow, Vec<EntryFault>) {
    let mut wrong = Vec::new();
    let mut text = |field: Field| match entry.get(field.name())? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        // A program that counts customers may write their number without quotes.
        Value::Number(number) if field == Field::IRacingId && number.is_u64() => Some(number.to_string()),
        _ => {
            wrong.push(EntryFault::Type(field));
            None
        }
    };
    let row = RosterRow {
        aliases: None,
        discord: text(Field::Discord),
        email: text(Field::Email),
        external_id: text(Field::ExternalId),
        iracing_id: text(Field::IRacingId),
        iracing_name: text(Field::IRacingName),
        name: text(Field::Name),
        timezone: text(Field::Timezone),
    };
    let aliases = match entry.get(Field::Aliases.name()) {
        None | Some(Value::Null) => Some(None),
        Some(Value::Array(all)) => texts(all).map(Some),
        Some(_) => None,
    };
    if aliases.is_none() {
        wrong.push(EntryFault::Type(Field::Aliases));
    }
    (RosterRow { aliases: aliases.flatten(), ..row }, wrong)
}

fn texts(all: &[Value]) -> Option<Vec<String>> {
    all.iter().map(|one| one.as_str().map(str::to_owned)).collect()
}

impl EntryError {
    /// What is wrong with an entry of a list.
    #[must_use]
    pub fn of_fault(fault: &LineFault) -> Self {
        match fault {
            LineFault::Entry(fault) => Self::new(fault.field(), of_field(fault)),
            LineFault::NoObject | LineFault::Row(_) => Self { field: None, why: fault.to_string() },
            LineFault::SameEmail { first } => Self::same(Field::Email, *first),
            LineFault::SameExternalId { first } => Self::same(Field::ExternalId, *first),
        }
    }

    /// Why it can't be told who an entry of a list is.
    #[must_use]
    pub fn of_clash(clash: &Clash) -> Self {
        match clash {
            Clash::OtherExternalId(_) | Clash::SharedEmail(_) => Self::new(Field::Email, clash.to_string()),
            Clash::OtherPerson { .. } => Self { field: None, why: clash.to_string() },
            Clash::SameEmail { first } => Self::same(Field::Email, *first),
            Clash::SameExternalId { first } => Self::same(Field::ExternalId, *first),
            Clash::SameIRacingId { first } => Self::same(Field::IRacingId, *first),
            Clash::SameName { first } => {
                let same = place(*first);
                let why =
                    format!("same as in {same}, and no external_id, email or iracing_id to tell them apart");
                Self::new(Field::Name, why)
            }
            Clash::SamePerson { other } => {
                Self { field: None, why: format!("same person as {}", place(*other)) }
            }
            Clash::SharedIRacingId(_) => Self::new(Field::IRacingId, clash.to_string()),
            Clash::SharedName(_) => Self::new(Field::Name, clash.to_string()),
        }
    }

    const fn new(field: Field, why: String) -> Self {
        Self { field: Some(field), why }
    }

    fn same(field: Field, first: usize) -> Self {
        Self::new(field, format!("same as in {}", place(first)))
    }
}

/// What is wrong with a field, where its name is said already.
fn of_field(fault: &EntryFault) -> String {
    match fault {
        EntryFault::Text { fault, .. } => fault.to_string(),
        other => other.to_string(),
    }
}

/// Where an entry stands, as programs count.
fn place(line: usize) -> String {
    format!("entry {}", line.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::domain::roster::RosterEntry;

    fn read(list: Value) -> RosterList {
        read_list(list.as_array().unwrap())
    }

    /// Every bad entry with all that is wrong with it.
    fn bad(list: Value) -> String {
        let shown = |bad: &BadLine| {
            let errors = bad.faults.iter().map(EntryError::of_fault);
            let errors = errors.map(|error| match error.field {
                Some(field) => format!("/{field}: {}", error.why),
                None => error.why,
            });
            format!("{} {}", bad.line - 1, errors.collect::<Vec<_>>().join("; "))
        };
        read(list).bad.iter().map(shown).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_whole_entry_is_read() {
        let list = read(json!([{
            "external_id": "u-7", "name": "Ana López", "email": "Ana@Example.com", "iracing_id": 123_456,
            "iracing_name": "Ana Lopez2", "discord": "@ana.races", "timezone": "europe/madrid", "aliases": ["Anita", "AL"],
            "car": "#7",
        }, { "iracing_name": "Bo Lind", "iracing_id": "7", "email": null, "name": "", "aliases": null }]));
        assert_eq!(list.bad, []);
        assert_eq!(list.people.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 2]);
        let ana = &list.people[0].entry;
        assert_eq!((ana.iracing_id.unwrap().get(), ana.aliases.len()), (123_456, 2));
        assert_eq!(list.people[1].entry.name.as_str(), "Bo Lind");
    }

    #[test]
    fn everything_that_is_wrong_is_said_of_each() {
        let list = json!([
            7,
            {},
            { "name": 7, "email": "ana@", "iracing_id": 1.5, "aliases": ["A", 2] },
            { "name": "Ana", "timezone": "Europe/Berlim", "discord": "@@" },
            { "external_id": "1", "name": "Bo", "email": "bo@example.com" },
            { "external_id": "1", "name": "Bo", "email": "Bo@Example.com" },
            { "external_id": "2", "name": "Cy", "email": "bo@example.com" },
            { "external_id": "1", "name": true },
            { "name": "x".repeat(1_000), "aliases": "Al" },
            { "name": "\u{0}\u{7}", "iracing_name": "\u{0}Dee\u{0}", "iracing_id": -1 },
        ]);
        insta::assert_snapshot!(bad(list), @"
        0 not an object
        1 /name: no name
        2 /iracing_id: not a whole number; /name: not a text; /aliases: not a list of texts; /email: `ana@` is not an e-mail address
        3 /discord: `@@` is not a Discord username or id (a display name belongs into `aliases`); /timezone: `Europe/Berlim` is not a time zone (perhaps Europe/Berlin, Europe/Rome or Europe/Dublin)
        5 /external_id: same as in entry 4
        6 /email: same as in entry 4
        7 /name: not a text; /external_id: same as in entry 4
        8 /aliases: not a list of texts; /name: 1000 characters, at most 80
        9 /iracing_id: not a whole number
        ");
    }

    #[test]
    fn what_can_not_be_seen_is_left_out() {
        let list =
            read(json!([{ "external_id": "\u{0}7", "name": "A\u{0}na", "aliases": ["\u{0}", "Al\u{0}"] }]));
        let entry = &list.people[0].entry;
        assert_eq!((entry.external_id.as_ref().unwrap().as_str(), entry.name.as_str()), ("7", "Ana"));
        assert_eq!(entry.aliases.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Al"]);
    }

    proptest! {
        #[test]
        fn an_entry_reads_as_it_does_alone(name in "\\PC{0,12}", email in "[a-z]{0,2}@?[a-z]{0,3}\\.?[a-z]{0,2}", id in 0_u64..9) {
            let entry = json!({ "name": name, "email": email, "iracing_id": id });
            let alone = serde_json::from_value::<RosterEntry>(entry.clone());
            let list = read_list(&[entry]);
            prop_assert_eq!(list.people.into_iter().map(|line| line.entry).next(), alone.ok());
        }
    }
}
