//! The sandbox as a program.

use std::{fs, io, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use anstream::{eprintln, println, stdout};
use anstyle::{AnsiColor, Style};
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use sandbox::{
    tour::{self, Outcome},
    web::{self, Web},
};
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

/// A local Discord to build and show Simlane against, with the service in it and a page to use it on.
#[derive(Debug, Parser)]
#[command(name = "sandbox", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Plays the tour's story first, so that the page opens on a club with a past and a race ahead.
    #[arg(long)]
    tour: bool,
    /// Where the page is: port 7070 of this machine, or a free one if that is taken.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// When the sandbox's clock begins, such as 2026-12-05T14:00:00Z; now if it isn't said.
    #[arg(long, value_name = "INSTANT", conflicts_with = "tour")]
    begins: Option<Timestamp>,
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
    /// Draws everything that the service says on one page, from what the views' tests print; see CONTRIBUTING.md.
    Gallery,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match arguments.command {
        None => {
            page(web::Options { listen: arguments.listen, tour: arguments.tour, begins: arguments.begins })
        }
        Some(Command::Tour { pace, svg }) => tour(pace, svg),
        Some(Command::Gallery) => gallery(),
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

/// Shows the page until it is told to stop.
#[tokio::main]
async fn page(options: web::Options) -> io::Result<ExitCode> {
    log()?;
    let stop = shutdown::on_signals()?;
    let web = Web::start(options).await.map_err(io::Error::other)?;
    println!("Simlane’s sandbox is at {}", web.url());
    println!("The service behind it is at {}. Ctrl-C ends both; nothing is kept.", web.service());
    stop.cancelled().await;
    web.end().await.map_err(io::Error::other)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the gallery of what it reads.
#[tokio::main]
async fn gallery() -> io::Result<ExitCode> {
    println!("{}", web::gallery(io::stdin().lock()).await.map_err(io::Error::other)?);
    Ok(ExitCode::SUCCESS)
}

/// Logs what `RUST_LOG` asks for, to the error output.
fn log() -> io::Result<()> {
    if let Ok(filter) = std::env::var("RUST_LOG") {
        let config = LogConfig { filter, format: LogFormat::Text };
        telemetry::log(&config).map_err(io::Error::other)?;
    }
    Ok(())
}

/// Plays the tour; fails when anything was off.
#[tokio::main]
async fn tour(pace: f64, svg: Option<PathBuf>) -> io::Result<ExitCode> {
    log()?;
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
