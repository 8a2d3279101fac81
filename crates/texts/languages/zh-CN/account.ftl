### Accounts: signing in, cards, helpers, orders, personal data, and the demonstration mailbox.

## Coming in

sign-in-title = 登录
sign-in-lead = 使用密码，或我们发给您的验证码。
who = 邮箱或手机号
password = 密码
sign-in-password-hint = 使用验证码登录时可留空。
sign-in-button = 登录
sign-in-code-button = 发送验证码
sign-in-no-account = 还没有账户？
code-title = 输入验证码
code-sent = 如果{ $to }已注册，验证码正在发送，10分钟内有效。
verify-sent = 验证码已发送至{ $to }，10分钟内有效。
code-label = 验证码
code-hint = 6位数字，可以粘贴。
code-again = 重新发送
code-other-way = 换一种方式登录
register-title = 注册账户
register-lead = 查看剩余、按时提醒、两步续费。
register-who-hint = 我们会发送验证码。
password-optional = 密码（可不填）
register-password-hint = 至少{ $length }个字符。不设密码则用验证码登录。
register-agree = 注册即表示您接受：
register-button = 注册
register-have-account = 已有账户？

## My cards

cards-none = 还没有卡。请添加第一张，需要卡本身或卡的资料。
cards-renew = 续费{ $price }
cards-choose = 选择套餐
role-helper = 您是协助人
days-until-start =
    { $days ->
       *[other] 天内需启用
    }
days-until-expiry =
    { $days ->
       *[other] 天后到期
    }
days-until-grace-ends =
    { $days ->
       *[other] 天内续费可全部恢复
    }
days-until-number-lost =
    { $days ->
       *[other] 天后收回号码
    }
days-closed =
    { $days ->
       *[other] 天
    }

## Adding a card

add-title = 添加卡
add-lead = 请证明卡在您手中，或持卡人同意。
add-nickname = 卡的名称
add-nickname-hint = 只有您和协助人可见，例如“妈妈的卡”。
add-proof = 如何证明
proof-code = 向这张卡发送验证码
proof-code-hint = 向该号码发送6位数字，卡需插在手机中。
proof-pin = 卡的服务密码（PIN）
proof-pin-hint = 购卡时设定、致电客服时使用的密码。
proof-puk = ICCID和PUK
proof-puk-hint = 两者都印在卡的卡托上。
proof-holder = 请持卡人同意
proof-holder-hint = 持卡人会收到链接，选择同意或拒绝。卡在哪里都可以。
pin-label = 服务密码
pin-hint = 4至8位数字，不是银行卡密码。
iccid-label = ICCID
iccid-hint = 19或20位数字，以89开头。
puk-label = PUK
puk-hint = 8位数字。
holder-label = 持卡人的邮箱或手机号
holder-hint = 留空则将链接发送到这张卡。
holder-asked = 已向{ $to }发送请求。持卡人同意后，卡会出现在您的列表中。
proof-other = 换一种方式

## One card

card-life = 剩余时间
card-left = 剩余
card-renew = 续费
card-plans-paused = 暂停续费
card-plans-paused-detail = 网络目前无法办理续费，因此不出售无法交付的套餐。请几分钟后再来看看。
advice-not-yet = 暂时不用续费。
advice-renew-by = 请最迟于{ $date }续费。
advice-runs-out = 按每天约{ $amount }计算，剩余的{ $left }将在{ $date }用完，比套餐到期早{ $days }。
advice-resumes = 按每天约{ $amount }计算，剩余的{ $left }将在{ $date }用完；提前购买的流量{ $resumes }起可用。
advice-gone = 流量已用完。
advice-between = 很可能在{ $from }到{ $to }之间。
advice-from = 很可能不早于{ $from }。
advice-lasts = 按每天约{ $amount }计算，流量够用到{ $date }套餐到期。
advice-may-end = 如果比平时用得多，最早可能{ $from }用完。
advice-too-little = 用量记录还太少，暂时无法判断流量何时用完。套餐{ $date }到期。
advice-ends = 套餐{ $date }到期。
advice-budget = 每天不超过{ $amount }，可用到{ $date }。
advice-grace = 在此之前续费，一切照旧恢复。
ahead-title = 流量还能剩多少
ahead-sentence = 现在剩{ $now }；{ $date }套餐到期时预计剩约{ $end }。
ahead-gone = { $date }用完
ahead-plan-ends = { $date }套餐到期
ahead-legend = 线条是预计值；十次里约有八次落在色带之内。
ahead-left = 预计
ahead-range = 可能范围
ahead-likely = { $least }到{ $most }
card-usage = 用量
usage-span = 时段
usage-days = { $days }天
usage-table = 以表格查看
usage-day = 日期
usage-amount = 用量
usage-title = 每日用量
usage-none = 还没有用量记录。
usage-today = 今天
hours-title = 各时段用量
hours-hour = 时段
hours-span = { $from }至{ $until }
hours-sentence = 流量 · { $date }以来共{ $amount }。{ $from }至{ $until }用得最多。
hours-own = 每日{ $from }至{ $until }，您另有{ $left }可用；您的流量有{ $percent }%用在这些时段。
hours-offered = 您的流量有{ $percent }%用在{ $from }至{ $until }，有些套餐在这些时段给得更多。
hours-moving = 每30天把其中{ $amount }改在{ $from }至{ $until }使用，“{ $plan }”就够用：比“{ $instead }”每30天少花{ $saves }（税前）。
card-more = 更多
card-history = 记录
card-settings = 卡的设置
card-remove = 从列表移除这张卡
card-remove-hint = 卡本身不受影响，之后可以重新添加。
life-title = 卡的生命线
life-today = 今天
life-now = 今天{ $date }
life-expiry = { $date }到期
life-grace = 宽限期至{ $date }
life-lost = { $date }收回号码
life-join = ，
history-none = 暂无记录。
history-order = 订单{ $reference }
history-grant = 增加
history-use = 使用
history-expire = 到期
history-take-back = 撤回

## Helpers and approvals

helpers-title = 协助人
helpers-lead = 协助人可以查看剩余、续费，并与您同时收到提醒。您随时可以撤回。
helper-asked = { $date }已邀请，尚未答复
helper-since = 自{ $date }起
helper-revoke = 撤回
helper-add = 添加协助人
helper-name = 称呼
helper-contact-hint = 对方会收到链接，确认后生效。
helper-send = 发送链接
approve-title-help = 允许此人协助管理您的卡吗？
approve-lead-help = 对方可以查看剩余、续费并收到提醒，但不能转走您的卡。您随时可以撤回。
approve-title-become = 您愿意协助管理这张卡吗？
approve-lead-become = 您可以查看剩余、续费并收到提醒，不需要任何费用。
approve-asker = 请求人
approve-until = 答复期限
approve-yes = 同意
approve-no = 拒绝
approve-note = 如果您不认识对方，请选择拒绝，不会有任何影响。
approve-done-yes = 您已同意。
approve-done-yes-text = 现在起生效。您随时可以在卡的页面撤回。
approve-done-no = 您已拒绝。
approve-done-no-text = 一切保持不变。我们会告知请求人。

## Orders and the account

orders-none = 还没有订单。
account-contacts = 联系方式
contact-verified = 已验证
contact-unverified = 尚未验证
contact-add = 添加邮箱或手机号
contact-add-button = 发送验证码
account-language = 通知语言
account-language-hint = 邮件、短信和收据使用此语言。
account-password-change = 修改密码
account-password-set = 设置密码
password-current = 当前密码
password-new = 新密码
password-length = 至少{ $length }个字符。
account-devices = 已登录的设备
session-here = 本设备
sign-out = 退出登录
sign-out-everywhere = 退出所有设备
account-data = 您的数据
account-data-text = 我们保存的关于您的全部数据，以程序可读的文件（JSON）提供。
account-data-button = 下载我的数据
delete-title = 删除账户
delete-text = 您的联系方式、名称、设备以及与卡的关联会立即删除。卡本身不受影响。
delete-kept = 税法要求订单的金额、税款和日期保留至{ $date }，其中不再包含您的身份信息。
delete-nothing-kept = 没有订单，不保留任何内容。
delete-confirm = 我要删除账户，此操作无法撤销。
deleted-title = 账户已删除。
deleted-lead = 已在所有设备退出，联系方式和名称均已删除。

## The demonstration mailbox

mailbox-title = 演示信箱
mailbox-lead = 任何人都可以打开本页。这里显示本应发出的邮件和短信，内容不会离开这台机器。
mailbox-none = 还没有消息。续费一次后再来查看。
mailbox-email = 邮件
mailbox-text = 短信
