//! Writing a roster as a spreadsheet that can be read again.

use super::RosterEntry;
use super::columns::join_aliases;
use super::entry::Field;
use crate::domain::spreadsheet::export_csv;

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
