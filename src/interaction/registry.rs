//! Everything that people can do, in one value.

use super::{command, form, press, table::Registry};
use crate::interaction::deps::Deps;

/// The commands, buttons and forms of the service.
pub const REGISTRY: Registry<Deps> = Registry {
    commands: command::COMMANDS,
    forms: form::FORMS,
    presses: press::PRESSES,
    user_commands: command::USER_COMMANDS,
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::interaction::{limits::violations, register};

    #[test]
    fn every_command_keeps_within_discords_limits() {
        assert_eq!(violations(&REGISTRY), []);
    }

    #[test]
    fn the_commands_are_those_of_the_surface() {
        let mut paths: Vec<String> = REGISTRY.entries().map(|(path, _)| path).collect();
        paths.sort_unstable();
        let expected = [
            "club conflicts",
            "club health",
            "club import",
            "club members",
            "club panel",
            "club settings",
            "club setup",
            "club sync",
            "event create",
            "event list",
            "event manage",
            "event show",
            "help",
            "info",
            "link",
            "me",
            "ping",
            "profile edit",
            "profile show",
            "series create",
            "series edit",
            "series list",
            "team create",
            "team finalize",
            "team list",
            "team manage",
            "team propose",
            "unlink",
            "voice close",
            "voice open",
        ];
        assert_eq!(paths, expected);
        let chosen: Vec<&str> = REGISTRY.user_commands.iter().map(|command| command.name).collect();
        assert_eq!(chosen, ["Racing profile"]);
    }

    #[test]
    fn only_clubs_and_series_are_hidden_from_those_without_manage_server() {
        let payload = register::payload(&REGISTRY);
        let hidden: HashSet<&str> = payload
            .as_array()
            .into_iter()
            .flatten()
            .filter(|command| !command["default_member_permissions"].is_null())
            .filter_map(|command| command["name"].as_str())
            .collect();
        assert_eq!(hidden, HashSet::from(["club", "series"]));
    }
}
