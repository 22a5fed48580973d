// Makes the files of citations in node, as the browser does:  node cite.mjs < items.json
import { readFileSync } from "node:fs";

import { FILES } from "../../static/js/cite/formats.js";

const items = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(Object.fromEntries(Object.entries(FILES).map(([name, { write }]) => [name, write(items)]))));
