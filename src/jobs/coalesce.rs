//! A guild's wakes become few: one waits at most, and one follows what is running.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::job::Job;

/// The guilds whose wakes wait or run in this process.
#[derive(Debug, Default)]
pub(super) struct Wakes(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    waiting: HashSet<u64>,
    /// What to run after the wake that is running, if one came meanwhile.
    running: HashMap<u64, Option<Job>>,
}

impl Wakes {
    /// A wake wants to be queued in this process. `false`: one is waiting, which will see what this one would.
    pub(super) fn wait(&self, guild: u64) -> bool {
        self.state().waiting.insert(guild)
    }

    /// A wake has left this process's queue. Whatever is committed after this needs a wake of its own.
    pub(super) fn left(&self, guild: u64) {
        self.state().waiting.remove(&guild);
    }

    /// A wake wants to run. `false`: one is running, and this one will run once after it.
    pub(super) fn begin(&self, guild: u64, job: &Job) -> bool {
        let mut state = self.state();
        if let Some(next) = state.running.get_mut(&guild) {
            *next = Some(job.clone());
            return false;
        }
        state.running.insert(guild, None);
        true
    }

    /// A wake has run: the one to run next, or `None` when the guild rests.
    pub(super) fn finish(&self, guild: u64) -> Option<Job> {
        let mut state = self.state();
        let next = state.running.get_mut(&guild).and_then(Option::take);
        if next.is_none() {
            state.running.remove(&guild);
        }
        next
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wake(guild: u64, request: &str) -> Job {
        Job::Wake { guild, request_id: request.to_owned() }
    }

    #[test]
    fn one_wake_waits_per_guild() {
        let wakes = Wakes::default();
        assert!(wakes.wait(1) && !wakes.wait(1) && wakes.wait(2));
        wakes.left(1);
        assert!(wakes.wait(1));
    }

    #[test]
    fn wakes_during_a_run_become_one_more_run_the_latest() {
        let wakes = Wakes::default();
        assert!(wakes.begin(1, &wake(1, "a")) && wakes.begin(2, &wake(2, "x")));
        assert!(!wakes.begin(1, &wake(1, "b")) && !wakes.begin(1, &wake(1, "c")));
        assert_eq!(wakes.finish(1), Some(wake(1, "c")));
        assert!(!wakes.begin(1, &wake(1, "d")));
        assert_eq!(wakes.finish(1), Some(wake(1, "d")));
        assert_eq!(wakes.finish(1), None);
        assert!(wakes.begin(1, &wake(1, "e")));
        assert_eq!(wakes.finish(2), None);
    }
}
