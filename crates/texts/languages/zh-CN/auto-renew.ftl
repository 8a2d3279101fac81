### 自动续费：同意的内容，以及告诉付款人的话。

## 已保存的付款方式

saved-method-card = { $brand }（尾号 { $hint }）
saved-method-account = { $brand } { $hint }

## 同意的内容，逐句列出。改动任何一个字，就是新的版本（CONSENT_VERSION）。

consent-what = 我同意{ $brand }（{ $merchant }）为我的 { $operator } 卡（{ $card }）自动续费“{ $plan }”，目前含税 { $amount }，直到我关闭为止。
auto-renew-when-before = 在服务最后一天之前 { $mark }的上午10点（{ $zone }）续费。
auto-renew-when-last-day = 在服务最后一天的上午10点（{ $zone }）续费。
auto-renew-when-cycle = 在服务最后一天、运营商自身续期的钟点（{ $zone }）续费。
auto-renew-when-data = 剩余流量少于 { $mark } 时，告知我一小时后续费。
auto-renew-when-credit = 剩余话费少于 { $mark } 时，告知我一小时后续费。
auto-renew-how-saved = 扣款方式：{ $method }。
auto-renew-how-credit = 用卡上的话费支付。
auto-renew-how-link = 到时我会收到链接，每次由我自己点一下支付。没有我，不会扣任何款。
consent-caps = 每次最多 { $charge }，每天最多 { $day }，每月最多 { $month }。
consent-notice = 每次扣款前都会告知我日期和金额，尽可能提前三天，最少提前一小时；事后告知结果，失败也会告知。
consent-declined = 扣款被拒时，若银行允许，会在一天、三天和五天后再试，宽限期过后绝不再试。
consent-end = 我可以随时在卡片页面点两下免费关闭，并收到书面确认。

## 每封邮件

auto-renew-label-pay = 立即续费
auto-renew-label-manage = 查看、更改或关闭
notice-why-auto-renew = 您收到这封邮件，是因为您同意过这张卡自动续费。

## 告知的内容

auto-renew-agreed-subject = 卡（{ $card }）的自动续费已开启
auto-renew-agreed-lead =
    { $dated ->
        [yes] 卡（{ $card }）将自动续费“{ $plan }”。下一次：{ $when }，{ $amount }。每次扣款前后都会告知您。
       *[no] 卡（{ $card }）到时将自动续费“{ $plan }”（{ $amount }）。每次扣款前后都会告知您。
    }
auto-renew-agreed-sms =
    { $dated ->
        [yes] 【{ $brand }】卡（{ $card }）已开启自动续费“{ $plan }”。下一次：{ $when }，{ $amount }。关闭：{ $manage }
       *[no] 【{ $brand }】卡（{ $card }）已开启自动续费“{ $plan }”（{ $amount }）。关闭：{ $manage }
    }
auto-renew-ended-subject = 卡（{ $card }）的自动续费已关闭
auto-renew-ended-lead = 卡（{ $card }）不再自动续费，不会再扣款。您可以随时手动续费。
auto-renew-ended-sms = 【{ $brand }】卡（{ $card }）的自动续费已关闭，不会再扣款。{ $manage }
auto-renew-announced-subject = 卡（{ $card }）将于{ $when }自动续费
auto-renew-announced-lead = 我们将于{ $when }扣款 { $amount }，为卡（{ $card }）续费“{ $plan }”。您无需操作。若不需要，请在此之前关闭。
auto-renew-announced-sms = 【{ $brand }】将于{ $when }扣款 { $amount }，为卡（{ $card }）续费“{ $plan }”。关闭：{ $manage }
auto-renew-pay-by-link-subject = 卡（{ $card }）该续费了
auto-renew-pay-by-link-lead = 卡（{ $card }）该续费“{ $plan }”了，{ $amount }。请打开链接，点一下即可支付。没有您，不会扣任何款。
auto-renew-pay-by-link-sms = 【{ $brand }】卡（{ $card }）续费“{ $plan }”，{ $amount }：{ $pay }
auto-renew-retrying-subject = 卡（{ $card }）尚未续费：付款被拒
auto-renew-retrying-lead = 银行拒绝了卡（{ $card }）续费“{ $plan }”的 { $amount }。没有扣款。我们将于{ $when }再试。您若在此之前手动续费，我们就不再扣款。
auto-renew-retrying-sms = 【{ $brand }】银行拒绝了卡（{ $card }）的 { $amount }，没有扣款。将于{ $when }再试。{ $manage }
auto-renew-authenticate-subject = 银行要您确认卡（{ $card }）的续费
auto-renew-authenticate-lead = 为卡（{ $card }）续费“{ $plan }”扣款 { $amount } 之前，银行需要您本人确认。没有扣款。请打开链接完成；这一次我们不会自动扣款。
auto-renew-authenticate-sms = 【{ $brand }】银行需要您确认卡（{ $card }）的 { $amount }，没有扣款。在此完成：{ $pay }
auto-renew-ask-customer-subject = 卡（{ $card }）未续费：请选择付款方式
auto-renew-ask-customer-lead = 卡（{ $card }）续费“{ $plan }”的 { $amount } 未能支付。没有扣款。请打开链接，用其他方式续费；这一次我们不会自动扣款。
auto-renew-ask-customer-sms = 【{ $brand }】卡（{ $card }）的 { $amount } 未能支付，没有扣款。在此续费：{ $pay }
auto-renew-stopped-subject = 卡（{ $card }）的自动续费已停止：请换一种付款方式
auto-renew-stopped-lead = 卡（{ $card }）续费“{ $plan }”的 { $amount } 被拒，这种付款方式不能再用。没有扣款。请打开链接续费，并为以后的续费另选付款方式。
auto-renew-stopped-sms = 【{ $brand }】卡（{ $card }）的 { $amount } 被拒且不能再试，没有扣款。在此续费：{ $pay }
auto-renew-over-cap-subject = 卡（{ $card }）未续费：超过您设定的上限
auto-renew-over-cap-lead = 卡（{ $card }）续费“{ $plan }”需 { $amount }，合计超过您设定的上限。没有扣款。请打开链接手动续费，或更改上限。
auto-renew-over-cap-sms = 【{ $brand }】卡（{ $card }）续费“{ $plan }”需 { $amount }，超过您设定的上限，没有扣款。在此续费：{ $pay }
auto-renew-not-enough-credit-subject = 卡（{ $card }）未续费：话费不足
auto-renew-not-enough-credit-lead = 卡（{ $card }）上的话费不足以续费“{ $plan }”（{ $amount }）。没有扣款。请打开链接，用其他方式续费。
auto-renew-not-enough-credit-sms = 【{ $brand }】卡（{ $card }）的话费不足以续费“{ $plan }”（{ $amount }）。在此续费：{ $pay }
auto-renew-not-sold-subject = 卡（{ $card }）未续费：套餐已停售
auto-renew-not-sold-lead = “{ $plan }”已不再为卡（{ $card }）提供。没有扣款。请打开链接另选套餐，并重新开启自动续费。
auto-renew-not-sold-sms = 【{ $brand }】“{ $plan }”已不再为卡（{ $card }）提供，没有扣款。另选套餐：{ $pay }
auto-renew-card-expires-subject = 您的银行卡即将到期
auto-renew-card-expires-lead = 为卡（{ $card }）自动续费的银行卡即将到期。请保存另一张，以便继续自动续费。
auto-renew-card-expires-sms = 【{ $brand }】为卡（{ $card }）自动续费的银行卡即将到期。请保存另一张：{ $manage }

## 已保存付款方式的页面

methods-title = 已保存的付款方式
methods-lead = 卡号由支付机构保存，我们只有下面显示的内容。
methods-none = 还没有保存任何付款方式。
methods-none-kept = 目前可用的支付机构都不保存付款方式。
method-good-until = 有效期至{ $month }
method-since = 保存于{ $date }
method-used-by = 用于自动续费：{ $cards }
method-add = 保存付款方式
method-add-at = 保存付款方式：{ $provider }
method-added = 已保存：{ $method }。
method-added-nothing = 没有保存任何付款方式，也没有扣款。
method-forgotten = 已移除。
method-forget-title = 移除 { $method }？
method-forget-text = 支付机构和我们都会将其删除。要再次使用，需要重新输入。
method-forget-ends = 这些卡的自动续费也会随之关闭：{ $cards }。
method-forget-button = 移除
keep-it = 保留

## 卡片页面上的自动续费

auto-title = 自动续费
auto-off-text = 同意一次，这张卡就会自行续费。每次扣款前都会告知您，点两下即可关闭。
auto-off-helper = 未开启。只有持卡人可以开启。
auto-turn-on = 开启
auto-turn-off = 关闭
auto-next = 下一次
auto-plan = 套餐
auto-when = 时间
auto-how = 付款
auto-pays-saved = 持卡人保存的付款方式
auto-pays-credit = 卡上的话费
auto-pays-link = 每次由您点链接支付
auto-next-unknown = 触及您设定的界限时
auto-resting = 扣款前会告知您。
auto-paused = 已暂停。您退订了短信，我们也没有邮箱可以在扣款前通知您。请在账户里添加邮箱，或者给我们发短信“开始”，一天之内恢复。
auto-announced = 已通知您，到时自动续费，无需操作。
auto-retrying = 付款被拒，没有扣款。我们将于{ $when }再试。您若先手动续费，就不再扣款。
auto-charging = 正在续费，不会重复扣款。
auto-why-authenticate = 银行需要您本人确认。没有扣款，这一次不会自动扣款。
auto-why-declined = 付款被拒，没有扣款。这一次不会再自动扣款。
auto-why-stopped = 这种付款方式不能再用，自动续费已停止。请换一种付款方式。
auto-why-over-cap = 费用超过您设定的上限，没有扣款。
auto-why-not-enough-credit = 卡上的话费不足，没有扣款。
auto-why-not-sold = 这个套餐已不再销售，没有扣款。请更改套餐。
auto-why-pay-link = 该续费了，等您付款。
auto-why-too-many-declines = 付款多次被拒，暂不再试。没有扣款。
auto-why-not-delivered = 已付款，但网络拒绝了，款项正在退还。
auto-why-called-off = 这一次被取消，或未及时付款。
auto-by-hand = 现在手动续费
card-renewing = 正在自动续费
card-renewing-advice = 续费正在进行。
cards-renews-itself = { $when }自动续费

## 表单

auto-form-title = 设置自动续费
auto-form-lead = 先选择，下一步再看您要同意的全文。在此之前不会开启。
auto-form-plan = 续费哪个套餐
auto-form-loses = 提前续费会损失剩余的天数，建议选择“最后一天”。
auto-form-nothing = 这张卡目前没有可以自动续费的套餐。
auto-form-when = 什么时候
auto-form-by-date = 按日期
auto-form-by-left = 按剩余
auto-when-last-day = 最后一天
auto-when-before = 最后一天之前 { $days }
auto-when-cycle = 最后一天，运营商自身续期的钟点
auto-when-data = 流量少于 { $mark }
auto-when-tenth = 流量少于套餐的十分之一
auto-when-credit = 话费少于 { $mark }
auto-form-how = 怎么付款
auto-form-how-saved = 自动扣款
auto-form-how-credit = 卡上的话费
auto-form-how-credit-hint = 到时话费不够就不续费，并告知您。
auto-form-how-link = 到时发给我链接，我点一下付款
auto-form-how-link-hint = 支付宝和微信支付不能自动扣款，每次都要您本人确认。
auto-form-save-first = 先保存一种付款方式
auto-form-caps = 最多扣多少
auto-form-caps-hint = 超过上限就不扣款，改为询问您。
cap-invalid = 请填写金额，例如 { $amount }。
cap-charge = 每次
cap-day = 每天
cap-month = 每月
auto-form-cancel = 取消
auto-review-title = 您同意以下内容吗？
auto-review-first = 第一次
auto-review-amount = 金额
auto-review-text = 您同意的内容
auto-review-agree = 我已阅读并同意
auto-review-button = 开启自动续费
auto-review-changed = 您同意的内容在您阅读之后有变化，例如价格。请重新阅读，仍然同意请勾选。在此之前不会开启。
auto-review-back = 更改
auto-ending-title = 关闭自动续费？
auto-ending-text = 这张卡不再自行续费，不会再扣款。其他一切不变，您可以随时手动续费。我们会书面确认。
auto-ending-charging = 正在进行的这一次会照常完成。
auto-ending-next = 下一次本应在：
auto-ending-button = 关闭
auto-ending-keep = 保持开启
