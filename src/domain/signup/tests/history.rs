//! Whatever people press, organisers edit and time does: nobody is lost, no cap is exceeded, and the waiting list keeps its order.

use super::*;

/// Something that happens to an event and its sheet.
#[derive(Clone, Debug)]
enum Act {
    /// A class gets another number of places, or no limit.
    Capacity(usize, Option<u64>),
    /// The event gets another number of places altogether, or no limit.
    Limit(Option<u64>),
    /// The start is moved by so many hours.
    Move(i64),
    /// An organiser wishes something for a person.
    Organiser(u64, Wish),
    /// A person wishes something.
    Person(u64, Wish),
    /// So many minutes pass.
    Wait(i64),
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        6 => select(vec![0, 1]).prop_map(|number| Wish::sign_up(Some(class(number)))),
        1 => Just(Wish::Tentative),
        3 => Just(Wish::Withdraw { sure: true }),
        1 => Just(Wish::Withdraw { sure: false }),
        1 => Just(Wish::Late),
        1 => Just(Wish::OnTime),
        2 => Just(Wish::Accept),
        1 => Just(Wish::Pass),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let places = || option::of(1..5_u64);
    prop_oneof![
        12 => (1..=PEOPLE, wish()).prop_map(|(number, wish)| Act::Person(number, wish)),
        2 => (1..=PEOPLE, wish()).prop_map(|(number, wish)| Act::Organiser(number, wish)),
        2 => (0..2_usize, places()).prop_map(|(at, places)| Act::Capacity(at, places)),
        1 => places().prop_map(Act::Limit),
        1 => (-20..40_i64).prop_map(Act::Move),
        4 => select(vec![1, 5, 20, 60, 300, 1_000]).prop_map(Act::Wait),
    ]
}

/// An event with its sheet at an instant.
#[derive(Clone, Debug)]
struct Story {
    event: Event,
    now: Timestamp,
    sheet: Sheet,
}

impl Story {
    /// Plays one act, then brings the sheet up to date. Whoever acted is returned.
    fn play(&mut self, act: &Act) -> Option<UserId> {
        let places = |places: &Option<u64>| places.map(|places| Capacity::new(places).unwrap());
        let mut actor = None;
        match act {
            Act::Capacity(at, to) => self.event.classes[*at].capacity = places(to),
            Act::Limit(to) => self.event.terms.limit = places(to),
            Act::Move(hours) => self.event.start += SignedDuration::from_hours(*hours),
            Act::Wait(minutes) => self.now += SignedDuration::from_mins(*minutes),
            Act::Organiser(number, wish) | Act::Person(number, wish) => {
                let by_organiser = matches!(act, Act::Organiser(..));
                let behalf = if by_organiser { Behalf::Organisers } else { Behalf::Own(&[]) };
                let who = Applicant { behalf, ..applicant(*number) };
                actor = Some(who.user);
                if let Ok(Decision::Change(lines)) = self.sheet.decide(&self.event, &who, wish, self.now) {
                    self.write(lines);
                }
            }
        }
        let lines = self.sheet.advanced(&self.event, self.now);
        self.write(lines);
        actor
    }

    fn write(&mut self, lines: Vec<Signup>) {
        self.sheet = lines.into_iter().fold(self.sheet.clone(), |sheet, line| sheet.with(line));
    }

    fn taken(&self, of: Option<ClassId>) -> usize {
        let counts = |line: &&Signup| line.occupies() && of.is_none_or(|class| line.class == Some(class));
        self.sheet.lines().iter().filter(counts).count()
    }

    /// Caps that aren't kept, each with how many there are in it.
    fn exceeded(&self) -> Vec<(Option<ClassId>, usize)> {
        let caps = self.event.classes.iter().map(|class| (Some(class.id), class.capacity));
        let caps = caps.chain([(None, self.event.terms.limit)]);
        let taken = caps.filter_map(|(of, cap)| Some((of, self.taken(of), usize::from(cap?.get()))));
        taken.filter(|(_, taken, cap)| taken > cap).map(|(of, taken, _)| (of, taken)).collect()
    }

    fn waiting(&self) -> Vec<&Signup> {
        self.sheet.lines().iter().filter(|line| line.state == SignupState::Waiting).collect()
    }
}

fn holds(before: &Story, after: &Story, actor: Option<UserId>) -> Result<(), TestCaseError> {
    prop_assert!(people(&before.sheet).is_subset(&people(&after.sheet)), "somebody is lost");
    let orders: BTreeSet<u64> = after.sheet.lines().iter().map(|line| line.order).collect();
    prop_assert_eq!(orders.len(), after.sheet.lines().len(), "two lines of one order");
    for (of, taken) in after.exceeded() {
        prop_assert!(taken <= before.taken(of), "more people beyond a cap");
    }
    for line in before.sheet.everybody_in().filter(|line| Some(line.user) != actor) {
        prop_assert!(after.sheet.of(line.user).unwrap().state.has_place(), "a place is lost");
    }
    let waits = |story: &Story| -> Vec<UserId> { story.waiting().iter().map(|line| line.user).collect() };
    let stayed: Vec<UserId> = waits(before)
        .into_iter()
        .filter(|user| Some(*user) != actor && waits(after).contains(user))
        .collect();
    let still: Vec<UserId> = waits(after).into_iter().filter(|user| stayed.contains(user)).collect();
    prop_assert_eq!(stayed, still, "the waiting list changed its order");
    nobody_is_overtaken(before, after, actor)
}

/// Whoever was given something by the list had waited longer than everybody of their class who was given nothing.
fn nobody_is_overtaken(before: &Story, after: &Story, actor: Option<UserId>) -> Result<(), TestCaseError> {
    for line in before.waiting().into_iter().filter(|line| Some(line.user) != actor && !line.occupies()) {
        if !after.sheet.of(line.user).unwrap().occupies() {
            continue;
        }
        let passed_over = before.waiting().into_iter().filter(|other| {
            other.class == line.class && other.order < line.order && Some(other.user) != actor
        });
        for other in passed_over {
            let now = after.sheet.of(other.user).unwrap();
            prop_assert!(now.occupies() || now.offer == Some(Offer::Lapsed), "somebody is overtaken");
        }
    }
    Ok(())
}

/// Nobody waits for a place that is free and that they weren't asked about.
fn nobody_waits_in_vain(story: &Story) -> Result<(), TestCaseError> {
    let left = story.event.start.duration_since(story.now);
    let is_quiet = left < SignedDuration::from_mins(10) || story.event.is_cancelled();
    for line in story.waiting().into_iter().filter(|line| line.offer.is_none() && !is_quiet) {
        let class = line.class.and_then(|id| story.event.class(id)).unwrap();
        prop_assert!(!story.sheet.has_room(&story.event, class), "somebody waits in vain");
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_history_keeps_people_caps_and_order(
        capacities in [option::of(1..4_u64), option::of(1..4_u64)],
        hours in select(vec![-60, -26, -20, -3]),
        acts in vec(act(), 1..60),
    ) {
        let mut story = Story { event: event(&capacities), now: at(hours), sheet: Sheet::default() };
        for act in &acts {
            let before = story.clone();
            let actor = story.play(act);
            holds(&before, &story, actor)?;
            nobody_waits_in_vain(&story)?;
            prop_assert!(story.sheet.advanced(&story.event, story.now).is_empty(), "it is up to date");
        }
    }
}
