//! What people do to a name: how they write it, and what they put around it.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

use super::lists;

/// Characters of a server nickname, at most; what is longer loses its decorations.
const LONGEST: usize = 32;

/// Draws everything of one club.
pub(super) struct Draw(pub(super) StdRng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.choose(&mut self.0).unwrap()
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0.random_range(0..most)
    }

    pub(super) fn joke(&mut self) -> String {
        let words: Vec<&str> = lists::JOKES.split_whitespace().collect();
        let (a, b, number) = (self.one(&words), self.one(&words), self.below(10_000));
        match self.below(6) {
            0 => format!("{a}{b}"),
            1 => format!("{}_{}", a.to_lowercase(), b.to_lowercase()),
            2 => format!("{a} {b}"),
            3 => format!("xX_{a}{b}_Xx"),
            4 => format!("The {a}"),
            _ => format!("{}{number}", a.to_lowercase()),
        }
    }

    /// A name to play under that hardly anybody else has.
    pub(super) fn tag(&mut self) -> String {
        let words: Vec<&str> = lists::JOKES.split_whitespace().collect();
        let (a, b) = (self.one(&words), self.one(&words));
        format!("{a}{b}{}", 100 + self.below(900))
    }

    /// One letter wrong, as fingers do it: missed, doubled, swapped, or its neighbour hit.
    pub(super) fn slip(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + self.below(letters.len() - 2);
        match self.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters.swap(at, at + 1),
            _ => letters[at] = beside(letters[at], self.chance(50)),
        }
        letters.into_iter().collect()
    }

    /// A name in other letters that look or count the same. Whether digits stand for letters then is told.
    pub(super) fn written(&mut self, name: &str) -> (String, bool) {
        match self.below(100) {
            0..=6 => (name.to_lowercase(), false),
            7..=12 => (name.to_uppercase(), false),
            13..=17 => (self.leet(name), true),
            18..=22 => {
                let to = self.one(&FONTS);
                (name.chars().map(|c| font(c, to)).collect(), false)
            }
            23..=24 => (name.chars().map(full_width).collect(), false),
            25..=26 => (self.zalgo(name), false),
            27..=29 => (name.chars().map(look_alike).collect(), false),
            30 => (name.chars().flat_map(|c| [c, ' ']).collect(), false),
            _ => (name.to_owned(), false),
        }
    }

    fn leet(&mut self, text: &str) -> String {
        let digits = [('a', '4'), ('e', '3'), ('i', '1'), ('o', '0'), ('s', '5')];
        let (first, second) = (self.one(&digits), self.one(&digits));
        let swap = |c: char| [first, second].iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
        // The last letter stays, since a digit at the end reads as a number.
        let words = text.split(' ').map(|word| {
            let last = word.trim_end_matches([',', '.']).chars().count().saturating_sub(1);
            word.chars().enumerate().map(|(at, c)| if at == last { c } else { swap(c) }).collect::<String>()
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// A hundred characters, most of them marks.
    fn zalgo(&mut self, text: &str) -> String {
        let marks = 1 + 100 / text.chars().count().max(1);
        let mut zalgo = String::new();
        for c in text.chars() {
            zalgo.push(c);
            let mark = || char::from_u32(0x300 + self.0.random_range(0..0x70)).unwrap();
            zalgo.extend(std::iter::repeat_with(mark).take(marks));
        }
        zalgo
    }

    /// A name with what people put around it, one thing or two.
    pub(super) fn decorated(&mut self, name: &str) -> String {
        let mut all = name.to_owned();
        for percent in [60, 25] {
            if self.chance(percent) {
                all = self.around(&all);
            }
        }
        if all.chars().count() > LONGEST { name.to_owned() } else { all }
    }

    fn around(&mut self, name: &str) -> String {
        let number = 1 + self.below(998);
        let tag: String = (0..2 + self.below(3)).map(|_| self.one(&TAG_LETTERS)).collect();
        match self.below(22) {
            0 | 1 => format!("[{tag}] {name}"),
            2 => format!("{name} #{number}"),
            3 => format!("{tag} | {name}"),
            4 => format!("{name} | GT3"),
            5 => format!("🇩🇪 {name} 🏁"),
            6 => format!("{name} (UTC+2)"),
            7 => format!("{name} | LMP2 | EST"),
            8 => format!("#{number} {name} | Spotter"),
            9 => format!("{} ({name})", self.joke()),
            10 => format!("{name} ({})", self.joke()),
            11 => format!("{name}🏎️"),
            12 => format!("꧁{name}꧂"),
            13 => format!("{tag}・{name}"),
            14 => format!("{name} - {}", self.joke()),
            15 => format!("{number} | {name}"),
            16 => format!("{name} 🍌 {tag}"),
            17 => format!("{tag} {name}"),
            18 => format!("✠ {name} ✠"),
            19 => format!("{name} {number}"),
            20 => format!("{name} [CET]"),
            _ => format!("TTV_{name}"),
        }
    }
}

const TAG_LETTERS: [char; 12] = ['A', 'B', 'C', 'E', 'K', 'M', 'N', 'R', 'S', 'T', 'V', 'X'];
/// Where Unicode has the letters of a font: A and a.
const FONTS: [(u32, u32); 6] = [
    (0x1_d400, 0x1_d41a),
    (0x1_d468, 0x1_d482),
    (0x1_d4d0, 0x1_d4ea),
    (0x1_d5d4, 0x1_d5ee),
    (0x1_d670, 0x1_d68a),
    (0x24b6, 0x24d0),
];

fn font(c: char, (upper, lower): (u32, u32)) -> char {
    let of = |from: char, to: u32| char::from_u32(to + u32::from(c) - u32::from(from)).unwrap();
    match c {
        'a'..='z' => of('a', lower),
        'A'..='Z' => of('A', upper),
        other => other,
    }
}

fn full_width(c: char) -> char {
    if c.is_ascii_alphanumeric() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }
}

/// The Cyrillic or Greek letter that looks like a Latin one.
fn look_alike(c: char) -> char {
    match c {
        'a' => 'а',
        'e' => 'е',
        'o' => 'о',
        'p' => 'р',
        'c' => 'с',
        'M' => 'Μ',
        'T' => 'Τ',
        other => other,
    }
}

/// The key to the right or to the left of a letter's.
fn beside(c: char, right: bool) -> char {
    ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
        .iter()
        .find_map(|row| {
            let at = row.find(c)?;
            let next = if right && at + 1 < row.len() { at + 1 } else { at.checked_sub(1).unwrap_or(1) };
            row.chars().nth(next)
        })
        .unwrap_or('e')
}

/// A name as the letters of a username.
pub(super) fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = text.to_lowercase().replace('ł', "l").replace('ø', "o");
    letters.nfd().filter(char::is_ascii_alphanumeric).collect()
}
