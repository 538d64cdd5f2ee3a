//! The record of every REST request.

use std::{collections::BTreeSet, sync::Mutex, time::Duration};

use jiff::Timestamp;
use serde_json::Value;

use crate::{Snowflake, Verdict, discord::lock};

/// A REST request that reached the sandbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Its place among all calls, from 0.
    pub number: usize,
    /// Its place among calls and deliveries together.
    pub order: u64,
    /// Method and route template, such as `POST /guilds/{guild_id}/channels`; of an unknown route the path itself.
    pub route: String,
    /// The method alone.
    pub method: String,
    /// The path below `/api/v10`, with its ids.
    pub path: String,
    /// The query's parameters, decoded.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// The audit-log reason, decoded.
    pub reason: Option<String>,
    /// The guild it concerns, as far as its path tells.
    pub guild: Option<Snowflake>,
    /// When it arrived, on the sandbox's clock.
    pub at: Timestamp,
    /// The answer's status; none while it is being answered, and for a connection that was dropped.
    pub status: Option<u16>,
    /// The answer's JSON error code, if it is an error.
    pub code: Option<u32>,
    /// Whether it did what it asked for, whatever it was answered.
    pub took_effect: bool,
    /// The answer's body, if it has one.
    pub answer: Option<Value>,
    /// The answer's headers about rate limits.
    pub headers: Vec<(String, String)>,
    /// How long it took, in real time; none while it is being answered.
    pub took: Option<Duration>,
    /// What the description of Discord's API says of the request.
    pub verdict: Verdict,
}

impl Call {
    /// A call of which nothing is known but when it came.
    pub(crate) fn at(at: Timestamp) -> Self {
        Self {
            number: 0,
            order: 0,
            route: String::new(),
            method: String::new(),
            path: String::new(),
            query: Vec::new(),
            body: None,
            reason: None,
            guild: None,
            at,
            status: None,
            code: None,
            took_effect: false,
            answer: None,
            headers: Vec::new(),
            took: None,
            verdict: Verdict::Unchecked,
        }
    }
}

/// A moment between two calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(usize);

/// All calls.
#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<Vec<Call>>);

impl Calls {
    /// Records a call that has just come and returns it with its number.
    pub(crate) fn begin(&self, mut call: Call) -> Call {
        let mut calls = lock(&self.0);
        call.number = calls.len();
        calls.push(call.clone());
        call
    }

    /// Adds what became of a call.
    pub(crate) fn update(&self, number: usize, change: impl FnOnce(&mut Call)) {
        if let Some(call) = lock(&self.0).get_mut(number) {
            change(call);
        }
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        lock(&self.0).clone()
    }

    /// The newest calls that are wanted, newest first, so many at most.
    pub(crate) fn newest(&self, most: usize, wanted: impl Fn(&Call) -> bool) -> Vec<Call> {
        lock(&self.0).iter().rev().filter(|call| wanted(call)).take(most).cloned().collect()
    }

    /// The routes of all calls.
    pub(crate) fn routes(&self) -> BTreeSet<String> {
        lock(&self.0).iter().map(|call| call.route.clone()).collect()
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark(lock(&self.0).len())
    }

    pub(crate) fn since(&self, mark: Mark) -> Vec<Call> {
        lock(&self.0).get(mark.0..).unwrap_or_default().to_vec()
    }
}
