//! Taking promotions in and ending them, from the command line.

use super::PromotionRequest;
use eyre::{Result, eyre};
use farline_app::catalog::promote::stopped;
use farline_app::imports::read_promotions;
use farline_app::{App, ProblemCode, subjects};

/// Does it, and says what was done.
pub(super) async fn run(app: &App, asked: PromotionRequest, text: &str) -> Result<String> {
    match asked {
        PromotionRequest::Import { file, octets: _ } => {
            let promotions = read_promotions(&file, text, &app.store.catalogue());
            let promotions = promotions.map_err(|fault| eyre!("{fault}"))?;
            let count = promotions.len();
            app.store.put_promotions(promotions).await?;
            limited(app).await?;
            Ok(format!("{count} promotions are in; the others stay as they were."))
        }
        PromotionRequest::End { promotion } => {
            let ended = stopped(app, promotion.as_str()).map_err(|problem| {
                if problem.code == ProblemCode::PlanChanged {
                    eyre!("{promotion} has ended already")
                } else {
                    eyre!("there is no promotion {promotion}")
                }
            })?;
            app.store.put_promotions(vec![ended]).await?;
            Ok(format!("{promotion} is given no more. Prices that were given keep their word."))
        }
    }
}

async fn limited(app: &App) -> Result<()> {
    let told = subjects::limit_promotions(app).await;
    told.map_err(|problem| eyre!("the limits are told later ({})", problem.code.code()))
}
