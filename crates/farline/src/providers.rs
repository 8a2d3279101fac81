//! The payment providers of the configuration, each in the mode of the installation.

use crate::config::{Config, PayPal, SecretPlace, Stripe};
use eyre::Result;
use farline_app::Mode;
use farline_app::ports::Clock;
use farline_app::ports::payment::PaymentProvider;
use farline_gateways::payment::paypal::{PayPalMode, PayPalProvider, PayPalSettings};
use farline_gateways::payment::stripe::{STRIPE_API, StripeMode, StripeProvider, StripeSettings};
use std::sync::Arc;
use std::time::Duration;

/// How long a payment provider may take to answer.
pub(crate) const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// A provider, or why it cannot be used.
pub(crate) type Configured = Result<Arc<dyn PaymentProvider>>;

/// Each provider of the configuration with its section in the file, in the order in which they are offered.
pub(crate) fn configured(
    config: &Config,
    mode: Mode,
    clock: &Arc<dyn Clock>,
) -> Vec<(&'static str, Configured)> {
    let stripe = config.stripe.as_ref().map(|settings| ("stripe", stripe(settings, mode)));
    let paypal = config.paypal.as_ref().map(|settings| ("paypal", paypal(settings, mode, clock)));
    stripe.into_iter().chain(paypal).collect()
}

fn stripe(stripe: &Stripe, mode: Mode) -> Configured {
    let secrets: Result<Vec<String>> =
        stripe.webhook_secrets.iter().map(SecretPlace::read).collect();
    Ok(Arc::new(StripeProvider::new(StripeSettings {
        base_url: STRIPE_API.to_owned(),
        secret_key: stripe.secret_key.read()?,
        webhook_secrets: secrets?,
        mode: match mode {
            Mode::Sandbox => StripeMode::Test,
            Mode::Live => StripeMode::Live,
        },
        methods: Vec::new(),
        answer_within: ANSWERS_WITHIN,
    })?))
}

fn paypal(paypal: &PayPal, mode: Mode, clock: &Arc<dyn Clock>) -> Configured {
    let settings = PayPalSettings {
        mode: match mode {
            Mode::Sandbox => PayPalMode::Sandbox,
            Mode::Live => PayPalMode::Live,
        },
        client_id: paypal.client_id.clone(),
        client_secret: paypal.client_secret.read()?,
        webhook_id: paypal.webhook_id.clone(),
        answer_within: ANSWERS_WITHIN,
        stand_in: None,
    };
    Ok(Arc::new(PayPalProvider::new(settings, clock.clone())?))
}
