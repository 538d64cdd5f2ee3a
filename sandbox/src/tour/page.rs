//! The page that the tour is told on.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::terminal::{
    ink::{Ink, Line, Span},
    wrap::wrap,
};

/// What everything below a person's act is indented by.
pub(super) const INDENT: usize = 4;

/// Text on its way to a terminal, always coloured; whoever writes it there takes the colours out where they aren't wanted.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
    /// A copy of what is written while one is taken.
    copy: Option<String>,
    /// The copy that was taken.
    excerpt: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(out: &'a mut dyn Write, width: usize) -> Self {
        Self { out, width, copy: None, excerpt: String::new() }
    }

    /// Columns of what stands below a person's act.
    pub(super) const fn room(&self) -> usize {
        self.width - INDENT
    }

    /// Begins to copy what is written.
    pub(super) fn copy(&mut self) {
        self.copy = Some(String::new());
    }

    /// Ends the copy and keeps it.
    pub(super) fn keep(&mut self) {
        self.excerpt = self.copy.take().unwrap_or_default();
    }

    pub(super) fn into_excerpt(self) -> String {
        self.excerpt
    }

    /// The clock's time and what comes now.
    pub(super) fn heading(&mut self, time: &str, title: &str) -> io::Result<()> {
        let rule = self.width.saturating_sub(time.width() + title.width() + 8);
        self.line(&Line::default())?;
        self.line(&Line::from(vec![
            Span::new("━━ ", Ink::DIM),
            Span::new(time, Ink::HEADING),
            Span::new(" ━ ", Ink::DIM),
            Span::new(title, Ink::BOLD),
            Span::new(format!(" {}", "━".repeat(rule)), Ink::DIM),
        ]))
    }

    /// What somebody does.
    pub(super) fn act(&mut self, who: &str, what: &str) -> io::Result<()> {
        let head = [Span::new("▸ ", Ink::HEADING), Span::new(who, Ink::BOLD), Span::plain("  ")];
        let hang = vec![Span::plain(" ".repeat(INDENT))];
        let line = Line { spans: vec![Span::plain(what)], hang }.prefixed(&head);
        self.line(&Line::default())?;
        self.lines(&wrap(&line, self.width))
    }

    /// What stands below an act, drawn already.
    pub(super) fn drawn(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            let indent = if line.is_empty() { "" } else { "    " };
            self.put(&format!("{indent}{line}\n"))?;
        }
        self.out.flush()
    }

    /// A remark below an act.
    pub(super) fn remark(&mut self, spans: Vec<Span>) -> io::Result<()> {
        let hang = vec![Span::plain("  ")];
        let indent = [Span::plain(" ".repeat(INDENT))];
        for line in wrap(&Line { spans, hang }, self.room()) {
            self.line(&line.prefixed(&indent))?;
        }
        Ok(())
    }

    /// A paragraph that stands by itself.
    pub(super) fn paragraph(&mut self, spans: Vec<Span>) -> io::Result<()> {
        self.lines(&wrap(&Line { spans, hang: Vec::new() }, self.width))
    }

    /// Something that isn't as it should be.
    pub(super) fn off(&mut self, what: &str) -> io::Result<()> {
        let line = Line {
            spans: vec![Span::new(format!("✗ {what}"), Ink::DANGER)],
            hang: vec![Span::plain("  ")],
        };
        self.lines(&wrap(&line, self.width))
    }

    fn lines(&mut self, lines: &[Line]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.line(line))
    }

    fn line(&mut self, line: &Line) -> io::Result<()> {
        self.put(&(line.render(true) + "\n"))
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        if let Some(copy) = &mut self.copy {
            copy.push_str(text);
        }
        self.out.write_all(text.as_bytes())
    }
}
