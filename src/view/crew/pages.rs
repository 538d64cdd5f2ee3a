//! The crews in pages: each class by itself, its crews whole.

use super::{
    super::markup::{count, name, sentence},
    CrewsView, words,
};
use crate::domain::{
    crew::{Cell, Class, ClassBound, LeftOut, Person, Place, Reason, Score, Why},
    text::length,
};

/// About how many characters a page's blocks hold, so that what stands around them fits as well.
const A_PAGE: usize = 2_900;
/// How many crews a page has at most, so that whoever is in them fits into its selects.
const CREWS_A_PAGE: usize = 6;
/// How many things are said about a crew at most.
const WHYS: usize = 3;
/// How many obstacles of a class are named at most.
const OBSTACLES: usize = 4;
/// How many of those left out are on a page at most.
const LEFT_OUT: usize = 10;

/// A page.
pub(super) struct Page {
    /// Its texts.
    pub(super) blocks: Vec<String>,
    /// Whom of it the organiser can move.
    pub(super) people: Vec<Person>,
}

/// A text, and whom it names that can be moved.
struct Block {
    is_crew: bool,
    people: Vec<Person>,
    text: String,
}

/// All pages.
pub(super) fn pages(view: &CrewsView<'_>) -> Vec<Page> {
    let classes = view.preview.problem.classes();
    classes.into_iter().flat_map(|class| of_class(view, class)).collect()
}

/// The page on which somebody stands.
pub(super) fn page_of(view: &CrewsView<'_>, person: Person) -> usize {
    pages(view).iter().position(|page| page.people.contains(&person)).unwrap_or_default()
}

fn of_class(view: &CrewsView<'_>, class: Class) -> Vec<Page> {
    let blocks = blocks(view, class);
    let head = class_head(view, class);
    let mut pages: Vec<Page> = Vec::new();
    let (mut room, mut crews) = (0, 0);
    for block in blocks {
        let size = length(&block.text) + 1;
        if pages.is_empty() || size > room || (block.is_crew && crews == CREWS_A_PAGE) {
            let head = if pages.is_empty() { head.clone() } else { head_again(view, class) };
            room = A_PAGE.saturating_sub(length(&head));
            crews = 0;
            pages.push(Page { blocks: vec![head], people: Vec::new() });
        }
        if let Some(page) = pages.last_mut() {
            room = room.saturating_sub(size);
            crews += usize::from(block.is_crew);
            page.blocks.push(block.text);
            page.people.extend(block.people);
        }
    }
    if pages.is_empty() {
        pages.push(Page { blocks: vec![head], people: Vec::new() });
    }
    pages
}

fn blocks(view: &CrewsView<'_>, class: Class) -> Vec<Block> {
    let mut blocks: Vec<Block> = obstacles(view, class).into_iter().collect();
    let crews = view.preview.crews(class);
    blocks.extend(crews.iter().filter_map(|(at, cell)| crew(view, *at, cell)));
    blocks.extend(left_out(view, class));
    blocks
}

fn head_again(view: &CrewsView<'_>, class: Class) -> String {
    format!("## {} (more)", view.class_name(class))
}

fn class_head(view: &CrewsView<'_>, class: Class) -> String {
    let evaluation = &view.preview.evaluation;
    let crews = evaluation.crews.iter().filter(|crew| crew.class == class);
    let legal: usize = crews.clone().filter(|crew| crew.is_legal()).map(|crew| crew.people.len()).sum();
    let drivers = view.preview.problem.drivers().iter();
    let places = drivers.filter(|driver| driver.class == class && driver.place == Place::In).count();
    let of = count(places, "driver", "drivers");
    let mut head = format!(
        "## {}\n{} · {legal} of {of} in legal crews",
        view.class_name(class),
        count(crews.clone().count(), "crew", "crews"),
    );
    let bounds = &view.preview.draft.bounds;
    let is_searched =
        !view.preview.is_stale && !view.preview.draft.is_by_hand && crews.clone().next().is_some();
    if let Some(bound) = bounds.iter().find(|bound| is_searched && bound.class == class) {
        head = format!("{head}\n{}", quality(bound));
    }
    head
}

/// How good the crews of a class are.
pub(super) fn quality(bound: &ClassBound) -> String {
    let (Score { crewed, split, rating_spread, size_spread, slack, preferred }, best) =
        (bound.score, bound.bound);
    let many = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let most = match () {
        () if bound.score == best => {
            return "✅ The best there are: every other way to put them together is no better.".to_owned();
        }
        () if crewed != best.crewed => {
            let drivers = count(many(best.crewed - crewed), "more driver", "more drivers");
            format!("{drivers} could be in crews")
        }
        () if split != best.split => {
            let pairs = count(many(split - best.split), "more wanted pair", "more wanted pairs");
            format!("{pairs} could be together")
        }
        () if rating_spread != best.rating_spread => {
            let closer = (rating_spread - best.rating_spread) * Score::RATING_STEP;
            format!("average iRatings could be {closer} closer")
        }
        () if size_spread != best.size_spread => {
            let drivers = count(many(size_spread - best.size_spread), "driver", "drivers");
            format!("sizes could be {drivers} closer")
        }
        () if slack != best.slack => {
            let drivers = count(many(best.slack - slack), "more driver", "more drivers");
            format!("{drivers} could be awake when it is fewest")
        }
        () => {
            let hours = count(many(best.preferred - preferred), "more hour", "more hours");
            format!("{hours} could have somebody who would like it most")
        }
    };
    format!("🔎 The best found. At best, {most}.")
}

fn obstacles(view: &CrewsView<'_>, class: Class) -> Option<Block> {
    let all: Vec<_> =
        view.preview.evaluation.obstacles.iter().filter(|one| words::class_of(one) == class).collect();
    let mut lines: Vec<String> =
        all.iter().take(OBSTACLES).map(|one| format!("🚧 {}", words::obstacle(view, one))).collect();
    if all.len() > OBSTACLES {
        lines.push(format!("-# and {} like these", all.len() - OBSTACLES));
    }
    (!lines.is_empty()).then(|| Block { is_crew: false, people: Vec::new(), text: lines.join("\n") })
}

fn crew(view: &CrewsView<'_>, at: usize, cell: &Cell) -> Option<Block> {
    let crew = view.preview.evaluation.crews.get(at)?;
    let car = crew.car.and_then(|car| view.preview.pool.car_name(car));
    let car = car.map(|car| format!(" · {}", name(car))).unwrap_or_default();
    let already = view.preview.pool.teams.iter().find(|team| cell.team == Some(team.team));
    let already = already.map_or(&[][..], |team| team.drivers.as_slice());
    let joins = crew.people.len() - already.len();
    let stands = match (already.len(), joins) {
        (0, _) => String::new(),
        (_, 0) => " · stays as it is".to_owned(),
        (_, joins) => format!(" · {} join", count(joins, "driver", "drivers")),
    };
    let people: Vec<String> = crew.people.iter().map(|person| member(view, *person, already)).collect();
    let mut lines = vec![format!("**{}**{car}{stands}", name(&view.crew_name(at))), people.join(", ")];
    if crew.is_legal() {
        lines.extend(
            crew.why
                .iter()
                .find(|why| matches!(why, Why::Covered { .. }))
                .map(|why| words::why(view, why, crew.people.len())),
        );
    } else {
        let mut faults: Vec<String> = crew.faults.iter().map(|fault| words::fault(view, fault)).collect();
        let more = faults.len().saturating_sub(WHYS);
        faults.truncate(WHYS);
        if more > 0 {
            faults.push(format!("{more} more"));
        }
        lines.push(format!("⚠️ **Not legal:** {}", faults.join("; ")));
    }
    lines.extend(
        telling(&crew.why).into_iter().map(|why| format!("-# {}", words::why(view, why, crew.people.len()))),
    );
    let people = crew.people.iter().copied().filter(|person| view.may_move(*person)).collect();
    Some(Block { is_crew: true, people, text: lines.join("\n") })
}

/// Somebody of a crew: with their rating, a plus if they join a team that there is already, and a pin if the organiser moved them.
fn member(view: &CrewsView<'_>, person: Person, already: &[Person]) -> String {
    let rating = view.preview.pool.drivers.get(person).and_then(|driver| driver.rating);
    let rating = rating.map(|rating| format!(" ({rating})")).unwrap_or_default();
    let plus = if !already.is_empty() && !already.contains(&person) { "➕ " } else { "" };
    let pin = if view.was_moved(person) { " 📌" } else { "" };
    format!("{plus}{}{rating}{pin}", view.who(person))
}

/// The few things that tell most about a crew, the one to act on first.
fn telling(why: &[Why]) -> Vec<&Why> {
    let rank = |why: &Why| match why {
        Why::ReliesOnUnanswered { .. } => 0,
        Why::Together(..) => 1,
        Why::Apart { .. } => 2,
        Why::Rating { .. } => 3,
        Why::Car { .. } => 4,
        Why::Covered { .. } => 5,
    };
    let mut told: Vec<&Why> = why.iter().filter(|why| !matches!(why, Why::Covered { .. })).collect();
    told.sort_by_key(|why| rank(why));
    // Two of a kind say less than two of two kinds.
    let mut kinds: Vec<&Why> = Vec::new();
    for why in told {
        let alike = kinds.iter().filter(|other| rank(other) == rank(why)).count();
        if kinds.len() < WHYS && alike < 2 {
            kinds.push(why);
        }
    }
    kinds
}

/// Those of a class who are in no crew though they have a place, each with the reason; those without are counted.
fn left_out(view: &CrewsView<'_>, class: Class) -> Vec<Block> {
    let left =
        view.preview.evaluation.left_out.iter().filter(|left| view.class_of(left.person) == Some(class));
    let (placeless, left): (Vec<_>, Vec<_>) =
        left.partition(|left| matches!(left.reason, Reason::NoPlace(Place::Waiting | Place::Tentative)));
    let mut blocks: Vec<Block> = Vec::new();
    for (part, some) in left.chunks(LEFT_OUT).enumerate() {
        let head = if part == 0 { format!("**In no crew ({})**\n", left.len()) } else { String::new() };
        let lines = by_reason(view, some).into_iter();
        let lines: Vec<String> =
            lines.map(|(people, why)| format!("{}: {why}", sentence(&people, "and"))).collect();
        let people = some.iter().map(|left| left.person).filter(|person| view.may_move(*person)).collect();
        blocks.push(Block { is_crew: false, people, text: format!("{head}{}", lines.join("\n")) });
    }
    let counted = |place, word: &str| {
        let many = placeless.iter().filter(|left| left.reason == Reason::NoPlace(place)).count();
        (many > 0).then(|| format!("{many} {word}"))
    };
    let counted = [counted(Place::Waiting, "on the waiting list"), counted(Place::Tentative, "tentative")];
    let counted: Vec<String> = counted.into_iter().flatten().collect();
    if !counted.is_empty() {
        let text = format!("-# Without a place: {}", sentence(&counted, "and"));
        blocks.push(Block { is_crew: false, people: Vec::new(), text });
    }
    blocks
}

/// Whom the same is to be said of, and what.
fn by_reason(view: &CrewsView<'_>, left: &[&LeftOut]) -> Vec<(Vec<String>, String)> {
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for left in left {
        let pin = if view.was_moved(left.person) { " 📌" } else { "" };
        let (who, why) = (format!("{}{pin}", view.who(left.person)), words::reason(view, &left.reason));
        match told.iter_mut().find(|(_, other)| *other == why) {
            Some((people, _)) => people.push(who),
            None => told.push((vec![who], why)),
        }
    }
    told
}
