//! Which Discord roles stand for which roles in a club, as people choose and type it.

use twilight_model::id::{Id, marker::RoleMarker};

use super::{
    name::{NameError, RoleName},
    settings::RoleRule,
    text,
};

/// A line that says nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadRoleLine {
    /// Why.
    pub fault: RoleLineFault,
    /// The line as it was typed.
    pub typed: String,
}

/// Why a line says nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RoleLineFault {
    /// What the role is to be called isn't a name.
    Name(NameError),
    /// There is no `=` in it.
    NoSign,
    /// None of the roles chosen is called that.
    Unknown,
}

/// The rules of the Discord roles that were chosen. `names` says what some of them are called in the club, one a line, as in
/// `Stewards = Race control`; the others keep their names.
///
/// # Errors
///
/// With the first line that says nothing.
pub fn parse(chosen: &[(Id<RoleMarker>, &str)], names: &str) -> Result<Vec<RoleRule>, BadRoleLine> {
    let mut rules: Vec<RoleRule> = chosen.iter().map(|(role, name)| as_it_is(*role, name)).collect();
    for line in names.lines().filter(|line| !line.trim().is_empty()) {
        let bad = |fault| BadRoleLine { fault, typed: line.trim().to_owned() };
        let mut signs = line.match_indices('=').peekable();
        signs.peek().ok_or_else(|| bad(RoleLineFault::NoSign))?;
        // Either name may have a `=` in it.
        let found = signs.find_map(|(at, _)| Some((place(chosen, &line[..at])?, &line[at + 1..])));
        let (place, name) = found.ok_or_else(|| bad(RoleLineFault::Unknown))?;
        let name = RoleName::parse(name).map_err(|error| bad(RoleLineFault::Name(error)))?;
        if let Some(rule) = rules.get_mut(place) {
            rule.club = name;
        }
    }
    Ok(rules)
}

/// What [`parse`] makes the same rules of: a line for each role that is called otherwise in the club.
#[must_use]
pub fn lines(rules: &[RoleRule]) -> String {
    let line = |rule: &RoleRule| {
        let discord = rule.discord_name.clone().unwrap_or_else(|| rule.discord.to_string());
        let same = as_it_is(rule.discord, &discord).club == rule.club;
        (!same).then(|| format!("{discord} = {}", rule.club))
    };
    rules.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// A role that has the same name in the club, as far as that fits.
fn as_it_is(role: Id<RoleMarker>, name: &str) -> RoleRule {
    RoleRule {
        club: RoleName::first_of([name], role.get()),
        discord: role,
        discord_name: Some(text::clean(name)),
    }
}

/// Which of the roles is called that, or has that id.
fn place(chosen: &[(Id<RoleMarker>, &str)], typed: &str) -> Option<usize> {
    let typed = typed.trim().trim_start_matches('@');
    let called = text::fold(&text::clean(typed));
    chosen.iter().position(|(role, name)| {
        let name = text::clean(name);
        text::fold(name.trim_start_matches('@')) == called || role.to_string() == typed
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const CHOSEN: [(u64, &str); 4] = [(1, "Stewards"), (2, "a=b"), (3, "@Drivers "), (4, "\u{200b}")];

    fn read(names: &str) -> Result<Vec<(u64, String)>, BadRoleLine> {
        let chosen = CHOSEN.map(|(id, name)| (Id::new(id), name));
        let rules = parse(&chosen, names)?;
        assert_eq!(parse(&chosen, &lines(&rules)), Ok(rules.clone()), "what is shown reads back");
        Ok(rules.into_iter().map(|rule| (rule.discord.get(), rule.club.to_string())).collect())
    }

    #[test]
    fn roles_keep_their_names_unless_a_line_says_otherwise() {
        let called = |names: &str| read(names).unwrap().into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(called(""), ["Stewards", "a=b", "@Drivers", "4"]);
        assert_eq!(
            called(" stewards = Race control\n\nDRIVERS= Racers\n"),
            ["Race control", "a=b", "Racers", "4"]
        );
        assert_eq!(called("a=b = c=d\n4 = Hidden"), ["Stewards", "c=d", "@Drivers", "Hidden"]);
    }

    #[test]
    fn a_long_name_is_cut() {
        let long = "x".repeat(100);
        let rules = parse(&[(Id::new(1), &long)], "").unwrap();
        assert_eq!(text::length(rules[0].club.as_str()), 40);
        assert_eq!(lines(&rules), "");
    }

    #[test]
    fn a_line_that_says_nothing_is_named() {
        let fault = |names: &str| read(names).unwrap_err().fault;
        assert_eq!(fault("Stewards"), RoleLineFault::NoSign);
        assert_eq!(fault("Stewards = A\nMarshals = B"), RoleLineFault::Unknown);
        assert_eq!(fault("Stewards = "), RoleLineFault::Name(NameError::Empty));
        assert_eq!(read("Marshals = B").unwrap_err().typed, "Marshals = B");
    }
}
