//! What the people behind a platform read beside its code. They read Chinese.

use farline_app::ports::platform::Fault;

/// Why something is refused.
pub(super) const fn words(fault: Fault) -> &'static str {
    match fault {
        Fault::Signature => "签名不正确",
        Fault::TooOld => "时间戳已过期",
        Fault::Unreadable => "参数不正确",
        Fault::NotServed => "暂不支持：本货源只提供直充商品",
        Fault::UnknownGood => "没有对应的商品",
        Fault::NotSold => "商品暂不可售，或不适用于该号码",
        Fault::Quantity => "直充商品每单只能购买一件",
        Fault::Account => "充值账号不正确",
        Fault::Price => "价格与货源价格不符",
        Fault::UsedUp => "货源账户余额不足",
        Fault::Stopped => "货源已停止接单",
        Fault::InProgress => "该号码有未完成的充值",
        Fault::OtherOrder => "订单号已用于其他订单",
        Fault::UnknownOrder => "没有对应的订单",
        Fault::NotKnownYet => "充值结果尚未确定，请稍后再试",
        Fault::NotTheWhole => "只支持整单退款",
        Fault::Unavailable => "系统繁忙，请稍后再试",
    }
}
