// Everything of partner.test.mjs once more, on PostgreSQL.
import { after } from "node:test";

import { startPostgres } from "../world/postgres.mjs";

const server = await startPostgres();
process.env.FARLINE_TEST_STORE = server.url(await server.database());
await import("./partner.test.mjs");
after(() => server.stop());
