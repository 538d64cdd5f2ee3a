//! Writing a roster as a spreadsheet that can be read again.

use super::RosterEntry;
use super::columns::join_aliases;
use super::entry::Field;
use crate::domain::spreadsheet::{export_csv, export_files};

/// The columns, in the order of [`cells`].
const COLUMNS: [Field; 8] = [
    Field::ExternalId,
    Field::Name,
    Field::Email,
    Field::IRacingId,
    Field::IRacingName,
    Field::Discord,
    Field::Timezone,
    Field::Aliases,
];

/// The roster as a CSV file. [`read_roster`](super::read_roster) gives back the same entries.
#[must_use]
pub fn export_roster<'a>(entries: impl IntoIterator<Item = &'a RosterEntry>) -> Vec<u8> {
    export_csv(&COLUMNS.map(Field::name), entries.into_iter().map(cells))
}

/// What a list of members has beside the columns of a roster.
const ABOUT_MEMBERS: [&str; 6] =
    ["on_roster", "status", "roles", "discord_account", "discord_account_name", "matched"];

/// A member in a list. Of texts, an empty one says nothing.
#[derive(Clone, Debug)]
pub struct MemberRow<'a> {
    /// Their Discord account's id.
    pub account: String,
    /// Its username.
    pub account_name: &'a str,
    /// Who they are on the roster; of those who are on none, what an entry would say.
    pub entry: &'a RosterEntry,
    /// How the account came to be theirs, in words.
    pub matched: String,
    /// Whether a roster names them.
    pub on_roster: bool,
    /// Their roles in the club.
    pub roles: String,
    /// Where they stand, in a word.
    pub status: &'a str,
}

/// Members as CSV files, the rest in the next where one gets too long. [`read_roster`](super::read_roster) gives back the entries of
/// those who are on the roster.
#[must_use]
pub fn export_members<'a>(rows: impl IntoIterator<Item = MemberRow<'a>>) -> Vec<Vec<u8>> {
    let headers: Vec<&str> = COLUMNS.map(Field::name).into_iter().chain(ABOUT_MEMBERS).collect();
    let row = |row: MemberRow<'a>| {
        let on_roster = if row.on_roster { "yes" } else { "no" };
        let about = [
            on_roster.to_owned(),
            row.status.to_owned(),
            row.roles,
            row.account,
            row.account_name.to_owned(),
            row.matched,
        ];
        cells(row.entry).into_iter().chain(about)
    };
    export_files(&headers, rows.into_iter().map(row))
}

fn cells(entry: &RosterEntry) -> [String; 8] {
    let aliases: Vec<&str> = entry.aliases.iter().map(|alias| alias.as_str()).collect();
    [
        shown(entry.external_id.as_ref()),
        entry.name.to_string(),
        shown(entry.email.as_ref()),
        shown(entry.iracing_id.as_ref()),
        shown(entry.iracing_name.as_ref()),
        shown(entry.discord.as_ref()),
        shown(entry.zone.as_ref()),
        join_aliases(&aliases),
    ]
}

fn shown(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
