namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>How old the state is that a request shall be answered with.</summary>
internal static class Staleness
{
    private static readonly object Key = new();

    public static void Set(HttpContext http, TimeSpan age) => http.Items[Key] = age;

    /// <summary>Null for the present, as almost always.</summary>
    public static TimeSpan? Of(HttpContext http) => http.Items.TryGetValue(Key, out var age) ? (TimeSpan?)age : null;
}
