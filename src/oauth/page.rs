//! The pages that people read in their browser: one look, no script, nothing from elsewhere.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Nothing but the page's own style may load or run; forms go to this service alone.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";
const STYLE: &str = include_str!("style.css");
/// The mark beside the name: a chequered flag.
const MARK: &str = include_str!("mark.svg");

/// How something ended, told by a word beside the colour.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tone {
    /// As it was wanted.
    Done,
    /// Somebody has to decide.
    Ask,
    /// As it was wanted, but for something that is left to do.
    Short,
    /// Nothing was done.
    Stopped,
    /// Neither: a page to read.
    Plain,
}

/// A page. What people read of it: what happened, and the way on.
#[derive(Debug)]
pub struct Page {
    /// Further ways on.
    pub actions: Vec<Action>,
    /// What happened, below the heading.
    pub body: Markup,
    /// What else there is to read, below the ways on.
    pub below: Option<Markup>,
    /// What happened, in a few words.
    pub heading: String,
    /// Whether it is long and wide, to look things up on.
    pub is_long: bool,
    /// The one next step, set apart.
    pub next: Option<Markup>,
    /// The answer's status.
    pub status: StatusCode,
    /// How it ended.
    pub tone: Tone,
}

/// A way on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Action {
    /// A link.
    Link {
        /// Where it leads.
        href: String,
        /// What it says.
        label: &'static str,
    },
    /// A button that changes something.
    Post {
        /// The hidden field that it sends, and its value.
        field: (&'static str, String),
        /// What it says.
        label: &'static str,
        /// Where it is sent, within this service.
        to: String,
    },
}

impl Action {
    /// A link to `href`.
    pub fn link(label: &'static str, href: impl Into<String>) -> Self {
        Self::Link { href: href.into(), label }
    }
}

impl Tone {
    /// What stands above the heading: a sign and a word.
    const fn words(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Done => Some(("✓", "Done")),
            Self::Ask => Some(("?", "Your decision")),
            Self::Short => Some(("!", "Nearly done")),
            Self::Stopped => Some(("✕", "Not done")),
            Self::Plain => None,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Ask => "ask",
            Self::Short => "short",
            Self::Stopped => "stopped",
            Self::Plain => "plain",
        }
    }
}

impl Page {
    /// A page of that tone.
    #[must_use]
    pub fn new(tone: Tone, heading: impl Into<String>, body: Markup) -> Self {
        let (actions, heading) = (Vec::new(), heading.into());
        Self { actions, below: None, body, heading, is_long: false, next: None, status: StatusCode::OK, tone }
    }

    /// A page about something that was not done.
    #[must_use]
    pub fn stopped(status: StatusCode, heading: impl Into<String>, body: Markup) -> Self {
        Self { status, ..Self::new(Tone::Stopped, heading, body) }
    }

    /// The same page with that next step.
    #[must_use]
    pub fn then(mut self, next: Markup) -> Self {
        self.next = Some(next);
        self
    }

    /// The same page with another way on. The first is the one to take.
    #[must_use]
    pub fn with(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }

    fn draw(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (self.heading) " · Simlane" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header { (PreEscaped(MARK)) "Simlane" }
                    main class=(self.tone.class()) data-long[self.is_long] {
                        @if let Some((sign, word)) = self.tone.words() {
                            p.tone { span aria-hidden="true" { (sign) } (word) }
                        }
                        h1 { (self.heading) }
                        @if self.is_long { (actions(&self.actions)) }
                        (self.body)
                        @if let Some(next) = &self.next { p.next { strong { "Next: " } (next) } }
                        @if !self.is_long { (actions(&self.actions)) }
                        @if let Some(below) = &self.below { div.below { (below) } }
                    }
                }
            }
        }
    }
}

fn actions(actions: &[Action]) -> Markup {
    html! {
        @if !actions.is_empty() { div.actions { @for action in actions { (draw_action(action)) } } }
    }
}

fn draw_action(action: &Action) -> Markup {
    match action {
        Action::Link { href, label } => html! { a.button href=(href) { (label) } },
        Action::Post { field: (name, value), label, to } => html! {
            form method="post" action=(to) {
                input type="hidden" name=(name) value=(value);
                button.button type="submit" { (label) }
            }
        },
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let headers = [
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (self.status, headers, self.draw()).into_response()
    }
}
