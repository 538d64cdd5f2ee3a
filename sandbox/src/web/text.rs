//! Discord's Markdown as HTML.

use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};

use super::{place::Place, scene::Scene};
use crate::{
    Snowflake,
    markdown::{Block, Emphasis, Inline, Item, Mention, blocks, names::Names, stamp},
    model::ChannelKind,
};

/// What a text is read with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) names: Names<'a>,
    pub(super) viewer: Snowflake,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Timestamp,
    /// Where links to channels lead from; without one they lead nowhere.
    pub(super) place: Option<&'a Place>,
}

impl<'a> Reader<'a> {
    /// The reader of a page.
    pub(super) fn of(scene: &'a Scene, place: &'a Place) -> Self {
        Self {
            names: scene.names(),
            viewer: scene.viewer.id,
            zone: &scene.zone,
            now: scene.now,
            place: Some(place),
        }
    }

    /// A whole text.
    pub(super) fn text(self, text: &str) -> Markup {
        let blocks = blocks(text);
        let groups = blocks.chunk_by(together);
        html! { @for group in groups { (self.group(group)) } }
    }

    /// Lines of one kind.
    fn group(self, group: &[Block]) -> Markup {
        match group {
            [Block::Heading(1, text)] => html! { h3 class="h1" { (self.inline(text)) } },
            [Block::Heading(2, text)] => html! { h4 class="h2" { (self.inline(text)) } },
            [Block::Heading(_, text)] => html! { h5 class="h3" { (self.inline(text)) } },
            [Block::Item(_), ..] => self.items(group),
            [Block::Quote(_), ..] => html! { blockquote { (self.lines(group)) } },
            [Block::Code(_), ..] => html! { pre { code { (code(group)) } } },
            [Block::Small(_), ..] => html! { p class="small" { (self.lines(group)) } },
            _ => html! { p { (self.lines(group)) } },
        }
    }

    fn lines(self, group: &[Block]) -> Markup {
        html! {
            @for (index, block) in group.iter().enumerate() {
                @if index > 0 { br; }
                @if let Block::Line(text) | Block::Quote(text) | Block::Small(text) = block { (self.inline(text)) }
            }
        }
    }

    fn items(self, group: &[Block]) -> Markup {
        let items =
            || group.iter().filter_map(|block| if let Block::Item(item) = block { Some(item) } else { None });
        let item = |item: &Item| {
            html! { li class=[(item.depth > 0).then_some("deep")] value=[item.number] { (self.inline(&item.text)) } }
        };
        let numbered = items().next().is_some_and(|item| item.number.is_some());
        html! {
            @if numbered { ol { @for one in items() { (item(one)) } } }
            @else { ul { @for one in items() { (item(one)) } } }
        }
    }

    fn inline(self, pieces: &[Inline]) -> Markup {
        html! {
            @for piece in pieces {
                @match piece {
                    Inline::Text(text) => (text),
                    Inline::Styled(emphasis, inside) => (self.styled(*emphasis, inside)),
                    Inline::Code(text) => code { (text) },
                    Inline::Link { text, url } => a href=(url) target="_blank" rel="noopener noreferrer" { (self.inline(text)) },
                    Inline::Mention(mention) => (self.mention(mention)),
                    Inline::Emoji(name) => span class="emoji" { ":" (name) ":" },
                    Inline::Time(at, style) => (self.time(*at, *style)),
                }
            }
        }
    }

    fn styled(self, emphasis: Emphasis, inside: &[Inline]) -> Markup {
        let inside = self.inline(inside);
        match emphasis {
            Emphasis::Bold => html! { strong { (inside) } },
            Emphasis::Italic => html! { em { (inside) } },
            Emphasis::Underline => html! { u { (inside) } },
            Emphasis::Strike => html! { s { (inside) } },
            Emphasis::Spoiler => html! { span class="spoiler" tabindex="0" { (inside) } },
        }
    }

    fn mention(self, mention: &Mention) -> Markup {
        match mention {
            Mention::User(id) => {
                let name = self.names.user(*id).unwrap_or("unknown-user");
                html! { span class=(if *id == self.viewer { "mention you" } else { "mention" }) { "@" (name) } }
            }
            Mention::Role(id) => {
                html! { span class="mention" { "@" (self.names.role(*id).unwrap_or("unknown-role")) } }
            }
            Mention::Channel(id) => self.channel(*id),
            Mention::Command(command) => html! { span class="mention" { "/" (command) } },
            Mention::All(word) => html! { span class="mention you" { (word) } },
        }
    }

    fn channel(self, id: Snowflake) -> Markup {
        let Some(channel) = self.names.channel_of(id) else {
            return html! { span class="mention" { "# " em { "unknown" } } };
        };
        let mark = if channel.kind == ChannelKind::Voice { "🔊 " } else { "#" };
        let label = html! { (mark) (channel.name) };
        match self.place {
            Some(place) => {
                html! { a class="mention" href=(place.channel(channel.guild, Some(id)).href()) { (label) } }
            }
            None => html! { span class="mention" { (label) } },
        }
    }

    fn time(self, at: Timestamp, style: char) -> Markup {
        let full = stamp::show(at, 'F', self.zone, self.now);
        html! { time datetime=(at.to_string()) title=(full) { (stamp::show(at, style, self.zone, self.now)) } }
    }
}

/// Whether two lines stand in one element.
fn together(a: &Block, b: &Block) -> bool {
    match (a, b) {
        (Block::Item(a), Block::Item(b)) => b.depth > 0 || a.number.is_some() == b.number.is_some(),
        (Block::Quote(_), Block::Quote(_))
        | (Block::Code(_), Block::Code(_))
        | (Block::Small(_), Block::Small(_))
        | (Block::Line(_), Block::Line(_)) => true,
        _ => false,
    }
}

fn code(group: &[Block]) -> String {
    let lines = group
        .iter()
        .filter_map(|block| if let Block::Code(line) = block { Some(line.as_str()) } else { None });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;

    use super::*;

    fn shown(text: &str) -> String {
        let reader = Reader {
            names: Names::none(),
            viewer: Snowflake::new(1),
            zone: &TimeZone::get("Asia/Tokyo").unwrap(),
            now: "2026-12-05T14:00:00Z".parse().unwrap(),
            place: None,
        };
        reader.text(text).into_string()
    }

    #[test]
    fn what_people_wrote_is_never_html() {
        assert_eq!(
            shown("<script>alert(1)</script> & \"x\""),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</p>"
        );
        assert_eq!(shown("[x](javascript:alert(1))"), "<p>[x](javascript:alert(1))</p>");
    }

    #[test]
    fn lines_of_a_kind_stand_together() {
        assert_snapshot!(shown("# Spa\none\ntwo\n- a\n  - b\n1. c\n> said\n> more\n-# small\n```\nx < y\nz\n```"), @r#"
        <h3 class="h1">Spa</h3><p>one<br>two</p><ul><li>a</li><li class="deep">b</li></ul><ol><li value="1">c</li></ol><blockquote>said<br>more</blockquote><p class="small">small</p><pre><code>x &lt; y
        z</code></pre>
        "#);
    }

    #[test]
    fn pieces_of_a_line_are_marked_up() {
        assert_snapshot!(shown("**bold *both*** ~~gone~~ __under__ ||psst|| `a<b` <@1> <@2> <#3> @everyone </event show:4>"), @r#"<p><strong>bold <em>both</em></strong> <s>gone</s> <u>under</u> <span class="spoiler" tabindex="0">psst</span> <code>a&lt;b</code> <span class="mention you">@unknown-user</span> <span class="mention">@unknown-user</span> <span class="mention"># <em>unknown</em></span> <span class="mention you">@everyone</span> <span class="mention">/event show</span></p>"#);
        assert_snapshot!(shown("<t:1796479200:t> https://example.org/?a=1&b=2"), @r#"<p><time datetime="2026-12-05T14:00:00Z" title="Saturday, 5 December 2026 23:00">23:00</time> <a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">https://example.org/?a=1&amp;b=2</a></p>"#);
    }
}
