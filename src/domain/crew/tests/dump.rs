//! Proposals as text, for people to read.

use std::fmt::Write;

use super::*;

/// What an evaluation says, a line each. People are called by `names`.
pub(super) fn dump(evaluation: &Evaluation, names: &[&str]) -> String {
    let name = |person: &Person| names[*person].to_owned();
    let all = |people: &[Person]| people.iter().map(name).collect::<Vec<_>>().join(" ");
    let mut text = format!("{}\n", score(evaluation.score));
    for crew in &evaluation.crews {
        let car = crew.car.map_or("any car".to_owned(), |car| format!("car {}", car.0));
        let pinned = crew.pinned.map_or(String::new(), |pin| format!(", pinned {pin}"));
        let able: String = crew.hours.iter().map(|hour| hour.able.to_string()).collect();
        writeln!(text, "class {}, {car}{pinned}: {} | {able}", crew.class.0, all(&crew.people)).unwrap();
        crew.faults.iter().for_each(|fault| writeln!(text, "  ! {fault:?}").unwrap());
        for why in &crew.why {
            let line = match why {
                Why::Apart { person, partner, because } => {
                    format!("{} without {}: {because:?}", name(person), name(partner))
                }
                Why::Car { car, chosen_by, any } => format!("car {}: {chosen_by} chose it, {any} any", car.0),
                Why::Covered { hours, able, needed } => {
                    format!("at least {able} of {needed} needed, {}", span(*hours))
                }
                Why::Rating { mean, class_mean } => format!("rating {mean}, class {class_mean}"),
                Why::ReliesOnUnanswered { hours, people } => {
                    let hours: Vec<_> = hours.iter().map(|hours| span(*hours)).collect();
                    format!("relies on {} {}", all(people), hours.join(" "))
                }
                Why::Together(one, other) => format!("{} with {}", name(one), name(other)),
            };
            writeln!(text, "  {line}").unwrap();
        }
    }
    for left in &evaluation.left_out {
        let reason = match &left.reason {
            Reason::OthersFirst { example, certainty } => {
                format!("others first ({certainty:?}), not {}", all(example))
            }
            Reason::NotPlaced { example } => format!("not placed, such as {}", all(example)),
            other => format!("{other:?}"),
        };
        writeln!(text, "out: {}: {reason}", name(&left.person)).unwrap();
    }
    for obstacle in &evaluation.obstacles {
        writeln!(text, "{}", self::obstacle(obstacle, &all)).unwrap();
    }
    text
}

fn obstacle(obstacle: &Obstacle, all: &dyn Fn(&[Person]) -> String) -> String {
    match obstacle {
        Obstacle::Uncovered { car, hours, able, needed, would_help, .. } => {
            let car = car.map_or(String::new(), |car| format!(" of car {}", car.0));
            format!("obstacle: {able} of {needed}{car} {}; would help: {}", span(*hours), all(would_help))
        }
        Obstacle::LeftOver { people, certainty, would_help, .. } => {
            let crews: Vec<_> = would_help.iter().map(|help| all(&help.crew)).collect();
            format!("obstacle: {people} left over ({certainty:?}); would make a crew: {}", crews.join(", "))
        }
        other => format!("obstacle: {other:?}"),
    }
}

fn span(hours: Span) -> String {
    format!("{:02}–{:02}", hours.from, hours.to)
}

pub(super) fn score(score: Score) -> String {
    let Score { crewed, split, rating_spread, size_spread, slack, preferred } = score;
    format!(
        "crewed {crewed}, split {split}, spread {rating_spread}/{size_spread}, slack {slack}, preferred {preferred}"
    )
}
