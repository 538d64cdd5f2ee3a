//! Presses: what a button or a select asks for.

mod crew;
mod room;
mod team;
#[cfg(test)]
mod tests;
mod text;

pub use self::{crew::CrewPress, room::RoomPress, team::TeamPress};
use super::word::{CalendarOf, List, SettingsGroup, Showing};
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
    Unanswered {
        /// In which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
    },
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
    /// About a practice room.
    Room(RoomPress),
    /// Something about crews that are proposed, and what they are built from.
    Crew(CrewPress),
    /// Opens the form of one's racing profile.
    EditProfile,
    /// Something about an event's teams.
    Team(TeamPress),
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
