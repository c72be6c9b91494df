# The app and its migrations. Build from the repository's root: docker buildx build --platform linux/amd64,linux/arm64 -f docker/app.Dockerfile .
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/GameDay.Web -c Release -a $TARGETARCH --self-contained false -o /out/app -p:UseAppHost=false \
 && dotnet publish migrations/GameDay.Migrations.csproj -c Release -a $TARGETARCH --self-contained false -o /out/migrate -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /out/app /opt/gameday/app
COPY --from=build /out/migrate /opt/gameday/migrate
COPY runbooks /opt/gameday/runbooks
COPY LICENSE /opt/gameday/
USER 65532:65532
WORKDIR /var/lib/gameday
EXPOSE 8080
ENTRYPOINT ["dotnet", "/opt/gameday/app/GameDay.Web.dll"]
CMD ["serve", "--address", "0.0.0.0", "--port", "8080", "--data", "/var/lib/gameday", "--root", "/opt/gameday"]
