//! People whom a program brings, and what became of each.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::super::problem::{FieldError, Problem};
use crate::{
    domain::{
        id::UserId,
        roster::{MAX_ENTRIES, json::EntryError, preview::Counts},
    },
    service::{
        people::{Brought, Outcome},
        roster::Change,
    },
};

/// A person of the roster. What is null, empty or missing stays as it was; other fields aren’t read.
#[derive(Debug, ToSchema)]
#[schema(as = UserEntry)]
#[allow(dead_code, reason = "it is only described: entries are read one by one")]
pub(super) struct Entry {
    /// Other names that they go by, 20 at most.
    aliases: Option<Vec<String>>,
    /// Their Discord account: its id, or its username.
    #[schema(example = "ana.races")]
    discord: Option<String>,
    /// Their e-mail address.
    #[schema(example = "ana@example.com")]
    email: Option<String>,
    /// What your site calls them. Entries with the same are the same person.
    #[schema(example = "42")]
    external_id: Option<String>,
    /// Their customer id on iRacing.
    #[schema(example = 123_456, maximum = 4_294_967_295_i64, minimum = 1)]
    iracing_id: Option<u64>,
    /// Their name on iRacing. It is the name too where there is no other.
    iracing_name: Option<String>,
    /// Their name.
    #[schema(example = "Ana Pereira")]
    name: String,
    /// The IANA time zone that they live in.
    #[schema(example = "Europe/Lisbon")]
    timezone: Option<String>,
}

/// One person, a list of people, or an object with such a list.
#[derive(Debug, ToSchema)]
#[schema(as = UserEntries)]
#[serde(untagged)]
#[allow(dead_code, reason = "it is only described: entries are read one by one")]
pub(super) enum Body {
    /// A list.
    List(Vec<Entry>),
    /// An object with a list.
    Users {
        /// The list.
        users: Vec<Entry>,
    },
    /// One person.
    One(Entry),
}

/// The entries of a body, and where they stand in it.
pub(super) struct Entries {
    /// Where they stand.
    pub(super) base: Base,
    /// The entries.
    pub(super) values: Vec<Value>,
}

/// Where entries stand.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Base {
    /// The body is a list of them.
    List,
    /// The body is one.
    One,
    /// The body has a list of them.
    Users,
}

/// What became of people who were brought.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsersTaken)]
pub(super) struct Taken {
    /// How many came to what.
    counts: TakenCounts,
    /// What became of each entry, in their order.
    results: Vec<TakenResult>,
}

/// How many entries came to what.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TakenCounts {
    /// People of the roster who changed.
    changed: usize,
    /// People whom the club didn’t know.
    new: usize,
    /// People whom the club knew from Discord, and who are on its roster now.
    reconnected: usize,
    /// Entries that weren’t taken.
    refused: usize,
    /// People who stay as they were.
    unchanged: usize,
}

/// What became of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TakenResult {
    /// Everything that is wrong with it; missing where it was taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// What your site calls them, as it is kept.
    external_id: Option<String>,
    /// Its place among those that were sent, from 0.
    index: usize,
    /// What was done.
    result: Done,
    /// The person; null where it wasn’t taken.
    #[schema(value_type = Option<uuid::Uuid>)]
    user: Option<UserId>,
}

/// What was done about an entry.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UserResult)]
pub(super) enum Done {
    /// Somebody on the roster has changed.
    Changed,
    /// Somebody new is on the roster.
    New,
    /// Somebody known from Discord is on the roster.
    Reconnected,
    /// It wasn’t taken.
    Refused,
    /// Nothing: they were on the roster like that.
    Unchanged,
}

impl Entries {
    /// Finds the entries of a body.
    ///
    /// # Errors
    ///
    /// When it holds none, or too many.
    pub(super) fn read(body: Value) -> Result<Self, Problem> {
        let wrong = |at: &str, why: &str| Err(Problem::Invalid(vec![FieldError::new(at, why)]));
        let entries = match body {
            Value::Array(values) => Self { base: Base::List, values },
            Value::Object(mut body) => match body.remove("users") {
                None => Self { base: Base::One, values: vec![Value::Object(body)] },
                Some(Value::Array(values)) => Self { base: Base::Users, values },
                Some(_) => return wrong("/users", "Not a list. Send a list of people."),
            },
            _ => return wrong("", "Neither an object nor a list. Send one person, or a list of people."),
        };
        if entries.values.len() > MAX_ENTRIES {
            return wrong(entries.base.pointer(), "More than 50,000 people. Send them in parts.");
        }
        Ok(entries)
    }
}

impl Base {
    /// What became of entries that stand there.
    ///
    /// # Errors
    ///
    /// When none of them could be taken.
    pub(super) fn answer(self, brought: Brought) -> Result<Taken, Problem> {
        let all = brought.outcomes.len();
        let results: Vec<TakenResult> =
            (0..).zip(brought.outcomes).map(|(index, outcome)| self.result(index, outcome)).collect();
        let refused = results.iter().filter(|result| result.user.is_none()).count();
        if refused > 0 && refused == all {
            return Err(Problem::Invalid(results.into_iter().flat_map(|result| result.errors).collect()));
        }
        let Counts { changed, new, reconnected, unchanged } = brought.counts;
        Ok(Taken { counts: TakenCounts { changed, new, reconnected, refused, unchanged }, results })
    }

    fn result(self, index: usize, outcome: Outcome) -> TakenResult {
        let external_id = outcome.external_id.map(|id| id.to_string());
        let (errors, result, user) = match outcome.result {
            Ok(taken) => (Vec::new(), taken.change.into(), Some(taken.user)),
            Err(errors) => {
                let errors = errors.iter().map(|error| self.error(index, error)).collect();
                (errors, Done::Refused, None)
            }
        };
        TakenResult { errors, external_id, index, result, user }
    }

    fn error(self, index: usize, error: &EntryError) -> FieldError {
        let entry = if self == Self::One { String::new() } else { format!("{}/{index}", self.pointer()) };
        let field = error.field.map_or_else(String::new, |field| format!("/{field}"));
        FieldError::new(entry + &field, sentence(&error.why))
    }

    /// Where the list stands, as a JSON pointer.
    const fn pointer(self) -> &'static str {
        match self {
            Self::List | Self::One => "",
            Self::Users => "/users",
        }
    }
}

impl From<Change> for Done {
    fn from(change: Change) -> Self {
        match change {
            Change::Changed => Self::Changed,
            Change::New => Self::New,
            Change::Reconnected => Self::Reconnected,
            Change::Unchanged => Self::Unchanged,
        }
    }
}

/// A reason as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
