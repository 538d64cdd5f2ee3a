//! The verbs, for tables that say who handles what.

/// Makes teams of the crews that are proposed.
pub const ACCEPT_CREWS: &str = "acceptcrews";
/// Asks where somebody is to be.
pub const ASK_MOVE: &str = "askmove";
/// Opens the form of the crews' rules.
pub const CREW_RULES: &str = "crewrules";
/// Shows crews that are proposed.
pub const CREWS: &str = "crews";
/// Drops the crews that are proposed.
pub const DISCARD_CREWS: &str = "dropcrews";
/// Opens the form of one's racing profile.
pub const EDIT_PROFILE: &str = "editprofile";
/// Moves somebody in the crews that are proposed.
pub const MOVE_MATE: &str = "movemate";
/// Names those with whom one would like to drive.
pub const NAME_PARTNERS: &str = "namepartners";
/// Shows with whom one would like to drive.
pub const PARTNERS: &str = "partners";
/// Has crews proposed.
pub const PROPOSE: &str = "propose";
/// Searches for crews anew.
pub const SEARCH_CREWS: &str = "searchcrews";
/// Sets the crews' rules.
pub const SET_CREW_RULES: &str = "setcrewrules";
/// Saves one's racing profile.
pub const SET_PROFILE: &str = "setprofile";
/// Of [`TeamPress::Add`](super::TeamPress::Add).
pub const ADD_MATE: &str = "addmate";
/// Of [`TeamPress::Check`](super::TeamPress::Check).
pub const CHECK_ME: &str = "checkme";
/// Of [`TeamPress::CheckAgain`](super::TeamPress::CheckAgain).
pub const CHECK_AGAIN: &str = "recheck";
/// Of [`TeamPress::Hears`](super::TeamPress::Hears).
pub const HEARS: &str = "hears";
/// Of [`TeamPress::PickReadiness`](super::TeamPress::PickReadiness).
pub const PICK_READINESS: &str = "pickready";
/// Of [`TeamPress::Readiness`](super::TeamPress::Readiness).
pub const READINESS: &str = "ready";
/// Of [`TeamPress::ReadinessOfAll`](super::TeamPress::ReadinessOfAll).
pub const READINESS_OF_ALL: &str = "readyall";
/// Of [`TeamPress::Disband`](super::TeamPress::Disband).
pub const DISBAND: &str = "disband";
/// Of [`TeamPress::DisbandSurely`](super::TeamPress::DisbandSurely).
pub const DISBAND_SURELY: &str = "disbandsure";
/// Of [`TeamPress::Drop`](super::TeamPress::Drop).
pub const DROP_MATE: &str = "dropmate";
/// Of [`TeamPress::Edit`](super::TeamPress::Edit).
pub const EDIT_TEAM: &str = "editteam";
/// Of [`TeamPress::Join`](super::TeamPress::Join).
pub const JOIN_TEAM: &str = "jointeam";
/// Of [`TeamPress::Lead`](super::TeamPress::Lead).
pub const LEAD_TEAM: &str = "leadteam";
/// Of [`TeamPress::NewIn`](super::TeamPress::NewIn).
pub const NEW_TEAM: &str = "newteam";
/// Of [`TeamPress::Open`](super::TeamPress::Open).
pub const OPEN_TEAM: &str = "openteam";
/// Of [`TeamPress::PickMate`](super::TeamPress::PickMate).
pub const PICK_MATE: &str = "mate";
/// Of [`TeamPress::Pick`](super::TeamPress::Pick).
pub const PICK_TEAM: &str = "pickteam";
/// Of [`TeamPress::SetDuty`](super::TeamPress::SetDuty).
pub const SET_DUTY: &str = "duty";
/// Of [`TeamPress::Show`](super::TeamPress::Show).
pub const TEAM: &str = "team";
/// Of [`TeamPress::List`](super::TeamPress::List).
pub const TEAMS: &str = "teams";
/// Of [`Form::Team`](super::Form::Team).
pub const SET_TEAM: &str = "setteam";
/// Of [`Press::CanDrive`](super::Press::CanDrive).
pub const CAN_DRIVE: &str = "candrive";
/// Of [`Press::ClubZone`](super::Press::ClubZone).
pub const CLUB_ZONE: &str = "clubzone";
/// Of [`Press::Hours`](super::Press::Hours).
pub const HOURS: &str = "hours";
/// Of [`Press::OtherZone`](super::Press::OtherZone).
pub const OTHER_ZONE: &str = "otherzone";
/// Of [`Press::PickHours`](super::Press::PickHours).
pub const PICK_HOURS: &str = "pickhours";
/// Of [`Press::Prefer`](super::Press::Prefer).
pub const PREFER: &str = "prefer";
/// Of [`Press::Unanswered`](super::Press::Unanswered).
pub const UNANSWERED: &str = "nohours";
/// Of [`Form::HoursZone`](super::Form::HoursZone).
pub const SET_HOURS_ZONE: &str = "hourszone";
/// Of [`Press::AddEntry`](super::Press::AddEntry).
pub const ADD_ENTRY: &str = "enter";
/// Of [`Press::Classes`](super::Press::Classes).
pub const CLASSES: &str = "classes";
/// Of [`Press::EditClass`](super::Press::EditClass).
pub const EDIT_CLASS: &str = "editclass";
/// Of [`Press::EditTerms`](super::Press::EditTerms).
pub const EDIT_TERMS: &str = "terms";
/// Of [`Press::Entries`](super::Press::Entries).
pub const ENTRIES: &str = "entries";
/// Of [`Press::EntryTentative`](super::Press::EntryTentative).
pub const ENTRY_TENTATIVE: &str = "maybe";
/// Of [`Press::ExportCalendar`](super::Press::ExportCalendar).
pub const EXPORT_CALENDAR: &str = "ics";
/// Of [`Press::ExportSheet`](super::Press::ExportSheet).
pub const EXPORT_SHEET: &str = "csv";
/// Of [`Press::MoveEntry`](super::Press::MoveEntry).
pub const MOVE_ENTRY: &str = "movein";
/// Of [`Press::PickClassForm`](super::Press::PickClassForm).
pub const PICK_CLASS_FORM: &str = "classform";
/// Of [`Press::PickEntry`](super::Press::PickEntry).
pub const PICK_ENTRY: &str = "entry";
/// Of [`Press::RemoveEntry`](super::Press::RemoveEntry).
pub const REMOVE_ENTRY: &str = "takeoff";
/// Of [`Press::Silent`](super::Press::Silent).
pub const SILENT: &str = "silent";
/// Of [`Form::EventClass`](super::Form::EventClass).
pub const SET_CLASS: &str = "setclass";
/// Of [`Form::EventTerms`](super::Form::EventTerms).
pub const SET_TERMS: &str = "setterms";
/// Of [`Press::Accept`](super::Press::Accept).
pub const ACCEPT: &str = "accept";
/// Of [`Press::AsLastTime`](super::Press::AsLastTime).
pub const AS_LAST_TIME: &str = "lasttime";
/// Of [`Press::Attendance`](super::Press::Attendance).
pub const ATTENDANCE: &str = "attendance";
/// Of [`Press::CarsPage`](super::Press::CarsPage).
pub const CARS: &str = "cars";
/// Of [`Press::CheckIn`](super::Press::CheckIn).
pub const CHECK_IN: &str = "checkin";
/// Of [`Press::FullList`](super::Press::FullList).
pub const FULL_LIST: &str = "everybody";
/// Of [`Press::Keep`](super::Press::Keep).
pub const KEEP: &str = "stay";
/// Of [`Press::LetGo`](super::Press::LetGo).
pub const LET_GO: &str = "letgo";
/// Of [`Press::NoShows`](super::Press::NoShows).
pub const NO_SHOWS: &str = "noshows";
/// Of [`Press::PutAwayNow`](super::Press::PutAwayNow).
pub const PUT_AWAY_NOW: &str = "putaway";
/// Of [`Press::PutAwaySurely`](super::Press::PutAwaySurely).
pub const PUT_AWAY_SURELY: &str = "awaynow";
/// Of [`Press::RestAttended`](super::Press::RestAttended).
pub const REST_ATTENDED: &str = "tookpart";
/// Of [`Press::Late`](super::Press::Late).
pub const LATE: &str = "late";
/// Of [`Press::Note`](super::Press::Note).
pub const NOTE: &str = "note";
/// Of [`Press::OnTime`](super::Press::OnTime).
pub const ON_TIME: &str = "ontime";
/// Of [`Press::Pass`](super::Press::Pass).
pub const PASS: &str = "pass";
/// Of [`Press::PickCar`](super::Press::PickCar).
pub const PICK_CAR: &str = "car";
/// Of [`Press::WithdrawSurely`](super::Press::WithdrawSurely).
pub const WITHDRAW_SURELY: &str = "surely";
/// Of [`Form::SignupNote`](super::Form::SignupNote).
pub const WRITE_NOTE: &str = "jot";
/// Of [`Press::Answer`](super::Press::Answer).
pub const ANSWER: &str = "answer";
/// Of [`Press::ApplySync`](super::Press::ApplySync).
pub const APPLY_SYNC: &str = "apply";
/// Of [`Press::StopSync`](super::Press::StopSync).
pub const STOP_SYNC: &str = "stop";
/// Of [`Press::UndoSync`](super::Press::UndoSync).
pub const UNDO_SYNC: &str = "undo";
/// Of [`Press::AskNewLink`](super::Press::AskNewLink).
pub const ASK_NEW_LINK: &str = "asklink";
/// Of [`Press::Calendar`](super::Press::Calendar).
pub const CALENDAR: &str = "calendar";
/// Of [`Form::EventCancel`](super::Form::EventCancel).
pub const CALL_OFF: &str = "calloff";
/// Of [`Press::CancelEvent`](super::Press::CancelEvent).
pub const CANCEL: &str = "cancel";
/// Of [`Press::ChoosePerson`](super::Press::ChoosePerson).
pub const CHOOSE_PERSON: &str = "person";
/// Of [`Press::Conflicts`](super::Press::Conflicts).
pub const CONFLICTS: &str = "doubts";
/// Of [`Press::NextConflict`](super::Press::NextConflict).
pub const NEXT_CONFLICT: &str = "skip";
/// Of [`Press::Nobody`](super::Press::Nobody).
pub const NOBODY: &str = "nobody";
/// Of [`Press::PreviousConflict`](super::Press::PreviousConflict).
pub const PREVIOUS_CONFLICT: &str = "back";
/// Of [`Press::CloseSignups`](super::Press::CloseSignups).
pub const CLOSE: &str = "close";
/// Of [`Form::EventCreate`](super::Form::EventCreate).
pub const CREATE: &str = "create";
/// Of [`Press::CreateChannel`](super::Press::CreateChannel).
pub const CREATE_CHANNEL: &str = "channel";
/// Of [`Press::CancelImport`](super::Press::CancelImport).
pub const DISCARD: &str = "discard";
/// Of [`Press::EditEvent`](super::Press::EditEvent).
pub const EDIT: &str = "edit";
/// Of [`Press::EditAgain`](super::Press::EditAgain).
pub const EDIT_AGAIN: &str = "again";
/// Of [`Press::Health`](super::Press::Health).
pub const HEALTH: &str = "health";
/// Of [`Press::HelpTopic`](super::Press::HelpTopic).
pub const HELP: &str = "help";
/// Of [`Press::ConfirmImport`](super::Press::ConfirmImport).
pub const IMPORT: &str = "import";
/// Of [`Press::ImportPage`](super::Press::ImportPage).
pub const LINES: &str = "lines";
/// Of [`Press::ListPage`](super::Press::ListPage).
pub const LIST: &str = "list";
/// Of [`Press::Manage`](super::Press::Manage).
pub const MANAGE: &str = "manage";
/// Of [`Press::MembersPage`](super::Press::MembersPage).
pub const MEMBERS: &str = "members";
/// Of [`Press::MembersFile`](super::Press::MembersFile).
pub const MEMBERS_FILE: &str = "file";
/// Of [`Press::MembersOf`](super::Press::MembersOf).
pub const MEMBERS_OF: &str = "standing";
/// Of [`Press::NewLink`](super::Press::NewLink).
pub const NEW_LINK: &str = "newlink";
/// Of [`Press::OpenSignups`](super::Press::OpenSignups).
pub const OPEN: &str = "open";
/// Of [`Press::Panel`](super::Press::Panel).
pub const PANEL: &str = "panel";
/// Of [`Press::PickClass`](super::Press::PickClass).
pub const PICK_CLASS: &str = "class";
/// Of [`Press::PickEvent`](super::Press::PickEvent).
pub const PICK_EVENT: &str = "event";
/// Of [`Press::PreviewSync`](super::Press::PreviewSync).
pub const PREVIEW_SYNC: &str = "preview";
/// Of [`Press::ChooseLocale`](super::Press::ChooseLocale).
pub const LOCALE: &str = "language";
/// Of [`Press::ChoosePutAway`](super::Press::ChoosePutAway).
pub const PUT_AWAY: &str = "fate";
/// Of [`Press::Remind`](super::Press::Remind).
pub const REMIND_ME: &str = "remindme";
/// Of [`Press::RemindNow`](super::Press::RemindNow).
pub const REMIND: &str = "remind";
/// Of [`Press::SettingsPanel`](super::Press::SettingsPanel).
pub const CHOICES: &str = "choices";
/// Of [`Press::Pause`](super::Press::Pause).
pub const PAUSE: &str = "pause";
/// Of [`Press::Toggle`](super::Press::Toggle).
pub const TOGGLE: &str = "toggle";
/// Of [`Press::Retry`](super::Press::Retry).
pub const RETRY: &str = "retry";
/// Of [`Form::EventEdit`](super::Form::EventEdit).
pub const REVISE: &str = "revise";
/// Of [`Form::ClubSettings`](super::Form::ClubSettings).
pub const SAVE: &str = "save";
/// Of [`Form::SeriesCreate`](super::Form::SeriesCreate).
pub const SERIES: &str = "series";
/// Of [`Press::Settings`](super::Press::Settings).
pub const SETTINGS: &str = "settings";
/// Of [`Form::ClubSetup`](super::Form::ClubSetup).
pub const SETUP: &str = "setup";
/// Of [`Press::ShowEvent`](super::Press::ShowEvent).
pub const SHOW: &str = "show";
/// Of [`Press::SignUp`](super::Press::SignUp).
pub const SIGN_UP: &str = "signup";
/// Of [`Press::Tentative`](super::Press::Tentative).
pub const TENTATIVE: &str = "tentative";
/// Of [`Press::ArchiveSeries`](super::Press::ArchiveSeries).
pub const ARCHIVE_SERIES: &str = "shelve";
/// Of [`Press::AskArchiveSeries`](super::Press::AskArchiveSeries).
pub const ASK_ARCHIVE_SERIES: &str = "unneeded";
/// Of [`Press::AskDeleteTemplate`](super::Press::AskDeleteTemplate).
pub const ASK_DELETE_TEMPLATE: &str = "bin";
/// Of [`Press::ChooseSeries`](super::Press::ChooseSeries).
pub const CHOOSE_SERIES: &str = "into";
/// Of [`Press::DeleteTemplate`](super::Press::DeleteTemplate).
pub const DELETE_TEMPLATE: &str = "erase";
/// Of [`Press::DuplicateEvent`](super::Press::DuplicateEvent).
pub const DUPLICATE: &str = "duplicate";
/// Of [`Press::EditSeries`](super::Press::EditSeries).
pub const EDIT_SERIES: &str = "recast";
/// Of [`Press::EditSeriesDefaults`](super::Press::EditSeriesDefaults).
pub const EDIT_SERIES_DEFAULTS: &str = "defaults";
/// Of [`Press::EventsPage`](super::Press::EventsPage).
pub const EVENTS_PAGE: &str = "events";
/// Of [`Press::MoveToSeries`](super::Press::MoveToSeries).
pub const MOVE_TO_SERIES: &str = "move";
/// Of [`Press::PickTemplate`](super::Press::PickTemplate).
pub const PICK_TEMPLATE: &str = "template";
/// Of [`Press::RenameTemplate`](super::Press::RenameTemplate).
pub const RENAME_TEMPLATE: &str = "retitle";
/// Of [`Press::RepeatEvent`](super::Press::RepeatEvent).
pub const REPEAT: &str = "repeat";
/// Of [`Press::SaveTemplate`](super::Press::SaveTemplate).
pub const SAVE_TEMPLATE: &str = "keep";
/// Of [`Press::SeriesPanel`](super::Press::SeriesPanel).
pub const SERIES_PANEL: &str = "cup";
/// Of [`Press::StopRepeating`](super::Press::StopRepeating).
pub const STOP_REPEATING: &str = "once";
/// Of [`Press::Templates`](super::Press::Templates).
pub const TEMPLATES: &str = "templates";
/// Of [`Press::UnarchiveSeries`](super::Press::UnarchiveSeries).
pub const UNARCHIVE_SERIES: &str = "unshelve";
/// Of [`Form::EventFromTemplate`](super::Form::EventFromTemplate).
pub const CREATE_FROM_TEMPLATE: &str = "make";
/// Of [`Form::EventDuplicate`](super::Form::EventDuplicate).
pub const DUPLICATE_AS: &str = "copy";
/// Of [`Form::EventRepeat`](super::Form::EventRepeat).
pub const REPEAT_BY: &str = "recur";
/// Of [`Form::SeriesDefaults`](super::Form::SeriesDefaults).
pub const SERIES_DEFAULTS: &str = "usual";
/// Of [`Form::SeriesEdit`](super::Form::SeriesEdit).
pub const SERIES_EDIT: &str = "retouch";
/// Of [`Form::TemplateRename`](super::Form::TemplateRename).
pub const TEMPLATE_RENAME: &str = "renamed";
/// Of [`Form::TemplateSave`](super::Form::TemplateSave).
pub const TEMPLATE_SAVE: &str = "kept";
/// Of [`Press::Unlink`](super::Press::Unlink).
pub const UNLINK: &str = "unlink";
/// Of [`Press::Withdraw`](super::Press::Withdraw).
pub const WITHDRAW: &str = "withdraw";
/// Of [`RoomPress::Close`](super::RoomPress::Close).
pub const CLOSE_ROOM: &str = "closeroom";
/// Of [`RoomPress::Extend`](super::RoomPress::Extend).
pub const EXTEND_ROOM: &str = "extendroom";
/// Of [`RoomPress::Open`](super::RoomPress::Open).
pub const OPEN_ROOM: &str = "openroom";
/// Of [`TeamPress::Accept`](super::TeamPress::Accept).
pub const ACCEPT_TEAM: &str = "joinyes";
/// Of [`TeamPress::Decline`](super::TeamPress::Decline).
pub const DECLINE_TEAM: &str = "joinno";
/// Of [`TeamPress::Finalize`](super::TeamPress::Finalize).
pub const FINALIZE: &str = "finalize";
/// Of [`TeamPress::Unask`](super::TeamPress::Unask).
pub const UNASK: &str = "unask";
