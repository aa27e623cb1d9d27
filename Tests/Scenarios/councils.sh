#!/usr/bin/env bash
# Makes an encryption certificate for every council of 青森県 that has none in $PKI yet, and enrols them all, so that a story
# can send to each of the 29:
#     as administrator bash $ROOT/Tests/Scenarios/councils.sh
set -euo pipefail

certificates=()
while IFS=, read -r _ prefecture _ _ _ _ _ realm council _; do
    [[ $prefecture == 青森県 ]] || continue
    certificate=$PKI/parties/$realm/$council/encryption.pem
    [[ -e $certificate ]] || DEV_PKI_YEARS=8 "$ROOT/certs/dev-pki.sh" "$PKI" party "$realm/$council"
    certificates+=("$certificate")
done <"$SEEDS/councils.csv"
mimamori admin certificate enrol --purpose encryption "${certificates[@]}"
