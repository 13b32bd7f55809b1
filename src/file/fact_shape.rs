//! What rows of a table state, as a mapping writes it: `(fact: "Supply", roles: {"supplier": ["from"]})`.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::fact_table::Name;
use super::word::{Word, invalid};
use crate::diagnostic::{a, did_you_mean, shown};
use crate::model::vocabulary::COMMON_ROLES;
use crate::model::{FactKind, FactShape, Role};

/// A shape whose roles are those of its kind.
pub(super) struct Shape(pub(super) FactShape);

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("FactShape", FIELDS, ShapeVisitor)
    }
}

const FIELDS: &[&str] = &["fact", "roles"];

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a kind of fact with its roles")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Shape, M::Error> {
        let (mut kind, mut roles): (Option<FactKind>, Option<Columns>) = (None, None);
        while let Some(Name(name)) = map.next_key()? {
            let is_twice = match name.as_str() {
                "fact" => kind.replace(map.next_value::<Word<FactKind>>()?.0).is_some(),
                "roles" => roles.replace(map.next_value_seed(RolesOf(kind))?).is_some(),
                other => {
                    let near = did_you_mean(other, FIELDS.iter().copied());
                    let near = near.map(|near| format!("; {near}")).unwrap_or_default();
                    return Err(M::Error::custom(format!("a shape has no field `{}`{near}", shown(other))));
                }
            };
            if is_twice {
                return Err(M::Error::custom(format!("the field `{name}` stands twice")));
            }
        }
        let missing = |field| M::Error::custom(format!("a kind of fact needs the field `{field}`"));
        let kind = kind.ok_or_else(|| missing("fact"))?;
        let mut roles = roles.ok_or_else(|| missing("roles"))?;
        // They may have been read before the kind was.
        roles.iter().try_for_each(|(role, _)| fits(*role, kind)).map_err(M::Error::custom)?;
        roles.sort_by_key(|(role, _)| role.name());
        let columns = |(role, columns): (Role, Vec<String>)| columns.into_iter().map(move |one| (role, one));
        Ok(Shape(FactShape::new(kind, roles.into_iter().flat_map(columns))))
    }
}

/// Each role with its columns.
type Columns = Vec<(Role, Vec<String>)>;

/// Reads the roles of a kind, if that is known yet.
struct RolesOf(Option<FactKind>);

impl<'de> DeserializeSeed<'de> for RolesOf {
    type Value = Columns;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Columns, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RolesOf {
    type Value = Columns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map from roles to lists of columns")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Columns, M::Error> {
        let mut roles = Columns::new();
        while let Some(Word(role)) = map.next_key::<Word<Role>>()? {
            self.0.map_or(Ok(()), |kind| fits(role, kind)).map_err(M::Error::custom)?;
            if roles.iter().any(|(own, _)| *own == role) {
                return Err(M::Error::custom(format!("the role `{role}` stands twice")));
            }
            roles.push((role, map.next_value()?));
        }
        Ok(roles)
    }
}

/// Whether a kind of fact has a role.
fn fits(role: Role, kind: FactKind) -> Result<(), String> {
    let common = COMMON_ROLES.iter().map(|common| common.role);
    let mut roles = kind.row().roles.iter().map(|own| own.role).chain(common);
    if roles.any(|own| own == role) {
        return Ok(());
    }
    let own = kind.row().roles.iter().map(|own| own.role.name());
    let near = did_you_mean(role.name(), own.clone());
    let hint = near.unwrap_or_else(|| {
        let own: Vec<String> = own.map(|name| format!("`{name}`")).collect();
        format!("its roles are {}", own.join(", "))
    });
    Err(invalid(format!("{} has no role `{role}`", a(kind.name())), Some(hint)))
}
