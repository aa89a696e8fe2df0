import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const from = createRequire(`${process.argv[2]}/`);
const { TestNetworkNoAppView } = await import(pathToFileURL(from.resolve("@atproto/dev-env")).href);
const network = await TestNetworkNoAppView.create({});
console.log(JSON.stringify({ pds: network.pds.url }));
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
