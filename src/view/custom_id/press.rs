//! Presses: what a button or a select asks for.

use std::{fmt, str::FromStr};

use super::{Outdated, Reader, Writer, verb};
use crate::domain::{
    availability::Pick,
    id::{
        ClassId, ConflictId, DraftId, EventId, ImportId, OwnerId, QuestionId, SeriesId, SyncId, TemplateId,
        UserId,
    },
    membership::Standing,
    panel::Answer,
    settings::Toggle,
};

/// What a button or a select of ours asks for. A select's choice comes in the interaction's values.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Press {
    /// Takes the place that is offered.
    Accept(EventId),
    /// Signs up in the class and car of another event, as last time.
    AsLastTime(EventId),
    /// Shows an organiser who took part, page by page.
    Attendance {
        /// In which event.
        event: EventId,
        /// Which page, from 1; 0 opens the list anew.
        page: u16,
    },
    /// A select of the server's members: puts the one chosen on the event's sheet.
    AddEntry(EventId),
    /// A select: can drive in the hours chosen of a page, whose values are their places among all of the event's.
    CanDrive {
        /// In which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
        /// When the event began then, in unix seconds.
        start: i64,
    },
    /// Takes the club's zone for one's own, on the way to an event's hours.
    ClubZone(EventId),
    /// Shows the hours of an event.
    Hours {
        /// Of which event.
        event: EventId,
        /// Which page, from 1; 0 opens them anew.
        page: u16,
    },
    /// Opens the form of one's own zone, on the way to an event's hours.
    OtherZone(EventId),
    /// Answers all hours of an event at once.
    PickHours {
        /// Of which event.
        event: EventId,
        /// With what.
        pick: Pick,
        /// When the event began then, in unix seconds.
        start: i64,
    },
    /// A select: would like to drive in the hours chosen of a page, whose values are their places among all of the event's.
    Prefer {
        /// In which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
        /// When the event began then, in unix seconds.
        start: i64,
    },
    /// Shows who hasn't said when they can drive.
    Unanswered(EventId),
    /// Shows the event's classes, to edit one of them.
    Classes(EventId),
    /// Opens the form of a class.
    EditClass {
        /// Of which event.
        event: EventId,
        /// The class.
        class: ClassId,
    },
    /// Opens the form of the terms of the event's sheet.
    EditTerms(EventId),
    /// Shows the event's people to an organiser.
    Entries {
        /// Of which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
    },
    /// Notes somebody as tentative.
    EntryTentative {
        /// On the sheet of which event.
        event: EventId,
        /// Whom.
        user: UserId,
    },
    /// Asks for a file of the event for calendars.
    ExportCalendar(EventId),
    /// Asks for a file of the event's sheet.
    ExportSheet(EventId),
    /// A select: puts somebody in the class chosen, whose value is its short id.
    MoveEntry {
        /// On the sheet of which event.
        event: EventId,
        /// Whom.
        user: UserId,
    },
    /// A select: opens the form of the class chosen, whose value is its short id.
    PickClassForm(EventId),
    /// A select: shows the person chosen, whose value is their short id.
    PickEntry(EventId),
    /// Takes somebody off the event's sheet.
    RemoveEntry {
        /// Of which event.
        event: EventId,
        /// Whom.
        user: UserId,
    },
    /// Shows who never said anything about the event.
    Silent {
        /// Which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
    },
    /// Answers a question to the organisers.
    Answer {
        /// With what.
        answer: Answer,
        /// Which one.
        question: QuestionId,
    },
    /// Asks whether to replace a link to a calendar.
    AskNewLink {
        /// Whose calendar.
        of: CalendarOf,
        /// Which of its links.
        serial: u32,
    },
    /// Shows the link to a calendar.
    Calendar(CalendarOf),
    /// Opens the form that cancels the event.
    CancelEvent(EventId),
    /// Checks in to the event.
    CheckIn(EventId),
    /// A select: the account of that conflict is the person chosen, whose value is their short id.
    ChoosePerson(ConflictId),
    /// Shows the first open conflict.
    Conflicts,
    /// Shows the open conflict that came up after that one.
    NextConflict(ConflictId),
    /// The account of that conflict is none of the people offered.
    Nobody(ConflictId),
    /// Shows the open conflict that came up before that one.
    PreviousConflict(ConflictId),
    /// Forgets a roster that waits.
    CancelImport(ImportId),
    /// Closes the event's sign-ups.
    CloseSignups(EventId),
    /// Imports a roster that waits.
    ConfirmImport(ImportId),
    /// Asks for the event's channel.
    CreateChannel(EventId),
    /// Opens the form of a draft again, filled in as it was.
    EditAgain(DraftId),
    /// Opens the form that edits the event.
    EditEvent(EventId),
    /// Shows everybody on the event's sheet, page by page.
    FullList {
        /// Which event.
        event: EventId,
        /// Which page, from 1; 0 opens the list anew.
        page: u16,
    },
    /// Has the club's server looked over.
    Health,
    /// A select: shows the help of the topic chosen.
    HelpTopic,
    /// Turns the pages of the lines that aren't taken of a roster that waits.
    ImportPage {
        /// Which roster.
        import: ImportId,
        /// Which page, from 0.
        page: u16,
    },
    /// Keeps the event's channel until an organiser says otherwise.
    Keep(EventId),
    /// Lets the event's channel be put away after all.
    LetGo(EventId),
    /// A select: those chosen of a page didn't take part; their values are their short ids.
    NoShows {
        /// In which event.
        event: EventId,
        /// Of which page, from 1.
        page: u16,
    },
    /// Asks whether the event's channel is to be put away at once.
    PutAwayNow(EventId),
    /// Has the event's channel put away at once, after being asked.
    PutAwaySurely(EventId),
    /// Notes that everybody took part of whom it isn't noted that they didn't.
    RestAttended(EventId),
    /// Says that they come after the start.
    Late(EventId),
    /// Turns the pages of a list.
    ListPage {
        /// Which list.
        list: List,
        /// Which page, from 0.
        page: u16,
    },
    /// Shows the event's panel to an organiser.
    Manage(EventId),
    /// Asks for a file of the club's members: of those who stand there, or all.
    MembersFile(Option<Standing>),
    /// A select: lists the members who stand where chosen.
    MembersOf,
    /// Turns the pages of the club's members: of those who stand there, or all.
    MembersPage {
        /// Who is listed.
        standing: Option<Standing>,
        /// Which page, from 0.
        page: u16,
    },
    /// Opens the form of what is added to a sign-up.
    Note(EventId),
    /// Says that they come by the start, after all.
    OnTime(EventId),
    /// Replaces a link to a calendar, unless another works already.
    NewLink {
        /// Whose calendar.
        of: CalendarOf,
        /// Which of its links.
        serial: u32,
    },
    /// Opens the event's sign-ups again.
    OpenSignups(EventId),
    /// Draws the club's panel anew.
    Panel,
    /// Begins a sync that shows first what it would change.
    PreviewSync,
    /// Leaves the place that is offered, and the waiting list.
    Pass(EventId),
    /// A select: signs up in that class with the car chosen, whose value is its name.
    PickCar {
        /// Of which event.
        event: EventId,
        /// The class.
        class: ClassId,
    },
    /// Turns the pages of a class's cars.
    CarsPage {
        /// Of which event.
        event: EventId,
        /// The class.
        class: ClassId,
        /// Which page, from 0.
        page: u16,
    },
    /// A select: signs up in the class chosen, whose value is its short id.
    PickClass(EventId),
    /// A select: goes on with the event chosen, whose value is its short id.
    PickEvent(Showing),
    /// A select: writes weekdays and months in the language chosen, whose value is its code.
    ChooseLocale,
    /// A select: what becomes of a finished event's channel.
    ChoosePutAway,
    /// Asks whether the club's integration with Discord is to be switched off.
    Pause,
    /// Reminds the person of what they sign up for from now on, or doesn't any more.
    Remind(bool),
    /// Has everybody whom the event concerns reminded of it.
    RemindNow(EventId),
    /// Draws the panel of the club's settings anew.
    SettingsPanel,
    /// Turns a setting on or off.
    Toggle {
        /// Whether it is to be on.
        on: bool,
        /// Which setting.
        toggle: Toggle,
    },
    /// Has an owner's work tried again at once.
    Retry(OwnerId),
    /// Makes what a sync showed, or says yes to it.
    ApplySync(SyncId),
    /// Drops what a sync showed.
    StopSync(SyncId),
    /// Takes back what a sync did.
    UndoSync(SyncId),
    /// Opens the form of a group of settings.
    Settings(SettingsGroup),
    /// Shows the event's card to the person alone.
    ShowEvent(EventId),
    /// Signs up.
    SignUp(EventId),
    /// Signs up as perhaps coming.
    Tentative(EventId),
    /// Opens the form that makes a copy of the event.
    DuplicateEvent(EventId),
    /// Opens the form that has the event come again.
    RepeatEvent(EventId),
    /// Opens the form that keeps the event as a template.
    SaveTemplate(EventId),
    /// Has nothing more be made of what repeats the event.
    StopRepeating(EventId),
    /// A select: moves the event to the series chosen, whose value is its short id, or out of all.
    ChooseSeries(EventId),
    /// Archives the series.
    ArchiveSeries(SeriesId),
    /// Asks whether the series is to be archived.
    AskArchiveSeries(SeriesId),
    /// Opens the form that edits the series.
    EditSeries(SeriesId),
    /// Opens the form of the series' defaults.
    EditSeriesDefaults(SeriesId),
    /// Shows the series' panel.
    SeriesPanel(SeriesId),
    /// Takes the series out of the archive.
    UnarchiveSeries(SeriesId),
    /// Asks whether the template is to be deleted.
    AskDeleteTemplate(TemplateId),
    /// Deletes the template.
    DeleteTemplate(TemplateId),
    /// Opens the form that renames the template.
    RenameTemplate(TemplateId),
    /// Turns the pages of the events to choose from.
    EventsPage {
        /// Which page, from 0.
        page: u16,
        /// What is shown of the one chosen.
        showing: Showing,
    },
    /// Offers the series that the event can be moved to.
    MoveToSeries {
        /// Which event.
        event: EventId,
        /// Which page of the series, from 0.
        page: u16,
    },
    /// A select: shows the template chosen, whose value is its short id.
    PickTemplate,
    /// Lists the club's templates, that page of them, from 0.
    Templates(u16),
    /// Parts the person's account from whom it is linked to.
    Unlink,
    /// Takes a sign-up back.
    Withdraw(EventId),
    /// Takes a sign-up back close to the start, after being asked.
    WithdrawSurely(EventId),
}

/// Whose calendar a link opens.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CalendarOf {
    /// The club's.
    Club,
    /// One's own.
    Me,
}

/// A list with pages.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum List {
    /// The coming events.
    Events,
    /// The club's series.
    Series,
}

/// What is shown of an event once it is chosen.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Showing {
    /// Its card, for `/event show`.
    Card,
    /// Its panel, for `/event manage`.
    Panel,
}

/// A group of a club's settings, each with a form of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SettingsGroup {
    /// How events' channels are made and put away.
    Channels,
    /// The club's name, zone and organisers.
    General,
    /// Which messages are sent.
    Notifications,
    /// Which roles members are given and have, and whether they are synced at night.
    People,
    /// When the race voice channel opens, and for whom.
    RaceVoice,
    /// When people are reminded, and how often events' channels are told how the sheet stands.
    Reminders,
}

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
            Self::Unanswered(_) => verb::UNANSWERED,
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
            | Self::AsLastTime(event)
            | Self::CancelEvent(event)
            | Self::CheckIn(event)
            | Self::CloseSignups(event)
            | Self::CreateChannel(event)
            | Self::EditEvent(event)
            | Self::Keep(event)
            | Self::Late(event)
            | Self::LetGo(event)
            | Self::Manage(event)
            | Self::Note(event)
            | Self::OnTime(event)
            | Self::OpenSignups(event)
            | Self::Pass(event)
            | Self::PickClass(event)
            | Self::RemindNow(event)
            | Self::PutAwayNow(event)
            | Self::PutAwaySurely(event)
            | Self::RestAttended(event)
            | Self::ShowEvent(event)
            | Self::SignUp(event)
            | Self::Tentative(event)
            | Self::Withdraw(event)
            | Self::WithdrawSurely(event) => id.key(event),
            Self::ClubZone(event) | Self::OtherZone(event) | Self::Unanswered(event) => id.key(event),
            Self::CanDrive { event, page, start } | Self::Prefer { event, page, start } => {
                id.key(event).number(page.into()).number(start.cast_unsigned())
            }
            Self::Hours { event, page } => id.key(event).number(page.into()),
            Self::PickHours { event, pick, start } => {
                id.key(event).word(pick_word(pick)).number(start.cast_unsigned())
            }
            Self::AddEntry(event)
            | Self::Classes(event)
            | Self::EditTerms(event)
            | Self::ExportCalendar(event)
            | Self::ExportSheet(event)
            | Self::PickClassForm(event)
            | Self::PickEntry(event) => id.key(event),
            Self::Entries { event, page } | Self::Silent { event, page } => id.key(event).number(page.into()),
            Self::EditClass { event, class } => id.key(event).key(class),
            Self::EntryTentative { event, user }
            | Self::MoveEntry { event, user }
            | Self::RemoveEntry { event, user } => id.key(event).key(user),
            Self::Attendance { event, page }
            | Self::FullList { event, page }
            | Self::NoShows { event, page } => id.key(event).number(page.into()),
            Self::PickCar { event, class } => id.key(event).key(class),
            Self::CarsPage { event, class, page } => id.key(event).key(class).number(page.into()),
            Self::DuplicateEvent(event)
            | Self::RepeatEvent(event)
            | Self::SaveTemplate(event)
            | Self::StopRepeating(event)
            | Self::ChooseSeries(event) => id.key(event),
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
            Self::MoveToSeries { event, page } => id.key(event).number(page.into()),
            Self::PickTemplate => id,
            Self::Templates(page) => id.number(page.into()),
            Self::ChoosePerson(conflict)
            | Self::NextConflict(conflict)
            | Self::Nobody(conflict)
            | Self::PreviousConflict(conflict) => id.key(conflict),
            Self::CancelImport(import) | Self::ConfirmImport(import) => id.key(import),
            Self::EditAgain(draft) => id.key(draft),
            Self::ImportPage { import, page } => id.key(import).number(page.into()),
            Self::Conflicts
            | Self::Health
            | Self::HelpTopic
            | Self::MembersOf
            | Self::ChooseLocale
            | Self::ChoosePutAway
            | Self::Panel
            | Self::Pause
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
                page: args.number()?.try_into().map_err(|_| Outdated)?,
                start: args.number()?.cast_signed(),
            },
            verb::CLUB_ZONE => Self::ClubZone(args.key()?),
            verb::HOURS => {
                Self::Hours { event: args.key()?, page: args.number()?.try_into().map_err(|_| Outdated)? }
            }
            verb::OTHER_ZONE => Self::OtherZone(args.key()?),
            verb::PICK_HOURS => Self::PickHours {
                event: args.key()?,
                pick: pick_of(args.word()?)?,
                start: args.number()?.cast_signed(),
            },
            verb::PREFER => Self::Prefer {
                event: args.key()?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
                start: args.number()?.cast_signed(),
            },
            verb::UNANSWERED => Self::Unanswered(args.key()?),
            verb::ADD_ENTRY => Self::AddEntry(args.key()?),
            verb::CLASSES => Self::Classes(args.key()?),
            verb::EDIT_CLASS => Self::EditClass { event: args.key()?, class: args.key()? },
            verb::EDIT_TERMS => Self::EditTerms(args.key()?),
            verb::ENTRIES => {
                Self::Entries { event: args.key()?, page: args.number()?.try_into().map_err(|_| Outdated)? }
            }
            verb::ENTRY_TENTATIVE => Self::EntryTentative { event: args.key()?, user: args.key()? },
            verb::EXPORT_CALENDAR => Self::ExportCalendar(args.key()?),
            verb::EXPORT_SHEET => Self::ExportSheet(args.key()?),
            verb::MOVE_ENTRY => Self::MoveEntry { event: args.key()?, user: args.key()? },
            verb::PICK_CLASS_FORM => Self::PickClassForm(args.key()?),
            verb::PICK_ENTRY => Self::PickEntry(args.key()?),
            verb::REMOVE_ENTRY => Self::RemoveEntry { event: args.key()?, user: args.key()? },
            verb::SILENT => {
                Self::Silent { event: args.key()?, page: args.number()?.try_into().map_err(|_| Outdated)? }
            }
            verb::ACCEPT => Self::Accept(args.key()?),
            verb::AS_LAST_TIME => Self::AsLastTime(args.key()?),
            verb::CARS => Self::CarsPage {
                event: args.key()?,
                class: args.key()?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::FULL_LIST => {
                Self::FullList { event: args.key()?, page: args.number()?.try_into().map_err(|_| Outdated)? }
            }
            verb::ATTENDANCE => Self::Attendance {
                event: args.key()?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::CHECK_IN => Self::CheckIn(args.key()?),
            verb::KEEP => Self::Keep(args.key()?),
            verb::LET_GO => Self::LetGo(args.key()?),
            verb::NO_SHOWS => {
                Self::NoShows { event: args.key()?, page: args.number()?.try_into().map_err(|_| Outdated)? }
            }
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
            verb::ASK_NEW_LINK => Self::AskNewLink {
                of: CalendarOf::of(args.word()?)?,
                serial: args.number()?.try_into().map_err(|_| Outdated)?,
            },
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
            verb::LINES => Self::ImportPage {
                import: args.key()?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::LIST => Self::ListPage {
                list: List::of(args.word()?)?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::MANAGE => Self::Manage(args.key()?),
            verb::MEMBERS => Self::MembersPage {
                standing: members_of(args.word()?)?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::MEMBERS_FILE => Self::MembersFile(members_of(args.word()?)?),
            verb::MEMBERS_OF => Self::MembersOf,
            verb::NEW_LINK => Self::NewLink {
                of: CalendarOf::of(args.word()?)?,
                serial: args.number()?.try_into().map_err(|_| Outdated)?,
            },
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
            verb::EVENTS_PAGE => Self::EventsPage {
                showing: Showing::of(args.word()?)?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::MOVE_TO_SERIES => Self::MoveToSeries {
                event: args.key()?,
                page: args.number()?.try_into().map_err(|_| Outdated)?,
            },
            verb::PICK_TEMPLATE => Self::PickTemplate,
            verb::TEMPLATES => Self::Templates(args.number()?.try_into().map_err(|_| Outdated)?),
            verb::UNLINK => Self::Unlink,
            verb::WITHDRAW => Self::Withdraw(args.key()?),
            _ => return Err(Outdated),
        };
        args.end(press)
    }
}

impl CalendarOf {
    const fn word(self) -> &'static str {
        match self {
            Self::Club => "club",
            Self::Me => "me",
        }
    }

    fn of(word: &str) -> Result<Self, Outdated> {
        [Self::Club, Self::Me].into_iter().find(|of| of.word() == word).ok_or(Outdated)
    }
}

impl List {
    const fn word(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Series => "series",
        }
    }

    fn of(word: &str) -> Result<Self, Outdated> {
        [Self::Events, Self::Series].into_iter().find(|list| list.word() == word).ok_or(Outdated)
    }
}

impl Showing {
    const fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Panel => "panel",
        }
    }

    fn of(word: &str) -> Result<Self, Outdated> {
        [Self::Card, Self::Panel].into_iter().find(|showing| showing.word() == word).ok_or(Outdated)
    }
}

impl SettingsGroup {
    /// Every group, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::General, Self::People, Self::Channels, Self::RaceVoice, Self::Reminders, Self::Notifications];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Channels => "channels",
            Self::General => "general",
            Self::Notifications => "notify",
            Self::People => "people",
            Self::RaceVoice => "voice",
            Self::Reminders => "remind",
        }
    }

    pub(super) fn of(word: &str) -> Result<Self, Outdated> {
        Self::ALL.into_iter().find(|group| group.word() == word).ok_or(Outdated)
    }
}

/// The value that stands for all members.
const ALL_MEMBERS: &str = "all";

/// What stands for members who stand there, or all.
#[must_use]
pub const fn members_word(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(standing) => standing.word(),
        None => ALL_MEMBERS,
    }
}

/// The members that [`members_word`] stands for.
///
/// # Errors
///
/// When it stands for none.
pub fn members_of(word: &str) -> Result<Option<Standing>, Outdated> {
    match word {
        ALL_MEMBERS => Ok(None),
        word => Standing::of(word).map(Some).ok_or(Outdated),
    }
}

const fn toggle_word(toggle: Toggle) -> &'static str {
    match toggle {
        Toggle::AutoChannels => "channels",
        Toggle::CleanReminders => "clean",
        Toggle::Integration => "discord",
        Toggle::NativeEvents => "events",
        Toggle::NightlySync => "sync",
    }
}

fn toggle_of(word: &str) -> Result<Toggle, Outdated> {
    Toggle::ALL.into_iter().find(|&toggle| toggle_word(toggle) == word).ok_or(Outdated)
}

const fn flag(number: u64) -> Result<bool, Outdated> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Outdated),
    }
}

const fn pick_word(pick: Pick) -> &'static str {
    match pick {
        Pick::All => "all",
        Pick::Days => "days",
        Pick::Nights => "nights",
        Pick::None => "none",
    }
}

fn pick_of(word: &str) -> Result<Pick, Outdated> {
    Pick::ALL.into_iter().find(|&pick| pick_word(pick) == word).ok_or(Outdated)
}

const fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "allow",
        Answer::Keep => "keep",
        Answer::LeaveIt => "leave",
        Answer::MakeAgain => "remake",
        Answer::Retry => "retry",
        Answer::Seen => "seen",
        Answer::UseOurs => "ours",
    }
}

fn answer_of(word: &str) -> Result<Answer, Outdated> {
    Answer::ALL.into_iter().find(|&answer| answer_word(answer) == word).ok_or(Outdated)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::{id::Key, text},
        view::custom_id::MAX_LENGTH,
    };

    fn key<K: 'static>() -> impl Strategy<Value = Key<K>> {
        any::<u128>().prop_map(|bits| Key::new(Uuid::from_u128(bits)))
    }

    fn standing() -> impl Strategy<Value = Option<Standing>> {
        prop::option::of(prop::sample::select(Standing::ALL.to_vec()))
    }

    fn calendar() -> impl Strategy<Value = CalendarOf> {
        prop::sample::select(vec![CalendarOf::Club, CalendarOf::Me])
    }

    fn press() -> impl Strategy<Value = Press> {
        let with_event = prop::sample::select(vec![
            Press::CancelEvent as fn(EventId) -> Press,
            Press::ClubZone,
            Press::OtherZone,
            Press::Unanswered,
            Press::AddEntry,
            Press::Classes,
            Press::EditTerms,
            Press::ExportCalendar,
            Press::ExportSheet,
            Press::PickClassForm,
            Press::PickEntry,
            Press::Accept,
            Press::CheckIn,
            Press::Keep,
            Press::LetGo,
            Press::PutAwayNow,
            Press::PutAwaySurely,
            Press::RestAttended,
            Press::AsLastTime,
            Press::Late,
            Press::Note,
            Press::OnTime,
            Press::Pass,
            Press::WithdrawSurely,
            Press::CloseSignups,
            Press::CreateChannel,
            Press::ChooseSeries,
            Press::DuplicateEvent,
            Press::EditEvent,
            Press::Manage,
            Press::OpenSignups,
            Press::PickClass,
            Press::RepeatEvent,
            Press::SaveTemplate,
            Press::RemindNow,
            Press::ShowEvent,
            Press::SignUp,
            Press::StopRepeating,
            Press::Tentative,
            Press::Withdraw,
        ]);
        let with_series = prop::sample::select(vec![
            Press::ArchiveSeries as fn(SeriesId) -> Press,
            Press::AskArchiveSeries,
            Press::EditSeries,
            Press::EditSeriesDefaults,
            Press::SeriesPanel,
            Press::UnarchiveSeries,
        ]);
        let with_template = prop::sample::select(vec![
            Press::AskDeleteTemplate as fn(TemplateId) -> Press,
            Press::DeleteTemplate,
            Press::RenameTemplate,
        ]);
        prop_oneof![
            (with_event, key()).prop_map(|(of, event)| of(event)),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::FullList { event, page }),
            (key(), any::<u16>(), any::<i64>()).prop_map(|(event, page, start)| Press::CanDrive {
                event,
                page,
                start
            }),
            (key(), any::<u16>(), any::<i64>()).prop_map(|(event, page, start)| Press::Prefer {
                event,
                page,
                start
            }),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::Hours { event, page }),
            (key(), prop::sample::select(Pick::ALL.to_vec()), any::<i64>())
                .prop_map(|(event, pick, start)| Press::PickHours { event, pick, start }),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::Entries { event, page }),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::Silent { event, page }),
            (key(), key()).prop_map(|(event, class)| Press::EditClass { event, class }),
            (key(), key()).prop_map(|(event, user)| Press::EntryTentative { event, user }),
            (key(), key()).prop_map(|(event, user)| Press::MoveEntry { event, user }),
            (key(), key()).prop_map(|(event, user)| Press::RemoveEntry { event, user }),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::Attendance { event, page }),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::NoShows { event, page }),
            (key(), key()).prop_map(|(event, class)| Press::PickCar { event, class }),
            (key(), key(), any::<u16>()).prop_map(|(event, class, page)| Press::CarsPage {
                event,
                class,
                page
            }),
            (with_series, key()).prop_map(|(of, series)| of(series)),
            (with_template, key()).prop_map(|(of, template)| of(template)),
            any::<u16>().prop_map(|page| Press::EventsPage { page, showing: Showing::Panel }),
            (key(), any::<u16>()).prop_map(|(event, page)| Press::MoveToSeries { event, page }),
            any::<u16>().prop_map(Press::Templates),
            Just(Press::PickTemplate),
            (key(), prop::sample::select(Answer::ALL.to_vec()))
                .prop_map(|(question, answer)| Press::Answer { answer, question }),
            calendar().prop_map(Press::Calendar),
            (calendar(), any::<u32>()).prop_map(|(of, serial)| Press::AskNewLink { of, serial }),
            (calendar(), any::<u32>()).prop_map(|(of, serial)| Press::NewLink { of, serial }),
            key().prop_map(Press::CancelImport),
            key().prop_map(Press::ConfirmImport),
            key().prop_map(Press::EditAgain),
            (key(), any::<u16>()).prop_map(|(import, page)| Press::ImportPage { import, page }),
            key().prop_map(Press::Retry),
            any::<bool>().prop_map(Press::Remind),
            (prop::sample::select(Toggle::ALL.to_vec()), any::<bool>())
                .prop_map(|(toggle, on)| Press::Toggle { on, toggle }),
            Just(Press::ChooseLocale),
            Just(Press::ChoosePutAway),
            Just(Press::Pause),
            Just(Press::SettingsPanel),
            key().prop_map(Press::ChoosePerson),
            key().prop_map(Press::NextConflict),
            key().prop_map(Press::Nobody),
            key().prop_map(Press::PreviousConflict),
            key().prop_map(Press::ApplySync),
            key().prop_map(Press::StopSync),
            key().prop_map(Press::UndoSync),
            prop::sample::select(SettingsGroup::ALL.to_vec()).prop_map(Press::Settings),
            (prop::sample::select(vec![List::Events, List::Series]), any::<u16>())
                .prop_map(|(list, page)| Press::ListPage { list, page }),
            Just(Press::PickEvent(Showing::Card)),
            Just(Press::PickEvent(Showing::Panel)),
            Just(Press::Health),
            Just(Press::Conflicts),
            Just(Press::PreviewSync),
            Just(Press::HelpTopic),
            Just(Press::MembersOf),
            standing().prop_map(Press::MembersFile),
            (standing(), any::<u16>()).prop_map(|(standing, page)| Press::MembersPage { standing, page }),
            Just(Press::Panel),
            Just(Press::Unlink),
        ]
    }

    proptest! {
        #[test]
        fn every_press_reads_back(press in press()) {
            let id = press.to_string();
            prop_assert!(text::length(&id) <= MAX_LENGTH);
            prop_assert_eq!(id.parse(), Ok(press));
        }

        #[test]
        fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), "1:[a-z]{4,9}(:[a-zA-Z0-9_-]{0,22}){0,3}"]) {
            if let Ok(press) = text.parse::<Press>() {
                prop_assert_eq!(press.to_string().parse(), Ok(press));
            }
        }

        #[test]
        fn another_version_is_outdated(press in press(), version in "0|2|10|") {
            let other = press.to_string().replacen('1', &version, 1);
            prop_assert_eq!(other.parse::<Press>(), Err(Outdated));
        }

        #[test]
        fn nothing_may_follow(press in press()) {
            prop_assert_eq!(format!("{press}:x").parse::<Press>(), Err(Outdated));
        }
    }
}
