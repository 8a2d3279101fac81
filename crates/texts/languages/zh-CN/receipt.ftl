### The receipt: page and PDF. Also the labels of prices, plans and provinces that pages and the API share.

## The items of a price

price-tax-gst = GST { $rate }（商品及服务税）
price-tax-hst = HST { $rate }（统一销售税）
price-tax-pst = PST { $rate }（省销售税）
price-tax-rst = RST { $rate }（零售销售税）
price-tax-qst = QST { $rate }（魁北克销售税）
price-levy = 911紧急服务费（{ $province }）
price-promotion = 优惠（{ $code }）
promotion-first = 前 { $count } 笔续费
promotion-per-card = 每张卡 { $count } 次
promotion-limited = 此优惠限{ $limits }。提交订单后即为您保留名额。

## The provinces and territories

province-ab = 阿尔伯塔省
province-bc = 不列颠哥伦比亚省
province-mb = 马尼托巴省
province-nb = 新不伦瑞克省
province-nl = 纽芬兰与拉布拉多省
province-ns = 新斯科舍省
province-nt = 西北地区
province-nu = 努纳武特地区
province-on = 安大略省
province-pe = 爱德华王子岛省
province-qc = 魁北克省
province-sk = 萨斯喀彻温省
province-yt = 育空地区

## What a plan grants, for how long, from when

allowance-credit = { $amount }余额
allowance-bonus = 赠送{ $what }
allowance-window = { $what }（每日{ $from }至{ $until }）
validity-months =
    { $count ->
       *[other] { $count } 个月
    }
start-rule-add-value = 加到当前套餐上，与当前套餐同时到期。到期日不变。
start-rule-set-expiry = 立即生效。新的到期日从续费当天算起，即使原到期日更晚。
start-rule-keep-later = 立即生效。新旧到期日以较晚者为准。
start-rule-add-days = 立即生效。天数加在原到期日之后。
start-rule-queue = 当前套餐到期后生效；没有套餐时立即生效。
start-rule-queue-or-used-up = 当前套餐到期或流量用完后生效，以先到者为准，有效期从当天算起；没有套餐时立即生效。

## Why a plan is recommended

reason-most-data = 同等价格下流量最多。
reason-most-calls = 同等价格下通话时间最长。
reason-least-per-day = 保号，每天花费最少。
reason-fits-usage = 您30天约用{ $data }，这是够用套餐中最便宜的。
reason-starts-at-once = 立即生效，流量不会中断。

## Dates and cards, as documents and notices write them

day-in-zone = { $date }（{ $zone }）
period-in-zone = { $from }至{ $until }（{ $zone }）
card-of-operator = { $operator }，{ $card }

## How it was paid

payment-method-credit = 信用卡
payment-method-debit = 借记卡
payment-method-card = 银行卡
payment-method-paypal = PayPal
payment-method-alipay = 支付宝
payment-method-wechat-pay = 微信支付
payment-method-other = 其他支付方式
payment-method-line-credit = 卡内余额
payment-method-cash = 现金
payment-method-interac = Interac 电子转账
payment-method-wechat-transfer = 微信转账
payment-method-partner-account = 合作方账户
payment-method-marketplace = 已在电商平台支付

## Who sold. The registration numbers the tax law wants follow their labels.

registration-gst-hst = GST/HST税号
registration-qst = QST税号
registration-pst-bc = PST税号（不列颠哥伦比亚省）
registration-pst-sk = PST税号（萨斯喀彻温省）
registration-rst-mb = RST税号（马尼托巴省）

## The receipt and the proof of payment as documents

receipt-title = 收据
receipt-number = 收据编号
receipt-date = 已付款，已到账。{ $when }
proof-title = 付款凭证
proof-number = 凭证编号
proof-date = 付款时间：{ $when }
proof-state = 状态
proof-state-at = { $state }，{ $when }
receipt-reference = 订单编号
receipt-card = 卡
receipt-plan = 套餐
receipt-grants = 内容
receipt-starts = 生效
receipt-valid = 有效期
receipt-expiry = 卡到期日
receipt-paid-at = 付款时间
receipt-delivered-at = 到账时间
receipt-delivery = 到账
proof-delivery = 开具本凭证时尚未到账。到账后另有收据。
receipt-province = 计税省份
receipt-total = 实付合计，含税（{ $currency }）
receipt-payment = { $method }，{ $when }
receipt-total-at-shop = 在店铺实付（{ $currency }）
receipt-payment-at-shop = 已付给店铺 { $shop }，{ $when }。款项由店铺收取，税款由店铺负责；我们未收取款项，也未收取税款。
receipt-renewed-by = 续费方
receipt-sold-by = 销售方
receipt-sold-by-shop = { $shop }，店铺订单 { $order }
receipt-refund-at-shop = 款项由店铺收取，退款请向店铺申请，由店铺办理。
paid-by-hand = { $method }，人工收款，凭证号{ $reference }
proof-refund-title = 如果没有到账
proof-refund-text = { $amount }全额原路退回。我们在48小时内给出结果，不会重复扣款。
receipt-balance-title = 查询余额
receipt-balance-text = 在卡的页面或致电{ $phone }可随时免费查询剩余。
receipt-complaints-text = 请先告诉我们：{ $phone }，{ $email }。如未能解决，加拿大电信电视服务投诉委员会（CCTS）免费协助：{ $ccts_phone }，{ $ccts_website }，{ $ccts_address }。
receipt-terms-title = 条款
receipt-terms-text = 适用条款版本{ $version }，法文、英文和中文文本见我们的网站。
receipt-site-title = 我们的网站
receipt-qr = 扫码查看这张收据
proof-qr = 扫码查看订单最新状态
receipt-verify = 本文件带有电子签名。“farline receipt verify”可离线核验，显示的密钥应与此一致：
receipt-sandbox = 演示 · 没有真实扣款
