//! Clubs whose members and rosters are made up together, so that it is known who is who.
//!
//! Each person has a name of some culture; each name that they show is drawn from it with noise of its own: tags, numbers,
//! flags, other scripts and fonts, digits for letters, slips, short forms, initials. Some show a joke only, some aren't on the
//! roster, some have a brother on it. What a careful person would make of a member is decided from what was drawn, without the
//! matcher.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

use crate::domain::matching::{Name, NameKind, Person};

/// A club of which it is known who is who.
pub(super) struct Labelled {
    pub(super) members: Vec<Person<u32>>,
    pub(super) users: Vec<Person<u32>>,
    /// Which user a member is.
    pub(super) truth: BTreeMap<u32, u32>,
    /// The members whom a careful person would find on the roster.
    pub(super) clear: BTreeSet<u32>,
}

/// A real name.
#[derive(Clone, Debug)]
struct RealName {
    given: String,
    surname: String,
    /// How likely anybody else has the same.
    chance: f64,
    /// Both as they are written in another script, where the culture has one.
    native: Option<(String, String)>,
}

/// How much of a real name a member shows.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Shown {
    /// All of it, a slip of a letter aside.
    Full,
    /// The surname and a short form of the first name.
    Short(String),
    /// The surname and the first letter of the first name.
    Initial(char),
    /// Less, or nothing.
    Hidden,
}

const LATIN_GIVEN: [&str; 64] = [
    "Adam",
    "Alexander",
    "Amelie",
    "Andrea",
    "Anna",
    "Anthony",
    "Antonio",
    "Arthur",
    "Benjamin",
    "Björn",
    "Brian",
    "Carlos",
    "Charles",
    "Christian",
    "Christopher",
    "Clara",
    "Daniel",
    "David",
    "Edward",
    "Elena",
    "Emil",
    "Emma",
    "Eric",
    "Fabian",
    "Felix",
    "Francisco",
    "François",
    "Gabriel",
    "George",
    "Giuseppe",
    "Gustav",
    "Hannah",
    "Henry",
    "Ingrid",
    "Isabella",
    "James",
    "Jan",
    "Johannes",
    "Jonas",
    "José",
    "Joseph",
    "Julia",
    "Karl",
    "Lars",
    "Laura",
    "Liam",
    "Lucas",
    "Łukasz",
    "Marco",
    "Maria",
    "Martin",
    "Matthias",
    "Maximilian",
    "Michael",
    "Nicholas",
    "Oliver",
    "Pedro",
    "Peter",
    "Richard",
    "Robert",
    "Sebastian",
    "Sofia",
    "Thomas",
    "William",
];
/// First names that are made of two parts, as most are rare.
const GIVEN_BEGINS: [&str; 24] = [
    "Ad", "Al", "Am", "Ar", "Bel", "Cal", "Cor", "Dar", "El", "Fer", "Gar", "Hel", "Is", "Jor", "Kal", "Leo",
    "Mal", "Nor", "Or", "Ren", "Sal", "Tar", "Vin", "Wen",
];
const GIVEN_ENDS: [&str; 20] = [
    "a", "an", "ard", "ena", "ert", "ia", "ian", "ica", "iel", "ina", "ine", "is", "ita", "mund", "on",
    "ora", "rick", "us", "win", "ya",
];
const SURNAME_BEGINS: [&str; 48] = [
    "Acker", "Ander", "Baum", "Beck", "Berg", "Black", "Bran", "Brom", "Calder", "Carl", "Clay", "Dahl",
    "Den", "Eden", "Eller", "Fair", "Farn", "Gold", "Gran", "Hal", "Harding", "Hart", "Hol", "Kess", "Klein",
    "Lang", "Lind", "Mar", "Mon", "Nor", "Ober", "Oster", "Pal", "Peter", "Ross", "Sand", "Schön", "Sil",
    "Stein", "Sunder", "Thorn", "Tor", "Val", "Wald", "West", "Wil", "Winter", "Zeller",
];
const SURNAME_MIDDLES: [&str; 12] = ["", "", "", "el", "en", "er", "i", "ing", "o", "os", "ten", "un"];
const SURNAME_ENDS: [&str; 24] = [
    "ati", "bach", "berg", "burn", "dale", "dorf", "eira", "ez", "feld", "ford", "gaard", "hausen", "ini",
    "ley", "man", "mark", "mont", "qvist", "sen", "son", "stedt", "ström", "ton", "worth",
];
const CYRILLIC_GIVEN: [(&str, &str); 12] = [
    ("Ivan", "Иван"),
    ("Dmitry", "Дмитрий"),
    ("Boris", "Борис"),
    ("Pavel", "Павел"),
    ("Anton", "Антон"),
    ("Roman", "Роман"),
    ("Maxim", "Максим"),
    ("Oleg", "Олег"),
    ("Viktor", "Виктор"),
    ("Igor", "Игорь"),
    ("Nikita", "Никита"),
    ("Denis", "Денис"),
];
const CYRILLIC: [(&str, &str); 20] = [
    ("bar", "бар"),
    ("ko", "ко"),
    ("vol", "вол"),
    ("mir", "мир"),
    ("gor", "гор"),
    ("dan", "дан"),
    ("les", "лес"),
    ("mor", "мор"),
    ("nov", "нов"),
    ("pet", "пет"),
    ("rad", "рад"),
    ("sol", "сол"),
    ("tar", "тар"),
    ("ver", "вер"),
    ("zor", "зор"),
    ("bel", "бел"),
    ("kir", "кир"),
    ("lan", "лан"),
    ("mal", "мал"),
    ("sok", "сок"),
];
const CYRILLIC_ENDS: [(&str, &str); 4] = [("ov", "ов"), ("in", "ин"), ("enko", "енко"), ("ski", "ски")];
const KANA: [(&str, &str); 24] = [
    ("ka", "カ"),
    ("ki", "キ"),
    ("ku", "ク"),
    ("ko", "コ"),
    ("sa", "サ"),
    ("su", "ス"),
    ("ta", "タ"),
    ("to", "ト"),
    ("na", "ナ"),
    ("no", "ノ"),
    ("ha", "ハ"),
    ("ma", "マ"),
    ("mi", "ミ"),
    ("mu", "ム"),
    ("mo", "モ"),
    ("ya", "ヤ"),
    ("yu", "ユ"),
    ("ra", "ラ"),
    ("ri", "リ"),
    ("ru", "ル"),
    ("ro", "ロ"),
    ("wa", "ワ"),
    ("da", "ダ"),
    ("go", "ゴ"),
];
const SHORT: [(&str, &str); 14] = [
    ("Alexander", "Alex"),
    ("Anthony", "Tony"),
    ("Benjamin", "Ben"),
    ("Christopher", "Chris"),
    ("Daniel", "Dan"),
    ("Edward", "Ed"),
    ("Francisco", "Paco"),
    ("James", "Jim"),
    ("Johannes", "Hans"),
    ("Maximilian", "Max"),
    ("Michael", "Mike"),
    ("Nicholas", "Nico"),
    ("Robert", "Bob"),
    ("William", "Bill"),
];
const JOKES: [&str; 28] = [
    "Apex",
    "Banana",
    "Blowout",
    "Bumper",
    "Chicane",
    "Clutch",
    "Diesel",
    "Donut",
    "Drift",
    "Gravel",
    "Kerb",
    "Lawn",
    "Mower",
    "Ninja",
    "Noodle",
    "Pickle",
    "Potato",
    "Rookie",
    "Rocket",
    "Slick",
    "Snail",
    "Spanner",
    "Turbo",
    "Understeer",
    "Wall",
    "Wheel",
    "Wobble",
    "Zebra",
];

/// Draws everything of one club.
struct Draw(StdRng);

impl Draw {
    fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.choose(&mut self.0).unwrap()
    }

    fn below(&mut self, most: usize) -> usize {
        self.0.random_range(0..most)
    }

    fn real_name(&mut self) -> RealName {
        match self.below(10) {
            0 => {
                let (given, native) = self.one(&CYRILLIC_GIVEN);
                let (surname, of_native) = self.surname(&CYRILLIC, Some(&CYRILLIC_ENDS));
                let of = CYRILLIC_GIVEN.len() * CYRILLIC.len().pow(2) * CYRILLIC_ENDS.len();
                let native = Some((native.to_owned(), of_native));
                RealName { given: given.to_owned(), surname, chance: 0.1 / of as f64, native }
            }
            1 => {
                let (given, native) = self.surname(&KANA, None);
                let (surname, of_native) = self.surname(&KANA, None);
                let chance = 0.1 / KANA.len().pow(6) as f64;
                RealName { given, surname, chance, native: Some((native, of_native)) }
            }
            _ => self.latin_name(),
        }
    }

    /// Half of all people have a common first name, and half a common kind of surname.
    fn latin_name(&mut self) -> RealName {
        let (given, of_given) = match self.chance(50) {
            true => (self.one(&LATIN_GIVEN).to_owned(), 0.5 / LATIN_GIVEN.len() as f64),
            false => {
                let given = [self.one(&GIVEN_BEGINS), self.one(&GIVEN_ENDS)].concat();
                (given, 0.5 / (GIVEN_BEGINS.len() * GIVEN_ENDS.len()) as f64)
            }
        };
        let middle = self.one(&SURNAME_MIDDLES);
        let second = if self.chance(50) { "" } else { self.one(&SURNAME_MIDDLES) };
        let surname = [self.one(&SURNAME_BEGINS), middle, second, self.one(&SURNAME_ENDS)].concat();
        // Three of the twelve middles are none, and so are half of the second ones besides.
        let of_middle = if middle.is_empty() { 0.25 } else { 1.0 / 12.0 };
        let of_second = if second.is_empty() { 0.625 } else { 0.5 / 12.0 };
        let of_ends = 1.0 / (SURNAME_BEGINS.len() * SURNAME_ENDS.len()) as f64;
        let chance = 0.8 * of_given * of_middle * of_second * of_ends;
        RealName { given, surname, chance, native: None }
    }

    /// A name of syllables in two scripts.
    fn surname(&mut self, of: &[(&str, &str)], ends: Option<&[(&str, &str)]>) -> (String, String) {
        let mut parts: Vec<(String, String)> = Vec::new();
        for _ in 0..if ends.is_some() { 2 } else { 3 } {
            let (latin, native) = of.choose(&mut self.0).unwrap();
            parts.push(((*latin).to_owned(), (*native).to_owned()));
        }
        if let Some(ends) = ends {
            let (latin, native) = ends.choose(&mut self.0).unwrap();
            parts.push(((*latin).to_owned(), (*native).to_owned()));
        }
        let latin: String = parts.iter().map(|(latin, _)| latin.as_str()).collect();
        let native: String = parts.iter().map(|(_, native)| native.as_str()).collect();
        (capitalised(&latin), if ends.is_some() { capitalised(&native) } else { native })
    }

    fn joke(&mut self) -> String {
        let (a, b) = (self.one(&JOKES), self.one(&JOKES));
        match self.below(4) {
            0 => format!("{a}{b}"),
            1 => format!("{}_{}", a.to_lowercase(), b.to_lowercase()),
            2 => format!("{a} {b}"),
            _ => format!("{}{}", a.to_lowercase(), self.below(10_000)),
        }
    }

    /// What a member shows of their name, and how much of it that is.
    fn shown(&mut self, name: &RealName) -> (String, Shown) {
        if let Some((given, surname)) = name.native.clone().filter(|_| self.chance(30)) {
            return (format!("{given} {surname}"), Shown::Full);
        }
        let RealName { given, surname, .. } = name;
        match self.below(100) {
            0..=44 => (format!("{given} {surname}"), Shown::Full),
            45..=52 => (format!("{surname} {given}"), Shown::Full),
            53..=55 => (format!("{surname}, {given}"), Shown::Full),
            56..=63 => (format!("{given}{surname}"), Shown::Full),
            64..=70 => (self.slip(given, surname), Shown::Full),
            71..=78 => match SHORT.iter().find(|(full, _)| full == given) {
                Some((_, short)) => (format!("{short} {surname}"), Shown::Short((*short).to_owned())),
                None => (format!("{given} {surname}"), Shown::Full),
            },
            79..=86 => {
                let initial = given.chars().next().unwrap();
                (format!("{initial}. {surname}"), Shown::Initial(initial))
            }
            87..=90 => (self.leet(&format!("{given} {surname}")), Shown::Full),
            91..=94 => (fancy(&format!("{given} {surname}")), Shown::Full),
            95..=97 => (given.clone(), Shown::Hidden),
            _ => (self.joke(), Shown::Hidden),
        }
    }

    /// One letter wrong in the surname.
    fn slip(&mut self, given: &str, surname: &str) -> String {
        let mut letters: Vec<char> = surname.chars().collect();
        let at = 1 + self.below(letters.len() - 1);
        match self.below(3) {
            0 if letters.len() > 6 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            _ => letters[at] = self.one(&['a', 'e', 'n', 'r', 's', 't']),
        }
        format!("{given} {}", letters.into_iter().collect::<String>())
    }

    fn leet(&mut self, text: &str) -> String {
        let digits = [('a', '4'), ('e', '3'), ('i', '1'), ('o', '0'), ('s', '5')];
        let swap = self.one(&digits);
        // The first letter of a word stays, as people leave it.
        text.chars().map(|c| if c == swap.0 { swap.1 } else { c }).collect()
    }

    /// A name with what people put around it.
    fn decorated(&mut self, name: &str) -> String {
        let number = 1 + self.below(998);
        let tag: String = (0..2 + self.below(3))
            .map(|_| self.one(&['A', 'B', 'C', 'K', 'M', 'R', 'S', 'T', 'X']))
            .collect();
        match self.below(12) {
            0 => format!("[{tag}] {name}"),
            1 => format!("{name} #{number}"),
            2 => format!("{tag} | {name}"),
            3 => format!("{name} | GT3"),
            4 => format!("🇩🇪 {name} 🏁"),
            5 => format!("{name} (UTC+2)"),
            6 => format!("#{number} {name} | Spotter"),
            7 => format!("{} ({name})", self.joke()),
            _ => name.to_owned(),
        }
    }

    /// A user with a name on the roster.
    fn user(&mut self, key: u32, name: &RealName) -> Person<u32> {
        let text = format!("{} {}", name.given, name.surname);
        let mut names = vec![Name { kind: NameKind::Name, text: text.clone() }];
        if self.chance(60) {
            let text = if self.chance(30) { format!("{text}{}", 2 + self.below(8)) } else { text };
            names.push(Name { kind: NameKind::IRacing, text });
        }
        Person { key, names }
    }

    /// A member, and how much of their name they show.
    fn member(&mut self, key: u32, name: &RealName) -> (Person<u32>, Shown) {
        let (text, shown) = self.shown(name);
        let (username, global) = (self.joke().to_lowercase(), self.joke());
        let mut names = vec![Name { kind: NameKind::Username, text: username }];
        match self.below(10) {
            0..=5 => {
                names.push(Name { kind: NameKind::Global, text: global });
                names.push(Name { kind: NameKind::Nickname, text: self.decorated(&text) });
            }
            6..=8 => names.push(Name { kind: NameKind::Global, text: self.decorated(&text) }),
            _ => {
                let joined: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
                // An initial and a surname in one word could be anything.
                let shown = if matches!(shown, Shown::Full) { shown } else { Shown::Hidden };
                names[0].text = format!("{joined}{}", self.below(100));
                names.push(Name { kind: NameKind::Global, text: global });
                return (Person { key, names }, shown);
            }
        }
        (Person { key, names }, shown)
    }
}

/// Draws a club of so many members, of whom two thirds are on a roster of so many users.
pub(super) fn club(seed: u64, members: u32, users: u32) -> Labelled {
    let mut draw = Draw(StdRng::seed_from_u64(seed));
    let mut roster: Vec<RealName> = Vec::new();
    while roster.len() < users as usize {
        let name = draw.real_name();
        if draw.chance(3) {
            let brother = RealName { given: draw.one(&LATIN_GIVEN).to_owned(), native: None, ..name.clone() };
            roster.push(brother);
        }
        roster.push(name);
    }
    roster.truncate(users as usize);
    let mut club =
        Labelled { members: Vec::new(), users: Vec::new(), truth: BTreeMap::new(), clear: BTreeSet::new() };
    club.users = (0..).zip(&roster).map(|(key, name)| draw.user(key, name)).collect();
    let known = (members * 2 / 3).min(users);
    let mut shown: Vec<(RealName, Shown)> = Vec::new();
    for key in 0..members {
        let name = if key < known { roster[key as usize].clone() } else { draw.real_name() };
        if key < known {
            club.truth.insert(key, key);
        }
        let (member, how) = draw.member(key, &name);
        club.members.push(member);
        shown.push((name, how));
    }
    club.clear = clear(&roster, &shown, known);
    club
}

/// From so many namesakes on that are to be expected among the members, a careful person doubts.
const DOUBT: f64 = 0.05;

/// The members whose name, as far as they show it, fits one of the roster and nobody else's, while no other member's fits
/// that one and it isn't a name that several of so many people have by chance.
fn clear(roster: &[RealName], shown: &[(RealName, Shown)], known: u32) -> BTreeSet<u32> {
    let mut of_surname: HashMap<&str, Vec<&RealName>> = HashMap::new();
    for name in roster {
        of_surname.entry(&name.surname).or_default().push(name);
    }
    let fits = |name: &RealName, how: &Shown, of: &RealName| match how {
        Shown::Full => name.given == of.given,
        Shown::Short(short) => {
            of.given == *short || SHORT.iter().any(|(full, s)| *full == of.given && s == short)
        }
        Shown::Initial(initial) => of.given.starts_with(*initial),
        Shown::Hidden => false,
    };
    let mut claims: HashMap<(&str, &str), usize> = HashMap::new();
    let found: Vec<Vec<&RealName>> = shown
        .iter()
        .map(|(name, how)| {
            let same = of_surname.get(name.surname.as_str()).map(Vec::as_slice).unwrap_or_default();
            same.iter().filter(|of| fits(name, how, of)).copied().collect()
        })
        .collect();
    for of in found.iter().flatten() {
        *claims.entry((of.given.as_str(), of.surname.as_str())).or_default() += 1;
    }
    let alone = |(at, found): (u32, &Vec<&RealName>)| match found.as_slice() {
        [of] if at < known && claims[&(of.given.as_str(), of.surname.as_str())] == 1 => {
            (of.chance * shown.len() as f64 <= DOUBT).then_some(at)
        }
        _ => None,
    };
    (0..).zip(&found).filter_map(alone).collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Letters of a font that Unicode has as letters of their own.
fn fancy(text: &str) -> String {
    let bold = |c: char, from: char, to: u32| char::from_u32(to + (u32::from(c) - u32::from(from))).unwrap();
    text.chars()
        .map(|c| match c {
            'a'..='z' => bold(c, 'a', 0x1_d41a),
            'A'..='Z' => bold(c, 'A', 0x1_d400),
            other => other,
        })
        .collect()
}
