//! Styles: one table of line styles by kind of relation, one palette for each theme.

use crate::model::RelationKind;

/// Light or dark colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Theme {
    /// For print and bright screens.
    #[default]
    Light,
    /// For dark screens.
    Dark,
}

/// The colours of a theme, by use.
#[derive(Debug)]
pub(crate) struct Palette {
    pub(crate) page: &'static str,
    pub(crate) card: &'static str,
    pub(crate) ink: &'static str,
    /// Text on ink.
    pub(crate) on_ink: &'static str,
    pub(crate) muted: &'static str,
    pub(crate) hairline: &'static str,
    pub(crate) sale: &'static str,
    pub(crate) partnership: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) brand_fill: &'static str,
    pub(crate) product: &'static str,
    pub(crate) product_fill: &'static str,
    pub(crate) patent: &'static str,
    pub(crate) patent_fill: &'static str,
    pub(crate) comparison: &'static str,
}

impl Theme {
    pub(crate) const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

const LIGHT: Palette = Palette {
    page: "#FFFFFF",
    card: "#FFFFFF",
    ink: "#1B2733",
    on_ink: "#FFFFFF",
    muted: "#5B6875",
    hairline: "#D5DBE1",
    sale: "#C2410C",
    partnership: "#1D6FA5",
    brand: "#8A4F8A",
    brand_fill: "#F4EDF5",
    product: "#2F7F79",
    product_fill: "#EDF4F3",
    patent: "#9A7413",
    patent_fill: "#FBF3DF",
    comparison: "#7B8794",
};

const DARK: Palette = Palette {
    page: "#12181F",
    card: "#1A232C",
    ink: "#E8EDF2",
    on_ink: "#12181F",
    muted: "#9FB0BF",
    hairline: "#33414E",
    sale: "#FF8A4C",
    partnership: "#6CB6E8",
    brand: "#CF9BCF",
    brand_fill: "#2E2031",
    product: "#5CBDB4",
    product_fill: "#16302E",
    patent: "#E0B64A",
    patent_fill: "#332A12",
    comparison: "#8797A6",
};

/// How lines are drawn: kinds of relation that share a style also share an entry in the legend, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineStyle {
    Sale,
    Owns,
    Supply,
    Partnership,
    License,
    PreInstall,
    Comparison,
    Other,
}

impl LineStyle {
    /// The style of relations of this kind.
    pub(crate) const fn of(kind: RelationKind) -> Self {
        use RelationKind as K;
        match kind {
            K::SellsTo | K::Divests | K::Acquires => Self::Sale,
            K::OwnsShareOf
            | K::IsParentOf
            | K::Controls
            | K::IsSettlorOf
            | K::IsTrusteeOf
            | K::IsProtectorOf
            | K::IsBeneficiaryOf => Self::Owns,
            K::Supplies | K::ManufacturesFor | K::Manufactures | K::DistributesFor | K::Distributes => {
                Self::Supply
            }
            K::PartnersWith | K::IsPartnerIn => Self::Partnership,
            K::LicensesTo | K::HoldsLicenseFor | K::CrossLicensesWith | K::IsSoldAs => Self::License,
            K::PreInstalls | K::IsPreInstalledOn => Self::PreInstall,
            K::CompetesWith | K::IsAheadOf => Self::Comparison,
            K::IsMemberOf
            | K::HasAgreementWith
            | K::InvestsIn
            | K::Succeeds
            | K::Holds
            | K::Covers
            | K::Makes
            | K::Uses
            | K::RunsOn
            | K::IsPartOf
            | K::Sues
            | K::HoldsPositionAt
            | K::ActsOn
            | K::IsLinkedTo
            | K::IsUnitOf => Self::Other,
        }
    }

    /// The legend text.
    pub(crate) const fn legend(self) -> &'static str {
        match self {
            Self::Sale => "sale, acquisition",
            Self::Owns => "ownership, control",
            Self::Supply => "supply, manufacturing",
            Self::Partnership => "partnership",
            Self::License => "license, brand",
            Self::PreInstall => "pre-install",
            Self::Comparison => "comparison, competition",
            Self::Other => "other, as worded",
        }
    }

    pub(crate) const fn stroke(self, palette: &Palette) -> Stroke {
        let (color, dash, width, head, double) = match self {
            Self::Sale => (palette.sale, Dash::Solid, 2.2, Head::Normal, false),
            Self::Owns => (palette.ink, Dash::Solid, 1.8, Head::Normal, false),
            Self::Supply => (palette.partnership, Dash::Solid, 1.5, Head::Vee, false),
            Self::Partnership => (palette.partnership, Dash::Solid, 1.3, Head::Vee, true),
            Self::License => (palette.brand, Dash::Dashed, 1.5, Head::Vee, false),
            Self::PreInstall => (palette.product, Dash::Dotted, 1.5, Head::Empty, false),
            Self::Comparison => (palette.comparison, Dash::Dashed, 1.2, Head::Vee, false),
            Self::Other => (palette.muted, Dash::Solid, 1.0, Head::Normal, false),
        };
        Stroke { color, dash, width, head, double }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stroke {
    pub(crate) color: &'static str,
    pub(crate) dash: Dash,
    /// In points.
    pub(crate) width: f64,
    /// The arrowhead, if the line has one.
    pub(crate) head: Head,
    pub(crate) double: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    Normal,
    Vee,
    Empty,
}

impl Head {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Vee => "vee",
            Self::Empty => "empty",
        }
    }
}
