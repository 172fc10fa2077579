/*
 * Runs the application as it would run in production, but for the directory, which is an embedded one.
 */
def port = new ServerSocket(0).withCloseable { it.localPort }
def java = new File(System.getProperty("java.home"), "bin/java").path
def command = [java, "-ea", "-jar", new File(basedir, "target/people.jar").path,
		"--spring.ldap.urls=ldap://localhost:${port}".toString(),
		"--spring.ldap.embedded.port=${port}".toString(),
		"--spring.ldap.embedded.base-dn=dc=test,dc=org",
		"--spring.ldap.embedded.credential.username=cn=admin,dc=test,dc=org",
		"--spring.ldap.embedded.credential.password=secret"]
def output = new File(basedir, "run.log")
def process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start()
def ended = process.waitFor(2, java.util.concurrent.TimeUnit.MINUTES)
process.destroyForcibly()
assert ended && process.exitValue() == 0: output.text
assert output.text.contains("The tour found John Doe and deleted him"): output.text
assert output.text.contains("Another thread sees Optional[jdoe]"): output.text
assert output.text.contains("The mail of Jack Doe is jdoe@test.org"): output.text
true
