def worker = new File(basedir, "target/worker")
assert new File(worker, "wrangler.json").text.contains('"name": "greeter"')
assert new File(worker, "src/worker.mjs").text.contains("export default")
assert new File(worker, "src/app.mjs").length() > 10_000
