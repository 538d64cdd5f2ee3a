//! A ruleset is data: it is kept as it is, and whatever it says, plans are what they say.

use super::*;

fn full() -> Ruleset {
    Ruleset {
        continuous: Some(minutes(150)),
        declared_only: true,
        driving_time: vec![DrivingTime {
            class: None,
            grade: None,
            max: Some(minutes(180)),
            min: Some(minutes(30)),
        }],
        duty: Some(Duty { max: minutes(300), within: Some(minutes(600)) }),
        fair_share: Some(FairShare { among: Among::Declared, percent: percent(25) }),
        max_drivers: Some(count(4)),
        max_share: Some(MaxShare { excess: Excess::Forbidden, percent: percent(70) }),
        min_awake: Some(count(2)),
        min_drivers: Some(count(2)),
        min_stints: Some(count(1)),
        min_stops: Some(count(3)),
        no_spotting_driver: true,
        qualifier_starts: true,
        rest: Some(minutes(30)),
        stint_clock: Some(minutes(70)),
        time_share: Some(TimeShare { beyond: minutes(120), percent: percent(60) }),
        tyre_sets: Some(count(8)),
        windows: vec![Window { max: minutes(180), within: minutes(300) }],
    }
}

/// Three drivers for three hours.
fn three_hours(rules: Ruleset) -> Option<Problem> {
    let people = vec![driver("aaaa", 118), driver("aapa", 120), driver("anaa", 122)];
    let race = Race { qualifier: Some(1), spotting: true, ..race(3, 25) };
    Problem::new(race, people, rules, Progress::default()).ok()
}

/// The same with a field of its data set to something.
fn with(field: &str, value: serde_json::Value) -> Option<Ruleset> {
    let mut data = serde_json::to_value(full()).unwrap();
    data[field] = value;
    serde_json::from_value(data).ok()
}

#[test]
fn a_full_ruleset_can_be_kept_to() {
    let problem = three_hours(full()).unwrap();
    let proposal = propose(&problem, Budget::default());
    claims::hold(&problem, &proposal);
    assert!(proposal.is_legal(), "{:?}", proposal.violations);
    assert_eq!(full().rules().len(), 19);
}

#[test]
fn each_rule_can_be_taken_away() {
    for rule in full().rules() {
        let left = full().without(&[rule]);
        assert!(!left.rules().contains(&rule) && left.rules().len() == full().rules().len() - 1);
        let problem = three_hours(left).unwrap();
        let proposal = propose(&problem, QUICK);
        claims::hold(&problem, &proposal);
        assert!(proposal.is_legal(), "{rule:?}");
    }
    assert_eq!(full().without(&full().rules()).rules(), []);
}

#[test]
fn any_value_of_any_field_is_no_matter() {
    let data = serde_json::to_value(full()).unwrap();
    let numbers = [1, 100, 200, 10_080];
    let budget = Budget { steps: 1500, ..QUICK };
    for (field, value) in data.as_object().unwrap() {
        let mut values = vec![serde_json::Value::Null];
        match value {
            serde_json::Value::Number(_) => values.extend(numbers.map(Into::into)),
            serde_json::Value::Object(object) => values.extend(edges(object)),
            serde_json::Value::Array(all) => {
                let all: Vec<_> = all.iter().filter_map(|one| one.as_object()).flat_map(edges).collect();
                values.push(all.clone().into());
                values.extend(all.into_iter().map(|one| vec![one].into()));
            }
            _ => values.push(false.into()),
        }
        for value in values {
            let Some(problem) = with(field, value).and_then(three_hours) else { continue };
            claims::hold(&problem, &propose(&problem, budget));
        }
    }
}

/// An object with each of its numbers at the edges.
fn edges(object: &serde_json::Map<String, serde_json::Value>) -> Vec<serde_json::Value> {
    let numbers = object.iter().filter(|(_, value)| value.is_number()).map(|(name, _)| name);
    let with = |name: &String, number: u16| {
        let mut object = object.clone();
        object.insert(name.clone(), number.into());
        serde_json::Value::Object(object)
    };
    numbers.flat_map(|name| [1, 100, 10_080].map(|number| with(name, number))).collect()
}

#[test]
fn what_is_no_ruleset_is_refused() {
    for field in ["stint_clock", "min_drivers", "rest"] {
        assert!(with(field, 0.into()).is_none());
        assert!(with(field, 10_081.into()).is_none());
        assert!(with(field, (-1).into()).is_none());
    }
    assert!(with("unheard_of", 1.into()).is_none());
    assert!(with("fair_share", serde_json::json!({ "among": "declared", "percent": 101 })).is_none());
    assert!(with("fair_share", serde_json::json!({ "among": "all", "percent": 25 })).is_none());
    assert_eq!(serde_json::from_str::<Ruleset>("{}").unwrap(), Ruleset::default());
    assert_eq!(serde_json::to_string(&Ruleset::default()).unwrap(), "{}");
}

#[test]
fn a_ruleset_is_kept_as_it_is() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&full()).unwrap());
}

proptest! {
    #[test]
    fn rulesets_are_kept(rules in any_rules()) {
        let text = serde_json::to_string(&rules).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ruleset>(&text).unwrap(), rules);
    }
}
