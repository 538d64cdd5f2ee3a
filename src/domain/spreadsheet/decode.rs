//! From the bytes of a file to its text.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1252};

use super::{Encoding, MAX_BYTES, SheetFault};

/// How workbooks begin: a ZIP archive (`.xlsx`, `.ods`, `.numbers`) and the compound file of old (`.xls`).
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// What stands for bytes that mean nothing.
const REPLACEMENT: char = '\u{fffd}';

/// The text of a file with `\n` at its line ends.
pub(super) fn decode(bytes: &[u8]) -> Result<(Encoding, String), SheetFault> {
    if bytes.len() > MAX_BYTES {
        return Err(SheetFault::TooLarge);
    }
    if WORKBOOKS.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(SheetFault::Workbook);
    }
    let (encoding, text, is_damaged) = read(bytes);
    if text.contains('\0') {
        return Err(SheetFault::Binary);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(at) = text.find(REPLACEMENT).filter(|_| is_damaged) {
        return Err(SheetFault::Damaged { line: text[..at].matches('\n').count() + 1 });
    }
    Ok((encoding, text))
}

/// The text, how it was encoded, and whether bytes of it were replaced.
fn read(bytes: &[u8]) -> (Encoding, Cow<'_, str>, bool) {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let (used, name) = match marked {
        Some(encoding) if encoding != UTF_8 => (encoding, Encoding::Utf16),
        None if !is_utf8(bytes) => (WINDOWS_1252, Encoding::Windows1252),
        _ => (UTF_8, Encoding::Utf8),
    };
    let (text, is_damaged) = used.decode_with_bom_removal(bytes);
    (name, text, is_damaged)
}

/// Whether a text is UTF-8, if perhaps damaged: by chance, other encodings hardly ever give several characters of it.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut fit, mut unfit) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        fit += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        unfit += usize::from(!chunk.invalid().is_empty());
    }
    unfit == 0 || fit > unfit
}
