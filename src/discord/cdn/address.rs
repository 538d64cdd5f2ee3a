//! Names that lead nowhere but to the public internet.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::base::address::lookup_public;

/// Resolves names to public addresses only.
#[derive(Clone, Copy, Debug)]
pub(super) struct PublicResolver;

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = lookup_public(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_leads_nowhere() {
        let found = PublicResolver.resolve("localhost".parse().unwrap()).await;
        assert_eq!(found.err().unwrap().to_string(), "localhost has no public address");
    }
}
