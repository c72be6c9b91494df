# The reaper: sees only the cluster, needs neither database nor web server.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/GameDay.Reaper -c Release -a $TARGETARCH --self-contained false -o /out -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /out /opt/gameday/reaper
COPY LICENSE /opt/gameday/
USER 65532:65532
ENTRYPOINT ["dotnet", "/opt/gameday/reaper/gameday-reaper.dll"]
