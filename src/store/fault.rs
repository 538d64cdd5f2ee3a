//! What went wrong on Discord, as it is remembered.

use super::{convert::Row, error::StoreError};
use crate::domain::panel::Failure;

/// Why something failed, with its sentence for logs and operators.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// Its class.
    pub class: Failure,
    /// What happened, without anybody's private data.
    pub message: String,
}

impl Fault {
    pub(super) fn read(
        row: &Row<'_>,
        class: Option<&str>,
        message: Option<String>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(class) = class else { return Ok(None) };
        Ok(Some(Self { class: row.word("error_class", class)?, message: message.unwrap_or_default() }))
    }
}
