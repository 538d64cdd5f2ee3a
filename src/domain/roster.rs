//! A club's roster: who belongs to it, as a spreadsheet or the club's site says.

mod columns;
mod entry;
mod export;
pub mod json;
mod lines;
pub mod plan;
pub mod preview;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::discord_handle::DiscordHandle;
use super::email::Email;
use super::iracing_id::IRacingId;
use super::name::{ExternalId, PersonName};
use super::spreadsheet::{Encoding, MAX_ROWS, RowFault, Sheet, SheetFault};
use super::text;
use super::zone::Zone;

pub use self::entry::{EntryFault, EntryFaults, Field, MAX_ALIASES, RosterRow};
pub use self::export::{MemberRow, export_members, export_roster};
use self::{columns::Layout, lines::Lines};

/// The most people that are brought at once.
pub const MAX_ENTRIES: usize = MAX_ROWS;

/// How many headers a fault of the file names.
const HEADERS_NAMED: usize = 12;

/// A person on a roster.
///
/// In JSON it is an object with the names of [`Field`]; what is `null`, empty or missing is `None`. Everything is checked
/// on its way in, and the error names every field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RosterRow")]
pub struct RosterEntry {
    /// What the club's site, or whoever keeps the roster, calls them. Entries with the same are the same person.
    pub external_id: Option<ExternalId>,
    /// Their name.
    pub name: PersonName,
    /// Their e-mail address.
    pub email: Option<Email>,
    /// Their customer id on iRacing.
    pub iracing_id: Option<IRacingId>,
    /// Their name on iRacing.
    pub iracing_name: Option<PersonName>,
    /// Who they are on Discord.
    pub discord: Option<DiscordHandle>,
    /// The zone that they live in.
    #[serde(rename = "timezone")]
    pub zone: Option<Zone>,
    /// Other names that they go by, each once; at most [`MAX_ALIASES`].
    pub aliases: Vec<PersonName>,
}

/// A roster as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFile {
    /// The lines that name nobody, by line.
    pub bad: Vec<BadLine>,
    /// How the file was encoded. Only Windows-1252 is a guess.
    pub encoding: Encoding,
    /// The headers that mean nothing here, cut to be shown; what is below them is not read.
    pub ignored: Vec<String>,
    /// The people, by line; no two with one external id or one e-mail address.
    pub people: Vec<RosterLine>,
}

/// A person and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterLine {
    /// The person.
    pub entry: RosterEntry,
    /// The line of the file that they begin on, from 1.
    pub line: usize,
}

/// A line that can't be taken, with every reason.
///
/// What it quotes of the file stands between backticks and is one short line without any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// What is wrong, at least one thing.
    pub faults: Vec<LineFault>,
    /// The line of the file that it begins on, from 1.
    pub line: usize,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LineFault {
    /// A cell isn't what its column is for.
    #[error(transparent)]
    Entry(#[from] EntryFault),
    /// In JSON, something that says nothing of a person.
    #[error("not an object")]
    NoObject,
    /// The line can't be told apart into cells.
    #[error(transparent)]
    Row(#[from] RowFault),
    /// A line above has the same e-mail address, even if under another external id.
    #[error("same e-mail as line {first}")]
    SameEmail {
        /// That line.
        first: usize,
    },
    /// A line above has the same external id.
    #[error("same external_id as line {first}")]
    SameExternalId {
        /// That line.
        first: usize,
    },
}

/// Why a file is no roster.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RosterFault {
    /// There is nobody below the headers.
    #[error("the file has headers and nobody below them")]
    Nobody,
    /// No column has names.
    #[error("no column is called `name`. The first line has to say what is below; it says {}", Headers(.0))]
    NoNames(Vec<String>),
    /// It is no table.
    #[error(transparent)]
    Sheet(#[from] SheetFault),
}

/// Some headers, each between backticks.
struct Headers<'a>(&'a [String]);

/// Reads a roster from the bytes of a CSV file, whatever program wrote it.
///
/// Columns are known by their headers, in any order and case, in the words that people use for them in English, German,
/// Spanish and French. A first and a last name make a name, and without either the name on iRacing is taken. Whoever is said not to be
/// on the roster, as [`export_members`] says it of those who are only in the club's server, is left out.
///
/// # Errors
/// When nobody can be read from the file. A line that can't be taken stops no other; it is among [`RosterFile::bad`].
pub fn read_roster(bytes: &[u8]) -> Result<RosterFile, RosterFault> {
    let sheet = Sheet::read(bytes, columns::is_known)?;
    let layout = Layout::of(&sheet.headers);
    if !layout.has_names() {
        return Err(RosterFault::NoNames(excerpts(&sheet.headers)));
    }
    let mut lines = Lines::default();
    for row in sheet.rows() {
        match row.cells {
            Ok(cells) if layout.is_left_out(&cells) => {}
            Ok(cells) => lines.read(row.line, &layout.row(&cells)),
            Err(fault) => lines.refuse(row.line, vec![fault.into()]),
        }
    }
    if lines.people.is_empty() && lines.bad.is_empty() {
        return Err(RosterFault::Nobody);
    }
    let ignored = excerpts(&layout.ignored());
    Ok(RosterFile { bad: lines.bad, encoding: sheet.encoding, ignored, people: lines.people })
}

/// Texts fit to be shown, without those that show nothing.
fn excerpts(texts: &[impl AsRef<str>]) -> Vec<String> {
    texts.iter().map(|text| text::excerpt(text.as_ref())).filter(|text| !text.is_empty()).collect()
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        for (at, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        for (at, header) in self.0.iter().take(HEADERS_NAMED).enumerate() {
            write!(f, "{}`{header}`", if at == 0 { "" } else { ", " })?;
        }
        match self.0.len().checked_sub(HEADERS_NAMED) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, " and {more} more"),
        }
    }
}
