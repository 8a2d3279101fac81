### 提醒：及时告诉卡的使用者什么。

reminder-label-manage = 更改或关闭提醒
notice-why-reminder = 这张卡在您的账户里并已开启提醒，所以您收到此通知。内容只关于您自己的服务，不是推销。
reminder-what-data = 流量
reminder-what-voice = 通话分钟
reminder-what-credit = 话费

reminder-expires-in-subject = { $last ->
    [yes] 卡（{ $card }）今天是最后一个服务日
   *[no] 卡（{ $card }）还有 { $days } 到期
}
reminder-expires-in-lead = 卡（{ $card }）服务到 { $expires } 为止。在此之前续费，服务不会中断。如果不续，剩余的余量保留到 { $grace }，号码保留到 { $kept }。
reminder-expires-in-sms = 【{ $brand }】卡（{ $card }）{ $expires } 到期。点两下即可续费：{ $link }
reminder-grace-begins-subject = 卡（{ $card }）已停止服务，余量保留到 { $grace }
reminder-grace-begins-lead = 卡（{ $card }）已于 { $expires } 到期。现在什么都没有丢：在 { $grace } 前续费，剩余的余量全部恢复。
reminder-grace-begins-sms = 【{ $brand }】卡（{ $card }）已于 { $expires } 到期，余量保留到 { $grace }。续费：{ $link }
reminder-last-safe-day-subject = 卡（{ $card }）：余量只保留到 { $grace }
reminder-last-safe-day-lead = { $grace } 是最后一天，在此之前续费可恢复卡（{ $card }）上的余量。过后余量作废，号码保留到 { $kept }。
reminder-last-safe-day-sms = 【{ $brand }】{ $grace } 是保住卡（{ $card }）余量的最后一天。续费：{ $link }
reminder-number-ends-subject = 卡（{ $card }）：号码在 { $kept } 之后收回
reminder-number-ends-lead = 卡（{ $card }）很久没有续费。号码保留到 { $kept }，之后永久收回。任意一次续费都能保住号码。
reminder-number-ends-sms = 【{ $brand }】卡（{ $card }）号码在 { $kept } 之后收回，任意续费即可保号：{ $link }
reminder-used-subject = 卡（{ $card }）：{ $what }已用 { $percent }%
reminder-used-lead = 卡（{ $card }）有一个套餐的{ $what }已用 { $percent }%，套餐到 { $expires } 为止。卡的页面显示还剩多少、够用多久。
reminder-used-sms = 【{ $brand }】卡（{ $card }）{ $what }已用 { $percent }%，套餐到 { $expires } 为止。详情：{ $link }
reminder-used-up-subject = 卡（{ $card }）：一个套餐的{ $what }已用完
reminder-used-up-lead = 卡（{ $card }）有一个套餐的{ $what }已用完。如果其他套餐还有，会接着使用。套餐到 { $expires } 为止。
reminder-used-up-sms = 【{ $brand }】卡（{ $card }）有一个套餐的{ $what }已用完。详情：{ $link }
reminder-runs-out-subject = 卡（{ $card }）：流量不够用三天
reminder-runs-out-lead = 卡（{ $card }）还剩 { $left }。按最近七天的用量，不够用三天，而套餐到 { $expires } 为止。
reminder-runs-out-sms = 【{ $brand }】卡（{ $card }）还剩 { $left }，按您的用量不够三天，套餐到 { $expires } 为止。详情：{ $link }
reminder-runs-out-voice-subject = 卡（{ $card }）：通话时长不够用三天
reminder-runs-out-voice-lead = 卡（{ $card }）还剩通话 { $left }。按最近七天的用量，不够用三天，而套餐到 { $expires } 为止。
reminder-runs-out-voice-sms = 【{ $brand }】卡（{ $card }）还剩通话 { $left }，按您的用量不够三天，套餐到 { $expires } 为止。详情：{ $link }
reminder-credit-low-subject = 卡（{ $card }）：话费不多了
reminder-credit-low-lead = 卡（{ $card }）话费已用九成。用完后，从话费扣款的服务会停止。
reminder-credit-low-sms = 【{ $brand }】卡（{ $card }）话费不多了。续费：{ $link }
reminder-promotion-ends-subject = { $promotion }：卡（{ $card }）续费{ $gives }，到 { $until } 为止
reminder-promotion-ends-lead = { $promotion }：卡（{ $card }）现在续费可享{ $gives }，{ $until } 结束。链接里的价格已含优惠，无需输入任何代码。
reminder-promotion-ends-sms = 【{ $brand }】{ $promotion }：卡（{ $card }）续费{ $gives }，到 { $until } 为止。点两下即可：{ $link }
reminder-sms-end = { $reply ->
    [yes] 或回复“续费”。退订短信回TD
   *[no] 退订短信回TD
}

reminders-title = 提醒
reminders-lead = 这张卡快到期、流量或分钟快用完、话费不多时，我们会及时告诉您。夜里不打扰。
reminders-by = 这张卡怎样提醒您
reminders-hint = 只关于这张卡，没有广告。保存后立即生效，已安排的提醒也照此办理。
reminders-told = 提醒记录
reminders-by-email = 用电子邮件
reminders-by-sms = 用短信
reminders-by-none = 不提醒
reminders-why-expires-in = 快到期了
reminders-why-grace-begins = 已到期，余量保留中
reminders-why-last-safe-day = 保住余量的最后一天
reminders-why-number-ends = 号码快要收回
reminders-why-used = 流量或分钟不多了
reminders-why-used-up = 流量或分钟已用完
reminders-why-runs-out = 流量不够用三天
reminders-why-runs-out-voice = 通话时长不够用三天
reminders-why-credit-low = 话费不多了
reminders-why-promotion-ends = 优惠即将结束
reminders-is-planned = 已安排
reminders-is-sent = 已发送
reminders-is-dropped = 不再需要
reminders-is-failed = 未能发送
