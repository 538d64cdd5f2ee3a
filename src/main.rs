//! The `simlane` program.

fn main() {}
