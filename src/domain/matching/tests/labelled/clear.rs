//! Which pairs a careful person would make.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{culture::RealName, lists, shown::Shown};

/// So many others of the members may be expected to fit as well; from then on a careful person doubts.
const DOUBT: f64 = 0.01;

/// A member as they were drawn.
pub(super) struct Drawn {
    pub(super) name: RealName,
    pub(super) shown: Shown,
    /// Where they are on the roster.
    pub(super) user: Option<usize>,
}

/// The members, by position, for whom all of this holds:
///
/// - They are on the roster, and show all of the surname and at least an initial of the first name, or the name to play under
///   that is on the roster; in letters that can be compared with the roster's, and with no more than one kind of wrong letters.
/// - What they show fits nobody else on the roster.
/// - What no other member shows fits the same user.
/// - If a word is misspelt, it isn't anybody's name as it stands.
/// - By how common both parts are, less than [`DOUBT`] other members are to be expected who would fit, too. A slip may be any
///   of ten others, a short form one of three.
pub(super) fn clear(roster: &[RealName], members: &[Drawn]) -> BTreeSet<usize> {
    let mut of_surname: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in roster.iter().enumerate() {
        of_surname.entry(&name.surname.latin).or_default().push(at);
    }
    let found: Vec<Vec<usize>> = members
        .iter()
        .map(|member| {
            let same = of_surname.get(member.name.surname.latin.as_str()).map_or(&[][..], Vec::as_slice);
            same.iter().copied().filter(|at| fits(member, *at, &roster[*at])).collect()
        })
        .collect();
    let mut claims = vec![0; roster.len()];
    found.iter().flatten().for_each(|at| claims[*at] += 1);
    let people = || roster.iter().chain(members.iter().map(|member| &member.name));
    let words: HashSet<String> = people()
        .flat_map(|name| [&name.given, &name.surname])
        .map(|word| word.latin.to_lowercase())
        .collect();
    let mut initials: HashMap<char, f64> = HashMap::new();
    for name in people() {
        *initials.entry(initial(name)).or_default() += 1.0 / (roster.len() + members.len()) as f64;
    }
    let is_clear = |(member, found): &(&Drawn, &Vec<usize>)| {
        let [user] = found.as_slice() else { return false };
        let is_a_name = matches!(&member.shown, Shown::Slip(slip) if words.contains(&slip.to_lowercase()));
        let namesakes = chance(member, &roster[*user], &initials) * members.len() as f64;
        member.user == Some(*user) && claims[*user] == 1 && !is_a_name && namesakes <= DOUBT
    };
    let clear = members.iter().zip(&found).enumerate().filter(|(_, pair)| is_clear(pair));
    clear.map(|(at, _)| at).collect()
}

/// Whether what a member shows fits one of the roster.
fn fits(member: &Drawn, at: usize, user: &RealName) -> bool {
    let (given, of) = (member.name.given.latin.as_str(), user.given.latin.as_str());
    let is_of_same_age = member.name.suffix.is_none() || member.name.suffix == user.suffix;
    is_of_same_age
        && match &member.shown {
            Shown::Whole | Shown::Slip(_) => given == of,
            Shown::Short(short) => of == short || is_short(of, short),
            Shown::Initial => initial(&member.name) == initial(user),
            Shown::Tag => member.user == Some(at),
            Shown::Hidden => false,
        }
}

fn is_short(given: &str, short: &str) -> bool {
    lists::SHORT.split_whitespace().any(|pair| pair.split_once('=') == Some((given, short)))
}

/// How likely anybody is to fit a user as well as the member does.
fn chance(member: &Drawn, user: &RealName, initials: &HashMap<char, f64>) -> f64 {
    let surname = user.of_culture * user.of_surname;
    match member.shown {
        Shown::Whole => surname * user.of_given,
        Shown::Slip(_) => surname * user.of_given * 10.0,
        Shown::Short(_) => surname * user.of_given * 3.0,
        Shown::Initial => surname * initials.get(&initial(user)).copied().unwrap_or_default(),
        Shown::Tag | Shown::Hidden => 0.0,
    }
}

fn initial(name: &RealName) -> char {
    name.given.latin.chars().next().unwrap()
}
