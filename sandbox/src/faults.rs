//! What goes wrong, and when.

mod gate;
mod matching;

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, Mutex},
    time::Duration,
};

pub use gate::Gate;
pub use matching::Match;

use crate::{Call, discord::lock};

/// Something that is to go wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    /// With which calls.
    pub on: Match,
    /// How often.
    pub times: Times,
    /// What.
    pub kind: FaultKind,
}

/// How often a fault happens, once its first call has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// With one call.
    Once,
    /// With so many matching calls in a row.
    N(u32),
    /// With every matching call until it is cleared.
    UntilCleared,
}

/// What goes wrong with a call. Durations run on the sandbox's clock. Whatever waits goes on when the client has hung up, as
/// the real Discord would: the effect still lands.
#[derive(Clone, Debug)]
pub enum FaultKind {
    /// The connection is closed before anything happened.
    DropBefore,
    /// It happens, then the connection is closed without an answer.
    DropAfter,
    /// Nothing happens and the answer is a 429. Until `retry_after` is over, so is that of every other request of the same
    /// bucket, or if `global` of every request.
    RateLimited {
        /// What the answer says.
        retry_after: Duration,
        /// Whether it is about all routes.
        global: bool,
        /// `user`, `shared` (which doesn't count as an invalid request) or `global`.
        scope: &'static str,
    },
    /// Nothing happens and the answer is this error.
    Status {
        /// Such as 500 or 403.
        status: u16,
        /// Discord's own code, such as 50013; 0 for none.
        code: u32,
    },
    /// It happens, and the answer is an error all the same.
    StatusAfter {
        /// Such as 500.
        status: u16,
        /// Discord's own code; 0 for none.
        code: u32,
    },
    /// It happens, and the answer lacks these fields.
    Without(&'static [&'static str]),
    /// It takes its time, and is then answered as ever.
    Latency {
        /// Before it happens.
        before: Duration,
        /// Before it is answered.
        after: Duration,
    },
    /// It takes its time before it happens, real time whatever the sandbox's clock does, and is then answered as ever.
    Slow(Duration),
    /// It takes so long that nobody waits for it: the connection stays open and silent, then closes.
    Hang {
        /// Whether the silence is before it happens rather than after.
        before_effect: bool,
        /// How long.
        lasting: Duration,
    },
    /// It waits until a test opens the gate, and is then answered as ever.
    Hold {
        /// Whether it waits before it happens rather than after.
        before_effect: bool,
        /// What it waits at.
        gate: Gate,
    },
}

/// A moment in a call's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Discord has the request and has done nothing about it.
    BeforeEffect,
    /// It is done and not yet answered.
    AfterEffect,
}

/// An injected fault, to clear it or to ask after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultId(u64);

impl fmt::Display for FaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FaultId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A fault that was injected and not cleared.
#[derive(Clone, Debug)]
pub struct ArmedFault {
    /// Its id, to clear it.
    pub id: FaultId,
    /// What it is.
    pub fault: Fault,
    /// With how many calls it has happened.
    pub fired: u32,
}

type Hook = Arc<dyn Fn(Moment, &Call) + Send + Sync>;

struct Armed {
    id: FaultId,
    fault: Fault,
    seen: u32,
    fired: u32,
}

struct Hooked {
    on: Match,
    seen: u32,
    hook: Hook,
}

#[derive(Default)]
struct Everything {
    last: u64,
    faults: Vec<Armed>,
    hooks: Vec<Hooked>,
}

/// What goes wrong, and when. Clones share it.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<Everything>>);

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(lock(&self.0).faults.iter().map(|armed| &armed.fault)).finish()
    }
}

impl Faults {
    /// Arms a fault. Its calls are counted from now on. Where several fit a call, the one that was armed first happens.
    pub fn inject(&self, fault: Fault) -> FaultId {
        let mut all = lock(&self.0);
        all.last += 1;
        let id = FaultId(all.last);
        all.faults.push(Armed { id, fault, seen: 0, fired: 0 });
        id
    }

    /// Takes one fault away. Calls that already suffer from it go on doing so.
    pub fn clear(&self, id: FaultId) {
        lock(&self.0).faults.retain(|armed| armed.id != id);
    }

    /// Every fault that was injected and not cleared, oldest first.
    #[must_use]
    pub fn armed(&self) -> Vec<ArmedFault> {
        let armed =
            |armed: &Armed| ArmedFault { id: armed.id, fault: armed.fault.clone(), fired: armed.fired };
        lock(&self.0).faults.iter().map(armed).collect()
    }

    /// Takes every fault and every hook away.
    pub fn clear_all(&self) {
        let mut all = lock(&self.0);
        all.faults.clear();
        all.hooks.clear();
    }

    /// With how many calls a fault has happened; 0 too for one that was cleared.
    #[must_use]
    pub fn fired(&self, id: FaultId) -> u32 {
        lock(&self.0).faults.iter().find(|armed| armed.id == id).map_or(0, |armed| armed.fired)
    }

    /// Calls `hook` before and after the effect of every matching call, or with [`Match::nth`] of that one only. A hook may
    /// kill the process that called: what Discord has received still takes effect, unless a [`FaultKind::DropBefore`] on the
    /// same call says otherwise.
    pub fn on_call(&self, on: Match, hook: impl Fn(Moment, &Call) + Send + Sync + 'static) {
        lock(&self.0).hooks.push(Hooked { on, seen: 0, hook: Arc::new(hook) });
    }

    /// What goes wrong with a call, and who wants to know of it.
    pub(crate) fn take(&self, call: &Call) -> (Option<FaultKind>, Hooks) {
        let mut all = lock(&self.0);
        let mut kind = None;
        for armed in &mut all.faults {
            if armed.counts(call) && kind.is_none() {
                armed.fired += 1;
                kind = Some(armed.fault.kind.clone());
            }
        }
        let mut hooks = Vec::new();
        for hooked in all.hooks.iter_mut().filter(|hooked| hooked.on.fits(call)) {
            hooked.seen += 1;
            if hooked.on.nth.is_none_or(|nth| nth == hooked.seen) {
                hooks.push(Arc::clone(&hooked.hook));
            }
        }
        (kind, Hooks(hooks))
    }
}

impl Armed {
    /// Counts a call; whether the fault happens with it.
    fn counts(&mut self, call: &Call) -> bool {
        if !self.fault.on.fits(call) {
            return false;
        }
        self.seen += 1;
        let due = self.seen >= self.fault.on.nth.unwrap_or(1);
        let left = match self.fault.times {
            Times::Once => self.fired == 0,
            Times::N(times) => self.fired < times,
            Times::UntilCleared => true,
        };
        due && left
    }
}

/// The hooks of one call.
pub(crate) struct Hooks(Vec<Hook>);

impl Hooks {
    pub(crate) fn run(&self, moment: Moment, call: &Call) {
        for hook in &self.0 {
            hook(moment, call);
        }
    }
}
