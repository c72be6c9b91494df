namespace GameDay.Web.Components.Parts;

/// <summary>Shows moments in the reader's time zone: the browser says which one by a cookie, UTC until then. Cascades to every page.</summary>
public sealed record Viewer(TimeZoneInfo Zone)
{
    public static readonly Viewer Utc = new(TimeZoneInfo.Utc);

    public static Viewer Of(string? zone) => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? new(found) : Utc;

    public string ZoneName => Zone.Equals(TimeZoneInfo.Utc) ? "UTC" : Zone.Id;

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    public string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm");

    public string Exact(DateTimeOffset at) => Local(at).ToString("HH:mm:ss");

    public string Date(DateTimeOffset at) => Local(at).ToString("ddd d MMM");

    public string DateAndTime(DateTimeOffset at) => Local(at).ToString("ddd d MMM HH:mm");

    /// <summary>What a date-time field of a form means: local to the reader.</summary>
    public DateTimeOffset FromField(DateTime local) => new(local, Zone.GetUtcOffset(local));
}
