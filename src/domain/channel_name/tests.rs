#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use jiff::civil::datetime;
use proptest::prelude::*;

use super::*;

fn named(pattern: &str, event: &str, series: Option<&str>) -> ChannelName {
    let (event, series) = (event.parse().unwrap(), series.map(|series| series.parse().unwrap()));
    let start = datetime(2026, 12, 5, 14, 0, 0, 0);
    let parts = NameParts { event: &event, series: series.as_ref(), start, track: None };
    channel_name(&NamePattern::parse(pattern).unwrap(), &parts, Locale::En)
}

#[test]
fn names_are_made_safe_for_discord() {
    let mut table = String::new();
    for (pattern, event, series) in [
        ("{series} {event} {date}", "24h of Spa", Some("GT Cup")),
        ("{series} {event} {date}", "24h of Spa", None),
        ("{event}", "  Spa–Francorchamps: “Night” / 6 h! ", None),
        ("🏁・{event}┃{time}", "Le Mans", None),
        ("{event}", "@everyone <@123> #general", None),
        ("{event}", "سباق التحمل ٢٤", None),
        ("{event}", "Гонка ÄÖÜ İzmir ΣΑΣ", None),
        ("{event}", "नूर्बुर्गरिंग", None),
        ("{event}", "👩\u{200d}🚀 race ❤\u{fe0f}", None),
        ("{event}", "!!! ???", None),
        ("・{event}・", "!!!", None),
        ("{series}", "Spa", None),
        ("-- {event} --", "- x - y -", None),
        ("{event}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} cup_final", None),
        ("{track}{event}{track}", "\u{ac}\u{2122} C++", None),
    ] {
        writeln!(table, "{pattern} + {event} = {}", named(pattern, event, series)).unwrap();
    }
    insta::assert_snapshot!(table, @r#"
    {series} {event} {date} + 24h of Spa = gt-cup-24h-of-spa-2026-12-05
    {series} {event} {date} + 24h of Spa = 24h-of-spa-2026-12-05
    {event} +   Spa–Francorchamps: “Night” / 6 h!  = spa-francorchamps-night-6-h
    🏁・{event}┃{time} + Le Mans = 🏁・le-mans┃1400
    {event} + @everyone <@123> #general = everyone-123-general
    {event} + سباق التحمل ٢٤ = سباق-التحمل-٢٤
    {event} + Гонка ÄÖÜ İzmir ΣΑΣ = гонка-äöü-i̇zmir-σας
    {event} + नूर्बुर्गरिंग = नूर्बुर्गरिंग
    {event} + 👩‍🚀 race ❤️ = 👩‍🚀-race-❤️
    {event} + !!! ??? = event-2026-12-05
    ・{event}・ + !!! = event-2026-12-05
    {series} + Spa = event-2026-12-05
    -- {event} -- + - x - y - = x-y
    {event} + 🏴󠁧󠁢󠁥󠁮󠁧󠁿 cup_final = 🏴󠁧󠁢󠁥󠁮󠁧󠁿-cup_final
    {track}{event}{track} + ¬™ C++ = ™-c
    "#);
}

#[test]
fn a_name_of_emoji_is_cut_between_them() {
    let name = named("{event} {event}", &"👩\u{200d}🚀".repeat(16), None);
    assert_eq!(name.as_str(), format!("{}-{}", "👩\u{200d}🚀".repeat(16), "👩\u{200d}🚀".repeat(3)));
}

#[test]
fn patterns_are_checked() {
    let mut table = String::new();
    for typed in [
        "{series} {event} {date}",
        "{ EVENT }",
        "",
        " \u{200b}",
        "race",
        "{evnt} {date}",
        "{event",
        "event}",
        "{{event}}",
        "{}",
        "🏁・{track}",
        "{series}",
        &"x".repeat(101),
    ] {
        writeln!(table, "{typed:?}: {:?}", NamePattern::parse(typed).map(|pattern| pattern.to_string()))
            .unwrap();
    }
    insta::assert_snapshot!(table, @r#"
    "{series} {event} {date}": Ok("{series} {event} {date}")
    "{ EVENT }": Ok("{event}")
    "": Err(Empty)
    " \u{200b}": Err(Empty)
    "race": Err(Fixed)
    "{evnt} {date}": Err(Unknown { word: "evnt" })
    "{event": Err(Unbalanced { at: "{event" })
    "event}": Err(Unbalanced { at: "}" })
    "{{event}}": Err(Unbalanced { at: "{{event}}" })
    "{}": Err(Unknown { word: "" })
    "🏁・{track}": Ok("🏁・{track}")
    "{series}": Ok("{series}")
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": Err(TooLong { length: 101, max: 100 })
    "#);
    assert_eq!(NamePattern::parse("{series} {event} {date}"), Ok(NamePattern::default()));
}

#[test]
fn names_that_collide_stay_apart() {
    let name = named("{event}", "Spa", None);
    assert_eq!(name.apart(&|_| false), name);
    assert_eq!(name.apart(&|taken| taken == "spa").as_str(), "spa-2");
    assert_eq!(name.apart(&|taken| taken != "spa-17").as_str(), "spa-17");
    let long = named("{event}{event}", &"ab ".repeat(26), None);
    let other = long.apart(&|taken| taken == long.as_str());
    assert!(other.as_str().ends_with("b-2"), "{other}");
    assert!((99..=100).contains(&text::length(other.as_str())), "{other}");
}

#[test]
fn voice_channels_and_categories_keep_capitals() {
    assert_eq!(voice_name(&"24h of Spa".parse().unwrap()), "24h of Spa");
    let series = "GT Cup".parse().unwrap();
    assert_eq!(category_name(Some(&series), 1), "GT Cup");
    assert_eq!(category_name(Some(&series), 3), "GT Cup · 3");
    assert_eq!(category_name(None, 2), "Events · 2");
}

/// Discord's rule for the names of text channels.
fn discord_keeps(name: &str) -> bool {
    let refused = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || (c.is_ascii_punctuation() && !"-_".contains(c))
            || c.is_ascii_uppercase()
    };
    (1..=100).contains(&text::length(name))
        && !name.contains(refused)
        && name.to_lowercase() == name
        && !name.contains("--")
        && !name.starts_with('-')
        && !name.ends_with('-')
}

proptest! {
    #[test]
    fn every_name_is_one_that_discord_keeps(
        pattern in "([ !#—・-]|\\{(event|series|date|time|track)\\}|\\PC){0,6}\\{event\\}",
        event in prop_oneof!["\\PC{1,80}", "[-A-Z@ !_🏁\u{200d}\u{fe0f}ß]{1,80}"],
        series in proptest::option::of("\\PC{1,30}"),
        number in 2_usize..1000,
    ) {
        let (Ok(pattern), Ok(event)) = (NamePattern::parse(&pattern), event.parse::<EventName>()) else {
            return Ok(());
        };
        let series = series.and_then(|series| series.parse::<SeriesName>().ok());
        let start = datetime(2026, 12, 5, 14, 0, 0, 0);
        let parts = NameParts { event: &event, series: series.as_ref(), start, track: None };
        let name = channel_name(&pattern, &parts, Locale::En);
        prop_assert!(discord_keeps(name.as_str()), "{:?}", name);
        let free = format!("-{number}");
        let apart = name.apart(&|taken| !taken.ends_with(&free));
        prop_assert!(discord_keeps(apart.as_str()), "{:?}", apart);
        prop_assert!(apart.as_str().ends_with(&free));
        prop_assert!(text::length(&voice_name(&event)) <= MAX);
    }

    #[test]
    fn a_pattern_is_read_back_as_shown(typed in prop_oneof!["([a{} ・]|event|date|\\{time\\}){0,10}", any::<String>()]) {
        if let Ok(pattern) = NamePattern::parse(&typed) {
            prop_assert_eq!(NamePattern::parse(&pattern.to_string()), Ok(pattern));
        }
    }
}
