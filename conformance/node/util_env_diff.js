// util.parseEnv and util.diff.
import { diff, parseEnv } from "node:util";
import sys from "node:sys";

const log = (value) => console.log(JSON.stringify(value));
log(parseEnv("A=1\nB = two words \r\n# no\nexport C=c # said\n\nD='# not said'\nE=\"l\\nm\"\nF=`x\ny`\nG=\n"));
log(parseEnv("=no name\nno value\nA=\"open\nB='it\"s' rest\nA=again"));
log(parseEnv(""));

const script = diff("12345678", "12!!5!7!");
log(script);
log(diff(["a", "b", "c"], ["b", "c", "d"]));
log([diff("same", "same"), diff([], []), diff("", "ab"), diff("ab", "")]);
const [left, right] = ["kitten sitting on the mitten", "smitten kitten in the kitchen"];
const edits = diff(left, right);
const side = (wanted) => edits.filter(([edit]) => edit === 0 || edit === wanted).map(([, char]) => char).join("");
log([side(1) === left, side(-1) === right, edits.filter(([edit]) => edit !== 0).length]);
for (const run of [() => parseEnv(1), () => diff(1, "a"), () => diff("a", {}), () => diff(["a", 1], [])]) {
  try {
    run();
  } catch (error) {
    log(error.code);
  }
}
log(sys.diff === diff);
