//! Cells of the rarer columns of fact tables.

use super::cells;
use super::faults::{Coded, Fault, Faults};
use super::numbers;
use super::properties::PropertyColumns;
use super::split::Row;
use super::table::Header;
use crate::diagnostic::{Code, a, shown};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Detail, Property};
use crate::limits::Limits;
use crate::model::vocabulary::{AttributeRow, AttributeType, FieldType};
use crate::model::{
    Attribute, AttributeValue, Confidence, DecimalMark, FactField, FactKind, FactTable, ShareUnit, Status,
};
use crate::value::{Quantity, Share, Term, Territory, ValueError};

/// The positions of these columns.
pub(super) struct Details<'m> {
    limits: &'m Limits,
    unit: ShareUnit,
    decimal: DecimalMark,
    /// In the order of the table of fields, in which they are packed.
    fields: Vec<(FactField, Option<usize>)>,
    attributes: Vec<(Attribute, Option<usize>)>,
    properties: PropertyColumns<'m>,
}

type Read<T> = std::result::Result<T, Fault>;

impl<'m> Details<'m> {
    pub(super) fn new(
        table: &'m FactTable,
        kinds: &[FactKind],
        header: &Header,
        limits: &'m Limits,
    ) -> Result<Self> {
        let column = |name| header.find(Some(name));
        let fields = table.fields.iter().map(|(field, name)| Ok((*field, column(name)?)));
        let mut fields = fields.collect::<Result<Vec<_>>>()?;
        fields.sort_by_key(|(field, _)| *field);
        if let Some((one, _)) = fields.windows(2).find_map(|pair| match pair {
            [one, other] if one.0 == other.0 => Some(one),
            _ => None,
        }) {
            return Err(Error::new(ErrorKind::Invalid, format!("the mapping: `{one}` has two columns")));
        }
        let mut attributes = Vec::new();
        for (attribute, name) in &table.attributes {
            if !kinds.iter().any(|kind| kind.row().attribute(*attribute).is_some()) {
                let message = format!("no kind of fact in `{}` has `{attribute}`", shown(&table.file));
                return Err(Error::new(ErrorKind::Invalid, message));
            }
            let is_twice = *attribute == Attribute::Share && table.share.is_some();
            if is_twice || attributes.iter().any(|(own, _)| own == attribute) {
                return Err(Error::new(
                    ErrorKind::Invalid,
                    format!("the mapping: `{attribute}` has two columns"),
                ));
            }
            attributes.push((*attribute, column(name)?));
        }
        let properties = PropertyColumns::new(&table.properties, header, limits)?;
        Ok(Self { limits, unit: table.share_unit, decimal: table.decimal, fields, attributes, properties })
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.attributes.is_empty() && self.properties.is_empty()
    }

    /// The columns of numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Option<usize>> {
        let is_share =
            |one: Attribute| matches!(one, Attribute::Share | Attribute::Votes | Attribute::Profit);
        let shares = self.attributes.iter().filter(move |(one, _)| is_share(*one));
        std::iter::once(self.quantity()).chain(shares.map(|(_, column)| *column))
    }

    /// The column of quantities.
    pub(super) fn quantity(&self) -> Option<usize> {
        self.fields.iter().find(|(field, _)| *field == FactField::Quantity).and_then(|(_, column)| *column)
    }

    /// What a row says in these columns; attributes only if its kind is known.
    pub(super) fn read(
        &self,
        row: Row<'_>,
        kind: Option<FactKind>,
        found: &mut Vec<Detail>,
        faults: &mut Faults<'_>,
    ) {
        for (field, column) in &self.fields {
            found.extend(faults.read(row, *column, |text| self.field(*field, text)));
        }
        self.properties
            .read(row, faults, |key, value| found.push(Detail::Property(Property::new(key, &value))));
        for (attribute, column) in &self.attributes {
            let Some(kind) = kind else { continue };
            let value = faults.read(row, *column, |text| match kind.row().attribute(*attribute) {
                Some(own) => self.attribute(own, text),
                None => Err(format!("{} has no `{attribute}`", a(kind.name()))).coded(Code::UnknownField),
            });
            found.extend(value.map(|value| Detail::Attribute(*attribute, value)));
        }
    }

    fn field(&self, field: FactField, text: &str) -> Read<Detail> {
        let most = self.limits.text_bytes;
        let text = match field.row().values {
            FieldType::Date => return Ok(Detail::When(field, cells::date(text).coded(Code::BadDate)?)),
            FieldType::Status => word(field.name(), text, Status::ALL, Status::name)?.to_owned(),
            FieldType::Confidence => word(field.name(), text, Confidence::ALL, Confidence::name)?.to_owned(),
            FieldType::Term => printed::<Term>(text).coded(Code::BadTerm)?,
            FieldType::Quantity => {
                numbers::read(text, self.decimal, printed::<Quantity>).coded(Code::BadQuantity)?
            }
            FieldType::Territories => printed::<Territory>(text).coded(Code::BadTerritory)?,
            FieldType::Flag => flag(field.name(), text)?.to_string(),
            FieldType::Text => cells::text(text, field.name(), false, most)?,
            FieldType::Prose => cells::text(text, field.name(), true, most)?,
            // Mappings cannot name these fields: the table of fields would not compile.
            FieldType::Id
            | FieldType::End
            | FieldType::Money
            | FieldType::Mark
            | FieldType::Fact
            | FieldType::Facts
            | FieldType::Properties
            | FieldType::Evidence => {
                return Err(format!("`{field}` cannot be in a cell")).coded(Code::UnknownField);
            }
        };
        Ok(Detail::Text(field, text))
    }

    fn attribute(&self, own: &AttributeRow, text: &str) -> Read<AttributeValue> {
        let (name, most) = (own.attribute.name(), self.limits.text_bytes);
        Ok(match own.values {
            AttributeType::Text => AttributeValue::Text(cells::text(text, name, false, most)?),
            AttributeType::Flag => AttributeValue::Flag(flag(name, text)?),
            AttributeType::Choice(words) => {
                let names: Vec<&'static str> = words.iter().map(|word| word.name).collect();
                AttributeValue::Choice(word(name, text, &names, |name| name)?)
            }
            AttributeType::Share => {
                let mut buffer = String::new();
                let share = |text: &str| cells::share(text, self.unit, &mut buffer);
                numbers::read(text, self.decimal, share).coded(Code::BadShare)?;
                let share = buffer.parse::<Share>().map_err(|error| cells::with_hint(&error));
                AttributeValue::Share(share.coded(Code::BadShare)?)
            }
        })
    }
}

/// A value in its printed form.
fn printed<T: std::str::FromStr<Err = ValueError> + ToString>(
    text: &str,
) -> std::result::Result<String, String> {
    text.parse::<T>().map(|value| value.to_string()).map_err(|error| cells::with_hint(&error))
}

/// One of several words, ignoring case.
fn word<T: Copy>(name: &str, text: &str, all: &[T], name_of: fn(T) -> &'static str) -> Read<&'static str> {
    let found = all.iter().map(|one| name_of(*one)).find(|word| word.eq_ignore_ascii_case(text));
    found.ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|one| name_of(*one)).collect();
        let reason = format!("`{}` is no word of `{name}` (these are {})", shown(text), words.join(", "));
        Fault::new(Code::BadChoice, reason)
    })
}

fn flag(name: &str, text: &str) -> Read<bool> {
    Ok(word(name, text, &["true", "false"], |word| word)? == "true")
}
