#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{HashMap, HashSet};

use insta::assert_snapshot;

use super::*;
use crate::{
    domain::{
        availability::{Availability, blocks},
        crew::{
            Apart, Budget, Car, Certainty, ClassBound, Draft, DraftRules, Fault, Help, Obstacle, PoolFacts,
            Reason, Score, Search, Span, Target, Why,
        },
        id::UserId,
        name::CarName,
        rating::IRating,
        signup::{
            Sheet, Signup,
            SignupState::{self, In, Tentative, Waiting},
        },
        team::{Duty, Mate, Team},
    },
    view::testing::{before, check, event, key, render, sheet, with_real_ids},
};

fn shown(body: &Body) -> String {
    check(body);
    render(body.components())
}

struct Scene {
    event: Event,
    partners: HashMap<UserId, Vec<UserId>>,
    ratings: HashMap<UserId, IRating>,
    said: HashMap<UserId, Availability>,
    sheet: Sheet,
    teams: Teams,
}

impl Scene {
    fn new(classes: &str, people: &[(usize, SignupState, usize)]) -> Self {
        let event = event(classes);
        let sheet = sheet(&event, people);
        let (partners, ratings, said) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut scene = Self { event, partners, ratings, said, sheet, teams: Teams::default() };
        for (at, line) in scene.sheet.lines().iter().enumerate() {
            scene.ratings.insert(line.user, (1_500 + 97 * at as u16 % 2_000).try_into().unwrap());
        }
        scene
    }

    fn user(&self, at: usize) -> UserId {
        self.sheet.lines()[at].user
    }

    /// Somebody who can't drive in these hours, and can in all others.
    fn asleep(&mut self, at: usize, hours: std::ops::Range<usize>) {
        let all = blocks(&self.event);
        let can =
            |block| all.iter().position(|hour| *hour == block).is_none_or(|hour| !hours.contains(&hour));
        let user = self.user(at);
        self.said.insert(user, Availability::default().with_available(&all, before(), can));
    }

    fn car(&mut self, at: usize, car: &str) {
        let line = Signup { car: CarName::parse(car).ok(), ..self.sheet.lines()[at].clone() };
        self.sheet = self.sheet.with(line);
    }

    fn team(&mut self, name: &str, mates: &[usize]) {
        let mate = |at: &usize| {
            let line = &self.sheet.lines()[*at];
            Mate { discord: line.discord, duty: Duty::Driver, user: line.user }
        };
        let team = Team {
            captain: None,
            car: None,
            class: key(10),
            created_at: before(),
            finalized_at: None,
            id: key(50),
            mates: mates.iter().map(mate).collect(),
            name: name.parse().unwrap(),
            number: None,
            revision: 1,
        };
        self.teams = Teams::new(vec![team]);
    }

    fn facts<'f>(&'f self, gone: &'f HashSet<Id<UserMarker>>) -> PoolFacts<'f> {
        let Self { event, partners, ratings, said, sheet, teams } = self;
        PoolFacts { event, gone, partners, ratings, said, sheet, teams }
    }

    fn searched(&self, rules: DraftRules) -> Draft {
        self.again(&Draft::with(rules))
    }

    fn again(&self, draft: &Draft) -> Draft {
        let gone = HashSet::new();
        let search = Search::new(draft, &self.facts(&gone)).unwrap();
        let proposal = search.run(Budget { steps: 20_000, ..Budget::default() });
        draft.found(&search, &proposal, (&self.event, &self.teams))
    }

    fn preview(&self, draft: Draft) -> Preview {
        Preview::new(draft, &self.facts(&HashSet::new())).unwrap()
    }

    fn names(&self) -> Vec<(Id<UserMarker>, String)> {
        self.sheet.lines().iter().map(|line| (line.discord, format!("Driver {}", line.discord))).collect()
    }

    fn draw<T>(&self, preview: &Preview, draw: impl FnOnce(&CrewsView<'_>) -> T) -> T {
        let names = self.names();
        let (event, teams) = (&self.event, &self.teams);
        draw(&CrewsView { event, names: &names, preview, revision: 3, teams })
    }

    fn page(&self, draft: &Draft, page: u16) -> String {
        self.draw(&self.preview(draft.clone()), |view| shown(&preview(view, page)))
    }
}

#[test]
fn crews_are_shown_with_their_hours_and_why() {
    let mut scene = Scene::new("GT3\nGTP", &[(0, In, 6), (1, In, 1), (0, Waiting, 1), (0, Tentative, 1)]);
    scene.asleep(0, 10..16);
    scene.asleep(1, 12..18);
    scene.partners.insert(scene.user(0), vec![scene.user(3), scene.user(7)]);
    scene.car(0, "BMW M4 GT3");
    let draft = scene.searched(DraftRules { max: 3, ..DraftRules::default() });
    assert_snapshot!(scene.page(&draft, 0));
    assert_snapshot!(scene.page(&draft, 1));
    assert_eq!(scene.page(&draft, 9), scene.page(&draft, 1));
}

#[test]
fn what_is_in_the_way_is_said_with_what_would_help() {
    let mut scene = Scene::new("GT3", &[(0, In, 4), (0, Waiting, 3), (0, Tentative, 1)]);
    for at in 0..4 {
        scene.asleep(at, 12..16);
    }
    scene.asleep(6, 11..13);
    let draft = scene.searched(DraftRules::default());
    assert_snapshot!(scene.page(&draft, 0));
    let nobody = Scene::new("GT3", &[]);
    assert_snapshot!(nobody.page(&nobody.searched(DraftRules::default()), 0));
}

#[test]
fn whoever_is_moved_is_told_what_that_does() {
    let mut scene = Scene::new("GT3", &[(0, In, 7)]);
    scene.team("Red *Racing*", &[0, 1]);
    scene.partners.insert(scene.user(2), vec![scene.user(3)]);
    let rules = DraftRules { limit: Some(2), max: 4, ..DraftRules::default() };
    let draft = scene.searched(rules);
    assert_snapshot!(scene.page(&draft, 0));
    let user = draft.crews[1].people[0];
    let first = scene.preview(draft.clone());
    assert_snapshot!(scene.draw(&first, |view| shown(&ask_where(view, user))));
    assert_snapshot!(scene.draw(&first, |view| shown(&ask_where(view, scene.user(0)))));
    let move_to =
        |draft: &Draft, target| draft.moving(user, key(10), target, (&scene.event, &scene.teams)).unwrap();
    for (name, target) in
        [("team", Target::Crew(draft.crews[0].number)), ("new", Target::New), ("out", Target::Out)]
    {
        let after = scene.preview(move_to(&draft, target));
        let drawn = scene.draw(&after, |view| shown(&moved(view, &first, user)));
        assert_snapshot!(format!("moved_{name}"), drawn);
    }
    let after = move_to(&draft, Target::Out);
    assert_snapshot!("searched_around", scene.page(&scene.again(&after), 0));
    let back = move_to(&after, Target::Crew(draft.crews[1].number));
    let (was, now) = (scene.preview(after), scene.preview(back));
    assert_snapshot!("moved_back", scene.draw(&now, |view| shown(&moved(view, &was, user))));
    for (value, target) in
        [("new", Some(Target::New)), ("out", Some(Target::Out)), ("7", Some(Target::Crew(7))), ("x", None)]
    {
        assert_eq!(read_target(value), target);
    }
}

#[test]
fn a_sheet_that_changed_since_is_said_so() {
    let mut scene = Scene::new("GT3", &[(0, In, 4)]);
    let draft = scene.searched(DraftRules::default());
    let line = Signup { state: SignupState::Withdrawn, ..scene.sheet.lines()[1].clone() };
    scene.sheet = scene.sheet.with(line);
    assert_snapshot!(scene.page(&draft, 0));
}

#[test]
fn what_else_is_said() {
    assert_snapshot!(shown(&searching()), @"🔎 Searching for crews. That takes a few seconds.");
    assert_snapshot!(shown(&discarded()), @"Discarded; no team was made. `/team propose` starts anew.");
    let mut scene = Scene::new("GT3", &[(0, In, 4)]);
    scene.team("Red", &[0]);
    let (gone, names) = (HashSet::new(), scene.names());
    let view = TeamsView {
        invitations: &[],
        event: &scene.event,
        gone: &gone,
        names: &names,
        organises: true,
        reader: None,
        sheet: &scene.sheet,
        teams: &scene.teams,
    };
    assert_snapshot!(shown(&accepted(&view, &[key(50)], &[])));
    assert_snapshot!(shown(&accepted(&view, &[], &[key(50)])));
}

/// Every crew on some page, every page within the limits.
#[test]
fn sixty_people_fit() {
    let people: Vec<_> =
        (0..4).map(|class| (class, In, 15)).chain([(0, Waiting, 9), (1, Tentative, 5)]).collect();
    for (classes, people, rules) in [
        ("GT3\nGTP\nLMP2\nGT4", people, DraftRules::default()),
        ("GT3", vec![(0, In, 60), (0, Waiting, 20)], DraftRules { max: 5, min: 5, ..DraftRules::default() }),
        ("GT3", vec![(0, In, 60)], DraftRules { max: 1, min: 1, awake: 1, limit: None }),
        ("GT3", vec![(0, In, 60)], DraftRules { max: 16, min: 16, ..DraftRules::default() }),
        ("GT3", vec![(0, In, 60)], DraftRules { limit: Some(1), ..DraftRules::default() }),
    ] {
        let mut scene = Scene::new(classes, &people);
        scene.sheet = with_real_ids(&scene.sheet);
        scene.event.length = "7d".parse().unwrap();
        for at in 0..60 {
            scene.asleep(at, at % 20..at % 20 + 6);
            scene.partners.insert(scene.user(at), vec![scene.user((at + 7) % 60), scene.user((at + 8) % 60)]);
        }
        let draft = scene.searched(rules);
        let mut seen = String::new();
        for page in 0..40 {
            let drawn = scene.page(&draft, page);
            if !seen.contains(&drawn) {
                seen.push_str(&drawn);
            }
        }
        for crew in &draft.crews {
            assert!(seen.contains(&format!("**{}**", crew.name)), "{} isn't shown", crew.name);
        }
        for line in scene.sheet.everybody_in() {
            assert!(seen.contains(&mention(line.discord)), "{} isn't shown", line.discord);
        }
    }
}

/// Something to find words on: three in, one who waits, one tentative, one left out, two cars.
fn wordy<T>(tell: impl FnOnce(&CrewsView<'_>) -> T) -> T {
    let mut scene = Scene::new("GT3\nGTP", &[(0, In, 3), (0, Waiting, 1), (0, Tentative, 1), (0, In, 1)]);
    scene.car(0, "BMW M4");
    scene.car(1, "Ferrari 296");
    let draft = Draft::default().moving(scene.user(5), key(10), Target::Out, (&scene.event, &scene.teams));
    let preview = scene.preview(draft.unwrap());
    scene.draw(&preview, tell)
}

fn span(from: usize, to: usize) -> Span {
    Span { from, to }
}

#[test]
fn every_why_has_its_words() {
    let apart = |partner, because| Why::Apart { person: 0, partner, because };
    let all = [
        apart(2, Apart::LeftOut),
        apart(3, Apart::NoPlace),
        apart(4, Apart::NoPlace),
        apart(5, Apart::NoPlace),
        apart(1, Apart::OtherCar),
        apart(2, Apart::OtherClass),
        apart(2, Apart::OtherCrew),
        Why::Car { car: Car(0), chosen_by: 2, any: 1 },
        Why::Car { car: Car(1), chosen_by: 1, any: 0 },
        Why::Car { car: Car(1), chosen_by: 0, any: 3 },
        Why::Covered { hours: span(2, 5), able: 3, needed: 2 },
        Why::Covered { hours: span(2, 5), able: 2, needed: 2 },
        Why::Rating { mean: 2450, class_mean: 2100 },
        Why::ReliesOnUnanswered { hours: vec![span(0, 1)], people: vec![1] },
        Why::ReliesOnUnanswered {
            hours: (0..5).map(|hour| span(hour * 2, hour * 2 + 1)).collect(),
            people: vec![0, 1, 2],
        },
        Why::ReliesOnUnanswered { hours: vec![span(0, 24)], people: vec![0, 1, 2] },
        Why::ReliesOnUnanswered { hours: vec![span(0, 24)], people: vec![0, 1, 2, 3] },
        Why::Covered { hours: span(0, 24), able: 4, needed: 2 },
        Why::Together(0, 2),
    ];
    let words: Vec<String> = wordy(|view| all.iter().map(|why| words::why(view, why, 4)).collect());
    assert_snapshot!(words.join("\n"));
}

#[test]
fn every_fault_has_its_words() {
    let all = [
        Fault::Cars(vec![Car(0), Car(1)]),
        Fault::CannotDriveAtAll(0),
        Fault::NoPlace(3, Place::Waiting),
        Fault::NoPlace(4, Place::Tentative),
        Fault::NoPlace(5, Place::Aside),
        Fault::TooFew { people: 1, min: 2 },
        Fault::TooMany { people: 7, max: 6 },
        Fault::Uncovered { hours: span(3, 7), able: 0, needed: 2 },
        Fault::Uncovered { hours: span(3, 7), able: 1, needed: 2 },
        Fault::Uncovered { hours: span(0, 24), able: 1, needed: 2 },
        Fault::WrongClass(0, Class(1)),
    ];
    let words: Vec<String> = wordy(|view| all.iter().map(|fault| words::fault(view, fault)).collect());
    assert_snapshot!(words.join("\n"));
}

#[test]
fn every_reason_has_its_words() {
    let first = |certainty| Reason::OthersFirst { example: vec![0, 1, 2], certainty };
    let all = [
        Reason::NoPlace(Place::Aside),
        Reason::NoPlace(Place::Waiting),
        Reason::NoPlace(Place::Tentative),
        Reason::CannotDriveAtAll,
        Reason::TooFewForCar { car: Some(Car(0)), people: 1, min: 2 },
        Reason::TooFewForCar { car: None, people: 1, min: 2 },
        Reason::NoLegalCrew(Certainty::Proven),
        Reason::NoLegalCrew(Certainty::NoneFound),
        first(Certainty::Proven),
        first(Certainty::NoneFound),
        Reason::NotPlaced { example: vec![0, 1] },
    ];
    let words: Vec<String> = wordy(|view| all.iter().map(|reason| words::reason(view, reason)).collect());
    assert_snapshot!(words.join("\n"));
}

#[test]
fn every_obstacle_has_its_words() {
    let class = Class(0);
    let uncovered = |able, would_help| Obstacle::Uncovered {
        class,
        car: None,
        hours: span(12, 16),
        able,
        needed: 2,
        would_help,
    };
    let all = [
        Obstacle::GridFull { class, crews: 2, seats: 12, people: 15 },
        Obstacle::LeftOver { class, people: 1, certainty: Certainty::Proven, would_help: vec![] },
        Obstacle::LeftOver {
            class,
            people: 3,
            certainty: Certainty::NoneFound,
            would_help: vec![Help { person: 3, crew: vec![0, 1, 3] }],
        },
        Obstacle::SizesDontFit { class, people: 7, seats: 6, missing: Some(2), would_help: vec![3, 4, 5] },
        Obstacle::SizesDontFit { class, people: 7, seats: 6, missing: None, would_help: vec![] },
        Obstacle::TooManyCrews { class, crews: 3, limit: 2 },
        Obstacle::TooFew { class, car: None, people: 1, min: 2, would_help: vec![3] },
        Obstacle::TooFew { class, car: Some(Car(1)), people: 2, min: 3, would_help: vec![] },
        uncovered(0, vec![3, 4]),
        uncovered(1, vec![]),
        Obstacle::Uncovered {
            class,
            car: Some(Car(0)),
            hours: span(0, 2),
            able: 1,
            needed: 2,
            would_help: vec![5],
        },
    ];
    let words: Vec<String> = wordy(|view| all.iter().map(|one| words::obstacle(view, one)).collect());
    assert_snapshot!(words.join("\n"));
}

#[test]
fn how_good_crews_are_is_said_in_what_comes_first() {
    let score = Score { crewed: 10, split: 3, rating_spread: 4, size_spread: 2, slack: 1, preferred: 9 };
    let bound = |bound| ClassBound { bound, class: Class(0), score };
    let all = [
        score,
        Score { crewed: 12, split: 0, ..score },
        Score { split: 2, rating_spread: 0, ..score },
        Score { rating_spread: 1, ..score },
        Score { size_spread: 1, ..score },
        Score { slack: 3, ..score },
        Score { preferred: 10, ..score },
    ];
    let words: Vec<String> = all.into_iter().map(|best| pages::quality(&bound(best))).collect();
    assert_snapshot!(words.join("\n"));
}
