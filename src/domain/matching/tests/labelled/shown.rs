//! How a member shows who they are, and how a roster lists them.

use super::{
    Name, NameKind, Person,
    culture::{RealName, Word},
    lists,
    noise::{Draw, plain},
};

/// How much of a real name can be read from what a member shows, the most first.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Shown {
    /// The first name and the surname.
    Whole,
    /// The same, where one of the two is misspelt as that.
    Slip(String),
    /// The surname and a short form of the first name.
    Short(String),
    /// The surname and the first letter of the first name.
    Initial,
    /// The name to play under that the roster has, too.
    Tag,
    /// Less, or nothing.
    Hidden,
}

/// How a roster lists somebody.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    pub(super) names: Vec<Name>,
    /// Whether any of the names is in Latin letters.
    is_latin: bool,
    /// Whether any is in the script of the culture, as it sounds.
    is_native: bool,
    /// Whether any is in signs.
    has_signs: bool,
    /// Whether the second surname is among them.
    pub(super) has_second: bool,
    /// The name to play under, where it is known.
    tag: Option<String>,
}

/// In which letters a name is written.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Script {
    Latin,
    Native,
    Signs,
}

fn word(word: &Word, script: Script) -> &str {
    let own = match script {
        Script::Latin => None,
        Script::Native => word.native.as_deref(),
        Script::Signs => word.signs.as_deref(),
    };
    own.unwrap_or(&word.latin)
}

/// A whole name in one script, as its culture writes it.
fn whole(name: &RealName, script: Script) -> String {
    let (given, surname) = (word(&name.given, script), word(&name.surname, script));
    match script {
        Script::Latin | Script::Native if !name.is_surname_first || script == Script::Latin => {
            format!("{given} {surname}")
        }
        // Katakana have a space more often than not; Chinese and Korean names have none.
        Script::Native if name.surname.signs.is_some() => format!("{surname} {given}"),
        _ => format!("{surname}{given}"),
    }
}

fn initial(name: &str) -> char {
    name.chars().next().unwrap()
}

impl Draw {
    /// A user's names on the roster.
    pub(super) fn listed(&mut self, name: &RealName) -> Listed {
        let mut listed = Listed::default();
        let mut add = |kind, text: String| listed.names.push(Name { kind, text });
        let script = self.script_of(name, 10);
        let latin = whole(name, Script::Latin);
        let mut has_second = false;
        let text = match (script, &name.middle) {
            (Script::Latin, Some(middle)) if self.chance(50) => {
                format!("{} {} {}", name.given.latin, middle.latin, name.surname.latin)
            }
            (Script::Latin, Some(middle)) if self.chance(20) => {
                format!("{} {}. {}", name.given.latin, initial(&middle.latin), name.surname.latin)
            }
            (Script::Latin, None) if self.chance(5) => {
                format!("{}, {}", name.surname.latin, name.given.latin)
            }
            _ => whole(name, script),
        };
        let text = match &name.second {
            Some(second) if self.chance(60) => {
                has_second = true;
                format!("{text} {}", second.latin)
            }
            _ => text,
        };
        let suffix = name.suffix.map(|suffix| format!(" {suffix}")).unwrap_or_default();
        add(NameKind::Name, text + &suffix);
        let is_known = self.chance(60);
        if is_known {
            let number = if self.chance(15) { (2 + self.below(8)).to_string() } else { String::new() };
            add(NameKind::IRacing, format!("{latin}{suffix}{number}"));
        }
        let tag = self.chance(12).then(|| self.tag());
        if let Some(tag) = &tag {
            add(NameKind::Alias, tag.clone());
        }
        listed.is_latin = is_known || script == Script::Latin;
        (listed.is_native, listed.has_signs) = (script == Script::Native, script == Script::Signs);
        (listed.has_second, listed.tag) = (has_second, tag);
        listed
    }

    fn script_of(&mut self, name: &RealName, percent: u32) -> Script {
        let has_own = name.given.native.is_some() && name.surname.native.is_some() && self.chance(percent);
        match name.given.signs.as_ref().and(name.surname.signs.as_ref()) {
            Some(_) if has_own && self.chance(50) => Script::Signs,
            _ if has_own => Script::Native,
            _ => Script::Latin,
        }
    }

    /// What a member shows of their name, and how much of it that is.
    fn shown(&mut self, name: &RealName, listed: Option<&Listed>) -> (String, Shown) {
        let script = self.script_of(name, 30);
        if script != Script::Latin {
            // Signs don't say how they sound, and sounds not which signs they are.
            let is_readable = listed.is_none_or(|listed| match script {
                Script::Signs => listed.has_signs,
                _ => listed.is_latin || listed.is_native,
            });
            return (whole(name, script), if is_readable { Shown::Whole } else { Shown::Hidden });
        }
        let is_read = listed.is_none_or(|listed| listed.is_latin || listed.is_native);
        let (text, shown) = self.in_latin(name, listed);
        (text, if is_read { shown } else { Shown::Hidden })
    }

    fn in_latin(&mut self, name: &RealName, listed: Option<&Listed>) -> (String, Shown) {
        let (given, surname) = (name.given.latin.as_str(), name.surname.latin.as_str());
        let whole = whole(name, Script::Latin);
        match self.below(100) {
            0..=7 => (format!("{surname} {given}"), Shown::Whole),
            8..=10 => (format!("{surname}, {given}"), Shown::Whole),
            11..=17 => (format!("{given}{surname}"), Shown::Whole),
            18..=22 => self.misspelt(given, surname),
            23..=30 => {
                let all = lists::SHORT.split_whitespace().filter_map(|pair| pair.split_once('='));
                let short: Vec<_> = all.filter(|(full, _)| *full == given).collect();
                match short.is_empty() {
                    true => (whole, Shown::Whole),
                    false => {
                        let short = self.one(&short).1;
                        (format!("{short} {surname}"), Shown::Short(short.to_owned()))
                    }
                }
            }
            31..=35 => (format!("{}. {surname}", initial(given)), Shown::Initial),
            36 => (format!("{surname} {}.", initial(given)), Shown::Initial),
            37..=39 => (format!("{given} {}.", initial(surname)), Shown::Hidden),
            40..=42 => (given.to_owned(), Shown::Hidden),
            43..=44 => (surname.to_owned(), Shown::Hidden),
            45..=50 => (self.joke(), Shown::Hidden),
            51..=60 => self.with_other_names(name, listed).unwrap_or((whole, Shown::Whole)),
            _ => (whole, Shown::Whole),
        }
    }

    fn misspelt(&mut self, given: &str, surname: &str) -> (String, Shown) {
        let of = if self.chance(70) { surname } else { given };
        if of.chars().count() < 5 {
            return (format!("{given} {surname}"), Shown::Whole);
        }
        let slip = self.slip(of);
        let text = if of == surname { format!("{given} {slip}") } else { format!("{slip} {surname}") };
        (text, if slip == of { Shown::Whole } else { Shown::Slip(slip) })
    }

    /// Middle names, patronymics, second surnames, and surnames by marriage.
    fn with_other_names(&mut self, name: &RealName, listed: Option<&Listed>) -> Option<(String, Shown)> {
        let (given, surname) = (name.given.latin.as_str(), name.surname.latin.as_str());
        if let Some(Word { latin: married, .. }) = &name.married {
            return Some(match self.below(4) {
                0 => (format!("{given} {married}"), Shown::Hidden),
                1 => (format!("{given} {married} ({surname})"), Shown::Whole),
                2 => (format!("{given} {married} née {surname}"), Shown::Whole),
                _ => (format!("{given} {surname}-{married}"), Shown::Whole),
            });
        }
        if let Some(Word { latin: second, .. }) = &name.second {
            let knows_second = listed.is_none_or(|listed| listed.has_second);
            return Some(match self.below(3) {
                0 => (format!("{given} {surname} {second}"), Shown::Whole),
                1 => (format!("{given} {surname}-{second}"), Shown::Whole),
                _ if knows_second => (format!("{given} {second}"), Shown::Hidden),
                _ => (format!("{given} {surname}"), Shown::Whole),
            });
        }
        let middle = &name.middle.as_ref()?.latin;
        Some(match self.below(4) {
            0 | 1 => (format!("{given} {middle} {surname}"), Shown::Whole),
            2 => (format!("{given} {}. {surname}", initial(middle)), Shown::Whole),
            _ => (format!("{middle} {surname}"), Shown::Hidden),
        })
    }

    /// A member, and how much of their name can be read.
    pub(super) fn member(
        &mut self,
        key: u32,
        name: &RealName,
        listed: Option<&Listed>,
    ) -> (Person<u32>, Shown) {
        let (text, by_display) =
            if self.chance(85) { self.display(name, listed) } else { (self.joke(), Shown::Hidden) };
        let percent = if by_display == Shown::Hidden { 25 } else { 12 };
        let tag = listed.and_then(|listed| listed.tag.as_ref()).filter(|_| self.chance(30));
        let (username, by_username) = match tag {
            Some(tag) => (tag.to_lowercase(), Shown::Tag),
            None if self.chance(percent) => self.username(name, listed),
            None => (self.joke().to_lowercase().replace(' ', "."), Shown::Hidden),
        };
        (self.with_names(key, username, &text), by_display.min(by_username))
    }

    /// Somebody who goes by jokes only.
    pub(super) fn joker(&mut self, key: u32) -> Person<u32> {
        let (username, text) = (self.joke().to_lowercase().replace(' ', "."), self.joke());
        self.with_names(key, username, &text)
    }

    /// The name that others see, with its suffix and in whatever letters.
    fn display(&mut self, name: &RealName, listed: Option<&Listed>) -> (String, Shown) {
        let (text, shown) = self.shown(name, listed);
        let suffix = name.suffix.filter(|_| self.chance(60));
        let is_sons = name.suffix.is_some() && suffix.is_none();
        let text = suffix.map_or(text.clone(), |suffix| format!("{text} {suffix}"));
        let (text, has_digits) = self.written(&text);
        // A wrong letter beside digits for letters is too much; and a son who doesn't say so may be his father.
        let is_too_much = has_digits && shown != Shown::Whole;
        (text, if is_sons || is_too_much { Shown::Hidden } else { shown })
    }

    fn username(&mut self, name: &RealName, listed: Option<&Listed>) -> (String, Shown) {
        let (given, surname) = (plain(&name.given.latin), plain(&name.surname.latin));
        let number = self.below(1_000);
        let text = match self.below(6) {
            0 => format!("{given}{surname}"),
            1 => format!("{given}.{surname}"),
            2 => format!("{given}_{surname}{number}"),
            3 => format!("{surname}{given}"),
            4 => format!("{surname}.{given}{number}"),
            _ => format!("{given}{surname}{number}"),
        };
        let is_read =
            name.suffix.is_none() && listed.is_none_or(|listed| listed.is_latin || listed.is_native);
        (text, if is_read { Shown::Whole } else { Shown::Hidden })
    }

    fn with_names(&mut self, key: u32, username: String, text: &str) -> Person<u32> {
        let mut names = vec![Name { kind: NameKind::Username, text: username }];
        if self.chance(65) {
            let global = self.joke();
            names.push(Name { kind: NameKind::Global, text: global });
            names.push(Name { kind: NameKind::Nickname, text: self.decorated(text) });
        } else {
            names.push(Name { kind: NameKind::Global, text: self.decorated(text) });
            if self.chance(10) {
                let nothing = self.one(&["", " ", "🏁", "🇩🇪🏎️", "\u{200b}", "..."]);
                names.push(Name { kind: NameKind::Nickname, text: nothing.to_owned() });
            }
        }
        Person { key, names }
    }
}
