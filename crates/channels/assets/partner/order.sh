# What this number can take, at your price
curl --fail-with-body --silent --show-error \
  --header "Authorization: Bearer $FARLINE_KEY" \
  "$FARLINE_URL/partner/v1/numbers/+14165550100"

# Order. Sent again under the same reference, it is the same order
curl --fail-with-body --silent --show-error \
  --header "Authorization: Bearer $FARLINE_KEY" \
  --json '{"reference": "order-1", "number": "+14165550100", "product": "maplewave-5gb"}' \
  "$FARLINE_URL/partner/v1/orders"

# How it stands
curl --fail-with-body --silent --show-error \
  --header "Authorization: Bearer $FARLINE_KEY" \
  "$FARLINE_URL/partner/v1/orders/order-1"
