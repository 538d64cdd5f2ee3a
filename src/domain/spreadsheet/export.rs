//! Writing tables, and what has to be done to cells so that spreadsheet programs leave them alone.

use super::{MAX_BYTES, MAX_ROWS};

/// What tells a program that a text is UTF-8; without it Excel takes it for Windows-1252.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The most digits that spreadsheet programs keep of a number. Discord's ids have more.
const MAX_DIGITS: usize = 15;

/// A table as CSV that every spreadsheet program opens as it is meant: UTF-8 with a mark, commas, CRLF at line ends.
///
/// A cell that would be run as a formula, or be rounded as a number, gets a `'` before it, which
/// [`Sheet::read`](super::Sheet::read) takes off again.
/// See [OWASP/CSV Injection](https://owasp.org/www-community/attacks/CSV_Injection).
#[must_use]
pub fn export_csv<R>(headers: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut text = BYTE_ORDER_MARK.to_owned();
    write_row(headers, &mut text);
    for row in rows {
        write_row(row, &mut text);
    }
    text.into_bytes()
}

/// A table as [`export_csv`] writes it, in as many files as it takes for [`Sheet::read`](super::Sheet::read) to take each of them; at
/// least one.
#[must_use]
pub fn export_files<R>(headers: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<Vec<u8>>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut head = BYTE_ORDER_MARK.to_owned();
    write_row(headers, &mut head);
    let (mut files, mut text, mut written) = (Vec::new(), head.clone(), 0);
    for row in rows {
        let mut line = String::new();
        write_row(row, &mut line);
        if written == MAX_ROWS || (written > 0 && text.len() + line.len() > MAX_BYTES) {
            files.push(std::mem::replace(&mut text, head.clone()).into_bytes());
            written = 0;
        }
        text.push_str(&line);
        written += 1;
    }
    files.push(text.into_bytes());
    files
}

fn write_row(cells: impl IntoIterator<Item: AsRef<str>>, text: &mut String) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_cell(cell.as_ref(), text);
    }
    text.push_str("\r\n");
}

fn write_cell(cell: &str, text: &mut String) {
    let mark = if is_misread(cell) { "'" } else { "" };
    let needs_quotes = cell.contains([',', ';', '\t', '"', '\r', '\n']) || cell.trim() != cell;
    if needs_quotes {
        text.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
    } else {
        text.extend([mark, cell]);
    }
}

/// The cell without the mark that [`export_csv`] put before it.
pub(super) fn unescape(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_misread(rest)).unwrap_or(cell)
}

/// Whether a program would make something else of a cell. One that already has marks is no exception, so that no mark
/// is taken off that wasn't put on.
fn is_misread(cell: &str) -> bool {
    let content = cell.trim_start_matches('\'');
    let is_formula = content.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    is_formula || (content.len() > MAX_DIGITS && content.bytes().all(|byte| byte.is_ascii_digit()))
}
