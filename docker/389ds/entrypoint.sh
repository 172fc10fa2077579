#!/bin/bash
# Runs 389 Directory Server for one suffix, for tests. The administrator is cn=Directory Manager, and nobody else
# sees anything.
#
# Environment:
#   DS_SUFFIX      the suffix (dc=example,dc=org)
#   DS_PASSWORD    of the administrator, with at least 8 characters (password)
#   DS_PLUGINS     names of plug-ins to switch on (USN: without it entries have no version)
#
# They count at the first start of a container; a later one finds the configuration and the data.
set -euo pipefail

INSTANCE=test
CONFIG=/etc/dirsrv/slapd-$INSTANCE

: "${DS_SUFFIX:=dc=example,dc=org}" "${DS_PASSWORD:=password}" "${DS_PLUGINS=USN}"

create() {
  local settings
  settings=$(mktemp)
  cat >"$settings" <<INF
[general]
config_version = 2
full_machine_name = localhost
strict_host_checking = False
start = False
systemd = False
selinux = False

[slapd]
instance_name = $INSTANCE
port = 389
secure_port = 636
root_password = $DS_PASSWORD
self_sign_cert = False

[backend-userroot]
suffix = $DS_SUFFIX
create_suffix_entry = True
INF
  dscreate from-file "$settings"
  rm "$settings"
}

# A value of some megabytes is more than the server takes by default.
adjust() {
  python3 - "$INSTANCE" <<'PYTHON'
import os
import sys
from lib389 import DirSrv
from lib389.dseldif import DSEldif

instance = DirSrv()
instance.local_simple_allocate(sys.argv[1])
dse = DSEldif(instance)
dse.replace("cn=config", "nsslapd-maxbersize", "20971520")
for name in os.environ["DS_PLUGINS"].split():
    dse.replace("cn=%s,cn=plugins,cn=config" % name, "nsslapd-pluginEnabled", "on")
PYTHON
}

export DS_PLUGINS
begun=/var/lib/dirsrv/first-start
if [ -e "$begun" ]; then
  rm -rf "$CONFIG" "/var/lib/dirsrv/slapd-$INSTANCE" # it failed or was killed: what is there is not complete
fi
if [ ! -e "$CONFIG/dse.ldif" ]; then
  touch "$begun"
  create
  adjust
  rm "$begun"
fi

exec ns-slapd -D "$CONFIG" -i /run/dirsrv/slapd-$INSTANCE.pid -d 0
