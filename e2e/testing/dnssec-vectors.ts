/** Checks the signatures of the RFCs' examples in whatever runtime this is started in, and prints what came of each. */
import { checkVector } from '../../main/net/testing/dnssec-vector-check.ts';
import { DNSSEC_VECTORS } from '../../main/net/testing/dnssec-vectors.ts';

const { electron, node } = process.versions;
const checks = DNSSEC_VECTORS.map((vector) => ({ source: vector.source, ...checkVector(vector) }));
process.stdout.write(`${JSON.stringify({ electron, node, checks })}\n`);
