//! `simlane status`.

use std::fmt::Write;

use jiff::Timestamp;

use super::{CliError, one_line, say};
use crate::{
    app::Parts,
    base::config::DatabaseUrl,
    domain::owner::Owner,
    store::{
        Store, StoreError,
        bot_settings::{self, BotSettings},
        clubs,
        guilds::{self, Guild},
        owners::{self, FailingOwner, Queue},
    },
};

/// How many failing owners are shown.
const FAILING: u64 = 50;

/// What is shown.
struct Report {
    commands: BotSettings,
    failing: Vec<FailingOwner>,
    /// The guilds with their clubs' names.
    guilds: Vec<(Guild, Option<String>)>,
    now: Timestamp,
    queue: Queue,
}

/// Shows how the service is, by its database.
pub(super) async fn show(database: &DatabaseUrl) -> Result<(), CliError> {
    let store = Store::connect_existing(database.expose()).await?;
    say(read(&store, Parts::default().clock.now()).await?.text().trim_end());
    Ok(store.close().await?)
}

async fn read(store: &Store, now: Timestamp) -> Result<Report, StoreError> {
    let mut guilds = Vec::new();
    for guild in guilds::active(store).await? {
        let club = clubs::of_guild(store, guild.id).await?;
        guilds.push((guild, club.map(|club| club.name.to_string())));
    }
    Ok(Report {
        commands: bot_settings::get(store).await?,
        failing: owners::failing(store, None, FAILING).await?,
        guilds,
        now,
        queue: owners::queue(store, now).await?,
    })
}

impl Report {
    fn text(&self) -> String {
        let mut text = format!("Commands  {}\n", commands(&self.commands));
        // Writing to a string can't fail.
        let _ = writeln!(text, "Queue     {}", self.queue());
        let _ = writeln!(text, "Guilds    {}", self.guilds.len());
        for (guild, club) in &self.guilds {
            let _ = writeln!(text, "  {}  {}", guild.id, one_line(club.as_deref().unwrap_or("no club yet")));
        }
        let _ = writeln!(text, "Failing   {}", self.failing.len());
        for failing in &self.failing {
            let _ = writeln!(text, "  {}", failing_owner(failing));
        }
        text
    }

    fn queue(&self) -> String {
        match self.queue {
            Queue { oldest: Some(since), waiting: waiting @ 1.. } => {
                let seconds = self.now.duration_since(since).as_secs();
                format!("{waiting} waiting, the oldest for {seconds} s")
            }
            Queue { .. } => "nothing waits".to_owned(),
        }
    }
}

fn failing_owner(failing: &FailingOwner) -> String {
    let FailingOwner { fault, guild, owner, retry_at, tries } = failing;
    let retry =
        retry_at.map_or_else(|| "not tried again by itself".to_owned(), |at| format!("again at {at}"));
    let owner = match owner {
        Owner::Event(id) => format!("event {}", id.uuid()),
        Owner::Guild(_) => "the guild itself".to_owned(),
        Owner::Series(id) => format!("series {}", id.uuid()),
    };
    format!("{guild}  {owner}: {} (failed passes: {tries}, {retry})", one_line(&fault.message))
}

fn commands(settings: &BotSettings) -> String {
    match (&settings.commands_error, settings.commands_at) {
        (Some(error), _) => format!("not registered: {}", one_line(error)),
        (None, Some(at)) => format!("registered at {at}"),
        (None, None) => "not registered yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use twilight_model::{guild::Permissions, id::Id};

    use super::*;
    use crate::{
        domain::{id::EventId, panel::Failure},
        store::fault::Fault,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn everything_an_operator_asks_for_stands_there() {
        let guild = Guild {
            headroom: None,
            club: None,
            id: Id::new(7),
            installed_by: None,
            locale: None,
            lost_at: None,
            name: None,
            permissions: Permissions::empty(),
        };
        let failing = FailingOwner {
            fault: Fault { class: Failure::Forbidden, message: "Missing Permissions".to_owned() },
            guild: Id::new(7),
            owner: Owner::Event(EventId::new(uuid::Uuid::from_u128(1))),
            retry_at: None,
            tries: 3,
        };
        let report = Report {
            commands: BotSettings { commands_error: Some("away".to_owned()), ..BotSettings::default() },
            failing: vec![failing],
            guilds: vec![(guild, Some("Night\u{1b}[31m Racers".to_owned()))],
            now: at("2026-12-05T14:00:12Z"),
            queue: Queue { oldest: Some(at("2026-12-05T14:00:00Z")), waiting: 2 },
        };
        insta::assert_snapshot!(report.text(), @r"
        Commands  not registered: away
        Queue     2 waiting, the oldest for 12 s
        Guilds    1
          7  Night [31m Racers
        Failing   1
          7  event 00000000-0000-0000-0000-000000000001: Missing Permissions (failed passes: 3, not tried again by itself)
        ");
    }

    #[tokio::test]
    async fn a_new_database_has_nothing_to_show() {
        let store = Store::connect("sqlite::memory:").await.unwrap();
        store.migrate().await.unwrap();
        let report = read(&store, at("2026-12-05T14:00:12Z")).await.unwrap();
        insta::assert_snapshot!(report.text(), @r"
        Commands  not registered yet
        Queue     nothing waits
        Guilds    0
        Failing   0
        ");
    }
}
