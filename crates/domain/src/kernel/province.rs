//! The provinces and territories of Canada, and what an area code says about them.

use serde::{Deserialize, Serialize};

macro_rules! provinces {
    ($($variant:ident $code:literal $name:literal [$($area:literal)*];)*) => {
        /// A province or territory, by its postal code. Taxes and levies depend on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Province {
            $(#[doc = $name] $variant,)*
        }

        impl Province {
            /// Every province and territory, by postal code.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The two-letter postal code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Reads the two-letter postal code, whatever its case.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|province| province.code().eq_ignore_ascii_case(code))
            }

            /// The province of a North American area code, where it decides. `782` and `902` serve
            /// two provinces and `867` three territories, so they decide nothing.
            pub fn of_area_code(area: u16) -> Option<Self> {
                match area {
                    $($($area => Some(Self::$variant),)*)*
                    _ => None,
                }
            }
        }
    };
}

provinces! {
    Ab "AB" "Alberta" [368 403 587 780 825];
    Bc "BC" "British Columbia" [236 250 257 604 672 778];
    Mb "MB" "Manitoba" [204 431 584];
    Nb "NB" "New Brunswick" [428 506];
    Nl "NL" "Newfoundland and Labrador" [709 879];
    Ns "NS" "Nova Scotia" [];
    Nt "NT" "Northwest Territories" [];
    Nu "NU" "Nunavut" [];
    On "ON" "Ontario" [226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942];
    Pe "PE" "Prince Edward Island" [];
    Qc "QC" "Quebec" [263 354 367 418 438 450 468 514 579 581 819 873];
    Sk "SK" "Saskatchewan" [306 474 639];
    Yt "YT" "Yukon" [];
}

#[cfg(test)]
mod tests {
    use super::Province;

    #[test]
    fn an_area_code_decides_only_where_it_is_of_one_province() {
        let table =
            [(416, Some(Province::On)), (514, Some(Province::Qc)), (902, None), (867, None)];
        for (area, expected) in table {
            assert_eq!(Province::of_area_code(area), expected, "{area}");
        }
        for province in Province::ALL {
            assert_eq!(Province::parse(&province.code().to_lowercase()), Some(*province));
        }
    }
}
