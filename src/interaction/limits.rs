//! Discord's limits on commands, held against a table: the registry tests itself.
//!
//! See [Discord Docs/Application Command Object](https://docs.discord.com/developers/interactions/application-commands).

use std::{collections::HashSet, fmt, sync::LazyLock};

use regex::Regex;

use super::{
    answer::Declared,
    option::{Opt, OptKind, Text},
    table::{Command, Leaf, Registry, Shape, UserCommand},
};

const COMMANDS: usize = 100;
const USER_COMMANDS: usize = 15;
const OPTIONS: usize = 25;
const CHOICES: usize = 25;
const DESCRIPTION: usize = 100;
const CHOICE: usize = 100;
const COMMAND_SIZE: usize = 8000;
const TEXT: u16 = 6000;
const USER_COMMAND_NAME: usize = 32;

static NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$").ok());

/// Something in a table that Discord or the dispatcher wouldn't take.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    /// What is wrong.
    pub rule: &'static str,
    /// Where: a command's words, then the option or choice; or a verb.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.rule)
    }
}

/// Everything in a registry that Discord or the dispatcher wouldn't take. Empty is good.
#[must_use]
pub fn violations<D>(registry: &Registry<D>) -> Vec<Violation> {
    let mut found = Found(Vec::new());
    found.check(registry.commands.len() <= COMMANDS, "commands", "at most 100 commands");
    found.unique(registry.commands.iter().map(Command::name), "commands");
    registry.commands.iter().for_each(|command| found.command(command));
    let of_members = registry.user_commands;
    found.check(of_members.len() <= USER_COMMANDS, "user commands", "at most 15 user commands");
    found.unique(of_members.iter().map(|command| command.name), "user commands");
    of_members.iter().for_each(|command| found.user_command(command));
    found.unique(registry.presses.iter().map(|press| press.verb), "presses");
    found.unique(registry.forms.iter().map(|form| form.verb), "forms");
    for form in registry.forms {
        found.check(form.declared != Declared::Modal, form.verb, "a form can't open another");
    }
    found.0
}

struct Found(Vec<Violation>);

impl Found {
    fn check(&mut self, holds: bool, what: &str, rule: &'static str) {
        if !holds {
            self.0.push(Violation { rule, what: what.to_owned() });
        }
    }

    fn unique<'n>(&mut self, names: impl Iterator<Item = &'n str>, what: &str) {
        let mut seen = HashSet::new();
        for name in names {
            self.check(seen.insert(name), &format!("{what}: {name}"), "names are unique");
        }
    }

    fn command<D>(&mut self, command: &Command<D>) {
        let name = command.name();
        self.name(name, name);
        self.description(command.description(), name);
        self.check(size(command) <= COMMAND_SIZE, name, "at most 8,000 characters in all");
        if let Shape::Group { leaves, .. } = &command.shape {
            self.check((1..=OPTIONS).contains(&leaves.len()), name, "1 to 25 subcommands");
            self.unique(leaves.iter().map(|leaf| leaf.name), name);
        }
        for leaf in command.leaves() {
            self.leaf(leaf, &command.path(leaf));
        }
    }

    fn user_command<D>(&mut self, command: &UserCommand<D>) {
        let UserCommand { description, name, .. } = *command;
        let fits = (1..=USER_COMMAND_NAME).contains(&length(name)) && name.trim() == name;
        self.check(fits, name, "a user command's name has 1 to 32 characters, the outer ones no spaces");
        self.description(description, name);
        self.check(command.declared != Declared::Update, name, "a command has no message to update");
    }

    fn leaf<D>(&mut self, leaf: &Leaf<D>, path: &str) {
        self.name(leaf.name, path);
        self.description(leaf.description, path);
        self.check(leaf.declared != Declared::Update, path, "a command has no message to update");
        self.check(leaf.options.len() <= OPTIONS, path, "at most 25 options");
        self.check(
            leaf.options.is_sorted_by_key(|option| !option.required),
            path,
            "required options come first",
        );
        self.unique(leaf.options.iter().map(|option| option.name), path);
        let completed = leaf.options.iter().any(Opt::is_completed);
        self.check(completed == leaf.complete.is_some(), path, "completed options and what completes them");
        for option in leaf.options {
            self.option(option, &format!("{path} {}", option.name));
        }
    }

    fn option(&mut self, option: &Opt, path: &str) {
        self.name(option.name, path);
        self.description(option.description, path);
        match option.kind {
            OptKind::Integer(min, max) => self.check(min <= max, path, "the least is not above the most"),
            OptKind::Text(Text::Free(min, max)) => {
                self.check(min <= max && (1..=TEXT).contains(&max), path, "lengths are within 0 to 6,000");
            }
            OptKind::Text(Text::Choices(choices)) => self.choices(choices, path),
            _ => {}
        }
    }

    fn choices(&mut self, choices: &[(&str, &str)], path: &str) {
        self.check((1..=CHOICES).contains(&choices.len()), path, "1 to 25 choices");
        self.unique(choices.iter().map(|(name, _)| *name), path);
        for (name, value) in choices {
            let fits = [name, value].iter().all(|text| (1..=CHOICE).contains(&length(text)));
            self.check(fits, &format!("{path}={name}"), "a choice's name and value have 1 to 100 characters");
        }
    }

    fn name(&mut self, name: &str, path: &str) {
        let fits = NAME.as_ref().is_some_and(|pattern| pattern.is_match(name));
        self.check(fits, path, "a name has 1 to 32 letters, digits, - _ '");
        self.check(name.to_lowercase() == name, path, "a name is in lower case");
    }

    fn description(&mut self, description: &str, path: &str) {
        self.check(
            (1..=DESCRIPTION).contains(&length(description)),
            path,
            "a description has 1 to 100 characters",
        );
    }
}

/// A command's size as Discord counts it: names, descriptions and values of it, its subcommands, options and choices.
fn size<D>(command: &Command<D>) -> usize {
    let below = match &command.shape {
        Shape::Group { leaves, .. } => leaves
            .iter()
            .map(|leaf| length(leaf.name) + length(leaf.description) + options_size(leaf.options))
            .sum(),
        Shape::Leaf(leaf) => options_size(leaf.options),
    };
    length(command.name()) + length(command.description()) + below
}

fn options_size(options: &[Opt]) -> usize {
    let size = |option: &Opt| {
        let choices = match option.kind {
            OptKind::Text(Text::Choices(choices)) => choices,
            _ => &[],
        };
        let choices: usize = choices.iter().map(|(name, value)| length(name) + length(value)).sum();
        length(option.name) + length(option.description) + choices
    };
    options.iter().map(size).sum()
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests;
