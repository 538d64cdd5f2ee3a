//! What is passed in: the clock, fresh ids, configuration, sealed secrets. Knows nothing of the product.

pub mod address;
pub mod clock;
pub mod config;
pub mod digest;
pub mod ids;
pub mod pace;
pub mod seal;
pub mod shutdown;
