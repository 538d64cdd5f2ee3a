//! From the text of a file to the cells of its rows.

use std::io::{Chain, Read};

use csv::{Reader, ReaderBuilder, StringRecord};

use super::export::unescape;

/// The separators to choose from. Of those that fit equally well the last is taken: a list of names alone has no
/// separator, but may have commas.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Put behind the text, in which it can't occur. A record that has more than this alone reached over the end of the file.
const END: &[u8] = b"\n\0\n";

/// The text of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// How many lines of the file stand before the text.
    above: usize,
    /// What stands between two cells, an ASCII character.
    separator: u8,
    text: String,
}

/// Cells between two separators each, as many as there happen to be.
pub(super) struct Record {
    /// The cells; `None` if a quote is never closed.
    cells: Option<StringRecord>,
    /// The line of the file that it begins on, from 1.
    pub(super) line: usize,
}

/// The records of a text that aren't empty.
pub(super) struct Records<'a> {
    body: &'a Body,
    reader: Reader<Chain<&'a [u8], &'static [u8]>>,
}

impl Body {
    /// The table in a text, under the separator that it declares, or else the one that fits best.
    pub(super) fn of(text: String, is_known: impl Fn(&str) -> bool) -> Self {
        if let Some((separator, rest)) = declared(&text) {
            return Self { above: 1, separator, text: rest.to_owned() };
        }
        let mut body = Self { above: 0, separator: b',', text };
        let best = SEPARATORS.into_iter().max_by_key(|separator| {
            body.separator = *separator;
            let headers = body.records().next();
            let cells = headers.iter().flat_map(|record| record.cells().into_iter().flatten());
            cells.fold((0, 0), |(known, all), header| (known + usize::from(is_known(header)), all + 1))
        });
        body.separator = best.unwrap_or(body.separator);
        body
    }

    pub(super) fn records(&self) -> Records<'_> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.separator);
        Records { body: self, reader: builder.from_reader(self.text.as_bytes().chain(END)) }
    }
}

impl Record {
    /// The cells up to the last that isn't empty; `None` if a quote is never closed.
    pub(super) fn cells(&self) -> Option<impl ExactSizeIterator<Item = &str>> {
        let cells = self.cells.as_ref()?;
        let last = (0..cells.len()).rfind(|at| !is_blank(&cells[*at]));
        Some((0..last.map_or(0, |last| last + 1)).map(|at| unescape(&cells[at])))
    }
}

impl Records<'_> {
    /// The line that the next record begins on. The reader stands before the empty lines that it is going to skip.
    fn line(&self) -> usize {
        let position = self.reader.position();
        let line = usize::try_from(position.line()).unwrap_or(usize::MAX);
        let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.body.text.as_bytes().get(at..).unwrap_or_default();
        self.body.above + line + rest.iter().take_while(|byte| **byte == b'\n').count()
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let mut cells = StringRecord::new();
        loop {
            let line = self.line();
            // The text is in memory and is UTF-8: there is no other error.
            if !self.reader.read_record(&mut cells).unwrap_or(false) || cells == ["\0"][..] {
                return None;
            }
            if cells.iter().any(|cell| cell.contains('\0')) {
                return Some(Record { cells: None, line });
            }
            if !cells.iter().all(is_blank) {
                return Some(Record { cells: Some(cells), line });
            }
        }
    }
}

fn is_blank(cell: &str) -> bool {
    unescape(cell).trim().is_empty()
}

/// The separator that a first line `sep=;` declares, and the text below.
fn declared(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    // A program that took it for a cell has put quotes around it, or separators behind it.
    let line = line.trim_start_matches('"');
    let is_declared = line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    let separator = line.as_bytes().get(4).copied().filter(|_| is_declared)?;
    let separates = separator == b'\t' || (separator.is_ascii_punctuation() && separator != b'"');
    separates.then_some((separator, rest))
}
