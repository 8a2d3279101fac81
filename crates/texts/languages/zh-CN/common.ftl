### Words that all pages, notices and receipts share: the brand, units, money, dates, zones, lists and the names of states.

brand = 续航

## Quantities. The number comes formatted; a unit also stands alone beside a large numeral.

quantity = { $number } { $unit }
unit-gigabyte = GB
unit-megabyte = MB
unit-kilobyte = kB
unit-octet = B
unit-minutes =
    { $count ->
       *[other] 分钟
    }
unit-messages =
    { $count ->
       *[other] 条短信
    }
unit-days =
    { $count ->
       *[other] 天
    }
rate = { $number }%

## Money. A currency not named here is written with its code.

money = { $symbol }{ $amount }
money-code = { $code } { $amount }
currency-cad = CA$
currency-usd = US$
currency-cny = ¥
currency-eur = €
currency-gbp = £
currency-hkd = HK$
currency-jpy = JP¥

## Dates and times. `date-first-day` is how the first of a month is written by a language that puts the day first.

date-first-day = 1
date-time = { $date } { $time }（{ $zone }）

## Time zones by their name in the IANA database. `aside` stands between brackets after a time.

zone-america-st-johns = 圣约翰斯时间
    .aside = 圣约翰斯时间
zone-america-halifax = 哈利法克斯时间
    .aside = 哈利法克斯时间
zone-america-glace-bay = 格莱斯贝时间
    .aside = 格莱斯贝时间
zone-america-moncton = 蒙克顿时间
    .aside = 蒙克顿时间
zone-america-goose-bay = 古斯湾时间
    .aside = 古斯湾时间
zone-america-blanc-sablon = 布兰克萨布隆时间
    .aside = 布兰克萨布隆时间
zone-america-montreal = 蒙特利尔时间
    .aside = 蒙特利尔时间
zone-america-toronto = 多伦多时间
    .aside = 多伦多时间
zone-america-nipigon = 尼皮贡时间
    .aside = 尼皮贡时间
zone-america-thunder-bay = 桑德贝时间
    .aside = 桑德贝时间
zone-america-iqaluit = 伊魁特时间
    .aside = 伊魁特时间
zone-america-pangnirtung = 旁涅唐时间
    .aside = 旁涅唐时间
zone-america-atikokan = 阿蒂科肯时间
    .aside = 阿蒂科肯时间
zone-america-winnipeg = 温尼伯时间
    .aside = 温尼伯时间
zone-america-rainy-river = 雷尼河时间
    .aside = 雷尼河时间
zone-america-resolute = 雷索卢特时间
    .aside = 雷索卢特时间
zone-america-rankin-inlet = 兰今湾时间
    .aside = 兰今湾时间
zone-america-regina = 里贾纳时间
    .aside = 里贾纳时间
zone-america-swift-current = 斯威夫特卡伦特时间
    .aside = 斯威夫特卡伦特时间
zone-america-edmonton = 埃德蒙顿时间
    .aside = 埃德蒙顿时间
zone-america-cambridge-bay = 剑桥湾时间
    .aside = 剑桥湾时间
zone-america-inuvik = 伊努维克时间
    .aside = 伊努维克时间
zone-america-yellowknife = 耶洛奈夫时间
    .aside = 耶洛奈夫时间
zone-america-creston = 克雷斯顿时间
    .aside = 克雷斯顿时间
zone-america-dawson-creek = 道森克里克时间
    .aside = 道森克里克时间
zone-america-fort-nelson = 纳尔逊堡时间
    .aside = 纳尔逊堡时间
zone-america-vancouver = 温哥华时间
    .aside = 温哥华时间
zone-america-whitehorse = 怀特霍斯时间
    .aside = 怀特霍斯时间
zone-america-dawson = 道森时间
    .aside = 道森时间
zone-asia-shanghai = 北京时间
    .aside = 北京时间

## Phone numbers

phone-hint = 尾号 { $digits }

## Lists

list-two = { $before }和{ $after }
list-middle = { $before }、{ $after }
list-end = { $before }和{ $after }

## The state of an order, as the customer reads it

order-state-awaiting-payment = 待付款
order-state-paid = 已付款
order-state-delivering = 开通中
order-state-unknown = 正在向网络核实
order-state-delivered = 已开通
order-state-declined = 网络未受理
order-state-reversed = 已撤回
order-state-refunding = 退款中
order-state-refunded = 已退款
order-state-expired = 订单已失效
order-state-cancelled = 已取消

## The state of a card

line-state-inactive = 未激活
line-state-active = 使用中
line-state-grace = 宽限期
line-state-suspended = 已停机
line-state-closed = 已销号

# 页面上套餐与余量的用语。
tile-last = 上次的套餐
tile-spare = 超出您的用量：预计剩余约{ $amount }，约合价格中的{ $money }。
tile-before-tax = 未含税
tile-includes = 已含 { $taxes }
period = { $from }起，用至{ $until }
period-or-used-up = { $period }；流量用完则提前开始
period-or-used-up-in-full = { $period }；流量用完则提前开始，有效期从当天算起。
gap-sentence = { $from }至{ $until }可能没有流量。
bucket-data = 流量
bucket-voice = 通话
bucket-messages = 短信
bucket-credit = 余额
bucket-of = 共 { $amount }
bucket-until = 至{ $date }
bucket-for-ever = 不过期
bucket-frozen = 已冻结，续费后可用
bucket-low = 不足
time-in-zone = { $time }（{ $zone }）
what-in-zone = { $what }（{ $zone }）
