//! How an account came to be a person's: the same words wherever it is told, in a list, in a profile and in a file.

use twilight_model::id::{Id, marker::UserMarker};

use crate::domain::member::{Judgement, LinkedBy};

/// How an account came to be a person's. `who` names whoever chose it.
#[must_use]
pub fn how(by: LinkedBy, judged: Option<&Judgement>, who: impl Fn(Id<UserMarker>) -> String) -> String {
    match (by, judged) {
        (LinkedBy::Code, _) => "linked by themselves, with a code".to_owned(),
        (LinkedBy::Oauth, _) => "linked by themselves".to_owned(),
        (LinkedBy::Roster, _) => "by the roster".to_owned(),
        (LinkedBy::Conflict, Some(Judgement::Chosen { by })) => format!("chosen by {}", who(*by)),
        (LinkedBy::Conflict, _) => "chosen by an organiser".to_owned(),
        (LinkedBy::Sync, Some(Judgement::Names { evidence })) => evidence.to_string(),
        (LinkedBy::Sync, _) => "by their names".to_owned(),
    }
}
