//! How good and how fast the matcher is: `cargo bench --bench matching`.
//!
//! Clubs of four sizes are made up with seeds that nothing was tuned with, and matched. What is printed is the table of
//! `docs/matching.md`.

#![allow(clippy::cast_precision_loss, missing_docs, reason = "a table to look at")]

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use peak_alloc::PeakAlloc;
use simlane::domain::matching::{Name, NameKind, Person, match_people};

#[path = "../src/domain/matching/tests/labelled/mod.rs"]
mod labelled;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How a matching of one size compares with the truth, over some seeds.
#[derive(Default)]
struct Row {
    made: usize,
    right: usize,
    clear: usize,
    clear_made: usize,
    unclear: usize,
    took: Duration,
    peak: usize,
}

impl Row {
    fn add(&mut self, seed: u64, members: u32, users: u32) {
        let club = labelled::club(seed, members, users);
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let begun = Instant::now();
        let found = match_people(&club.members, &club.users, &BTreeSet::new());
        self.took += begun.elapsed();
        self.peak = self.peak.max(MEMORY.peak_usage().saturating_sub(before));
        let right = found.sure.iter().filter(|pair| club.truth.get(&pair.member) == Some(&pair.user));
        let right: BTreeSet<u32> = right.map(|pair| pair.member).collect();
        self.made += found.sure.len();
        self.right += right.len();
        self.clear += club.clear.len();
        self.clear_made += club.clear.intersection(&right).count();
        self.unclear += found.unclear.len();
    }

    fn print(&self, members: u32, users: u32, seeds: u64) {
        let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        let took = self.took / u32::try_from(seeds).unwrap_or(1);
        let people = f64::from(members + users);
        println!(
            "| {members} × {users} | {seeds} | {} | {} | {:.2} % | {:.2} % | {:.1} % | {:.1} ms | {:.1} MiB | {:.0} ns |",
            self.made,
            self.made - self.right,
            percent(self.right, self.made),
            percent(self.clear_made, self.clear),
            percent(self.unclear, members as usize * seeds as usize),
            took.as_secs_f64() * 1_000.0,
            self.peak as f64 / f64::from(1 << 20),
            took.as_secs_f64() * 1e9 / (people * people.log2()),
        );
    }
}

fn main() {
    println!(
        "| Members × roster | Clubs | Pairs made | Wrong | Precision | Clear pairs made | Members left to people | Time \
         | Peak memory | Time per person and log₂ n |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (members, users, seeds) in
        [(100, 80, 200), (1_000, 600, 40), (10_000, 4_000, 6), (100_000, 20_000, 2)]
    {
        let mut row = Row::default();
        (60_001..60_001 + seeds).for_each(|seed| row.add(seed, members, users));
        row.print(members, users, seeds);
    }
}
