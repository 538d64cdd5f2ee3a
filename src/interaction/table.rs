//! The tables: a command, a button or a form is one value that registration, dispatch, checks and `/help` all read.

use futures::future::BoxFuture;
use twilight_model::guild::Permissions;

use super::{
    answer::{Answer, Choice, Declared},
    desk::AnswerKey,
    failure::Failure,
    incoming::{Completion, Context, Pressed, Submitted},
    option::Opt,
    options::Options,
};
use crate::{
    domain::actor::Target,
    view::{custom_id::Form, help::Access, modal::Draft},
};

/// One use of a command, button or form, as its handler gets it.
#[derive(Clone, Debug)]
pub struct Call<I> {
    /// Where it comes from.
    pub context: Context,
    /// What was given.
    pub input: I,
    /// The key under which a state change stores its answer in its own transaction.
    pub key: AnswerKey,
}

/// A draft that is to be opened again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reopened {
    /// What stood in it.
    pub filled: Draft,
    /// What the form is for.
    pub form: Form,
}

/// A handler.
pub type Run<D, I> = for<'a> fn(&'a D, Call<I>) -> BoxFuture<'a, Result<Answer, Failure>>;

/// What suggests values for the option being typed.
pub type Complete<D> = for<'a> fn(&'a D, Call<Completion>) -> BoxFuture<'a, Result<Vec<Choice>, Failure>>;

/// Who may do it. Checked before a handler runs, whatever Discord hid in its menus; a handler that opens a form for organisers has one
/// read, with which it checks that itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Audience {
    /// Everybody, in direct messages too.
    Anywhere,
    /// Everybody on a server.
    Everyone,
    /// Those with Manage Server.
    ManageServer,
    /// Those with Manage Server or the club's organiser role.
    Organiser,
}

/// Whether a handler changes anything.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// It changes facts and stores its answer with them, so that a repeat gets the first answer and changes nothing.
    Changes,
    /// It only reads; a repeat reads again.
    Reads,
}

/// A command as it stands in Discord's menu: a leaf, or a group of leaves.
#[derive(Debug)]
pub struct Command<D: 'static> {
    /// Who sees it in the menu unless a server's admins say otherwise; `None` is everybody.
    pub default_member_permissions: Option<Permissions>,
    /// What it is made of.
    pub shape: Shape<D>,
}

/// What a command is made of.
#[derive(Debug)]
pub enum Shape<D: 'static> {
    /// Several commands under one word.
    Group {
        /// What they have in common, 1–100 characters.
        description: &'static str,
        /// The commands.
        leaves: &'static [Leaf<D>],
        /// The word.
        name: &'static str,
    },
    /// One command.
    Leaf(Leaf<D>),
}

/// Something that a slash command does.
#[derive(Debug)]
pub struct Leaf<D: 'static> {
    /// Who may use it.
    pub audience: Audience,
    /// What suggests values for its options that are completed.
    pub complete: Option<Complete<D>>,
    /// How it answers.
    pub declared: Declared,
    /// What it does, 1–100 characters.
    pub description: &'static str,
    /// Whether it changes anything.
    pub effect: Effect,
    /// Its last word.
    pub name: &'static str,
    /// What it takes; required ones first.
    pub options: &'static [Opt],
    /// What runs.
    pub run: Run<D, Options>,
    /// The topic of `/help` under which it stands.
    pub topic: &'static str,
}

/// A command in a member's menu, under Apps.
#[derive(Debug)]
pub struct UserCommand<D: 'static> {
    /// Who may use it.
    pub audience: Audience,
    /// How it answers.
    pub declared: Declared,
    /// What it does, 1–100 characters. `/help` says so; Discord shows it nowhere.
    pub description: &'static str,
    /// Whether it changes anything.
    pub effect: Effect,
    /// Its name, 1–32 characters; capitals and spaces are fine.
    pub name: &'static str,
    /// What runs.
    pub run: Run<D, Target>,
    /// The topic of `/help` under which it stands.
    pub topic: &'static str,
}

/// What a button or a select does.
#[derive(Debug)]
pub struct PressHandler<D: 'static> {
    /// Who may use it.
    pub audience: Audience,
    /// How it answers.
    pub declared: Declared,
    /// Whether it changes anything.
    pub effect: Effect,
    /// What runs.
    pub run: Run<D, Pressed>,
    /// Its verb, from [`crate::view::custom_id::verb`].
    pub verb: &'static str,
}

/// What a form does once it is submitted.
#[derive(Debug)]
pub struct FormHandler<D: 'static> {
    /// Who may submit it.
    pub audience: Audience,
    /// How it answers.
    pub declared: Declared,
    /// Whether it changes anything.
    pub effect: Effect,
    /// What opens it again, filled in as it was; declares a form.
    pub reopen: Run<D, Reopened>,
    /// What runs.
    pub run: Run<D, Submitted>,
    /// Its verb, from [`crate::view::custom_id::verb`].
    pub verb: &'static str,
}

/// Everything that people can do.
#[derive(Debug)]
pub struct Registry<D: 'static> {
    /// The slash commands.
    pub commands: &'static [Command<D>],
    /// The forms.
    pub forms: &'static [FormHandler<D>],
    /// The buttons and selects.
    pub presses: &'static [PressHandler<D>],
    /// The commands in members' menus.
    pub user_commands: &'static [UserCommand<D>],
}

impl Audience {
    /// The same as `/help` sorts readers: what works anywhere is everybody's.
    #[must_use]
    pub const fn access(self) -> Access {
        match self {
            Self::Anywhere | Self::Everyone => Access::Everyone,
            Self::ManageServer => Access::ManageServer,
            Self::Organiser => Access::Organiser,
        }
    }
}

impl<D> Command<D> {
    /// Its first word.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match &self.shape {
            Shape::Group { name, .. } => name,
            Shape::Leaf(leaf) => leaf.name,
        }
    }

    /// What it does.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        match &self.shape {
            Shape::Group { description, .. } => description,
            Shape::Leaf(leaf) => leaf.description,
        }
    }

    /// Everything that it does.
    #[must_use]
    pub const fn leaves(&self) -> &[Leaf<D>] {
        match &self.shape {
            Shape::Group { leaves, .. } => leaves,
            Shape::Leaf(leaf) => std::slice::from_ref(leaf),
        }
    }

    /// The words that people type for one of its leaves: `event create`.
    #[must_use]
    pub fn path(&self, leaf: &Leaf<D>) -> String {
        match &self.shape {
            Shape::Group { name, .. } => format!("{name} {}", leaf.name),
            Shape::Leaf(leaf) => leaf.name.to_owned(),
        }
    }

    /// Whether it can be used in direct messages: one of its leaves can.
    #[must_use]
    pub fn in_direct_messages(&self) -> bool {
        self.leaves().iter().any(|leaf| leaf.audience == Audience::Anywhere)
    }
}

impl<D> Registry<D> {
    /// Every command that people can type, with its words.
    pub fn entries(&self) -> impl Iterator<Item = (String, &'static Leaf<D>)> {
        self.commands
            .iter()
            .flat_map(|command| command.leaves().iter().map(|leaf| (command.path(leaf), leaf)))
    }

    /// The command of these words.
    #[must_use]
    pub fn leaf(&self, path: &str) -> Option<&'static Leaf<D>> {
        let (first, rest) = path.split_once(' ').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let command = self.commands.iter().find(|command| command.name() == first)?;
        match (&command.shape, rest) {
            (Shape::Group { leaves, .. }, Some(rest)) => leaves.iter().find(|leaf| leaf.name == rest),
            (Shape::Leaf(leaf), None) => Some(leaf),
            _ => None,
        }
    }

    /// The command of that name in members' menus.
    #[must_use]
    pub fn user_command(&self, name: &str) -> Option<&'static UserCommand<D>> {
        self.user_commands.iter().find(|command| command.name == name)
    }

    /// The form of that verb.
    #[must_use]
    pub fn form(&self, verb: &str) -> Option<&'static FormHandler<D>> {
        self.forms.iter().find(|form| form.verb == verb)
    }

    /// The button or select of that verb.
    #[must_use]
    pub fn press(&self, verb: &str) -> Option<&'static PressHandler<D>> {
        self.presses.iter().find(|press| press.verb == verb)
    }
}

impl<D> Clone for Registry<D> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<D> Copy for Registry<D> {}
