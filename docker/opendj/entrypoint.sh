#!/bin/bash
# Runs OpenDJ for one suffix, for tests. The administrator is cn=Directory Manager.
#
# Environment:
#   OPENDJ_SUFFIX      the suffix (dc=example,dc=org)
#   OPENDJ_PASSWORD    of the administrator (password)
#
# They count at the first start of a container; a later one finds the configuration and the data.
set -euo pipefail

HOME=/opt/opendj

: "${OPENDJ_SUFFIX:=dc=example,dc=org}" "${OPENDJ_PASSWORD:=password}"

create() {
  "$HOME/setup" --cli --no-prompt --acceptLicense --doNotStart --quiet \
    --hostname localhost --ldapPort 389 --adminConnectorPort 4444 \
    --rootUserDN "cn=Directory Manager" --rootUserPassword "$OPENDJ_PASSWORD" \
    --baseDN "$OPENDJ_SUFFIX" --addBaseEntry --backendType je
  # A value of some megabytes is more than the server takes by default.
  sed -i 's/^ds-cfg-max-request-size: .*/ds-cfg-max-request-size: 20 megabytes/' "$HOME/config/config.ldif"
}

echo "nameserver 127.0.0.1" >/etc/resolv.conf # it asks for its own name, and waits 20 s for a resolver that is out of reach

begun=/opt/first-start
if [ -e "$begun" ]; then
  rm -rf "$HOME"/{config,db} # it failed or was killed: what is there is not complete
fi
if [ ! -e "$HOME/config/config.ldif" ]; then
  touch "$begun"
  create
  rm "$begun"
fi

exec "$HOME/bin/start-ds" --nodetach
