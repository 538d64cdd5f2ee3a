//! How much two people's names are alike, and why.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
};

use strsim::osa_distance;

use super::{
    NameKind,
    fold::{Folded, Variant},
};

/// First names and what they are called for short, where one doesn't begin with the other.
const SHORT_FORMS: [(&str, &str); 34] = [
    ("alexander", "sasha"),
    ("alexander", "sandro"),
    ("anthony", "tony"),
    ("antonio", "toni"),
    ("charles", "chuck"),
    ("dmitry", "dima"),
    ("edward", "ted"),
    ("francisco", "paco"),
    ("frederick", "fritz"),
    ("giuseppe", "beppe"),
    ("henry", "harry"),
    ("henry", "hank"),
    ("ivan", "vanya"),
    ("jacob", "jake"),
    ("james", "jim"),
    ("james", "jamie"),
    ("johannes", "hans"),
    ("john", "jack"),
    ("jose", "pepe"),
    ("joseph", "joe"),
    ("ludovic", "ludo"),
    ("michael", "mike"),
    ("michael", "mick"),
    ("mikhail", "misha"),
    ("nicholas", "nico"),
    ("nikolai", "kolya"),
    ("richard", "dick"),
    ("richard", "rick"),
    ("robert", "bob"),
    ("sebastian", "basti"),
    ("thomas", "tom"),
    ("vladimir", "vova"),
    ("william", "bill"),
    ("william", "liam"),
];
/// From which product on: in a crowd of 100,000 of whom 1,000 are called Daniel and 5 Anderson, one in twenty is both by chance.
const COMMON: u64 = 4_500;
/// Letters that a name has at least before one of them may be wrong.
const LONG: usize = 5;

/// How two names are alike, from the surest to the least sure.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
pub enum Likeness {
    /// Word for word.
    Same,
    /// The same words in another order.
    Reordered,
    /// The same letters without the space.
    Together,
    /// All of it, and something else.
    Within,
    /// The first and the last of its words.
    FirstAndLast,
    /// All but one letter.
    OneLetter,
    /// The surname, and a short form of the first name.
    ShortForm,
    /// A single word that is the same.
    SameWord,
    /// The surname and an initial.
    Initial,
    /// A name of which both parts are so common here that somebody else may well have it, too.
    Common,
    /// The surname and an initial, written together.
    InitialTogether,
    /// All but one letter, which makes it somebody else's name.
    NearName,
    /// The surname alone.
    Surname,
    /// A single word, without the digits around it.
    Word,
}

impl Likeness {
    /// How likely it makes two people one, out of 1,000.
    #[must_use]
    pub const fn score(self) -> u16 {
        match self {
            Self::Same => 1_000,
            Self::Reordered => 990,
            Self::Together => 970,
            Self::Within => 950,
            Self::FirstAndLast => 930,
            Self::OneLetter => 920,
            Self::ShortForm => 900,
            Self::SameWord => 870,
            Self::Initial => 850,
            Self::Common => 800,
            Self::InitialTogether => 750,
            Self::NearName => 700,
            Self::Surname => 600,
            Self::Word => 550,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Same | Self::SameWord => "the same",
            Self::Reordered => "the same words in another order",
            Self::Together => "the same, written together",
            Self::Within => "all of it, and something else",
            Self::FirstAndLast => "its first and its last word",
            Self::OneLetter | Self::NearName => "all but one letter",
            Self::ShortForm => "the surname, and the first name for short",
            Self::Initial | Self::InitialTogether => "the surname and an initial",
            Self::Common => "the common words",
            Self::Surname => "the surname",
            Self::Word => "the word",
        }
    }
}

/// Why two people may be one.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Evidence {
    /// How their names are alike.
    pub likeness: Likeness,
    /// The member's name that shows it.
    pub member: NameKind,
    /// The user's name that it is like.
    pub user: NameKind,
}

impl Evidence {
    /// How likely the two are one, out of 1,000.
    #[must_use]
    pub const fn score(self) -> u16 {
        self.likeness.score()
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_member = match self.member {
            NameKind::Nickname => "the nickname",
            NameKind::Global => "the display name",
            NameKind::Username => "the username",
            NameKind::Name | NameKind::IRacing | NameKind::Alias => "the name",
        };
        let of_user = match self.user {
            NameKind::IRacing => "the iRacing name",
            NameKind::Alias => "an alias",
            _ => "the name on the roster",
        };
        match self.likeness {
            Likeness::Same | Likeness::SameWord => write!(f, "{of_member} is {of_user}"),
            other => write!(f, "{of_member} has {} of {of_user}", other.words()),
        }
    }
}

/// How many people have a word in one of their names.
#[derive(Debug, Default)]
pub(super) struct Words(HashMap<String, u32>);

impl Words {
    /// Counts somebody's words, each once.
    pub(super) fn count(&mut self, person: &Folded) {
        let words: BTreeSet<&String> = person.variants.iter().flat_map(|variant| &variant.words).collect();
        for word in words {
            match self.0.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.0.insert(word.clone(), 1)),
            }
        }
    }

    /// Whether the first and the last word of a name meet by chance in a crowd like this one. It is the product of how many have
    /// each that counts: so people of other names change nothing.
    fn are_common(&self, name: &[String]) -> bool {
        let others = |word: Option<&String>| {
            let count = word.and_then(|word| self.0.get(word)).copied().unwrap_or_default();
            u64::from(count.saturating_sub(2))
        };
        name.len() > 1 && others(name.first()) * others(name.last()) > COMMON
    }

    /// Whether somebody has it besides the one who shows it.
    fn is_of_others(&self, word: &str) -> bool {
        self.0.get(word).is_some_and(|count| *count > 1)
    }
}

/// How somebody's names are like somebody else's, by the two that are most alike; nothing if none are. A word that others have
/// in their names is no slip of a letter.
pub(super) fn compare(member: &Folded, user: &Folded, words: &Words) -> Option<Evidence> {
    let pairs =
        member.variants.iter().flat_map(|theirs| user.variants.iter().map(move |ours| (theirs, ours)));
    let alike = pairs.filter_map(|(theirs, ours)| {
        let likeness = alike(theirs, ours, words)?;
        // What is common is no surer for being written well.
        let likeness = if words.are_common(&ours.words) { likeness.max(Likeness::Common) } else { likeness };
        Some(Evidence { likeness, member: theirs.kind, user: ours.kind })
    });
    // Of several the first, so that the same is told each time.
    alike.min_by_key(|evidence| evidence.likeness)
}

/// How a member's name is like one of the roster.
fn alike(theirs: &Variant, ours: &Variant, known: &Words) -> Option<Likeness> {
    match (theirs.words.as_slice(), ours.words.as_slice()) {
        ([their], [our]) => (their == our && our.len() >= LONG).then(|| same_word(theirs, ours)),
        (_, [_]) => None,
        (words, name) if words == name => Some(Likeness::Same),
        ([word], name) => one_word(word, name, &ours.joined),
        (_, name) => several_words(name, theirs, ours, known),
    }
}

/// A single word that is the same. An alias has to be so to the last digit: many a driver is a banana.
fn same_word(theirs: &Variant, ours: &Variant) -> Likeness {
    if ours.kind == NameKind::Alias && theirs.typed != ours.typed {
        Likeness::Word
    } else {
        Likeness::SameWord
    }
}

/// One word, against a name of several.
fn one_word(word: &str, name: &[String], joined: &str) -> Option<Likeness> {
    let (first, last) = (name.first()?, name.last()?);
    if word == joined || word == format!("{last}{first}") {
        return (word.len() > LONG).then_some(Likeness::Together);
    }
    if word.len() > 2 * LONG - 2 && osa_distance(word, joined) == 1 {
        return Some(Likeness::OneLetter);
    }
    let initial = first.chars().next()?;
    let with_initial = word.strip_prefix(initial) == Some(last) || word.strip_suffix(initial) == Some(last);
    if with_initial && last.len() >= LONG - 1 {
        return Some(Likeness::InitialTogether);
    }
    (word == last && last.len() >= LONG - 1).then_some(Likeness::Surname)
}

fn several_words(name: &[String], theirs: &Variant, ours: &Variant, known: &Words) -> Option<Likeness> {
    let words = theirs.words.as_slice();
    let (first, last) = (name.first()?, name.last()?);
    let has = |wanted: &String| words.contains(wanted);
    if words.len() == name.len() && same_words(words, name) {
        return Some(Likeness::Reordered);
    }
    if theirs.joined == ours.joined {
        return Some(Likeness::Together);
    }
    if words.len() > name.len() && name.iter().all(has) {
        return Some(Likeness::Within);
    }
    if name.len() > 2 && words.len() == 2 && has(first) && has(last) {
        return Some(Likeness::FirstAndLast);
    }
    if words.len() != 2 || !(has(last) || has(first)) {
        return one_letter(words, name, known);
    }
    // One of the two is there as it is; the other may be short for, or nearly, its counterpart.
    let (kept, other) = if has(last) { (last, first) } else { (first, last) };
    let rest = words.iter().find(|word| *word != kept).or_else(|| words.last())?;
    if kept == last && is_short(rest, other) {
        return Some(if rest.len() == 1 { Likeness::Initial } else { Likeness::ShortForm });
    }
    if kept == first && rest.len() == 1 && other.starts_with(rest.as_str()) && first.len() >= LONG - 1 {
        return Some(Likeness::InitialTogether);
    }
    one_letter(words, name, known)
}

/// Whether a word is short for a first name: its beginning, its initial, or what it is called.
fn is_short(short: &str, long: &str) -> bool {
    let begins = |a: &str, b: &str| a.starts_with(b) && (b.len() == 1 || b.len() > 2);
    let known = |(full, called): &(&str, &str)| {
        (*full, *called) == (long, short) || (*full, *called) == (short, long)
    };
    begins(long, short) || (long.len() > 2 && begins(short, long)) || SHORT_FORMS.iter().any(known)
}

/// Whether two names of as many words differ in one letter of one long word.
fn one_letter(words: &[String], name: &[String], known: &Words) -> Option<Likeness> {
    if words.len() != name.len() {
        return None;
    }
    let near = |order: &dyn Fn(usize) -> usize| {
        let mut wrong = (0..name.len()).map(|at| (&words[order(at)], &name[at])).filter(|(a, b)| a != b);
        let (slip, meant) = wrong.next()?;
        let is_slip = wrong.next().is_none() && meant.len() >= LONG && osa_distance(slip, meant) == 1;
        is_slip.then(|| if known.is_of_others(slip) { Likeness::NearName } else { Likeness::OneLetter })
    };
    near(&|at| at).or_else(|| near(&|at| name.len() - 1 - at))
}

fn same_words(a: &[String], b: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    sorted(a) == sorted(b)
}
