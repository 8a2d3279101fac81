### The desk: finding, verifying, advising, renewing.

desk-greeting = { $name }，您好
desk-find = 查找卡片
desk-find-hint = 手机号、卡号（ICCID）、订单编号、姓名或电子邮箱
desk-find-button = 查找
desk-no-search = 您的角色不包含查找功能。菜单中列出了您可以使用的功能。
