#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::spreadsheet::MAX_ROWS;

fn names(text: &str) -> Vec<String> {
    read_roster(text.as_bytes()).unwrap().people.into_iter().map(|line| line.entry.name.to_string()).collect()
}

/// The first person of a file.
fn first(text: &str) -> RosterEntry {
    let mut file = read_roster(text.as_bytes()).unwrap();
    assert_eq!(file.bad, []);
    file.people.remove(0).entry
}

fn aliases(cell: &str) -> Vec<String> {
    let entry = first(&format!("name,aliases\nAna,\"{cell}\"\n"));
    entry.aliases.iter().map(ToString::to_string).collect()
}

/// Every bad line as it is shown.
fn bad(text: &str) -> String {
    let file = read_roster(text.as_bytes()).unwrap();
    file.bad.iter().fold(String::new(), |shown, line| shown + &line.to_string() + "\n")
}

#[test]
fn a_whole_line_is_read() {
    let text = "External ID;NAME;e-mail;iRacing-ID;iracing name;Discord;Time zone;Aliases;Car\r\n\
                u-7;Ana López;Ana@Example.com;123456;Ana Lopez2;@ana.races;europe/madrid;\"Anita; AL\";#7\r\n";
    let file = read_roster(text.as_bytes()).unwrap();
    assert_eq!((file.bad, file.ignored), (vec![], vec!["Car".to_owned()]));
    insta::assert_json_snapshot!(file.people, @r#"
    [
      {
        "entry": {
          "external_id": "u-7",
          "name": "Ana López",
          "email": "ana@example.com",
          "iracing_id": 123456,
          "iracing_name": "Ana Lopez2",
          "discord": "ana.races",
          "timezone": "Europe/Madrid",
          "aliases": [
            "Anita",
            "AL"
          ]
        },
        "line": 2
      }
    ]
    "#);
}

#[test]
fn an_old_file_from_a_windows_program_is_read() {
    let text = "Mitgliedsnummer;Vorname;Nachname;E-Mail-Adresse;Zeitzone\r\n7;Jörg;Groß;j@example.com;Europe/Berlin\r\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let file = read_roster(&bytes).unwrap();
    assert_eq!(file.encoding, Encoding::Windows1252);
    assert_eq!(file.people[0].entry.name.as_str(), "Jörg Groß");
    assert_eq!(file.people[0].line, 2);
}

#[test]
fn headers_are_known_in_the_words_that_people_use() {
    for header in
        ["name", " NAME ", "Full_Name", "Fahrer", "Nombre completo", "Nom", "Iracing Name", "Prénom"]
    {
        assert_eq!(names(&format!("{header}\nAna")), ["Ana"], "{header}");
    }
    for header in ["E-mail", "EMAIL address", "e_mail", "E-Mail-Adresse", "Correo electrónico", "Courriel"] {
        assert!(first(&format!("name,{header}\nAna,a@example.com")).email.is_some(), "{header}");
    }
    for header in ["iRacing ID", "Customer ID", "cust_id", "iRacing-Kundennummer", "Numéro client"] {
        assert!(first(&format!("name,{header}\nAna,5")).iracing_id.is_some(), "{header}");
    }
    for header in ["Discord name", "Discord-ID", "discord", "Usuario de Discord", "Pseudo Discord"] {
        assert!(first(&format!("name,{header}\nAna,ana")).discord.is_some(), "{header}");
    }
    for header in ["Time zone", "timezone", "TZ", "Zeitzone", "Zona horaria", "Fuseau horaire"] {
        assert!(first(&format!("name,{header}\nAna,UTC")).zone.is_some(), "{header}");
    }
}

#[test]
fn names_are_put_together_from_their_parts() {
    let cases = [
        ("First name,Last name", "Ana,López", "Ana López"),
        ("Nachname,Vorname", "Groß,Jörg", "Jörg Groß"),
        ("Nom,Prénom", "Dupont,Zoé", "Zoé Dupont"),
        ("Nombre,Apellidos", "Ana,López Gil", "Ana López Gil"),
        ("Name,First name,Last name", "Ana López,Ana,López", "Ana López"),
        ("iRacing name,Name", "Ana Lopez2,", "Ana Lopez2"),
        ("Driver,Name", "ana_races,Ana López", "Ana López"),
        ("Driver,Name", "ana_races,", "ana_races"),
    ];
    for (headers, cells, name) in cases {
        assert_eq!(names(&format!("{headers}\n{cells}")), [name], "{headers}: {cells}");
    }
}

#[test]
fn aliases_are_told_apart_by_the_strongest_separator() {
    assert_eq!(aliases("AL, Anita ,, al,"), ["AL", "Anita"]);
    assert_eq!(aliases("Lopez, Ana; AL"), ["Lopez, Ana", "AL"]);
    assert_eq!(aliases("Lopez, Ana; x | AL"), ["Lopez, Ana; x", "AL"]);
    assert_eq!(aliases("Ana | GT3\nAL"), ["Ana | GT3", "AL"]);
}

#[test]
fn every_bad_line_is_named_with_every_reason() {
    let long = "x".repeat(81);
    let many: Vec<String> = (0..21).map(|alias| alias.to_string()).collect();
    let text = format!(
        "external_id,name,email,iracing_id,iracing_name,discord,timezone,aliases\n\
         1,Ana,ana@example.com,1,,ana,UTC,\n\
         2,Ben,foo@,12a,,Ben Smith,CET,\n\
         ,,,,,,,x\n\
         3,{long},,,{long},1.75929E+17,nowhere,{long}\n\
         \"4\n\",Cid,ANA@EXAMPLE.COM,,,,,\n\
         1,Dan,,,,,,\n\
         1,Ana,ana@example.com,,,,,\n\
         5,Eve,bar,,,,,{}\n\
         2,Ben,ben@example.com,,,,,\n\
         6,Fay,fay@example.com,,,,,one,two\n\
         1,Gus,ben@example.com,0,,,,\n\
         7,`Hal`,`@everyone`,,,,\"Europe/\n`Berln`\",\n\
         8,\"Ida,,,,,,\n",
        many.join(";")
    );
    insta::assert_snapshot!(bad(&text), @"
    line 3: `foo@` is not an e-mail address; `12a` is not an iRacing customer id, a whole number such as 123456; `Ben Smith` is not a Discord username or id (a display name belongs into `aliases`); `CET` is not a time zone (perhaps Europe/Berlin, Europe/Paris or Europe/Madrid)
    line 4: no name
    line 5: name has 81 characters, at most 80; iracing_name has 81 characters, at most 80; `1.75929E+17` is an id that the spreadsheet has rounded (format the column as text and enter it again); `nowhere` is not a time zone (it needs a name such as Europe/Berlin); the alias `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 81 characters, at most 80
    line 6: same e-mail as line 2
    line 8: same external_id as line 2
    line 9: same external_id as line 2
    line 10: `bar` is not an e-mail address; more than 20 aliases
    line 12: 9 cells under 8 headers (put quotes around a cell that has the separator in it)
    line 13: `0` is not an iRacing customer id, a whole number such as 123456; same external_id as line 2; same e-mail as line 11
    line 14: `'@everyone'` is not an e-mail address; `Europe/ 'Berln'` is not a time zone (perhaps Europe/Berlin, Europe/Dublin or Europe/Belfast)
    line 16: a quote opens here and is never closed
    ");
    let kept: Vec<usize> =
        read_roster(text.as_bytes()).unwrap().people.iter().map(|line| line.line).collect();
    assert_eq!(kept, [2, 11]);
}

#[test]
fn a_file_that_is_no_roster_says_why() {
    let mut table = String::new();
    let wide: Vec<String> = (0..20).map(|at| format!("column {at}")).collect();
    for text in [
        "",
        "name;email\n",
        "E-mail;iRacing ID;;Te`am\na@example.com;5\n",
        "email\n",
        "PK\u{3}\u{4}",
        &wide.join(","),
    ] {
        writeln!(table, "{}", read_roster(text.as_bytes()).unwrap_err()).unwrap();
    }
    insta::assert_snapshot!(table, @"
    the file is empty
    the file has headers and nobody below them
    no column is called `name`. The first line has to say what is below; it says `E-mail`, `iRacing ID`, `Te'am`
    no column is called `name`. The first line has to say what is below; it says `email`
    the file is a workbook; open it, save it as CSV and upload that
    no column is called `name`. The first line has to say what is below; it says `column 0`, `column 1`, `column 2`, `column 3`, `column 4`, `column 5`, `column 6`, `column 7`, `column 8`, `column 9`, `column 10`, `column 11` and 8 more
    ");
}

#[test]
fn bad_zones_are_guessed_at_only_so_often() {
    let lines: String =
        (0..30).map(|line| format!("Ana {line},Europe/Berln{}\n", "x".repeat(line % 25))).collect();
    let file = read_roster(format!("name,timezone\n{lines}").as_bytes()).unwrap();
    let offers = |line: &&BadLine| matches!(&line.faults[..], [LineFault::Entry(EntryFault::Zone(zone))] if !zone.near.is_empty());
    // The last five are those of the first five again.
    assert_eq!(file.bad.iter().filter(offers).count(), 25);
}

#[test]
fn the_longest_roster_is_read() {
    let lines: String = (0..MAX_ROWS).map(|line| format!("{line},p{line}@example.com\n")).collect();
    let file = read_roster(format!("name,email\n{lines}").as_bytes()).unwrap();
    assert_eq!((file.people.len(), file.bad.len()), (MAX_ROWS, 0));
}

#[test]
fn json_is_checked_like_a_spreadsheet() {
    let entry: RosterEntry = serde_json::from_value(json!({
        "external_id": "u-7", "name": " Ana  López ", "email": "Ana@Example.com", "iracing_id": 123_456,
        "discord": "175928847299117063", "timezone": "Europe/Madrid", "aliases": ["AL", "al"], "more": true,
    }))
    .unwrap();
    insta::assert_json_snapshot!(entry, @r#"
    {
      "external_id": "u-7",
      "name": "Ana López",
      "email": "ana@example.com",
      "iracing_id": 123456,
      "iracing_name": null,
      "discord": "175928847299117063",
      "timezone": "Europe/Madrid",
      "aliases": [
        "AL"
      ]
    }
    "#);
    let least: RosterEntry =
        serde_json::from_value(json!({ "name": "Ana", "email": null, "discord": "", "aliases": null }))
            .unwrap();
    assert_eq!((&least.email, &least.discord, least.aliases.len()), (&None, &None, 0));

    let refused = |value| serde_json::from_value::<RosterEntry>(value).unwrap_err().to_string();
    let faults = [
        refused(
            json!({ "email": "foo@", "timezone": "Europe/Berln", "iracing_id": "x", "aliases": ["x".repeat(81)] }),
        ),
        refused(json!({ "name": "Ana", "iracing_id": -5 })),
        refused(json!({ "name": "Ana", "iracing_id": 0, "external_id": "x".repeat(101) })),
    ];
    insta::assert_snapshot!(faults.join("\n"), @"
    name: no name; email: `foo@` is not an e-mail address; iracing_id: `x` is not an iRacing customer id, a whole number such as 123456; timezone: `Europe/Berln` is not a time zone (perhaps Europe/Berlin, Europe/Dublin or Europe/Belgrade); aliases: the alias `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 81 characters, at most 80
    iracing_id: neither a whole number nor text
    external_id has 101 characters, at most 100; iracing_id: `0` is not an iRacing customer id, a whole number such as 123456
    ");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Zé ]{1,10}", "['=+@,;|\"\t\u{ff1d}0-9a \n-]{1,20}", any::<String>()]
}

fn name() -> impl Strategy<Value = PersonName> {
    text().prop_filter_map("no name", |text| text.parse().ok())
}

prop_compose! {
    /// Anybody who can be on a roster, told apart from the others by a number.
    fn entry()(
        external in option::of(text()), name in name(), email in option::of("[a-z+=-]{1,5}"), iracing in option::of(1_u32..),
        iracing_name in option::of(name()), discord in option::of(prop_oneof![
            "[1-9][0-9]{17}", "[a-z_]{2,10}", "[=+@a-z ]{2,10}#[0-9]{4}", text(),
        ]),
        zone in option::of(prop::sample::select(vec!["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])),
        aliases in vec(text(), 0..4),
    ) -> RosterRow {
        RosterRow {
            external_id: external,
            name: Some(name.to_string()),
            email: email.map(|mailbox| format!("{mailbox}@example.com")),
            iracing_id: iracing.map(|id| id.to_string()),
            iracing_name: iracing_name.map(|name| name.to_string()),
            discord: discord.filter(|discord| discord.parse::<DiscordHandle>().is_ok()),
            timezone: zone.map(str::to_owned),
            aliases: Some(aliases),
        }
    }
}

/// Entries of which no two have an external id or an e-mail address in common.
fn roster() -> impl Strategy<Value = Vec<RosterEntry>> {
    vec(entry(), 1..6).prop_map(|rows| {
        let numbered = rows.into_iter().enumerate().map(|(at, mut row)| {
            row.external_id = row.external_id.map(|id| format!("{id}{at}"));
            row.email = row.email.map(|email| format!("{at}{email}"));
            row
        });
        numbered.filter_map(|row| row.read().ok()).collect()
    })
}

proptest! {
    #[test]
    fn what_was_exported_is_imported_again(roster in roster()) {
        prop_assume!(!roster.is_empty());
        let file = read_roster(&export_roster(&roster)).unwrap();
        prop_assert_eq!(file.bad, vec![]);
        let found: Vec<RosterEntry> = file.people.into_iter().map(|line| line.entry).collect();
        prop_assert_eq!(found, roster);
    }

    #[test]
    fn what_was_kept_as_json_is_the_same(roster in roster()) {
        let json = serde_json::to_string(&roster).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<RosterEntry>>(&json).unwrap(), roster);
    }

    #[test]
    fn no_file_is_too_odd(bytes in prop_oneof![
        vec(any::<u8>(), 0..100),
        "name[,;\t](email|aliases|timezone|discord)\n([ \\PC]{0,9}[,;\t]\\PC{0,9}\n){0,4}".prop_map(String::into_bytes),
    ]) {
        if let Ok(file) = read_roster(&bytes) {
            let lines = file.people.iter().map(|line| line.line).chain(file.bad.iter().map(|line| line.line));
            let mut lines: Vec<usize> = lines.collect();
            lines.sort_unstable();
            prop_assert!(lines.is_sorted_by(|a, b| a < b));
            for line in &file.bad {
                prop_assert!(!line.faults.is_empty());
                prop_assert!(!line.to_string().contains('\n'));
            }
        }
    }
}
