use std::fmt;
use std::str::FromStr;

use super::{ValueError, error};

/// A currency by its code of ISO 4217, in capitals.
///
/// Besides current codes, those of the currencies replaced by the euro are allowed (list three of the standard),
/// since old deals were made in them.
///
/// ```
/// use keiretsu::Currency;
///
/// let currency: Currency = "USD".parse()?;
/// assert_eq!(currency.as_str(), "USD");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

impl Currency {
    /// The code, three capital letters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        iso_currency::Currency::from_code(text)
            .map(|currency| currency.code())
            .or_else(|| BEFORE_THE_EURO.into_iter().find(|code| *code == text))
            .map(Self)
    }
}

impl FromStr for Currency {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a currency", text, Self::read, |text| {
            let code = text.to_uppercase();
            Self::read(&code).map_or_else(
                || "write the three-letter code of ISO 4217, as in `USD` or `EUR`".to_owned(),
                |_| format!("write `{code}`"),
            )
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The ECU and the currencies replaced by the euro, where the crate's list has dropped them.
const BEFORE_THE_EURO: [&str; 21] = [
    "ATS", "BEF", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "HRK", "IEP", "ITL", "LTL", "LUF", "LVL",
    "MTL", "NLG", "PTE", "SIT", "SKK", "XEU",
];
