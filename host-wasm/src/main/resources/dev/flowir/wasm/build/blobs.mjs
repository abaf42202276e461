// Buckets of R2, with callbacks in place of promises. Bodies pass piece by piece, nothing is held here.
const told = (failed) => (error) => failed(String(error?.message ?? error));
const hex = (buffer) => [...new Uint8Array(buffer)].map((it) => it.toString(16).padStart(2, '0')).join('');

// Checksums as R2 names them.
const SUMS = { MD5: 'md5', SHA_1: 'sha1', SHA_256: 'sha256', SHA_384: 'sha384', SHA_512: 'sha512' };

class Info {
  #object;
  #names;

  constructor(object) {
    this.#object = object;
    this.#names = Object.keys(object.customMetadata ?? {});
  }

  key() { return this.#object.key; }
  version() { return this.#object.version; }
  size() { return this.#object.size; }
  etag() { return this.#object.etag; }
  uploadedMillis() { return this.#object.uploaded.getTime(); }
  http(name) { return this.#object.httpMetadata?.[name] ?? ''; }
  expiryMillis() { return this.#object.httpMetadata?.cacheExpiry?.getTime() ?? -1; }
  customCount() { return this.#names.length; }
  customName(index) { return this.#names[index]; }
  customValue(index) { return this.#object.customMetadata[this.#names[index]]; }
  checksum(algorithm) {
    const sum = this.#object.checksums?.[SUMS[algorithm]];
    return sum === undefined ? '' : hex(sum);
  }
}

// The bytes of an open object.
class Source {
  #reader;

  constructor(body) { this.#reader = body.getReader(); }

  read(piece, end, failed) {
    this.#reader.read().then(({ done, value }) => {
      if (done) end();
      else piece(new Int8Array(value.buffer, value.byteOffset, value.byteLength));
    }, told(failed));
  }

  close() { this.#reader.cancel().catch(() => {}); }
}

// Bytes on their way to the bucket.
class Sink {
  #writer;

  constructor(writer) { this.#writer = writer; }

  write(piece, taken) {
    this.#writer.write(new Uint8Array(piece)).then(() => taken(true), () => taken(false));
  }

  end() { this.#writer.close().catch(() => {}); }

  abort() { this.#writer.abort().catch(() => {}); }
}

// An object to be: what is said of it before its bytes come.
class Draft {
  #bucket;
  #options = { httpMetadata: {}, customMetadata: {} };

  constructor(bucket) { this.#bucket = bucket; }

  http(name, value) { this.#options.httpMetadata[name] = value; }
  expiry(millis) { this.#options.httpMetadata.cacheExpiry = new Date(millis); }
  custom(name, value) { this.#options.customMetadata[name] = value; }
  checksum(algorithm, sum) { this.#options[SUMS[algorithm]] = sum; }
  replacesNothing() { this.#options.onlyIf = { etagDoesNotMatch: '*' }; }
  replaces(etag) { this.#options.onlyIf = { etagMatches: etag }; }

  put(key, length, stored, unmet, failed) {
    const { readable, writable } = new FixedLengthStream(length);
    const writer = writable.getWriter();
    writer.closed.catch(() => {});
    this.#done(this.#bucket.put(key, readable, this.#options), stored, unmet, failed);
    return new Sink(writer);
  }

  // The platform has no copy: the bytes go round, but not through the program.
  copy(from, etag, to, stored, unmet, failed) {
    const copied = this.#bucket.get(from, { onlyIf: { etagMatches: etag } }).then((object) => (
      object?.body === undefined ? null : this.#bucket.put(to, object.body, this.#options)));
    this.#done(copied, stored, unmet, failed);
  }

  upload(key, done, failed) {
    this.#bucket.createMultipartUpload(key, {
      httpMetadata: this.#options.httpMetadata, customMetadata: this.#options.customMetadata,
    }).then((upload) => done(upload.uploadId), told(failed));
  }

  #done(promise, stored, unmet, failed) {
    promise.then((object) => {
      if (object === null) unmet();
      else stored(new Info(object));
    }, told(failed));
  }
}

export function blobs(env, name) {
  const bucket = env[name];
  return {
    head(key, found, missing, failed) {
      bucket.head(key).then((object) => (object === null ? missing() : found(new Info(object))), told(failed));
    },
    // A negative offset stands for the last bytes, a negative length for all that follow.
    get(key, offset, length, etag, found, missing, failed) {
      const options = {};
      if (offset < 0) options.range = { suffix: length };
      else if (length >= 0) options.range = { offset, length };
      else if (offset > 0) options.range = { offset };
      if (etag !== '') options.onlyIf = { etagMatches: etag };
      bucket.get(key, options).then((object) => {
        if (object?.body === undefined) missing();
        else found(new Info(object), new Source(object.body));
      }, told(failed));
    },
    list(prefix, after, limit, listed, failed) {
      bucket.list({
        prefix, limit, startAfter: after === '' ? undefined : after, include: ['httpMetadata', 'customMetadata'],
      }).then((page) => {
        listed({
          size: () => page.objects.length,
          at: (index) => new Info(page.objects[index]),
          more: () => page.truncated,
        });
      }, told(failed));
    },
    draft: () => new Draft(bucket),
    delete(keys, done, failed) {
      bucket.delete(JSON.parse(keys)).then(() => done(), told(failed));
    },
    part(key, upload, number, length, stored, failed) {
      const { readable, writable } = new FixedLengthStream(length);
      const writer = writable.getWriter();
      writer.closed.catch(() => {});
      bucket.resumeMultipartUpload(key, upload).uploadPart(number, readable)
        .then((part) => stored(part.etag), told(failed));
      return new Sink(writer);
    },
    complete(key, upload, parts, done, failed) {
      bucket.resumeMultipartUpload(key, upload).complete(JSON.parse(parts))
        .then((object) => done(new Info(object)), told(failed));
    },
    abort(key, upload, done, failed) {
      bucket.resumeMultipartUpload(key, upload).abort().then(() => done(), told(failed));
    },
  };
}
