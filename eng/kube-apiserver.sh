#!/usr/bin/env bash
# Prints a folder that holds a real kube-apiserver, kube-controller-manager (1.20.2, no kubelet) and etcd.
# Takes KUBEBUILDER_ASSETS when it is set; else builds them once from Debian's own source package into the user's cache.
# Needs no root and installs nothing: Go and etcd are unpacked beside the sources and go away with them.
# Ends with 3 and one line that says why when the machine cannot do it.
set -euo pipefail
version=1.20.2 package='kubernetes=1.20.5+really1.20.2-1.1+deb12u1' suite=bookworm
cache="${XDG_CACHE_HOME:-$HOME/.cache}/gameday"
home="$cache/kube-apiserver-$version"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

cannot() { printf 'no real API server: %s\n' "$*" >&2; exit 3; }
complete() { [ -x "$1/kube-apiserver" ] && [ -x "$1/etcd" ]; }

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  complete "$KUBEBUILDER_ASSETS" || cannot "KUBEBUILDER_ASSETS is $KUBEBUILDER_ASSETS, which lacks kube-apiserver or etcd"
  echo "$KUBEBUILDER_ASSETS"; exit
fi
if complete "$home"; then echo "$home"; exit; fi

for tool in apt-get dpkg-deb tar xz flock; do
  command -v "$tool" >/dev/null || cannot "$tool is missing; the build takes Debian's source package. Set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd instead"
done
[ -f "$keyring" ] || cannot "$keyring is missing. Run: sudo apt-get install -y debian-archive-keyring"
mkdir -p "$cache"
free=$(df -Pm "$cache" | awk 'NR==2{print $4}')
[ "$free" -ge 4000 ] || cannot "only $free MB are free on the disk that holds $cache; the build needs 4000"

# Two clones that test at once build once.
exec 9>"$cache/kube-apiserver.lock"
flock 9
if complete "$home"; then echo "$home"; exit; fi
work="$cache/building-kube-apiserver-$version"
rm -rf "$work"; mkdir -p "$work"/{apt/sources,apt/lists/partial,apt/cache/archives/partial,tools,out,gopath/src/k8s.io}
trap 'rm -rf "$work"' EXIT
step() { printf '%4ds %s\n' "$SECONDS" "$*" >&2; }

# The machine's own mirror when it has one; a source entry in a file of our own, seen by these calls alone.
mirror=$({ grep -hoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } | head -1 | tr -d ' ')
printf 'Types: deb deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
  "${mirror:-http://deb.debian.org/debian}" "$suite" "$keyring" >"$work/apt/sources/gameday.sources"
apt() {
  apt-get -q -y -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/apt/sources" -o Dir::State::Lists="$work/apt/lists" \
    -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=3 -o Acquire::Languages=none "$@" >&2
}
step "downloading"
cd "$work/tools"
apt update || cannot "the package lists of Debian $suite cannot be read (network?)"
apt download golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev etcd-server || cannot "Go 1.19 or etcd cannot be downloaded"
apt source --download-only "$package" || cannot "Debian's source package $package cannot be downloaded"
step "unpacking"
for deb in *.deb; do dpkg-deb -x "$deb" .; done
tar xzf kubernetes_*"$version".orig.tar.gz -C "$work/gopath/src/k8s.io"
mv "$work/gopath/src/k8s.io/kubernetes-$version" "$work/gopath/src/k8s.io/kubernetes"

export GOROOT="$work/tools/usr/lib/go-1.19" GOPATH="$work/gopath" GOCACHE="$work/gocache" GO111MODULE=off GOFLAGS='' CGO_ENABLED=0
export PATH="$GOROOT/bin:$PATH"
cd "$work/gopath/src/k8s.io/kubernetes"
# The vendored reflect2 1.0.1 crashes under Go >= 1.18 on the first write: take Debian's 1.0.2.
rm -rf vendor/github.com/modern-go/reflect2
cp -r "$work/tools/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/

step "generating pkg/generated/openapi, which is not part of the sources"
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen || cannot "openapi-gen could not be built"
described=$(grep -rl '+k8s:openapi-gen=' --include=*.go pkg staging/src/k8s.io vendor/k8s.io \
  | grep -v '_test.go\|/testdata/\|sample-\|code-generator\|kube-openapi\|vendor/k8s.io/gengo' \
  | xargs -n1 dirname | sed 's#^staging/src/##; s#^vendor/##; s#^pkg#k8s.io/kubernetes/pkg#' | sort -u | paste -sd,)
# It ends with an error about old rule violations after it has written its file.
"$work/openapi-gen" --logtostderr -i "$described" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
  -h hack/boilerplate/boilerplate.generatego.txt -r "$work/violations" 2>"$work/openapi.log" || true
[ -s pkg/generated/openapi/zz_generated.openapi.go ] || { tail -3 "$work/openapi.log" >&2; cannot "openapi could not be generated"; }

# One for --version, one for GET /version.
names=''
for at in component-base/version client-go/pkg/version; do
  for pair in gitVersion=v$version gitMajor=1 gitMinor=20; do names+=" -X k8s.io/kubernetes/vendor/k8s.io/$at.$pair"; done
done
for program in kube-apiserver kube-controller-manager; do
  step "compiling $program"
  # providerless leaves the clouds' SDKs out, half of the work.
  go build -tags providerless -ldflags "-s -w$names" -o "$work/out/$program" "./cmd/$program" || cannot "$program could not be compiled"
done
cp "$work/tools/usr/bin/etcd" "$work/out/"
"$work/out/kube-apiserver" --version | grep -q "v$version" || cannot "the kube-apiserver that was built does not run"
"$work/out/etcd" --version >/dev/null || cannot "etcd does not run"
rm -rf "$home"; mv "$work/out" "$home"
step "done: $(du -sh "$home" | cut -f1)"
echo "$home"
