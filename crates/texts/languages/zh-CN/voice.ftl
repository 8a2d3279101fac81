### The telephone robot, and answers to text messages.

## What the robot says. It is heard, not read: short sentences, and the key at their end.

robot-language = { $brand }。普通话，请按{ $key }。
robot-own-card = 办理尾号{ $digits }的卡，请按1。办理其他卡，请按2。人工服务，请按0。
robot-type-number = 请输入卡的号码，以井号键结束。
robot-unknown-number = 没有找到这个号码的卡。
robot-type-pin = 请输入卡的PIN码，以井号键结束。
robot-wrong-pin = PIN码不正确。
robot-pin-locked = 今天PIN码输错次数太多，请明天再试。
robot-until-active = 您的卡有效期到{ $date }。
robot-until-grace = 您的卡已过期。余额保留到{ $date }，续费后恢复。
robot-until-suspended = 您的卡已停机。号码保留到{ $date }。
robot-until-inactive = 您的卡还没有启用。
robot-until-closed = 这张卡的号码已经失效，需要换新卡。
robot-left = 您还有{ $left }。
robot-left-nothing = 卡里没有余额了。
robot-menu = 用已保存的支付方式续上次的套餐，请按1。用短信接收付款链接，请按2。重听余额，请按3。人工服务，请按0。
robot-offer = { $plan }。含税{ $total }，用{ $method }支付。
robot-offer-until = 续费后，您的卡有效期到{ $date }。
robot-terms-email = 书面条款已经发到您的邮箱，请您先看一看。
robot-terms-sms = 书面条款已经用短信发给您，请您先看一看。
robot-agree = 同意并立即付款，请按1。不订购并返回，请按2。人工服务，请按0。
robot-no-plan = 这张卡没有可以再买的套餐。我们可以把全部套餐的链接发给您。
robot-no-method = 现在没有可以使用的已保存支付方式。我们可以把付款链接发给您。
robot-in-progress = 这张卡正在续费中，没有新的订单。
robot-terms-not-sent = 条款必须先以书面送达，而我们没有可以发送的地址。没有订购。
robot-not-renewable = 这张卡不能再续费了。
robot-delivered = 已付款，已到账。谢谢您。
robot-delivered-until = 已付款，已到账。您的卡有效期到{ $date }。谢谢您。
robot-on-its-way = 已付款。网络还没有答复，一有结果就发消息给您。不会重复扣款。
robot-unknown = 已付款。是否到账还不确定，我们正在查证。套餐到账，或者退款给您。
robot-charge-unknown = 银行是否已扣款还不确定，我们正在查证。请不要再次付款，不会重复扣款。
robot-declined = 银行拒绝了这笔付款，没有扣款。您可以接收链接，换一种方式付款。
robot-not-ordered = 没有办成。没有订购，也没有扣款。
robot-too-many = 尝试次数太多。没有订购，也没有扣款。
robot-goes-back = 网络拒绝了这次续费，款项将退还给您。
robot-link-sent = 付款链接已经用短信发到您的卡上。
robot-link-stopped = 这个号码已退订短信。请先发送“开始”给我们，再重新索取。
robot-link-no-number = 这张卡没有可以接收短信的号码。
robot-link-too-many = 这张卡有多笔订单等待付款。请先付其中一笔，或一小时后再试。
robot-link-not-now = 现在不能发送链接：正在续费中，或者这张卡不能续费。
robot-link-not-sent = 短信没有发出去。
robot-nothing-ordered = 没有订购。
robot-no-such-key = 这个键在这里没有作用。
robot-trouble = 我们这边出了一点问题。
robot-connecting = 正在为您转接人工服务。
robot-nobody = 现在没有人可以接听。您可以拨打{ $phone }，或者访问网站。
robot-moment = 请稍等。
robot-goodbye = 再见。

## Amounts for the ear

spoken-dollars = { $count }加元
spoken-cents = { $count }分
spoken-dollars-cents = { $dollars }{ $cents }
spoken-gigabytes = { $number }GB流量
spoken-megabytes = { $number }兆流量
spoken-credit = 话费{ $amount }
spoken-minutes = { $count }分钟通话
spoken-messages = { $count }条短信
spoken-method = 尾号{ $digits }的{ $brand }

## Written terms, sent before a renewal by telephone can be agreed to

voice-terms-subject = 电话续费的书面条款
voice-terms-offer = { $brand }：{ $plan }，含税{ $total }。
voice-terms-until = 续费后卡的有效期到{ $date }。
voice-terms-more = 您同意之前不会订购。条款、退款与取消：{ $link }

## Answers to text messages

text-offer = { $brand }：{ $card }的卡续“{ $plan }”，含税{ $total }，用{ $method }支付。30分钟内回复“续”即续费。条款：{ $link }
text-link = { $brand }：请在这里续费付款：{ $link }
text-left = { $brand }：{ $card }的卡还有{ $left }。
text-left-nothing = { $brand }：{ $card }的卡没有余额了。
text-until-active = 有效期到{ $date }。
text-until-renewing = 正在自动续费，您无需操作。
text-until-grace = 已过期，余额保留到{ $date }。
text-until-suspended = 已停机，号码保留到{ $date }。
text-until-inactive = 还没有启用。
text-until-closed = 号码已经失效。
text-delivered = { $brand }：{ $card }的卡已续费，已付款。
text-on-its-way = { $brand }：已付款。网络还没有答复，一有结果就通知您。不会重复扣款。
text-unknown = { $brand }：已付款。是否到账还不确定。套餐到账，或者退款给您。
text-charge-unknown = { $brand }：银行是否已扣款还不确定。请不要再次付款，不会重复扣款。
text-declined = { $brand }：银行拒绝了付款，没有扣款。换一种方式付款：{ $link }
text-not-ordered = { $brand }：没有办成。没有订购，也没有扣款。
text-too-many = { $brand }：这张卡今天已经用短信续过费，或者尝试次数太多。没有订购。
text-in-progress = { $brand }：这张卡正在续费中，没有新的订单。
text-goes-back = { $brand }：网络拒绝了这次续费，款项将退还给您。
text-not-renewable = { $brand }：这张卡不能再续费了。
text-no-card = { $brand }：这个号码不是我们的卡。续费请到：{ $link }
text-stopped = { $brand }：您已退订，我们不再给您发短信。发送“开始”可恢复。
text-started = { $brand }：已恢复给您发短信。发送“退订”可停止。
text-help = { $brand }（{ $seller }）：为预付卡续费。电话{ $phone }，邮箱{ $email }。发“续”续费，发“余额”查余额，发“退订”停止短信。
text-other = { $brand }：我们只认这些词：“续”续费，“余额”查余额，“帮助”了解我们，“退订”停止短信。
