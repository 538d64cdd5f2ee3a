//! Simlane's database schema, one file per change.
