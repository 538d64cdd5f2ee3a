//! `/club import`: takes the club's roster from a spreadsheet, shows what that would change, and asks.

use futures::FutureExt;

use super::super::topic;
use crate::{
    domain::{refusal::Refusal, spreadsheet::MAX_BYTES, spreadsheet::SheetFault},
    interaction::{
        answer::{Answer, Callback, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind},
        options::Options,
        table::{Audience, Call, Effect, Leaf},
    },
    service::import::NewImport,
    view::import,
};

const FILE: Opt =
    Opt::new("file", "The roster as a CSV file: name, email, iracing_id, discord, timezone…", OptKind::File)
        .required();

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Takes the club's roster from a spreadsheet. Shows what would change first.",
    effect: Effect::Changes,
    name: "import",
    options: &[FILE],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

/// The file is fetched by a job: nobody waits for the network here.
async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let file = call.input.file(FILE.name).ok_or(Refusal::UnknownCommand)?;
    if file.size > MAX_BYTES as u64 {
        let why = SheetFault::TooLarge.to_string();
        return Ok(Answer::ephemeral(import::unread(&file.name, &why)));
    }
    let new =
        NewImport { file_name: file.name.clone(), token: call.context.token.clone(), url: file.url.clone() };
    let deferred = |(): &()| Callback::deferred_message(true).into_json().into();
    Ok(Answer::Kept(deps.service.begin_import(call.ask(&deferred)?, new).await?))
}
