### Notices: e-mail and SMS. French in `-sms`, `-line` and `-body` stays within the alphabet of text messages (GSM 7-bit).
### `dated` is yes when a time can be named.

## Parts of every e-mail

notice-row = { $label }：{ $value }
notice-charge = { $amount }，{ $method }，{ $when }
notice-label-amount = 已付
notice-label-refund = 退款
notice-label-cause = 原因
notice-label-money = 款项
notice-label-next = 接下来
notice-label-link = 订单最新状态
notice-receipt-attached = 附件是带签名的收据{ $number }。
notice-receipt-online = 带签名的收据{ $number }可在订单页面查看。
notice-help = 如有疑问：{ $phone }或{ $email }，请备好订单编号。
notice-complaints = 如有不满，请先告诉我们。如未能解决，CCTS免费协助：{ $ccts_phone }，{ $ccts_website }。
notice-why-order = 您收到此信，是因为订单留有您的邮箱。本信只涉及这笔订单。
notice-why-account = 您收到此信，是因为内容涉及您的账户。

## Whether money moved, where the pages’ own sentences do not fit

notice-money-credit-charged = 已从卡内余额扣除{ $amount }，仅此一次。
notice-money-credit-returning = { $amount }正在退回卡内余额。
notice-money-credit-returned = { $amount }已退回卡内余额。
notice-money-owed = 已扣款{ $amount }，尚未退到您手中，仍由我们负责退还。

## How long the way back takes, as text messages say it

notice-back-bank = 银行到账可能需要5至10个工作日。
notice-back-credit = 款项退回卡内余额。
notice-back-by-hand = 由我们的工作人员退还给您。
notice-money-by-hand-returning = 我们欠您{ $amount }。这笔款没有经过支付平台，由我们的工作人员退还。
notice-money-by-hand-returned = { $amount }已由人工退还给您。
notice-by-hand-next = 我们的工作人员会联系您，商定退还方式。您也可以凭订单编号致电我们。
notice-by-hand-refunded-next = 您无需操作。如果没有收到款项，请凭订单编号致电我们。

## Notice: delivered

notice-delivered-subject = 续费成功：{ $card }，订单{ $reference }
notice-delivered-lead = { $card }的卡已续费：{ $plan }。
notice-delivered-next =
    { $dated ->
        [yes] 您无需操作。如果号码填错，请在{ $when }前在订单页面告诉我们。
       *[no] 您无需操作。订单页面显示最新状态。
    }
notice-delivered-sms =
    { $dated ->
        [yes] 【{ $brand }】{ $card }的卡已续费{ $plan }，用至{ $until }。已付{ $amount }。订单{ $reference }： { $link }
       *[no] 【{ $brand }】{ $card }的卡已续费{ $plan }。已付{ $amount }。订单{ $reference }： { $link }
    }
notice-delivered-line =
    { $dated ->
        [yes] 【{ $brand }】本卡已续费{ $plan }，用至{ $until }。订单{ $reference }。客服{ $phone }
       *[no] 【{ $brand }】本卡已续费{ $plan }。订单{ $reference }。客服{ $phone }
    }

## Notice: unknown

notice-unknown-subject = 付款安全，正在查证：{ $card }，订单{ $reference }
notice-unknown-lead = 您为{ $card }的卡所付的款项安全。网络尚未答复这次续费是否成功。
notice-unknown-next =
    { $dated ->
        [yes] 您无需操作。我们会继续向网络查询，有答复立即通知您。如果一直没有答复，客服会在{ $when }前决定：套餐到账，或退款。不会重复扣款。
       *[no] 您无需操作。我们会继续向网络查询，有答复立即通知您：套餐到账，或退款。不会重复扣款。
    }
notice-unknown-sms =
    { $dated ->
        [yes] 【{ $brand }】{ $card }的卡：已付{ $amount }，款项安全。网络尚未答复，我们继续查询，不会重复扣款。最迟{ $when }有结果。订单{ $reference }： { $link }
       *[no] 【{ $brand }】{ $card }的卡：已付{ $amount }，款项安全。网络尚未答复，我们继续查询，不会重复扣款。订单{ $reference }： { $link }
    }
notice-unknown-line = 【{ $brand }】本卡的续费正在向网络查证，您无需操作。订单{ $reference }。客服{ $phone }

## Notice: declined

notice-declined-subject = 未能续费，正在退款：{ $card }，订单{ $reference }
notice-declined-lead = 网络拒绝为{ $card }的卡续费，套餐没有到账。
notice-declined-next = 退款今天自动进行，原路退回，确认后会通知您。您可以改选其他套餐。
notice-declined-sms = 【{ $brand }】网络拒绝为{ $card }的卡续费。{ $amount }今天退还。{ $back }订单{ $reference }： { $link }
notice-declined-line = 【{ $brand }】网络拒绝为本卡续费，款项退还付款人。订单{ $reference }。客服{ $phone }

## Notice: refunding

notice-refunding-subject = 正在退款：{ $card }，订单{ $reference }
notice-refunding-lead = 您为{ $card }的卡所付的{ $amount }正在退还。
notice-refunding-next = 您无需操作。款项原路退回，确认后会通知您。
notice-refunding-sms = 【{ $brand }】{ $card }的卡：{ $amount }正在退还。{ $reason }{ $back }订单{ $reference }： { $link }
notice-refunding-line = 【{ $brand }】本卡的一笔款项正在退还付款人。订单{ $reference }。客服{ $phone }

## Notice: refunded

notice-refunded-subject = 退款完成：{ $card }，订单{ $reference }
notice-refunded-lead =
    { $dated ->
        [yes] 您为{ $card }的卡所付的{ $amount }已于{ $when }退款。
       *[no] 您为{ $card }的卡所付的{ $amount }已退款。
    }
notice-refunded-next = 您无需操作。如果10个工作日后仍未到账，请凭订单编号致电我们。
notice-refunded-sms = 【{ $brand }】{ $card }的卡：{ $amount }已退款。{ $back }订单{ $reference }： { $link }
notice-refunded-line = 【{ $brand }】本卡的一笔款项已退还付款人。订单{ $reference }。客服{ $phone }

## Notice: refund-failed

notice-refund-failed-subject = 退款未成功，我们正在处理：订单{ $reference }
notice-refund-failed-lead = { $card }的卡的退款{ $amount }被退回到我们这里。这笔钱仍然属于您。
notice-refund-failed-next =
    { $dated ->
        [yes] 客服会在{ $when }前处理并通知您。您也可以致电我们，改用其他退款方式。
       *[no] 客服会处理并通知您。您也可以致电我们，改用其他退款方式。
    }
notice-refund-failed-sms =
    { $dated ->
        [yes] 【{ $brand }】{ $card }的卡：退款{ $amount }未成功，仍由我们负责退还，客服会在{ $when }前处理。订单{ $reference }： { $link }
       *[no] 【{ $brand }】{ $card }的卡：退款{ $amount }未成功，仍由我们负责退还，客服正在处理。订单{ $reference }： { $link }
    }
notice-refund-failed-line = 【{ $brand }】本卡的一笔退款尚未成功，我们正与付款人处理。订单{ $reference }。客服{ $phone }

## Notice: held

notice-held-subject = 请您选择：{ $card }的第二笔付款，订单{ $reference }
notice-held-lead = { $card }的卡另有一笔已付款的续费尚未完成。这第二笔付款由我们暂存，还没有提交网络。
notice-held-next =
    { $dated ->
        [yes] 请在{ $when }前在订单页面选择：再加一期，或退款。如未选择，将为您退款。
       *[no] 订单页面显示可以选择的内容和最新状态。
    }
notice-held-sms =
    { $dated ->
        [yes] 【{ $brand }】{ $card }的卡收到两笔付款。第二笔{ $amount }暂存。请在{ $when }前选择：再加一期或退款。订单{ $reference }： { $link }
       *[no] 【{ $brand }】{ $card }的卡收到两笔付款。第二笔{ $amount }暂存。订单{ $reference }： { $link }
    }
notice-held-line = 【{ $brand }】本卡收到两笔付款，由第二笔的付款人选择如何处理。订单{ $reference }。客服{ $phone }

## Notice: reversed

notice-reversed-subject = 续费被收回，正在退款：{ $card }，订单{ $reference }
notice-reversed-lead = { $card }的卡的续费已被收回，套餐不再有效。
notice-reversed-next = 款项自动原路退回，确认后会通知您。您随时可以重新续费。
notice-reversed-sms = 【{ $brand }】{ $card }的卡的续费已被收回。{ $amount }退还给您。{ $back }订单{ $reference }： { $link }
notice-reversed-line = 【{ $brand }】本卡的一次续费已被收回，款项退还付款人。订单{ $reference }。客服{ $phone }

## Notice: wrong-number

notice-wrong-number-subject = 填错号码，正在处理：订单{ $reference }
notice-wrong-number-lead = 您告诉我们号码（{ $card }）填错了。客服正在向网络查询能否收回这次续费。
notice-wrong-number-next =
    { $dated ->
        [yes] 我们会在{ $when }前答复您。在此之前套餐保留在那张卡上，付款保持不变。
       *[no] 网络决定后我们立即答复您。在此之前套餐保留在那张卡上，付款保持不变。
    }
notice-wrong-number-sms =
    { $dated ->
        [yes] 【{ $brand }】我们正请网络收回{ $card }的卡的续费，{ $when }前答复您。在此之前{ $amount }的扣款不变。订单{ $reference }： { $link }
       *[no] 【{ $brand }】我们正请网络收回{ $card }的卡的续费。在此之前{ $amount }的扣款不变。订单{ $reference }： { $link }
    }
notice-wrong-number-line = 【{ $brand }】有人报告本卡的一次续费是填错号码。网络决定之前保持不变。订单{ $reference }。客服{ $phone }

## Notice: started-early

notice-started-early-subject = 下一个套餐已开始：{ $card }，订单{ $reference }
notice-started-early-lead =
    { $dated ->
        [yes] { $card }的卡流量已用完，{ $plan }没有等到原定日期，现已开始，用至{ $until }。
       *[no] { $card }的卡流量已用完，{ $plan }没有等到原定日期，现已开始。
    }
notice-started-early-next = 您无需操作。原套餐剩余的通话和短信仍可用到各自的最后一天。
notice-started-early-sms =
    { $dated ->
        [yes] 【{ $brand }】{ $card }的卡流量已用完，{ $plan }现已开始，用至{ $until }。订单{ $reference }： { $link }
       *[no] 【{ $brand }】{ $card }的卡流量已用完，{ $plan }现已开始。订单{ $reference }： { $link }
    }
notice-started-early-line =
    { $dated ->
        [yes] 【{ $brand }】本卡流量已用完，下一个套餐{ $plan }现已开始，用至{ $until }。订单{ $reference }。客服{ $phone }
       *[no] 【{ $brand }】本卡流量已用完，下一个套餐{ $plan }现已开始。订单{ $reference }。客服{ $phone }
    }

## Codes and messages about an account. The last line of a code’s message is for the browser and made in the program.

notice-code-subject = 您的{ $brand }验证码
notice-code-body = 【{ $brand }】验证码{ $code }，{ $minutes }分钟内有效。{ $brand }的人员绝不会向您索要。
notice-call-code-body = 【{ $brand }】您致电客服的验证码{ $code }，{ $minutes }分钟内有效，请念给客服。如您没有来电，请勿告诉任何人，并致电{ $phone }。
notice-contact-verified-subject = 您的账户新增了联系方式
notice-contact-verified-body = 【{ $brand }】{ $contact }已通过验证并加入您的账户。如非本人操作，请立即致电{ $phone }。
notice-contact-removed-subject = 您的账户移除了一个联系方式
notice-contact-removed-body = 【{ $brand }】{ $contact }已从您的账户中移除。如非本人操作，请立即致电{ $phone }。
notice-password-changed-subject = 您的账户设置了新密码
notice-password-changed-body = 【{ $brand }】您的账户设置了新密码，其他设备已退出登录，已保存的付款方式将停用24小时。如非本人操作，请立即致电{ $phone }。
notice-approval-help-subject = { $asker }请求协助管理您的卡（{ $card }）
notice-approval-help-body = 【{ $brand }】{ $asker }请求查看您的卡（{ $card }）并为它续费。请在{ $when }前答复： { $link } 如果不认识对方，请拒绝或不予理会。
notice-approval-become-subject = { $asker }请您协助管理一张卡
notice-approval-become-body = 【{ $brand }】{ $asker }请您协助管理{ $card }的卡：查看剩余、续费、接收提醒。请在{ $when }前答复： { $link } 如果不认识对方，请拒绝或不予理会。
notice-wrong-tries-subject = 多次登录尝试有误
notice-wrong-tries-body = 【{ $brand }】您的账户多次输入了错误的验证码或密码，登录暂停至{ $when }。账户内容没有变化。如非本人操作，请致电{ $phone }。
