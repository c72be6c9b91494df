# The fault agent: native, a few megabytes, started in the target pod as an ephemeral container. It is built on its own
# architecture: native code is linked by the compiler of the machine that it is for (docs/decisions/0005).
FROM mcr.microsoft.com/dotnet/sdk:9.0-bookworm-slim AS build
ARG TARGETARCH
RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# The agent stands alone on .NET 9; the pinned SDK 10 of the repository is not wanted here.
RUN rm -f global.json && dotnet publish src/GameDay.Agent -c Release -a $TARGETARCH --self-contained true -p:AgentNative=true -p:RunAnalyzers=false -o /out && rm -f /out/*.dbg /out/*.pdb

FROM debian:bookworm-slim
# iproute2 and nftables are GPL-2: NOTICE says where their sources are.
RUN apt-get update && apt-get install -y --no-install-recommends iproute2 nftables && rm -rf /var/lib/apt/lists/*
COPY --from=build /out/gameday-agent /usr/local/bin/gameday-agent
COPY LICENSE NOTICE /usr/share/doc/gameday/
# The pod says as whom it runs: root with NET_ADMIN for network faults, nobody for all else.
ENTRYPOINT ["/usr/local/bin/gameday-agent"]
