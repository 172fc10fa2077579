#!/bin/bash
# Runs the directory of a Samba Active Directory domain controller, and nothing else of it, for tests. The
# administrator is CN=Administrator,CN=Users,<suffix>.
#
# Environment:
#   SAMBA_REALM              the domain, whose parts are the suffix (EXAMPLE.ORG)
#   SAMBA_ADMIN_PASSWORD     (Passw0rd.)
#
# They count at the first start of a container; a later one finds the configuration and the data.
set -euo pipefail

DATA=/srv/samba

: "${SAMBA_REALM:=EXAMPLE.ORG}" "${SAMBA_ADMIN_PASSWORD:=Passw0rd.}"

# The NT access control list of a file goes into a "user." attribute, since a container may not write others.
provision() {
  mkdir -p "$DATA"
  : >"$DATA/provision.conf"
  samba-tool domain provision --quiet --targetdir="$DATA" --configfile="$DATA/provision.conf" \
    --server-role=dc --use-rfc2307 --dns-backend=NONE --host-name=dc1 --host-ip=127.0.0.1 \
    --realm="$SAMBA_REALM" --domain="${SAMBA_REALM%%.*}" --adminpass="$SAMBA_ADMIN_PASSWORD" \
    --option="vfs objects = dfs_samba4 acl_xattr" --option="acl_xattr:security_acl_name = user.NTACL"
}

begun=/srv/first-start
if [ -e "$begun" ]; then
  rm -rf "$DATA" # it failed or was killed: what is there is not complete
fi
if [ ! -e "$DATA/private/sam.ldb" ]; then
  touch "$begun"
  provision
  rm "$begun"
fi

# A bind in clear text is refused otherwise.
exec samba --foreground --no-process-group --debug-stdout --model=single --configfile="$DATA/etc/smb.conf" \
  --option="server services = ldap" --option="dcerpc endpoint servers =" \
  --option="ldap server require strong auth = no"
