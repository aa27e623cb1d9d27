#!/bin/bash
# Makes a development PKI with the stock openssl command line: a root with its revocation list, the relay's and every
# demo person's and party's certificates, and one certificate for each defect that the tests want refused. For
# development and demonstration only: the root's key lies unprotected beside the rest. A real CA follows
# docs/ca-profile.md, which says the same in words. Every address here is one of the demo's, no person's name appears.
set -euo pipefail

usage() {
    cat >&2 <<'END'
Usage: dev-pki.sh OUT                              make the whole PKI in OUT, which must be empty or absent
       dev-pki.sh OUT person ADDRESS PERSON        OUT/persons/ADDRESS/PERSON.{pem,key}
       dev-pki.sh OUT party ADDRESS [FILE] [rsa]   OUT/parties/ADDRESS/FILE.{pem,key}; FILE is "encryption" by default
       dev-pki.sh OUT relay HOST...                OUT/relay/tls.{pem,key} anew, for localhost and every HOST
       dev-pki.sh OUT revoke CERTIFICATE.pem       revoke it and renew OUT/crl.pem
       dev-pki.sh OUT crl                          renew OUT/crl.pem
With DEV_PKI_YEARS=1...9 in the environment certificates last so many years, for tests that move the clock.
END
    exit 64
}

fail() {
    echo "dev-pki.sh: $1" >&2
    exit "${2:-73}"
}

# moment WORDS: a GeneralizedTime as `openssl ca` takes it.
moment() { date -u -d "$1" +%Y%m%d%H%M%SZ; }

# quietly COMMAND...: its diagnostics appear only when it fails.
quietly() {
    local said
    said=$("$@" 2>&1) || fail "$1 $2 failed: $said" 70
}

# new_key FILE [rsa BITS]: a private key that nobody else can read (umask 077 makes it 0600).
new_key() {
    if [ "${2:-}" = rsa ]; then
        quietly openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$3" -out "$1"
    else
        quietly openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
    fi
}

# new_ca FOLDER NAME
new_ca() {
    mkdir -p "$1/issued"
    : >"$1/index.txt"
    echo 01 >"$1/crlnumber"
    new_key "$1/ca.key"
    MIMAMORI_CA=$1 quietly openssl req -new -config "$config" -key "$1/ca.key" -out "$1/ca.csr" \
        -subj "/O=Mimamori Relay development/CN=$2"
    MIMAMORI_CA=$1 quietly openssl ca -batch -config "$config" -selfsign -extensions root -notext \
        -startdate "$(moment '-3 years')" -enddate "$(moment '+10 years')" -in "$1/ca.csr" -out "$1/ca.pem"
    rm "$1/ca.csr"
}

# issue STEM PROFILE SAN NAME FROM UNTIL [CA]: certificate STEM.pem for the key STEM.key.
issue() {
    local stem=$1 profile=$2 san=$3 name=$4 from=$5 until=$6 ca=${7:-$out/ca/root}
    # X.520 allows a common name of 64 characters; the identity is the SAN, so a long one is cut to its last label.
    [ "${#name}" -le 64 ] || name=${name##*/}
    MIMAMORI_CA=$ca MIMAMORI_SAN=$san quietly openssl req -new -config "$config" -key "$stem.key" -out "$stem.csr" \
        -subj "/O=Mimamori Relay development/CN=${name//\//\\/}"
    MIMAMORI_CA=$ca MIMAMORI_SAN=$san quietly openssl ca -batch -config "$config" -extensions "$profile" -notext \
        -startdate "$(moment "$from")" -enddate "$(moment "$until")" -in "$stem.csr" -out "$stem.pem"
    rm "$stem.csr"
}

absent() { [ ! -e "$1.pem" ] && [ ! -e "$1.key" ] || fail "$1.pem or .key exists; it is never overwritten"; }

address_is_valid() {
    [[ $1 =~ ^[a-z0-9]([a-z0-9-]*[a-z0-9])?(/[a-z0-9]([a-z0-9-]*[a-z0-9])?){1,3}$ ]] || fail "not an address: $1" 64
}

person() {
    local stem=$out/persons/$1/$2
    address_is_valid "$1/$2"
    absent "$stem"
    mkdir -p "$out/persons/$1"
    new_key "$stem.key"
    issue "$stem" person "URI:mimamori://$1/$2" "$1/$2" '-1 hour' "$life"
}

party() {
    local stem=$out/parties/$1/${2:-encryption}
    address_is_valid "$1"
    absent "$stem"
    mkdir -p "$out/parties/$1"
    if [ "${3:-}" = rsa ]; then new_key "$stem.key" rsa 3072; else new_key "$stem.key"; fi
    issue "$stem" "encryption_${3:-ec}" "URI:mimamori://$1" "$1" '-1 hour' "$long_life"
}

relay_tls() {
    local san=DNS:localhost,IP:127.0.0.1 host
    for host in "$@"; do
        case $host in
        localhost | 127.0.0.1) ;;
        *[!0-9.]*:*) san+=,IP:$host ;;
        *[!0-9.]*) san+=,DNS:$host ;;
        *) san+=,IP:$host ;;
        esac
    done
    mkdir -p "$out/relay"
    new_key "$out/relay/tls.key"
    issue "$out/relay/tls" tls "$san" "${1:-localhost}" '-1 hour' "$life"
}

revocation_list() {
    MIMAMORI_CA=$out/ca/root MIMAMORI_SAN='' quietly openssl ca -config "$config" -gencrl -out "$out/crl.pem.new"
    mv "$out/crl.pem.new" "$out/crl.pem"
}

revoke() {
    MIMAMORI_CA=$out/ca/root MIMAMORI_SAN='' quietly openssl ca -config "$config" -revoke "$1"
    revocation_list
}

# bad NAME PROFILE PERSON'S-ADDRESS FROM UNTIL [CA]: a person's certificate with one defect.
bad() {
    [ -e "$out/bad/$1.key" ] || new_key "$out/bad/$1.key"
    issue "$out/bad/$1" "$2" "URI:mimamori://$3" "$3" "$4" "$5" "${6:-$out/ca/root}"
}

everything() {
    new_ca "$out/ca/root" 'Mimamori Relay development root'
    new_ca "$out/ca/other" 'A root that nobody trusts'
    cp "$out/ca/root/ca.pem" "$out/root.pem"
    cp "$out/ca/root/ca.key" "$out/root.key"
    cp "$out/ca/other/ca.pem" "$out/other-root.pem"

    relay_tls
    new_key "$out/relay/statement.key"
    issue "$out/relay/statement" statement URI:mimamori://aomori-relay/office aomori-relay/office '-1 hour' "$long_life"

    local one
    for one in officer deputy chief; do person aomori-police/hachinohe "$one"; done
    for one in planner head; do person aomori-police/hq "$one"; done
    for one in clerk approver; do person aomori/hachinohe-shi "$one"; done
    person aomori/hachinohe-shi/center counselor
    person aomori/towada-shi clerk
    for one in administrator operator operator-two auditor; do person aomori-relay/office "$one"; done

    for one in aomori-police/hachinohe aomori-police/hq aomori/hachinohe-shi aomori/hachinohe-shi/center \
        aomori/towada-shi; do
        party "$one"
    done
    party aomori/hachinohe-shi encryption-next rsa

    local officer=aomori-police/hachinohe/officer
    mkdir -p "$out/bad"
    new_key "$out/bad/weak-key.key" rsa 2048
    bad expired person $officer '-400 days' '-1 day'
    bad other-ca person $officer '-1 hour' "$life" "$out/ca/other"
    bad wrong-address person aomori-police/aomori/officer '-1 hour' "$life"
    bad revoked person $officer '-1 hour' "$life"
    bad no-client-usage person_without_client_usage $officer '-1 hour' "$life"
    bad unenrolled person $officer '-1 hour' "$life"
    bad weak-key person $officer '-1 hour' "$life"
    revoke "$out/bad/revoked.pem"
}

[ $# -ge 1 ] || usage
case $1 in -*) usage ;; esac
umask 077
config=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/openssl.cnf
# A profile that names no identity of its own (the root's) still expands the variable.
export MIMAMORI_SAN=
# The longest lives that docs/ca-profile.md allows, or longer ones within the root's.
life='+397 days' long_life='+2 years'
if [ -n "${DEV_PKI_YEARS:-}" ]; then
    [[ $DEV_PKI_YEARS =~ ^[1-9]$ ]] || usage
    life="+$DEV_PKI_YEARS years" long_life=$life
fi
out=$1
verb=${2:-everything}
[ $# -lt 2 ] && shift 1 || shift 2

if [ "$verb" = everything ]; then
    [ $# -eq 0 ] || usage
    if [ -e "$out" ] && [ -n "$(ls -A "$out")" ]; then fail "$out is not empty; it is never overwritten"; fi
    mkdir -p "$(dirname "$out")"
    # Made aside and renamed when whole, so that an interrupted run leaves no half PKI in place.
    final=$out
    out=$(mktemp -d "$final.making.XXXXXX")
    trap 'rm -rf "$out"' EXIT
    everything
    mv -T "$out" "$final"
    trap - EXIT
    echo "$final"
    exit
fi

[ -e "$out/ca/root/ca.key" ] || fail "$out holds no PKI; run: dev-pki.sh $out" 66
case $verb:$# in
person:2) person "$@" ;;
party:[123]) party "$@" ;;
relay:[1-9]*) relay_tls "$@" ;;
revoke:1) revoke "$1" ;;
crl:0) revocation_list ;;
*) usage ;;
esac
