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
mod readiness;
mod remind;
mod room;
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
    readiness::ALL,
    readiness::CHECK,
    readiness::CHECK_AGAIN,
    readiness::HEARS,
    readiness::PICK,
    readiness::TEAM,
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
    team::ACCEPT,
    team::ADD,
    team::DECLINE,
    team::FINALIZE,
    team::UNASK,
    room::CLOSE,
    room::EXTEND,
    room::OPEN,
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
        | Press::Room(_)
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
mod tests;
