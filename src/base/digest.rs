//! Hashes by which secrets of ours are looked up: what is stored tells nobody the secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::config::SecretKey;

/// The hash of a secret with enough randomness of its own (128 bits and more): SHA-256, in hex.
#[must_use]
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The signature of a text under a key that was agreed on: HMAC-SHA-256.
#[must_use]
pub fn sign(key: &[u8], text: &str) -> [u8; 32] {
    let mut block = [0; BLOCK];
    // A key that is longer than a block is hashed first (RFC 2104, 2).
    let hashed = Sha256::digest(key);
    let key = if key.len() > BLOCK { hashed.as_slice() } else { key };
    block.iter_mut().zip(key).for_each(|(byte, of_key)| *byte = *of_key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

/// Hashes secrets that are short enough for people to type, so that nobody finds them by trying all without the key. Cheap to
/// clone.
#[derive(Clone)]
pub struct Digester([u8; BLOCK]);

/// What HMAC-SHA-256 takes as its key; a shorter key is filled up with zeros (RFC 2104, 2).
const BLOCK: usize = 64;

impl Digester {
    /// A digester under the key that `key` derives for `purpose`.
    #[must_use]
    pub fn new(key: &SecretKey, purpose: &str) -> Self {
        let mut block = [0; BLOCK];
        let key = key.derive(purpose);
        block[..key.len()].copy_from_slice(&key);
        Self(block)
    }

    /// The secret's hash: HMAC-SHA-256, in hex.
    #[must_use]
    pub fn digest(&self, secret: &str) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&self.0.into());
        mac.update(secret.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

impl std::fmt::Debug for Digester {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digester").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_one_hash_for_each_key_and_purpose() {
        let key = |byte| SecretKey::from_bytes([byte; 32]);
        let (one, other) = (Digester::new(&key(1), "codes"), Digester::new(&key(2), "codes"));
        assert_eq!(one.digest("K7QF"), one.digest("K7QF"));
        assert_ne!(one.digest("K7QF"), other.digest("K7QF"));
        assert_ne!(one.digest("K7QF"), Digester::new(&key(1), "else").digest("K7QF"));
        assert_ne!(one.digest("K7QF"), digest("K7QF"));
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
