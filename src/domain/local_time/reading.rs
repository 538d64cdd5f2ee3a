//! The words of a typed time.

use jiff::civil::{Time, Weekday};
use jiff::tz::Offset;
use unicode_normalization::UnicodeNormalization;

use super::{Impossible, TimeError};

/// What was typed, by its parts.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) day: Day,
    pub(super) time: Time,
    pub(super) suffix: Option<Suffix>,
}

/// A day: the month is 1–12, the day of the month anything.
#[derive(Debug)]
pub(super) enum Day {
    Date { year: Option<i16>, month: i8, day: i8, weekday: Option<Weekday> },
    Today,
    Tomorrow,
    Weekday(Weekday),
}

/// What follows a time to say on whose clocks.
#[derive(Debug)]
pub(super) enum Suffix {
    Abbreviation(String),
    Offset(Offset),
}

/// Takes a text apart.
pub(super) fn read(typed: &str) -> Result<Typed, TimeError> {
    let words = words(typed);
    if words.is_empty() {
        return Err(TimeError::Empty);
    }
    let mut reader = Reader::default();
    for word in &words {
        let unreadable = || TimeError::Unreadable { part: word.clone() };
        reader.take(&word.to_lowercase(), word)?.ok_or_else(unreadable)?;
    }
    reader.finish()
}

/// The words, `pm` joined to its number and what is glued together in `2026-12-05T14:00+01:00` parted.
fn words(typed: &str) -> Vec<String> {
    let plain: String = typed.nfkc().map(|c| if c == ',' || c.is_control() { ' ' } else { c }).collect();
    let mut words: Vec<String> = Vec::new();
    for word in plain.replace('\u{2212}', "-").split_whitespace() {
        let half = word.to_lowercase().replace('.', "");
        match words.last_mut() {
            Some(last) if matches!(half.as_str(), "am" | "pm") => last.push_str(&half),
            _ => words.extend(part(word)),
        }
    }
    words
}

/// A date, a time and an offset in one word, parted; any other word as it is.
fn part(word: &str) -> Vec<String> {
    let (date, time) = match word.split_once(['T', 't']) {
        Some((date, time)) if date.contains('-') && time.starts_with(|c: char| c.is_ascii_digit()) => {
            (Some(date), time)
        }
        _ => (None, word),
    };
    let suffix = time.find(['+', '-', 'Z', 'z']).filter(|at| *at > 0 && time[..*at].contains(':'));
    let (time, suffix) = time.split_at(suffix.unwrap_or(time.len()));
    let parts = [date.unwrap_or_default(), time, suffix];
    parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// What the words so far have said.
#[derive(Default)]
struct Reader {
    day: Option<i8>,
    month: Option<i8>,
    /// Numbers of four digits: years, or times without a colon.
    numbers: Vec<(i16, String)>,
    relative: Option<Day>,
    suffix: Option<Suffix>,
    time: Option<Time>,
    weekday: Option<Weekday>,
    year: Option<i16>,
}

impl Reader {
    /// Takes one word, given in lower case and as typed; none if it makes no sense here.
    fn take(&mut self, word: &str, typed: &str) -> Result<Option<()>, TimeError> {
        if matches!(word, "at" | "on" | "the" | "of") {
            return Ok(Some(()));
        }
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if digits == 0 {
            return Ok(self.take_word(word, typed));
        }
        if let Some(offset) = offset(word) {
            return Ok(self.has_time().then(|| put(&mut self.suffix, Suffix::Offset(offset))).flatten());
        }
        if digits == 4 && word.len() == 4 {
            return Ok(word.parse().ok().map(|number| self.numbers.push((number, typed.to_owned()))));
        }
        let has_day = self.day.is_some() || self.relative.is_some() || self.weekday.is_some();
        if let Some((hour, minute, second)) = clock(word, has_day) {
            let time = Time::new(hour, minute, second, 0);
            let time = time.map_err(|_| Impossible::Time { typed: typed.to_owned() })?;
            return Ok(put(&mut self.time, time));
        }
        if let Some(numbers) = date_numbers(word) {
            return self.take_date(&numbers, typed);
        }
        let number = word.trim_end_matches(['.', 's', 't', 'n', 'd', 'r', 'h']);
        let ordinal = matches!(&word[number.len()..], "" | "." | "st" | "nd" | "rd" | "th");
        Ok(number
            .parse()
            .ok()
            .filter(|_| ordinal && number.len() <= 2)
            .and_then(|day| put(&mut self.day, day)))
    }

    /// Takes a word without digits.
    fn take_word(&mut self, word: &str, typed: &str) -> Option<()> {
        match word {
            "today" => return put(&mut self.relative, Day::Today),
            "tomorrow" => return put(&mut self.relative, Day::Tomorrow),
            "utc" | "gmt" | "z" if self.has_time() => {
                return put(&mut self.suffix, Suffix::Offset(Offset::UTC));
            }
            _ => {}
        }
        if let Some(weekday) = weekday(word) {
            return put(&mut self.weekday, weekday);
        }
        if let Some(month) = month(word) {
            return put(&mut self.month, month);
        }
        let abbreviation = (3..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
        (abbreviation && self.has_time())
            .then(|| put(&mut self.suffix, Suffix::Abbreviation(typed.to_owned())))?
    }

    /// Takes a date of two or three numbers: the year first, or the day and the month as their sign allows.
    fn take_date(&mut self, numbers: &DateNumbers, typed: &str) -> Result<Option<()>, TimeError> {
        let (year, month, day) = match *numbers {
            DateNumbers { sign: '.', first, second, last } => (last, second, first),
            DateNumbers { first, second, last: Some(last), .. } if first > 99 => (Some(first), second, last),
            DateNumbers { first, second, last, .. } if first > 12 => (last, second, first),
            DateNumbers { first, second, last, .. } if second > 12 || first == second => {
                (last, first, second)
            }
            DateNumbers { first: first @ 1..=12, second: second @ 1..=12, .. } => {
                let (first, second) = (narrow(first), narrow(second));
                return Err(TimeError::AmbiguousDate { typed: typed.to_owned(), first, second });
            }
            _ => return Ok(None),
        };
        if !(1..=12).contains(&month) {
            return Err(Impossible::Month { month: narrow(month) }.into());
        }
        let day = put(&mut self.day, narrow(day)).and_then(|()| put(&mut self.month, narrow(month)));
        let year = year.map(|year| if year < 100 { 2000 + year } else { year });
        Ok(day.and_then(|()| year.map_or(Some(()), |year| put(&mut self.year, year))))
    }

    fn has_time(&self) -> bool {
        self.time.is_some() || !self.numbers.is_empty()
    }

    fn finish(mut self) -> Result<Typed, TimeError> {
        self.tell_years_from_times()?;
        let day = match (self.relative, self.month, self.day, self.weekday) {
            (Some(day), None, None, None) => day,
            (None, None, None, Some(weekday)) => Day::Weekday(weekday),
            (None, Some(month), Some(day), weekday) => Day::Date { year: self.year, month, day, weekday },
            (Some(Day::Tomorrow), ..) => return Err(TimeError::Unreadable { part: "tomorrow".to_owned() }),
            (Some(_), ..) => return Err(TimeError::Unreadable { part: "today".to_owned() }),
            (None, None, Some(day), _) => return Err(TimeError::Unreadable { part: day.to_string() }),
            (None, _, None, _) => return Err(TimeError::NoDate),
        };
        Ok(Typed { day, time: self.time.ok_or(TimeError::NoTime)?, suffix: self.suffix })
    }

    /// Numbers of four digits are first the year, where one can stand and is missing, then the time.
    fn tell_years_from_times(&mut self) -> Result<(), TimeError> {
        for (number, typed) in std::mem::take(&mut self.numbers) {
            let takes_year = self.month.is_some() && self.year.is_none() && number >= 2000;
            if takes_year {
                self.year = Some(number);
                continue;
            }
            let time = i8::try_from(number / 100).ok().zip(i8::try_from(number % 100).ok());
            let time = time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
            let time = time.ok_or_else(|| Impossible::Time { typed: typed.clone() })?;
            put(&mut self.time, time).ok_or(TimeError::Unreadable { part: typed })?;
        }
        Ok(())
    }
}

/// Fills a place that is free.
fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.is_none().then(|| *place = Some(value))
}

fn narrow(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

/// The hour, minute and second of `14:00`, `14:00:30`, `2pm`, `2:30pm`, `14h`, `14h30`, and after a date `14.00`.
fn clock(word: &str, has_day: bool) -> Option<(i8, i8, i8)> {
    let (digits, half) = match word.strip_suffix("am").or_else(|| word.strip_suffix("pm")) {
        Some(digits) => (digits, Some(&word[digits.len()..])),
        None => (word, None),
    };
    let sign = |c: char| c == ':' || c == 'h' || (c == '.' && (has_day || half.is_some()));
    let parts: Vec<&str> = digits.strip_suffix('h').unwrap_or(digits).split(sign).collect();
    let is_time = half.is_some() || digits.contains(sign);
    let two_digits = |part: &&str| part.len() == 2;
    if !is_time || parts.len() > 3 || !(1..=2).contains(&parts[0].len()) || !parts[1..].iter().all(two_digits)
    {
        return None;
    }
    let numbers: Option<Vec<i8>> = parts.iter().map(|part| number(part).map(narrow)).collect();
    let numbers = numbers?;
    let hour = match (half, numbers[0]) {
        (None, hour) => hour,
        (Some("am"), hour @ 1..=12) => hour % 12,
        (Some(_), hour @ 1..=12) => hour % 12 + 12,
        // No such hour: refused as a time, not as a word.
        (Some(_), _) => i8::MAX,
    };
    Some((hour, numbers.get(1).copied().unwrap_or(0), numbers.get(2).copied().unwrap_or(0)))
}

/// `05.12.2026`, `2026-12-05`, `5/12`: the numbers and the sign between them.
struct DateNumbers {
    sign: char,
    first: i16,
    second: i16,
    last: Option<i16>,
}

fn date_numbers(word: &str) -> Option<DateNumbers> {
    let sign = word.chars().find(|c| matches!(c, '.' | '-' | '/'))?;
    let word = if sign == '.' { word.strip_suffix('.').unwrap_or(word) } else { word };
    let numbers: Option<Vec<i16>> = word.split(sign).map(number).collect();
    match *numbers?.as_slice() {
        [first @ 0..100, second @ 0..100] if sign != '-' => {
            Some(DateNumbers { sign, first, second, last: None })
        }
        // The year stands first whatever the sign.
        [first @ 1000..=9999, second @ 0..100, last @ 0..100] => {
            Some(DateNumbers { sign: '-', first, second, last: Some(last) })
        }
        [first @ 0..100, second @ 0..100, last @ (0..100 | 1000..=9999)] => {
            Some(DateNumbers { sign, first, second, last: Some(last) })
        }
        _ => None,
    }
}

fn number(digits: &str) -> Option<i16> {
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// The offset in `+1`, `+01:00`, `-0330`, `utc+1`.
fn offset(word: &str) -> Option<Offset> {
    let word = word.strip_prefix("utc").or_else(|| word.strip_prefix("gmt")).unwrap_or(word);
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let digits = word.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "00"),
    };
    let (hours, minutes) = (i32::from(number(hours)?), i32::from(number(minutes)?));
    let is_offset = hours <= 14 && minutes < 60;
    is_offset.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.trim_end_matches('.') {
        "mon" | "monday" => Weekday::Monday,
        "tue" | "tues" | "tuesday" => Weekday::Tuesday,
        "wed" | "wednesday" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thursday,
        "fri" | "friday" => Weekday::Friday,
        "sat" | "saturday" => Weekday::Saturday,
        "sun" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}
