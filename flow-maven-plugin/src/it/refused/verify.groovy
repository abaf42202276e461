assert new File(basedir, "build.log").text.contains("EDGE103: the secret 'PAYMENTS_KEY' is not said to be there")
assert !new File(basedir, "target/worker").exists()
