//! Buttons and selects in messages, one file for each thing they are about.

mod attendance;
mod calendar;
mod club;
mod conflict;
pub(super) mod crew;
mod entry;
mod event;
mod export;
mod fate;
mod hours;
mod import;
mod list;
mod manage;
mod members;
mod more;
mod person;
mod remind;
mod series;
mod settings;
mod sheet;
mod signup;
mod sync;
mod team;
mod template;
mod terms;

use super::{
    answer::Declared,
    deps::Deps,
    incoming::Pressed,
    table::{Audience, Effect, PressHandler, Run},
};
use crate::{
    domain::{id::EventId, refusal::Refusal},
    view::custom_id::Press,
};

/// Every button and select; the dispatcher itself handles **Edit again**.
pub(super) const PRESSES: &[PressHandler<Deps>] = &[
    attendance::CHECK_IN,
    attendance::LIST,
    attendance::NO_SHOWS,
    attendance::REST,
    fate::KEEP,
    fate::LET_GO,
    fate::PUT_AWAY_NOW,
    fate::PUT_AWAY_SURELY,
    signup::SIGN_UP,
    signup::TENTATIVE,
    signup::WITHDRAW,
    signup::PICK_CLASS,
    signup::ACCEPT,
    signup::AS_LAST_TIME,
    signup::LATE,
    signup::ON_TIME,
    signup::PASS,
    signup::PICK_CAR,
    signup::WITHDRAW_SURELY,
    sheet::CARS,
    sheet::FULL_LIST,
    sheet::NOTE,
    event::SHOW,
    event::PICK,
    event::PAGE,
    manage::MANAGE,
    manage::EDIT,
    manage::OPEN,
    manage::CLOSE,
    manage::CREATE_CHANNEL,
    manage::CANCEL,
    more::DUPLICATE,
    more::SAVE_TEMPLATE,
    more::REPEAT,
    more::STOP_REPEATING,
    more::MOVE_TO_SERIES,
    more::CHOOSE_SERIES,
    series::PANEL,
    series::EDIT,
    series::DEFAULTS,
    series::ASK_ARCHIVE,
    series::ARCHIVE,
    series::UNARCHIVE,
    crew::ACCEPT,
    crew::AGAIN,
    crew::ASK_MOVE,
    crew::DISCARD,
    crew::MOVE,
    crew::NAME_PARTNERS,
    crew::PAGE,
    crew::PARTNERS,
    crew::PROPOSE,
    crew::RULES,
    team::ADD,
    team::DISBAND,
    team::DISBAND_SURELY,
    team::DROP,
    team::EDIT,
    team::JOIN,
    team::LEAD,
    team::LIST,
    team::NEW,
    team::OPEN,
    team::PICK,
    team::PICK_MATE,
    team::SET_DUTY,
    team::SHOW,
    template::LIST,
    template::PICK,
    template::RENAME,
    template::ASK_DELETE,
    template::DELETE,
    calendar::SHOW,
    calendar::ASK,
    calendar::RENEW,
    entry::ADD,
    entry::LIST,
    entry::MOVE,
    entry::PICK,
    entry::REMOVE,
    entry::SILENT,
    entry::TENTATIVE,
    terms::CLASSES,
    terms::EDIT_CLASS,
    terms::EDIT_TERMS,
    terms::PICK_CLASS,
    export::CALENDAR,
    export::SHEET,
    hours::CAN_DRIVE,
    hours::CLUB_ZONE,
    hours::HOURS,
    hours::OTHER_ZONE,
    hours::PICK,
    hours::PREFER,
    hours::UNANSWERED,
    list::LIST,
    list::HELP,
    club::PANEL,
    club::HEALTH,
    club::SETTINGS,
    club::ANSWER,
    club::RETRY,
    conflict::CHOOSE,
    conflict::FIRST,
    conflict::NEXT,
    conflict::NOBODY,
    conflict::PREVIOUS,
    import::CONFIRM,
    import::CANCEL,
    import::LINES,
    members::FILE,
    members::OF,
    members::PAGE,
    person::EDIT_PROFILE,
    person::REMINDERS,
    person::UNLINK,
    remind::NOW,
    settings::LOCALE,
    settings::PANEL,
    settings::PAUSE,
    settings::PUT_AWAY,
    settings::TOGGLE,
    sync::APPLY,
    sync::PREVIEW,
    sync::STOP,
    sync::UNDO,
];

/// A press that only reads.
const fn reading(
    verb: &'static str,
    audience: Audience,
    declared: Declared,
    run: Run<Deps, Pressed>,
) -> PressHandler<Deps> {
    PressHandler { audience, declared, effect: Effect::Reads, run, verb }
}

/// A press that changes facts.
const fn changing(
    verb: &'static str,
    audience: Audience,
    declared: Declared,
    run: Run<Deps, Pressed>,
) -> PressHandler<Deps> {
    PressHandler { audience, declared, effect: Effect::Changes, run, verb }
}

/// The event that a press is about.
const fn event_of(press: Press) -> Result<EventId, Refusal> {
    match press {
        Press::Accept(event)
        | Press::CanDrive { event, .. }
        | Press::ClubZone(event)
        | Press::Hours { event, .. }
        | Press::OtherZone(event)
        | Press::PickHours { event, .. }
        | Press::Prefer { event, .. }
        | Press::AddEntry(event)
        | Press::Classes(event)
        | Press::EditClass { event, .. }
        | Press::EditTerms(event)
        | Press::Entries { event, .. }
        | Press::EntryTentative { event, .. }
        | Press::ExportCalendar(event)
        | Press::ExportSheet(event)
        | Press::MoveEntry { event, .. }
        | Press::PickClassForm(event)
        | Press::PickEntry(event)
        | Press::RemoveEntry { event, .. }
        | Press::Silent { event, .. }
        | Press::Unanswered { event, .. }
        | Press::AsLastTime(event)
        | Press::Attendance { event, .. }
        | Press::CancelEvent(event)
        | Press::CarsPage { event, .. }
        | Press::CheckIn(event)
        | Press::CloseSignups(event)
        | Press::CreateChannel(event)
        | Press::ChooseSeries(event)
        | Press::DuplicateEvent(event)
        | Press::EditEvent(event)
        | Press::FullList { event, .. }
        | Press::Keep(event)
        | Press::Late(event)
        | Press::LetGo(event)
        | Press::Manage(event)
        | Press::MoveToSeries { event, .. }
        | Press::NoShows { event, .. }
        | Press::Note(event)
        | Press::OnTime(event)
        | Press::OpenSignups(event)
        | Press::Pass(event)
        | Press::PickCar { event, .. }
        | Press::PickClass(event)
        | Press::RepeatEvent(event)
        | Press::SaveTemplate(event)
        | Press::RemindNow(event)
        | Press::PutAwayNow(event)
        | Press::PutAwaySurely(event)
        | Press::RestAttended(event)
        | Press::ShowEvent(event)
        | Press::SignUp(event)
        | Press::StopRepeating(event)
        | Press::Tentative(event)
        | Press::Withdraw(event)
        | Press::WithdrawSurely(event) => Ok(event),
        Press::Answer { .. }
        | Press::ArchiveSeries(_)
        | Press::AskArchiveSeries(_)
        | Press::EditSeries(_)
        | Press::EditSeriesDefaults(_)
        | Press::SeriesPanel(_)
        | Press::UnarchiveSeries(_)
        | Press::AskDeleteTemplate(_)
        | Press::DeleteTemplate(_)
        | Press::RenameTemplate(_)
        | Press::EventsPage { .. }
        | Press::PickTemplate
        | Press::Templates(_)
        | Press::AskNewLink { .. }
        | Press::Calendar(_)
        | Press::CancelImport(_)
        | Press::ConfirmImport(_)
        | Press::EditAgain(_)
        | Press::Health
        | Press::HelpTopic
        | Press::ImportPage { .. }
        | Press::ListPage { .. }
        | Press::MembersFile(_)
        | Press::MembersOf
        | Press::MembersPage { .. }
        | Press::Panel
        | Press::PickEvent(_)
        | Press::PreviewSync
        | Press::ChooseLocale
        | Press::ChoosePutAway
        | Press::Pause
        | Press::Remind(_)
        | Press::SettingsPanel
        | Press::Toggle { .. }
        | Press::Retry(_)
        | Press::ApplySync(_)
        | Press::ChoosePerson(_)
        | Press::Conflicts
        | Press::NewLink { .. }
        | Press::NextConflict(_)
        | Press::Nobody(_)
        | Press::PreviousConflict(_)
        | Press::StopSync(_)
        | Press::UndoSync(_)
        | Press::Settings(_)
        | Press::Crew(_)
        | Press::EditProfile
        | Press::Team(_)
        | Press::Unlink => Err(Refusal::Outdated),
    }
}

/// What was chosen in a select.
fn chosen(pressed: &Pressed) -> Option<&str> {
    pressed.values.first().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::view::custom_id::verb;

    #[test]
    fn every_button_has_its_handler() {
        let handled: HashSet<&str> = PRESSES.iter().map(|press| press.verb).collect();
        let drawn = [
            verb::ACCEPT_CREWS,
            verb::ASK_MOVE,
            verb::CREW_RULES,
            verb::CREWS,
            verb::DISCARD_CREWS,
            verb::EDIT_PROFILE,
            verb::MOVE_MATE,
            verb::NAME_PARTNERS,
            verb::PARTNERS,
            verb::PROPOSE,
            verb::SEARCH_CREWS,
            verb::ADD_MATE,
            verb::DISBAND,
            verb::DISBAND_SURELY,
            verb::DROP_MATE,
            verb::EDIT_TEAM,
            verb::JOIN_TEAM,
            verb::LEAD_TEAM,
            verb::NEW_TEAM,
            verb::OPEN_TEAM,
            verb::PICK_MATE,
            verb::PICK_TEAM,
            verb::SET_DUTY,
            verb::TEAM,
            verb::TEAMS,
            verb::ADD_ENTRY,
            verb::CLASSES,
            verb::EDIT_CLASS,
            verb::EDIT_TERMS,
            verb::ENTRIES,
            verb::ENTRY_TENTATIVE,
            verb::EXPORT_CALENDAR,
            verb::EXPORT_SHEET,
            verb::MOVE_ENTRY,
            verb::PICK_CLASS_FORM,
            verb::PICK_ENTRY,
            verb::REMOVE_ENTRY,
            verb::SILENT,
            verb::CAN_DRIVE,
            verb::CLUB_ZONE,
            verb::HOURS,
            verb::OTHER_ZONE,
            verb::PICK_HOURS,
            verb::PREFER,
            verb::UNANSWERED,
            verb::ACCEPT,
            verb::AS_LAST_TIME,
            verb::ATTENDANCE,
            verb::CARS,
            verb::CHECK_IN,
            verb::KEEP,
            verb::LET_GO,
            verb::NO_SHOWS,
            verb::PUT_AWAY_NOW,
            verb::PUT_AWAY_SURELY,
            verb::REST_ATTENDED,
            verb::FULL_LIST,
            verb::LATE,
            verb::NOTE,
            verb::ON_TIME,
            verb::PASS,
            verb::PICK_CAR,
            verb::WITHDRAW_SURELY,
            verb::ANSWER,
            verb::ARCHIVE_SERIES,
            verb::ASK_ARCHIVE_SERIES,
            verb::ASK_DELETE_TEMPLATE,
            verb::CHOOSE_SERIES,
            verb::DELETE_TEMPLATE,
            verb::DUPLICATE,
            verb::EDIT_SERIES,
            verb::EDIT_SERIES_DEFAULTS,
            verb::EVENTS_PAGE,
            verb::MOVE_TO_SERIES,
            verb::PICK_TEMPLATE,
            verb::RENAME_TEMPLATE,
            verb::REPEAT,
            verb::SAVE_TEMPLATE,
            verb::SERIES_PANEL,
            verb::STOP_REPEATING,
            verb::TEMPLATES,
            verb::UNARCHIVE_SERIES,
            verb::APPLY_SYNC,
            verb::ASK_NEW_LINK,
            verb::CALENDAR,
            verb::NEW_LINK,
            verb::CHOOSE_PERSON,
            verb::CONFLICTS,
            verb::PREVIEW_SYNC,
            verb::NEXT_CONFLICT,
            verb::NOBODY,
            verb::PREVIOUS_CONFLICT,
            verb::STOP_SYNC,
            verb::UNDO_SYNC,
            verb::CANCEL,
            verb::CLOSE,
            verb::CREATE_CHANNEL,
            verb::DISCARD,
            verb::EDIT,
            verb::HEALTH,
            verb::HELP,
            verb::IMPORT,
            verb::LINES,
            verb::LIST,
            verb::MANAGE,
            verb::MEMBERS,
            verb::MEMBERS_FILE,
            verb::MEMBERS_OF,
            verb::OPEN,
            verb::PANEL,
            verb::PICK_CLASS,
            verb::PICK_EVENT,
            verb::CHOICES,
            verb::LOCALE,
            verb::PAUSE,
            verb::PUT_AWAY,
            verb::REMIND,
            verb::REMIND_ME,
            verb::TOGGLE,
            verb::RETRY,
            verb::SETTINGS,
            verb::SHOW,
            verb::SIGN_UP,
            verb::TENTATIVE,
            verb::UNLINK,
            verb::WITHDRAW,
        ];
        assert_eq!(handled, HashSet::from(drawn));
        assert_eq!(PRESSES.len(), drawn.len());
    }
}
