//! Making vouchers and calling them back, from the command line.

use super::VoucherRequest;
use eyre::{Result, eyre};
use farline_app::shops::{VoucherWish, keep_vouchers, revoke_vouchers};
use farline_app::{App, Problem, ProblemCode};
use farline_domain::shops::VoucherCode;

/// Does it, and says what was done.
pub(super) async fn run(app: &App, asked: VoucherRequest, text: &str) -> Result<String> {
    match asked {
        VoucherRequest::Make { batch, shop, plan, paid, octets: _ } => {
            let codes = codes(text)?;
            let wish = VoucherWish { batch, shop, plan, paid };
            let made = keep_vouchers(app, &wish, &codes).await.map_err(|it| refused(&it))?;
            Ok(format!("{}: {} vouchers of {} are good now.", made.code, made.count, made.plan))
        }
        VoucherRequest::Revoke { batch, numbers } => {
            let revoked = revoke_vouchers(app, &batch, &numbers).await;
            let count = revoked.map_err(|it| refused(&it))?;
            Ok(format!("{batch}: {count} revoked. What was used stays used."))
        }
    }
}

fn codes(text: &str) -> Result<Vec<VoucherCode>> {
    let rows = text.lines().skip(1).map(|line| {
        let code = line.split_once(',').and_then(|(_, code)| VoucherCode::parse(code));
        code.ok_or_else(|| eyre!("“{line}” is no number and code; nothing was made"))
    });
    rows.collect()
}

fn refused(problem: &Problem) -> eyre::Report {
    match problem.code {
        ProblemCode::ShopUnknown => eyre!("there is no such shop in [[shops]]; nothing was made"),
        ProblemCode::UnknownPlan => eyre!("there is no such plan; nothing was made"),
        ProblemCode::VoucherBatchTaken => {
            eyre!("there is a batch of this name already; nothing was made")
        }
        ProblemCode::NotFound => eyre!("there is no batch of this name"),
        code => match problem.field {
            Some(field) => eyre!("this cannot be done ({}, {field})", code.code()),
            None => eyre!("this cannot be done ({})", code.code()),
        },
    }
}
