//! What people do by hand.

/// Acts of a person in Discord's own client.
#[derive(Clone, Debug)]
pub struct ByHand;
