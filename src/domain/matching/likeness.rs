//! How much two people's names are alike, and why.

use std::fmt;

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
/// Letters that a name has at least before one of them may be wrong.
const LONG: usize = 5;

/// How two names are alike, from the surest to the least sure.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
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
    /// The surname and an initial, written together.
    InitialTogether,
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
            Self::InitialTogether => 750,
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
            Self::OneLetter => "all but one letter",
            Self::ShortForm => "the surname, and the first name for short",
            Self::Initial | Self::InitialTogether => "the surname and an initial",
            Self::Surname => "the surname",
            Self::Word => "the word",
        }
    }
}

/// Why two people may be one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
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

/// How somebody's names are like somebody else's, by the two that are most alike; nothing if none are.
pub(super) fn compare(member: &Folded, user: &Folded) -> Option<Evidence> {
    let pairs =
        member.variants.iter().flat_map(|theirs| user.variants.iter().map(move |ours| (theirs, ours)));
    let alike = pairs.filter_map(|(theirs, ours)| {
        Some(Evidence { likeness: alike(theirs, ours)?, member: theirs.kind, user: ours.kind })
    });
    // Of several the first, so that the same is told each time.
    alike.min_by_key(|evidence| evidence.likeness)
}

/// How a member's name is like one of the roster.
fn alike(theirs: &Variant, ours: &Variant) -> Option<Likeness> {
    match (theirs.words.as_slice(), ours.words.as_slice()) {
        ([their], [our]) => (their == our && our.len() >= LONG).then(|| same_word(theirs, ours)),
        (_, [_]) => None,
        (words, name) if words == name => Some(Likeness::Same),
        ([word], name) => one_word(word, name, &ours.joined),
        (words, name) => several_words(words, name, theirs, ours),
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

fn several_words(words: &[String], name: &[String], theirs: &Variant, ours: &Variant) -> Option<Likeness> {
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
        return one_letter(words, name);
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
    one_letter(words, name)
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
fn one_letter(words: &[String], name: &[String]) -> Option<Likeness> {
    if words.len() != name.len() {
        return None;
    }
    let near = |order: &dyn Fn(usize) -> usize| {
        let pairs = || (0..name.len()).map(|at| (&words[order(at)], &name[at]));
        let wrong = pairs().filter(|(a, b)| a != b).count();
        wrong == 1 && pairs().all(|(a, b)| a == b || (b.len() >= LONG && osa_distance(a, b) == 1))
    };
    (near(&|at| at) || near(&|at| name.len() - 1 - at)).then_some(Likeness::OneLetter)
}

fn same_words(a: &[String], b: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    sorted(a) == sorted(b)
}
