//! The marketplace of a benchmark: answers what Taobao's platform is asked about a shop, from memory, and notes when. Signatures
//! are the contract suite's to check.

use axum::Json;
use axum::extract::{Form, State};
use axum::handler::Handler;
use farline_domain::kernel::Instant as When;
use farline_domain::shops::china_words;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::net::TcpListener;

/// The first trade's number; the others follow.
const FIRST: u64 = 1_900_000_000_000_000_001;

/// A trade that was paid.
struct Sold {
    number: String,
    handed_out: Option<Instant>,
    shipped: Option<Instant>,
    memo: String,
}

/// What the platform knows.
#[derive(Default)]
struct Book {
    trades: BTreeMap<u64, Sold>,
    waiting: VecDeque<u64>,
}

/// The platform.
#[derive(Clone)]
pub(crate) struct Platform {
    book: Arc<Mutex<Book>>,
    sku: &'static str,
    paid_at: When,
}

impl Platform {
    /// A platform on which each of these numbers bought one thing of the code, and paid it at this time.
    pub(crate) fn selling(
        numbers: impl Iterator<Item = String>,
        (sku, paid_at): (&'static str, When),
    ) -> Self {
        let mut book = Book::default();
        for (tid, number) in (FIRST..).zip(numbers) {
            let memo = String::new();
            book.trades.insert(tid, Sold { number, handed_out: None, shipped: None, memo });
            book.waiting.push_back(tid);
        }
        Self { book: Arc::new(Mutex::new(book)), sku, paid_at }
    }

    /// Answers on this machine from now on.
    pub(crate) async fn open(&self) -> std::io::Result<SocketAddr> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let service = answer.with_state(self.clone()).into_make_service();
        tokio::spawn(async move {
            let _ = axum::serve(listener, service).await;
        });
        Ok(address)
    }

    /// The numbers of all trades.
    pub(crate) fn trades(&self) -> Vec<String> {
        self.book().trades.keys().map(u64::to_string).collect()
    }

    /// How long each trade took that was shipped, from its message having been handed out, in microseconds.
    pub(crate) fn took_micros(&self) -> Vec<u64> {
        let book = self.book();
        let took = book.trades.values().filter_map(|sold| {
            let took = sold.shipped?.saturating_duration_since(sold.handed_out?);
            u64::try_from(took.as_micros()).ok()
        });
        took.collect()
    }

    /// The memos of all trades, as the seller reads them.
    pub(crate) fn memos(&self) -> Vec<String> {
        self.book().trades.values().map(|sold| sold.memo.clone()).collect()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn told(&self, asked: &BTreeMap<String, String>) -> Option<Value> {
        let field = |name: &str| asked.get(name).map_or("", String::as_str);
        let mut book = self.book();
        let tid = field("tid").parse().unwrap_or_default();
        Some(match field("method") {
            "taobao.trades.sold.increment.get" => json!({"total_results": 0}),
            "taobao.tmc.messages.consume" => book.hand_out(field("quantity").parse().ok()?),
            "taobao.tmc.messages.confirm" => json!({"is_success": true}),
            "taobao.trade.fullinfo.get" => self.full(tid, book.trades.get(&tid)?),
            "taobao.logistics.dummy.send" => {
                let sold = book.trades.get_mut(&tid)?;
                sold.shipped.get_or_insert_with(Instant::now);
                json!({"shipping": {"is_success": true}})
            }
            "taobao.trade.memo.update" => {
                field("memo").clone_into(&mut book.trades.get_mut(&tid)?.memo);
                json!({"trade": {"tid": tid}})
            }
            _ => return None,
        })
    }

    fn full(&self, tid: u64, sold: &Sold) -> Value {
        let status = match sold.shipped {
            None => "WAIT_SELLER_SEND_GOODS",
            Some(_) => "WAIT_BUYER_CONFIRM_GOODS",
        };
        let at = china_words(self.paid_at);
        let order = json!({
            "oid": tid, "num": 1, "outer_sku_id": self.sku, "sku_properties_name": "套餐:30天",
            "payment": "128.00", "status": status, "refund_status": "NO_REFUND",
        });
        json!({"trade": {
            "tid": tid, "status": status, "type": "fixed", "modified": at, "pay_time": at,
            "buyer_message": format!("号码 {}，谢谢", sold.number), "seller_memo": sold.memo,
            "orders": {"order": [order]},
        }})
    }
}

impl Book {
    /// Messages that somebody paid; from here on the time of each counts.
    fn hand_out(&mut self, quantity: usize) -> Value {
        let now = Instant::now();
        let some: Vec<u64> = self.waiting.drain(..quantity.min(self.waiting.len())).collect();
        for tid in &some {
            if let Some(sold) = self.trades.get_mut(tid) {
                sold.handed_out = Some(now);
            }
        }
        let message = |tid: &u64| {
            let content = json!({"tid": tid}).to_string();
            json!({"id": tid, "topic": "taobao_trade_TradeBuyerPay", "content": content})
        };
        json!({"messages": {"tmc_message": some.iter().map(message).collect::<Vec<_>>()}})
    }
}

async fn answer(
    State(platform): State<Platform>,
    Form(asked): Form<BTreeMap<String, String>>,
) -> Json<Value> {
    let method = asked.get("method").map_or("", String::as_str);
    let name = method.trim_start_matches("taobao.").replace('.', "_");
    let missing = || json!({"error_response": {"code": 15, "sub_code": "isv.trade-not-exist"}});
    let told = platform.told(&asked);
    Json(told.map_or_else(missing, |told| json!({format!("{name}_response"): told})))
}
