//! Buttons and selects about an event's teams.

use crate::{
    domain::{
        id::{EventId, TeamId, UserId},
        team::Duty,
    },
    view::custom_id::{
        Outdated, Reader, Writer, verb,
        word::{duty_of, duty_word, flag},
    },
};

/// A button or select about an event's teams.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TeamPress {
    /// Joins the team that one was asked to join.
    Accept(TeamId),
    /// Declines to join it.
    Decline(TeamId),
    /// Settles an event's teams.
    Finalize(EventId),
    /// Takes back what people were asked by a team.
    Unask(TeamId),
    /// A user select: has the member chosen join the team.
    Add {
        /// To do what.
        duty: Duty,
        /// Which team.
        team: TeamId,
    },
    /// Checks whether whoever presses it is ready for the team's race, and tells them alone.
    Check(TeamId),
    /// Checks them again, where it was told.
    CheckAgain(TeamId),
    /// Asks whether to disband a team.
    Disband(TeamId),
    /// Disbands a team.
    DisbandSurely(TeamId),
    /// Takes somebody out of a team.
    Drop {
        /// Which team.
        team: TeamId,
        /// Whom.
        user: UserId,
    },
    /// Opens the form of a team.
    Edit(TeamId),
    /// Says whether whoever presses it hears the others of the team.
    Hears {
        /// Whether they do.
        hears: bool,
        /// Which team.
        team: TeamId,
    },
    /// A select: has somebody of the sheet join the team, to drive.
    Join(TeamId),
    /// Has somebody lead a team.
    Lead {
        /// Which team.
        team: TeamId,
        /// Whom.
        user: UserId,
    },
    /// Shows a page of an event's teams.
    List {
        /// Which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
    },
    /// A select: makes a team in the class chosen; its values hold the class and the team's name.
    NewIn(EventId),
    /// Shows a team to the person alone.
    Open(TeamId),
    /// A select: shows the team chosen.
    Pick(EventId),
    /// A select: shows somebody of a team.
    PickMate(TeamId),
    /// A select: shows how ready the people of the team chosen are.
    PickReadiness(EventId),
    /// Shows how ready a team's people are.
    Readiness {
        /// Which page, from 1; 0 opens the first anew.
        page: u16,
        /// Which team.
        team: TeamId,
    },
    /// Shows how ready the people of an event's teams are.
    ReadinessOfAll {
        /// Which event.
        event: EventId,
        /// Which page, from 1; 0 opens the first anew.
        page: u16,
    },
    /// Has somebody do something else in a team.
    SetDuty {
        /// What.
        duty: Duty,
        /// Which team.
        team: TeamId,
        /// Whom.
        user: UserId,
    },
    /// Shows a team.
    Show(TeamId),
}

impl TeamPress {
    /// Its verb, as in [`verb`].
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Accept(_) => verb::ACCEPT_TEAM,
            Self::Decline(_) => verb::DECLINE_TEAM,
            Self::Finalize(_) => verb::FINALIZE,
            Self::Unask(_) => verb::UNASK,
            Self::Add { .. } => verb::ADD_MATE,
            Self::Check(_) => verb::CHECK_ME,
            Self::CheckAgain(_) => verb::CHECK_AGAIN,
            Self::Disband(_) => verb::DISBAND,
            Self::DisbandSurely(_) => verb::DISBAND_SURELY,
            Self::Drop { .. } => verb::DROP_MATE,
            Self::Edit(_) => verb::EDIT_TEAM,
            Self::Hears { .. } => verb::HEARS,
            Self::Join(_) => verb::JOIN_TEAM,
            Self::Lead { .. } => verb::LEAD_TEAM,
            Self::List { .. } => verb::TEAMS,
            Self::NewIn(_) => verb::NEW_TEAM,
            Self::Open(_) => verb::OPEN_TEAM,
            Self::Pick(_) => verb::PICK_TEAM,
            Self::PickMate(_) => verb::PICK_MATE,
            Self::PickReadiness(_) => verb::PICK_READINESS,
            Self::Readiness { .. } => verb::READINESS,
            Self::ReadinessOfAll { .. } => verb::READINESS_OF_ALL,
            Self::SetDuty { .. } => verb::SET_DUTY,
            Self::Show(_) => verb::TEAM,
        }
    }

    pub(super) fn write(self, id: Writer) -> Writer {
        match self {
            Self::Add { duty, team } => id.key(team).word(duty_word(duty)),
            Self::Accept(team)
            | Self::Decline(team)
            | Self::Unask(team)
            | Self::Check(team)
            | Self::CheckAgain(team)
            | Self::Disband(team)
            | Self::DisbandSurely(team)
            | Self::Edit(team)
            | Self::Join(team)
            | Self::Open(team)
            | Self::PickMate(team)
            | Self::Show(team) => id.key(team),
            Self::Drop { team, user } | Self::Lead { team, user } => id.key(team).key(user),
            Self::Hears { hears, team } => id.key(team).number(hears.into()),
            Self::List { event, page } | Self::ReadinessOfAll { event, page } => {
                id.key(event).number(page.into())
            }
            Self::Finalize(event) | Self::NewIn(event) | Self::Pick(event) | Self::PickReadiness(event) => {
                id.key(event)
            }
            Self::Readiness { page, team } => id.key(team).number(page.into()),
            Self::SetDuty { duty, team, user } => id.key(team).key(user).word(duty_word(duty)),
        }
    }

    /// The press of that verb; `None` where it is none about teams.
    pub(super) fn read(verb: &str, args: &mut Reader<'_>) -> Result<Option<Self>, Outdated> {
        Ok(Some(match verb {
            verb::ADD_MATE => Self::Add { team: args.key()?, duty: duty_of(args.word()?)? },
            verb::CHECK_ME => Self::Check(args.key()?),
            verb::CHECK_AGAIN => Self::CheckAgain(args.key()?),
            verb::ACCEPT_TEAM => Self::Accept(args.key()?),
            verb::DECLINE_TEAM => Self::Decline(args.key()?),
            verb::FINALIZE => Self::Finalize(args.key()?),
            verb::UNASK => Self::Unask(args.key()?),
            verb::DISBAND => Self::Disband(args.key()?),
            verb::DISBAND_SURELY => Self::DisbandSurely(args.key()?),
            verb::DROP_MATE => Self::Drop { team: args.key()?, user: args.key()? },
            verb::EDIT_TEAM => Self::Edit(args.key()?),
            verb::HEARS => Self::Hears { team: args.key()?, hears: flag(args.number()?)? },
            verb::JOIN_TEAM => Self::Join(args.key()?),
            verb::LEAD_TEAM => Self::Lead { team: args.key()?, user: args.key()? },
            verb::TEAMS => Self::List { event: args.key()?, page: args.small()? },
            verb::NEW_TEAM => Self::NewIn(args.key()?),
            verb::OPEN_TEAM => Self::Open(args.key()?),
            verb::PICK_TEAM => Self::Pick(args.key()?),
            verb::PICK_MATE => Self::PickMate(args.key()?),
            verb::PICK_READINESS => Self::PickReadiness(args.key()?),
            verb::READINESS => Self::Readiness { team: args.key()?, page: args.small()? },
            verb::READINESS_OF_ALL => Self::ReadinessOfAll { event: args.key()?, page: args.small()? },
            verb::SET_DUTY => {
                Self::SetDuty { team: args.key()?, user: args.key()?, duty: duty_of(args.word()?)? }
            }
            verb::TEAM => Self::Show(args.key()?),
            _ => return Ok(None),
        }))
    }
}
