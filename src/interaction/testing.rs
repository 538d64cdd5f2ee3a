//! A registry and a desk for tests: one handler for each way in which a handler can end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::FutureExt;
use serde_json::Value;
use twilight_model::guild::Permissions;
use uuid::Uuid;

use super::{
    answer::{Answer, Callback, Choice, Declared},
    desk::{AnswerKey, CommandLog, Desk, Install, KeptDraft, LateAnswer, NewDraft},
    failure::{BoxError, Failure},
    incoming::{Completion, Context, Pressed, Submitted},
    option::{Opt, OptKind, Text},
    table::{
        Audience, Call, Command, Complete, Effect, FormHandler, Leaf, PressHandler, Registry, Reopened, Run,
        Shape, UserCommand,
    },
};
use crate::{
    domain::{
        actor::Actor,
        id::{DraftId, EventId},
        refusal::Refusal,
    },
    view::{
        custom_id::{Press, verb},
        field,
        message::Body,
        modal::{Draft, club_setup},
    },
};

/// How long the slow handlers take.
pub(crate) const SLOW: Duration = Duration::from_secs(5);

/// The service of the tests: it remembers what it is given.
#[derive(Debug, Default)]
pub(crate) struct Fake {
    pub(crate) answers: Mutex<HashMap<AnswerKey, Value>>,
    pub(crate) away: AtomicBool,
    pub(crate) cards: Mutex<Vec<EventId>>,
    pub(crate) drafts: Mutex<Vec<NewDraft>>,
    pub(crate) installs: Mutex<Vec<Install>>,
    pub(crate) late: Mutex<Vec<LateAnswer>>,
    pub(crate) log: Mutex<Vec<CommandLog>>,
    pub(crate) organisers: AtomicBool,
    pub(crate) removals: AtomicUsize,
    pub(crate) runs: AtomicUsize,
}

impl Fake {
    fn present(&self) -> Result<(), BoxError> {
        if self.away.load(Ordering::SeqCst) { Err("the database is away".into()) } else { Ok(()) }
    }

    fn keep(&self, key: AnswerKey, callback: Callback) -> Answer {
        let callback = callback.into_json();
        self.answers.lock().unwrap().insert(key, callback.clone());
        Answer::Kept(callback)
    }
}

impl Desk for Fake {
    async fn answered(&self, key: &AnswerKey) -> Result<Option<Value>, BoxError> {
        self.present()?;
        Ok(self.answers.lock().unwrap().get(key).cloned())
    }

    async fn admit_organiser(&self, _: &Actor) -> Result<(), Failure> {
        self.present().map_err(Failure::Broken)?;
        if self.organisers.load(Ordering::SeqCst) { Ok(()) } else { Err(Refusal::NotOrganiser.into()) }
    }

    async fn keep_draft(&self, draft: NewDraft) -> Result<DraftId, BoxError> {
        self.present()?;
        let mut drafts = self.drafts.lock().unwrap();
        drafts.push(draft);
        Ok(DraftId::new(Uuid::from_u128(drafts.len() as u128 - 1)))
    }

    async fn draft(&self, draft: DraftId, context: &Context) -> Result<Option<KeptDraft>, BoxError> {
        let drafts = self.drafts.lock().unwrap();
        let draft = drafts.get(usize::try_from(draft.uuid().as_u128())?);
        let own = draft.filter(|draft| draft.user == context.user.id);
        Ok(own.map(|draft| KeptDraft { id: draft.form.id().clone(), json: draft.form.json() }))
    }

    async fn card_late(&self, event: EventId, _: &Context) -> Result<(), BoxError> {
        self.cards.lock().unwrap().push(event);
        Ok(())
    }

    async fn late(&self, answer: LateAnswer) -> Result<(), BoxError> {
        self.late.lock().unwrap().push(answer);
        Ok(())
    }

    async fn log(&self, line: CommandLog) -> Result<(), BoxError> {
        self.log.lock().unwrap().push(line);
        Ok(())
    }

    async fn saw(&self, _: &Context) -> Result<(), BoxError> {
        self.present()
    }

    fn removed(&self, _: &str) {
        self.removals.fetch_add(1, Ordering::Relaxed);
    }

    async fn installed(&self, install: Install, _: &str) -> Result<(), BoxError> {
        self.present()?;
        self.installs.lock().unwrap().push(install);
        Ok(())
    }
}

/// A form that shows `name`.
fn form(context: &Context, name: &str) -> Answer {
    Answer::Modal(club_setup::modal(context.id, &Draft::default().with_text(field::NAME, name)))
}

const fn leaf(name: &'static str, declared: Declared, run: Run<Fake, super::options::Options>) -> Leaf<Fake> {
    Leaf {
        audience: Audience::Everyone,
        complete: None,
        declared,
        description: "A command of the tests.",
        effect: Effect::Reads,
        name,
        options: &[],
        run,
        topic: "tests",
    }
}

const fn command(leaf: Leaf<Fake>) -> Command<Fake> {
    Command { default_member_permissions: None, shape: Shape::Leaf(leaf) }
}

const PING: Leaf<Fake> = Leaf {
    audience: Audience::Anywhere,
    ..leaf("ping", Declared::Ephemeral, |_, _| async { Ok(Answer::ephemeral(Body::plain("pong"))) }.boxed())
};

const EVENT: Shape<Fake> = Shape::Group {
    description: "Events.",
    leaves: &[
        Leaf {
            audience: Audience::Organiser,
            complete: Some(suggest as Complete<Fake>),
            options: &[
                Opt::new("series", "The series.", OptKind::Text(Text::Completed)).required(),
                Opt::new("laps", "How many laps.", OptKind::Integer(1, 500)),
                Opt::new(
                    "rain",
                    "Whether it rains.",
                    OptKind::Text(Text::Choices(&[("Yes", "yes"), ("No", "no")])),
                ),
                Opt::new("note", "A note.", OptKind::Text(Text::Free(1, 50))),
                Opt::new(
                    "where",
                    "A category.",
                    OptKind::Channel(&[twilight_model::channel::ChannelType::GuildCategory]),
                ),
            ],
            ..leaf("create", Declared::Modal, |desk, call| {
                async move {
                    let actor = call.context.member()?;
                    if !actor.manage_guild {
                        desk.admit_organiser(actor).await?;
                    }
                    Ok(form(&call.context, call.input.text("series").unwrap_or_default()))
                }
                .boxed()
            })
        },
        leaf("list", Declared::Public, |_, _| async { Ok(Answer::public(Body::plain("events"))) }.boxed()),
        leaf("slow", Declared::Public, |_, _| slowly(Ok(Answer::public(Body::plain("at last")))).boxed()),
        leaf("secret", Declared::Ephemeral, |_, _| slowly(Err(Refusal::NoClub.into())).boxed()),
    ],
    name: "event",
};

const FAIL: Shape<Fake> = Shape::Group {
    description: "Failures.",
    leaves: &[
        leaf("panic", Declared::Ephemeral, |_, _| async { panic!("the handler broke") }.boxed()),
        leaf("error", Declared::Ephemeral, |_, _| async { Err(Failure::broken("the disk is full")) }.boxed()),
        leaf("refuse", Declared::Public, |_, _| async { Err(Refusal::NoClub.into()) }.boxed()),
        leaf("form", Declared::Modal, |_, call| slowly(Ok(form(&call.context, ""))).boxed()),
        leaf("misfit", Declared::Public, |_, call| async move { Ok(form(&call.context, "")) }.boxed()),
    ],
    name: "fail",
};

async fn slowly(answer: Result<Answer, Failure>) -> Result<Answer, Failure> {
    tokio::time::sleep(SLOW).await;
    answer
}

fn suggest<'a>(
    desk: &'a Fake,
    call: Call<Completion>,
) -> futures::future::BoxFuture<'a, Result<Vec<Choice>, Failure>> {
    async move {
        let typed = call.input.focused.map(|focused| focused.text).unwrap_or_default();
        match typed.as_str() {
            "error" => desk.present().map_err(Failure::Broken)?,
            "panic" => panic!("no suggestions"),
            "slow" => tokio::time::sleep(SLOW).await,
            _ => {}
        }
        let name = if typed == "long" { "x".repeat(200) } else { typed };
        Ok((0..40).map(|n| Choice { name: format!("{name}{n}"), value: n.to_string() }).collect())
    }
    .boxed()
}

/// The commands of the tests.
pub(crate) const COMMANDS: &[Command<Fake>] = &[
    command(PING),
    Command { default_member_permissions: None, shape: EVENT },
    Command { default_member_permissions: Some(Permissions::MANAGE_GUILD), shape: FAIL },
    command(Leaf { audience: Audience::ManageServer, ..leaf("admin", Declared::Ephemeral, PING.run) }),
];

const fn press(
    verb: &'static str,
    declared: Declared,
    effect: Effect,
    run: Run<Fake, Pressed>,
) -> PressHandler<Fake> {
    PressHandler { audience: Audience::Everyone, declared, effect, run, verb }
}

const PRESSES: &[PressHandler<Fake>] = &[
    press(verb::SIGN_UP, Declared::Update, Effect::Changes, |desk, call| {
        async move {
            let nth = desk.runs.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(500)).await;
            Ok(desk.keep(call.key, Callback::update(&Body::plain(format!("change {nth}")))))
        }
        .boxed()
    }),
    press(verb::WITHDRAW, Declared::Update, Effect::Reads, |_, _| {
        slowly(Ok(Answer::Update(Body::plain("withdrawn")))).boxed()
    }),
    press(verb::TENTATIVE, Declared::Update, Effect::Reads, |_, _| {
        slowly(Err(Refusal::NoClub.into())).boxed()
    }),
    press(verb::CLOSE, Declared::Update, Effect::Changes, |desk, call| {
        async move {
            let Press::CloseSignups(event) = call.input.press else { return Err(Refusal::Outdated.into()) };
            let Answer::Kept(callback) = desk.keep(call.key, Callback::update(&Body::plain("the card")))
            else {
                return Err(Refusal::Outdated.into());
            };
            slowly(Ok(Answer::Card { callback, event })).await
        }
        .boxed()
    }),
    press(verb::MANAGE, Declared::Modal, Effect::Reads, |_, call| {
        slowly(Ok(form(&call.context, ""))).boxed()
    }),
];

const FORMS: &[FormHandler<Fake>] = &[FormHandler {
    audience: Audience::Organiser,
    declared: Declared::Ephemeral,
    effect: Effect::Changes,
    reopen: |_, call: Call<Reopened>| {
        async move { Ok(Answer::Modal(club_setup::modal(call.context.id, &call.input.filled))) }.boxed()
    },
    run: |desk, call: Call<Submitted>| {
        async move {
            desk.runs.fetch_add(1, Ordering::SeqCst);
            match call.input.fields.text(field::NAME) {
                "" => Err(Refusal::ChangedMeanwhile.into()),
                "settled" => Err(Refusal::Settled.into()),
                "panic" => panic!("the form broke"),
                name => Ok(desk.keep(call.key, Callback::message(&Body::plain(name), true))),
            }
        }
        .boxed()
    },
    verb: verb::SETUP,
}];

/// Everything that people can do in the tests.
pub(crate) const REGISTRY: Registry<Fake> =
    Registry { commands: COMMANDS, forms: FORMS, presses: PRESSES, user_commands: USER_COMMANDS };

const USER_COMMANDS: &[UserCommand<Fake>] = &[UserCommand {
    audience: Audience::Everyone,
    declared: Declared::Ephemeral,
    description: "Tells whose menu it was chosen from.",
    effect: Effect::Reads,
    name: "Whose laps",
    run: |_, call| async move { Ok(Answer::ephemeral(Body::plain(call.input.account.name()))) }.boxed(),
    topic: "tests",
}];
