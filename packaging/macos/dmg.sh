#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Make the disk image of the frozen app: packaging/macos/dmg.sh [dist/Showtell.app]
#
# Without keys the app is signed ad hoc: it runs, and whoever downloads it has to allow it in System Settings › Privacy &
# Security. With keys, all by environment variables:
#   MACOS_SIGN_IDENTITY   a "Developer ID Application" certificate of the keychain, by its name or hash
#   MACOS_NOTARY_KEY      the file of an App Store Connect key (.p8), with
#   MACOS_NOTARY_KEY_ID   and MACOS_NOTARY_ISSUER, by which Apple notarises what was signed
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
app=${1:-$here/../../dist/Showtell.app}
entitlements=$here/entitlements.plist
identity=${MACOS_SIGN_IDENTITY:-}
version=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleShortVersionString' "$app/Contents/Info.plist")
image=$(cd "$(dirname "$app")" && pwd)/showtell-$version-macos-$(uname -m).dmg
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

sign() {
    if [ -n "$identity" ]; then
        codesign --force --timestamp --options runtime --sign "$identity" "$@"
    else
        codesign --force --sign - "$@"
    fi
}

# What the system's question says, in the person's language.
for language in en de fr; do
    mkdir -p "$app/Contents/Resources/$language.lproj"
    cp "$here/$language.lproj/InfoPlist.strings" "$app/Contents/Resources/$language.lproj/"
done

# From the inside out, since a signature seals those within: libraries, frameworks, programs, the app.
while IFS= read -r -d '' file; do
    case $(file -b "$file") in
        Mach-O*) sign "$file" ;;
    esac
done < <(find "$app/Contents/Frameworks" "$app/Contents/Resources" -type f -print0)
while IFS= read -r -d '' framework; do
    sign "$framework"
done < <(find "$app/Contents/Frameworks" -depth -type d -name '*.framework' -print0)
while IFS= read -r -d '' program; do
    sign --entitlements "$entitlements" "$program"
done < <(find "$app/Contents/MacOS" -type f -print0)
sign --entitlements "$entitlements" "$app"
codesign --verify --deep --strict --verbose=2 "$app"

ditto "$app" "$stage/$(basename "$app")"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -quiet -volname "Showtell $version" -srcfolder "$stage" -fs HFS+ -format ULFO "$image"

if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
fi
if [ -n "$identity" ] && [ -n "${MACOS_NOTARY_KEY:-}" ]; then
    xcrun notarytool submit "$image" --wait --key "$MACOS_NOTARY_KEY" --key-id "$MACOS_NOTARY_KEY_ID" \
        --issuer "$MACOS_NOTARY_ISSUER"
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
echo "$image"
