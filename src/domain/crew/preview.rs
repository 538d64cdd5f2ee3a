//! What there is to say about a draft's crews, by the sheet and the teams as they are now.

use super::{
    draft::{Cell, Draft},
    evaluate::{Arrangement, Evaluation, evaluate},
    pool::{Pool, PoolFacts},
    problem::{BadProblem, Class, Person, Problem},
    solve::{Budget, Proposal, propose, recall},
};

/// A search for the crews of a draft. It takes a while.
#[derive(Clone, Debug)]
pub struct Search {
    /// Those whose people stay together.
    pub(super) cells: Vec<Cell>,
    /// Out of whom crews are built.
    pub pool: Pool,
    /// What is searched for.
    pub problem: Problem,
}

/// What there is to say about a draft's crews.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The draft.
    pub draft: Draft,
    /// What its crews are worth.
    pub evaluation: Evaluation,
    /// Whether what the crews were built from has changed since the search.
    pub is_stale: bool,
    /// Out of whom crews are built.
    pub pool: Pool,
    /// What the crews are an answer to.
    pub problem: Problem,
    cells: Vec<Cell>,
}

impl Search {
    /// The search for a draft's crews.
    ///
    /// # Errors
    ///
    /// When there is no such problem.
    pub fn new(draft: &Draft, facts: &PoolFacts<'_>) -> Result<Self, BadProblem> {
        let pool = Pool::new(facts);
        let mut cells = draft.cells(&pool, true);
        cells.retain(|cell| !cell.group.people.is_empty());
        let problem = draft.problem(&pool, &cells)?;
        Ok(Self { cells, pool, problem })
    }

    /// Searches.
    #[must_use]
    pub fn run(&self, budget: Budget) -> Proposal {
        propose(&self.problem, budget)
    }
}

impl Preview {
    /// What there is to say about a draft. Whoever isn't there any more is in none of its crews.
    ///
    /// # Errors
    ///
    /// When there is no such problem.
    pub fn new(draft: Draft, facts: &PoolFacts<'_>) -> Result<Self, BadProblem> {
        let Search { pool, problem, .. } = Search::new(&draft, facts)?;
        let cells = draft.cells(&pool, false);
        let arrangement = Arrangement { crews: cells.iter().map(|cell| cell.group.clone()).collect() };
        let is_stale = draft.fingerprint.as_ref() != Some(&pool.fingerprint());
        let evaluation = match is_stale || draft.is_by_hand {
            true => evaluate(&problem, &arrangement)?,
            false => recall(&problem, &arrangement, &draft.bounds)?,
        };
        Ok(Self { draft, evaluation, is_stale, pool, problem, cells })
    }

    /// The crews of a class, each with its place in the evaluation, in the draft's order.
    #[must_use]
    pub fn crews(&self, class: Class) -> Vec<(usize, &Cell)> {
        let at = |cell: &Cell| {
            let first: &Person = cell.group.people.first()?;
            self.evaluation.crews.iter().position(|crew| crew.people.contains(first))
        };
        let of_class = self.cells.iter().filter(|cell| cell.group.class == class);
        let mut crews: Vec<(usize, &Cell)> = of_class.filter_map(|cell| Some((at(cell)?, cell))).collect();
        crews.sort_by_key(|(_, cell)| {
            cell.crew.and_then(|at| self.draft.crews.get(at)).map_or(u16::MAX, |crew| crew.number)
        });
        crews
    }
}
