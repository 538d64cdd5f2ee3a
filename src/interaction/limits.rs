//! Discord's limits on commands, held against a table: the registry tests itself.
//!
//! See [Discord Docs/Application Command Object](https://docs.discord.com/developers/interactions/application-commands).

use std::{collections::HashSet, fmt, sync::LazyLock};

use regex::Regex;

use super::{
    answer::Declared,
    option::{Opt, OptKind, Text},
    table::{Command, Leaf, Registry, Shape},
};

const COMMANDS: usize = 100;
const OPTIONS: usize = 25;
const CHOICES: usize = 25;
const DESCRIPTION: usize = 100;
const CHOICE: usize = 100;
const COMMAND_SIZE: usize = 8000;
const TEXT: u16 = 6000;

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
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::{
        domain::refusal::Refusal,
        interaction::{
            table::{Audience, Effect, FormHandler},
            testing::{Fake, REGISTRY},
        },
    };

    const LEAF: Leaf<Fake> = Leaf {
        audience: Audience::Everyone,
        complete: None,
        declared: Declared::Ephemeral,
        description: "Does it.",
        effect: Effect::Reads,
        name: "do",
        options: &[],
        run: |_, _| async { Err(Refusal::NoClub.into()) }.boxed(),
        topic: "tests",
    };

    const fn text(name: &'static str, text: Text) -> Opt {
        Opt::new(name, "A text.", OptKind::Text(text))
    }

    fn rules(leaf: Leaf<Fake>) -> Vec<&'static str> {
        let commands =
            Box::leak(Box::new([Command { default_member_permissions: None, shape: Shape::Leaf(leaf) }]));
        let registry = Registry { commands, forms: &[], presses: &[] };
        violations(&registry).into_iter().map(|violation| violation.rule).collect()
    }

    #[test]
    fn the_registry_of_the_tests_is_good() {
        assert_eq!(violations(&REGISTRY), []);
    }

    #[test]
    fn names_and_descriptions_have_their_shapes() {
        for good in ["ping", "sign-up", "a_b", "ça-va", "レース", "ไทย"] {
            assert_eq!(rules(Leaf { name: good, ..LEAF }), [""; 0], "{good}");
        }
        for bad in ["", "two words", "a/b", "x234567890123456789012345678901234"] {
            assert!(!rules(Leaf { name: bad, ..LEAF }).is_empty(), "{bad}");
        }
        let lower = "a name is in lower case";
        assert_eq!(rules(Leaf { name: "Ping", ..LEAF }), [lower; 2]);
        let description = "a description has 1 to 100 characters";
        assert_eq!(rules(Leaf { description: "", ..LEAF }), [description; 2]);
    }

    #[test]
    fn options_come_in_order_and_measure() {
        const LATE: &[Opt] = &[text("a", Text::Free(0, 10)), text("b", Text::Free(0, 10)).required()];
        assert_eq!(rules(Leaf { options: LATE, ..LEAF }), ["required options come first"]);
        const TWICE: &[Opt] = &[text("a", Text::Free(0, 10)); 2];
        assert_eq!(rules(Leaf { options: TWICE, ..LEAF }), ["names are unique"]);
        const LONG: &[Opt] = &[text("a", Text::Free(0, 6001))];
        assert_eq!(rules(Leaf { options: LONG, ..LEAF }), ["lengths are within 0 to 6,000"]);
        const NONE: &[Opt] = &[text("a", Text::Choices(&[]))];
        assert_eq!(rules(Leaf { options: NONE, ..LEAF }), ["1 to 25 choices"]);
        const ORPHAN: &[Opt] = &[text("a", Text::Completed)];
        assert_eq!(rules(Leaf { options: ORPHAN, ..LEAF }), ["completed options and what completes them"]);
        const MANY: &[Opt] = &[text("a", Text::Free(0, 10)); 26];
        assert!(rules(Leaf { options: MANY, ..LEAF }).contains(&"at most 25 options"));
    }

    #[test]
    fn a_command_has_at_most_8000_characters() {
        const NAME: &str = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";
        const BIG: &[Opt] =
            &[text("a", Text::Choices(&[(NAME, NAME); 25])), text("b", Text::Choices(&[(NAME, NAME); 25]))];
        assert!(rules(Leaf { options: BIG, ..LEAF }).contains(&"at most 8,000 characters in all"));
    }

    #[test]
    fn what_the_dispatcher_could_not_answer_is_found() {
        let update = Leaf { declared: Declared::Update, ..LEAF };
        assert_eq!(rules(update), ["a command has no message to update"]);
        let form = FormHandler {
            audience: Audience::Everyone,
            declared: Declared::Modal,
            effect: Effect::Changes,
            reopen: |_, _| async { Err(Refusal::NoClub.into()) }.boxed(),
            run: |_, _| async { Err(Refusal::NoClub.into()) }.boxed(),
            verb: "create",
        };
        let registry = Registry::<Fake> { commands: &[], forms: Box::leak(Box::new([form])), presses: &[] };
        let found: Vec<String> = violations(&registry).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["create: a form can't open another"]);
    }
}
