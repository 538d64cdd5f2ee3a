//! Presses as text: each verb with what follows it.

use std::{fmt, str::FromStr};

use super::{CrewPress, Press, RoomPress, TeamPress};
use crate::view::custom_id::{
    Outdated, Reader, Writer, verb,
    word::{
        CalendarOf, List, SettingsGroup, Showing, answer_of, answer_word, flag, members_of, members_word,
        pick_of, pick_word, toggle_of, toggle_word,
    },
};

impl Press {
    /// Its verb, as in [`verb`].
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::AddEntry(_) => verb::ADD_ENTRY,
            Self::Classes(_) => verb::CLASSES,
            Self::EditClass { .. } => verb::EDIT_CLASS,
            Self::EditTerms(_) => verb::EDIT_TERMS,
            Self::Entries { .. } => verb::ENTRIES,
            Self::EntryTentative { .. } => verb::ENTRY_TENTATIVE,
            Self::ExportCalendar(_) => verb::EXPORT_CALENDAR,
            Self::ExportSheet(_) => verb::EXPORT_SHEET,
            Self::MoveEntry { .. } => verb::MOVE_ENTRY,
            Self::PickClassForm(_) => verb::PICK_CLASS_FORM,
            Self::PickEntry(_) => verb::PICK_ENTRY,
            Self::RemoveEntry { .. } => verb::REMOVE_ENTRY,
            Self::Silent { .. } => verb::SILENT,
            Self::CanDrive { .. } => verb::CAN_DRIVE,
            Self::ClubZone(_) => verb::CLUB_ZONE,
            Self::Hours { .. } => verb::HOURS,
            Self::OtherZone(_) => verb::OTHER_ZONE,
            Self::PickHours { .. } => verb::PICK_HOURS,
            Self::Prefer { .. } => verb::PREFER,
            Self::Unanswered { .. } => verb::UNANSWERED,
            Self::Accept(_) => verb::ACCEPT,
            Self::AsLastTime(_) => verb::AS_LAST_TIME,
            Self::Attendance { .. } => verb::ATTENDANCE,
            Self::Answer { .. } => verb::ANSWER,
            Self::AskNewLink { .. } => verb::ASK_NEW_LINK,
            Self::Calendar(_) => verb::CALENDAR,
            Self::CancelEvent(_) => verb::CANCEL,
            Self::CheckIn(_) => verb::CHECK_IN,
            Self::ChoosePerson(_) => verb::CHOOSE_PERSON,
            Self::Conflicts => verb::CONFLICTS,
            Self::NextConflict(_) => verb::NEXT_CONFLICT,
            Self::Nobody(_) => verb::NOBODY,
            Self::PreviousConflict(_) => verb::PREVIOUS_CONFLICT,
            Self::CancelImport(_) => verb::DISCARD,
            Self::CloseSignups(_) => verb::CLOSE,
            Self::ConfirmImport(_) => verb::IMPORT,
            Self::CreateChannel(_) => verb::CREATE_CHANNEL,
            Self::EditAgain(_) => verb::EDIT_AGAIN,
            Self::EditEvent(_) => verb::EDIT,
            Self::FullList { .. } => verb::FULL_LIST,
            Self::Health => verb::HEALTH,
            Self::HelpTopic => verb::HELP,
            Self::ImportPage { .. } => verb::LINES,
            Self::Keep(_) => verb::KEEP,
            Self::LetGo(_) => verb::LET_GO,
            Self::NoShows { .. } => verb::NO_SHOWS,
            Self::PutAwayNow(_) => verb::PUT_AWAY_NOW,
            Self::PutAwaySurely(_) => verb::PUT_AWAY_SURELY,
            Self::RestAttended(_) => verb::REST_ATTENDED,
            Self::Late(_) => verb::LATE,
            Self::ListPage { .. } => verb::LIST,
            Self::Manage(_) => verb::MANAGE,
            Self::MembersFile(_) => verb::MEMBERS_FILE,
            Self::MembersOf => verb::MEMBERS_OF,
            Self::MembersPage { .. } => verb::MEMBERS,
            Self::Note(_) => verb::NOTE,
            Self::OnTime(_) => verb::ON_TIME,
            Self::NewLink { .. } => verb::NEW_LINK,
            Self::OpenSignups(_) => verb::OPEN,
            Self::Pass(_) => verb::PASS,
            Self::PickCar { .. } => verb::PICK_CAR,
            Self::CarsPage { .. } => verb::CARS,
            Self::Panel => verb::PANEL,
            Self::PickClass(_) => verb::PICK_CLASS,
            Self::PickEvent(_) => verb::PICK_EVENT,
            Self::PreviewSync => verb::PREVIEW_SYNC,
            Self::ChooseLocale => verb::LOCALE,
            Self::ChoosePutAway => verb::PUT_AWAY,
            Self::Pause => verb::PAUSE,
            Self::Remind(_) => verb::REMIND_ME,
            Self::RemindNow(_) => verb::REMIND,
            Self::SettingsPanel => verb::CHOICES,
            Self::Toggle { .. } => verb::TOGGLE,
            Self::Retry(_) => verb::RETRY,
            Self::ApplySync(_) => verb::APPLY_SYNC,
            Self::StopSync(_) => verb::STOP_SYNC,
            Self::UndoSync(_) => verb::UNDO_SYNC,
            Self::Settings(_) => verb::SETTINGS,
            Self::ShowEvent(_) => verb::SHOW,
            Self::SignUp(_) => verb::SIGN_UP,
            Self::Tentative(_) => verb::TENTATIVE,
            Self::DuplicateEvent(_) => verb::DUPLICATE,
            Self::RepeatEvent(_) => verb::REPEAT,
            Self::SaveTemplate(_) => verb::SAVE_TEMPLATE,
            Self::StopRepeating(_) => verb::STOP_REPEATING,
            Self::ChooseSeries(_) => verb::CHOOSE_SERIES,
            Self::ArchiveSeries(_) => verb::ARCHIVE_SERIES,
            Self::AskArchiveSeries(_) => verb::ASK_ARCHIVE_SERIES,
            Self::EditSeries(_) => verb::EDIT_SERIES,
            Self::EditSeriesDefaults(_) => verb::EDIT_SERIES_DEFAULTS,
            Self::SeriesPanel(_) => verb::SERIES_PANEL,
            Self::UnarchiveSeries(_) => verb::UNARCHIVE_SERIES,
            Self::AskDeleteTemplate(_) => verb::ASK_DELETE_TEMPLATE,
            Self::DeleteTemplate(_) => verb::DELETE_TEMPLATE,
            Self::RenameTemplate(_) => verb::RENAME_TEMPLATE,
            Self::EventsPage { .. } => verb::EVENTS_PAGE,
            Self::MoveToSeries { .. } => verb::MOVE_TO_SERIES,
            Self::PickTemplate => verb::PICK_TEMPLATE,
            Self::Templates(_) => verb::TEMPLATES,
            Self::Unlink => verb::UNLINK,
            Self::Withdraw(_) => verb::WITHDRAW,
            Self::WithdrawSurely(_) => verb::WITHDRAW_SURELY,
            Self::Room(press) => press.verb(),
            Self::Crew(press) => press.verb(),
            Self::EditProfile => verb::EDIT_PROFILE,
            Self::Team(press) => press.verb(),
        }
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = Writer::new(self.verb());
        let id = match *self {
            Self::Answer { answer, question } => id.key(question).word(answer_word(answer)),
            Self::AskNewLink { of, serial } | Self::NewLink { of, serial } => {
                id.word(of.word()).number(serial.into())
            }
            Self::Calendar(of) => id.word(of.word()),
            Self::Accept(event)
            | Self::AddEntry(event)
            | Self::AsLastTime(event)
            | Self::CancelEvent(event)
            | Self::CheckIn(event)
            | Self::ChooseSeries(event)
            | Self::Classes(event)
            | Self::CloseSignups(event)
            | Self::ClubZone(event)
            | Self::CreateChannel(event)
            | Self::DuplicateEvent(event)
            | Self::EditEvent(event)
            | Self::EditTerms(event)
            | Self::ExportCalendar(event)
            | Self::ExportSheet(event)
            | Self::Keep(event)
            | Self::Late(event)
            | Self::LetGo(event)
            | Self::Manage(event)
            | Self::Note(event)
            | Self::OnTime(event)
            | Self::OpenSignups(event)
            | Self::OtherZone(event)
            | Self::Pass(event)
            | Self::PickClass(event)
            | Self::PickClassForm(event)
            | Self::PickEntry(event)
            | Self::PutAwayNow(event)
            | Self::PutAwaySurely(event)
            | Self::RemindNow(event)
            | Self::RepeatEvent(event)
            | Self::RestAttended(event)
            | Self::SaveTemplate(event)
            | Self::ShowEvent(event)
            | Self::SignUp(event)
            | Self::StopRepeating(event)
            | Self::Tentative(event)
            | Self::Withdraw(event)
            | Self::WithdrawSurely(event) => id.key(event),
            Self::CanDrive { event, page, start } | Self::Prefer { event, page, start } => {
                id.key(event).number(page.into()).number(start.cast_unsigned())
            }
            Self::PickHours { event, pick, start } => {
                id.key(event).word(pick_word(pick)).number(start.cast_unsigned())
            }
            Self::EditClass { event, class } | Self::PickCar { event, class } => id.key(event).key(class),
            Self::EntryTentative { event, user }
            | Self::MoveEntry { event, user }
            | Self::RemoveEntry { event, user } => id.key(event).key(user),
            Self::Attendance { event, page }
            | Self::Entries { event, page }
            | Self::FullList { event, page }
            | Self::Hours { event, page }
            | Self::MoveToSeries { event, page }
            | Self::NoShows { event, page }
            | Self::Silent { event, page }
            | Self::Unanswered { event, page } => id.key(event).number(page.into()),
            Self::CarsPage { event, class, page } => id.key(event).key(class).number(page.into()),
            Self::ArchiveSeries(series)
            | Self::AskArchiveSeries(series)
            | Self::EditSeries(series)
            | Self::EditSeriesDefaults(series)
            | Self::SeriesPanel(series)
            | Self::UnarchiveSeries(series) => id.key(series),
            Self::AskDeleteTemplate(template)
            | Self::DeleteTemplate(template)
            | Self::RenameTemplate(template) => id.key(template),
            Self::EventsPage { page, showing } => id.word(showing.word()).number(page.into()),
            Self::Templates(page) => id.number(page.into()),
            Self::ChoosePerson(conflict)
            | Self::NextConflict(conflict)
            | Self::Nobody(conflict)
            | Self::PreviousConflict(conflict) => id.key(conflict),
            Self::CancelImport(import) | Self::ConfirmImport(import) => id.key(import),
            Self::EditAgain(draft) => id.key(draft),
            Self::ImportPage { import, page } => id.key(import).number(page.into()),
            Self::Conflicts
            | Self::EditProfile
            | Self::Health
            | Self::HelpTopic
            | Self::MembersOf
            | Self::ChooseLocale
            | Self::ChoosePutAway
            | Self::Panel
            | Self::Pause
            | Self::PickTemplate
            | Self::PreviewSync
            | Self::SettingsPanel
            | Self::Unlink => id,
            Self::Remind(on) => id.number(on.into()),
            Self::Toggle { on, toggle } => id.word(toggle_word(toggle)).number(on.into()),
            Self::ListPage { list, page } => id.word(list.word()).number(page.into()),
            Self::MembersFile(standing) => id.word(members_word(standing)),
            Self::MembersPage { standing, page } => id.word(members_word(standing)).number(page.into()),
            Self::PickEvent(showing) => id.word(showing.word()),
            Self::Retry(owner) => id.key(owner),
            Self::ApplySync(sync) | Self::StopSync(sync) | Self::UndoSync(sync) => id.key(sync),
            Self::Settings(group) => id.word(group.word()),
            Self::Room(press) => press.write(id),
            Self::Crew(press) => press.write(id),
            Self::Team(press) => press.write(id),
        };
        f.write_str(&id.0)
    }
}

impl FromStr for Press {
    type Err = Outdated;

    fn from_str(text: &str) -> Result<Self, Outdated> {
        let (verb, mut args) = Reader::new(text)?;
        let press = match verb {
            verb::CAN_DRIVE => Self::CanDrive {
                event: args.key()?,
                page: args.small()?,
                start: args.number()?.cast_signed(),
            },
            verb::CLUB_ZONE => Self::ClubZone(args.key()?),
            verb::HOURS => Self::Hours { event: args.key()?, page: args.small()? },
            verb::OTHER_ZONE => Self::OtherZone(args.key()?),
            verb::PICK_HOURS => Self::PickHours {
                event: args.key()?,
                pick: pick_of(args.word()?)?,
                start: args.number()?.cast_signed(),
            },
            verb::PREFER => {
                Self::Prefer { event: args.key()?, page: args.small()?, start: args.number()?.cast_signed() }
            }
            verb::UNANSWERED => Self::Unanswered { event: args.key()?, page: args.small()? },
            verb::ADD_ENTRY => Self::AddEntry(args.key()?),
            verb::CLASSES => Self::Classes(args.key()?),
            verb::EDIT_CLASS => Self::EditClass { event: args.key()?, class: args.key()? },
            verb::EDIT_TERMS => Self::EditTerms(args.key()?),
            verb::ENTRIES => Self::Entries { event: args.key()?, page: args.small()? },
            verb::ENTRY_TENTATIVE => Self::EntryTentative { event: args.key()?, user: args.key()? },
            verb::EXPORT_CALENDAR => Self::ExportCalendar(args.key()?),
            verb::EXPORT_SHEET => Self::ExportSheet(args.key()?),
            verb::MOVE_ENTRY => Self::MoveEntry { event: args.key()?, user: args.key()? },
            verb::PICK_CLASS_FORM => Self::PickClassForm(args.key()?),
            verb::PICK_ENTRY => Self::PickEntry(args.key()?),
            verb::REMOVE_ENTRY => Self::RemoveEntry { event: args.key()?, user: args.key()? },
            verb::SILENT => Self::Silent { event: args.key()?, page: args.small()? },
            verb::ACCEPT => Self::Accept(args.key()?),
            verb::AS_LAST_TIME => Self::AsLastTime(args.key()?),
            verb::CARS => Self::CarsPage { event: args.key()?, class: args.key()?, page: args.small()? },
            verb::FULL_LIST => Self::FullList { event: args.key()?, page: args.small()? },
            verb::ATTENDANCE => Self::Attendance { event: args.key()?, page: args.small()? },
            verb::CHECK_IN => Self::CheckIn(args.key()?),
            verb::KEEP => Self::Keep(args.key()?),
            verb::LET_GO => Self::LetGo(args.key()?),
            verb::NO_SHOWS => Self::NoShows { event: args.key()?, page: args.small()? },
            verb::PUT_AWAY_NOW => Self::PutAwayNow(args.key()?),
            verb::PUT_AWAY_SURELY => Self::PutAwaySurely(args.key()?),
            verb::REST_ATTENDED => Self::RestAttended(args.key()?),
            verb::LATE => Self::Late(args.key()?),
            verb::NOTE => Self::Note(args.key()?),
            verb::ON_TIME => Self::OnTime(args.key()?),
            verb::PASS => Self::Pass(args.key()?),
            verb::PICK_CAR => Self::PickCar { event: args.key()?, class: args.key()? },
            verb::WITHDRAW_SURELY => Self::WithdrawSurely(args.key()?),
            verb::ANSWER => Self::Answer { question: args.key()?, answer: answer_of(args.word()?)? },
            verb::ASK_NEW_LINK => {
                Self::AskNewLink { of: CalendarOf::of(args.word()?)?, serial: args.small()? }
            }
            verb::CALENDAR => Self::Calendar(CalendarOf::of(args.word()?)?),
            verb::CANCEL => Self::CancelEvent(args.key()?),
            verb::CHOOSE_PERSON => Self::ChoosePerson(args.key()?),
            verb::CONFLICTS => Self::Conflicts,
            verb::NEXT_CONFLICT => Self::NextConflict(args.key()?),
            verb::NOBODY => Self::Nobody(args.key()?),
            verb::PREVIOUS_CONFLICT => Self::PreviousConflict(args.key()?),
            verb::CLOSE => Self::CloseSignups(args.key()?),
            verb::CREATE_CHANNEL => Self::CreateChannel(args.key()?),
            verb::DISCARD => Self::CancelImport(args.key()?),
            verb::EDIT => Self::EditEvent(args.key()?),
            verb::EDIT_AGAIN => Self::EditAgain(args.key()?),
            verb::HEALTH => Self::Health,
            verb::HELP => Self::HelpTopic,
            verb::IMPORT => Self::ConfirmImport(args.key()?),
            verb::LINES => Self::ImportPage { import: args.key()?, page: args.small()? },
            verb::LIST => Self::ListPage { list: List::of(args.word()?)?, page: args.small()? },
            verb::MANAGE => Self::Manage(args.key()?),
            verb::MEMBERS => Self::MembersPage { standing: members_of(args.word()?)?, page: args.small()? },
            verb::MEMBERS_FILE => Self::MembersFile(members_of(args.word()?)?),
            verb::MEMBERS_OF => Self::MembersOf,
            verb::NEW_LINK => Self::NewLink { of: CalendarOf::of(args.word()?)?, serial: args.small()? },
            verb::OPEN => Self::OpenSignups(args.key()?),
            verb::PANEL => Self::Panel,
            verb::PICK_CLASS => Self::PickClass(args.key()?),
            verb::PICK_EVENT => Self::PickEvent(Showing::of(args.word()?)?),
            verb::PREVIEW_SYNC => Self::PreviewSync,
            verb::LOCALE => Self::ChooseLocale,
            verb::PUT_AWAY => Self::ChoosePutAway,
            verb::PAUSE => Self::Pause,
            verb::REMIND_ME => Self::Remind(flag(args.number()?)?),
            verb::REMIND => Self::RemindNow(args.key()?),
            verb::CHOICES => Self::SettingsPanel,
            verb::TOGGLE => Self::Toggle { toggle: toggle_of(args.word()?)?, on: flag(args.number()?)? },
            verb::RETRY => Self::Retry(args.key()?),
            verb::APPLY_SYNC => Self::ApplySync(args.key()?),
            verb::STOP_SYNC => Self::StopSync(args.key()?),
            verb::UNDO_SYNC => Self::UndoSync(args.key()?),
            verb::SETTINGS => Self::Settings(SettingsGroup::of(args.word()?)?),
            verb::SHOW => Self::ShowEvent(args.key()?),
            verb::SIGN_UP => Self::SignUp(args.key()?),
            verb::TENTATIVE => Self::Tentative(args.key()?),
            verb::DUPLICATE => Self::DuplicateEvent(args.key()?),
            verb::REPEAT => Self::RepeatEvent(args.key()?),
            verb::SAVE_TEMPLATE => Self::SaveTemplate(args.key()?),
            verb::STOP_REPEATING => Self::StopRepeating(args.key()?),
            verb::CHOOSE_SERIES => Self::ChooseSeries(args.key()?),
            verb::ARCHIVE_SERIES => Self::ArchiveSeries(args.key()?),
            verb::ASK_ARCHIVE_SERIES => Self::AskArchiveSeries(args.key()?),
            verb::EDIT_SERIES => Self::EditSeries(args.key()?),
            verb::EDIT_SERIES_DEFAULTS => Self::EditSeriesDefaults(args.key()?),
            verb::SERIES_PANEL => Self::SeriesPanel(args.key()?),
            verb::UNARCHIVE_SERIES => Self::UnarchiveSeries(args.key()?),
            verb::ASK_DELETE_TEMPLATE => Self::AskDeleteTemplate(args.key()?),
            verb::DELETE_TEMPLATE => Self::DeleteTemplate(args.key()?),
            verb::RENAME_TEMPLATE => Self::RenameTemplate(args.key()?),
            verb::EVENTS_PAGE => {
                Self::EventsPage { showing: Showing::of(args.word()?)?, page: args.small()? }
            }
            verb::MOVE_TO_SERIES => Self::MoveToSeries { event: args.key()?, page: args.small()? },
            verb::PICK_TEMPLATE => Self::PickTemplate,
            verb::TEMPLATES => Self::Templates(args.small()?),
            verb::UNLINK => Self::Unlink,
            verb::WITHDRAW => Self::Withdraw(args.key()?),
            verb::EDIT_PROFILE => Self::EditProfile,
            verb => match (CrewPress::read(verb, &mut args)?, RoomPress::read(verb, &mut args)?) {
                (Some(press), _) => Self::Crew(press),
                (_, Some(press)) => Self::Room(press),
                (None, None) => Self::Team(TeamPress::read(verb, &mut args)?.ok_or(Outdated)?),
            },
        };
        args.end(press)
    }
}
