//! Content lines of iCalendar ([RFC 5545, 3.1](https://www.rfc-editor.org/rfc/rfc5545#section-3.1)).
//!
//! The small libraries that write them, `icalendar` 0.17 and `ics` 0.5, don't count the space that a folded line begins with, and make
//! lines of 76 octets.

/// The most octets of a line, its end aside.
const MAX_LINE: usize = 75;

/// A calendar's text, line by line.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property whose value stands as it is: it holds no line ends.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A property whose value is text, which people may have typed.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escape(value));
    }

    /// A component, and what stands in it.
    pub(super) fn component(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.raw("BEGIN", name);
        inner(self);
        self.raw("END", name);
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Writes a line in as many pieces as it takes, each of whole characters. All but the first begin with a space.
    fn fold(&mut self, line: &str) {
        let mut octets = 0;
        for sign in line.chars() {
            if octets + sign.len_utf8() > MAX_LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(sign);
            octets += sign.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value ([RFC 5545, 3.3.11](https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11)). Control characters can't stand in one,
/// but for line ends and tabs.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => escaped.push_str("\\n"),
            '\\' | ',' | ';' => escaped.extend(['\\', sign]),
            '\t' => escaped.push(sign),
            sign if sign.is_control() => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// A parameter's value, in quotes ([RFC 5545, 3.2](https://www.rfc-editor.org/rfc/rfc5545#section-3.2)). It can't hold a double quote.
pub(super) fn quoted(value: &str) -> String {
    let inner: String = value.replace('"', "'").chars().filter(|sign| !sign.is_control()).collect();
    format!("\"{inner}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Lines)) -> String {
        let mut lines = Lines::default();
        write(&mut lines);
        lines.finish()
    }

    #[test]
    fn a_line_of_75_octets_is_whole_and_a_longer_one_is_folded() {
        let (fits, over) = ("x".repeat(73), "x".repeat(74));
        assert_eq!(written(|lines| lines.raw("N", &fits)), format!("N:{fits}\r\n"));
        assert_eq!(written(|lines| lines.raw("N", &over)), format!("N:{fits}\r\n x\r\n"));
        let long = written(|lines| lines.raw("N", &"x".repeat(73 + 74 + 1)));
        let lengths: Vec<usize> = long.split_terminator("\r\n").map(str::len).collect();
        assert_eq!(lengths, [75, 75, 2]);
    }

    #[test]
    fn a_character_is_never_cut() {
        let text = written(|lines| lines.raw("N", &format!("{}🏁é", "x".repeat(70))));
        assert_eq!(text, format!("N:{}\r\n 🏁é\r\n", "x".repeat(70)));
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        let text = written(|lines| lines.text("N", "a,b;c\\d\ne:f\"g\r\u{7}\th"));
        assert_eq!(text, "N:a\\,b\\;c\\\\d\\ne:f\"g\th\r\n");
        assert_eq!(quoted("The \"Owls\"; of: A, B\n"), "\"The 'Owls'; of: A, B\"");
    }

    #[test]
    fn components_lie_in_each_other() {
        let text = written(|lines| lines.component("A", |lines| lines.component("B", |_| ())));
        assert_eq!(text, "BEGIN:A\r\nBEGIN:B\r\nEND:B\r\nEND:A\r\n");
    }
}
