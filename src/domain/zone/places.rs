//! The zones that people mean by a country, a city without a zone of its own, or an abbreviation.

/// The zones offered before anything is typed, west to east.
pub(super) const COMMON: [&str; 25] = [
    "UTC",
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Halifax",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Amsterdam",
    "Europe/Helsinki",
    "Africa/Johannesburg",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Brisbane",
    "Australia/Sydney",
    "Pacific/Auckland",
];

const CENTRAL_EUROPE: &[&str] =
    &["Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Amsterdam"];
const EASTERN_EUROPE: &[&str] = &["Europe/Helsinki", "Europe/Athens", "Europe/Bucharest", "Europe/Kyiv"];
const AMERICAN_EASTERN: &[&str] = &["America/New_York", "America/Toronto"];
const AMERICAN_CENTRAL: &[&str] = &["America/Chicago", "America/Mexico_City", "America/Winnipeg"];
const AMERICAN_MOUNTAIN: &[&str] = &["America/Denver", "America/Phoenix", "America/Edmonton"];
const AMERICAN_PACIFIC: &[&str] = &["America/Los_Angeles", "America/Vancouver", "America/Tijuana"];
const UNITED_STATES: &[&str] =
    &["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"];
const CANADA: &[&str] =
    &["America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Halifax"];
const AUSTRALIA: &[&str] = &[
    "Australia/Sydney",
    "Australia/Melbourne",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Australia/Perth",
];
const EASTERN_AUSTRALIA: &[&str] = &["Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane"];
const BRITAIN: &[&str] = &["Europe/London"];
const GERMANY: &[&str] = &["Europe/Berlin"];
const INDIA: &[&str] = &["Asia/Kolkata"];
const NEW_ZEALAND: &[&str] = &["Pacific/Auckland"];

/// What people type and the zones that it may mean, sorted by what they type.
const PLACES: &[(&str, &[&str])] = &[
    ("acst", &["Australia/Adelaide", "Australia/Darwin"]),
    ("aedt", EASTERN_AUSTRALIA),
    ("aest", EASTERN_AUSTRALIA),
    ("akst", &["America/Anchorage"]),
    ("argentina", &["America/Argentina/Buenos_Aires"]),
    ("art", &["America/Argentina/Buenos_Aires"]),
    ("atlanta", &["America/New_York"]),
    ("austin", &["America/Chicago"]),
    ("australia", AUSTRALIA),
    ("austria", &["Europe/Vienna"]),
    ("awst", &["Australia/Perth"]),
    ("bangalore", INDIA),
    ("barcelona", &["Europe/Madrid"]),
    ("beijing", &["Asia/Shanghai"]),
    ("belgium", &["Europe/Brussels"]),
    ("birmingham", BRITAIN),
    ("boston", AMERICAN_EASTERN),
    ("brazil", &["America/Sao_Paulo", "America/Manaus", "America/Fortaleza"]),
    ("brt", &["America/Sao_Paulo"]),
    ("bst", BRITAIN),
    ("bulgaria", &["Europe/Sofia"]),
    ("calgary", &["America/Edmonton"]),
    ("canada", CANADA),
    ("canberra", &["Australia/Sydney"]),
    ("cape_town", &["Africa/Johannesburg"]),
    ("cdt", AMERICAN_CENTRAL),
    ("central", AMERICAN_CENTRAL),
    ("cest", CENTRAL_EUROPE),
    ("cet", CENTRAL_EUROPE),
    ("chile", &["America/Santiago"]),
    ("china", &["Asia/Shanghai"]),
    ("cologne", GERMANY),
    ("croatia", &["Europe/Zagreb"]),
    ("cst", &["America/Chicago", "America/Mexico_City", "Asia/Shanghai"]),
    ("czechia", &["Europe/Prague"]),
    ("dallas", &["America/Chicago"]),
    ("delhi", INDIA),
    ("denmark", &["Europe/Copenhagen"]),
    ("eastern", AMERICAN_EASTERN),
    ("edinburgh", BRITAIN),
    ("edt", AMERICAN_EASTERN),
    ("eest", EASTERN_EUROPE),
    ("eet", EASTERN_EUROPE),
    ("england", BRITAIN),
    ("est", AMERICAN_EASTERN),
    ("estonia", &["Europe/Tallinn"]),
    ("et", AMERICAN_EASTERN),
    ("finland", &["Europe/Helsinki"]),
    ("france", &["Europe/Paris"]),
    ("frankfurt", GERMANY),
    ("gb", BRITAIN),
    ("geneva", &["Europe/Zurich"]),
    ("germany", GERMANY),
    ("glasgow", BRITAIN),
    ("gmt", &["Europe/London", "UTC"]),
    ("great_britain", BRITAIN),
    ("greece", &["Europe/Athens"]),
    ("hamburg", GERMANY),
    ("hkt", &["Asia/Hong_Kong"]),
    ("holland", &["Europe/Amsterdam"]),
    ("houston", &["America/Chicago"]),
    ("hst", &["Pacific/Honolulu"]),
    ("hungary", &["Europe/Budapest"]),
    ("iceland", &["Atlantic/Reykjavik"]),
    ("india", INDIA),
    ("indonesia", &["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
    ("ireland", &["Europe/Dublin"]),
    ("israel", &["Asia/Jerusalem"]),
    ("ist", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("italy", &["Europe/Rome"]),
    ("japan", &["Asia/Tokyo"]),
    ("jst", &["Asia/Tokyo"]),
    ("korea", &["Asia/Seoul"]),
    ("kst", &["Asia/Seoul"]),
    ("las_vegas", &["America/Los_Angeles"]),
    ("latvia", &["Europe/Riga"]),
    ("le_mans", &["Europe/Paris"]),
    ("lithuania", &["Europe/Vilnius"]),
    ("luxemburg", &["Europe/Luxembourg"]),
    ("lyon", &["Europe/Paris"]),
    ("malaysia", &["Asia/Kuala_Lumpur"]),
    ("manchester", BRITAIN),
    ("mdt", AMERICAN_MOUNTAIN),
    ("mesz", GERMANY),
    ("mexico", &["America/Mexico_City", "America/Tijuana", "America/Cancun"]),
    ("mez", GERMANY),
    ("miami", &["America/New_York"]),
    ("milan", &["Europe/Rome"]),
    ("montreal", &["America/Toronto"]),
    ("mountain", AMERICAN_MOUNTAIN),
    ("msk", &["Europe/Moscow"]),
    ("mst", AMERICAN_MOUNTAIN),
    ("mumbai", INDIA),
    ("munich", GERMANY),
    ("netherlands", &["Europe/Amsterdam"]),
    ("new_zealand", NEW_ZEALAND),
    ("norway", &["Europe/Oslo"]),
    ("nurburgring", GERMANY),
    ("nz", NEW_ZEALAND),
    ("nzdt", NEW_ZEALAND),
    ("nzst", NEW_ZEALAND),
    ("osaka", &["Asia/Tokyo"]),
    ("ottawa", &["America/Toronto"]),
    ("pacific", AMERICAN_PACIFIC),
    ("pdt", AMERICAN_PACIFIC),
    ("philippines", &["Asia/Manila"]),
    ("poland", &["Europe/Warsaw"]),
    ("portugal", &["Europe/Lisbon"]),
    ("pst", AMERICAN_PACIFIC),
    ("pt", AMERICAN_PACIFIC),
    ("rio_de_janeiro", &["America/Sao_Paulo"]),
    ("romania", &["Europe/Bucharest"]),
    ("san_francisco", &["America/Los_Angeles"]),
    ("sast", &["Africa/Johannesburg"]),
    ("scotland", BRITAIN),
    ("seattle", &["America/Los_Angeles"]),
    ("serbia", &["Europe/Belgrade"]),
    ("sgt", &["Asia/Singapore"]),
    ("slovakia", &["Europe/Bratislava"]),
    ("slovenia", &["Europe/Ljubljana"]),
    ("south_africa", &["Africa/Johannesburg"]),
    ("spain", &["Europe/Madrid"]),
    ("sweden", &["Europe/Stockholm"]),
    ("switzerland", &["Europe/Zurich"]),
    ("taiwan", &["Asia/Taipei"]),
    ("thailand", &["Asia/Bangkok"]),
    ("turkey", &["Europe/Istanbul"]),
    ("uae", &["Asia/Dubai"]),
    ("uk", BRITAIN),
    ("ukraine", &["Europe/Kyiv"]),
    ("united_kingdom", BRITAIN),
    ("united_states", UNITED_STATES),
    ("us", UNITED_STATES),
    ("usa", UNITED_STATES),
    ("wales", BRITAIN),
    ("washington", &["America/New_York", "America/Los_Angeles"]),
    ("wellington", NEW_ZEALAND),
    ("west", &["Europe/Lisbon"]),
    ("wet", &["Europe/Lisbon"]),
];

/// The zones that exactly this may mean.
pub(super) fn named(key: &str) -> &'static [&'static str] {
    match PLACES.binary_search_by_key(&key, |(place, _)| place) {
        Ok(at) => PLACES[at].1,
        Err(_) => &[],
    }
}

/// The zones of every place whose name begins so.
pub(super) fn beginning(key: &str) -> impl Iterator<Item = &'static str> {
    PLACES
        .iter()
        .filter(move |(place, _)| place.starts_with(key))
        .flat_map(|(_, names)| names.iter().copied())
}

/// Every pair of a place and one of its zones.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES.iter().flat_map(|(place, names)| names.iter().map(move |name| (*place, *name)))
}

#[cfg(test)]
mod tests {
    use super::PLACES;

    #[test]
    fn places_are_sorted_for_the_search_by_halves() {
        assert!(PLACES.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
