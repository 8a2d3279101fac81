//! `farline shops`, `farline listing`

use super::{ImportArguments, Place};
use clap::Args;
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::Language;
use farline_domain::shops::ShopCode;

/// Arguments of `shops`.
#[derive(Debug, Args)]
pub(crate) struct ShopsArguments {
    /// Answer in JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Arguments of `import trades`.
#[derive(Debug, Args)]
pub(crate) struct TradesArguments {
    /// The shop, by its name in [[shops]].
    #[arg(long, value_parser = ShopCode::parse)]
    pub(crate) shop: ShopCode,
    /// The file, and where.
    #[command(flatten)]
    pub(crate) arguments: ImportArguments,
}

/// Arguments of `listing`.
#[derive(Debug, Args)]
pub(crate) struct ListingArguments {
    /// The plan's code.
    #[arg(value_parser = PlanCode::parse)]
    pub(crate) plan: PlanCode,
    /// One language, such as zh-CN; every one, if none is named.
    #[arg(long, value_parser = language)]
    pub(crate) language: Option<Language>,
    #[command(flatten)]
    pub(crate) place: Place,
}

fn language(tag: &str) -> Result<Language, String> {
    let known = Language::ALL.into_iter().find(|it| it.tag() == tag);
    known.ok_or_else(|| "the languages are zh-CN, en-CA, fr-CA".to_owned())
}
