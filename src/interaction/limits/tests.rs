use futures::FutureExt;

use super::*;
use crate::{
    domain::refusal::Refusal,
    interaction::{
        table::{Audience, Effect, FormHandler, UserCommand},
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
    let registry = Registry { commands, forms: &[], presses: &[], user_commands: &[] };
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
    let forms = Box::leak(Box::new([form]));
    let registry = Registry::<Fake> { commands: &[], forms, presses: &[], user_commands: &[] };
    let found: Vec<String> = violations(&registry).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["create: a form can't open another"]);
}

const CHOSEN: UserCommand<Fake> = UserCommand {
    audience: Audience::Everyone,
    declared: Declared::Ephemeral,
    description: "Does it.",
    effect: Effect::Reads,
    name: "Racing profile",
    run: |_, _| async { Err(Refusal::NoClub.into()) }.boxed(),
    topic: "tests",
};

fn chosen_rules(user_commands: Vec<UserCommand<Fake>>) -> Vec<&'static str> {
    let user_commands = Vec::leak(user_commands);
    let registry = Registry { commands: &[], forms: &[], presses: &[], user_commands };
    violations(&registry).into_iter().map(|violation| violation.rule).collect()
}

#[test]
fn user_commands_have_names_as_people_write_them() {
    assert_eq!(chosen_rules(vec![CHOSEN]), [""; 0]);
    let shape = "a user command's name has 1 to 32 characters, the outer ones no spaces";
    for bad in ["", " profile", "profile ", "a name that is a good deal too long"] {
        assert_eq!(chosen_rules(vec![UserCommand { name: bad, ..CHOSEN }]), [shape], "{bad:?}");
    }
    let update = UserCommand { declared: Declared::Update, ..CHOSEN };
    assert_eq!(chosen_rules(vec![update]), ["a command has no message to update"]);
    let blank = UserCommand { description: "", ..CHOSEN };
    assert_eq!(chosen_rules(vec![blank]), ["a description has 1 to 100 characters"]);
}

#[test]
fn there_are_at_most_15_user_commands() {
    let many = |count: usize| {
        (0..count).map(|at| format!("Profile {at}").leak()).map(|name| UserCommand { name, ..CHOSEN })
    };
    assert_eq!(chosen_rules(many(15).collect()), [""; 0]);
    assert_eq!(chosen_rules(many(16).collect()), ["at most 15 user commands"]);
    assert_eq!(chosen_rules(vec![CHOSEN, CHOSEN]), ["names are unique"]);
}
