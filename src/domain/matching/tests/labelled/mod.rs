//! Clubs whose members and rosters are made up together, so that it is known who is who.
//!
//! Each person has a name of some culture, as common as names there are, and some have a brother, a father, or a namesake in
//! the club. What the roster lists and what a member shows is drawn from that name independently, each with noise of its own:
//! other scripts, middle names, second surnames, short forms, initials, slips, fonts, digits, tags, flags, jokes. A third of
//! the members or more isn't on the roster, a fifth of the roster isn't in the server, and a few of the members go by
//! somebody else's name. Nothing of this knows how the matcher works. What a careful person would make of it is in [`clear`].

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clear;
mod culture;
mod lists;
mod noise;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use rand::seq::SliceRandom as _;

use self::{
    clear::Drawn,
    culture::{RealName, World},
    noise::Draw,
    shown::{Listed, Shown},
};
use super::{Name, NameKind, Person};

/// A club of which it is known who is who.
pub(crate) struct Labelled {
    pub(crate) members: Vec<Person<u32>>,
    pub(crate) users: Vec<Person<u32>>,
    /// Which user a member is.
    pub(crate) truth: BTreeMap<u32, u32>,
    /// The members whom a careful person would find on the roster.
    pub(crate) clear: BTreeSet<u32>,
}

/// Draws a club of so many members, of whom two thirds at most are on a roster of so many users.
pub(crate) fn club(seed: u64, members: u32, users: u32) -> Labelled {
    let (mut draw, world) = (Draw::new(seed), World::new());
    let roster = roster(&mut draw, &world, users as usize);
    let listed: Vec<Listed> = roster.iter().map(|name| draw.listed(name)).collect();
    let known = (members * 2 / 3).min(users * 4 / 5) as usize;
    // Keys say nothing about who is who.
    let mut keys: Vec<u32> = (0..members).collect();
    keys.shuffle(&mut draw.0);
    let mut club =
        Labelled { members: Vec::new(), users: Vec::new(), truth: BTreeMap::new(), clear: BTreeSet::new() };
    let mut drawn = Vec::new();
    for (at, key) in keys.iter().copied().enumerate() {
        let user = (at < known).then_some(at);
        let name = match user {
            Some(user) => roster[user].clone(),
            None => stranger(&mut draw, &world, &roster, members as usize - known),
        };
        let (member, shown) = match user {
            None if draw.chance(75) => (draw.joker(key), Shown::Hidden),
            _ => draw.member(key, &name, user.map(|user| &listed[user])),
        };
        club.members.push(member);
        club.truth.extend(user.map(|user| (key, user as u32)));
        drawn.push(Drawn { name, shown, user });
    }
    club.clear = clear::clear(&roster, &drawn).into_iter().map(|at| keys[at]).collect();
    club.users = (0..).zip(listed).map(|(key, listed)| Person { key, names: listed.names }).collect();
    club
}

/// So many users. Some have a brother or sister, some a son of the same name, and a few a namesake.
fn roster(draw: &mut Draw, world: &World, users: usize) -> Vec<RealName> {
    let mut roster: Vec<RealName> = Vec::new();
    while roster.len() < users {
        let name = world.name(&mut draw.0);
        match draw.below(200) {
            0..=5 => {
                let RealName { given, of_given, .. } = world.name(&mut draw.0);
                roster.push(RealName { given, of_given, ..name.clone() });
            }
            6..=7 => {
                let suffix = Some(draw.one(&["Jr.", "II", "Jr", "III"]));
                roster.push(RealName { suffix, ..name.clone() });
            }
            8 => roster.push(name.clone()),
            _ => {}
        }
        roster.push(name);
    }
    roster.truncate(users);
    // Relatives don't stand side by side.
    roster.shuffle(&mut draw.0);
    roster
}

/// One of so many who aren't on the roster. Some have a relative there, and all together a thousandth of the roster have somebody
/// who goes by their name.
fn stranger(draw: &mut Draw, world: &World, roster: &[RealName], strangers: usize) -> RealName {
    let other = draw.below(roster.len());
    if draw.below(strangers * 1_000) < roster.len() {
        return roster[other].clone();
    }
    let name = world.name(&mut draw.0);
    if draw.chance(2) {
        let RealName { surname, of_surname, .. } = roster[other].clone();
        return RealName { surname, of_surname, ..name };
    }
    name
}
