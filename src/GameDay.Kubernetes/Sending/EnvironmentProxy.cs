using System.Net;

namespace GameDay.Kubernetes;

/// <summary>HTTPS_PROXY, HTTP_PROXY and NO_PROXY as kubectl reads them: names with their subdomains, addresses, networks (CIDR); loopback never.</summary>
internal sealed class EnvironmentProxy(Uri? https, Uri? http, string exceptions) : IWebProxy
{
    private readonly string[] _exceptions = exceptions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public System.Net.ICredentials? Credentials
    {
        get => new PerProxy(https, http);
        set => throw new NotSupportedException("A proxy's password stands in its address.");
    }

    public static EnvironmentProxy Read() => new(Address("HTTPS_PROXY"), Address("HTTP_PROXY"), Variable("NO_PROXY") ?? "");

    /// <summary>The proxy of a kubeconfig, whatever the environment says.</summary>
    public static IWebProxy To(Uri proxy) => new WebProxy(WithoutUser(proxy)) { Credentials = PerProxy.Of(proxy) };

    public Uri? GetProxy(Uri destination) => WithoutUser(destination.Scheme is "https" or "wss" ? https : http);

    public bool IsBypassed(Uri host) => host.IsLoopback || GetProxy(host) is null || _exceptions.Any(exception => Matches(exception, host));

    /// <summary>The proxy on the way to a server; null when there is none.</summary>
    public Uri? Before(Uri server) => IsBypassed(server) ? null : GetProxy(server);

    /// <summary>The runtime writes a proxy's address into its errors, so it gets name and password apart.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(proxy))]
    private static Uri? WithoutUser(Uri? proxy) =>
        proxy is null or { UserInfo: "" } ? proxy : new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;

    private static bool Matches(string exception, Uri host)
    {
        if (exception == "*")
            return true;
        if (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address))
            return IPNetwork.TryParse(exception, out var network) ? network.Contains(address) : IPAddress.TryParse(exception, out var one) && one.Equals(address);
        var (name, port) = exception.Split(':') is [var before, var after] ? (before, after) : (exception, null);
        name = name.TrimStart('*').TrimStart('.');
        return (port is null || port == $"{host.Port}")
            && (host.Host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.Host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase));
    }

    private static Uri? Address(string variable)
    {
        if (Variable(variable) is not { } text)
            return null;
        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var proxy)
            ? proxy
            : throw new KubeConfigException($"The environment variable {variable} is not the address of a proxy; it looks like http://proxy:3128.");
    }

    private static string? Variable(string name) =>
        (Environment.GetEnvironmentVariable(name) ?? Environment.GetEnvironmentVariable(name.ToLowerInvariant())) is { Length: > 0 } value ? value : null;

    /// <summary>Name and password as they stand in the proxy's own address.</summary>
    private sealed class PerProxy(params Uri?[] proxies) : System.Net.ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            Array.Find(proxies, proxy => proxy?.Authority == uri.Authority) is { } proxy ? Of(proxy) : null;

        public static NetworkCredential? Of(Uri proxy) => proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } name, .. var rest]
            ? new(Uri.UnescapeDataString(name), Uri.UnescapeDataString(rest.FirstOrDefault() ?? ""))
            : null;
    }
}
