# 凭网店订单或兑换码续费，以及授权店铺。

redeem-title = 自助续费（淘宝/京东订单）
redeem-lead = 在网店付过款了？填写订单号和要续费的号码，立即到账。兑换码也在这里使用。
redeem-bought = 订单号或兑换码
redeem-bought-hint = 订单号在网店的“我的订单”里，全是数字。兑换码有16位，如 7KQ4-M2XN-…
redeem-number-hint = 要续费的卡，例如416 555 0188
redeem-samples = 可以试用的兑换码：
redeem-nothing-yet = 下一步先核对，确认之后才会续费。
redeem-sellers = 查看授权店铺
redeem-check-title = 请核对后续费
redeem-shop = 购买店铺
redeem-paid = 您已在店铺付款，这里不再收费。
redeem-go = 确认续费
redeem-change = 修改
redeem-home = 在网店买的？凭订单号或兑换码续费

sellers-title = 授权店铺
sellers-lead = 下列店铺可以销售我们的续费。您付款给店铺，由我们续费并出具凭证。
sellers-none = 目前没有授权店铺。
sellers-here = 在本站续费
sellers-others = 不在这里的店铺与我们无关：我们收不到它的订单，也查不到您付的钱。
sellers-redeem = 凭订单号或兑换码续费

marketplace-taobao = 淘宝／天猫
marketplace-jd = 京东
marketplace-shopify = 独立网店
marketplace-woocommerce = 独立网店

## 网店商品说明，由 `farline listing` 生成。
listing-title = { $operator } { $plan } 续费
listing-gets = 内容：{ $gets }
listing-starts = 生效：{ $starts }
listing-cards = 适用：仅限{ $operator }的卡
listing-number = 下单时请在留言中写上要续费的号码或 ICCID，付款后几秒到账。没写或写错，请打开 { $address } 填写订单号和号码。
listing-code = 收到的是兑换码，也在 { $address } 使用。
listing-refunds = 退款：没有到账的，由本店全额退款。已到账而未使用的，请在24小时内联系本店。
listing-proof = 到账后可查看带电子签名的凭证。
