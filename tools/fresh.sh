#!/bin/bash
# Prove the README's two commands on a bare Debian: a minimal system in a folder, with make and nothing else.
# Usage, as root: tools/fresh.sh [demo] [test]      PORT: where the demonstration listens meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(id -u)" -ne 0 ]; then
    echo "make fresh builds a Debian system in a folder: run it as root." >&2
    exit 1
fi
tools/packages.sh debootstrap

suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
folder=$(mktemp -d "${FRESH_FOLDER:-/var/tmp}/parvis-fresh-XXXXXX")
chmod 755 "$folder"
trap 'rm -rf --one-file-system "$folder"' EXIT

echo "=== A bare Debian ($suite) in $folder"
debootstrap --variant=minbase --include=make "$suite" "$folder" >"$folder.log" 2>&1 || { tail -20 "$folder.log"; exit 1; }
rm "$folder.log"
printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost\n' "$(uname -n)" >"$folder/etc/hosts"
# No service starts by itself in a folder.
printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
chmod +x "$folder/usr/sbin/policy-rc.d"
# The certificates this machine trusts, where the network asks for them.
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/parvis-fresh.crt"
fi
mkdir "$folder/parvis"
git archive HEAD | tar -x -C "$folder/parvis"

environment=(HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PORT="${PORT:-8000}")
for name in http_proxy https_proxy no_proxy; do
    [ -z "${!name:-}" ] || environment+=("$name=${!name}")
done
if [ -e "$folder/etc/ssl/parvis-fresh.crt" ]; then
    environment+=(SSL_CERT_FILE=/etc/ssl/parvis-fresh.crt PIP_CERT=/etc/ssl/parvis-fresh.crt)
fi

# Its own mounts and processes: whatever it starts ends with it.
unshare --mount --pid --fork --kill-child bash -euc '
    folder=$1
    shift
    mount --make-rprivate /
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    exec chroot "$folder" /usr/bin/env -i "$@"
' fresh "$folder" "${environment[@]}" /bin/bash /parvis/tools/fresh_inside.sh "$@"
