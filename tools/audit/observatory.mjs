// The verdict of MDN's HTTP Observatory on a page of this machine: node observatory.mjs PORT PATH.
// Its own command takes no port, and asks for the list of preloaded sites, which no site of this machine is on.
import { writeFile } from "node:fs/promises";

const HOME = new URL("./node_modules/@mdn/mdn-http-observatory/", import.meta.url);
await writeFile(new URL("conf/hsts-preload.json", HOME), "{}");
const { retrieve } = await import(new URL("src/retriever/retriever.js", HOME));
const { ALL_TESTS } = await import(new URL("src/constants.js", HOME));
const { getGradeForScore, getScoreModifier } = await import(new URL("src/grader/grader.js", HOME));

const [port, path] = process.argv.slice(2);
const answers = await retrieve("localhost", { httpsPort: Number(port), httpPort: 9, path });
const tests = ALL_TESTS.map((test) => {
  const { constructor, result, pass } = test(answers);
  return { test: constructor.name, result, pass, points: getScoreModifier(result) };
});
const score = tests.reduce((sum, { points }) => sum + points, 100);
console.log(JSON.stringify({ status: answers.responses.auto?.status, ...getGradeForScore(score), tests }, null, 1));
