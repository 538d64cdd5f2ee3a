use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        id::{Key, TeamId},
        team::Duty,
        text,
    },
    view::custom_id::{MAX_LENGTH, Outdated},
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

fn crew() -> impl Strategy<Value = CrewPress> {
    let with_event = prop::sample::select(vec![
        CrewPress::Again as fn(EventId) -> CrewPress,
        CrewPress::Discard,
        CrewPress::NamePartners,
        CrewPress::Partners,
        CrewPress::Propose,
        CrewPress::Rules,
    ]);
    prop_oneof![
        (with_event, key()).prop_map(|(of, event)| of(event)),
        (key(), any::<u64>()).prop_map(|(event, revision)| CrewPress::Accept { event, revision }),
        (key(), any::<u16>()).prop_map(|(event, part)| CrewPress::AskMove { event, part }),
        (key(), any::<u64>(), key()).prop_map(|(event, revision, user)| CrewPress::Move {
            event,
            revision,
            user
        }),
        (key(), any::<u16>()).prop_map(|(event, page)| CrewPress::Page { event, page }),
    ]
}

fn press() -> impl Strategy<Value = Press> {
    let with_event = prop::sample::select(vec![
        Press::CancelEvent as fn(EventId) -> Press,
        Press::ClubZone,
        Press::OtherZone,
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
        (key(), any::<u16>()).prop_map(|(event, page)| Press::Unanswered { event, page }),
        team().prop_map(Press::Team),
        crew().prop_map(Press::Crew),
        Just(Press::EditProfile),
        (key(), key()).prop_map(|(event, class)| Press::EditClass { event, class }),
        (key(), key()).prop_map(|(event, user)| Press::EntryTentative { event, user }),
        (key(), key()).prop_map(|(event, user)| Press::MoveEntry { event, user }),
        (key(), key()).prop_map(|(event, user)| Press::RemoveEntry { event, user }),
        (key(), any::<u16>()).prop_map(|(event, page)| Press::Attendance { event, page }),
        (key(), any::<u16>()).prop_map(|(event, page)| Press::NoShows { event, page }),
        (key(), key()).prop_map(|(event, class)| Press::PickCar { event, class }),
        (key(), key(), any::<u16>()).prop_map(|(event, class, page)| Press::CarsPage { event, class, page }),
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

fn team() -> impl Strategy<Value = TeamPress> {
    let duty = prop::sample::select(Duty::ALL.to_vec());
    let of_team = prop::sample::select(vec![
        TeamPress::Check as fn(TeamId) -> TeamPress,
        TeamPress::CheckAgain,
        TeamPress::Disband,
        TeamPress::DisbandSurely,
        TeamPress::Edit,
        TeamPress::Join,
        TeamPress::Open,
        TeamPress::PickMate,
        TeamPress::Show,
    ]);
    prop_oneof![
        (of_team, key()).prop_map(|(of, team)| of(team)),
        (key(), duty.clone()).prop_map(|(team, duty)| TeamPress::Add { duty, team }),
        (key(), key()).prop_map(|(team, user)| TeamPress::Drop { team, user }),
        (key(), key()).prop_map(|(team, user)| TeamPress::Lead { team, user }),
        (key(), any::<u16>()).prop_map(|(event, page)| TeamPress::List { event, page }),
        (key(), any::<u16>()).prop_map(|(event, page)| TeamPress::ReadinessOfAll { event, page }),
        (key(), any::<u16>()).prop_map(|(team, page)| TeamPress::Readiness { page, team }),
        (key(), any::<bool>()).prop_map(|(team, hears)| TeamPress::Hears { hears, team }),
        key().prop_map(TeamPress::PickReadiness),
        key().prop_map(TeamPress::NewIn),
        key().prop_map(TeamPress::Pick),
        (key(), key(), duty).prop_map(|(team, user, duty)| TeamPress::SetDuty { duty, team, user }),
    ]
}
