//! Simlane's database tables as sea-orm entities.
