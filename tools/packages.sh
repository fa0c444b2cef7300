#!/bin/bash
# Install the Debian packages that the named needs lack, or say in one sentence which they are.
# Usage: tools/packages.sh venv|browser|firefox|webkit|postgresql|node|sqlmap|wapiti|debootstrap …
set -eu

has_venv() {
    local python
    python=$(tools/find_python.sh 2>/dev/null) || return 1
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}
has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_firefox() { command -v firefox-esr >/dev/null || command -v firefox >/dev/null; }
has_libatomic() { compgen -G '/usr/lib*/*libatomic.so.1' >/dev/null || compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null; } # for Playwright's driver
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
has_proxy() { PATH="$PATH:/usr/sbin" command -v nginx >/dev/null; }

missing=()
for need in "$@"; do
    case $need in
        venv) has_venv || missing+=(python3 python3-venv) ;;
        browser)
            has_browser || missing+=(chromium fonts-liberation)
            has_libatomic || missing+=(libatomic1)
            ;;
        firefox) has_firefox || missing+=(firefox-esr) ;;
        webkit)
            command -v WebKitWebDriver >/dev/null || missing+=(webkit2gtk-driver)
            command -v Xvfb >/dev/null || missing+=(xvfb)
            ;;
        postgresql) has_postgresql || missing+=(postgresql) ;;
        proxy) has_proxy || missing+=(nginx) ;;
        node)
            command -v node >/dev/null || missing+=(nodejs)
            command -v npm >/dev/null || missing+=(npm)
            ;;
        sqlmap | wapiti) command -v "$need" >/dev/null || missing+=("$need") ;;
        debootstrap) command -v debootstrap >/dev/null || missing+=(debootstrap) ;;
        *) echo "unknown need: $need" >&2; exit 2 ;;
    esac
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
    echo "Installing ${missing[*]}…" >&2
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -20 "$log" >&2
        rm "$log"
        exit 1
    fi
    rm "$log"
else
    echo "Parvis needs these packages: install ${missing[*]} (on Debian: apt-get install ${missing[*]}), then try again." >&2
    exit 1
fi
