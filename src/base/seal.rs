//! Small secrets at rest: encrypted with a key of their own purpose, bound to the row that holds them.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::SecretString;

use super::config::SecretKey;
use super::ids::Ids;

/// The first byte of everything sealed, so that a later format can be told apart.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// Seals and opens secrets of one purpose. Cheap to clone.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    ids: Ids,
}

/// Why something sealed can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not in a format of ours.
    #[error("what is stored is not something sealed")]
    Format,
    /// Sealed under another key, for another row, or changed since.
    #[error("what is stored was sealed with another key or for another row")]
    Refused,
}

impl Sealer {
    /// A sealer under the key that `key` derives for `purpose`.
    #[must_use]
    pub fn new(key: &SecretKey, purpose: &str, ids: Ids) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&key.derive(purpose).into()), ids }
    }

    /// Encrypts `secret` for the row that `context` names; it opens only with the same context.
    ///
    /// # Errors
    /// [`SealError::Refused`] when `secret` is beyond what the cipher takes (256 GiB).
    pub fn seal(&self, secret: &str, context: &str) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE] = self.ids.bytes();
        let payload = Payload { msg: secret.as_bytes(), aad: context.as_bytes() };
        let encrypted = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Refused)?;
        Ok([&[FORMAT], nonce.as_slice(), &encrypted].concat())
    }

    /// Decrypts what [`Sealer::seal`] made for the same `context`.
    ///
    /// # Errors
    /// [`SealError`] when it was sealed otherwise, under another key, or changed.
    pub fn open(&self, sealed: &[u8], context: &str) -> Result<SecretString, SealError> {
        let (&format, rest) = sealed.split_first().ok_or(SealError::Format)?;
        let (nonce, encrypted) = rest.split_first_chunk::<NONCE>().ok_or(SealError::Format)?;
        if format != FORMAT {
            return Err(SealError::Format);
        }
        let payload = Payload { msg: encrypted, aad: context.as_bytes() };
        let secret = self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError::Refused)?;
        String::from_utf8(secret).map(SecretString::from).map_err(|_| SealError::Format)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    fn sealer(key: u8, purpose: &str) -> Sealer {
        Sealer::new(&SecretKey::from_bytes([key; 32]), purpose, Ids::system())
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_again_and_shows_nothing(secret in "[a-z0-9.ü]{8,200}", context in ".{0,20}") {
            let sealer = sealer(7, "interaction tokens");
            let sealed = sealer.seal(&secret, &context).unwrap();
            let opened = sealer.open(&sealed, &context).unwrap();
            prop_assert_eq!(opened.expose_secret(), secret.as_str());
            prop_assert!(!sealed.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }

        #[test]
        fn a_changed_byte_is_refused(at in 0usize..60, bit in 0u8..8) {
            let sealer = sealer(7, "interaction tokens");
            let mut sealed = sealer.seal("a token of thirty-five characters..", "row").unwrap();
            sealed[at] ^= 1 << bit;
            prop_assert!(sealer.open(&sealed, "row").is_err());
        }
    }

    #[test]
    fn another_key_purpose_or_row_is_refused() {
        let sealed = sealer(7, "interaction tokens").seal("secret", "row 1").unwrap();
        let refused = |sealer: Sealer, context: &str| {
            assert_eq!(sealer.open(&sealed, context).unwrap_err(), SealError::Refused);
        };
        refused(sealer(8, "interaction tokens"), "row 1");
        refused(sealer(7, "webhook secrets"), "row 1");
        refused(sealer(7, "interaction tokens"), "row 2");
    }

    #[test]
    fn what_is_not_sealed_is_told_apart() {
        let sealer = sealer(7, "interaction tokens");
        for junk in [&b""[..], &[1], &[1; 24], &[2; 60], b"a plain token in the wrong column......."] {
            assert!(matches!(sealer.open(junk, "row"), Err(SealError::Format)), "{junk:?}");
        }
    }

    #[test]
    fn the_same_secret_never_looks_the_same() {
        let sealer = sealer(7, "interaction tokens");
        assert_ne!(sealer.seal("secret", "row").unwrap(), sealer.seal("secret", "row").unwrap());
    }
}
