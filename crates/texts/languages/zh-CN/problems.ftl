### Problems: what went wrong, what to do, and whether money moved.

## Whether money moved; channels put one of these after the detail

problem-money-no = 没有扣款。
problem-money-yes = 这笔订单已扣款。款项安全：套餐到账，或退款给您。
problem-money-unknown = 是否扣款尚未确定。我们正在查证，不会重复扣款。

## The number

problem-number-empty = 请输入号码
problem-number-empty-detail = 还没有输入。请输入卡的手机号，或印在卡上的ICCID。
problem-number-too-short = 号码太短
problem-number-too-short-detail = 位数不足。加拿大号码为10位，ICCID为19或20位。
problem-number-too-long = 号码太长
problem-number-too-long-detail = 位数过多。电话号码最多15位，ICCID为19或20位。
problem-number-not-digits = 号码中有其他字符
problem-number-not-digits-detail = 请只用数字；也可以用空格、连字符、括号，或在开头用+ 号。
problem-number-not-possible = 不存在这样的号码
problem-number-not-possible-detail = 请核对数字。加拿大以外的号码请以+ 和国家代码开头。
problem-number-check-digit = ICCID输入有误
problem-number-check-digit-detail = 最后一位与其他数字不符，说明有一位输错了。请对照卡上的号码。
problem-unknown-line = 没有找到这张卡
problem-unknown-line-detail = 我们支持的网络中没有这个号码。请核对数字，或改用印在卡上的ICCID。

## Plans, prices and quotes

problem-unknown-plan = 没有这个套餐
problem-unknown-plan-detail = 套餐不在列表中。请从这张卡可选的套餐中选择。
problem-plan-not-for-line = 该套餐不适用于这张卡
problem-plan-not-for-line-detail = 它属于另一个网络。请从这张卡可选的套餐中选择。
problem-plan-not-sold = 该套餐目前不出售
problem-plan-not-sold-detail = 它已暂停销售、销售期已结束，或尚未开始。请选择其他套餐。
problem-supplier-paused = 该运营商暂停续费
problem-supplier-paused-detail = 网络目前无法办理续费，因此不出售无法交付的套餐。没有扣款，请几分钟后再试。
problem-promotion-unknown = 没有这个优惠码
problem-promotion-unknown-detail = 请核对拼写，或不填写。
problem-promotion-does-not-apply = 优惠码不适用
problem-promotion-does-not-apply-detail = 它只适用于其他套餐。请改选套餐，或不填写。
problem-promotion-not-yet = 优惠尚未开始
problem-promotion-not-yet-detail = 请在优惠首日再来，或不使用优惠码。
problem-promotion-over = 优惠已结束
problem-promotion-over-detail = 该优惠码的有效期已过。请不使用优惠码。
problem-promotion-other-hours = 现在不在优惠时段内
problem-promotion-other-hours-detail = 该优惠仅在每天的特定时段有效。请在该时段再来，或不使用优惠码。
problem-promotion-first-renewal = 该优惠仅限首次续费
problem-promotion-first-renewal-detail = 这张卡已在我们这里续费过。请不使用优惠码。
problem-promotion-sign-in = 请登录后使用此优惠码
problem-promotion-sign-in-detail = 该优惠按顾客限量，所以需要知道是谁购买。请登录，或不使用优惠码。
problem-promotion-not-combined = 该优惠码不能与更划算的优惠同享
problem-promotion-not-combined-detail = 价格中已有减免更多的优惠，两者不能同享。不使用优惠码即可保留更优惠的价格。
problem-promotion-used-up = 此优惠名额已用完
problem-promotion-used-up-detail = 它的总数和每张卡的次数都有限，这张卡已没有名额。请不填优惠码，重新选择套餐。订单没有生成。
problem-promotion-taken = 此优惠码已用过
problem-promotion-taken-detail = 优惠码永久属于一项优惠，这样计数才不会出错。请换一个优惠码。
problem-province-unknown = 没有这个省份
problem-province-unknown-detail = 请从列表中选择省或地区，或填写两个字母的邮政代码。
problem-province-needed = 请选择计税省份
problem-province-needed-detail = 号码无法判断应在哪里计税。请选择使用这张卡的省或地区。
problem-no-tax-known = 无法计算税款
problem-no-tax-known-detail = 我们没有该省份当天的税率，因此不能出售。请重新选择省份，或致电客服。
problem-quote-expired = 价格已过期
problem-quote-expired-detail = 价格保留15分钟。请重新选择套餐，查看当前价格。
problem-quote-not-found = 没有找到这个价格
problem-quote-not-found-detail = 可能已过期，或地址不完整。请重新选择套餐。

## Orders

problem-renewal-in-progress = 这张卡正在续费
problem-renewal-in-progress-detail = 另一笔已付款的续费尚未完成。请等待，或说明您要再加一期。
problem-renewal-awaits-payment = 这张卡有一笔续费待支付
problem-renewal-awaits-payment-detail = 您或同事已下单。请在卡页重新发送链接或取消该订单；如来电者要再加一期，请注明。
problem-renewed-meanwhile = 您查看之后，这张卡已有新的续费
problem-renewed-meanwhile-detail = 在此期间，已有另一笔续费开始或完成。请重新查看这张卡；如来电者要再加一期，请注明。
problem-line-closed = 这张卡已销号
problem-line-closed-detail = 号码已失效，无法续费，需要换一张新卡。
problem-no-plan-in-service = 加油包需要先有套餐
problem-no-plan-in-service-detail = 这张卡目前没有生效的套餐可以叠加。请先选择套餐。
problem-not-enough-credit = 卡内余额不足
problem-not-enough-credit-detail = 价格高于剩余余额。请换一种付款方式，或改选套餐。
problem-credit-frozen = 卡内余额已冻结
problem-credit-frozen-detail = 服务中断已久：续费后，余额即可恢复使用。请换一种付款方式。
problem-wrong-state = 现在不能这样做
problem-wrong-state-detail = 订单状态已变化。订单页面显示最新状态和可以进行的操作。
problem-already-sent = 已无法取消
problem-already-sent-detail = 续费已提交网络，只能等网络答复。如果网络拒绝，将全额退款。
problem-too-late = 已超过时限
problem-too-late-detail = 填错号码须在到账后24小时内报告。如需帮助，请致电客服。
problem-plan-begun = 该套餐已开始
problem-plan-begun-detail = 排队中的套餐可在开始日的前一天结束前退订。此套餐已在使用，或购买后立即生效。没有任何改动。
problem-plan-built-upon = 后面还有续费依赖此套餐
problem-plan-built-upon-detail = 之后又购买了其他续费或加油包，或部分内容正在使用。请先退订最后购买的那一个。没有任何改动。
problem-network-decides = 须由网络方收回
problem-network-decides-detail = 此套餐由其他公司的网络提供，只有该网络才能收回。请致电客服，由客服代为查询。没有任何改动。
problem-charged-back = 这笔付款存在争议
problem-charged-back-detail = 付款人的银行已收回款项，结果由银行裁定，因此不能再另行退款。
problem-refund-too-large = 退款金额不可行
problem-refund-too-large-detail = 退款金额须大于零，且不超过该笔付款的剩余金额。未退还任何款项。
problem-shop-unknown = 没有这家店铺
problem-shop-unknown-detail = 配置中没有这个名称的店铺。
problem-shop-is-read = 该店铺由系统自动读取
problem-shop-is-read-detail = 它的订单直接来自平台，再导入文件会重复。没有导入任何内容。
problem-bought-unknown = 没有找到对应的购买记录
problem-bought-unknown-detail = 请核对订单号或兑换码。刚付款的订单可能需要等一分钟。如果店铺已经发货，或正在退款，就不能在这里使用，请联系店铺。没有任何变动。
problem-voucher-used = 这个兑换码已被使用
problem-voucher-used-detail = 它已为另一张卡续费。如果不是您本人操作，请联系您购买的店铺，店铺可以查到使用时间。
problem-voucher-revoked = 这个兑换码已失效
problem-voucher-revoked-detail = 店铺在它被使用之前已将其作废。请向店铺要求退款或更换。
problem-voucher-batch-taken = 已有同名的兑换码批次
problem-voucher-batch-taken-detail = 请换一个批次名称。没有生成任何兑换码。
problem-shop-unavailable = 平台没有响应
problem-shop-unavailable-detail = 已向平台查询，但没有得到可用的答复。系统会自动再次查询。
problem-payment-provider-unavailable = 暂时无法付款
problem-payment-provider-unavailable-detail = 支付服务没有响应。订单已保留，请几分钟后再试。

## What was entered

problem-contact-needed = 收据发到哪里？
problem-contact-needed-detail = 请填写邮箱或手机号，至少一项。
problem-email-invalid = 邮箱地址有误
problem-email-invalid-detail = 邮箱形如name@example.com。请核对输入。
problem-phone-invalid = 手机号有误
problem-phone-invalid-detail = 请核对数字。加拿大以外的号码请以+ 和国家代码开头。
problem-language-unknown = 暂不支持这种语言
problem-language-unknown-detail = 请选择中文（zh-CN）、英文（en-CA）或法文（fr-CA）。
problem-terms-not-confirmed = 请选择条款的语言
problem-terms-not-confirmed-detail = 在魁北克须先出示法文条款。请阅读后确认您选择的语言。
problem-field-missing = 缺少内容
problem-field-missing-detail = 有必填项没有填写。请补全后重新提交。
problem-field-invalid = 有一项内容有误
problem-field-invalid-detail = 某个值的格式不对或不存在。请更正后重新提交。

## Signing in and proving

problem-sign-in-failed = 登录未成功
problem-sign-in-failed-detail = 账号、密码或验证码不符。请重试，或改用验证码登录。
problem-code-wrong = 验证码不正确
problem-code-wrong-detail = 请对照收到的消息重新输入。输错5次后需要重新获取。
problem-code-expired = 验证码已失效
problem-code-expired-detail = 验证码10分钟内有效，只能使用一次。请重新获取。
problem-proof-failed = 未能证明这张卡属于您
problem-proof-failed-detail = 输入的内容与这张卡不符。请核对，或换一种方式。
problem-password-too-short = 密码太短
problem-password-too-short-detail = 请设置更长的密码，例如几个词连在一起，既安全又好记。
problem-password-common = 这个密码太常见
problem-password-common-detail = 它在攻击者最先尝试的列表中。请换一个。
problem-unauthorized = 请先登录
problem-unauthorized-detail = 这里需要登录，或使用消息中的链接。登录信息缺失或已失效。
problem-forbidden = 没有权限
problem-forbidden-detail = 您已登录，但内容属于他人，或需要其他权限。
problem-csrf = 无法接受此表单
problem-csrf-detail = 页面打开时间过长，或来自其他网站。请刷新页面后重新提交。
problem-link-expired = 此链接已失效
problem-link-expired-detail = 链接只在一段时间内有效。请重新获取，或重新输入号码。
problem-too-many-requests = 尝试次数过多
problem-too-many-requests-detail = 为保护您的卡，操作已暂停。请稍候再试。

## Programs that call us

problem-idempotency-key-missing = 缺少Idempotency-Key请求头
problem-idempotency-key-missing-detail = 每个POST请求都要带一个键，例如UUID，这样重复提交不会产生影响。
problem-idempotency-key-invalid = Idempotency-Key不可用
problem-idempotency-key-invalid-detail = 访客的键须为UUID，或至少22个可见ASCII字符。
problem-idempotency-key-reused = Idempotency-Key已用于其他请求
problem-idempotency-key-reused-detail = 同一个键的请求内容不同。新请求请使用新的键。
problem-request-running = 第一个请求仍在处理
problem-request-running-detail = 使用同一个键的另一个请求尚未答复。请几秒后重试。
problem-body-too-large = 提交的内容过大
problem-body-too-large-detail = 内容超过允许的大小。请减少后重新提交。
problem-body-unreadable = 无法读取提交的内容
problem-body-unreadable-detail = 格式不正确。请检查语法后重新提交。
problem-unsupported-media-type = 不支持这种内容类型
problem-unsupported-media-type-detail = 请以Content-Type application/json提交JSON。
problem-method-not-allowed = 此地址不支持该方法
problem-method-not-allowed-detail = 本次答复的Allow头列出了支持的方法。

## Ours

problem-not-found = 这里没有内容
problem-not-found-detail = 地址可能不完整，或您无权查看。请核对，或从首页开始。
problem-internal = 这是我们的故障
problem-internal-detail = 我们已有记录。请几分钟后再试；如果正在付款，请先查看订单页面。
problem-unavailable = 稍后恢复
problem-unavailable-detail = 服务繁忙或正在更新。请一分钟后再试，重复提交不会有风险。
problem-timeout = 处理超时
problem-timeout-detail = 我们已停止等待。请重试，同一请求不会执行两次。

## Why the network refused

refusal-line-closed = 这张卡已销号，号码已失效，需要换一张新卡。
refusal-no-plan-in-service = 这是加油包，而这张卡没有生效的套餐。请先选择套餐。
refusal-number-not-accepted = 网络不接受该号码办理这个套餐。请核对号码，或改选套餐。
refusal-network-unavailable = 网络目前不受理续费。请稍后再试。
refusal-found-undelivered = 我们已向网络查证：套餐没有到账。

## Why money goes back. French stays within the alphabet of text messages.

refund-reason-declined = 网络拒绝了这次续费。
refund-reason-cancelled = 订单在提交网络之前已取消。
refund-reason-cancelled-before-start = 套餐在生效前已退订，已从卡上撤回。
refund-reason-late-capture = 付款到达时订单已结束。
refund-reason-amount-differs = 扣款金额与报价不符。
refund-reason-paid-twice = 订单被支付了两次，退还其中一笔。
refund-reason-not-wanted = 第二次续费不再进行。
refund-reason-wrong-number = 号码填错，套餐已收回。
refund-reason-reversed = 网络收回了这次续费。
refund-reason-goodwill = 套餐已到账，我们仍为您退款。
refund-reason-charged-back = 套餐到账前，银行已收回这笔付款。
refund-reason-at-shop = 店铺已退款，套餐已收回。

problem-caps-too-low = 上限低于价格
problem-caps-too-low-detail = 每次的上限不能低于套餐价格，每天和每月的上限不能低于每次的上限。

problem-trigger-does-not-fit = 这个套餐不能在该时机自动续费
problem-trigger-does-not-fit-detail = 请另选套餐，或另选续费时机。

problem-method-not-usable = 这个已保存的付款方式现在不能使用
problem-method-not-usable-detail = 它已过期、被银行拒绝，或因您的登录信息刚更改而暂停一天。没有扣款。请选择其他付款方式。

problem-consent-missing = 还缺您的同意
problem-consent-missing-detail = 请阅读内容，同意后勾选。在此之前不会开启。

problem-consent-outdated = 您同意的内容已有变化
problem-consent-outdated-detail = 您阅读之后，文字、价格或付款方式有了变化。没有开启，也没有扣款。请重新阅读后再同意。

problem-sign-in-first = 请先登录
problem-sign-in-first-detail = 从这里、为这张卡或用这个联系方式下的多笔订单没有付款。为保护您的卡和银行卡，请先用一次性验证码登录，再下单。没有扣款。
problem-pay-on-page = 请在支付商页面付款
problem-pay-on-page-detail = 今天已保存的付款方式已用于多张卡。这一张请选择一家支付商，您的银行可以在其页面上向您核实。没有扣款。
problem-staff-sign-in-failed = 登录失败
problem-staff-sign-in-failed-detail = 登录名、密码和验证码不匹配。请等待下一个验证码，然后重试。
problem-totp-wrong = 验证码不正确
problem-totp-wrong-detail = 请输入应用当前显示的验证码。如仍不正确，请确认手机时间已设为自动。
problem-passkey-failed = 登录失败
problem-passkey-failed-detail = 通行密钥不匹配、已被移除或已超时。请重试，或使用密码和验证码。
problem-passkey-not-added = 通行密钥未添加
problem-passkey-not-added-detail = 它与请求不符、已超时，或已添加过。请重试。
problem-sign-in-again = 请重新登录
problem-sign-in-again-detail = 登录后十分钟内才能更改登录方式。没有更改任何内容。
problem-name-taken = 此登录名已被使用
problem-name-taken-detail = 已有同事使用此登录名。请换一个。
problem-last-manager = 团队必须有人管理
problem-last-manager-detail = 这是最后一位可以邀请成员和分配角色的人。请先把此权限交给其他人。
problem-payment-under-way = 正在从已保存的支付方式扣款
problem-payment-under-way-detail = 目前还不知道是否扣款成功。请等结果明确后再收其他款项。
problem-not-the-total = 金额与订单总额不符
problem-not-the-total-detail = 人工收款的金额必须与订单总额完全一致。没有入账。如需其他金额，请另下订单。
problem-above-limit = 超出您可单独退还的额度
problem-above-limit-detail = 需要主管或财务同意。没有退款。
problem-manual-above-limit = 超出您可人工收款的额度
problem-manual-above-limit-detail = 请资深客服、主管或财务来收款，或发送付款链接。没有入账。
problem-partner-above-limit = 超出您可入账的额度
problem-partner-above-limit-detail = 请管理服务器的同事在服务器上入账，或提高额度。没有入账。
problem-reference-used = 这个凭证号已经用过
problem-reference-used-detail = 它属于同一方式的另一笔款项。请再核对账单或收据簿。没有入账。
problem-reference-invalid = 这不是有效的凭证号
problem-reference-invalid-detail = 凭证号为3至40个字母和数字，以账单或收据簿上所示为准。没有入账。
problem-holds-bank-card = 这看起来像银行卡号
problem-holds-bank-card-detail = 这里绝不记录银行卡号，请从文字中删去。没有保存。
problem-own-request = 需要另一个人同意
problem-own-request-detail = 任何人都不能批准自己的申请。没有退款。
problem-request-decided = 已经有人处理了这个申请
problem-request-decided-detail = 请再看一下订单，了解处理结果。
problem-request-lapsed = 这个申请等待得太久了
problem-request-lapsed-detail = 申请等待七天。如仍需要，请重新提出。没有退款。
problem-order-changed = 提出申请后订单已有变化
problem-order-changed-detail = 订单不再允许这笔退款：付款余额不足，或套餐已被收回。没有退款。请查看订单后重新提出。
problem-call-over = 通话已结束
problem-call-over-detail = 通话已结束，或15分钟内没有操作。请从搜索重新接起。未扣任何款项。
problem-not-verified = 尚未核实来电者
problem-not-verified-detail = 核实身份之前，不显示资料，也不办理任何业务。
problem-link-not-sent = 链接未能发送
problem-link-not-sent-detail = 通道未接收。请换一种方式，或显示二维码。未扣任何款项。
problem-plan-changed = 您查看之后，该套餐已有变动
problem-plan-changed-detail = 有人在此期间改了价格，或停止、恢复了销售。您没有改动任何内容。请重新查看该套餐。
problem-price-same = 当天已是这个价格
problem-price-same-detail = 请填写其他价格或其他日期。没有任何改动。
problem-price-past = 该日期已过
problem-price-past-detail = 价格须从今天或以后（运营商当地日期）开始。没有任何改动。
problem-price-after-sale = 该套餐在此日期之前停止销售
problem-price-after-sale-detail = 请选择更早的日期，或在目录中延后该套餐的最后销售日。没有任何改动。
problem-terms-not-sent = 条款尚未送达付款人
problem-terms-not-sent-detail = 在魁北克，须先以书面提供条款。请先发送条款，待对方收到后再请其同意；如无法发送，请发送付款链接。没有下单，也没有扣款。
problem-sold-elsewhere = 由他方售出
problem-sold-elsewhere-detail = 该订单由合作方或店铺售出，由其与买家结算。此处没有退款。
problem-account-used-up = 账户余额不足
problem-account-used-up-detail = 已存入金额加信用额度不足以支付。没有下单。请充值或申请提高额度后，用同一参考号重试。
problem-partner-stopped = 已暂停新订单
problem-partner-stopped-detail = 该合作方目前不能下单，进行中的订单不受影响。请与我们联系。
problem-price-above-most = 价格高于您的上限
problem-price-above-most-detail = 价格高于下单时给出的上限。没有下单。请查看产品的当前价格。
problem-callback-refused = 无法回调该地址
problem-callback-refused-detail = 回调地址必须是公网 https 地址，且不含用户名和密码。请换一个。
problem-too-many-keys = 密钥过多
problem-too-many-keys-detail = 已有二十个有效密钥。请先停用不再使用的密钥。
