//! Which column of a spreadsheet says what.

use unicode_normalization::UnicodeNormalization;

use super::entry::{Field, MAX_ALIASES, RosterRow};
use crate::domain::text;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// A field as it is.
    Of(Field),
    /// The first part of the name.
    GivenName,
    /// The last part of the name.
    FamilyName,
    /// Whether the person is on the roster, as an export of members says it.
    OnRoster,
}

/// What people write above columns, in the form of [`key`]: in English, German, Spanish and French. Of several columns in
/// one file that say the same, the one whose header stands earlier here counts first.
///
/// "id" alone may be anybody's, and so may "username".
const HEADERS: [(Column, &str); 11] = [
    (
        Column::Of(Field::Name),
        "name fullname realname drivername driver membername member displayname \
         vollername fahrername fahrer mitglied \
         nombrecompleto nombreyapellidos nombre piloto \
         nomcomplet nometprenom prenometnom nom pilote membre",
    ),
    (Column::GivenName, "firstname givenname forename vorname nombredepila prenom"),
    (Column::FamilyName, "lastname familyname surname nachname familienname apellidos apellido nomdefamille"),
    (
        Column::Of(Field::Email),
        "email emailaddress mail mailaddress emailadresse mailadresse \
         correoelectronico correo direcciondecorreo direcciondecorreoelectronico \
         courriel adressemail adresseemail adressecourriel adresseelectronique",
    ),
    (
        Column::Of(Field::IRacingId),
        "iracingid iracingcustomerid iracingcustid customerid custid iracingnumber \
         iracingkundennummer iracingnummer kundennummer \
         iddeiracing idiracing idcliente numerodecliente \
         identifiantiracing numeroiracing idclient numeroclient",
    ),
    (
        Column::Of(Field::IRacingName),
        "iracingname iracingdisplayname iracingdrivername iracingdriver nameiniracing \
         iracingfahrername iracingfahrer nameaufiracing \
         nombreiracing nombreeniracing nombredeiracing \
         nomiracing nomsuriracing",
    ),
    (
        Column::Of(Field::Discord),
        "discord discordid discorduserid discordusername discorduser discordname discordhandle discordtag \
         discordbenutzername discordbenutzer discordkonto \
         iddediscord iddiscord usuariodediscord usuariodiscord nombredediscord nombrediscord \
         identifiantdiscord utilisateurdiscord pseudodiscord nomdiscord",
    ),
    (Column::OnRoster, "onroster"),
    (Column::Of(Field::Timezone), "timezone tz zone zeitzone zonahoraria husohorario fuseauhoraire fuseau"),
    (
        Column::Of(Field::ExternalId),
        "externalid extid simlaneid memberid membershipid membernumber membershipnumber \
         externeid mitgliedsnummer mitgliedsnr mitgliedsid \
         idexterno identificadorexterno numerodesocio \
         idexterne identifiantexterne numerodadherent numerodemembre",
    ),
    (
        Column::Of(Field::Aliases),
        "aliases alias othernames alsoknownas aka nicknames nickname \
         weiterenamen spitznamen spitzname \
         otrosnombres apodos apodo \
         autresnoms surnoms surnom pseudos pseudo",
    ),
];

/// Where in a row everything stands.
pub(super) struct Layout<'a> {
    /// The known columns with their places, those that count first before the others.
    columns: Vec<(Column, usize)>,
    headers: &'a [String],
}

impl<'a> Layout<'a> {
    pub(super) fn of(headers: &'a [String]) -> Self {
        let known = headers.iter().enumerate().filter_map(|(at, header)| Some((known(header)?, at)));
        let mut known: Vec<((Column, usize), usize)> = known.collect();
        known.sort_by_key(|((_, rank), _)| *rank);
        Self { columns: known.into_iter().map(|((column, _), at)| (column, at)).collect(), headers }
    }

    /// The headers of all columns that say nothing known.
    pub(super) fn ignored(&self) -> Vec<&'a String> {
        self.headers.iter().filter(|header| !is_known(header)).collect()
    }

    /// Whether any column has names, if only those on iRacing.
    pub(super) fn has_names(&self) -> bool {
        use Column::{FamilyName, GivenName, Of};
        let names = [Of(Field::Name), GivenName, FamilyName, Of(Field::IRacingName)];
        self.columns.iter().any(|(column, _)| names.contains(column))
    }

    /// Whether a row says itself that it is about nobody of the roster.
    pub(super) fn is_left_out(&self, cells: &[String]) -> bool {
        self.cell(Column::OnRoster, cells).is_some_and(|cell| cell.trim().eq_ignore_ascii_case("no"))
    }

    /// What the cells of a row say.
    pub(super) fn row(&self, cells: &[String]) -> RosterRow {
        let field = |field| self.cell(Column::Of(field), cells).map(str::to_owned);
        RosterRow {
            external_id: field(Field::ExternalId),
            name: self.name(cells),
            email: field(Field::Email),
            iracing_id: field(Field::IRacingId),
            iracing_name: field(Field::IRacingName),
            discord: field(Field::Discord),
            timezone: field(Field::Timezone),
            aliases: self.cell(Column::Of(Field::Aliases), cells).map(split_aliases),
        }
    }

    /// The first cell that isn't empty, of the columns that say the same.
    fn cell<'b>(&self, column: Column, cells: &'b [String]) -> Option<&'b str> {
        let places = self.columns.iter().filter(|(known, _)| *known == column);
        places.filter_map(|(_, at)| cells.get(*at)).map(String::as_str).find(|cell| !cell.trim().is_empty())
    }

    /// The name with those of its parts that stand in columns of their own and not in it too: "nom" and "nombre" are a
    /// whole name where there is no "prénom" or "apellidos".
    fn name(&self, cells: &[String]) -> Option<String> {
        let name = self.cell(Column::Of(Field::Name), cells);
        let is_apart = |part: &&str| name.is_none_or(|name| !has_words(name, part));
        let given = self.cell(Column::GivenName, cells).filter(is_apart);
        let family = self.cell(Column::FamilyName, cells).filter(is_apart);
        let parts: Vec<&str> = [given, name, family].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

/// Whether a header says what is below it.
pub(super) fn is_known(header: &str) -> bool {
    known(header).is_some()
}

/// The column that a header stands above, and which of its names it is.
fn known(header: &str) -> Option<(Column, usize)> {
    let key = key(header);
    HEADERS
        .iter()
        .find_map(|(column, names)| names.split(' ').position(|name| name == key).map(|rank| (*column, rank)))
}

/// The form in which headers are compared: lower case, without accents, nothing but letters and digits.
fn key(header: &str) -> String {
    header.nfkd().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whether each word of `part` is one of `name`.
fn has_words(name: &str, part: &str) -> bool {
    let (name, part) = (text::fold(name), text::fold(part));
    part.split_whitespace().all(|word| name.split_whitespace().any(|known| known == word))
}

/// The aliases in a cell, between its line ends; if it has one line, between `|`; if it has none either, between `;`;
/// else between commas, so that "Doe, John; JD" are two. Of too many, only as many as it takes to see that they are.
fn split_aliases(cell: &str) -> Vec<String> {
    let separator = ['\n', '|', ';'].into_iter().find(|separator| cell.contains(*separator)).unwrap_or(',');
    let aliases = cell.split(separator).filter(|alias| !alias.trim().is_empty());
    aliases.take(MAX_ALIASES + 1).map(str::to_owned).collect()
}

/// One cell that is split into just these aliases.
pub(super) fn join_aliases(aliases: &[impl AsRef<str>]) -> String {
    let aliases: Vec<&str> = aliases.iter().map(AsRef::as_ref).collect();
    let has = |separators: &[char]| aliases.iter().any(|alias| alias.contains(separators));
    let separator = if has(&['|']) {
        '\n'
    } else if has(&[';', ',']) {
        '|'
    } else {
        ';'
    };
    let joined = aliases.join(&separator.to_string());
    // One alone has to be kept from being split.
    if aliases.len() == 1 && separator != ';' { format!("{joined}{separator}") } else { joined }
}
