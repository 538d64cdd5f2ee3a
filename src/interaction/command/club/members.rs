//! `/club members`: who is of the club, and how each was matched.

use futures::FutureExt;

use super::super::topic;
use crate::{
    domain::membership::Standing,
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
};

const STATUS: Opt = Opt::new(
    "status",
    "Whom to list: everybody, unless you say otherwise.",
    OptKind::Text(Text::Choices(&[
        ("Active", "active"),
        ("Left the server", "left"),
        ("Without a Discord account", "no_account"),
        ("In the server, on no roster", "off_roster"),
    ])),
);
const FORMAT: Opt = Opt::new(
    "format",
    "How: a list here, or a file for spreadsheets.",
    OptKind::Text(Text::Choices(&[
        ("List: a page at a time", "list"),
        ("CSV: a file with everything", "csv"),
    ])),
);

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Lists who is of the club and how each was matched; also as a spreadsheet.",
    // It puts down which file is to be made.
    effect: Effect::Changes,
    name: "members",
    options: &[STATUS, FORMAT],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let standing = call.input.text(STATUS.name).and_then(Standing::of);
    if call.input.text(FORMAT.name) == Some("csv") {
        return shown::members_file(deps, &call, standing).await;
    }
    Ok(Answer::ephemeral(shown::members(deps, call.context.member()?, standing, 0).await?))
}
