//! Time zones by the names of the IANA time zone database.

mod places;

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many names a refusal offers.
const NEAR: usize = 5;

/// How many names Discord takes in an answer to autocomplete.
const FOUND: usize = 25;

/// The longest text, in bytes, that is held against every name: likeness costs more with each character.
const LONGEST: usize = 64;

/// Below this likeness (0–1, Jaro-Winkler) a name is no guess at what was meant.
const ALIKE: f64 = 0.8;

/// The copy of the database that this program was built with, whatever the machine has.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Every name that is offered, with the form in which it is compared.
static OFFERED: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let names = DATABASE.available().map(|name| name.as_str().to_owned());
    names.filter(|name| is_offered(name)).map(|name| (key(&name), name)).collect()
});

/// A time zone that has a name, such as `Europe/Berlin`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

/// What was typed names no time zone, or not one alone.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no time zone {typed:?}")]
pub struct UnknownZone {
    /// What was typed.
    pub typed: String,
    /// At most five names that may have been meant, the likeliest first.
    pub near: Vec<String>,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// Reads an IANA name, in any case, with spaces for underscores.
    ///
    /// # Errors
    /// When there is no such zone. Cities, countries and abbreviations are no names (`CST` is three zones, and as a
    /// name of the database `EST` never has summer time); the zones that they may mean are offered.
    pub fn parse(typed: &str) -> Result<Self, UnknownZone> {
        let key = key(typed);
        exact(&key).ok_or_else(|| UnknownZone { typed: typed.trim().to_owned(), near: near(&key) })
    }

    /// The same without guessing at what may have been meant, which takes a thousand times as long.
    #[must_use]
    pub fn find(typed: &str) -> Option<Self> {
        exact(&key(typed))
    }

    /// Its name, as the database writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Its rules.
    #[must_use]
    pub const fn time_zone(&self) -> &TimeZone {
        &self.0
    }

    /// The names that begin with what is being typed, or have a part that does, or lie where it says; at most 25. The
    /// commonest when nothing is typed yet.
    #[must_use]
    pub fn search(typed: &str) -> Vec<&'static str> {
        let key = key(typed);
        if key.is_empty() {
            return places::COMMON.to_vec();
        }
        let mut found = Vec::new();
        let mut take = |name: &'static str| {
            if found.len() < FOUND && !found.contains(&name) {
                found.push(name);
            }
        };
        places::named(&key).iter().copied().for_each(&mut take);
        offered(|name| name.starts_with(&key)).for_each(&mut take);
        offered(|name| name.split(['/', '_', '-']).any(|part| part.starts_with(&key))).for_each(&mut take);
        offered(|name| place(name).starts_with(&key)).for_each(&mut take);
        places::beginning(&key).for_each(&mut take);
        offered(|name| name.contains(&key)).for_each(&mut take);
        found
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(typed: &str) -> Result<Self, UnknownZone> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;

    fn try_from(typed: String) -> Result<Self, UnknownZone> {
        Self::parse(&typed)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

/// The form in which names are compared: lower case, no accents, underscores for spaces.
fn key(typed: &str) -> String {
    let plain: String = typed.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<&str> =
        plain.split(|c: char| c.is_whitespace() || c == '_').filter(|w| !w.is_empty()).collect();
    words.join("_").replace("_/", "/").replace("/_", "/").to_lowercase()
}

/// The zone with this name.
fn exact(key: &str) -> Option<Zone> {
    if matches!(key, "utc" | "z" | "etc/utc") {
        return Some(Zone::UTC);
    }
    let zone = Some(key).filter(|key| key.contains('/')).and_then(|key| DATABASE.get(key).ok())?;
    (zone.iana_name().is_some() && !zone.is_unknown()).then_some(Zone(zone))
}

/// Old names without a place, and those of `Etc` (whose signs are the wrong way round), are never offered.
fn is_offered(name: &str) -> bool {
    let old = ["Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "SystemV/"];
    name == "UTC" || (name.contains('/') && !old.iter().any(|region| name.starts_with(region)))
}

fn offered(is_meant: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static str> {
    OFFERED.iter().filter(move |(key, _)| is_meant(key)).map(|(_, name)| name.as_str())
}

/// The last part of a name: the city.
fn place(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The names that may have been meant: by place or abbreviation, by offset, by city; failing all, by likeness.
fn near(key: &str) -> Vec<String> {
    if key.len() > LONGEST {
        return Vec::new();
    }
    let mut near: Vec<&str> = places::named(key).to_vec();
    if let Some(seconds) = standard_offset(key) {
        near.extend(places::COMMON.iter().filter(|name| winter_offset(name) == Some(seconds)));
    }
    let city = place(key);
    near.extend(offered(|name| place(name) == city));
    near.extend(offered(|name| city.len() > 2 && place(name).starts_with(city)));
    if near.is_empty() {
        near = alike(key);
    }
    let mut unique: Vec<String> = Vec::with_capacity(NEAR);
    for name in near {
        if unique.len() < NEAR && !unique.iter().any(|known| known == name) {
            unique.push(name.to_owned());
        }
    }
    unique
}

/// The names whose spelling, or whose city's or country's, is like this one; the likest first.
fn alike(key: &str) -> Vec<&'static str> {
    let mut alike: Vec<(f64, &str)> =
        OFFERED.iter().map(|(name, typed)| (likeness(key, name), typed.as_str())).collect();
    alike.extend(places::all().map(|(place, name)| (strsim::jaro_winkler(key, place), name)));
    alike.retain(|(likeness, _)| *likeness >= ALIKE);
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().map(|(_, name)| name).collect()
}

fn likeness(key: &str, name: &str) -> f64 {
    strsim::jaro_winkler(key, name).max(strsim::jaro_winkler(place(key), place(name)))
}

/// The seconds east of Greenwich in `+1`, `utc+1`, `gmt-03:30`.
fn standard_offset(key: &str) -> Option<i32> {
    let offset = key.strip_prefix("utc").or_else(|| key.strip_prefix("gmt")).unwrap_or(key);
    let offset = offset.trim_start_matches('_');
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.strip_prefix(['+', '-'])?.split_once(':').unwrap_or((&offset[1..], "0"));
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then(|| sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60))
}

/// The seconds east of Greenwich that a zone's clocks show outside summer time.
fn winter_offset(name: &str) -> Option<i32> {
    let zone = DATABASE.get(name).ok()?;
    let season = |month| {
        let noon = jiff::civil::date(2026, month, 15).at(12, 0, 0, 0);
        zone.to_timestamp(noon).ok().map(|at| zone.to_offset(at).seconds())
    };
    Some(season(1)?.min(season(7)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fmt::Write;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_in_any_case_and_with_spaces() {
        for (typed, name) in [
            ("Europe/Berlin", "Europe/Berlin"),
            (" europe / berlin ", "Europe/Berlin"),
            ("AMERICA/new york", "America/New_York"),
            ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
            ("utc", "UTC"),
            ("Etc/UTC", "UTC"),
        ] {
            assert_eq!(Zone::parse(typed).unwrap().name(), name, "{typed}");
        }
    }

    #[test]
    fn what_is_no_name_gets_near_ones() {
        let mut table = String::new();
        for typed in [
            "CET",
            "Berlin",
            "EST",
            "new york",
            "Europe/Belin",
            "munich",
            "São Paulo",
            "Germany",
            "IST",
            "UTC+1",
            "-5",
            "GB",
            "America/Nwe York",
            "Nurburgring",
            "xyzzy",
            "",
            "🏁",
        ] {
            let refused = Zone::parse(typed).unwrap_err();
            writeln!(table, "{typed}: {}", refused.near.join(", ")).unwrap();
        }
        insta::assert_snapshot!(table, @r#"
        CET: Europe/Berlin, Europe/Paris, Europe/Madrid, Europe/Rome, Europe/Amsterdam
        Berlin: Europe/Berlin
        EST: America/New_York, America/Toronto
        new york: America/New_York
        Europe/Belin: Europe/Berlin, Europe/Dublin, Europe/Lisbon, Europe/Helsinki, Europe/Busingen
        munich: Europe/Berlin
        São Paulo: America/Sao_Paulo
        Germany: Europe/Berlin
        IST: Asia/Kolkata, Europe/Dublin, Asia/Jerusalem, Asia/Istanbul, Europe/Istanbul
        UTC+1: Europe/Berlin, Europe/Paris, Europe/Madrid, Europe/Rome, Europe/Amsterdam
        -5: America/New_York
        GB: Europe/London
        America/Nwe York: America/New_York, America/Fort_Wayne, America/Dawson_Creek, America/Nome, America/Creston
        Nurburgring: Europe/Berlin
        xyzzy: 
        : 
        🏁:
        "#);
    }

    #[test]
    fn autocomplete_finds_by_place_and_part() {
        let mut table = String::new();
        for typed in ["", "europe/b", "york", "CET", "ger", "san", "zurich", "utc", "qq"] {
            let found = Zone::search(typed);
            writeln!(table, "{typed}: {} {}", found.len(), found[..found.len().min(4)].join(", ")).unwrap();
        }
        insta::assert_snapshot!(table, @r#"
        : 25 UTC, Pacific/Honolulu, America/Los_Angeles, America/Denver
        europe/b: 8 Europe/Belfast, Europe/Belgrade, Europe/Berlin, Europe/Bratislava
        york: 1 America/New_York
        CET: 5 Europe/Berlin, Europe/Paris, Europe/Madrid, Europe/Rome
        ger: 1 Europe/Berlin
        san: 9 America/Argentina/San_Juan, America/Argentina/San_Luis, America/Santa_Isabel, America/Santarem
        zurich: 1 Europe/Zurich
        utc: 1 UTC
        qq: 0
        "#);
    }

    #[test]
    fn every_name_in_our_tables_is_a_zone() {
        for name in places::all().map(|(_, name)| name).chain(places::COMMON.iter().copied()) {
            assert_eq!(Zone::parse(name).unwrap().name(), name);
        }
        assert_eq!(places::COMMON.len(), FOUND);
    }

    #[test]
    fn a_zone_is_its_name_in_json() {
        let zone: Zone = serde_json::from_str(r#""europe/berlin""#).unwrap();
        assert_eq!(serde_json::to_string(&zone).unwrap(), r#""Europe/Berlin""#);
        assert!(serde_json::from_str::<Zone>(r#""Berlin""#).is_err());
    }

    proptest! {
        #[test]
        fn every_name_offered_is_a_zone(typed in prop_oneof!["[a-z/_ +-]{0,8}", any::<String>()]) {
            let found = Zone::search(&typed);
            prop_assert!(found.len() <= FOUND);
            for name in found {
                prop_assert_eq!(Zone::parse(name).unwrap().to_string(), name);
            }
            if let Err(refused) = Zone::parse(&typed) {
                prop_assert!(refused.near.len() <= NEAR);
                for name in refused.near {
                    prop_assert!(Zone::parse(&name).is_ok(), "{}", name);
                }
            }
        }
    }
}
