// Writes the types of the two APIs from their documents. `--check` fails where they are out of date.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const documents = new URL("../../../../docs/openapi/", import.meta.url);
const methods = ["get", "put", "post", "delete", "patch", "head"];
let stale = false;

for (const service of ["meta", "manager"]) {
  const document = JSON.parse(await readFile(new URL(`${service}.json`, documents), "utf8"));
  // The ids of operations are unique for each tag, not for the document; without them the types of
  // an operation stand where its path does.
  for (const item of Object.values(document.paths)) {
    for (const method of methods) delete item[method]?.operationId;
  }
  const text = `// Made by \`npm run types\` from docs/openapi/${service}.json.\n${astToString(await openapiTS(document))}`;
  const file = new URL(`../src/api/${service}.d.ts`, import.meta.url);
  if (process.argv.includes("--check")) {
    const current = await readFile(file, "utf8").catch(() => "");
    if (current !== text) {
      console.error(`src/api/${service}.d.ts is not what docs/openapi/${service}.json says: npm run types`);
      stale = true;
    }
  } else {
    await writeFile(file, text);
  }
}
process.exitCode = stale ? 1 : 0;
