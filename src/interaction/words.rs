//! The few replies that the dispatcher itself gives.

use twilight_model::channel::message::component::ButtonStyle;

use super::answer::Callback;
use crate::{
    domain::{id::DraftId, refusal::Refusal},
    view::{self, custom_id::Press, message},
};

/// Why something isn't done, with a way back to the form whose draft was kept.
pub(super) fn refused(refusal: &Refusal, draft: Option<DraftId>) -> Callback {
    Callback::message(&view::refusal::refusal(refusal, draft), true)
}

/// Something broke on our side; the reference finds it in the log.
pub(super) fn broken(reference: &str, draft: Option<DraftId>) -> Callback {
    let mut body = view::error::error(reference);
    if let Some(draft) = draft {
        let again = message::button(ButtonStyle::Primary, "Edit again", &Press::EditAgain(draft));
        body = message::Body::new([body.components(), &[message::row([again])]].concat());
    }
    Callback::message(&body, true)
}

/// A form could not be opened in time.
pub(super) fn too_slow() -> Callback {
    Callback::message(&view::error::slow(), true)
}
