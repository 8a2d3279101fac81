//! A seller's export of orders, as Taobao and JD write it: a row for each thing sold, columns in Chinese, GBK or UTF-8.

use crate::sheet::Sheet;
use encoding_rs::GB18030;
use farline_domain::kernel::{Currency, Instant, Money};
use farline_domain::shops::{
    BuyerWords, RefundStanding, Trade, TradeItem, TradeState, read_amount,
};
use std::borrow::Cow;

/// Rows of a file at most.
const MOST_ROWS: usize = 20_000;

/// A column, by the names that it has.
type Names = &'static [&'static str];
const NUMBER: Names = &["订单编号", "主订单编号", "订单号"];
const ITEM: Names = &["子订单编号"];
const SKU: Names = &["商家编码", "外部系统编号", "商家SKUID", "货号"];
const QUANTITY: Names = &["购买数量", "宝贝数量", "订购数量", "商品数量"];
const PAID: Names = &["买家实际支付金额", "买家实付金额", "实付金额", "应付金额"];
const STATE: Names = &["订单状态"];
const REFUND: Names = &["退款状态"];
const WORDS: [&str; 3] = ["买家留言", "订单备注", "买家备注"];

/// Why a file is not taken in; nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TradesFault(pub String);

/// Where the columns of a file stand.
struct Columns {
    number: usize,
    item: Option<usize>,
    sku: usize,
    quantity: usize,
    paid: usize,
    state: usize,
    refund: Option<usize>,
    words: Vec<usize>,
    yuan: Currency,
}

impl Columns {
    fn of(heading: &[String]) -> Result<Self, TradesFault> {
        let place = |names: Names| {
            names.iter().find_map(|name| heading.iter().position(|column| column == name))
        };
        let needed = |names: Names| {
            place(names).ok_or_else(|| {
                let names = names.join(" / ");
                TradesFault(format!("there is no column {names}: export the orders by things sold"))
            })
        };
        let words = WORDS.iter();
        Ok(Self {
            number: needed(NUMBER)?,
            item: place(ITEM),
            sku: needed(SKU)?,
            quantity: needed(QUANTITY)?,
            paid: needed(PAID)?,
            state: needed(STATE)?,
            refund: place(REFUND),
            yuan: Currency::parse("CNY")
                .ok_or_else(|| TradesFault("there is no yuan".to_owned()))?,
            words: words.filter_map(|name| heading.iter().position(|it| it == name)).collect(),
        })
    }
}

/// Reads the trades of a file, in its order. What a marketplace writes about a state that is not known here is held.
///
/// # Errors
/// When it cannot be read, has no row, lacks a column, or is longer than twenty thousand rows.
pub fn read_trades(octets: &[u8], read_at: Instant) -> Result<Vec<Trade>, TradesFault> {
    let text = decoded(octets)?;
    let mut sheet = Sheet::open(text.as_bytes()).map_err(TradesFault)?;
    if !sheet.advance().map_err(TradesFault)? {
        return Err(TradesFault("the file is empty; its first row names the columns".to_owned()));
    }
    let heading: Vec<String> = sheet.cells().iter().map(cell).collect();
    let columns = Columns::of(&heading)?;
    let mut trades: Vec<Trade> = Vec::new();
    let mut rows = 0;
    while sheet.advance().map_err(TradesFault)? {
        if sheet.is_blank() {
            continue;
        }
        rows += 1;
        if rows > MOST_ROWS {
            return Err(TradesFault(format!("a file has at most {MOST_ROWS} rows; send several")));
        }
        let cells: Vec<String> = sheet.cells().iter().map(cell).collect();
        let at = |place: usize| cells.get(place).map_or("", String::as_str);
        let number = at(columns.number);
        if number.is_empty() || !number.bytes().all(|octet| octet.is_ascii_digit()) {
            let row = sheet.row();
            return Err(TradesFault(format!(
                "row {row}: “{number}” is no order number; spreadsheets shorten long numbers, so send the export as it was saved"
            )));
        }
        let known = trades.iter().position(|trade| trade.number == number);
        let place = known.unwrap_or_else(|| {
            trades.push(trade(number, (&columns, &at), read_at));
            trades.len() - 1
        });
        if let Some(trade) = trades.get_mut(place) {
            let count = trade.items.len() + 1;
            trade.items.push(item(count, &columns, &at));
        }
    }
    trades.iter_mut().filter(|_| columns.item.is_none()).for_each(hold_several);
    Ok(trades)
}

/// Without a number of its own for each thing, an amount may be that of the whole order: a person looks at several.
fn hold_several(trade: &mut Trade) {
    let several = u32::try_from(trade.items.len()).unwrap_or(u32::MAX);
    if several > 1 {
        trade.items.iter_mut().for_each(|item| item.quantity = item.quantity.max(several));
    }
}

/// UTF-8 where it is that; otherwise GBK, which every export from China was for long.
fn decoded(octets: &[u8]) -> Result<Cow<'_, str>, TradesFault> {
    if let Ok(text) = std::str::from_utf8(octets) {
        return Ok(Cow::Borrowed(text));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(octets);
    text.ok_or_else(|| TradesFault("the file is neither UTF-8 nor GBK".to_owned()))
}

/// A cell as it is meant: exports write long numbers as `="…"`, with an apostrophe, or with a tab, to save them from spreadsheets.
pub(super) fn cell(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    let text = text.trim().trim_start_matches('\u{feff}');
    let quoted = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let text = quoted.unwrap_or(text).trim();
    text.strip_prefix('\'').unwrap_or(text).trim().to_owned()
}

fn trade<'a>(
    number: &str,
    (columns, at): (&Columns, &impl Fn(usize) -> &'a str),
    read_at: Instant,
) -> Trade {
    let words = columns.words.iter().map(|place| BuyerWords::new(at(*place).to_owned()));
    Trade {
        number: number.to_owned(),
        state: state(at(columns.state)),
        changed_at: read_at,
        paid_at: None,
        words: words.collect(),
        items: Vec::new(),
    }
}

fn item<'a>(count: usize, columns: &Columns, at: &impl Fn(usize) -> &'a str) -> TradeItem {
    let own = columns.item.map(at).filter(|number| !number.is_empty()).map(str::to_owned);
    TradeItem {
        number: own.unwrap_or_else(|| count.to_string()),
        sku: at(columns.sku).to_owned(),
        quantity: at(columns.quantity).parse().unwrap_or(0),
        // An amount that cannot be read waits for a person, as nothing paid does.
        paid: read_amount(at(columns.paid), columns.yuan).unwrap_or(Money::zero(columns.yuan)),
        refund: columns.refund.map_or(RefundStanding::Absent, |place| refund(at(place))),
        words: Vec::new(),
    }
}

/// The states of both marketplaces' exports. A word that is not known is held.
fn state(word: &str) -> TradeState {
    const STATES: [(TradeState, &[&str]); 4] = [
        (TradeState::NotPaid, &["等待买家付款", "等待付款", "待付款"]),
        (
            TradeState::Paid,
            &["买家已付款，等待卖家发货", "买家已付款", "等待出库", "等待发货", "待发货", "待出库"],
        ),
        (
            TradeState::Shipped,
            &[
                "卖家已发货，等待买家确认",
                "卖家已发货",
                "交易成功",
                "等待确认收货",
                "已完成",
                "完成",
            ],
        ),
        (TradeState::Closed, &["交易关闭", "已取消", "取消", "(删除)等待出库", "(删除)"]),
    ];
    let word = word.replace(',', "，");
    let known = STATES.into_iter().find(|(_, words)| words.contains(&word.as_str()));
    known.map_or(TradeState::Held, |(state, _)| state)
}

/// A word that is not known is an open refund.
fn refund(word: &str) -> RefundStanding {
    match word {
        "" | "--" | "无" | "没有申请退款" | "退款关闭" => RefundStanding::Absent,
        "退款成功" => RefundStanding::Done,
        _ => RefundStanding::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::{TradesFault, read_trades};
    use encoding_rs::GBK;
    use farline_domain::kernel::Instant;
    use farline_domain::shops::{Judgement, Waiting};
    use farline_domain::shops::{RefundStanding, SkuMap, Trade, TradeState, judge};

    const TAOBAO: &str = "订单编号,子订单编号,标题,商家编码,购买数量,买家实际支付金额,订单状态,退款状态,买家留言\n\
        =\"190000000000000001\",=\"190000000000000002\",远游卡,MAPLE-30,1,128.00,\"买家已付款，等待卖家发货\",没有申请退款,号码 416 555 0188\n\
        '190000000000000003,'190000000000000004,远游卡,MAPLE-30,1,128.00,\"买家已付款，等待卖家发货\",退款中,4165550188\n\
        190000000000000005\t,190000000000000006,远游卡,MAPLE-30,1,12x,等待买家付款,,\n";
    const JD: &str = "订单号,商品ID,商品名称,订购数量,应付金额,订单状态,订单备注,商家SKUID\n\
        300000000001,1,远游卡,1,99.00,等待出库,4165550188,MAPLE-30\n\
        300000000002,1,远游卡,1,198.00,等待出库,4165550188,MAPLE-30\n\
        300000000002,2,远游卡,1,198.00,等待出库,4165550188,SPRUCE-7\n\
        300000000003,1,远游卡,1,99.00,锁定,4165550188,MAPLE-30\n";

    fn read(text: &str) -> Result<Vec<Trade>, String> {
        let read = read_trades(text.as_bytes(), Instant::from_millis(0));
        read.map_err(|TradesFault(why)| why)
    }

    fn judged(trade: &Trade, place: usize) -> Judgement {
        judge(trade, &trade.items[place], &SkuMap::default())
    }

    #[test]
    fn an_export_of_taobao_is_read_in_both_encodings() {
        let trades = read(TAOBAO).unwrap();
        let (gbk, _, is_lossy) = GBK.encode(TAOBAO);
        assert!(!is_lossy && std::str::from_utf8(&gbk).is_err());
        assert_eq!(read_trades(&gbk, Instant::from_millis(0)), Ok(trades.clone()));
        assert_eq!(read(&format!("\u{feff}{TAOBAO}")).unwrap(), trades);
        assert_eq!(read(&TAOBAO.replace('\n', "\r\n")).unwrap(), trades);
        let [paid, refunding, unpaid] = trades.as_slice() else { panic!("{trades:?}") };
        assert_eq!(paid.number, "190000000000000001");
        assert_eq!(paid.items[0].number, "190000000000000002");
        assert_eq!(paid.items[0].paid.minor, 12_800);
        assert!(matches!(judged(paid, 0), Judgement::Deliver { .. }));
        assert_eq!(refunding.items[0].refund, RefundStanding::Open);
        assert_eq!(unpaid.state, TradeState::NotPaid);
        assert_eq!(unpaid.items[0].paid.minor, 0);
    }

    #[test]
    fn of_jd_several_things_in_one_order_wait_for_a_person() {
        let trades = read(JD).unwrap();
        assert!(matches!(judged(&trades[0], 0), Judgement::Deliver { .. }));
        for place in 0..2 {
            assert_eq!(judged(&trades[1], place), Judgement::Wait(Waiting::Pieces));
        }
        assert_eq!(judged(&trades[2], 0), Judgement::Wait(Waiting::Held));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let table = [
            ("", "the file is empty"),
            ("订单编号,标题\n1,2\n", "there is no column 商家编码"),
            (&TAOBAO.replace("=\"190000000000000001\"", "1.9E+17"), "row 2: “1.9E+17”"),
        ];
        for (text, why) in table {
            let said = read(text).unwrap_err();
            assert!(said.contains(why), "{said}");
        }
        let neither = read_trades(&[0xff, 0xff, b'\n'], Instant::from_millis(0));
        assert_eq!(neither, Err(TradesFault("the file is neither UTF-8 nor GBK".to_owned())));
    }
}
