// An SMPP server for the tests: npm `smpp`, told by the last two digits of the recipient how to behave.
//
// Usage: node smpp_peer.mjs FOLDER_WITH_NODE_MODULES [PORT]
// Prints JSON lines: {"listening": PORT} first, then what it hears. Ends when its standard input ends, so that
// no server outlives its test. A line on standard input is a command: "enquire" asks the client for a sign of
// life, "unbind" asks it to leave, "deaf" stops answering its signs of life.

import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";

const smpp = createRequire(path.join(path.resolve(process.argv[2]), "package.json"))("smpp");

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

let taken = 0xa0;
const held = [];
const sessions = new Set();

const answers = {
  58: smpp.ESME_RTHROTTLED,
  14: smpp.ESME_RMSGQFUL,
  11: smpp.ESME_RINVDSTADR,
};

const submitted = (pdu) => ({
  destination: pdu.destination_addr,
  destination_ton: pdu.dest_addr_ton,
  destination_npi: pdu.dest_addr_npi,
  source: pdu.source_addr,
  source_ton: pdu.source_addr_ton,
  source_npi: pdu.source_addr_npi,
  data_coding: pdu.data_coding,
  esm_class: pdu.esm_class,
  registered_delivery: pdu.registered_delivery,
  text: pdu.short_message.message,
  header: pdu.short_message.udh?.map((element) => element.toString("hex")) ?? null,
});

const receipt = (session, pdu, id, state, parameters) => {
  const text = `id:${id} sub:001 dlvrd:001 submit date:2611221701 done date:2611221702 stat:${state} err:000 text:`;
  session.deliver_sm(
    {
      source_addr: pdu.destination_addr,
      destination_addr: pdu.source_addr,
      esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
      short_message: Buffer.from(text, "latin1"),
      ...parameters,
    },
    (answer) => tell({ receipt_answer: answer.command_status }),
  );
};

const onSubmit = (session, pdu) => {
  tell({ submit: submitted(pdu) });
  const ending = pdu.destination_addr.slice(-2);
  if (ending in answers) {
    session.send(pdu.response({ command_status: answers[ending] }));
    return;
  }
  switch (ending) {
    case "91": // The server dies between the submit and its answer.
      process.exit(3);
      break;
    case "92": // The connection breaks between the submit and its answer.
      session.destroy();
      return;
    case "93": // The answer never comes.
      return;
  }
  if (ending === "70") {
    // Answered only after the next submit was.
    held.push(pdu);
    return;
  }
  take(session, pdu);
  held.splice(0).forEach((waiting) => take(session, waiting));
};

const take = (session, pdu) => {
  const ending = pdu.destination_addr.slice(-2);
  taken += 1;
  // Named in hexadecimal here and in decimal in the receipt, as many servers do.
  session.send(pdu.response({ message_id: taken.toString(16).toUpperCase() }));
  const state = ending === "81" ? "UNDELIV" : "DELIVRD";
  if (pdu.registered_delivery === 1) {
    receipt(session, pdu, String(taken).padStart(10, "0"), state, {});
  }
  if (ending === "82") {
    // A message that a phone sent, which is not a receipt.
    session.deliver_sm(
      { source_addr: pdu.destination_addr, destination_addr: pdu.source_addr, short_message: "STOP" },
      (answer) => tell({ phone_answer: answer.command_status }),
    );
  }
};

const server = smpp.createServer((session) => {
  sessions.add(session);
  session.on("bind_transceiver", (pdu) => {
    tell({ bind: { system_id: pdu.system_id, version: pdu.interface_version } });
    if (pdu.password !== "secret") {
      session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
      session.close();
      return;
    }
    session.send(pdu.response({ system_id: "peer" }));
  });
  session.on("submit_sm", (pdu) => onSubmit(session, pdu));
  session.on("enquire_link", (pdu) => {
    tell({ enquire_link: pdu.sequence_number });
    session.send(pdu.response());
  });
  session.on("unbind", (pdu) => {
    tell({ unbind: pdu.sequence_number });
    session.send(pdu.response());
    session.close();
  });
  session.on("close", () => {
    sessions.delete(session);
    tell({ closed: true });
  });
  session.on("error", () => {});
});

server.listen(Number(process.argv[3] ?? 0), "127.0.0.1", () => tell({ listening: server.address().port }));

readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    for (const session of sessions) {
      if (line === "enquire") {
        session.enquire_link((answer) => tell({ alive: answer.command_status }));
      } else if (line === "deaf") {
        session.removeAllListeners("enquire_link");
        tell({ deaf: true });
      } else if (line === "unbind") {
        session.unbind((answer) => tell({ left: answer.command_status }));
      }
    }
  })
  .on("close", () => process.exit(0));
