//! Seventy lines, a bank, and people who order.

use super::bank::Bank;
use crate::subjects::world::{World, line, request};
use farline_app::orders::{self, Buyer, Choice, Paying, PlaceRequest};
use farline_app::payments::Providers;
use farline_app::ports::accounts::{AccountChange, NewContact};
use farline_app::{App, Problem, methods, protection};
use farline_domain::accounts::Address;
use farline_domain::commands::{Actor, PayWith};
use farline_domain::kernel::{AccountId, Cell, ContactId, Language};
use farline_domain::orders::Order;
use farline_domain::payments::{PaymentMethod, SavedMethod};
use farline_testkit::noon;
use std::sync::Arc;

pub(super) struct Shop {
    pub(super) world: World,
    pub(super) bank: Arc<Bank>,
}

/// Who orders.
#[derive(Clone)]
pub(super) enum Who {
    /// A guest with this e-mail address.
    Guest(String),
    /// An account.
    Account(AccountId),
}

impl Shop {
    pub(super) fn over(mut world: World) -> Self {
        let bank = Arc::new(Bank::default());
        world.app.providers = Providers::new(bank.clone(), Vec::new());
        world.app.gateways = vec![bank.clone()];
        Self { world, bank }
    }

    pub(super) fn app(&self) -> &App {
        &self.world.app
    }

    /// Orders a renewal of a line from a network address and goes to the provider.
    pub(super) async fn order(
        &self,
        (network, who): (&str, Who),
        number: u32,
        pay_with: PayWith,
    ) -> Result<Order, Problem> {
        let quote = self.world.try_quote(number, None).await?;
        let buyer = match who {
            Who::Guest(email) => Buyer { email: Some(email), ..Buyer::default() },
            Who::Account(account) => Buyer { account: Some(account), ..Buyer::default() },
        };
        let wanted = request(&quote, self.app().randomness.bits());
        ordered(self.app(), network, PlaceRequest { buyer, pay_with, another: true, ..wanted })
            .await
    }

    /// A guest orders and leaves it unpaid.
    pub(super) async fn guest(
        &self,
        network: &str,
        email: &str,
        number: u32,
    ) -> Result<Order, Problem> {
        self.order((network, Who::Guest(email.to_owned())), number, PayWith::Page).await
    }

    /// Pays on the page, and the payer comes back.
    pub(super) async fn pay(&self, order: &Order) -> Order {
        self.bank.take(order);
        orders::see(self.app(), order.id).await.unwrap()
    }

    /// An account that holds lines.
    pub(super) async fn account(&self, number: u8, lines: std::ops::Range<u32>) -> AccountId {
        let app = self.app();
        let id = AccountId::mint(noon(), Cell::numbered(3), u64::from(number));
        let address = Address::email(&format!("holder{number}@example.org")).unwrap();
        let contact = NewContact {
            id: ContactId::mint(app.now(), id.cell(), u64::from(number)),
            address,
            key: [number; 32],
        };
        let open = AccountChange::Open { language: Language::EnCa, contact, password: None };
        let holds = lines.map(|number| AccountChange::Hold(line(number).id()));
        for change in std::iter::once(open).chain(holds) {
            app.store.change_account(id, change, (Actor::Account(id), app.now())).await.unwrap();
        }
        id
    }

    /// Saves a method for an account and returns its id, as it is chosen.
    pub(super) async fn method(&self, account: AccountId, name: &str) -> String {
        let saved = SavedMethod {
            id: name.to_owned(),
            customer: "cus".to_owned(),
            method: PaymentMethod::Credit,
            brand: "Visa".to_owned(),
            hint: "4242".to_owned(),
            expiry: None,
        };
        methods::keep(self.app(), account, ("bank", saved)).await.unwrap().to_string()
    }

    /// Renews a line with a saved method.
    pub(super) async fn renew(
        &self,
        account: AccountId,
        number: u32,
        method: &str,
    ) -> Result<Order, Problem> {
        let asks = (Some(account), line(number).id());
        let Choice { pay_with, .. } = orders::choice(self.app(), asks, Some(method)).await?;
        self.order(("192.0.2.1", Who::Account(account)), number, pay_with).await
    }
}

/// Places an order as the channels do.
pub(super) async fn ordered(
    app: &App,
    network: &str,
    request: PlaceRequest,
) -> Result<Order, Problem> {
    let placing = async |request| {
        let order = orders::place(app, request).await?;
        orders::pay(app, order, Paying::default()).await.map(|(order, _)| Some(order))
    };
    protection::guard(app, (network, request), placing).await.map(Option::unwrap)
}
