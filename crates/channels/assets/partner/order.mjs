const farline = async (path, body) => {
  const answer = await fetch(`${process.env.FARLINE_URL}/partner/v1/${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${process.env.FARLINE_KEY}`,
      "content-type": "application/json",
    },
    body: body && JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
};

let order = await farline("orders", {
  reference: "order-1",
  number: "+14165550100",
  product: "maplewave-5gb",
});
while (["pending", "unknown"].includes(order.outcome)) {
  await new Promise((later) => setTimeout(later, 1000));
  order = await farline(`orders/${order.id}`);
}
console.log(order.outcome, order.price);
