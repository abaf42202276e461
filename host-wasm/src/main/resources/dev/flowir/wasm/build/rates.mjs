// A rate limit of the platform, with callbacks in place of promises.
export const rates = (limiter, told) => ({
  limit(key, done, failed) {
    limiter.limit({ key }).then(({ success }) => done(success), told(failed));
  },
});
