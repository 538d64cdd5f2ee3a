//! Tables as spreadsheet programs write them to text files and read them again.
//!
//! CSV has no one form: the encoding, the separator and the line ends depend on the program, and on the country that it
//! runs in. [`Sheet::read`] takes what Excel, LibreOffice, Numbers and Google Sheets write; [`export_csv`] writes what
//! they open as it is meant.

mod decode;
mod export;
mod records;
#[cfg(test)]
mod tests;

use std::fmt;

use thiserror::Error;

pub use self::export::{export_csv, export_files};
use self::records::{Body, Record};

/// The largest file, in bytes: 5 MiB.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// The most columns.
const MAX_COLUMNS: usize = 200;

/// The most rows below the headers, empty ones aside.
pub const MAX_ROWS: usize = 50_000;

/// A table with headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    body: Body,
    /// How the text was encoded.
    pub encoding: Encoding,
    /// The cells of the first row that isn't empty, up to the last that isn't.
    pub headers: Vec<String>,
}

/// A row below the headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The cells, up to the last that isn't empty; at most as many as there are headers.
    pub cells: Result<Vec<String>, RowFault>,
    /// The line of the file that it begins on, from 1. It goes on below where a quoted cell has several lines.
    pub line: usize,
}

/// Why a row can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RowFault {
    /// A quote is opened and the file ends before it is closed.
    #[error("a quote opens here and is never closed")]
    OpenQuote,
    /// There are cells beyond the last header's column.
    #[error("{cells} cells under {headers} headers (put quotes around a cell that has the separator in it)")]
    TooManyCells {
        /// How many, up to the last that isn't empty.
        cells: usize,
        /// How many headers there are.
        headers: usize,
    },
}

/// How a text was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// With a byte order mark, or without one.
    Utf8,
    /// With a byte order mark: "Unicode text".
    Utf16,
    /// What Windows programs write in western Europe and America when they aren't asked.
    Windows1252,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SheetFault {
    /// Bytes that no text has.
    #[error("the file is not a text file; save the table as CSV and upload that")]
    Binary,
    /// Text with bytes in it that don't belong to its encoding.
    #[error("line {line} has damaged characters; save the file again as \"CSV UTF-8\"")]
    Damaged {
        /// The first line that has, from 1.
        line: usize,
    },
    /// Nothing, or nothing but white space and separators.
    #[error("the file is empty")]
    Empty,
    /// The headers have a quote that isn't closed.
    #[error("line {line}: {fault}", fault = RowFault::OpenQuote)]
    OpenQuote {
        /// The line of the headers, from 1.
        line: usize,
    },
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than {} MiB; split it", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// More than [`MAX_ROWS`].
    #[error("the file has more than {},{:03} lines; split it", MAX_ROWS / 1000, MAX_ROWS % 1000)]
    TooLong,
    /// More than 200 columns.
    #[error("the file has more than {MAX_COLUMNS} columns; delete those that aren't needed")]
    TooWide,
    /// A spreadsheet program's own format.
    #[error("the file is a workbook; open it, save it as CSV and upload that")]
    Workbook,
}

impl Sheet {
    /// Reads a file.
    ///
    /// The separator is the one that the first line declares (`sep=;`, as Excel has it), else that under which most
    /// headers are known, then that which gives most of them.
    ///
    /// # Errors
    /// When the file as a whole can't be read. Rows that can't are in their places.
    pub fn read(bytes: &[u8], is_known: impl Fn(&str) -> bool) -> Result<Self, SheetFault> {
        let (encoding, text) = decode::decode(bytes)?;
        if text.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';')) {
            return Err(SheetFault::Empty);
        }
        let body = Body::of(text, is_known);
        let mut records = body.records();
        let first = records.next().ok_or(SheetFault::Empty)?;
        let headers = first.cells().ok_or(SheetFault::OpenQuote { line: first.line })?;
        if headers.len() > MAX_COLUMNS {
            return Err(SheetFault::TooWide);
        }
        let headers = headers.map(str::to_owned).collect();
        if records.take(MAX_ROWS + 1).count() > MAX_ROWS {
            return Err(SheetFault::TooLong);
        }
        Ok(Self { body, encoding, headers })
    }

    /// The rows below the headers that aren't empty, in their order. Each is read when it is asked for: a few megabytes
    /// may have millions of cells.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.body.records().skip(1).map(|record| Row::below(&self.headers, &record))
    }
}

impl Row {
    fn below(headers: &[String], record: &Record) -> Self {
        let cells = record.cells().ok_or(RowFault::OpenQuote).and_then(|cells| {
            if cells.len() > headers.len() {
                return Err(RowFault::TooManyCells { cells: cells.len(), headers: headers.len() });
            }
            Ok(cells.map(str::to_owned).collect())
        });
        Self { cells, line: record.line }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        })
    }
}
