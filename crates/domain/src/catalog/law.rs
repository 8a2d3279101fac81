//! What the law we know (facts, sections 6.1 and 6.2) wants of a catalogue before real money is taken with it.

use super::{Catalogue, OperatorCode, PlanCode, TaxKind};
use crate::kernel::Province;
use jiff::civil::Date;

/// A rule of a catalogue that would break the law.
///
/// There is none for a fee: no item of a price can be one ([`super::PriceItemKind`]), and a file with such a field is not taken
/// in. What is left of it is a plan that costs and grants nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// The Wireless Code, J.1.
    #[error("the operator {operator}: {reason}")]
    Lifecycle {
        /// Whose lines.
        operator: OperatorCode,
        /// What is wrong.
        reason: &'static str,
    },
    /// An activation, top-up or change fee by another name (TRP 2026-43).
    #[error("the plan {0} costs and grants nothing: that is a fee, and no fee may be charged")]
    Fee(PlanCode),
    /// A tax that the province levies and the table lacks.
    #[error("{} has no {} in force on {on}", province.code(), kind.code())]
    TaxMissing {
        /// Where.
        province: Province,
        /// Which.
        kind: TaxKind,
        /// The date looked at.
        on: Date,
    },
    /// A tax that the province does not levy.
    #[error("{} has a {} in force on {on}, which is not levied there", province.code(), kind.code())]
    TaxUnknown {
        /// Where.
        province: Province,
        /// Which.
        kind: TaxKind,
        /// The date looked at.
        on: Date,
    },
}

impl TaxKind {
    /// The sales taxes that a province levies on prepaid service, in the order of a receipt.
    pub const fn levied_in(province: Province) -> &'static [Self] {
        match province {
            Province::Ab | Province::Nt | Province::Nu | Province::Yt => &[Self::Gst],
            Province::Bc | Province::Sk => &[Self::Gst, Self::Pst],
            Province::Mb => &[Self::Gst, Self::Rst],
            Province::Qc => &[Self::Gst, Self::Qst],
            Province::On | Province::Nb | Province::Nl | Province::Ns | Province::Pe => {
                &[Self::Hst]
            }
        }
    }
}

impl Catalogue {
    /// Everything in it that would break the law when it is sold in these provinces on this date.
    pub fn breaches(&self, provinces: &[Province], on: Date) -> Vec<Breach> {
        let mut found: Vec<Breach> = Vec::new();
        for operator in self.operators.values() {
            let reason = operator.lifecycle.unlawful();
            found.extend(
                reason.map(|reason| Breach::Lifecycle { operator: operator.code.clone(), reason }),
            );
        }
        for plan in self.plans.values() {
            let grants = plan.allowances.iter().any(|allowance| !allowance.units.is_zero());
            if plan.price.minor > 0 && !grants {
                found.push(Breach::Fee(plan.code.clone()));
            }
        }
        found.extend(provinces.iter().flat_map(|province| self.taxed_wrongly(*province, on)));
        found
    }

    fn taxed_wrongly(&self, province: Province, on: Date) -> Vec<Breach> {
        let wanted = TaxKind::levied_in(province);
        let there: Vec<TaxKind> =
            self.taxes.taxes_on(province, on).iter().map(|tax| tax.kind).collect();
        let missing = wanted.iter().filter(|kind| !there.contains(kind));
        let missing = missing.map(|kind| Breach::TaxMissing { province, kind: *kind, on });
        let unknown = there.iter().filter(|kind| !wanted.contains(kind));
        let unknown = unknown.map(|kind| Breach::TaxUnknown { province, kind: *kind, on });
        missing.chain(unknown).collect()
    }
}
