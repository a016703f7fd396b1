// Compares each exported model in this folder with the scores beside it, on the pixels in this folder, and its label with the best of them. Exits with 1 where a difference is too large.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import ort from 'onnxruntime-node';

const tolerances = { Float32: 1e-5, Float16: 1e-2 };
const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
console.log(`node ${process.version}, onnxruntime-node ${version}`);

const images = readdirSync('.').filter(name => name.endsWith('.pixels')).sort().map(name => {
  const file = readFileSync(name);
  return new ort.Tensor('uint8', new Uint8Array(file.subarray(8)), [1, file.readInt32LE(0), file.readInt32LE(4), 3]);
});

for (const name of readdirSync('.').filter(name => name.endsWith('.onnx')).sort()) {
  const expected = JSON.parse(readFileSync(name.replace(/onnx$/, 'json')));
  const session = await ort.InferenceSession.create(name);
  let largest = 0;
  let otherLabels = 0;
  for (const [index, image] of images.entries()) {
    const { scores, labels, predicted_label: label } = await session.run({ image });
    scores.data.forEach((score, place) => { largest = Math.max(largest, Math.abs(score - expected[index][place])); });
    const best = expected[index].indexOf(Math.max(...expected[index]));
    // A key counts from 1.
    otherLabels += [labels.data[best], best + 1].includes(label.data[0]) ? 0 : 1;
  }
  const tolerance = tolerances[name.match(/-(\w+)\.onnx$/)[1]];
  // Trees jump where a feature crosses a threshold, so weights of 16 bits can change them by more; they are printed, not judged.
  const isJudged = !(name.endsWith('Float16.onnx') && /^(lightgbm|fasttree)/.test(name));
  const verdict = !isJudged ? 'not judged' : largest <= tolerance && otherLabels === 0 ? 'equal' : 'DIFFERENT';
  console.log(`${name.padEnd(24)} largest difference ${largest.toExponential(1)}, other labels ${otherLabels}  ${verdict}`);
  process.exitCode ||= verdict === 'DIFFERENT' ? 1 : 0;
}
