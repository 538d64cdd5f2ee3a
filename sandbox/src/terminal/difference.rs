//! What is different on a card.

use super::ink::{Ink, Line, Span};

/// How many lines of a card always stay: its author, and its title.
const HEAD: usize = 2;
/// What the lines of a card begin with.
pub(super) const SIDE: &str = "▌ ";

/// The lines of `now` that read differently from all of `then`, each with the line before it; an ellipsis stands for the
/// others.
pub(super) fn different(now: Vec<Line>, then: &[Line]) -> Vec<Line> {
    let then: Vec<String> = then.iter().map(|line| line.render(false)).collect();
    let is_new: Vec<bool> = now.iter().map(|line| !then.contains(&line.render(false))).collect();
    let is_new = |index: usize| is_new.get(index).copied().unwrap_or_default();
    let stays = |index: usize| index < HEAD || is_new(index) || is_new(index + 1);
    let count = now.len();
    let mut kept: Vec<Line> = Vec::new();
    for (index, line) in now.into_iter().enumerate() {
        // An ellipsis takes as much room as the only line that it would stand for.
        let alone = stays(index.saturating_sub(1)) && (stays(index + 1) || index + 1 == count);
        if stays(index) || alone {
            kept.push(line);
        } else if stays(index.saturating_sub(1)) {
            kept.push(ellipsis(&line));
        }
    }
    kept
}

/// An ellipsis at the place of a line.
fn ellipsis(line: &Line) -> Line {
    let side = line.spans.first().filter(|span| span.text == SIDE).cloned();
    Line::from(side.into_iter().chain([Span::new("⋮", Ink::DIM)]).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(now: &str, then: &str) -> String {
        let lines = |text: &str| text.split(' ').map(Line::plain).collect::<Vec<_>>();
        let kept = different(lines(now), &lines(then));
        kept.iter().map(|line| line.render(false)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn runs_of_what_stood_before_are_left_out() {
        assert_eq!(kept("Ana Spa a b c x e f", "Ana Spa a b c d e f"), "Ana Spa ⋮ c x ⋮");
        assert_eq!(kept("Ana Spa a x e", "Ana Spa a b e"), "Ana Spa a x e");
        assert_eq!(kept("Ana Spa a b", "Ana Spa a b"), "Ana Spa ⋮");
    }
}
