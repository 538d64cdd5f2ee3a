//! What people of a first name are called for short.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// A first name and what it is called for short, where the one doesn't begin with the other.
const FORMS: &str = "alexander sasha sandro alek lex xander; alexandra sasha sandra; alexey alyosha lyosha; andrew drew andy; \
    andreas andi; anthony tony; antonio toni tonio tonino; anastasia nastya; benjamin benny benji; bernard bernie; \
    carlos carlitos charly; catherine kate katie cathy; charles charlie chuck chaz; christian chris kris; \
    christina chris tina; christopher chris kit topher; daniel danny dani; david dave davy; dimitris mitsos; \
    dmitry dima mitya; edward ed eddie ted ned; elizabeth liz beth betty lisa; emmanuel manu manny; evgeny zhenya; \
    ernest ernie; ferdinand ferdi; francisco paco pancho curro; franziska franzi; frederick fred freddy fritz; \
    gabriel gabe gabi; george jorge georgie; geoffrey jeff; gerald gerry jerry; giorgos george yorgos; giovanni gianni vanni; \
    giuseppe beppe peppe pino; gregory greg; gustav gus; guillaume gui; harold harry hal; heinrich heinz; henry harry hank; \
    ignacio nacho; igor gosha; ivan vanya; jacob jake; jakob kuba; james jim jimmy jamie; jeffrey jeff; johannes hans hannes; \
    john jack johnny; jonathan jon johnny; jose pepe; joseph joe joey jo; juergen jurgen; katharina kathi kati kathy; \
    katerina katia; kenneth ken kenny; konstantin kostya; lawrence larry; leonard leo len lenny; leonardo leo; ludovic ludo; \
    luis lucho; maria mary mia; matthew matt; matthias matze matti hias; maximilian max maxi; michael mike mick micky mikey michi; \
    miguel migue; mikhail misha; mohammed mo mohamed muhammad; nicholas nick nico nicky; nikolai kolya; nikolaos nikos; \
    olga olya; oliver olli ollie; patrick pat paddy; pavel pasha; pedro perico; peter pete; philip phil pip; rafael rafa; \
    reginald reg; richard rick dick rich richie; robert bob rob bobby robbie bert; roman roma; ronald ron ronnie; \
    rudolf rudi; samuel sam sammy; sebastian seb basti bastian; sergey seryozha; sofia sophie; stefan steve; \
    stephen steve stevie; steven steve; tatiana tanya; theodore ted theo; thomas tom tommy; timothy tim timmy; \
    victoria vicky; viktor vitya; vincent vince; vladimir vova volodya; walter walt wally; \
    william bill billy will willy liam; wolfgang wolfi; yuri yura; zbigniew zbyszek";

/// First names by what they are called for short.
static FULL: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut full: HashMap<&str, Vec<&str>> = HashMap::new();
    for forms in FORMS.split(';') {
        let mut words = forms.split_whitespace();
        if let Some(name) = words.next() {
            words.for_each(|short| full.entry(short).or_default().push(name));
        }
    }
    full
});

/// First names that are called something for short.
static KNOWN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| FORMS.split(';').filter_map(|forms| forms.split_whitespace().next()).collect());

/// Whether a first name is known to be called something for short.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(name)
}

/// What a short form may stand for, besides names that begin with it.
pub(super) fn full(short: &str) -> &'static [&'static str] {
    FULL.get(short).map(Vec::as_slice).unwrap_or_default()
}

/// Whether one of two first names is short for the other: its beginning, its initial, or what it is called. One letter more makes
/// another name.
pub(super) fn is_short(a: &str, b: &str) -> bool {
    let begins = |long: &str, short: &str| {
        long.starts_with(short) && (short.len() == 1 || (short.len() > 2 && long.len() > short.len() + 1))
    };
    begins(a, b) || begins(b, a) || is_called(a, b)
}

/// Whether one of two first names is known to be short for the other, or both for a third.
pub(super) fn is_called(a: &str, b: &str) -> bool {
    full(a).contains(&b) || full(b).contains(&a) || full(a).iter().any(|name| full(b).contains(name))
}
