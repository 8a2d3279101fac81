import json, os, time, urllib.request

def farline(path, body=None):
    request = urllib.request.Request(os.environ["FARLINE_URL"] + "/partner/v1/" + path)
    request.add_header("Authorization", "Bearer " + os.environ["FARLINE_KEY"])
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

order = farline("orders", {
    "reference": "order-1",
    "number": "+14165550100",
    "product": "maplewave-5gb",
})
while order["outcome"] in ("pending", "unknown"):
    time.sleep(1)
    order = farline("orders/" + order["id"])
print(order["outcome"], order["price"])
