//! Styles: one table of line styles by kind of relation, one palette for each theme.

use super::color::Color;
use crate::model::RelationKind;

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Theme {
    /// For print and bright screens.
    #[default]
    Light,
    /// For dark screens.
    Dark,
    /// Colours of your own.
    Custom(Palette),
}

impl Theme {
    pub(crate) const fn palette(self) -> Palette {
        match self {
            Self::Light => Palette::LIGHT,
            Self::Dark => Palette::DARK,
            Self::Custom(palette) => palette,
        }
    }
}

/// The struct, and a method for each field that gives the same palette with this colour changed.
macro_rules! palette {
    ($(#[$doc:meta])* struct Palette { $( $(#[$field_doc:meta])* $field:ident, )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct Palette {
            $( $(#[$field_doc])* pub $field: Color, )+
        }

        impl Palette {
            $(
                /// The same palette but for this colour.
                ///
                $(#[$field_doc])*
                #[must_use]
                pub const fn $field(mut self, $field: Color) -> Self {
                    self.$field = $field;
                    self
                }
            )+
        }
    };
}

palette! {
    /// The colours of a picture, by use.
    ///
    /// Words need a [contrast](Color::contrast) of 4.5 to what they stand on: `ink` and `muted` to `page`, `card` and the fills,
    /// `on_ink` to `ink`, and the colours of lines, which name them, to `page`. The palettes here have it.
    ///
    /// ```
    /// use keiretsu::{Color, Graph, Palette, Theme};
    /// let graph = Graph::open("graphs")?;
    /// let house = Palette::LIGHT.sale("#00573F".parse()?).partnership(Color::new(0x7A, 0x1F, 0x5C));
    /// let dot = graph.view().diagram().theme(Theme::Custom(house)).dot()?;
    /// assert!(dot.contains("#00573F"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    struct Palette {
        /// The page.
        page,
        /// Cards and boxes on it.
        card,
        /// Words and frames, and lines of ownership.
        ink,
        /// Words on ink.
        on_ink,
        /// What is less important: details, footnotes, other lines.
        muted,
        /// Thin lines of tables and of the legend.
        hairline,
        /// Sales and acquisitions.
        sale,
        /// Partnerships and supply.
        partnership,
        /// Brands and licenses.
        brand,
        /// The ground of brands.
        brand_fill,
        /// Products.
        product,
        /// The ground of products.
        product_fill,
        /// Patents.
        patent,
        /// The ground of patents.
        patent_fill,
        /// Comparisons, and what has ended.
        comparison,
    }
}

impl Palette {
    /// The colours of [`Theme::Light`].
    pub const LIGHT: Self = Self {
        page: Color::of(0xFFFFFF),
        card: Color::of(0xFFFFFF),
        ink: Color::of(0x1B2733),
        on_ink: Color::of(0xFFFFFF),
        muted: Color::of(0x5B6875),
        hairline: Color::of(0xD5DBE1),
        sale: Color::of(0xC2410C),
        partnership: Color::of(0x1D6FA5),
        brand: Color::of(0x8A4F8A),
        brand_fill: Color::of(0xF4EDF5),
        product: Color::of(0x2F7F79),
        product_fill: Color::of(0xEDF4F3),
        patent: Color::of(0x9A7413),
        patent_fill: Color::of(0xFBF3DF),
        comparison: Color::of(0x7B8794),
    };

    /// The colours of [`Theme::Dark`].
    pub const DARK: Self = Self {
        page: Color::of(0x12181F),
        card: Color::of(0x1A232C),
        ink: Color::of(0xE8EDF2),
        on_ink: Color::of(0x12181F),
        muted: Color::of(0x9FB0BF),
        hairline: Color::of(0x33414E),
        sale: Color::of(0xFF8A4C),
        partnership: Color::of(0x6CB6E8),
        brand: Color::of(0xCF9BCF),
        brand_fill: Color::of(0x2E2031),
        product: Color::of(0x5CBDB4),
        product_fill: Color::of(0x16302E),
        patent: Color::of(0xE0B64A),
        patent_fill: Color::of(0x332A12),
        comparison: Color::of(0x8797A6),
    };
}

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

    pub(crate) const fn stroke(self, palette: Palette) -> Stroke {
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
    pub(crate) color: Color,
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
