//! Whole flows, over HTTP, against the sandbox.

fn main() {}
