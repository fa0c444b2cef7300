// What csp_evaluator finds in a policy, given as the one argument: a JSON list of {severity, directive, value, description}.
import evaluator from "csp_evaluator/dist/evaluator.js";
import finding from "csp_evaluator/dist/finding.js";
import parser from "csp_evaluator/dist/parser.js";

const found = new evaluator.CspEvaluator(new parser.CspParser(process.argv[2]).csp).evaluate();
const told = found.map(({ severity, ...rest }) => ({ severity: finding.Severity[severity], ...rest }));
console.log(JSON.stringify(told, null, 1));
