//! The sandbox as a program.

use std::{fs, io, path::PathBuf, process::ExitCode, time::Duration};

use anstream::{eprintln, stdout};
use anstyle::{AnsiColor, Style};
use clap::{CommandFactory, Parser, Subcommand};
use sandbox::tour::{self, Outcome};
use simlane::{
    base::{
        config::{LogConfig, LogFormat},
        shutdown,
    },
    telemetry,
};

/// The width of the picture, and of a terminal that doesn't tell its own.
const WIDTH: usize = 100;
/// What a shell answers for a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// A local Discord to build and show Simlane against.
#[derive(Debug, Parser)]
#[command(name = "sandbox")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plays an event's life from its form to the archive, and shows what people do and what Discord shows.
    Tour {
        /// Seconds to wait before each thing that somebody does.
        #[arg(long, value_name = "SECONDS", default_value_t = 0.0)]
        pace: f64,
        /// Also draws the tour's most telling moment as an SVG picture.
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        None => Arguments::command().print_help().map(|()| ExitCode::SUCCESS),
        Some(Command::Tour { pace, svg }) => tour(pace, svg),
    };
    ended.unwrap_or_else(|error| {
        // Whoever reads the tour has read enough.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return ExitCode::FAILURE;
        }
        let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
        eprintln!("{red}{error}{red:#}");
        ExitCode::FAILURE
    })
}

/// Plays the tour; fails when anything was off.
#[tokio::main]
async fn tour(pace: f64, svg: Option<PathBuf>) -> io::Result<ExitCode> {
    if let Ok(filter) = std::env::var("RUST_LOG") {
        let config = LogConfig { filter, format: LogFormat::Text };
        telemetry::log(&config).map_err(io::Error::other)?;
    }
    let pace = Duration::try_from_secs_f64(pace).map_err(io::Error::other)?;
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.into());
    let width = if svg.is_some() { WIDTH } else { width };
    let stop = shutdown::on_signals()?;
    let told = tour::run(&tour::Options { pace, width }, &mut stdout(), stop).await?;
    if let Some(file) = svg {
        fs::write(file, told.svg())?;
    }
    Ok(match told.outcome {
        Outcome::Fine => ExitCode::SUCCESS,
        Outcome::Off => ExitCode::FAILURE,
        Outcome::Interrupted => ExitCode::from(INTERRUPTED),
    })
}
