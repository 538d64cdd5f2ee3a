//! A local Discord to build, show and test Simlane against.
