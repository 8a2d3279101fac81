//! A marketplace in memory, with one shop.

use async_trait::async_trait;
use farline_app::ports::shop::{
    Header, ShopAnswer, ShopGateway, ShopHint, ShopMessage, ShopRefusal, ShopUnknown,
    ShopWebhookRefusal,
};
use farline_domain::kernel::{Currency, Instant, Money};
use farline_domain::shops::{
    BuyerWords, Marketplace, RefundStanding, Trade, TradeItem, TradeState, Window,
};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// What every buyer pays there.
pub(super) fn paid() -> Money {
    Money { minor: 12_850, currency: Currency::parse("CNY").unwrap() }
}

#[derive(Default)]
struct Book {
    trades: BTreeMap<String, Trade>,
    shipped: BTreeMap<String, usize>,
    memos: BTreeMap<String, Vec<String>>,
    messages: Vec<ShopMessage>,
    /// Nothing that changed is told, or everything however long ago.
    tells: Tells,
    trouble: Option<ShopUnknown>,
    hidden_trades: usize,
    lost_shippings: usize,
    refuses_shipping: bool,
    cuts_shipping: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tells {
    #[default]
    Changes,
    Everything,
    Nothing,
}

#[derive(Default)]
pub(super) struct Market(Mutex<Book>);

impl Market {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap()
    }

    fn change(&self, trade: &str, change: impl FnOnce(&mut Trade)) {
        change(self.book().trades.get_mut(trade).unwrap());
    }

    pub(super) fn sell(&self, number: &str, message: &str, at: Instant) {
        let item = TradeItem {
            number: "1".to_owned(),
            sku: "MAPLE-30".to_owned(),
            quantity: 1,
            paid: paid(),
            refund: RefundStanding::Absent,
            words: Vec::new(),
        };
        let trade = Trade {
            number: number.to_owned(),
            state: TradeState::Paid,
            changed_at: at,
            paid_at: Some(at),
            words: vec![BuyerWords::new(message.to_owned())],
            items: vec![item],
        };
        self.book().trades.insert(number.to_owned(), trade);
    }

    /// One thing more in a trade.
    pub(super) fn add(&self, trade: &str, sku: &str) {
        self.change(trade, |trade| {
            let number = (trade.items.len() + 1).to_string();
            let item = TradeItem { number, sku: sku.to_owned(), ..trade.items[0].clone() };
            trade.items.push(item);
        });
    }

    pub(super) fn change_item(&self, trade: &str, place: usize, sku: &str) {
        self.change(trade, |trade| sku.clone_into(&mut trade.items[place].sku));
    }

    pub(super) fn write(&self, trade: &str, message: &str) {
        self.change(trade, |trade| trade.words = vec![BuyerWords::new(message.to_owned())]);
    }

    pub(super) fn thing(&self, trade: &str, (sku, quantity): (&str, u32)) {
        self.change(trade, |trade| {
            sku.clone_into(&mut trade.items[0].sku);
            trade.items[0].quantity = quantity;
        });
    }

    pub(super) fn refund(&self, trade: &str, standing: RefundStanding) {
        self.change(trade, |trade| trade.items[0].refund = standing);
    }

    pub(super) fn state(&self, trade: &str, state: TradeState) {
        self.change(trade, |trade| trade.state = state);
    }

    pub(super) fn touch(&self, trade: &str, at: Instant) {
        self.change(trade, |trade| trade.changed_at = at);
    }

    pub(super) fn message(&self, trade: &str) {
        let mut book = self.book();
        let id = book.messages.len().to_string();
        book.messages.push(ShopMessage { id, trade: Some(trade.to_owned()) });
    }

    pub(super) fn repeat_changes(&self) {
        self.book().tells = Tells::Everything;
    }

    pub(super) fn lose_changes(&self) {
        self.book().tells = Tells::Nothing;
    }

    pub(super) fn trouble(&self, trouble: Option<ShopUnknown>) {
        self.book().trouble = trouble;
    }

    pub(super) fn hide_trades(&self, times: usize) {
        self.book().hidden_trades = times;
    }

    pub(super) fn lose_shipping(&self, times: usize) {
        self.book().lost_shippings = times;
    }

    /// Nothing arrives that would mark a trade as shipped.
    pub(super) fn cut_shipping(&self) {
        self.book().cuts_shipping = true;
    }

    pub(super) fn refuse_shipping(&self) {
        self.book().refuses_shipping = true;
    }

    pub(super) fn shipped(&self, trade: &str) -> usize {
        self.book().shipped.get(trade).copied().unwrap_or(0)
    }

    pub(super) fn memo(&self, trade: &str) -> Vec<String> {
        self.book().memos.get(trade).cloned().unwrap_or_default()
    }
}

fn lost() -> ShopUnknown {
    ShopUnknown::NoAnswer("lost".to_owned())
}

#[async_trait]
impl ShopGateway for Market {
    fn marketplace(&self) -> Marketplace {
        Marketplace::Taobao
    }

    async fn changed(&self, window: Window, _: Instant) -> ShopAnswer<Vec<String>> {
        let book = self.book();
        if let Some(trouble) = &book.trouble {
            return Err(trouble.clone());
        }
        let tells = book.tells;
        let is_told = |trade: &&Trade| match tells {
            Tells::Changes => (window.from()..=window.to()).contains(&trade.changed_at),
            Tells::Everything => true,
            Tells::Nothing => false,
        };
        Ok(Ok(book.trades.values().filter(is_told).map(|trade| trade.number.clone()).collect()))
    }

    async fn trade(&self, number: &str, _: Instant) -> ShopAnswer<Trade> {
        let mut book = self.book();
        if book.hidden_trades > 0 {
            book.hidden_trades -= 1;
            return Err(lost());
        }
        Ok(book.trades.get(number).cloned().ok_or_else(|| ShopRefusal("no_such_order".to_owned())))
    }

    async fn mark_shipped(&self, number: &str, _: Instant) -> ShopAnswer<()> {
        let mut book = self.book();
        if book.cuts_shipping {
            return Err(lost());
        }
        if book.refuses_shipping {
            return Ok(Err(ShopRefusal("not_to_ship".to_owned())));
        }
        let trade = book.trades.get_mut(number).unwrap();
        if trade.state != TradeState::Shipped {
            trade.state = TradeState::Shipped;
            *book.shipped.entry(number.to_owned()).or_default() += 1;
        }
        if book.lost_shippings > 0 {
            book.lost_shippings -= 1;
            return Err(lost());
        }
        Ok(Ok(()))
    }

    async fn add_memo(&self, number: &str, memo: &str, _: Instant) -> ShopAnswer<()> {
        let mut book = self.book();
        let memos = book.memos.entry(number.to_owned()).or_default();
        if !memos.iter().any(|own| own == memo) {
            memos.push(memo.to_owned());
        }
        Ok(Ok(()))
    }

    fn has_messages(&self) -> bool {
        true
    }

    async fn messages(&self, _: Instant) -> ShopAnswer<Vec<ShopMessage>> {
        Ok(Ok(self.book().messages.clone()))
    }

    async fn confirm(&self, ids: &[String], _: Instant) -> ShopAnswer<()> {
        self.book().messages.retain(|message| !ids.contains(&message.id));
        Ok(Ok(()))
    }

    /// The body is the trade's number, and the header its id.
    fn webhook(
        &self,
        header: Header<'_>,
        body: &[u8],
        _: Instant,
    ) -> Result<ShopHint, ShopWebhookRefusal> {
        let event = header("id").ok_or(ShopWebhookRefusal::Signature)?;
        let trade = String::from_utf8(body.to_vec()).map_err(|_| ShopWebhookRefusal::Body)?;
        Ok(ShopHint { event, trade: Some(trade) })
    }
}
