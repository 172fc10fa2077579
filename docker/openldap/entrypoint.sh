#!/bin/bash
# Runs OpenLDAP for one suffix, for tests. The administrator is cn=admin,<suffix>.
#
# Environment, where it can be with the names of osixia/openldap:
#   LDAP_DOMAIN, LDAP_BASE_DN        the suffix (example.org; from the domain)
#   LDAP_ORGANISATION                its "o" (Example)
#   LDAP_ADMIN_PASSWORD              (admin)
#   LDAP_CONFIG_PASSWORD             of cn=admin,cn=config (config)
#   LDAP_READONLY_USER               whether cn=readonly,<suffix> exists and reads all (false)
#   LDAP_READONLY_USER_PASSWORD      (readonly)
#   LDAP_TLS                         ldaps:// and StartTLS (false; Boot's connection details assume true)
#   LDAP_TLS_CRT_FILENAME, LDAP_TLS_KEY_FILENAME, LDAP_TLS_CA_CRT_FILENAME
#                                    (ldap.crt, ldap.key, ca.crt) in /container/service/slapd/assets/certs; where
#                                    none is, they are made, with a client.crt and client.key for the administrator
#   LDAP_TLS_VERIFY_CLIENT           never, allow, try or demand (never); a certificate for CN=x is cn=x,<suffix>
#   LDAP_LOG_LEVEL                   (256: each operation, on standard error)
# and of its own:
#   LDAP_ANONYMOUS_READ              whether everybody reads all but passwords (false)
#   LDAP_OVERLAYS                    of syncprov sssvlv memberof refint dds (syncprov sssvlv; memberof and refint
#                                    change entries without a new entryCSN)
#   LDAP_SIZE_LIMIT                  entries that an ordinary account gets (500)
#   LDAP_IDLE_TIMEOUT                seconds until an idle connection is closed (0: never)
#   LDAP_NOSYNC                      faster writes that a crash of the machine may lose (false)
#   LDAP_THREADS                     threads that work on requests (16); with 3 or less slapd works on one request of a
#                                    connection at a time, without which the end of a transaction may crash it
#   LDAP_SEED_LDIF                   a file of entries to begin with
#   LDAP_SERVER_ID                   in entryCSN, 0 to 4095 (none)
#   LDAP_REPLICATE_FROM              URL of the provider of which this is a replica, with the same suffix and
#                                    administrator (none)
#
# They count at the first start of a container; a later one finds the configuration and the data.
set -euo pipefail

CONFIG=/etc/ldap/slapd.d
DATA=/var/lib/ldap
CERTS=/container/service/slapd/assets/certs
TLS=/run/slapd/tls

: "${LDAP_ORGANISATION:=Example}" "${LDAP_DOMAIN:=example.org}"
: "${LDAP_BASE_DN:=dc=${LDAP_DOMAIN//./,dc=}}"
: "${LDAP_ADMIN_PASSWORD:=admin}" "${LDAP_CONFIG_PASSWORD:=config}"
: "${LDAP_READONLY_USER:=false}" "${LDAP_READONLY_USER_PASSWORD:=readonly}"
: "${LDAP_TLS:=false}" "${LDAP_TLS_VERIFY_CLIENT:=never}" "${LDAP_LOG_LEVEL:=256}"
: "${LDAP_TLS_CRT_FILENAME:=ldap.crt}" "${LDAP_TLS_KEY_FILENAME:=ldap.key}" "${LDAP_TLS_CA_CRT_FILENAME:=ca.crt}"
: "${LDAP_ANONYMOUS_READ:=false}" "${LDAP_OVERLAYS=syncprov sssvlv}" "${LDAP_SIZE_LIMIT:=500}"
: "${LDAP_THREADS:=16}" "${LDAP_IDLE_TIMEOUT:=0}" "${LDAP_NOSYNC:=false}" "${LDAP_SEED_LDIF:=}"
: "${LDAP_SERVER_ID:=}" "${LDAP_REPLICATE_FROM:=}"

die() {
  echo "entrypoint: $*" >&2
  exit 64
}

is() {
  case ${!1,,} in
    true) return 0 ;;
    false) return 1 ;;
    *) die "$1 is '${!1}', neither true nor false" ;;
  esac
}

check_settings() {
  local name
  for name in LDAP_TLS LDAP_READONLY_USER LDAP_ANONYMOUS_READ LDAP_NOSYNC; do
    is "$name" || true
  done
  [[ $LDAP_BASE_DN =~ ^dc=[^,=+]+(,|$) ]] || die "LDAP_BASE_DN is '$LDAP_BASE_DN', which does not begin with dc="
  [[ $LDAP_TLS_VERIFY_CLIENT =~ ^(never|allow|try|demand)$ ]] ||
    die "LDAP_TLS_VERIFY_CLIENT is '$LDAP_TLS_VERIFY_CLIENT', neither never, allow, try nor demand"
  [[ $LDAP_SIZE_LIMIT =~ ^([0-9]+|unlimited)$ ]] || die "LDAP_SIZE_LIMIT is '$LDAP_SIZE_LIMIT', no number"
  [[ $LDAP_IDLE_TIMEOUT =~ ^[0-9]+$ ]] || die "LDAP_IDLE_TIMEOUT is '$LDAP_IDLE_TIMEOUT', no number of seconds"
  [[ $LDAP_THREADS =~ ^[0-9]+$ && $LDAP_THREADS -ge 2 ]] || die "LDAP_THREADS is '$LDAP_THREADS', no number from 2"
  [ -z "$LDAP_SEED_LDIF" ] || [ -r "$LDAP_SEED_LDIF" ] || die "LDAP_SEED_LDIF is '$LDAP_SEED_LDIF', which cannot be read"
  [[ $LDAP_SERVER_ID =~ ^[0-9]{0,4}$ ]] || die "LDAP_SERVER_ID is '$LDAP_SERVER_ID', no number from 0 to 4095"
  [[ $LDAP_REPLICATE_FROM =~ ^(ldaps?://[^/[:space:]]+/?)?$ ]] ||
    die "LDAP_REPLICATE_FROM is '$LDAP_REPLICATE_FROM', not like ldap://host:389"
  for name in $LDAP_OVERLAYS; do
    [[ " syncprov sssvlv memberof refint dds " == *" $name "* ]] || die "LDAP_OVERLAYS names '$name', which is not known"
  done
}

# new_certificate <name of the files> <common name> [<extensions>]
new_certificate() {
  openssl req -quiet -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -subj "/CN=$2" -keyout "$1.key" |
    openssl x509 -req -CA ca.crt -CAkey ca.key -days 3650 -extfile <(echo "${3:-}") -out "$1.crt" 2>/dev/null
}

make_certificates() (
  mkdir -p "$CERTS"
  cd "$CERTS"
  openssl req -quiet -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 3650 \
    -subj "/CN=Test CA" -keyout ca.key -out ca.crt
  new_certificate ldap localhost "subjectAltName=DNS:localhost,DNS:$(hostname),IP:127.0.0.1,IP:::1"
  new_certificate client admin
)

# slapd gets copies, as it does not run as root: what is mounted keeps its owner and its mode.
install_certificates() {
  local files=("$CERTS/$LDAP_TLS_CRT_FILENAME" "$CERTS/$LDAP_TLS_KEY_FILENAME" "$CERTS/$LDAP_TLS_CA_CRT_FILENAME") file
  if [ -z "$(ls -A "$CERTS" 2>/dev/null)" ]; then
    make_certificates
  fi
  for file in "${files[@]}"; do
    [ -r "$file" ] || die "LDAP_TLS is true, but $file is missing"
  done
  install -d -m 700 "$TLS"
  cat "${files[0]}" >"$TLS/ldap.crt"
  cat "${files[1]}" >"$TLS/ldap.key"
  cat "${files[2]}" >"$TLS/ca.crt"
}

global_settings() {
  echo "olcIdleTimeout: $LDAP_IDLE_TIMEOUT"
  echo "olcThreads: $LDAP_THREADS"
  echo "olcAuthzRegexp: \"^cn=([^,]+)\$\" \"cn=\$1,$LDAP_BASE_DN\""
  [ -z "$LDAP_SERVER_ID" ] || echo "olcServerID: $LDAP_SERVER_ID"
  if is LDAP_TLS; then
    echo "olcTLSCertificateFile: $TLS/ldap.crt"
    echo "olcTLSCertificateKeyFile: $TLS/ldap.key"
    echo "olcTLSCACertificateFile: $TLS/ca.crt"
    echo "olcTLSVerifyClient: $LDAP_TLS_VERIFY_CLIENT"
  fi
}

database_settings() {
  local readers="by self read"
  if is LDAP_READONLY_USER; then readers+=" by dn.exact=\"cn=readonly,$LDAP_BASE_DN\" read"; fi
  if is LDAP_ANONYMOUS_READ; then readers+=" by * read"; fi
  echo "olcAccess: to attrs=userPassword,shadowLastChange by self write by anonymous auth by * none"
  echo "olcAccess: to * $readers by * none"
  if is LDAP_NOSYNC; then echo "olcDbEnvFlags: nosync"; fi
  if [ -n "$LDAP_REPLICATE_FROM" ]; then
    echo "olcSyncrepl: rid=001 provider=$LDAP_REPLICATE_FROM bindmethod=simple binddn=\"cn=admin,$LDAP_BASE_DN\"" \
      "credentials=\"$LDAP_ADMIN_PASSWORD\" searchbase=\"$LDAP_BASE_DN\" type=refreshAndPersist retry=\"1 +\"" \
      "keepalive=5:3:1 timeout=5 network-timeout=2"
    echo "olcUpdateRef: $LDAP_REPLICATE_FROM"
  fi
}

overlays() {
  for overlay in $LDAP_OVERLAYS; do
    printf '\ndn: olcOverlay=%s,olcDatabase={1}mdb,cn=config\nobjectClass: olcOverlayConfig\nolcOverlay: %s\n' \
      "$overlay" "$overlay"
    case $overlay in
      memberof) echo "objectClass: olcMemberOfConfig" ;;
      refint) printf 'objectClass: olcRefintConfig\nolcRefintAttribute: member uniqueMember\n' ;;
      syncprov) echo "objectClass: olcSyncProvConfig" ;;
      sssvlv) echo "objectClass: olcSssVlvConfig" ;;
      dds) printf 'objectClass: olcDDSConfig\nolcDDSstate: TRUE\n' ;;
    esac
  done
}

configure() {
  slapadd -n 0 -F "$CONFIG" <<LDIF
dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: /run/slapd/slapd.pid
olcArgsFile: /run/slapd/slapd.args
$(global_settings)

dn: cn=module{0},cn=config
objectClass: olcModuleList
cn: module{0}
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb
olcModuleLoad: syncprov
olcModuleLoad: sssvlv
olcModuleLoad: memberof
olcModuleLoad: refint
olcModuleLoad: dds

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif
include: file:///etc/ldap/schema/cosine.ldif
include: file:///etc/ldap/schema/nis.ldif
include: file:///etc/ldap/schema/inetorgperson.ldif

dn: olcDatabase={-1}frontend,cn=config
objectClass: olcDatabaseConfig
objectClass: olcFrontendConfig
olcDatabase: {-1}frontend
olcSizeLimit: $LDAP_SIZE_LIMIT
olcAccess: to dn.exact="" by * read
olcAccess: to dn.base="cn=Subschema" by * read

dn: olcDatabase={0}config,cn=config
objectClass: olcDatabaseConfig
olcDatabase: {0}config
olcRootDN: cn=admin,cn=config
olcRootPW: $(slappasswd -s "$LDAP_CONFIG_PASSWORD")

dn: olcDatabase={1}mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: {1}mdb
olcDbDirectory: $DATA
olcDbMaxSize: 17179869184
olcSuffix: $LDAP_BASE_DN
olcRootDN: cn=admin,$LDAP_BASE_DN
olcRootPW: $(slappasswd -s "$LDAP_ADMIN_PASSWORD")
olcDbIndex: objectClass,ou,dc eq
olcDbIndex: cn,uid,sn,givenName,mail eq,sub
olcDbIndex: member,uniqueMember,memberUid,entryUUID,entryCSN eq
$(database_settings)
$(overlays)
LDIF
}

fill() {
  [ -z "$LDAP_REPLICATE_FROM" ] || return 0
  local first=${LDAP_BASE_DN%%,*}
  {
    printf 'dn: %s\nobjectClass: top\nobjectClass: dcObject\nobjectClass: organization\no: %s\ndc: %s\n\n' \
      "$LDAP_BASE_DN" "$LDAP_ORGANISATION" "${first#dc=}"
    if is LDAP_READONLY_USER; then
      printf 'dn: cn=readonly,%s\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: readonly\nuserPassword: %s\n\n' \
        "$LDAP_BASE_DN" "$(slappasswd -s "$LDAP_READONLY_USER_PASSWORD")"
    fi
    [ -z "$LDAP_SEED_LDIF" ] || cat "$LDAP_SEED_LDIF"
  } | slapadd -q -F "$CONFIG" -b "$LDAP_BASE_DN"
}

ulimit -n 1024 # slapd sizes its tables by this limit, which Docker raises to a million

check_settings
urls="ldap:/// ldapi:///"
mkdir -p "$CONFIG" "$DATA" /run/slapd
if is LDAP_TLS; then
  install_certificates
  urls+=" ldaps:///"
fi

begun=$DATA/first-start
if [ -e "$begun" ]; then
  rm -rf "${CONFIG:?}"/* "${DATA:?}"/* # it failed or was killed: what is there is not complete
fi
if [ ! -e "$CONFIG/cn=config.ldif" ]; then
  [ ! -e "$DATA/data.mdb" ] || die "$DATA has data, but $CONFIG is empty: keep both, or none"
  touch "$begun"
  configure
  fill
  rm "$begun"
fi
chown -R openldap:openldap "$CONFIG" "$DATA" /run/slapd

exec slapd -F "$CONFIG" -h "$urls" -u openldap -g openldap -d "$LDAP_LOG_LEVEL"
