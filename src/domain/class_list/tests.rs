#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use super::*;
use proptest::prelude::*;

#[test]
fn one_line_is_read_as_people_type_it() {
    let mut table = String::new();
    for typed in [
        "GT3 x 20",
        "GT3 × 20",
        "GT3×20",
        "GT3 x20",
        "GT3 20",
        "GT3: 20",
        "GT3:20",
        "GT3",
        "GT3 X 1",
        "GT3 * 500",
        "- GT3 x 20",
        "60",
        "",
        " \u{200b}\n",
        "LMP2: Pro/Am",
        "LMP2: Pro 20",
        "Porsche 911 x 20",
        "Porsche 911 x any",
        "4x4",
        "GT3 x 0",
        "GT3 x 10,000",
        "GT3 10000",
        "Porsche 911",
        "GT3 x -5",
        "GT3 x",
        "GT3 x 20 cars",
        "GT3: ∞",
        "x",
        "x 5",
        "@everyone x 5",
        "سباق x 5",
    ] {
        let read = match Classes::parse(typed) {
            Ok(Classes(classes)) => classes.iter().fold(String::new(), |out, class| {
                out + &format!("{:?} {:?}", class.name.as_ref().map(ClassName::as_str), class.capacity)
            }),
            Err(bad) => format!("{:?}", bad[0].fault),
        };
        writeln!(table, "{typed:?} = {read}").unwrap();
    }
    insta::assert_snapshot!(table, @r#"
    "GT3 x 20" = Some("GT3") Some(Capacity(20))
    "GT3 × 20" = Some("GT3") Some(Capacity(20))
    "GT3×20" = Some("GT3") Some(Capacity(20))
    "GT3 x20" = Some("GT3") Some(Capacity(20))
    "GT3 20" = Some("GT3") Some(Capacity(20))
    "GT3: 20" = Some("GT3") Some(Capacity(20))
    "GT3:20" = Some("GT3") Some(Capacity(20))
    "GT3" = Some("GT3") None
    "GT3 X 1" = Some("GT3") Some(Capacity(1))
    "GT3 * 500" = Some("GT3") Some(Capacity(500))
    "- GT3 x 20" = Some("GT3") Some(Capacity(20))
    "60" = None Some(Capacity(60))
    "" = None None
    " \u{200b}\n" = None None
    "LMP2: Pro/Am" = Some("LMP2: Pro/Am") None
    "LMP2: Pro 20" = Some("LMP2: Pro") Some(Capacity(20))
    "Porsche 911 x 20" = Some("Porsche 911") Some(Capacity(20))
    "Porsche 911 x any" = Some("Porsche 911") None
    "4x4" = Some("4x4") None
    "GT3 x 0" = Capacity { after_space: false, typed: "0" }
    "GT3 x 10,000" = Capacity { after_space: false, typed: "10,000" }
    "GT3 10000" = Capacity { after_space: true, typed: "10000" }
    "Porsche 911" = Capacity { after_space: true, typed: "911" }
    "GT3 x -5" = Capacity { after_space: false, typed: "-5" }
    "GT3 x" = NoCapacity
    "GT3 x 20 cars" = Capacity { after_space: false, typed: "20 cars" }
    "GT3: ∞" = Some("GT3") None
    "x" = Some("x") None
    "x 5" = Some("x") Some(Capacity(5))
    "@everyone x 5" = Some("@everyone") Some(Capacity(5))
    "سباق x 5" = Some("سباق") Some(Capacity(5))
    "#);
}

#[test]
fn every_bad_line_is_named_at_once() {
    let bad = Classes::parse("GT3 x 20\n\nGT4 x 0\ngt3\n60\nTCR x\nＧＴ３ x 5").unwrap_err();
    let lines: Vec<String> =
        bad.iter().map(|bad| format!("{}: {:?}: {}", bad.line, bad.typed, bad.fault)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    3: "GT4 x 0": "0" places
    4: "gt3": same name as line 1
    5: "60": no name
    6: "TCR x": no number of places
    7: "ＧＴ３ x 5": same name as line 1
    "#);
}

#[test]
fn ten_classes_and_no_more() {
    let typed = |count: u32| (1..=count).map(|at| format!("C{at}")).collect::<Vec<_>>().join("\n");
    assert_eq!(Classes::parse(&typed(10)).unwrap().as_slice().len(), 10);
    let bad = Classes::parse(&typed(12)).unwrap_err();
    assert_eq!(bad, [BadLine { fault: ClassFault::TooMany, line: 11, typed: "C11".to_owned() }]);
}

#[test]
fn one_line_may_hold_them_all() {
    assert_eq!(Classes::parse("GT3 x 20, GT4 x 10; TCR,").unwrap().to_string(), "GT3 x 20\nGT4 x 10\nTCR");
}

#[test]
fn what_would_not_read_back_is_no_name() {
    assert_eq!(Classes::parse("*×1").unwrap_err()[0].fault, ClassFault::NoName);
    assert_eq!(Classes::parse("GT3,×1").unwrap().to_string(), "GT3 x 1");
    assert_eq!(Classes::parse(",×1").unwrap().to_string(), "1");
}

proptest! {
    #[test]
    fn what_is_shown_can_be_typed(typed in prop_oneof!["([A-C]|x|X|×|:| |,|;|\\*|-|\n|[0-9]|any){0,16}", any::<String>()]) {
        if let Ok(classes) = Classes::parse(&typed) {
            prop_assert!((1..=Classes::MAX).contains(&classes.as_slice().len()));
            prop_assert_eq!(Classes::parse(&classes.to_string()), Ok(classes));
        }
    }
}
