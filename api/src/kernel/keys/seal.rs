//! Private keys as the database keeps them: encrypted under a key of the configuration.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::kernel::encoding::key_bytes;

/// The bytes of a nonce, which stand before what they sealed.
const NONCE: usize = 24;

/// What seals and opens private keys (XChaCha20-Poly1305); its own key is never told.
pub struct Sealer(XChaCha20Poly1305);

/// Why a private key cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealerError {
    /// The key of the configuration is not 32 bytes in base64.
    #[error("must be 32 bytes in base64")]
    Key,
    /// What was sealed was altered, or was sealed under another key or another name.
    #[error("it was not sealed under this key")]
    Sealed,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(***)")
    }
}

impl Sealer {
    /// The sealer of this key: 32 bytes in base64, of either alphabet.
    pub fn new(key: &str) -> Result<Self, SealerError> {
        let bytes = key_bytes(key).ok_or(SealerError::Key)?;
        Ok(Self(XChaCha20Poly1305::new(&bytes.into())))
    }

    /// Seals the private part of the key called `kid`; `chance` must never serve twice.
    pub fn seal(
        &self,
        kid: &str,
        private: &[u8],
        chance: [u8; 32],
    ) -> Result<Vec<u8>, SealerError> {
        let (nonce, _) = chance.split_at(NONCE);
        let nonce = XNonce::try_from(nonce).map_err(|_length| SealerError::Sealed)?;
        let sealed = self.0.encrypt(&nonce, message(kid, private));
        let sealed = sealed.map_err(|_full| SealerError::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] sealed for the same key.
    pub fn open(&self, kid: &str, sealed: &[u8]) -> Result<Vec<u8>, SealerError> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(SealerError::Sealed)?;
        let nonce = XNonce::try_from(nonce).map_err(|_length| SealerError::Sealed)?;
        let opened = self.0.decrypt(&nonce, message(kid, sealed));
        opened.map_err(|_altered| SealerError::Sealed)
    }
}

/// The name of the key goes with it, so that rows cannot be exchanged.
fn message<'a>(kid: &'a str, msg: &'a [u8]) -> Payload<'a, 'a> {
    Payload {
        msg,
        aad: kid.as_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use base64::{
        Engine as _,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };

    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&STANDARD.encode([byte; 32])).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_under_the_same_key_and_name_only() {
        let sealed = sealer(1).seal("k1", &[7; 32], [9; 32]).unwrap();
        assert!(!sealed.windows(8).any(|bytes| bytes == [7; 8]));
        assert_eq!(sealer(1).open("k1", &sealed), Ok(vec![7; 32]));
        assert_eq!(sealer(2).open("k1", &sealed), Err(SealerError::Sealed));
        assert_eq!(sealer(1).open("k2", &sealed), Err(SealerError::Sealed));
        let mut altered = sealed.clone();
        altered[30] ^= 1;
        assert_eq!(sealer(1).open("k1", &altered), Err(SealerError::Sealed));
        assert_eq!(
            sealer(1).open("k1", &sealed[..10]),
            Err(SealerError::Sealed)
        );
    }

    #[test]
    fn a_key_is_32_bytes_in_base64_and_is_not_told() {
        assert!(Sealer::new(&URL_SAFE_NO_PAD.encode([255; 32])).is_ok());
        for bad in ["", "é", "c2hvcnQ=", &STANDARD.encode([1; 33])] {
            assert!(matches!(Sealer::new(bad), Err(SealerError::Key)), "{bad}");
        }
        assert_eq!(format!("{:?}", sealer(1)), "Sealer(***)");
    }
}
