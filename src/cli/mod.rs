//! The command line: one file per command.

use std::{
    ffi::OsString,
    fmt::Display,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, Subcommand};

use crate::{
    app::{Parts, StartError, TickError},
    base::config::{Config, Faults, Role},
    jobs::register::RegisterError,
    store::StoreError,
    telemetry::{self, AlreadyLogging},
};

mod doctor;
mod once;
mod serve;
mod status;

/// Runs a sim racing club's endurance events on Discord.
#[derive(Debug, Parser)]
#[command(name = "simlane", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service until SIGINT or SIGTERM
    Serve {
        /// Which parts of the service this process runs
        #[arg(long, value_enum, default_value_t)]
        role: Role,
    },
    /// Bring the database up to date (serve does it too)
    Migrate,
    /// Register the commands with Discord, if they changed (serve does it too)
    Register,
    /// Check configuration, database, queue and Discord, and say how to fix what is wrong
    Doctor,
    /// Show guilds, what fails in them, and how much waits
    Status,
    /// Copy the SQLite database to a new file, while the service runs
    Backup {
        /// The file to write; it must not exist
        file: PathBuf,
    },
    /// Do everything that is due, then exit: for a host that schedules by itself
    Tick,
}

/// Why a command did not do what it is for.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] Faults),
    #[error("{0} to fix")]
    Doctor(usize),
    #[error("the system refused")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Logging(#[from] AlreadyLogging),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Tick(#[from] TickError),
}

/// How long the process waits for its threads at its end.
const LINGER: Duration = Duration::from_secs(1);

/// Where the values of the environment come from.
type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Runs the program with these arguments, its own name first, and the environment that `lookup` reads. Exits with 0 when it did
/// what it is for, with 1 when not, and with 2 when the arguments or the environment are faulty.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    lookup: impl Fn(&str) -> Option<String>,
) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(help) => {
            let _ = help.print();
            return ExitCode::from(u8::try_from(help.exit_code()).unwrap_or(2));
        }
    };
    // Installed once for everything that speaks TLS: Discord, PostgreSQL and Redis.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&CliError::Io(error)),
    };
    let ended = runtime.block_on(dispatch(cli.command, &lookup));
    // What still blocks a thread, such as a name that is being looked up, must not hold the end up.
    runtime.shutdown_timeout(LINGER);
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn dispatch(command: Command, lookup: Lookup<'_>) -> Result<(), CliError> {
    match command {
        Command::Serve { role } => serve::serve(configure(role, lookup)?).await,
        Command::Migrate => once::migrate(&Config::parse_database(lookup)?).await,
        Command::Register => once::register(&configure(Role::All, lookup)?).await,
        Command::Doctor => doctor::examine(lookup).await,
        Command::Status => status::show(&Config::parse_database(lookup)?).await,
        Command::Backup { file } => once::backup(&Config::parse_database(lookup)?, &file).await,
        Command::Tick => once::tick(&configure(Role::All, lookup)?).await,
    }
}

/// Reads the environment, and logs as it says from then on.
fn configure(role: Role, lookup: Lookup<'_>) -> Result<Config, CliError> {
    let config = Config::parse(role, lookup, &Parts::default().ids)?;
    telemetry::log(&config.log)?;
    Ok(config)
}

/// Prints a line. A reader that has gone, as `| head` goes, is no fault of ours.
fn say(line: impl Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

fn fail(error: &CliError) -> ExitCode {
    let _ = writeln!(io::stderr(), "{}", chain(error));
    if matches!(error, CliError::Config(_)) { ExitCode::from(2) } else { ExitCode::FAILURE }
}

/// An error with everything that lies beneath it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut beneath = error.source();
    while let Some(source) = beneath {
        let more = source.to_string();
        // Some errors say what lies beneath them already.
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        beneath = source.source();
    }
    text
}

/// Text that came from elsewhere, with nothing in it that could write to the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_are_those_of_the_surface() {
        Cli::command().debug_assert();
        let names: Vec<String> =
            Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
        assert_eq!(names, ["serve", "migrate", "register", "doctor", "status", "backup", "tick"]);
    }

    #[test]
    fn serve_runs_everything_unless_told() {
        let role = |arguments: &[&str]| match Cli::try_parse_from(arguments).map(|cli| cli.command) {
            Ok(Command::Serve { role }) => Some(role),
            _ => None,
        };
        assert_eq!(role(&["simlane", "serve"]), Some(Role::All));
        assert_eq!(role(&["simlane", "serve", "--role", "worker"]), Some(Role::Worker));
        assert_eq!(role(&["simlane", "serve", "--role", "cook"]), None);
    }

    #[test]
    fn an_error_says_everything_once() {
        let address = ([127, 0, 0, 1], 80).into();
        let source = io::Error::other("taken");
        let error = CliError::Tick(TickError::Start(StartError::Listen { address, source }));
        assert_eq!(chain(&error), "can't listen on 127.0.0.1:80: taken");
    }
}
