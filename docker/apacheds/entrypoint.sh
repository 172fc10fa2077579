#!/bin/bash
# Runs ApacheDS for one suffix, for tests. The administrator is uid=admin,ou=system with the password "secret".
#
# Environment:
#   APACHEDS_SUFFIX    the suffix, which begins with dc= (dc=example,dc=org)
#
# It counts at the first start of a container; a later one finds the configuration and the data.
set -euo pipefail

HOME=/srv/apacheds

: "${APACHEDS_SUFFIX:=dc=example,dc=org}"

# The configuration that the server comes with, with our suffix, the usual port, and values of some megabytes.
configuration() {
  local first=${APACHEDS_SUFFIX%%,*} entry
  entry=$(printf 'dn: %s\nobjectClass: top\nobjectClass: domain\ndc: %s\n' "$APACHEDS_SUFFIX" "${first#dc=}" | base64 -w 0)
  unzip -p /opt/apacheds.jar config.ldif | sed -E \
    -e "s/^(ads-partitionSuffix: )dc=example,.*/\1$APACHEDS_SUFFIX/i" \
    -e "/^ads-contextentry:/I { N; s/.*/ads-contextentry:: $entry/ }" \
    -e 's/^(ads-systemport: )10389$/\1389/i' \
    -e 's/^(ads-maxpdusize: ).*/\120000000/i' \
    -e 's/^(ads-partitionsynconwrite: ).*/\1FALSE/i'
}

if [ ! -e "$HOME/conf" ]; then
  mkdir -p "$HOME"/{cache,log,partitions,run,conf}
  configuration >"$HOME/conf/config.ldif"
fi

# What goes wrong in it is told on the console.
cat >"$HOME/conf/log4j.properties" <<'END'
log4j.rootLogger=WARN, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d{HH:mm:ss.SSS} %p %c %m%n
END

exec java -Dlog4j.configuration="file:$HOME/conf/log4j.properties" -jar /opt/apacheds.jar "$HOME"
