//! Answering a request of a program once, however often it is sent. Answers may hold secrets, so they are kept sealed.

use secrecy::SecretString;
use serde_json::{Value, json};

use super::{Service, ServiceError};
pub use crate::store::idempotency::Keyed;
use crate::{base::seal::SealError, store::idempotency};

/// What a key stands for.
#[derive(Clone, Debug)]
pub enum Once {
    /// The request was answered like that.
    Answered(Kept),
    /// Nothing yet: the request is to be answered now.
    First,
    /// The same request, which isn't answered yet.
    Open,
    /// Another request.
    Other,
}

/// An answer that was given before.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its body; gone where the key that it was sealed with is.
    pub body: Option<SecretString>,
    /// Where what was asked for is found, if it said so.
    pub location: Option<String>,
    /// Its status.
    pub status: u16,
}

/// An answer to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Its body.
    pub body: &'a str,
    /// Where what was asked for is found, if it says so.
    pub location: Option<&'a str>,
    /// Its status.
    pub status: u16,
}

impl Service {
    /// Claims a key for a request.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn claim_once(&self, asked: Keyed<'_>) -> Result<Once, ServiceError> {
        use idempotency::Claim;
        Ok(match idempotency::claim(self.store(), asked, self.0.clock.now()).await? {
            Claim::Answered(status, kept) => {
                let location = kept["location"].as_str().map(str::to_owned);
                Once::Answered(Kept { body: self.open_answer(asked, &kept), location, status })
            }
            Claim::Mine => Once::First,
            Claim::Open => Once::Open,
            Claim::Other => Once::Other,
        })
    }

    /// Keeps the answer to a request whose key was claimed.
    ///
    /// # Errors
    ///
    /// When it can't be sealed, or the database fails.
    pub async fn keep_once(&self, asked: Keyed<'_>, answer: Answer<'_>) -> Result<(), ServiceError> {
        let sealed = self.seal_answer(asked, answer)?;
        Ok(idempotency::keep(self.store(), asked, answer.status, sealed).await?)
    }

    /// Gives a claimed key back: the request came to nothing.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn give_back_once(&self, asked: Keyed<'_>) -> Result<(), ServiceError> {
        Ok(idempotency::give_back(self.store(), asked).await?)
    }

    fn seal_answer(&self, asked: Keyed<'_>, answer: Answer<'_>) -> Result<Value, SealError> {
        let sealed = hex::encode(self.0.sealer.seal(answer.body, &row(asked))?);
        Ok(json!({ "location": answer.location, "sealed": sealed }))
    }

    fn open_answer(&self, asked: Keyed<'_>, body: &Value) -> Option<SecretString> {
        let sealed = hex::decode(body["sealed"].as_str()?).ok()?;
        self.0.sealer.open(&sealed, &row(asked)).ok()
    }
}

/// The row that an answer is sealed for.
fn row(asked: Keyed<'_>) -> String {
    format!("idempotency key {} {}", asked.caller, asked.key)
}
