//! Forms that people submit, one file for each.

mod club_setup;
mod crew_rules;
mod event_cancel;
mod event_class;
mod event_create;
mod event_duplicate;
mod event_edit;
mod event_repeat;
mod event_terms;
mod hours_zone;
mod profile;
mod read;
mod series_create;
mod series_edit;
mod settings;
mod signup_note;
mod team;
mod template;

use super::{
    answer::Declared,
    deps::Deps,
    incoming::Submitted,
    table::{Audience, Effect, FormHandler, Reopened, Run},
};

/// Every form.
pub(super) const FORMS: &[FormHandler<Deps>] = &[
    club_setup::FORM,
    settings::FORM,
    series_create::FORM,
    series_edit::FORM,
    series_edit::DEFAULTS,
    event_create::FORM,
    event_create::FROM_TEMPLATE,
    event_duplicate::FORM,
    event_repeat::FORM,
    template::RENAME,
    template::SAVE,
    event_edit::FORM,
    event_cancel::FORM,
    event_terms::FORM,
    event_class::FORM,
    hours_zone::FORM,
    signup_note::FORM,
    crew_rules::FORM,
    profile::FORM,
    team::FORM,
];

/// A form that changes facts and answers its sender alone.
const fn form(
    verb: &'static str,
    audience: Audience,
    run: Run<Deps, Submitted>,
    reopen: Run<Deps, Reopened>,
) -> FormHandler<Deps> {
    FormHandler { audience, declared: Declared::Ephemeral, effect: Effect::Changes, reopen, run, verb }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::view::custom_id::verb;

    #[test]
    fn every_form_has_its_handler() {
        let handled: HashSet<&str> = FORMS.iter().map(|form| form.verb).collect();
        let drawn = [
            verb::CALL_OFF,
            verb::CREATE,
            verb::CREATE_FROM_TEMPLATE,
            verb::DUPLICATE_AS,
            verb::REPEAT_BY,
            verb::REVISE,
            verb::SAVE,
            verb::SERIES,
            verb::SERIES_DEFAULTS,
            verb::SERIES_EDIT,
            verb::SETUP,
            verb::TEMPLATE_RENAME,
            verb::TEMPLATE_SAVE,
            verb::SET_CLASS,
            verb::SET_HOURS_ZONE,
            verb::SET_CREW_RULES,
            verb::SET_PROFILE,
            verb::SET_TEAM,
            verb::SET_TERMS,
            verb::WRITE_NOTE,
        ];
        assert_eq!(handled, HashSet::from(drawn));
        assert_eq!(FORMS.len(), drawn.len());
    }
}
