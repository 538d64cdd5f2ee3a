//! A choice of any number of things: a select holds 25, so that more stand on pages.

use twilight_model::channel::message::{
    Component,
    component::{ButtonStyle, SelectMenuOption},
};

use super::{
    custom_id::Press,
    message::{MAX_OPTIONS, button, enabled, row, select},
};

/// A select of one page of things, and what turns the pages where there are several.
pub(super) struct Choice<'c, T> {
    /// What is sent with the value chosen.
    pub(super) choose: Press,
    /// All things, in their order.
    pub(super) items: &'c [T],
    /// Which page is shown, from 0; the last one where there are fewer.
    pub(super) page: u16,
    /// What stands in the select until something is chosen.
    pub(super) placeholder: &'c str,
}

impl<T> Choice<'_, T> {
    /// Its parts: each thing as an option, and the press for each page.
    pub(super) fn parts(
        &self,
        option: impl Fn(&T) -> SelectMenuOption,
        to: impl Fn(u16) -> Press,
    ) -> Vec<Component> {
        let pages = u16::try_from(self.items.len().div_ceil(MAX_OPTIONS)).unwrap_or(u16::MAX);
        let page = self.page.min(pages.saturating_sub(1));
        let shown = self.items.iter().skip(usize::from(page) * MAX_OPTIONS).take(MAX_OPTIONS);
        let options: Vec<_> = shown.map(option).collect();
        if options.is_empty() {
            return Vec::new();
        }
        let mut parts = vec![select(&self.choose, self.placeholder, options)];
        if pages > 1 {
            let (before, after) = (page.checked_sub(1), page.saturating_add(1));
            let more = format!("More ({after} of {pages})");
            parts.push(row([
                enabled(
                    button(ButtonStyle::Secondary, "Back", &to(before.unwrap_or(u16::MAX))),
                    before.is_some(),
                ),
                enabled(button(ButtonStyle::Secondary, &more, &to(after)), after < pages),
            ]));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{
        custom_id::Showing,
        message::{Body, option, text},
        testing::{check, render},
    };

    fn shown(items: usize, page: u16) -> String {
        let items: Vec<usize> = (1..=items).collect();
        let choice =
            Choice { choose: Press::PickTemplate, items: &items, page, placeholder: "Choose a number" };
        let parts = choice.parts(
            |number| option(&number.to_string(), number.to_string(), None),
            |page| Press::EventsPage { page, showing: Showing::Card },
        );
        let body = Body::new([vec![text("Which?")], parts].concat());
        check(&body);
        render(body.components())
    }

    #[test]
    fn twenty_five_stand_on_a_page() {
        assert_eq!(shown(0, 0), "Which?");
        assert!(!shown(25, 0).contains("More"));
        let (first, last) = (shown(26, 0), shown(26, 1));
        assert!(first.contains("(Back) [More (1 of 2)]") && first.contains("25") && !first.contains("26"));
        assert!(last.contains("[Back] (More (2 of 2))") && last.contains("26"), "{last}");
        assert_eq!(shown(26, 9), last, "a page that isn't there is the last one");
    }
}
