/*
 * Puts the examples of the README into the application, word for word: the dependency, the properties, the service,
 * and the tour at its beginning.
 */
def readme = new File(readmeFile).getText("UTF-8").replace("\r\n", "\n")

def example = { text, language ->
	def match = text =~ /(?s)```${language}\n(.*?)```/
	assert match.find(): "The README has no example in ${language}"
	match.group(1)
}

def usage = readme.substring(readme.indexOf("\n## Use it"))
def sources = new File(basedir, "src/main/java/com/example")
def resources = new File(basedir, "src/main/resources")
resources.mkdirs()

def pom = new File(basedir, "pom.xml")
def place = "<!-- The dependency of the README. -->"
assert pom.text.contains(place)
pom.text = pom.text.replace(place, example(usage, "xml"))

new File(resources, "application.properties").text = example(usage, "properties")

new File(sources, "People.java").text = """package com.example;

import java.util.Map;
import java.util.Optional;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;

import org.springframework.stereotype.Service;

${example(usage, "java")}"""

new File(sources, "Tour.java").text = """package com.example;

import java.util.List;
import java.util.Map;

import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;

class Tour {

	private final LdapKeyValueOperations store;

	Tour(LdapKeyValueOperations store) {
		this.store = store;
	}

	String run() {
		${example(readme, "java")}
		assert people.size() == 1 && deleted;
		return name;
	}

}
"""
true
