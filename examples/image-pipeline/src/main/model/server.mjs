// A classifier behind HTTP, with the addresses, requests and replies of Workers AI. The model is the
// MobileNet that comes with the package nsfwjs; it runs in this process, on the processor, offline.
import http from "node:http";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import * as tf from "@tensorflow/tfjs";
import { load } from "nsfwjs/core";
import { MobileNetV2Model } from "nsfwjs/models/mobilenet_v2";

const MOST_BYTES = 25 * 1024 * 1024;
const NAME = "@local/nsfwjs-mobilenet-v2";
const RUN = /^\/client\/v4\/accounts\/[^/]+\/ai\/run\/(.+)$/;

await tf.setBackend("cpu");
const model = await load("MobileNetV2", { modelDefinitions: [MobileNetV2Model] });

class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

function pixels(bytes) {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) {
    const { width, height, data } = PNG.sync.read(bytes);
    return { width, height, data };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return jpeg.decode(bytes, { useTArray: true, maxResolutionInMP: 50, maxMemoryUsageInMB: 512 });
  }
  throw new Refusal(400, 5004, "bad input: the image is neither PNG nor JPEG");
}

function tensor(bytes) {
  let image;
  try {
    image = pixels(bytes);
  } catch (failure) {
    throw failure instanceof Refusal ? failure : new Refusal(400, 5004, "bad input: " + failure.message);
  }
  const { width, height, data } = image;
  const rgb = new Int32Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }
  return tf.tensor3d(rgb, [height, width, 3], "int32");
}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BYTES) throw new Refusal(413, 3006, "request is too large");
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) return bytes;
  try {
    return Buffer.from(JSON.parse(bytes.toString("utf8")).image);
  } catch {
    throw new Refusal(400, 5004, "bad input: 'image' is an array of bytes");
  }
}

async function classify(request) {
  const named = RUN.exec(decodeURI(new URL(request.url, "http://model").pathname));
  if (request.method !== "POST" || !named) throw new Refusal(404, 7000, "no route for that URI");
  if (named[1] !== NAME) throw new Refusal(400, 5007, "no such model " + named[1] + " or task");
  const image = tensor(await bodyOf(request));
  try {
    const found = await model.classify(image, 5);
    return found.map(({ className, probability }) => ({ label: className, score: probability }));
  } finally {
    image.dispose();
  }
}

const server = http.createServer(async (request, response) => {
  const reply = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  try {
    reply(200, { result: await classify(request), success: true, errors: [], messages: [] });
  } catch (failure) {
    const { status = 500, code = 1000, message } = failure;
    reply(status, { result: null, success: false, errors: [{ code, message }], messages: [] });
  }
});
// A free port, whatever PORT says: that one is the application's.
server.listen(0, "127.0.0.1", () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}/client/v4/accounts/local`),
);
// Whoever started it holds its input: when that is gone, so is this.
process.stdin.resume().on("end", () => process.exit(0));
