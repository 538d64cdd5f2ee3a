//! The languages of dates, for weekdays and months where Discord can't write them in each reader's own: names of channels, choices,
//! files.

use jiff::civil::Date;
use pure_rust_locales::{
    cs_CZ, da_DK, de_DE, en_GB, es_ES, fi_FI, fr_FR, hu_HU, it_IT, ja_JP, nb_NO, nl_NL, pl_PL, pt_BR, sv_SE,
    tr_TR,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language of dates, by its BCP 47 code.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// Czech.
    Cs,
    /// Danish.
    Da,
    /// German.
    De,
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Finnish.
    Fi,
    /// French.
    Fr,
    /// Hungarian.
    Hu,
    /// Italian.
    It,
    /// Japanese.
    Ja,
    /// Norwegian.
    Nb,
    /// Dutch.
    Nl,
    /// Polish.
    Pl,
    /// Portuguese.
    Pt,
    /// Swedish.
    Sv,
    /// Turkish.
    Tr,
}

/// What a language calls weekdays, from Sunday, and months, in full and in short.
struct Names {
    day: &'static [&'static str],
    day_short: &'static [&'static str],
    month: &'static [&'static str],
    month_short: &'static [&'static str],
}

/// The names of a locale of the GNU C library.
macro_rules! names {
    ($locale:ident) => {
        Names {
            day: $locale::LC_TIME::DAY,
            day_short: $locale::LC_TIME::ABDAY,
            month: $locale::LC_TIME::MON,
            month_short: $locale::LC_TIME::ABMON,
        }
    };
}

impl Locale {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 16] = [
        Self::En,
        Self::Cs,
        Self::Da,
        Self::De,
        Self::Es,
        Self::Fr,
        Self::It,
        Self::Hu,
        Self::Nl,
        Self::Nb,
        Self::Pl,
        Self::Pt,
        Self::Fi,
        Self::Sv,
        Self::Tr,
        Self::Ja,
    ];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cs => "cs",
            Self::Da => "da",
            Self::De => "de",
            Self::En => "en",
            Self::Es => "es",
            Self::Fi => "fi",
            Self::Fr => "fr",
            Self::Hu => "hu",
            Self::It => "it",
            Self::Ja => "ja",
            Self::Nb => "nb",
            Self::Nl => "nl",
            Self::Pl => "pl",
            Self::Pt => "pt",
            Self::Sv => "sv",
            Self::Tr => "tr",
        }
    }

    /// The language of that code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// What it calls itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cs => "Čeština",
            Self::Da => "Dansk",
            Self::De => "Deutsch",
            Self::En => "English",
            Self::Es => "Español",
            Self::Fi => "Suomi",
            Self::Fr => "Français",
            Self::Hu => "Magyar",
            Self::It => "Italiano",
            Self::Ja => "日本語",
            Self::Nb => "Norsk",
            Self::Nl => "Nederlands",
            Self::Pl => "Polski",
            Self::Pt => "Português",
            Self::Sv => "Svenska",
            Self::Tr => "Türkçe",
        }
    }

    const fn names(self) -> Names {
        match self {
            Self::Cs => names!(cs_CZ),
            Self::Da => names!(da_DK),
            Self::De => names!(de_DE),
            Self::En => names!(en_GB),
            Self::Es => names!(es_ES),
            Self::Fi => names!(fi_FI),
            Self::Fr => names!(fr_FR),
            Self::Hu => names!(hu_HU),
            Self::It => names!(it_IT),
            Self::Ja => names!(ja_JP),
            Self::Nb => names!(nb_NO),
            Self::Nl => names!(nl_NL),
            Self::Pl => names!(pl_PL),
            Self::Pt => names!(pt_BR),
            Self::Sv => names!(sv_SE),
            Self::Tr => names!(tr_TR),
        }
    }
}

/// The day of the week, such as "Saturday".
#[must_use]
pub fn weekday(date: Date, locale: Locale) -> &'static str {
    pick(locale.names().day, date.weekday().to_sunday_zero_offset())
}

/// The day of the week in short, such as "Sat".
#[must_use]
pub fn weekday_short(date: Date, locale: Locale) -> &'static str {
    pick(locale.names().day_short, date.weekday().to_sunday_zero_offset())
}

/// The month, such as "December".
#[must_use]
pub fn month(date: Date, locale: Locale) -> &'static str {
    pick(locale.names().month, date.month() - 1)
}

/// The month in short, such as "Dec".
#[must_use]
pub fn month_short(date: Date, locale: Locale) -> &'static str {
    pick(locale.names().month_short, date.month() - 1)
}

fn pick(names: &'static [&'static str], at: i8) -> &'static str {
    // Japanese has spaces before the numbers of its months.
    usize::try_from(at).ok().and_then(|at| names.get(at)).map_or("", |name| name.trim())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_language_has_its_names() {
        let all = Locale::ALL.map(|locale| {
            let days = [date(2026, 12, 5), date(2027, 3, 7)];
            let names = days.map(|day| {
                let short = format!("{} {}", weekday_short(day, locale), month_short(day, locale));
                format!("{} {} ({short})", weekday(day, locale), month(day, locale))
            });
            format!("{} {}: {}", locale.code(), locale.name(), names.join(", "))
        });
        assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn codes_and_words_are_one() {
        for locale in Locale::ALL {
            assert_eq!(Locale::of(locale.code()), Some(locale));
            assert_eq!(serde_json::to_value(locale).ok(), Some(locale.code().into()));
            for weekday_at in 1..=7 {
                assert!(!weekday_short(date(2026, 11, weekday_at), locale).is_empty());
            }
            for month_at in 1..=12 {
                assert!(!month_short(date(2026, month_at, 1), locale).is_empty());
            }
        }
    }
}
