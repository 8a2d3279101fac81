### 优惠：给什么、条件是什么，以及在哪里输入优惠码。

## 给什么，条件是什么

promotion-off-share = 立减 { $rate }
promotion-off-amount = 立减 { $amount }
promotion-applied = { $name }：{ $gives }
promotion-per-customer = 每位顾客 { $count } 次
promotion-days = { $from }至{ $until }。
promotion-hours = 每天{ $from }至{ $until }（以卡的运营商当地时间为准）。
promotion-all-plans = 适用于所有可享受的套餐。
promotion-plans = 适用于{ $plans }。
promotion-first-renewal = 仅限每张卡在我们这里的首次续费，一次。
promotion-by-itself = 无需优惠码：您看到的价格已包含优惠。
promotion-by-code = 使用优惠码 { $code }。
promotion-by-single-use = 使用个人优惠码，仅可用一次。
promotion-alone = 不与其他优惠同享。
promotion-with-others = 可与同样注明可同享的优惠一起使用。

## 核对页上的优惠码

promotion-code-refused = { $title }。{ $detail }
promotion-code-title = 优惠码
promotion-code-hint = 留空即可取消优惠码。无需优惠码的优惠已计入价格。
promotion-code-apply = 使用此优惠码

## 当前优惠页

promotions-title = 当前优惠
promotions-lead = 现在有哪些优惠、给谁、到什么时候。最划算的优惠会自动计入您的价格。
promotions-none = 目前没有优惠。您看到的价格就是实际价格。
promotions-renew = 为卡续费
promotions-home = 当前优惠

## 客服台

desk-promotions = 优惠
desk-promotions-lead = 正在进行和即将开始的优惠，以及剩余名额。
desk-promotions-none = 没有优惠。
desk-promotion-running = 进行中
desk-promotion-coming = { $date }开始
desk-promotion-over = { $date }已结束
desk-promotion-stopped = { $time }停止
desk-promotion-used = 已用 { $used }，占用 { $reserved }
desk-promotion-left = 已用 { $used }，占用 { $reserved }，剩余 { $left }（共 { $limit }）
desk-promotion-codes = { $count } 个一次性优惠码
desk-promotion-stop = 立即结束
desk-promotion-stop-reason = 结束原因
desk-promotion-new = 新建优惠
desk-promotion-code = 优惠码
desk-promotion-code-hint = 小写字母、数字和连字符。它也是这项优惠永久的名称。
desk-promotion-name-en = 英文名称
desk-promotion-name-fr = 法文名称
desk-promotion-name-zh = 中文名称
desk-promotion-reduction = 减免
desk-promotion-reduction-hint = 例如 10 % 或 5.00 CAD
desk-promotion-from = 首日
desk-promotion-until = 末日
desk-promotion-limit = 总共可用次数
desk-promotion-limit-line = 每张卡可用次数
desk-promotion-no-limit = 留空表示不限。
desk-promotion-way = 如何获得
desk-promotion-way-code = 输入优惠码
desk-promotion-way-itself = 自动生效，无需优惠码
desk-promotion-who = 适用于哪些续费
desk-promotion-who-every = 每次续费
desk-promotion-who-first = 每张卡的首次续费
desk-promotion-with = 与其他优惠
desk-promotion-with-alone = 单独使用
desk-promotion-with-others = 可与同样注明的优惠同享
desk-promotion-shown = 在优惠页上
desk-promotion-shown-hidden = 不显示
desk-promotion-shown-public = 显示
desk-promotion-create = 创建
desk-promotion-file = 赠送、时段、指定套餐和一次性优惠码用文件设置：farline import promotions。
desk-promotions-done-created = 优惠将从首日起生效。
desk-promotions-done-stopped = 优惠已结束。已给出的报价在到期前仍然有效。
