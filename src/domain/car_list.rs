//! The cars of a class, typed one a line.

use thiserror::Error;

use super::{
    name::{CarName, NameError},
    terms::MAX_CARS,
    text::{self, fold},
};

/// A line that can't be a car, and why.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("line {line}: {fault}")]
pub struct BadCar {
    /// What is wrong.
    pub fault: CarFault,
    /// Which line, from 1.
    pub line: usize,
    /// What was typed there.
    pub typed: String,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum CarFault {
    /// A line above has the same name, in whatever case.
    #[error("same as line {first}")]
    Duplicate {
        /// That line, from 1.
        first: usize,
    },
    /// It isn't a name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The first beyond [`MAX_CARS`].
    #[error("too many cars")]
    TooMany,
}

/// The cars typed one a line; blank lines count for nothing, and without any people drive what they like.
///
/// # Errors
///
/// With the first line that can't be a car.
pub fn parse(typed: &str) -> Result<Vec<CarName>, BadCar> {
    let mut cars: Vec<(usize, CarName)> = Vec::new();
    for (at, line) in text::lines(typed).iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |fault| BadCar { fault, line: at + 1, typed: line.trim().to_owned() };
        let car = CarName::parse(line).map_err(|error| bad(CarFault::Name(error)))?;
        let key = fold(car.as_str());
        if let Some((first, _)) = cars.iter().find(|(_, known)| fold(known.as_str()) == key) {
            return Err(bad(CarFault::Duplicate { first: *first }));
        }
        if cars.len() == MAX_CARS {
            return Err(bad(CarFault::TooMany));
        }
        cars.push((at + 1, car));
    }
    Ok(cars.into_iter().map(|(_, car)| car).collect())
}

/// What [`parse`] makes the same cars of.
#[must_use]
pub fn lines(cars: &[CarName]) -> String {
    cars.iter().map(CarName::as_str).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_line_is_a_car() {
        let cars = parse("Ferrari 296\n\n BMW M4 \n").unwrap();
        assert_eq!(cars.iter().map(CarName::as_str).collect::<Vec<_>>(), ["Ferrari 296", "BMW M4"]);
        assert_eq!(parse(" \n"), Ok(Vec::new()));
        let twice = parse("BMW M4\nferrari\nbmw m4").unwrap_err();
        assert_eq!((twice.line, twice.fault), (3, CarFault::Duplicate { first: 1 }));
        let many: Vec<String> = (1..=51).map(|number| format!("Car {number}")).collect();
        assert_eq!(parse(&many.join("\n")).unwrap_err().fault, CarFault::TooMany);
        assert!(matches!(parse(&"x".repeat(61)).unwrap_err().fault, CarFault::Name(_)));
    }

    proptest! {
        #[test]
        fn what_is_read_reads_back(typed in "([A-Za-z0-9 .]{0,12}\n){0,8}") {
            if let Ok(cars) = parse(&typed) {
                prop_assert_eq!(parse(&lines(&cars)), Ok(cars));
            }
        }
    }
}
