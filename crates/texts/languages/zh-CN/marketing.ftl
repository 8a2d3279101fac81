### 推销信息：同意与退订。
## 同意的原文。改一个字就是新的版本（wording/marketing.rs 的 VERSION）。
marketing-words-email = 我同意 { $brand }（{ $merchant }，{ $address }）用电子邮件向我发送与我的卡有关的优惠信息，例如优惠即将结束时。我可以随时在此处或用每封邮件里的链接退订。联系方式：{ $phone }，{ $email }。
marketing-words-sms = 我同意 { $brand }（{ $merchant }，{ $address }）用短信向我发送与我的卡有关的优惠信息，例如优惠即将结束时。我可以随时在此处、用每条短信里的链接或回复 TD 退订。联系方式：{ $phone }，{ $email }。

marketing-title = 优惠信息
marketing-lead = 只有您愿意才发，与卡的提醒分开：提醒照您的选择照常发送。
marketing-by-email = 用电子邮件接收优惠
marketing-by-sms = 用短信接收优惠
marketing-since = { $date } 起已开启
marketing-give = 开启
marketing-end = 关闭
marketing-label-way-out = 不再接收优惠
notice-why-marketing = 您在账户页面同意接收优惠，所以收到此信息。点上面的链接立即退订。
marketing-sms-end = { $merchant }，{ $address }，{ $phone }。退订回TD或点 { $link }

unsubscribe-title = 不再接收优惠？
unsubscribe-lead = 点一下，我们就不再用邮件或短信给您发优惠。您自己的卡的提醒不受影响。
unsubscribe-button = 不再接收优惠
unsubscribe-done = 已退订，不会再收到优惠
unsubscribe-done-text = 立即生效。您自己的卡的提醒不受影响。想再次接收，可在账户页面开启。
