//! With whom somebody would like to drive.

use twilight_model::id::{Id, marker::UserMarker};

use super::{
    custom_id::{CrewPress, Press},
    markup::{mention, name, sentence},
    message::{Body, text, users_select},
};
use crate::domain::{event::Event, signup::Sheet};

/// How many somebody may name.
pub const MAX_PARTNERS: u8 = 3;

/// Whom somebody named, to name others.
#[must_use]
pub fn panel(event: &Event, sheet: &Sheet, named: &[Id<UserMarker>]) -> Body {
    let mut lines = vec![format!(
        "# With whom would you like to drive?\n**{}** · up to {MAX_PARTNERS}; organisers see it when they build crews",
        name(&event.name)
    )];
    let is_on = |account: &Id<UserMarker>| {
        sheet.lines().iter().any(|line| line.discord == *account && line.state.is_signed_up())
    };
    let (on, off): (Vec<_>, Vec<_>) = named.iter().partition(|account| is_on(account));
    let names = |accounts: Vec<&Id<UserMarker>>| -> Vec<String> {
        accounts.into_iter().map(|account| mention(*account)).collect()
    };
    if named.is_empty() {
        lines.push("Nobody yet: anybody is fine.".to_owned());
    }
    if !on.is_empty() {
        lines.push(format!("🤝 You would like to drive with {}.", sentence(&names(on), "and")));
    }
    if !off.is_empty() {
        let verb = if off.len() == 1 { "isn't" } else { "aren't" };
        lines.push(format!("🤝 Also with {}, who {verb} signed up.", sentence(&names(off), "and")));
    }
    let press = Press::Crew(CrewPress::NamePartners(event.id));
    Body::new(vec![
        text(lines.join("\n")),
        users_select(&press, "Choose whom you would like to drive with", MAX_PARTNERS, named),
    ])
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::signup::SignupState::In,
        view::testing::{check, event, render, sheet},
    };

    #[test]
    fn people_say_with_whom_they_would_like_to_drive() {
        let event = event("GT3");
        let sheet = sheet(&event, &[(0, In, 2)]);
        for (at, named) in [vec![], vec![Id::new(1002), Id::new(77)]].into_iter().enumerate() {
            let body = panel(&event, &sheet, &named);
            check(&body);
            assert_snapshot!(format!("partners_{at}"), render(body.components()));
        }
    }
}
