//! Whole flows, and the rules that the code as a whole keeps.

mod hosting;
mod layers;
