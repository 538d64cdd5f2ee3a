//! To come from its owner.
