### The portal: pages a customer or a guest sees.

## The frame of every page

skip-link = 跳到正文
banner-label = 演示
banner-text = 演示环境，不会真实扣款
banner-mailbox = 演示信箱
menu-label = 菜单
menu-languages = 语言
menu-cards = 我的卡
menu-orders = 订单
menu-account = 账户
menu-sign-in = 登录
error-prefix = 有误：
summary-title = 请更正
summary-money = 没有扣款。您填写的内容仍然保留。
foot-help = 客服
foot-complaints = 投诉与CCTS
foot-partners = 合作方
foot-privacy = 隐私
foot-terms = 条款
foot-about = 关于我们
foot-weight = 每页不到10 KB，几乎不耗流量。
continue = 继续
change = 更改
save = 保存
remove = 移除
older = 更早的记录

## Whether money moved

money-no = 没有扣款。
money-charged = 已扣款{ $amount }，仅此一次。
money-returning = { $amount }正在退还给您。银行到账可能需要5至10个工作日。
money-returned = { $amount }已退款。银行到账可能需要5至10个工作日。
money-at-shop = { $amount }由您付给店铺，仅此一次。我们没有收款。
money-shop-returns = 没有续费。您付给店铺的{ $amount }由店铺退还，请联系店铺。
money-unknown = 是否扣款尚未确定。我们正在查证，不会重复扣款。

## The first page

home-title-short = 续费
home-title = 人在哪里，卡都不断。
home-lead = 输入号码，或印在卡上的ICCID。付款前先看到含税价格。
home-number = 号码或ICCID
home-number-hint = 例如416 555 0188
home-samples = 可以试用的号码：
home-cards = 前往我的卡
promise-fast = 下次只需两步
promise-fast-text = 我们记住套餐，从不记银行卡。
promise-honest = 通常几秒即可生效
promise-honest-text = 网络若有延迟，我们如实告知，绝不重复扣款。
promise-proof = 凭证可以保存
promise-proof-text = 签名收据，通过邮件和短信发送。

## The line found, and its plans

renew-title = 您需要什么？
renew-other-card = 不是这张卡？换一个号码
renew-need = 用途
need-all = 全部
need-data = 流量
need-calls = 通话
need-keep = 保号
renew-plans = 套餐
renew-plans-hint = 点选套餐，付款前还会让您核对。
renew-nothing = 该网络目前无法续费。
renew-nothing-text = 没有扣款。请一小时后再试，或致电客服。

## Check your answers

check-title = 付款前请核对
check-lead = 是这张卡吗？请核对尾号。
row-card = 卡
row-plan = 套餐
row-starts = 有效期
row-province = 计税省份
row-total = 合计
row-paid = 已付
row-reference = 订单编号
row-paid-at = 付款时间
row-delivered-at = 到账时间
row-paid-with = 付款方式
row-period = 有效期
gap-better = 下面这个套餐立即生效：
check-price = 价格
check-total = 合计（含税，{ $currency }）
check-holds = 此价格保留至{ $when }。
check-contact = 收据发往
check-contact-hint = 邮箱或手机号，至少填一项。
email = 邮箱
mobile = 手机号
check-pay-with = 付款方式
check-keep = 下次继续用这种方式付款
check-keep-hint = 适用于银行卡和 PayPal。卡号由支付机构保存，我们没有。可随时移除。
method-refused = 银行拒绝了这种付款方式，不能再用。
method-expired = 已过期。
method-held = 您的登录信息刚更改，暂停至{ $when }。
pay-at-sandbox = 内置沙盒：不收真钱
pay-at-sandbox-note = 信用卡、Visa Debit 和 Debit Mastercard 可以在网上付款；只支持 Interac 的卡不可以。
pay-at-stripe = 银行卡、支付宝或微信支付
pay-at-stripe-note = 信用卡、Visa Debit 和 Debit Mastercard 可以在网上付款；只支持 Interac 的卡不可以。
pay-at-paypal = PayPal
pay-at-paypal-note = 在您的 PayPal 账户中确认付款。
french-title = 先显示法文条款
french-text = 在魁北克，合同须先以法文出示，之后才可选择其他语言。请先阅读，再在下方选择。
french-choice = 我已看到法文条款，并选择中文条款。
check-wrong-own = 如果号码填错，请在24小时内告诉我们。只要尚未使用，套餐立即收回并退款。
check-wrong-desk = 如果号码填错，请在24小时内告诉我们。能否收回由该网络决定：客服会向网络查询，并在{ $hours }小时内答复您。
check-nothing-charged = 按下按钮之前不会扣款。
pay-amount = 支付{ $amount }

## An order: headline, sentence and next step of each state

order-title-awaiting = 尚未付款。
order-lead-awaiting = 请在{ $when }前付款。逾期订单自动结束。
order-next-awaiting = 支付{ $amount }后立即续费。
order-title-charging = 正在从您保存的付款方式扣款。
order-lead-charging = 您无需操作，不会重复扣款。本页会自动更新。
order-next-charging = 支付{ $amount }后立即续费。
order-title-refused = 付款被拒，没有扣款。
order-lead-refused-retry-later = 银行目前不同意扣款，常见原因是余额或额度不足。您可以在{ $when }前用其他方式付款。
order-lead-refused-retry-once = 银行没有说明原因。您可以在{ $when }前用其他方式付款。
order-lead-refused-authenticate = 银行需要您本人确认。请继续并按银行的提示操作，{ $when }前有效。
order-lead-refused-ask-customer = 这种付款方式需要更正，例如卡已过期或已更换。您可以在{ $when }前用其他方式付款。
order-lead-refused-never = 银行不允许再用这种付款方式。您可以在{ $when }前用其他方式付款。
order-next-refused = 支付{ $amount }后立即续费。
order-other-way = 前往付款
order-by-itself = 由这张卡的自动续费下单。
order-title-activating = 已付款，正在开通。
order-lead-activating = 通常只需几秒，页面会自动更新。
order-next-activating = 如果网络拒绝，今天就退还{ $amount }。
order-title-slow = 已付款，网络比平时慢。
order-lead-slow = 您无需操作。{ $when }前会有新消息。
order-next-slow = 如果网络拒绝，当天退还{ $amount }。
order-title-unknown = 您的付款安全。我们正在向网络查证。
order-lead-unknown = 您无需操作，不会重复扣款。{ $when }前本页会有新消息。
order-next-unknown = 如果网络拒绝，当天退还{ $amount }。
order-title-person = 您的付款安全。客服正在人工处理。
order-lead-person = 网络24小时内没有答复。我们会在{ $when }前给您结果。
order-next-person = 结果只有两种：套餐到账，或退还{ $amount }。不会两头落空，也不会重复扣款。
order-title-delivered = 续费成功。
order-lead-delivered = 有效期至{ $when }。
order-next-delivered = 无需其他操作。
order-title-declined = 网络拒绝了这次续费。
order-lead-declined = 套餐没有到账，退款会自动进行。
order-next-declined = { $amount }今天原路退回。您可以改选其他套餐。
order-title-refunding = 正在退款。
order-lead-refunding = 今天已经提交退款，您无需操作。
order-next-refunding = { $amount }原路退回，确认后我们会通知您。
order-title-refunded = 退款完成。
order-lead-refunded = 退款已于{ $when }确认。
order-next-refunded = { $amount }已原路退回。
order-title-cancelled = 订单已取消。
order-lead-cancelled = 没有向网络提交任何内容。
order-next-cancelled = 随时可以重新下单。
order-title-expired = 订单已结束。
order-lead-expired = 未在规定时间内付款，卡的状态没有变化。
order-next-expired = 如果之后仍有付款到达，将全额退还。
order-title-reversed = 续费已被收回。
order-lead-reversed = 套餐已从卡上移除，退款会自动进行。
order-next-reversed = { $amount }今天原路退回。
order-title-held = 这张卡收到了两笔付款。
order-lead-held = 第二笔付款暂由我们保管。请在{ $when }前选择，否则自动退款。
order-next-held = { $amount }暂存，尚未使用。
held-text = 订单{ $other }尚未完成。如再加一期，可用至{ $period }。
held-period = 再加一期
held-refund = 退款{ $amount }
truth-label = 目前情况
steps-label = 进度
step-paid = 已付款
step-activating = 开通中
step-active = 已生效
order-balance = 本次增加
order-receipt = 查看收据
order-pdf = 下载PDF收据
order-proof = 付款凭证
order-check-again = 再查一次
order-cancel = 取消订单
order-again = 重新下单
order-history = 全部经过
order-qr = 收据{ $number }，扫码查看。

## Facts about an order, followed by their time

fact-placed = 下单
fact-paid = 付款
fact-queued = 排队中
fact-sent = 提交网络
fact-no-answer = 尚无答复
fact-asked-again = 再次查询
fact-delivered = 生效
fact-refused = 网络拒绝
fact-handed-over = 转人工
fact-held = 暂存第二笔付款
fact-cancelled = 取消
fact-expired = 未付款结束
fact-reversed = 收回
fact-wrong-number = 报告填错号码
fact-refund-started = 提交退款
fact-refunded = 退款确认

## Wrong number

wrong-title = 号码填错了？
wrong-own = 只要尚未使用，套餐立即收回并退还{ $amount }。
wrong-desk = 能否收回由网络决定。客服会向网络查询，并在{ $hours }小时内答复您。
wrong-until = 请在{ $when }前报告。
wrong-own-button = 收回并退款
wrong-desk-button = 报告填错号码
wrong-reported = 已报告填错号码。客服会在{ $when }前答复，在此之前套餐保持原样。

## A plan that waits for its first day

queued-waits = { $plan }排在当前套餐之后，{ $when }自动开始。
queued-or-used-up = 如果流量在此之前用完，套餐会立即开始，有效期从当天算起。
queued-started-early = 流量已于{ $when }用完，本套餐没有等到原定日期，已提前开始。
queued-cancel-title = 不想要了？
queued-cancel = 开始之前可以退订：{ $amount }全额原路退回。号码现有的内容保持不变，有效期恢复到购买之前。
queued-confirm = 是的，取消{ $when }开始的套餐
queued-button = 取消并退款{ $amount }
queued-supplier = 套餐由其他公司的网络保管，只有该网络才能收回。如不想要了，请致电{ $phone }，由客服代为查询。
queued-elsewhere = 您是从别处购买的。如不想要了，请联系卖方。
queued-built-upon = 目前不能取消：之后又购买了其他续费或加油包。请先退订最后购买的那一个。
order-because = 原因：{ $reason }

## Receipt and proof of payment

receipt-page-title = 收据
row-number = 收据编号
receipt-page-lead = 已付款，已到账。
proof-page-title = 付款凭证
proof-page-lead = 已付款，到账尚待确认；确认后即可取得收据。
receipt-seller = 销售方
receipt-genuine = 如何验证
receipt-genuine-text = PDF带有电子签名。扫码即可与我们的记录核对。
proof-genuine-text = 扫码查看订单的最新状态。
receipt-back = 返回订单
contract-title = 本次购买的条款
contract-version = 适用条款版本{ $version }。

## What went wrong

problem-page-title-not-found = 这里没有内容。
problem-page-lead-not-found = 地址可能不完整。请核对，或从首页开始。
problem-page-title-not-yours = 您没有此项权限。
problem-page-title-sign-in-first = 请先登录。
problem-page-lead-sign-in-first = 从这里下的多笔订单没有付款。为保护您，请先用一次性验证码登录，登录后会回到这个套餐。
problem-page-title-forbidden = 无法接受此表单。
problem-page-lead-not-yours = 这属于他人，或需要其他权限。没有任何更改。
problem-page-lead-forbidden = 页面打开时间过长，或来自其他网站。请返回并刷新页面后重新提交。
problem-page-title-in-progress = 这张卡正在续费。
problem-page-lead-in-progress = 另一笔已付款的订单尚未完成。请稍候，或致电客服。
problem-page-title-promotion-used-up = 此优惠名额已用完。
problem-page-lead-promotion-used-up = 它的总数和每张卡的次数都有限。订单没有生成。请不填优惠码，重新选择套餐。
problem-page-title-too-late = 现在已无法操作。
problem-page-lead-too-late = 订单状态已变化，请查看订单页面。
problem-page-title-link-expired = 此链接已失效。
problem-page-lead-link-expired = 链接和价格只在短时间内有效。请重新输入号码。
problem-page-title-not-understood = 无法识别提交的内容。
problem-page-lead-not-understood = 内容缺失或过长。请返回后重新提交。
problem-page-title-too-many = 尝试次数过多。
problem-page-lead-too-many = 为保护您的卡，请于{ $when }再试。
problem-page-title-our-fault = 这是我们的故障。
problem-page-lead-our-fault = 我们已有记录。请几分钟后再试，或致电客服并告知下方编号。
problem-page-title-supplier-paused = 该网络暂停续费。
problem-page-title-unavailable = 稍后恢复。
problem-page-lead-supplier-paused = 网络目前无法办理续费，因此不出售无法交付的套餐。请几分钟后再试。
problem-page-lead-unavailable = 网站繁忙或正在更新。请一分钟后再试。
problem-request = 客服查询编号：{ $id }
problem-home = 返回首页

## Terms, privacy, complaints

terms-title = 条款
terms-version = 版本{ $version }，自{ $date }起生效。
terms-who = 您的交易对方
terms-what = 您购买的内容
terms-what-text = 为一张卡购买的预付费续费：核对页面列明的流量、通话、短信或余额，以及相应天数。除非您为该卡开启了自动续费，否则不会自动续费。
terms-price = 价格
terms-price-text = 以核对页面的含税价格为准，没有其他费用。开通、续费、更换套餐均不收手续费。
terms-delivery = 何时到账
terms-delivery-text = 通常几秒到账。如果网络没有答复，我们会如实告知并继续查询，48小时内给出结果。
terms-refund = 退款
terms-refund-text = 套餐未到账时，当天按原付款方式全额退款，银行到账可能需要5至10个工作日。尚未提交网络的订单可以取消。
terms-wrong = 号码填错
terms-wrong-text = 请在24小时内在订单页面报告。自有网络上未使用的套餐立即收回并退款；其他网络由客服代为查询。
terms-expiry = 到期之后
terms-expiry-text = 到期后账户至少免费保留七个自然日。在此期间续费，剩余内容全部恢复。号码的最后保留日显示在卡的页面上。
terms-language = 语言
terms-language-text = 本条款有法文、英文和中文文本，内容一致。在魁北克先出示法文文本。
terms-complaints = 投诉
terms-complaints-text = 请先联系我们。如未能解决，CCTS可免费协助。
privacy-title = 隐私
privacy-lead = 我们只保存续费所需的信息，不做任何跟踪。
privacy-what = 我们保存的信息
privacy-what-card = 卡：号码、ICCID、运营商、日期和余额。
privacy-what-contact = 联系方式：您提供的邮箱或手机号，以及语言。
privacy-what-order = 订单：购买内容、时间、价格和税款。
privacy-what-usage = 每日用量，以及最近六周各时段的用量，仅持卡人及其授权的协助人可见。
privacy-what-not = 我们从不接触或保存银行卡号，由支付机构处理。我们不出售数据，也不投放广告。
privacy-who = 谁会收到
privacy-who-text = 卡所属的网络、支付机构，以及为我们传送邮件和短信的服务商，各自只收到必需的部分。
privacy-long = 保存多久
privacy-long-contact = 卡、联系方式和用量：直到您删除账户。没有账户的，直到您要求删除。
privacy-long-money = 订单和收据：税法要求我们在年末之后再保留六年，其中不含姓名。
privacy-rights = 您的权利
privacy-right-access = 查阅：在账户页面查看我们保存的您的信息。
privacy-right-rectification = 更正：改正有误的信息。
privacy-right-portability = 可携：以其他程序可读的格式下载您的数据。
privacy-right-erasure = 删除：自行删除账户，立即生效。
privacy-right-consent = 撤回：撤回您给过的同意。
privacy-law = 以上权利依据加拿大PIPEDA；在魁北克，依据经第25号法律修订的私营部门法。如发生可能对您造成严重损害的事件，我们会通知您和主管机关。
privacy-rights-text = 没有账户的，请联系下方的负责人。我们在30天内免费答复。
privacy-cookies = Cookie
privacy-cookies-text = 登录期间只有一个，其他时候没有。
privacy-officer = 个人信息保护负责人
privacy-commissioner = 您也可以联系加拿大隐私专员公署；在魁北克，可联系信息获取委员会（CAI）。
complaints-title = 投诉
complaints-lead = 请先联系我们。如果结果不满意，可向独立机构免费求助。
complaints-us = 第一步：联系我们
complaints-us-text = 请准备好订单编号。我们在{ $days }个工作日内答复。
complaints-order = 如果我们的答复未能解决问题，或者未按时答复，您可以向CCTS投诉。
complaints-ccts = 第二步：CCTS
complaints-ccts-text = 加拿大电信电视服务投诉委员会（CCTS）独立于企业，免费受理。
complaints-ccts-name = CCTS
about-title = 关于我们
about-lead = 您的交易对方是以下企业，每张收据上都会注明。
about-legal-name = 法定名称
about-brand = 商业名称
about-address = 地址
about-phone = 电话
about-provinces = 销售地区
about-everywhere = 加拿大所有省和地区
about-more = 您的权利

# 退款被退回。
order-title-owed = 退款被退回，这笔钱仍欠您。
order-lead-owed = 工作人员会在{ $when }前处理，您无需操作。
order-next-owed = 我们仍欠您{ $amount }。重新退款后会立即通知您。
order-title-by-hand = 这笔钱由我们退还给您。
order-lead-by-hand = 这笔款是人工收取的，由工作人员在{ $when }前退还。
order-next-by-hand = 我们会联系您退还{ $amount }，您也可以致电我们。
money-given-back = { $amount }已由人工退还给您。

## 演示时钟

clock-title = 演示：把时间往前拨
clock-hint = 这里的一切都会一起往前走，不能拨回：日子会到，提醒会发，套餐会到期。
clock-day = 一天
clock-week = 一周
clock-expiry = 到这张卡到期
