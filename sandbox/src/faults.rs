//! What goes wrong, and when.

/// What goes wrong, and when.
#[derive(Clone, Debug, Default)]
pub struct Faults;
/// A fault.
#[derive(Clone, Debug)]
pub struct Fault;
/// Its kind.
#[derive(Clone, Debug)]
pub enum FaultKind {}
/// Which calls.
#[derive(Clone, Debug)]
pub struct Match;
/// When.
#[derive(Clone, Copy, Debug)]
pub enum Moment {}
/// How often.
#[derive(Clone, Copy, Debug)]
pub enum Times {}
