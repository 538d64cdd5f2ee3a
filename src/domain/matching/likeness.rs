//! How much two people's names are alike.

use strsim::osa_distance;
use unicode_script::Script;

use super::{
    evidence::{Alike, Evidence, Likeness},
    fold::{Folded, Variant},
    rarity::Rarity,
    script, short,
};

/// Letters that a word has at least to be told from others by itself, or before one of them may be wrong.
const LONG: usize = 5;
/// Consonants that a name has at least to be told from others by how it sounds.
const HEARD: usize = 4;

/// How somebody's names are like somebody else's, by the two that are most alike; nothing if none are.
pub(super) fn compare(member: &Folded, user: &Folded, rarity: &Rarity<'_>) -> Option<Evidence> {
    let mut found: Vec<Alike> = Vec::new();
    for theirs in &member.variants {
        for ours in &user.variants {
            let Some(likeness) = alike(theirs, ours, rarity) else { continue };
            // What is common is no surer for being written well.
            let is_common = likeness < Likeness::Common && is_common(likeness, theirs, ours, rarity);
            let likeness = if is_common { Likeness::Common } else { likeness };
            found.push(Alike { likeness, member: theirs.kind, user: ours.kind });
        }
    }
    // Of several the first, so that the same is told each time.
    let best = found.iter().copied().min_by_key(|alike| alike.likeness)?;
    let others = found.into_iter().filter(|other| other.member != best.member && other.user != best.user);
    Some(Evidence { best, also: others.min_by_key(|alike| alike.likeness) })
}

/// Whether somebody else here may well be alike in the same way.
fn is_common(likeness: Likeness, theirs: &Variant, ours: &Variant, rarity: &Rarity<'_>) -> bool {
    let [first, .., last] = ours.words.as_slice() else {
        return ours.typed == ours.joined && rarity.is_shared(&ours.joined);
    };
    // Of a father and a son, or two of the same name, only what tells them apart says who it is.
    let is_told = ours.words.len() > 2 || (ours.generation.is_some() && ours.generation == theirs.generation);
    if !is_told && rarity.has_namesakes(first, last) {
        return true;
    }
    match likeness {
        Likeness::Initial => rarity.is_shared(last),
        Likeness::ShortForm => {
            let short = theirs.words.iter().find(|word| *word != last).unwrap_or(first);
            rarity.is_common_for_short(first, short, last)
        }
        Likeness::OneLetter => rarity.is_common_nearby(&ours.words),
        Likeness::Sound => rarity.is_common_by_ear(&ours.words),
        // Few of those who have a name write it in its own script.
        _ if theirs.script != Script::Latin || ours.script != Script::Latin => {
            rarity.is_common_nearby(&ours.words)
        }
        _ => rarity.is_common(&ours.words),
    }
}

/// How a member's name is like one of the roster.
fn alike(theirs: &Variant, ours: &Variant, rarity: &Rarity<'_>) -> Option<Likeness> {
    let likeness = match (theirs.words.as_slice(), ours.words.as_slice()) {
        (_, [_]) => one_of_roster(theirs, ours),
        (words, name) if words == name => Some(Likeness::Same),
        ([word], name) => one_word(word, name, ours, rarity),
        _ => several_words(theirs, ours, rarity),
    }?;
    // What was left out of the one has to agree with the other, and so has what tells a son from his father.
    if contradicts(theirs, ours) {
        return Some(likeness.max(Likeness::Contradicted));
    }
    let least = match (theirs.generation, ours.generation) {
        (Some(a), Some(b)) if a != b => Likeness::Contradicted,
        // Whoever has a son of their name rarely says `Sr.`
        (Some(_), None) | (None, Some(_)) => Likeness::Common,
        _ => Likeness::Same,
    };
    let is_partly = theirs.left_out.is_some() || ours.left_out.is_some();
    Some(likeness.max(least).max(if is_partly { Likeness::FirstAndLast } else { Likeness::Same }))
}

/// Whether one of two names has another word where the other leaves one out: Ivan Olegovich isn't Ivan Petrovich.
fn contradicts(theirs: &Variant, ours: &Variant) -> bool {
    let agree = |a: &String, b: &String| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
    match (&theirs.left_out, &ours.left_out) {
        (Some(a), Some(b)) => !agree(a, b),
        (None, Some(b)) => theirs.words.len() > 2 && !theirs.words.iter().any(|a| agree(a, b)),
        _ => false,
    }
}

/// A name of one word on the roster. It has to be the same to the last digit: many a driver is a banana.
fn one_of_roster(theirs: &Variant, ours: &Variant) -> Option<Likeness> {
    if ours.joined.len() < LONG {
        return None;
    }
    if theirs.typed == ours.typed && !ours.typed.is_empty() {
        return Some(Likeness::SameWord);
    }
    (theirs.words == ours.words).then_some(Likeness::Word)
}

/// One word of a member's, against a name of several.
fn one_word(word: &str, name: &[String], ours: &Variant, rarity: &Rarity<'_>) -> Option<Likeness> {
    let (first, last) = (name.first()?, name.last()?);
    let is_backwards =
        |word: &str| word.strip_prefix(last.as_str()) == Some(&ours.joined[..ours.joined.len() - last.len()]);
    if word == ours.joined || ours.with_particles.as_deref() == Some(word) || is_backwards(word) {
        return (word.len() > LONG).then_some(Likeness::Together);
    }
    if word.len() > 2 * LONG - 2
        && word.len().abs_diff(ours.joined.len()) < 2
        && osa_distance(word, &ours.joined) == 1
    {
        return Some(if rarity.is_of_others(word) { Likeness::NearName } else { Likeness::OneLetter });
    }
    let rest = word.strip_suffix(last.as_str()).or_else(|| word.strip_prefix(last.as_str()))?;
    if last.len() < LONG - 1 {
        return None;
    }
    match rest {
        "" => Some(Likeness::Surname),
        short => short::is_short(short, first).then_some(Likeness::InitialTogether),
    }
}

fn several_words(theirs: &Variant, ours: &Variant, rarity: &Rarity<'_>) -> Option<Likeness> {
    let (words, name) = (theirs.words.as_slice(), ours.words.as_slice());
    if words.len() == name.len() && same_words(words, name) {
        return Some(Likeness::Reordered);
    }
    if theirs.joined == ours.joined || is_turned(words, &ours.joined) || is_turned(name, &theirs.joined) {
        return Some(Likeness::Together);
    }
    if words.len() > name.len() && name.iter().all(|wanted| words.contains(wanted)) {
        return Some(Likeness::Within);
    }
    let two = match (words, name) {
        ([a, b], [first, last]) => [(a, b), (b, a)]
            .into_iter()
            .filter_map(|(given, surname)| two_words(given, surname, first, last))
            .min(),
        _ => None,
    };
    two.or_else(|| sound(theirs, ours)).or_else(|| one_letter(words, name, rarity))
}

/// Whether a name without spaces is some words, the last of them first.
fn is_turned(words: &[String], joined: &str) -> bool {
    let Some((last, rest)) = words.split_last() else { return false };
    let Some(mut left) = joined.strip_prefix(last.as_str()) else { return false };
    rest.iter().all(|word| left.strip_prefix(word.as_str()).map(|after| left = after).is_some())
        && left.is_empty()
}

/// A first name and a surname of which one is there as it is, and the other for short. Where it isn't known what a name is called
/// for short, its beginning may be a name of its own: Wei isn't Weiying.
fn two_words(given: &str, surname: &str, first: &str, last: &str) -> Option<Likeness> {
    if surname == last && surname.len() > 1 && short::is_short(given, first) {
        return Some(match given.len() {
            1 => Likeness::Initial,
            _ if short::is_called(first, given) || short::is_known(first) || short::is_known(given) => {
                Likeness::ShortForm
            }
            _ => Likeness::NearName,
        });
    }
    (given == first && surname.len() == 1 && last.starts_with(surname)).then_some(Likeness::FirstAndInitial)
}

/// Whether two names of as many words differ in one letter of one long word. A word that others have in their names is no slip.
/// Neither is another beginning, which nobody gets wrong, or another end of the first name: Daniela isn't Daniel.
fn one_letter(words: &[String], name: &[String], rarity: &Rarity<'_>) -> Option<Likeness> {
    if words.len() != name.len() {
        return None;
    }
    let near = |order: &dyn Fn(usize) -> usize| {
        let mut wrong = (0..name.len()).filter(|at| words[order(*at)] != name[*at]);
        let at = wrong.next().filter(|_| wrong.next().is_none())?;
        let (slip, meant) = (words[order(at)].as_str(), name[at].as_str());
        let is_slip =
            meant.len() >= LONG && slip.len().abs_diff(meant.len()) < 2 && osa_distance(slip, meant) == 1;
        let is_name =
            slip[..1] != meant[..1] || (at == 0 && is_other_end(slip, meant)) || rarity.is_of_others(slip);
        is_slip.then_some(if is_name { Likeness::NearName } else { Likeness::OneLetter })
    };
    near(&|at| at).or_else(|| near(&|at| name.len() - 1 - at))
}

/// Whether two words differ in their last letter only.
fn is_other_end(a: &str, b: &str) -> bool {
    a.starts_with(&b[..b.len() - 1]) && b.starts_with(&a[..a.len() - 1])
}

/// Whether two names sound alike, where one of them is in a script whose vowels everybody writes as they like.
fn sound(theirs: &Variant, ours: &Variant) -> Option<Likeness> {
    let script = match (script::is_heard(theirs.script), script::is_heard(ours.script)) {
        (true, false) => theirs.script,
        (false, true) => ours.script,
        _ => return None,
    };
    let heard = |words: &[String]| {
        let mut heard: Vec<String> = words.iter().map(|word| script::heard(word, script)).collect();
        heard.sort_unstable();
        heard
    };
    let (a, b) = (heard(&theirs.words), heard(&ours.words));
    (a == b && a.concat().len() >= HEARD && a.iter().all(|word| word.len() > 1)).then_some(Likeness::Sound)
}

fn same_words(a: &[String], b: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words: Vec<String> = words.to_vec();
        words.sort_unstable();
        words
    };
    sorted(a) == sorted(b)
}
