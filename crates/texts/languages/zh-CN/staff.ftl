### Staff: signing in, people and roles, the audit.

staff-sign-in-title = 登录客服台
staff-sign-in-lead = 请使用通行密钥，或输入密码和验证器应用当前显示的验证码。
staff-sign-in-help = 无法登录，或换了手机？请联系团队管理人员，重新获取链接。
staff-who = 登录名或电子邮箱
staff-code = 应用中的验证码
staff-code-hint = 六位数字，每个验证码只能使用一次。
staff-as-agent = 以客服身份登录
staff-as-owner = 以店主身份登录

staff-join-title = 欢迎加入团队
staff-join-lead = 您的登录名是{ $name }。请设置登录方式。
staff-join-until = 此链接只能使用一次，有效期至{ $time }。
staff-join-button = 加入团队
staff-name = 您的姓名
staff-name-hint = 仅同事可见，来电者看不到。
staff-app-title = 您的验证器应用
staff-app-text = 请把客服台添加到手机上的验证器应用。以后登录时，除密码外还需输入应用显示的验证码。
staff-app-picture = 请用应用扫描此二维码。
staff-app-secret = 或在应用中输入以下密钥：

passkey-sign-in = 使用通行密钥登录
passkey-add = 添加通行密钥
passkey-stopped = 未作任何更改：没有出示通行密钥，或已超时。请重试。
passkey-elsewhere = 通行密钥属于网址 { $site }。
passkey-elsewhere-way = 在该网址打开此页
passkey-unable = 此浏览器不支持通行密钥。密码和验证码在任何浏览器中都可使用。
passkey-script = 通行密钥需要 JavaScript，密码和验证码则不需要。
passkey-added = 添加于{ $day }
passkey-used = 上次使用：{ $day }
passkey-unused = 尚未使用

me-title = 我的登录方式
me-lead = 您的登录名是{ $name }。
me-passkeys = 通行密钥
me-passkeys-text = 通行密钥保存在您的设备或密码管理器中，用指纹、面容或 PIN 解锁。它只在本网站有效，谁也骗不走。密码和验证码仍可使用。
me-passkeys-none = 您还没有通行密钥。
me-passkeys-never = 本网站无法使用通行密钥：base_url 中须有域名和安全网址（https）。
me-again = 登录后十分钟内才能更改登录方式。
me-again-button = 重新登录

staff-role-agent = 客服
staff-role-senior-agent = 高级客服
staff-role-supervisor = 主管
staff-role-finance = 财务
staff-role-catalogue = 套餐管理
staff-role-auditor = 审计

desk-menu-desk = 客服台
desk-menu-rescues = 待处理订单
desk-menu-today = 今日
desk-menu-supervise = 督导
desk-menu-plans = 套餐
desk-menu-partners = 合作伙伴
desk-menu-team = 团队
desk-menu-audit = 审计记录
desk-back = 返回客服台
desk-forbidden-title = 您的角色无权进行此操作
desk-forbidden-lead = 没有显示或更改任何内容。以下角色可以操作：

team-invite = 邀请成员
team-invite-button = 生成链接
team-sign-in = 登录名
team-sign-in-hint = 电子邮箱或简单的名称。
team-roles = 角色
team-link-title = 请转发此链接，之后不再显示。
team-link-text = 链接只能打开一次，有效期至{ $time }。打开链接的人设置密码后即可加入。
team-invited = 已邀请；链接有效期至{ $time }。
team-alone = 无需他人批准
team-ended = 已离开团队
team-change = 更改
team-end = 结束任职
team-end-text = 立即退出登录。其操作记录会保留在审计记录中。

audit-holds = 审计记录的每条链都完整：没有任何记录被更改、遗漏或截断。
audit-broken = 审计记录曾被更改。以下人员的记录链不完整：
audit-member = 人员
audit-everybody = 所有人
audit-line = 卡片（号码或 ICCID）
audit-day = 日期
audit-none = 没有任何记录。
audit-cut = 当天还有更多记录。请缩小查找范围，或使用命令 farline audit。
