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
