//! Why two people may be one, as a score and in words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::NameKind;

/// How two names are alike, from the surest to the least sure.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Word for word.
    Same,
    /// The same words in another order.
    Reordered,
    /// The same letters without the space.
    Together,
    /// All of it, and something else.
    Within,
    /// The first name and a surname of several, or without the names between them.
    FirstAndLast,
    /// All but one letter.
    OneLetter,
    /// The surname, and a short form of the first name.
    ShortForm,
    /// The same consonants, where one of the two is in a script whose vowels everybody writes as they like.
    Sound,
    /// A name of one word that is the same to the last digit.
    SameWord,
    /// The surname and an initial.
    Initial,
    /// A name that somebody else here may well have, too.
    Common,
    /// The surname and an initial, written together.
    InitialTogether,
    /// All but one letter, or a shorter first name, which makes it a name of its own.
    NearName,
    /// The first name and the surname, but what stands between them, or `Jr.`, is another.
    Contradicted,
    /// The first name and the surname's initial.
    FirstAndInitial,
    /// The surname alone.
    Surname,
    /// A name of one word, but for its digits.
    Word,
}

impl Likeness {
    /// How likely it makes two people one, out of 100. It orders; it is no probability.
    #[must_use]
    pub const fn score(self) -> u8 {
        match self {
            Self::Same => 95,
            Self::Reordered => 94,
            Self::Together => 93,
            Self::Within => 90,
            Self::FirstAndLast => 88,
            Self::OneLetter => 86,
            Self::ShortForm => 85,
            Self::Sound => 84,
            Self::SameWord => 83,
            Self::Initial => 80,
            Self::Common => 75,
            Self::InitialTogether => 72,
            Self::NearName => 70,
            Self::Contradicted => 65,
            Self::FirstAndInitial => 60,
            Self::Surname => 55,
            Self::Word => 50,
        }
    }
}

/// How a name of one is like a name of the other.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Alike {
    /// How the names are alike.
    pub likeness: Likeness,
    /// The member's name.
    pub member: NameKind,
    /// The user's.
    pub user: NameKind,
}

/// Why two people may be one. As JSON it is stable: what was stored is read back by later versions.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Evidence {
    /// The two names that are most alike.
    pub best: Alike,
    /// Another name of each that is alike as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Alike>,
}

/// What a second, independent name adds.
const BOTH: u8 = 5;

impl Evidence {
    /// How likely the two are one, from 0 to 100. It orders candidates; it is no probability.
    #[must_use]
    pub const fn score(self) -> u8 {
        let score = self.best.likeness.score();
        if self.is_independent() { score + BOTH } else { score }
    }

    /// Whether both the real name and the name to play under are alike. Namesakes have only one of the two in common, and a real
    /// name that stands twice says no more than once.
    const fn is_independent(self) -> bool {
        const fn is_word(alike: Alike) -> bool {
            matches!(alike.likeness, Likeness::SameWord)
        }
        match self.also {
            Some(also) => is_word(self.best) != is_word(also),
            None => false,
        }
    }
}

impl fmt::Display for Evidence {
    /// In the words of `/club conflicts`: `nickname is the iRacing name; username is an alias`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.best.fmt(f)?;
        match &self.also {
            Some(also) => write!(f, "; {also}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Alike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (member, user) = (Told(self.member), Told(self.user));
        match self.likeness {
            Likeness::Same | Likeness::SameWord => write!(f, "{member} is the {user}"),
            Likeness::Reordered => write!(f, "{member} is the {user} in another order"),
            Likeness::Together => write!(f, "{member} is the {user} without spaces"),
            Likeness::Within => write!(f, "{member} has all of the {user}, and more"),
            Likeness::FirstAndLast => write!(f, "{member} and {user} share the first name and a surname"),
            Likeness::OneLetter => write!(f, "{member} is one letter off the {user}"),
            Likeness::ShortForm => write!(f, "{member} has the surname and a short first name of the {user}"),
            Likeness::Sound => write!(f, "{member} sounds like the {user} in another script"),
            Likeness::Initial | Likeness::InitialTogether => {
                write!(f, "{member} has the surname and an initial of the {user}")
            }
            Likeness::Common => write!(f, "{member} fits the {user}, but that name is common here"),
            Likeness::NearName => write!(f, "{member} is near the {user}, but a name of its own"),
            Likeness::Contradicted => {
                write!(f, "{member} fits the {user}, but for a middle name or Jr. that differs")
            }
            Likeness::FirstAndInitial => {
                write!(f, "{member} has the first name and an initial of the {user}")
            }
            Likeness::Surname => write!(f, "{member} has the surname of the {user}"),
            Likeness::Word => write!(f, "{member} is the {user} but for the digits"),
        }
    }
}

/// A name as people speak of it.
struct Told(NameKind);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            NameKind::Nickname => "nickname",
            NameKind::Global => "display name",
            NameKind::Username => "username",
            NameKind::Name => "roster name",
            NameKind::IRacing => "iRacing name",
            NameKind::Alias => "alias",
        })
    }
}
