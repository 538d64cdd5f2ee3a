//! Teams as programs describe them.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    super::{
        fields::Fields,
        problem::{FieldError, Problem},
    },
    view::Duty,
};
use crate::{
    domain::{
        id::{ClassId, TeamId, UserId},
        name::CarName,
        team::{CarNumber, MAX_PEOPLE, MAX_TEAMS},
    },
    service::site::{
        signups::ClassKey,
        teams::{Misfit, TeamOrder, Unfit},
    },
};

/// All teams that an event is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamsPut)]
pub(super) struct TeamsBody {
    /// The teams. Those of the event that aren’t among them are disbanded.
    #[schema(max_items = 60)]
    teams: Vec<TeamBody>,
}

/// A team as it is to be. What is null or left out it doesn’t have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamPut)]
struct TeamBody {
    /// Who leads it: one of its members.
    #[schema(value_type = Option<uuid::Uuid>)]
    captain_id: Option<UserId>,
    /// The car it drives.
    #[schema(example = "BMW M4 GT3", min_length = 1, max_length = 60)]
    car: Option<String>,
    /// The class, by its name: needed where the event has several. Send this or `class_id`.
    #[schema(example = "GT3", min_length = 1, max_length = 30)]
    class: Option<String>,
    /// The class.
    #[schema(value_type = Option<uuid::Uuid>)]
    class_id: Option<ClassId>,
    /// Which of the event’s teams it is. Without it the one of that name, or a new one.
    #[schema(value_type = Option<uuid::Uuid>)]
    id: Option<TeamId>,
    /// Its people. Nobody is in two teams.
    #[schema(max_items = 25)]
    members: Vec<MemberBody>,
    /// Its name, which no other team of the event has.
    #[schema(example = "Night Owls Red", min_length = 1, max_length = 50)]
    name: String,
    /// The number on its car, which no other team of the event has: one to three digits.
    #[schema(example = "07", min_length = 1, max_length = 3)]
    number: Option<String>,
}

/// Somebody who is to be in a team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamMemberPut)]
struct MemberBody {
    /// What they do.
    duty: Duty,
    /// Who they are.
    #[schema(value_type = uuid::Uuid)]
    user_id: UserId,
}

impl TeamsBody {
    /// Which of the teams name their class by its identifier.
    pub(super) fn by_id(&self) -> Vec<bool> {
        self.teams.iter().map(|team| team.class_id.is_some()).collect()
    }

    /// The teams.
    ///
    /// # Errors
    ///
    /// When values can't be taken.
    pub(super) fn read(self) -> Result<Vec<TeamOrder>, Problem> {
        let mut fields = Fields::default();
        let teams = self.teams.into_iter().enumerate();
        let teams: Vec<_> = teams.map(|(at, team)| team.read(&mut fields, &format!("/teams/{at}"))).collect();
        fields.finish(teams.into_iter().collect())
    }
}

impl TeamBody {
    fn read(self, fields: &mut Fields, at: &str) -> Option<TeamOrder> {
        let car: Option<CarName> = self.car.and_then(|car| fields.take(format!("{at}/car"), car.parse()));
        let named = self.class.and_then(|class| fields.take(format!("{at}/class"), class.parse()));
        if named.is_some() && self.class_id.is_some() {
            fields.fault(format!("{at}/class"), "Send either class or class_id, not both.");
        }
        let name = fields.take(format!("{at}/name"), self.name.parse());
        let number: Option<CarNumber> =
            self.number.and_then(|number| fields.take(format!("{at}/number"), number.parse()));
        Some(TeamOrder {
            captain: self.captain_id,
            car,
            class: self.class_id.map(ClassKey::Id).or(named.map(ClassKey::Name)),
            id: self.id,
            mates: self.members.into_iter().map(|member| (member.user_id, member.duty.into())).collect(),
            name: name?,
            number,
        })
    }
}

/// Everything that is in the way of teams, with the values that are to blame. `by_id` says which of them named their class by its identifier.
pub(super) fn unfit(misfits: Vec<Misfit>, by_id: &[bool]) -> Problem {
    let error = |Misfit { team, what }: Misfit| {
        let class = if by_id.get(team).copied().unwrap_or_default() { "class_id" } else { "class" };
        let (at, why) = words(&what, class);
        let at = if at.is_empty() { format!("/teams/{team}") } else { format!("/teams/{team}/{at}") };
        FieldError::new(at, why)
    };
    Problem::Invalid(misfits.into_iter().map(error).collect())
}

/// Where below its team a value is wrong, and why.
fn words(what: &Unfit, class: &str) -> (String, String) {
    let whole = |at: &str, why: &str| (at.to_owned(), why.to_owned());
    let person = |at: &usize, why: String| (format!("members/{at}/user_id"), why);
    match what {
        Unfit::CaptainElsewhere => {
            whole("captain_id", "The captain is one of the members. Add them, or send another.")
        }
        Unfit::Full => whole("members", &format!("A team has {MAX_PEOPLE} people at most.")),
        Unfit::InTeam(at, team) => person(at, format!("They are in {team} already. Name everybody once.")),
        Unfit::NameTaken => whole("name", "Another team of the list has that name."),
        Unfit::NoAccount(at) => person(
            at,
            "They have no Discord account that is known here. Send them a link code first.".to_owned(),
        ),
        Unfit::NoPlace(at) => person(
            at,
            "They have no place in the team’s class. Sign them up for it first, or leave them out."
                .to_owned(),
        ),
        Unfit::NumberReserved { event, team } => (
            "number".to_owned(),
            format!("In {event} of the same series it is the number of {team}. Send another."),
        ),
        Unfit::NumberTaken(team) => ("number".to_owned(), format!("{team} of the list has that number.")),
        Unfit::PickClass(classes) => {
            let names: Vec<String> = classes.iter().map(ToString::to_string).collect();
            ("class".to_owned(), format!("The event has several classes. Send one of {}.", names.join(", ")))
        }
        Unfit::SameTeam => whole("id", "Another team of the list has that id."),
        Unfit::TooMany => whole("", &format!("An event has {MAX_TEAMS} teams at most.")),
        Unfit::UnknownClass => whole(class, "The event has no such class."),
        Unfit::UnknownPerson(at) => person(at, "The club has nobody like that.".to_owned()),
        Unfit::UnknownTeam => whole("id", "The event has no such team. Leave it out for a new one."),
    }
}
