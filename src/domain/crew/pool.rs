//! Out of whom crews can be built: what an event's sheet, its teams and its people's answers come to.

use std::collections::{HashMap, HashSet};

use sha2::{Digest as _, Sha256};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    answers::{Answers, Span},
    problem::{Car, Class, Driver, Person, Place},
};
use crate::domain::{
    availability::{Answer, Availability, Block, blocks},
    event::Event,
    id::{ClassId, TeamId, UserId},
    name::CarName,
    rating::IRating,
    signup::{Sheet, Signup, SignupState},
    team::{Duty, Team, Teams},
    text::fold,
};

/// The most blocks of a race that crews are built for.
const MOST_BLOCKS: usize = 64;

/// What a pool is made from.
#[derive(Clone, Copy, Debug)]
pub struct PoolFacts<'f> {
    /// The event.
    pub event: &'f Event,
    /// Those who are gone from the server.
    pub gone: &'f HashSet<Id<UserMarker>>,
    /// With whom people would like to drive.
    pub partners: &'f HashMap<UserId, Vec<UserId>>,
    /// How good people are, where they said so.
    pub ratings: &'f HashMap<UserId, IRating>,
    /// When people can drive, where they said so.
    pub said: &'f HashMap<UserId, Availability>,
    /// The event's sheet.
    pub sheet: &'f Sheet,
    /// Its teams.
    pub teams: &'f Teams,
}

/// Out of whom crews can be built. A [`Person`] is a place among `people` and among `drivers`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pool {
    /// The parts of the race that crews have to cover, in order: hours, or longer ones where there are more than 64 of them.
    pub blocks: Vec<Block>,
    /// The cars; a [`Car`] is a place among them.
    pub cars: Vec<CarName>,
    /// The event's classes; a [`Class`] is a place among them.
    pub classes: Vec<ClassId>,
    /// What is known of each of the people.
    pub drivers: Vec<Driver>,
    /// How many hours a block has.
    pub hours_a_block: usize,
    /// Everybody who has a place, waits for one or may come, and isn't in a team as a reserve or a spotter.
    pub people: Vec<Member>,
    /// The event's teams as they race, the one made first first.
    pub teams: Vec<Standing>,
}

/// Somebody out of whom a crew can be built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Member {
    /// Their Discord account.
    pub discord: Id<UserMarker>,
    /// Who they are.
    pub user: UserId,
}

/// A team that there is already.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Standing {
    /// The car it drives, where it is settled.
    pub car: Option<Car>,
    /// Its class.
    pub class: Class,
    /// Who drives for it.
    pub drivers: Vec<Person>,
    /// Which team.
    pub team: TeamId,
}

impl Pool {
    /// The pool of these facts.
    #[must_use]
    pub fn new(facts: &PoolFacts<'_>) -> Self {
        let standing = facts.teams.standing(facts.sheet, facts.gone);
        let classes: Vec<ClassId> = facts.event.classes.iter().map(|class| class.id).collect();
        let (blocks, hours_a_block) = wide_blocks(facts.event);
        let lines = facts.sheet.lines().iter().filter(|line| is_in_pool(facts, &standing, line));
        let lines: Vec<(&Signup, Class)> =
            lines.filter_map(|line| Some((line, class_of(facts.event, &classes, line)?))).collect();
        let people: Vec<Member> =
            lines.iter().map(|(line, _)| Member { discord: line.discord, user: line.user }).collect();
        let mut pool = Self {
            blocks,
            cars: Vec::new(),
            classes,
            drivers: Vec::new(),
            hours_a_block,
            people,
            teams: Vec::new(),
        };
        pool.drivers = lines.into_iter().map(|(line, class)| pool.driver(facts, line, class)).collect();
        pool.teams = standing.all().iter().filter_map(|team| pool.standing(team)).collect();
        pool
    }

    fn driver(&mut self, facts: &PoolFacts<'_>, line: &Signup, class: Class) -> Driver {
        let said = facts.said.get(&line.user);
        let wanted = facts.partners.get(&line.user).map_or(&[][..], Vec::as_slice);
        let partners = wanted.iter().filter(|partner| **partner != line.user);
        Driver {
            answers: Answers::new(self.blocks.iter().map(|block| answer(said?, *block))),
            car: line.car.as_ref().map(|car| self.car(car)),
            class,
            partners: partners.filter_map(|partner| self.person(*partner)).collect(),
            place: match line.state {
                SignupState::Waiting => Place::Waiting,
                SignupState::Tentative => Place::Tentative,
                _ => Place::In,
            },
            rating: facts.ratings.get(&line.user).map(|rating| rating.get()),
        }
    }

    fn car(&mut self, name: &CarName) -> Car {
        let at = self.cars.iter().position(|known| fold(known.as_str()) == fold(name.as_str()));
        let at = at.unwrap_or_else(|| {
            self.cars.push(name.clone());
            self.cars.len() - 1
        });
        Car(u16::try_from(at).unwrap_or(u16::MAX))
    }

    fn standing(&mut self, team: &Team) -> Option<Standing> {
        let drivers = team.on(Duty::Driver).filter_map(|mate| self.person(mate.user)).collect();
        let car = team.car.as_ref().map(|car| self.car(car));
        Some(Standing { car, class: self.class(team.class)?, drivers, team: team.id })
    }

    /// Somebody's place among the people.
    #[must_use]
    pub fn person(&self, user: UserId) -> Option<Person> {
        self.people.iter().position(|member| member.user == user)
    }

    /// A class's place among the event's.
    #[must_use]
    pub fn class(&self, class: ClassId) -> Option<Class> {
        let at = self.classes.iter().position(|known| *known == class)?;
        u16::try_from(at).ok().map(Class)
    }

    /// The car that is meant.
    #[must_use]
    pub fn car_name(&self, car: Car) -> Option<&CarName> {
        self.cars.get(usize::from(car.0))
    }

    /// The instants of a span of blocks; `None` where there aren't any such blocks.
    #[must_use]
    pub fn span(&self, span: Span) -> Option<Block> {
        let (first, last) = (self.blocks.get(span.from)?, self.blocks.get(span.to.checked_sub(1)?)?);
        Some(Block { from: first.from, to: last.to })
    }

    /// What tells this pool from another: SHA-256, in hex.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(format!("{self:?}").as_bytes()))
    }
}

/// Whether somebody may come and is free to drive: reserves and spotters of a team have something else to do.
fn is_in_pool(facts: &PoolFacts<'_>, standing: &Teams, line: &Signup) -> bool {
    let duty = || standing.of(line.user)?.mate(line.user).map(|mate| mate.duty);
    line.state.is_signed_up()
        && !facts.gone.contains(&line.discord)
        && duty().is_none_or(|duty| duty == Duty::Driver)
}

/// The class of a line; whoever may come without saying in which is counted only where there is but one.
fn class_of(event: &Event, classes: &[ClassId], line: &Signup) -> Option<Class> {
    let class = line.class.or_else(|| event.only_class().map(|class| class.id))?;
    let at = classes.iter().position(|known| *known == class)?;
    u16::try_from(at).ok().map(Class)
}

/// The race in blocks of equally many hours, as few as make no more than 64; the last may be shorter.
fn wide_blocks(event: &Event) -> (Vec<Block>, usize) {
    let hours = blocks(event);
    let width = hours.len().div_ceil(MOST_BLOCKS).max(1);
    let wide = hours.chunks(width).filter_map(|hours| {
        let (first, last) = hours.first().zip(hours.last())?;
        Some(Block { from: first.from, to: last.to })
    });
    (wide.collect(), width)
}

/// What was said about a block: whoever can't drive in a part of it can't in the block.
fn answer(said: &Availability, block: Block) -> Option<Answer> {
    if said.rules_out(block) { Some(Answer::No) } else { said.of(block) }
}
