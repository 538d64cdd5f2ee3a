#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Result<Sheet, SheetFault> {
    Sheet::read(bytes, |header| matches!(header, "name" | "email"))
}

/// The cells of all rows with their lines.
fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
    read(bytes).unwrap().rows().map(|row| (row.line, row.cells.unwrap())).collect()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The text in every encoding that programs write.
fn encoded(text: &str) -> Vec<(Encoding, Vec<u8>)> {
    let utf16 =
        |swap: fn(u16) -> [u8; 2]| [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(swap).collect();
    let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!lost);
    vec![
        (Encoding::Utf8, text.as_bytes().to_vec()),
        (Encoding::Utf8, format!("\u{feff}{text}").into_bytes()),
        (Encoding::Utf16, utf16(u16::to_le_bytes)),
        (Encoding::Utf16, utf16(u16::to_be_bytes)),
        (Encoding::Windows1252, windows.into_owned()),
    ]
}

#[test]
fn every_encoding_goes_with_every_separator_and_line_end() {
    let table = "name|email\nJosé “Pepe” Núñez|j@example.com\n\"Zoë\nGroß\"|\"a|b \"\"c\"\"\"\n";
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = table.replace('|', separator).replace('\n', end);
            for (encoding, bytes) in encoded(&text) {
                let sheet = read(&bytes).unwrap();
                let case = format!("{separator:?} {end:?} {encoding}");
                assert_eq!(
                    (sheet.encoding, sheet.headers),
                    (encoding, strings(&["name", "email"])),
                    "{case}"
                );
                let quoted = format!("a{separator}b \"c\"");
                let expected = [
                    (2, strings(&["José “Pepe” Núñez", "j@example.com"])),
                    (3, strings(&["Zoë\nGroß", &quoted])),
                ];
                assert_eq!(rows(&bytes), expected, "{case}");
            }
        }
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let text = "\n\nname;email\n\n\"a\n\nb\";1\n;\n  ; \nc;\"2\n\"\n\n\n\"\nd\"\ne";
    let lines: Vec<usize> = rows(text.as_bytes()).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [5, 10, 14, 16]);
    assert_eq!(rows(text.replace('\n', "\r\n").as_bytes()), rows(text.as_bytes()));
}

#[test]
fn a_declared_separator_counts() {
    for first in ["sep=;", "SEP=;", "\"sep=;\"", "sep=;;;"] {
        let text = format!("{first}\r\nname,email;x\r\na,b;c\r\n");
        assert_eq!(rows(text.as_bytes()), [(3, strings(&["a,b", "c"]))], "{first}");
    }
    assert_eq!(rows(b"sep=\t\nname\temail\na\tb"), [(3, strings(&["a", "b"]))]);
    assert_eq!(read(b"sep=;"), Err(SheetFault::Empty));
}

#[test]
fn the_separator_is_the_one_that_makes_sense_of_the_headers() {
    assert_eq!(rows(b"name;last, first, middle\nx;y"), [(2, strings(&["x", "y"]))]);
    assert_eq!(rows(b"name\nDoe, John; Esq."), [(2, strings(&["Doe, John; Esq."]))]);
    assert_eq!(rows(b"who;where;when, why\na;b;c"), [(2, strings(&["a", "b", "c"]))]);
}

#[test]
fn rows_may_be_shorter_than_the_headers_but_not_longer() {
    let sheet = read(b"name,email,x,,\na\nb,c,d,,\ne,,,f,\n").unwrap();
    let cells: Vec<_> = sheet.rows().map(|row| row.cells).collect();
    let too_many = RowFault::TooManyCells { cells: 4, headers: 3 };
    assert_eq!(cells, [Ok(strings(&["a"])), Ok(strings(&["b", "c", "d"])), Err(too_many)]);
}

#[test]
fn a_quote_that_is_never_closed_is_found_where_it_opens() {
    let sheet = read(b"name,email\na,b\nc,\"d\ne,f\n").unwrap();
    let last = Row { cells: Err(RowFault::OpenQuote), line: 3 };
    assert_eq!(sheet.rows().skip(1).collect::<Vec<_>>(), [last]);
    assert_eq!(read(b"\n\"name,email\na,b\n"), Err(SheetFault::OpenQuote { line: 2 }));
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let huge = vec![b'a'; MAX_BYTES + 1];
    let long = "x\n".repeat(MAX_ROWS + 2);
    let wide = "x,".repeat(MAX_COLUMNS) + "x";
    let files: [(&str, &[u8]); 13] = [
        ("nothing", b""),
        ("a mark alone", b"\xef\xbb\xbf"),
        ("white space", b" \r\n\t\n"),
        ("separators", b";;;\n;;;\n"),
        (".xlsx", b"PK\x03\x04\x14\0\x06\0"),
        (".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("a NUL", b"name\na\0b\n"),
        ("UTF-16 without a mark", b"n\0a\0m\0e\0\n\0"),
        ("too large", &huge),
        ("too long", long.as_bytes()),
        ("too wide", wide.as_bytes()),
        ("damaged UTF-8", "name\nJosé Núñez\nZo\u{e9}".as_bytes().strip_suffix(b"\xa9").unwrap()),
    ];
    let faults: Vec<String> =
        files.iter().map(|(what, bytes)| format!("{what}: {}", read(bytes).unwrap_err())).collect();
    insta::assert_snapshot!(faults.join("\n"), @r#"
    nothing: the file is empty
    a mark alone: the file is empty
    white space: the file is empty
    separators: the file is empty
    .xlsx: the file is a workbook; open it, save it as CSV and upload that
    .xls: the file is a workbook; open it, save it as CSV and upload that
    a picture: the file is not a text file; save the table as CSV and upload that
    a NUL: the file is not a text file; save the table as CSV and upload that
    UTF-16 without a mark: the file is not a text file; save the table as CSV and upload that
    too large: the file is larger than 5 MiB; split it
    too long: the file has more than 50,000 lines; split it
    too wide: the file has more than 200 columns; delete those that aren't needed
    damaged UTF-8: line 3 has damaged characters; save the file again as "CSV UTF-8"
    "#);
    assert_eq!(read(b"\xef\xbb\xbfname\r\na\r\n\xff"), Err(SheetFault::Damaged { line: 3 }));
    assert_eq!(read(b"\xff\xfen\0\n\0\0\xd8"), Err(SheetFault::Damaged { line: 2 }));
}

#[test]
fn the_largest_file_is_still_read() {
    let text = format!("name\n{}", "x\n".repeat(MAX_ROWS));
    assert_eq!(rows(text.as_bytes()).len(), MAX_ROWS);
}

#[test]
fn cells_are_kept_from_being_run_or_rounded() {
    let cells = [
        "=1+1",
        "+1",
        "-1",
        "@ana",
        "\t=1",
        "\r=1",
        "＝1",
        "'=1",
        "'ana",
        "175928847299117063",
        "123456789012345",
        "a,b",
        "say \"hi\"",
        " a ",
        "two\nlines",
        "",
    ];
    let file = String::from_utf8(export_csv(&["name"], cells.iter().map(|cell| [cell]))).unwrap();
    insta::assert_debug_snapshot!(file.split("\r\n").collect::<Vec<_>>(), @r#"
    [
        "\u{feff}name",
        "'=1+1",
        "'+1",
        "'-1",
        "'@ana",
        "\"'\t=1\"",
        "\"'\r=1\"",
        "'＝1",
        "''=1",
        "'ana",
        "'175928847299117063",
        "123456789012345",
        "\"a,b\"",
        "\"say \"\"hi\"\"\"",
        "\" a \"",
        "\"two\nlines\"",
        "",
        "",
    ]
    "#);
}

/// Two cells in one text; the second may be left out if nothing of it can be seen.
fn joined(row: &[String]) -> String {
    let second = row.get(1).filter(|cell| !cell.trim().is_empty()).map_or("", String::as_str);
    format!("{}|{second}", row[0])
}

proptest! {
    #[test]
    fn what_was_exported_is_read_again(table in vec(vec("[='+@\\-\t\n\",;a0é\u{ff1d} -]{0,20}", 2), 1..8)) {
        // Rows in which nothing can be seen are no rows.
        let is_kept = |row: &&Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
        let expected: Vec<String> = table.iter().filter(is_kept).map(|row| joined(row)).collect();
        let bytes = export_csv(&["name", "email"], &table);
        let sheet = read(&bytes).unwrap();
        let found: Vec<String> = sheet.rows().map(|row| joined(&row.cells.unwrap())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_counted_whatever_the_cells_hold(cells in vec("[a\n,;\" ]{0,6}", 0..8)) {
        let mut text = "name,email\n".to_owned();
        let mut expected = Vec::new();
        for cell in &cells {
            expected.push(text.matches('\n').count() + 1);
            text.push_str(&format!("x,\"{}\"\n\n", cell.replace('"', "\"\"")));
        }
        let lines: Vec<usize> = rows(text.as_bytes()).into_iter().map(|(line, _)| line).collect();
        prop_assert_eq!(lines, expected);
    }

    #[test]
    fn no_file_is_too_odd(bytes in prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(prop::sample::select(b"name,;\t\n\r\"'=\xff\xfe\xef\xbb\xbf\xc3\xa9\0".to_vec()), 0..60),
    ]) {
        if let Ok(sheet) = read(&bytes) {
            prop_assert!(!sheet.headers.is_empty());
            let lines: Vec<usize> = sheet.rows().map(|row| row.line).collect();
            prop_assert!(lines.is_sorted_by(|a, b| a < b));
        }
    }
}
