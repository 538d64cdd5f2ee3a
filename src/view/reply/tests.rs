use insta::assert_snapshot;
use twilight_model::id::Id;

use super::*;
use crate::{
    domain::{event::EventState, settings::ClubSettings},
    view::testing::{before, check, club, event, facts, key, render, series, sheet},
};

fn shown(bodies: &[Body]) -> String {
    bodies.iter().for_each(check);
    bodies.iter().map(|body| render(body.components())).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_club_and_its_series() {
    let mut club = club();
    let mut series = series();
    let first = [club_set_up(&club), series_created(&series)];
    club.settings.organiser_channel = Some(Id::new(5));
    series.adopted_category = Some(Id::new(6));
    assert_snapshot!(shown(&first), @"
    ✅ **Night Owls** is set up. Times are typed in Europe/Berlin. Questions for organisers wait in `/club panel`.

    **Next:** `/event create` makes your first event.

    Shall people without Manage Server organise too? Choose their role with `/club settings`. For the role to see `/club` and `/series`, admit it to both under Server Settings → Integrations.

    ✅ The series **Winter Cup** is created. Its category appears within a moment.

    **Next:** `/event create` with this series.
    ");
    assert_snapshot!(shown(&[series_created(&series)]), @"
    ✅ The series **Winter Cup** is created. Its events get their channels in <#6>.

    **Next:** `/event create` with this series.
    ");
    assert!(shown(&[club_set_up(&club)]).contains("go to <#5>"));
}

#[test]
fn an_event_tells_what_was_understood() {
    let mut event = event("GTP x 20\nGT3");
    let (sheet, settings, series) = (sheet(&event, &[]), ClubSettings::default(), series());
    let with_series = |event| CardFacts { series: Some(&series), ..facts(event, &sheet, &settings) };
    let created = event_created(&with_series(&event));
    let edited = event_edited(&facts(&event, &sheet, &settings));
    let coming = channel_coming(&facts(&event, &sheet, &settings));
    event.channels_wanted = false;
    let without = event_created(&facts(&event, &sheet, &settings));
    assert_snapshot!(shown(&[created, edited, coming, without]), @"
    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** GTP (20 places), GT3 (no limit)
    Its channel is `#spa-24-hours-2026-12-05` under the series Winter Cup. **Next:** share it; people sign up on its card.
    [Manage]

    ✅ **Spa 24 Hours** is changed.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** GTP (20 places), GT3 (no limit)
    Its channel is `#spa-24-hours-2026-12-05` under Events. Its card follows within a moment.
    [Manage]

    ✅ Its channel is `#spa-24-hours-2026-12-05` under Events. It appears within a moment.

    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** GTP (20 places), GT3 (no limit)
    It has no channel; **Create channel** makes one.
    [Create channel] [Manage]
    ");
}

#[test]
fn a_cancellation_says_who_is_told() {
    let mut event = event("20");
    event.state = EventState::Cancelled { at: before(), reason: String::new() };
    let (sheet, settings) = (sheet(&event, &[]), ClubSettings::default());
    let told = event_cancelled(&facts(&event, &sheet, &settings));
    event.channels_wanted = false;
    let untold = event_cancelled(&facts(&event, &sheet, &settings));
    assert_snapshot!(shown(&[told, untold]), @"
    **Spa 24 Hours** is cancelled. Those who signed up are told. The channel is archived <t:1796212800:R>.

    **Spa 24 Hours** is cancelled. It has no channel, so tell those who signed up.
    ");
}

#[test]
fn settings_show_what_was_saved() {
    let all =
        SettingsGroup::ALL.map(|group| settings_saved(&SettingsFacts { club: &club(), next: None }, group));
    assert_snapshot!(shown(&all[..1]), @"
    ✅ **General saved.** Channels and cards follow within a moment.
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** only Manage Server
    **Questions go to:** only `/club panel`
    **Board of coming events:** none
    ");
    all.iter().for_each(check);
    check(&retried());
}

#[test]
fn an_event_is_chosen_by_its_start() {
    let events: Vec<Event> = (0..30).map(|number| Event { id: key(number), ..event("20") }).collect();
    check(&pick_event(Showing::Panel, &events, 0, &club().zone));
    assert!(
        shown(&[pick_event(Showing::Panel, &events, 1, &club().zone)]).contains("[Back] (More (2 of 2))")
    );
    assert_snapshot!(shown(&[pick_event(Showing::Card, &events[..1], 0, &club().zone)]), @"
    Which event do you mean?
    <Choose an event>
    ◦ Spa 24 Hours (2026-12-05 14:00 (Europe/Berlin))
    ");
}
