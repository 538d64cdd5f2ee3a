//! From an event's sheet to crews, by hand, and to teams.

use std::collections::{HashMap, HashSet};

use twilight_model::id::{Id, marker::UserMarker};
use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        availability::{Availability, blocks},
        event::Event,
        id::{TeamId, UserId},
        rating::IRating,
        signup::{Sheet, Signup, SignupState},
        team::{Duty, Mate, Team, Teams},
    },
    view::testing::{at, before, event, key, sheet},
};

/// An event with all that crews are built from.
#[derive(Clone, Debug)]
struct Scene {
    event: Event,
    gone: HashSet<Id<UserMarker>>,
    partners: HashMap<UserId, Vec<UserId>>,
    ratings: HashMap<UserId, IRating>,
    said: HashMap<UserId, Availability>,
    sheet: Sheet,
    teams: Teams,
}

impl Scene {
    /// An event of these classes, with so many people in each of these states of them.
    fn new(classes: &str, people: &[(usize, SignupState, usize)]) -> Self {
        let event = event(classes);
        let sheet = sheet(&event, people);
        let (gone, teams) = (HashSet::new(), Teams::default());
        let (partners, ratings, said) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { event, gone, partners, ratings, said, sheet, teams }
    }

    fn facts(&self) -> PoolFacts<'_> {
        let Self { event, gone, partners, ratings, said, sheet, teams } = self;
        PoolFacts { event, gone, partners, ratings, said, sheet, teams }
    }

    fn user(&self, at: usize) -> UserId {
        self.sheet.lines()[at].user
    }

    /// A team of those of the sheet at these places.
    fn team(&mut self, number: u128, name: &str, class: usize, mates: &[(usize, Duty)]) {
        let mate = |(at, duty): &(usize, Duty)| {
            let line = &self.sheet.lines()[*at];
            Mate { discord: line.discord, duty: *duty, user: line.user }
        };
        let team = Team {
            captain: None,
            car: None,
            class: self.event.classes[class].id,
            created_at: before(),
            finalized_at: None,
            id: key(50 + number),
            mates: mates.iter().map(mate).collect(),
            name: name.parse().unwrap(),
            number: None,
            revision: 1,
        };
        self.teams = Teams::new(self.teams.all().iter().cloned().chain([team]).collect());
    }

    fn searched(&self, draft: &Draft) -> Draft {
        let search = Search::new(draft, &self.facts()).unwrap();
        let proposal = search.run(Budget { steps: 2_000, ..Budget::default() });
        assert_eq!(check(&search.problem, &proposal), []);
        draft.found(&search, &proposal, (&self.event, &self.teams))
    }

    fn preview(&self, draft: &Draft) -> Preview {
        Preview::new(draft.clone(), &self.facts()).unwrap()
    }

    fn settle(&self, draft: &Draft) -> Result<Settled, Unsettled> {
        let Self { event, gone, sheet, teams, .. } = self;
        let mut next = 900;
        settle(draft, &SettleFacts { event, gone, now: before(), sheet, teams }, || {
            next += 1;
            TeamId::new(Uuid::from_u128(next))
        })
    }

    fn names(&self, draft: &Draft) -> Vec<String> {
        draft.crews.iter().map(|crew| format!("{}: {}", crew.name, crew.people.len())).collect()
    }
}

use SignupState::{In, Late, Tentative, Waiting, Withdrawn};

#[test]
fn a_race_has_as_many_blocks_as_can_be_counted() {
    for (length, blocks, hours) in
        [("30min", 1, 1), ("2h40", 3, 1), ("24h", 24, 1), ("64h", 64, 1), ("65h", 33, 2), ("7d", 56, 3)]
    {
        let mut scene = Scene::new("GT3", &[]);
        scene.event.length = length.parse().unwrap();
        let pool = Pool::new(&scene.facts());
        assert_eq!((pool.blocks.len(), pool.hours_a_block), (blocks, hours), "{length}");
        assert_eq!(pool.blocks.last().unwrap().to, scene.event.end());
        Search::new(&Draft::default(), &scene.facts()).unwrap();
    }
}

#[test]
fn whoever_cannot_drive_in_a_part_of_a_block_cannot_in_it() {
    let mut scene = Scene::new("GT3", &[(0, In, 2)]);
    scene.event.length = "72h".parse().unwrap();
    let hours = blocks(&scene.event);
    let said = Availability::default();
    // The first hour of the second block is the third of the race.
    let said = said.with_available(&hours[..3], before(), |block| block != hours[2]);
    scene.said.insert(scene.user(0), said);
    let pool = Pool::new(&scene.facts());
    let of = |block| pool.drivers[0].answers.of(block);
    assert_eq!((of(0), of(1), of(2)), (Some(Answer::Available), Some(Answer::No), None));
    assert_eq!(pool.drivers[1].answers, Answers::default());
}

#[test]
fn whoever_may_come_and_is_free_is_in_the_pool() {
    let people =
        [(0, In, 3), (0, Late, 1), (0, Waiting, 1), (1, Tentative, 1), (0, Withdrawn, 1), (1, In, 2)];
    let mut scene = Scene::new("GT3\nGTP", &people);
    let undecided = Signup { class: None, ..scene.sheet.lines()[5].clone() };
    scene.sheet = scene.sheet.with(undecided);
    scene.gone.insert(scene.sheet.lines()[2].discord);
    scene.team(1, "Red", 1, &[(7, Duty::Driver), (8, Duty::Spotter), (0, Duty::Reserve)]);
    scene.partners.insert(scene.user(1), vec![scene.user(3), scene.user(2), scene.user(1)]);
    scene.ratings.insert(scene.user(1), "2450".parse().unwrap());
    let pool = Pool::new(&scene.facts());
    let users: Vec<UserId> = pool.people.iter().map(|member| member.user).collect();
    assert_eq!(users, [1, 3, 4, 7].map(|at| scene.user(at)), "not the undecided in one of two classes");
    let places: Vec<_> = pool.drivers.iter().map(|driver| (driver.class, driver.place)).collect();
    let (gt3, gtp) = (Class(0), Class(1));
    assert_eq!(places, [(gt3, Place::In), (gt3, Place::In), (gt3, Place::Waiting), (gtp, Place::In)]);
    assert_eq!((pool.drivers[0].partners.as_slice(), pool.drivers[0].rating), ([1].as_slice(), Some(2450)));
    assert_eq!(pool.teams[0].drivers, [3]);
    let alone = Scene { sheet: scene.sheet.clone(), ..Scene::new("GT3", &[]) };
    assert!(Pool::new(&alone.facts()).person(scene.user(5)).is_some(), "there is but one class");
    assert_ne!(pool.fingerprint(), Pool::new(&alone.facts()).fingerprint());
}

#[test]
fn teams_that_there_are_stay_and_bare_ones_are_filled() {
    let mut scene = Scene::new("GT3\nGTP", &[(0, In, 8), (1, In, 2)]);
    scene.team(1, "Red", 0, &[(0, Duty::Driver), (1, Duty::Driver)]);
    scene.team(2, "Bare", 0, &[]);
    scene.team(3, "gtp 1", 0, &[]);
    let rules = DraftRules { max: 4, min: 2, ..DraftRules::default() };
    let draft = scene.searched(&Draft::with(rules));
    assert_eq!(scene.names(&draft), ["Red: 2", "Bare: 4", "GTP 2: 2"]);
    assert!(!scene.preview(&draft).is_stale);
    let Settled { filled, made } = scene.settle(&draft).unwrap();
    let told = |teams: &[Team]| -> Vec<(String, usize)> {
        teams.iter().map(|team| (team.name.to_string(), team.mates.len())).collect()
    };
    assert_eq!(told(&filled), [("Red".to_owned(), 4), ("Bare".to_owned(), 4)]);
    assert_eq!(told(&made), [("GTP 2".to_owned(), 2)]);
}

#[test]
fn whoever_is_moved_stays_and_others_are_arranged_around_them() {
    let scene = Scene::new("GT3", &[(0, In, 6)]);
    let rules = DraftRules { max: 3, min: 2, ..DraftRules::default() };
    let draft = scene.searched(&Draft::with(rules));
    let names = (&scene.event, &scene.teams);
    assert_eq!(scene.names(&draft), ["GT3 1: 3", "GT3 2: 3"]);
    let class = scene.event.classes[0].id;
    let (mover, from) = (draft.crews[0].people[0], draft.crews[0].number);
    let to = draft.crews[1].number;
    let moved = draft.moving(mover, class, Target::Crew(to), names).unwrap();
    let preview = scene.preview(&moved);
    assert_eq!(scene.names(&moved), ["GT3 1: 2", "GT3 2: 4"]);
    let crew = &preview.evaluation.crews[preview.crews(Class(0))[1].0];
    assert_eq!(crew.faults, [Fault::TooMany { people: 4, max: 3 }]);
    let again = scene.searched(&moved);
    assert_eq!(again.crew_of(mover).map(|crew| crew.number), Some(to));
    assert!(!again.is_by_hand && again.moved.len() == 1);
    assert!(scene.preview(&again).evaluation.crews.iter().all(Crew::is_legal));
    // Left out, they stay out; in a crew of their own, it is one that isn't legal.
    let out = scene.searched(&again.moving(mover, class, Target::Out, names).unwrap());
    assert_eq!(out.crew_of(mover), None);
    let left = scene.preview(&out).evaluation.left_out;
    assert!(left.iter().any(|left| left.reason == Reason::NoPlace(Place::Aside)));
    let alone = out.moving(mover, class, Target::New, names).unwrap();
    assert_eq!(alone.crew_of(mover).unwrap().name.as_str(), "GT3 3");
    assert_eq!(draft.moving(mover, class, Target::Crew(99), names), None);
    assert_eq!(draft.moving(mover, key(77), Target::Crew(from), names), None);
}

#[test]
fn what_has_changed_meanwhile_is_said_and_refused() {
    let mut scene = Scene::new("GT3", &[(0, In, 4)]);
    let draft = scene.searched(&Draft::default());
    assert_eq!(scene.settle(&Draft::default()), Err(Unsettled::Nobody));
    // Somebody else who signs up is no reason to refuse, but to search again.
    let line = Signup { order: 9, user: key(77), discord: Id::new(77), ..scene.sheet.lines()[0].clone() };
    let fuller = Scene { sheet: scene.sheet.with(line), ..scene.clone() };
    assert!(fuller.preview(&draft).is_stale);
    assert!(fuller.settle(&draft).is_ok());
    let gone = &scene.sheet.lines()[1];
    let line = Signup { state: Withdrawn, ..gone.clone() };
    let emptier = Scene { sheet: scene.sheet.with(line), ..scene.clone() };
    assert!(emptier.preview(&draft).evaluation.crews.iter().all(|crew| crew.people.len() < 4));
    let changed = |people: Vec<Id<UserMarker>>, teams: Vec<&str>| {
        let teams = teams.into_iter().map(|name| name.parse().unwrap()).collect();
        Err(Unsettled::Changed { people, teams })
    };
    assert_eq!(emptier.settle(&draft), changed(vec![gone.discord], vec![]));
    let mut taken = scene.clone();
    taken.team(1, "Red", 0, &[(2, Duty::Spotter)]);
    assert_eq!(taken.settle(&draft), changed(vec![scene.sheet.lines()[2].discord], vec![]));
    scene.team(1, "Red", 0, &[]);
    let draft = scene.searched(&Draft::default());
    assert_eq!(scene.names(&draft), ["Red: 4"]);
    let disbanded = Scene { teams: Teams::default(), ..scene.clone() };
    assert_eq!(disbanded.settle(&draft), changed(vec![], vec!["Red"]));
}

#[test]
fn people_become_whom_they_turned_out_to_be() {
    let scene = Scene::new("GT3", &[(0, In, 4)]);
    let mut draft = scene.searched(&Draft::default());
    let (one, other) = (scene.user(0), scene.user(1));
    draft.rename(|user| if user == one { other } else { user });
    assert_eq!(draft.crews.iter().map(|crew| crew.people.len()).sum::<usize>(), 3);
    let kept: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!(kept, draft);
}

fn any_scene() -> impl Strategy<Value = Scene> {
    let states = vec((0..2_usize, select(vec![In, In, In, In, Late, Waiting, Tentative]), 1..2_usize), 0..12);
    let cans = vec(vec(any::<bool>(), 6), 12);
    let ratings = vec(option::of(0..5_000_u16), 12);
    let partners = vec(vec(0..12_usize, 0..2), 12);
    let duties = vec(option::weighted(0.3, (0..2_usize, select(Duty::ALL.to_vec()))), 12);
    (states, cans, ratings, partners, duties).prop_map(|(states, cans, ratings, partners, duties)| {
        let mut scene = Scene::new("GT3\nGTP", &states);
        scene.event.length = "6h".parse().unwrap();
        let hours = blocks(&scene.event);
        let users: Vec<UserId> = scene.sheet.lines().iter().map(|line| line.user).collect();
        for (at, user) in users.iter().enumerate() {
            let can = |block| hours.iter().position(|hour| *hour == block).is_some_and(|hour| cans[at][hour]);
            scene.said.insert(*user, Availability::default().with_available(&hours, before(), can));
            scene.ratings.extend(ratings[at].map(|rating| (*user, rating.try_into().unwrap())));
            let wanted = partners[at].iter().filter_map(|partner| users.get(*partner).copied());
            scene.partners.insert(*user, wanted.collect());
        }
        for (number, name) in [(0, "Red"), (1, "GT3 1")] {
            let in_it = duties.iter().enumerate().filter_map(|(at, duty)| Some((at, (*duty)?)));
            let in_it = in_it.filter(|(at, (team, duty))| {
                let line = scene.sheet.lines().get(*at);
                let fits = |line: &Signup| line.class == Some(scene.event.classes[0].id);
                *team == number && line.is_some_and(|line| fits(line) || !duty.takes_place())
            });
            let mates: Vec<_> = in_it.map(|(at, (_, duty))| (at, duty)).collect();
            scene.team(number as u128, name, 0, &mates);
        }
        scene
    })
}

proptest! {
    #[test]
    fn all_that_is_said_is_true_however_people_are_moved(
        scene in any_scene(),
        moves in vec((0..12_usize, 0..5_u16), 0..6),
    ) {
        let rules = DraftRules { awake: 1, limit: Some(3), max: 3, min: 2 };
        let mut draft = scene.searched(&Draft::with(rules));
        let preview = scene.preview(&draft);
        prop_assert!(!preview.is_stale);
        // What is shown of a search is what the search said.
        let classes = draft.bounds.clone();
        let shown = Proposal { classes, evaluation: preview.evaluation.clone(), steps: 0 };
        prop_assert_eq!(check(&preview.problem, &shown), []);
        for (at, target) in moves {
            let Some(line) = scene.sheet.lines().get(at).filter(|line| line.state.has_place()) else { continue };
            if scene.teams.of(line.user).is_some() { continue; }
            let target = match target {
                0 => Target::Out,
                1 => Target::New,
                number => Target::Crew(number - 1),
            };
            let names = (&scene.event, &scene.teams);
            let Some(moved) = draft.moving(line.user, line.class.unwrap(), target, names) else { continue };
            draft = moved;
            let preview = scene.preview(&draft);
            prop_assert_eq!(check_evaluation(&preview.problem, &preview.evaluation), []);
            prop_assert_eq!(draft.crew_of(line.user).is_none(), target == Target::Out);
        }
        let again = scene.searched(&draft);
        for moved in &draft.moved {
            prop_assert_eq!(again.crew_of(moved.user).map(|crew| crew.number), moved.crew);
        }
        let people: usize = again.crews.iter().map(|crew| crew.people.len()).sum();
        match scene.settle(&again) {
            Err(why) => prop_assert_eq!((why, people), (Unsettled::Nobody, 0)),
            Ok(Settled { filled, made }) => {
                let all = scene.teams.all().iter().filter(|team| filled.iter().all(|one| one.id != team.id));
                let all: Vec<Team> = all.cloned().chain(filled.clone()).chain(made).collect();
                let mates: Vec<UserId> = all.iter().flat_map(|team| &team.mates).map(|mate| mate.user).collect();
                prop_assert_eq!(mates.iter().collect::<HashSet<_>>().len(), mates.len(), "nobody is in two");
                let before: usize = scene.teams.all().iter().map(|team| team.mates.len()).sum();
                prop_assert_eq!(mates.len(), before + people);
                let teams = Teams::new(all.clone());
                prop_assert!(all.iter().all(|team| teams.check(team).is_ok()), "names are given once");
            }
        }
    }
}

#[test]
fn answers_stay_with_their_instants() {
    let mut scene = Scene::new("GT3", &[(0, In, 1)]);
    let hours = blocks(&scene.event);
    scene.said.insert(scene.user(0), Availability::default().with_available(&hours, before(), |_| true));
    scene.event.start = at("2026-12-05T12:30:00Z");
    let pool = Pool::new(&scene.facts());
    assert_eq!(pool.drivers[0].answers.of(0), None, "half of it was never answered");
    assert_eq!(pool.drivers[0].answers.of(1), Some(Answer::Available));
}
