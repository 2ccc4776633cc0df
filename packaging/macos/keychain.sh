#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Put a certificate into a keychain of its own, for a machine that has none: packaging/macos/keychain.sh CERTIFICATE.p12
#
# MACOS_CERTIFICATE_PASSWORD opens the file. The keychain lasts as long as the machine does, and its password, which
# nobody needs again, is made here. Prints the hash of the certificate, which is what MACOS_SIGN_IDENTITY takes.
set -euo pipefail

certificate=$1
keychain=$(mktemp -d)/showtell.keychain-db
password=$(openssl rand -hex 24)

security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$certificate" -P "$MACOS_CERTIFICATE_PASSWORD" -f pkcs12 -k "$keychain" -T /usr/bin/codesign >&2
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
# Those that were searched before go on being searched.
others=()
while IFS= read -r line; do
    others+=("$(printf '%s' "$line" | tr -d ' "')")
done < <(security list-keychains -d user)
security list-keychains -d user -s "$keychain" ${others[@]+"${others[@]}"}
security find-identity -v -p codesigning "$keychain" | awk '/Developer ID Application/ {print $2; exit}'
